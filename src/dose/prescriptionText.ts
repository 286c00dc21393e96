import { requireFields } from "../foundation/index.js";
import { toAdministrationsText } from "../trial/index.js";
import { formatDose } from "../quantity/index.js";
import type { PrescribedRule, Prescription, ShownCount } from "./model.js";
import { isPlacebo } from "./resolve.js";
import { surfaceText } from "./shown.js";

/** What a placebo is, in the words that its source allows. */
function placeboText(rule: Exclude<PrescribedRule, { readonly amount: string }>): string {
  if (rule.kind === "placebo") return "placebo, no active ingredient; its sources state no amount";
  const composition = rule.composition === undefined ? "" : ` (${rule.composition})`;
  return `placebo, the same amount without the active ingredient${composition}`;
}

const COLUMNS = 80;
const LABEL = 16;

/** Breaks at spaces; later lines are indented. A word longer than the line stays whole. */
function wrap(text: string, first: string, indent: string): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > COLUMNS) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}

function field(name: string, text: string): readonly string[] {
  return wrap(text, name.padEnd(LABEL), " ".repeat(LABEL));
}

function both({ words, digits }: ShownCount): string {
  return words === digits ? digits : `${words} (${digits})`;
}

function ruleText({ rule, unitKind }: Prescription): string {
  if (isPlacebo(rule)) return placeboText(rule);
  const count = { amount: rule.amount, unitKind };
  const dose = both({ ...count, ...formatDose({ ...count, kind: rule.kind }) });
  if (rule.kind === "per-m2") return `${dose} ${surfaceText(rule.surface)}`;
  return rule.kind === "per-kg" ? dose : `${dose}, whatever the weight`;
}

function headLines(prescription: Prescription): readonly string[] {
  const { weight, heightCm, surface, decision, part, cap, cumulative, administrations } = prescription;
  const measured = [
    ...(weight?.weighedOn === undefined ? [] : [`on ${weight.weighedOn}`]),
    ...(weight?.weighedBy === undefined ? [] : [`by ${weight.weighedBy}`]),
  ].join(" ");
  return [
    ...field("Trial", `${prescription.trial}: ${prescription.trialTitle}`),
    ...field("Arm", `${prescription.arm} (${prescription.armLabel}), part ${part}`),
    ...field("Dose rule", ruleText(prescription)),
    ...(decision === undefined
      ? []
      : field(
          "Decided",
          `on ${decision.decidedOn} by ${decision.decidedBy}, data cut ${decision.dataCut}: ${toAdministrationsText(decision.administrations)}`,
        )),
    ...(weight === undefined
      ? []
      : field("Weight", `${weight.weightKg} kg${measured === "" ? "" : `, measured ${measured}`}`)),
    ...(heightCm === undefined ? [] : field("Height", `${heightCm} cm`)),
    ...(surface === undefined ? [] : field("Body surface", `${surface.m2} m²`)),
    ...field("Target", `${both(prescription.target)}${administrations.length > 1 ? ", each administration" : ""}`),
    ...(cap === undefined
      ? []
      : field("Cap", `${both(cap.limit)}${cap.isApplied ? `; without it ${cap.uncapped.digits}` : "; does not act"}`)),
    ...field(
      "Cumulative",
      `${both(cumulative.total)}${cumulative.perKg === undefined ? "" : `, ${cumulative.perKg.digits}`}`,
    ),
  ];
}

function administrationLines(prescription: Prescription): readonly string[] {
  return prescription.administrations.flatMap(({ number, studyDay, date, window, provisional, target }) => {
    const when = date === undefined ? "" : `, ${date}`;
    const range = window === undefined ? "" : `, window ${window.from} to ${window.to} (anchor: ${window.anchor})`;
    const open = provisional === true ? ", provisional until the preceding date is known" : "";
    return wrap(`Day ${studyDay}${when}${range}${open}: ${target.digits}`, `  ${number}. `, "     ");
  });
}

function stepLines(prescription: Prescription): readonly string[] {
  return prescription.steps.flatMap((step, index) => [
    ...wrap(step.title, `  ${index + 1}. `, "     "),
    ...wrap(step.formula, "     Formula   ", " ".repeat(15)),
    ...wrap(step.worked, "     Worked    ", " ".repeat(15)),
    ...wrap(step.rounding, "     Rounding  ", " ".repeat(15)),
    ...wrap(step.source, "     Source    ", " ".repeat(15)),
  ]);
}

/**
 * A prescription as plain text of at most 80 columns, every step included; each line ends in a line feed.
 *
 * A word that is itself longer than a line is not broken. The text names the arm and the dose: it is unblinded.
 *
 * @param prescription - as `prescribe` returns it
 * @throws AllocellError `quantity.unit_unknown`, `quantity.not_decimal`
 */
export function toPrescriptionText(prescription: Prescription): string {
  requireFields(prescription, "a prescription as prescribe returns it", {
    rule: "a map",
    target: "a map",
    cumulative: "a map",
    administrations: "a list",
    steps: "a list",
    assumptions: "a list",
    warnings: "a list",
  });
  const { assumptions, warnings } = prescription;
  const lines = [
    "PRESCRIPTION (unblinded: names the arm and the dose)",
    "",
    ...headLines(prescription),
    "",
    "Warnings",
    ...(warnings.length === 0
      ? ["  none"]
      : warnings.flatMap(({ code, message }) => wrap(`${code}: ${message}`, "  ! ", "    "))),
    "",
    "Administrations",
    ...administrationLines(prescription),
    "",
    "Steps",
    ...stepLines(prescription),
    "",
    "Assumptions (not stated by the trial's sources)",
    ...(assumptions.length === 0
      ? ["  none"]
      : assumptions.flatMap(({ key, value, reason }) =>
          wrap(`${key} = ${value}${reason === undefined ? "" : ` (reason: ${reason})`}`, "  - ", "    "),
        )),
  ];
  return `${lines.join("\n")}\n`;
}
