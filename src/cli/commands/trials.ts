import {
  isOpen,
  toAdministrationsText,
  type Arm,
  type AssumptionUse,
  type DoseRule,
  type Trial,
} from "../../trial/index.js";
import { formatDose } from "../../quantity/index.js";
import { TRIALS } from "../../trials/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { counted, textTable, wrapText } from "../textTable.js";
import { readTrial } from "../trialInput.js";

/** `allocell trials [TRIAL]`: the built-in trials, or one trial with everything that its sources leave open. */
export async function trials(io: Io, idOrFile: string | undefined, options: CommonOptions): Promise<number> {
  if (idOrFile === undefined) {
    await io.stdout.write(options.json === true ? jsonText(trialsAnswer()) : trialsText());
    return 0;
  }
  const trial = await readTrial(io, idOrFile);
  await io.stdout.write(options.json === true ? jsonText({ command: "trials", trial }) : trialText(trial));
  return 0;
}

function trialsAnswer(): object {
  return {
    command: "trials",
    trials: TRIALS.map((trial) => ({
      id: trial.id,
      title: trial.title,
      phases: trial.phases ?? [],
      participants: trial.enrolment.count,
      allocation: trial.allocation,
      masking: trial.masking.level,
      parts: trial.parts.map(({ id }) => id),
      arms: trial.arms.map((arm) => ({ id: arm.id, open: isOpen(arm) })),
      openAssumptions: trial.assumptions.length,
      contradictions: trial.contradictions.length,
    })),
  };
}

function phaseText(trial: Trial): string {
  return trial.phases?.map((phase) => phase.replace("phase-", "")).join("/") ?? "not stated";
}

function trialsText(): string {
  const rows = TRIALS.map((trial) => [
    trial.id,
    trial.conditions[0] ?? "",
    phaseText(trial),
    String(trial.enrolment.count),
    trial.masking.level,
    trial.arms.map((arm) => (isOpen(arm) ? arm.id : `(${arm.id})`)).join(" "),
    String(trial.assumptions.length),
  ]);
  return [
    textTable(["trial", "condition", "phase", "N", "masking", "arms", "open"], rows, "").trimEnd(),
    "",
    "(arm): closed until a decision opens it.  open: what the sources do not say and you must.",
    "Next: allocell trials NCT07041801",
    "",
  ].join("\n");
}

function ruleText(rule: DoseRule | undefined): string {
  if (rule === undefined) return "not stated";
  switch (rule.kind) {
    case "per-kg":
      return formatDose(rule).words;
    case "per-m2":
      return `${formatDose(rule).words} by ${rule.surface.formula}, to ${rule.surface.roundedToM2} m²`;
    case "flat":
      return `${formatDose(rule).words}, any weight`;
    case "equal-amount-placebo":
      return `placebo, equal amount${rule.composition === undefined ? "" : ` of ${rule.composition}`}`;
    case "none":
      return "nothing is given";
    case "deferred":
      return `tentatively ${ruleText(rule.tentative)}`;
  }
}

function oftenText({ administrations, dose }: Arm): string {
  if (administrations !== undefined) return toAdministrationsText(administrations);
  if (dose?.kind === "deferred" && dose.tentativeAdministrations !== undefined) {
    return `tentatively ${toAdministrationsText(dose.tentativeAdministrations)}`;
  }
  return "not stated";
}

const USES: Readonly<Record<AssumptionUse, string>> = {
  list: "To randomize (allocell list)",
  dose: "To dose (allocell dose)",
  preparation: "To prepare the product",
  schedule: "To plan visits",
  escalation: "To escalate or choose a dose",
  blinding: "To blind",
  record: "To record deviations",
};

function trialText(trial: Trial): string {
  const { parts, arms, contradictions } = trial;
  const head = (name: string, text: string): readonly string[] => wrapText(text, `${name.padEnd(13)} `, 100);
  const maskedText = trial.masking.who === undefined ? "who is masked is not stated" : trial.masking.who.join(", ");
  return [
    ...head("Trial", `${trial.id}: ${trial.title}`),
    ...head("Sponsor", trial.sponsor.name),
    ...head("Condition", trial.conditions.join("; ")),
    ...head("Phase", phaseText(trial)),
    ...head("Participants", `${trial.enrolment.approximate === true ? "about " : ""}${trial.enrolment.count}`),
    ...head("Allocation", `${trial.allocation}, ${trial.model}`),
    ...head("Masking", `${trial.masking.level}; ${maskedText}`),
    "",
    "Parts",
    textTable(
      ["part", "kind", "size", "masking", "arms"],
      parts.map((part) => [
        part.id,
        part.kind,
        part.size === undefined ? "not stated" : String(part.size),
        part.masking.level,
        part.arms.join(" "),
      ]),
    ).trimEnd(),
    "",
    "Arms",
    textTable(
      ["arm", "", "administrations", "dose"],
      arms.map((arm) => [arm.id, isOpen(arm) ? "open" : "CLOSED", oftenText(arm), ruleText(arm.dose)]),
    ).trimEnd(),
    ...arms.flatMap(({ id, dose }) =>
      dose?.kind === "deferred" ? wrapText(`${id} is closed; it waits for ${dose.awaiting}.`, "  ", 100) : [],
    ),
    ...assumptionLines(trial),
    "",
    `Contradictions in the sources (${contradictions.length})`,
    ...(contradictions.length === 0 ? ["  none"] : []),
    ...contradictions.flatMap(({ statement, bearsOn, sources, settled }) =>
      wrapText(
        `${statement} Bears on: ${bearsOn.join(", ")}.${settled === undefined ? "" : ` Settled: ${settled}.`} [${sources.join(", ")}]`,
        "  - ",
        100,
      ),
    ),
    "",
    "Sources",
    ...trial.sources.flatMap(({ id, citation }) => wrapText(citation, `  [${id}] `, 100)),
    "",
  ].join("\n");
}

/** Each question under the first use that waits for it, so that none is asked twice. */
function assumptionLines({ assumptions }: Trial): readonly string[] {
  const lines = [
    "",
    `What the sources do not say (${counted(assumptions.length, "open assumption")}; hints are never used by themselves)`,
  ];
  for (const use of Object.keys(USES) as AssumptionUse[]) {
    const here = assumptions.filter(({ neededFor }) => neededFor[0] === use);
    if (here.length === 0) continue;
    lines.push(`  ${USES[use]}`);
    for (const { key, question, answeredBy, hint, neededFor } of here) {
      const also = neededFor.length > 1 ? ` (also for: ${neededFor.slice(1).join(", ")})` : "";
      const by = answeredBy === undefined ? "" : `  answered by ${answeredBy.replace("plan.", "the plan's ")}`;
      lines.push(`    ${key}${by}`);
      for (const each of wrapText(`${question}${also}`, "      ", 100)) lines.push(each);
      if (hint !== undefined) for (const each of wrapText(hint, "      hint: ", 100)) lines.push(each);
    }
  }
  return lines;
}
