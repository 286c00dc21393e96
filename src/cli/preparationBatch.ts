import { parseIsoDate } from "../calendar/index.js";
import { prepareWithoutSteps, type Preparation, type PreparationOrder } from "../dose/index.js";
import { fail, keysOfPath } from "../foundation/index.js";
import { parseDecimalOrZero, parsePositiveDecimal, parseWeightKg } from "../quantity/index.js";
import { failAt, type LocatedIssue, relocated } from "../store/disk/index.js";
import { inFile } from "./dataFile.js";
import { isOfTrial, orderOfArm, orderWithoutTrial, type OrderTemplate } from "./orderFile.js";
import type { Columns } from "./participantsCsv.js";

/** The columns of a batch: one row an administration. */
export const BATCH_COLUMNS: Columns = {
  required: ["participant"],
  optional: [
    "arm",
    "part",
    "age_years",
    "height_cm",
    "weight_kg",
    "weighed_on",
    "weighed_by",
    "kit",
    "visit",
    "planned_on",
  ],
  numbers: ["weight_kg", "age_years", "height_cm"],
  dates: ["weighed_on", "planned_on"],
};

type Cells = Readonly<Record<string, string>>;

/** Equal rows are computed once; so many different ones are remembered at a time. */
const REMEMBERED = 4_096;

/** A preparation as a batch computes it: without the steps, and without a participant, who is the row's. */
export type BatchPreparation = Omit<Preparation, "steps">;

/**
 * Prepares rows after one template: the trial, its assumptions and the common fields are read once, and rows with the same
 * arm and weighing are computed once.
 *
 * @param answer - what is wanted of a preparation; it is remembered, so it should be small
 */
export function batchAfter<Answer>(
  template: OrderTemplate,
  answer: (preparation: BatchPreparation) => Answer,
): (cells: Cells) => Answer {
  const ofTrial = isOfTrial(template);
  const common = withStandInWeight(template);
  const { arm: onlyArm, part: onlyPart } = template.map;
  const orderOf = remembering((key: string): PreparationOrder => {
    const [armCell, partCell] = key.split(SEPARATOR);
    const arm = stated(armCell) ?? (typeof onlyArm === "string" ? onlyArm : undefined);
    const part = stated(partCell) ?? (typeof onlyPart === "string" ? onlyPart : undefined);
    if (!ofTrial) return orderWithoutTrial(common);
    if (arm === undefined) return fail("cli.arm_missing", "arm", "Neither the row nor the order file names the arm.");
    return ofRow({ arm: stated(armCell), part: stated(partCell) }, () => orderOfArm(common, arm, part, true));
  });
  const plannedOrderOf = remembering((key: string): PreparationOrder => {
    const [arm = "", part = "", planned = ""] = key.split(SEPARATOR);
    return plannedFor(orderOf(arm + SEPARATOR + part), planned);
  });
  const compute = remembering((key: string): Answer => {
    const [arm = "", part = "", planned = "", age = "", height = "", ...weighing] = key.split(SEPARATOR);
    const person = { age, height };
    const order = weighed(ofPerson(plannedOrderOf([arm, part, planned].join(SEPARATOR)), person), weighing);
    return answer(atColumns(() => prepareWithoutSteps(order)));
  });
  return (cells) => {
    // Who weighed is asked for and not computed with.
    const by = (cells["weighed_by"] ?? "") === "" ? "" : "stated";
    return compute([...COMPUTED.map((column) => cells[column] ?? ""), by].join(SEPARATOR));
  };
}

/** Runs what reads an arm and a part; a fault of one that the row states is the row's, and has no place in another file. */
function ofRow<T>(cells: Readonly<Record<string, string | undefined>>, act: () => T): T {
  return relocated((issue) => {
    const column = issue.path.replace(/^order\./, "");
    if (cells[column] === undefined) return issue;
    const { code, message, expected, received, parameters } = issue;
    return {
      ...{ code, path: column, message },
      ...(expected === undefined ? {} : { expected }),
      ...(received === undefined ? {} : { received }),
      ...(parameters === undefined ? {} : { parameters }),
    } as LocatedIssue;
  }, act);
}

