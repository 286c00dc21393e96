import type { Preparation } from "../dose/index.js";
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

/** A preparation for a terminal: the numbers that the hands need, every step, warnings and assumptions. */
export function toPreparationText(preparation: Preparation): string {
  const { order, trial, arm, target, delivered, containers, infusion, stability, steps, warnings } = preparation;
  const { subject, kit, visit } = order.identification ?? {};
  const isWhole = target.rule.kind === "whole-containers";
  const total = containers.reduce((sum, { containers: count }) => sum + count, 0);
  const field = (name: string, value: string | undefined): readonly string[] =>
    value === undefined || value === "" ? [] : wrapText(value, `  ${name.padEnd(14)}`);
  const title = ["Preparation, UNBLINDED", trial, arm, subject, kit, visit].filter((part) => part !== undefined);
  const lines = [
    title.join(" · "),
    "",
    ...field("target", target.amount.digits),
    ...(containers.length === 0
      ? []
      : [
          ...field(
            "thaw",
            `${counted(total, "container")}: ${containers.map((c) => `${c.containers} × ${c.lot}`).join(", ")}`,
          ),
          ...field(isWhole ? "give whole" : "draw", `${delivered.drawMl} mL: ${drawsText(containers)}`),
        ]),
    ...field("diluent", `${infusion.diluentMl} mL`),
    ...field("final volume", `${infusion.finalVolumeMl} mL`),
    ...field(
      "delivered",
      `${delivered.amount.digits} (${delivered.perKg?.digits ?? `${delivered.roundingErrorPercent} %`})`,
    ),
    ...field("rate", infusion.rateMlPerMin === undefined ? undefined : `${infusion.rateMlPerMin} mL/min`),
    ...field("duration", infusion.minutes === undefined ? undefined : `${infusion.minutes} min`),
    ...field("end by", stability?.expiresAt.replace("T", " ")),
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
    preparation.isReady ? "Ready to prepare." : "NOT READY: a warning is open.",
  ];
  return `${lines.join("\n")}\n`;
}
