import { describeReceived, fail, parseWith, throwIfAny, type Issue } from "../foundation/index.js";
import { decisionSchema } from "./armSchema.js";
import { defineTrial } from "./defineTrial.js";
import { requireArm } from "./lookUp.js";
import { isNeverPerKg, NEVER_PER_KG } from "./neverPerKg.js";
import type { Arm, Assumption, Contradiction, DecisionRecord, Trial } from "./model.js";
import { requireArmShape } from "./requireTrial.js";

/**
 * Whether participants may be allocated to the arm and dosed: not so while its dose is deferred.
 *
 * @param arm - of a trial
 * @example
 * isOpen(requireArm(trial, "low")); // true
 */
export function isOpen(arm: Arm): boolean {
  requireArmShape(arm);
  return arm.dose?.kind !== "deferred";
}

/**
 * The arm of that id, if it is open.
 *
 * @param path - where the id stands in the caller's input
 * @throws AllocellError `trial.arm_unknown`, naming the arms; `trial.arm_closed`, saying what the arm waits for
 */
export function requireOpenArm(trial: Trial, armId: string, path = "arm"): Arm {
  const arm = requireArm(trial, armId, path);
  if (arm.dose?.kind !== "deferred") return arm;
  const message =
    `Arm "${arm.id}" is closed until a decision record opens it (recordDecision); ` +
    `it waits for: ${arm.dose.awaiting}.`;
  return fail("trial.arm_closed", path, message, {
    expected: "an open arm",
    received: describeReceived(armId),
    parameters: { arm: arm.id, awaiting: arm.dose.awaiting },
  });
}

/**
 * Opens an arm whose dose had been deferred, or was an open question of the trial, by the record of the decision.
 *
 * The arm's dose becomes the decided one, its administrations the decided ones, and the record stays with the arm. The
 * sources gain the decision, as what these three fields rest on. The tentative dose of the source is no default: the
 * decision states everything, and may differ from it in all but the unit kind.
 *
 * @param trial - as it is before the decision
 * @param decision - a {@link DecisionRecord} as plain data; amounts are text
 * @returns the trial with the arm open, checked by `defineTrial`
 * @throws AllocellError `trial.decision_invalid` (a field is missing or wrong), `trial.arm_unknown`,
 * `trial.arm_not_deferred`, `trial.decision_before_data_cut`, `trial.decision_unit_differs`,
 * `trial.unit_never_per_kg`, and what `defineTrial` throws
 */
export function recordDecision(trial: Trial, decision: unknown): Trial {
  const record = parseWith(decisionSchema, decision, "trial.decision_invalid", "The decision record");
  const arm = requireArm(trial, record.arm);
  const isAsked = arm.dose === undefined && trial.assumptions.some((line) => asksDoseOf(line, arm.id));
  if (arm.dose?.kind !== "deferred" && !isAsked) {
    const message = `The dose of arm "${arm.id}" is not deferred, so there is nothing to decide.`;
    return fail("trial.arm_not_deferred", "arm", message, {
      received: describeReceived(record.arm),
      parameters: { arm: arm.id },
    });
  }
  throwIfAny(checkRecord(record, arm.dose?.kind === "deferred" ? arm.dose.tentative.unitKind : record.dose.unitKind));
  const { dose, administrations } = record;
  const source = freeSourceId(trial, `decision-${arm.id}`);
  const citation = `Decision of ${record.decidedOn} by ${record.decidedBy}, on data up to ${record.dataCut}`;
  const base = `arms.${arm.id}`;
  const assumptions = trial.assumptions.flatMap((line) => withoutArm(line, arm.id));
  const answered = trial.assumptions.filter(({ key }) => assumptions.every((line) => line.key !== key));
  const replaced = [`${base}.dose`, `${base}.administrations`, `${base}.decision`];
  const gone = [...replaced, ...answered.map(({ key }) => `assumptions.${key}`)];
  const kept = Object.entries(trial.provenance).filter(
    ([path]) => !gone.some((field) => path === field || path.startsWith(`${field}.`)),
  );
  return defineTrial({
    ...trial,
    assumptions,
    contradictions: trial.contradictions.map((one) => settledBy(one, answered, citation)),
    arms: trial.arms.map((other) => (other === arm ? { ...arm, dose, administrations, decision: record } : other)),
    sources: [...trial.sources, { id: source, kind: "protocol", citation }],
    provenance: Object.fromEntries([...kept, ...replaced.map((field) => [field, source] as const)]),
  });
}

/** Whether a question asks for the dose of this arm alone. */
const asksDoseOf = ({ format, arms }: Assumption, arm: string): boolean =>
  format === "dose" && arms?.length === 1 && arms[0] === arm;

/** The question without an arm whose dose and administrations are decided; gone where it asks of no other. */
function withoutArm(line: Assumption, arm: string): readonly Assumption[] {
  if ((line.format !== "dose" && line.format !== "administrations") || line.arms?.includes(arm) !== true) return [line];
  const arms = line.arms.filter((other) => other !== arm);
  return arms.length === 0 ? [] : [{ ...line, arms }];
}

/** A contradiction that an answered question was to settle is settled by the decision that answered it. */
function settledBy(
  { askedAs, ...contradiction }: Contradiction,
  answered: readonly Assumption[],
  citation: string,
): Contradiction {
  if (askedAs === undefined) return contradiction;
  if (answered.every(({ key }) => key !== askedAs)) return { ...contradiction, askedAs };
  return { settled: citation, ...contradiction };
}

function checkRecord(record: DecisionRecord, tentativeUnit: string): readonly Issue[] {
  const issues: Issue[] = [];
  if (record.decidedOn < record.dataCut) {
    issues.push({
      code: "trial.decision_before_data_cut",
      path: "decidedOn",
      message: `A decision cannot be older than the data it rests on (data cut ${record.dataCut}).`,
      received: describeReceived(record.decidedOn),
      parameters: { dataCut: record.dataCut },
    });
  }
  if (record.dose.unitKind !== tentativeUnit) {
    issues.push({
      code: "trial.decision_unit_differs",
      path: "dose.unitKind",
      message: `The trial counts this dose in ${tentativeUnit}; kinds never convert, so the decision must do the same.`,
      expected: tentativeUnit,
      received: describeReceived(record.dose.unitKind),
    });
  }
  if (isNeverPerKg(record.dose)) {
    issues.push({
      code: "trial.unit_never_per_kg",
      path: "dose.kind",
      message: `The decided dose is per kg; ${NEVER_PER_KG}.`,
      expected: "flat",
      received: describeReceived(record.dose.kind),
      parameters: { units: NEVER_PER_KG },
    });
  }
  return issues;
}

function freeSourceId(trial: Trial, wish: string): string {
  const taken = new Set(trial.sources.map((source) => source.id.toLowerCase()));
  let id = wish;
  for (let number = 2; taken.has(id.toLowerCase()); number += 1) id = `${wish}-${number}`;
  return id;
}