/** The columns on which a preparation depends. */
const COMPUTED = ["arm", "part", "planned_on", "age_years", "height_cm", "weight_kg", "weighed_on"];
/** Stands in no cell: a cell with it would be refused as a weight, date or arm. */
const SEPARATOR = "\u0000";

function remembering<T>(read: (key: string) => T): (key: string) => T {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = read(key);
    if (known.size >= REMEMBERED) known.clear();
    known.set(key, made);
    return made;
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
    const [, field = ""] = keysOfPath(path);
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

/** A read order with the weighing of a row, read as strictly as in an order. */
function weighed(order: PreparationOrder, [kgCell, onCell, byCell]: readonly string[]): PreparationOrder {
  const { weight } = order;
  const kg = stated(kgCell);
  if (kg === undefined) {
    if (stated(onCell) === undefined && stated(byCell) === undefined) return withoutWeight(order);
    return fail(
      "dose.weight_missing",
      "weight_kg",
      "The row says when or by whom somebody was weighed, and no weight.",
      {
        expected: "weight_kg, or neither weighed_on nor weighed_by",
      },
    );
  }
  if (weight === undefined) {
    return fail(
      "cli.weight_rule_missing",
      "weight_kg",
      "The order file says nothing of weights: how is it to be used?",
      { expected: "order.weight with descriptor, and weighedOn and weighedBy here or in the rows" },
    );
  }
  const weighedOn = stated(onCell) ?? weight.weighedOn;
  const weighedBy = stated(byCell) ?? weight.weighedBy;
  if (weighedOn === STAND_IN_DATE || weighedBy === "-") {
    return fail("cli.weighing_missing", "weighed_on", "Nobody says when, or by whom, the participant was weighed.", {
      expected: "weighed_on and weighed_by in the row, or in the order file",
    });
  }
  return {
    ...order,
    weight: {
      ...weight,
      weightKg: parseWeightKg(kg, "weight_kg", { unitInName: true }),
      weighedOn: parseIsoDate(weighedOn, "weighed_on"),
      weighedBy,
    },
  };
}

/** A read order with the planned day of a row. */
function plannedFor(order: PreparationOrder, planned: string): PreparationOrder {
  if (planned === "") return order;
  return { ...order, identification: { ...order.identification, plannedOn: parseIsoDate(planned, "planned_on") } };
}

/** A read order with the age and the height of a row. */
function ofPerson(
  order: PreparationOrder,
  { age, height }: Readonly<Record<"age" | "height", string>>,
): PreparationOrder {
  if (age === "" && height === "") return order;
  const participant = {
    ...order.participant,
    ...(age === "" ? {} : { ageYears: parseDecimalOrZero(age, "age_years") }),
    ...(height === "" ? {} : { heightCm: parsePositiveDecimal(height, "height_cm") }),
  };
  return { ...order, participant };
}

const COLUMN_OF: Readonly<Record<string, string>> = { weight: "weight_kg", "participant.heightCm": "height_cm" };

/** What is missing or wrong of weight and height is so in the row: its column is named. */
function atColumns<T>(act: () => T): T {
  return relocated((issue) => ({ ...issue, path: COLUMN_OF[issue.path] ?? issue.path }), act);
}

function withoutWeight(order: PreparationOrder): PreparationOrder {
  const others: { -readonly [Key in keyof PreparationOrder]: PreparationOrder[Key] } = { ...order };
  delete others.weight;
  return others;
}

/** A template must be readable before any row is: faults of the file are told once. */
export function checkTemplate(template: OrderTemplate): void {
  if (template.order["then"] !== undefined) {
    const message = "A row has one draw: an order of several components is prepared by itself.";
    failAt({
      code: "cli.order_invalid",
      path: "order.then",
      file: template.source.file,
      message,
      expected: "no `then`",
    });
  }
  if (!isOfTrial(template)) inFile(template.source, "order", () => orderWithoutTrial(withStandInWeight(template)));
}
