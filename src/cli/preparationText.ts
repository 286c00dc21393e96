import { latestStart, type Preparation } from "../dose/index.js";
import { counted, wrapText } from "./textTable.js";

/** "1.9 mL from each of 12, 2.9 mL from 1", by lot where there are several. */
function drawsText(containers: Preparation["containers"]): string {
  return containers
    .filter(({ draws }) => draws.length > 0)
    .map(({ lot, draws }) => {
      const parts = draws.map(
        ({ containers: count, drawMl }) => `${drawMl} mL from ${count === 1 ? "1" : `each of ${count}`}`,
      );
      return `${parts.join(", ")}${containers.length === 1 ? "" : ` of ${lot}`}`;
    })
    .join("; ");
}

/** A preparation for a terminal, and each of its further components behind it. */
export const toPreparationText = (preparation: Preparation): string =>
  [preparation, ...(preparation.then ?? [])].map(textOf).join("\n");

const field = (name: string, value: string | undefined): readonly string[] =>
  value === undefined || value === "" ? [] : wrapText(value, `  ${name.padEnd(14)}`);

/** The numbers that the hands need. */
function figures(preparation: Preparation): readonly string[] {
  const { component, together, target, delivered, containers, infusion, stability } = preparation;
  const { amount, perKg, roundingErrorPercent, drawMl } = delivered;
  const each = preparation.order.infusion.diluentPerContainerMl;
  const isWhole = target.rule.kind === "whole-containers";
  const total = containers.reduce((sum, { containers: count }) => sum + count, 0);
  const lots = containers.map((c) => `${c.containers} × ${c.lot}`).join(", ");
  const ofContainers = [
    ...field("thaw", `${counted(total, "container")}: ${lots}`),
    ...field(isWhole ? "give whole" : "draw", `${drawMl} mL: ${drawsText(containers)}`),
  ];
  return [
    ...field(
      "component",
      component && `${component.name}, ${component.number} of ${component.of}, given in this order`,
    ),
    ...field("together", together?.digits),
    ...field("target", target.amount.digits),
    ...(containers.length === 0 ? [] : ofContainers),
    ...field("diluent", `${infusion.diluentMl} mL${each === undefined ? "" : `: ${each} mL for each of ${total}`}`),
    ...field("final volume", `${infusion.finalVolumeMl} mL`),
    ...field("delivered", `${amount.digits} (${perKg?.digits ?? `${roundingErrorPercent} %`})`),
    ...field("rate", infusion.rateMlPerMin === undefined ? undefined : `${infusion.rateMlPerMin} mL/min`),
    ...field("duration", infusion.minutes === undefined ? undefined : `${infusion.minutes} min`),
    ...field("start by", latestStart(preparation)?.replace("T", " ")),
    ...field("end by", stability?.expiresAt.replace("T", " ")),
  ];
}

/** How an open warning is accepted in the order file. */
const overrideLines = (warnings: Preparation["warnings"]): readonly string[] => [
  "Correct the order, or accept it there, with reason and name:",
  "  order:",
  "    overrides:",
  ...warnings.flatMap(({ code, path, override }) =>
    override === undefined ? [`      - { code: ${code}, path: ${path}, reason: "...", by: "..." }`] : [],
  ),
];

/** One component: its numbers, every step, warnings and assumptions. */
function textOf(preparation: Preparation): string {
  const { order, trial, arm, steps, warnings } = preparation;
  const { subject, kit, visit } = order.identification ?? {};
  const title = ["Preparation, UNBLINDED", trial, arm, subject, kit, visit].filter((part) => part !== undefined);
  const lines = [
    title.join(" · "),
    "",
    ...figures(preparation),
    "",
    ...steps.flatMap(({ title: name, formula, worked, rounding, source }, index) => [
      ...wrapText(name, `${String(index + 1).padStart(2)}. `),
      ...wrapText(`${formula} [${rounding}; ${source}]`, "      "),
      ...wrapText(worked, "      "),
    ]),
    ...(warnings.length === 0 ? [] : ["", "Warnings"]),
    ...warnings.flatMap(({ code, message, override }) =>
      wrapText(
        `${code}: ${message} ${override === undefined ? "OPEN: needs a reason and a name." : `Accepted: ${override.reason}; ${override.by}.`}`,
        "  - ",
      ),
    ),
    ...(preparation.assumptions.length === 0 ? [] : ["", "Assumptions (not stated by the trial's sources)"]),
    ...preparation.assumptions.flatMap(({ key, value }) => wrapText(`${key} = ${value}`, "  - ")),
    ...(preparation.openQuestions.length === 0 ? [] : ["", "Not stated by the product's sources"]),
    ...preparation.openQuestions.flatMap((question) => wrapText(question, "  - ")),
    "",
    ...(preparation.isReady ? ["Ready to prepare."] : ["NOT READY: a warning is open.", ...overrideLines(warnings)]),
  ];
  return `${lines.join("\n")}\n`;
}
