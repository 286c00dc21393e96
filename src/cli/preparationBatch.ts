import { parseIsoDate } from "../calendar/index.js";
import { prepareRead, type Preparation, type PreparationOrder } from "../dose/index.js";
import { fail } from "../foundation/index.js";
import { parseWeightKg } from "../quantity/index.js";
import { inFile } from "./dataFile.js";
import { failAt } from "./failure.js";
import { isOfTrial, orderOfArm, orderWithoutTrial, type OrderTemplate } from "./orderFile.js";
import type { Columns } from "./participantsCsv.js";

/** The columns of a batch: one row an administration. */
export const BATCH_COLUMNS: Columns = {
  required: ["participant"],
  optional: ["arm", "part", "weight_kg", "weighed_on", "weighed_by", "kit", "visit", "planned_on"],
};

type Cells = Readonly<Record<string, string>>;

/** Prepares rows after one template: the trial, its ledger and the common fields are read once. */
export function batchAfter(template: OrderTemplate): (cells: Cells) => Preparation {
  const ofTrial = isOfTrial(template);
  const common = withStandInWeight(template);
  const orders = new Map<string, PreparationOrder>();
  const orderFor = (arm: string, part: string | undefined): PreparationOrder => {
    const key = JSON.stringify([arm, part]);
    const known = orders.get(key);
    if (known !== undefined) return known;
    const order = ofTrial ? orderOfArm(common, arm, part, true) : orderWithoutTrial(common);
    orders.set(key, order);
    return order;
  };
  const { arm: onlyArm, part: onlyPart } = template.map;
  return (cells) => {
    const arm = stated(cells["arm"]) ?? (typeof onlyArm === "string" ? onlyArm : undefined);
    const part = stated(cells["part"]) ?? (typeof onlyPart === "string" ? onlyPart : undefined);
    if (ofTrial && arm === undefined)
      fail("cli.arm_missing", "arm", "Neither the row nor the order file names the arm.");
    return prepareRead(ofRow(orderFor(arm ?? "", part), cells));
  };
}

const stated = (cell: string | undefined): string | undefined => (cell === "" ? undefined : cell);

/**
 * The template with a weight that can be read: its own is never used for a row.
 *
 * @throws AllocellError `cli.template_of_one` for a field that belongs to one participant
 */
function withStandInWeight(template: OrderTemplate): OrderTemplate {
  const { order, source } = template;
  const { identification, weight } = order as { identification?: object; weight?: object };
  for (const [path, holder] of [
    ["identification.subject", identification],
    ["identification.kit", identification],
    ["weight.weightKg", weight],
    ["weight.reweigh", weight],
  ] as const) {
    const [, field = ""] = path.split(".");
    if (holder === undefined || !(field in holder)) continue;
    failAt({
      code: "cli.template_of_one",
      path: `order.${path}`,
      file: source.file,
      ...source.placeOf(`order.${path}`),
      message: `${path} belongs to one participant: a batch takes it from the rows, or not at all.`,
      expected: `an order file without ${path}`,
    });
  }
  if (weight === undefined) return template;
  return {
    ...template,
    order: { ...order, weight: { weighedOn: STAND_IN_DATE, weighedBy: "-", ...weight, weightKg: "70" } },
  };
}

const STAND_IN_DATE = "0001-01-01";

/** A read order with the fields of a row, each read as strictly as in an order. */
function ofRow(order: PreparationOrder, cells: Cells): PreparationOrder {
  const { weight, ...others } = order;
  const kg = stated(cells["weight_kg"]);
  const [kit, visit, plannedOn] = [stated(cells["kit"]), stated(cells["visit"]), stated(cells["planned_on"])];
  const identification = {
    ...order.identification,
    subject: cells["participant"] ?? "",
    ...(kit === undefined ? {} : { kit }),
    ...(visit === undefined ? {} : { visit }),
    ...(plannedOn === undefined ? {} : { plannedOn: parseIsoDate(plannedOn, "planned_on") }),
  };
  if (kg === undefined) return { ...others, identification };
  if (weight === undefined) {
    return fail(
      "cli.weight_rule_missing",
      "weight_kg",
      "The order file says nothing of weights: how is it to be used?",
      {
        expected: "order.weight with descriptor, and weighedOn and weighedBy here or in the rows",
      },
    );
  }
  const weighedOn = stated(cells["weighed_on"]) ?? weight.weighedOn;
  const weighedBy = stated(cells["weighed_by"]) ?? weight.weighedBy;
  if (weighedOn === STAND_IN_DATE || weighedBy === "-") {
    return fail("cli.weighing_missing", "weighed_on", "Nobody says when, or by whom, the participant was weighed.", {
      expected: "weighed_on and weighed_by in the row, or in the order file",
    });
  }
  return {
    ...others,
    identification,
    weight: {
      ...weight,
      weightKg: parseWeightKg(kg, "weight_kg", { unitInName: true }),
      weighedOn: parseIsoDate(weighedOn, "weighed_on"),
      weighedBy,
    },
  };
}

/** A template must be readable before any row is: faults of the file are told once. */
export function checkTemplate(template: OrderTemplate): void {
  if (!isOfTrial(template)) inFile(template.source, "order", () => orderWithoutTrial(withStandInWeight(template)));
}
