import { AllocellError } from "../foundation/index.js";
import { prescribe } from "../dose/index.js";
import {
  compare,
  decimalText,
  fraction,
  halfUp,
  minus,
  over,
  plus,
  readFraction,
  smaller,
  times,
} from "../quantity/index.js";
import type { Trial } from "../trial/index.js";
import { armDaysOf, daysText } from "./armDays.js";
import { classOf } from "./fields.js";
import { atMost, finding, type Finding } from "./finding.js";
import { findSecrets } from "./hiddenText.js";
import { secretsOf } from "./secrets.js";
import { isMasked, type AuditSubject, type PreparationSummary } from "./subject.js";

/** Rule 16: what the arms of a masked part look like at the bedside. */
export function ruleSameAppearance(subject: AuditSubject): readonly Finding[] {
  const { trial, part, facts } = subject;
  if (!isMasked(subject)) return [finding(16, "not-applicable", "Nobody is masked in this part.")];
  return [
    ...(trial === undefined || part === undefined ? [] : dayFindings(trial, part.id, subject)),
    ...appearanceFindings(facts.preparations),
  ];
}

/** Number and days of administrations, by the trial and its assumptions. */
function dayFindings(trial: Trial, partId: string, { facts, plan }: AuditSubject): readonly Finding[] {
  const arms = armDaysOf(trial, partId, facts.assumptions).filter(({ arm }) =>
    plan.arms.some((own) => own.arm === arm),
  );
  const known = arms.flatMap(({ arm, days }) => (days === undefined ? [] : [{ arm, days }]));
  const findings: Finding[] = [];
  const [first] = known;
  const differs = known.some(({ days }) => days.join() !== first?.days.join());
  if (differs) {
    const texts = known.map(({ arm, days }) => `${arm} ${days.length} (${daysText(days)})`);
    const all = [...new Set(known.flatMap(({ days }) => days))].sort((a, b) => a - b);
    const lone = all.filter((day) => known.some(({ days }) => !days.includes(day)));
    findings.push(
      finding(
        16,
        "fail",
        `LEAK administration days: ${texts.join(", ")}. Whoever sees an infusion, or none, on ${daysText(lone)} knows the arm. Remedy: blindSafeCalendar, ${all.length} administrations in every arm, dummies where an arm has none.`,
        partId,
      ),
    );
  } else if (known.length === arms.length) {
    findings.push(
      finding(16, "pass", `All ${arms.length} arms are administered on ${daysText(first?.days ?? [])}.`, partId),
    );
  }
  const open = arms.filter(({ days }) => days === undefined);
  if (open.length > 0) {
    const text = `Days not known: ${open.map(({ arm, source }) => `${arm} (${source})`).join("; ")}.`;
    findings.push(finding(16, "needs-person", text, partId));
  }
  return findings;
}

const APPEARANCES: readonly (readonly [field: keyof PreparationSummary, what: string, unit: string])[] = [
  ["totalVolumeMl", "total volume", "mL"],
  ["containers", "containers", "bags or syringes"],
  ["rateMlPerMin", "rate", "mL/min"],
  ["minutes", "duration", "minutes"],
  ["administrationDays", "administration days", ""],
];

/** Volume, containers, rate, duration and days as the preparation states them, weight by weight. */
function appearanceFindings(summaries: readonly PreparationSummary[] | undefined): readonly Finding[] {
  if (summaries === undefined || summaries.length === 0) {
    const text =
      "Volume, bags or syringes, rate and duration of each arm were not given: compare them over the whole range of weights, with sleeve and tubing.";
    return [finding(16, "needs-person", text)];
  }
  const findings: Finding[] = [];
  const weights = [...new Set(summaries.map(({ weightKg }) => weightKg))];
  const arms = new Set(summaries.map(({ arm }) => arm));
  for (const [field, what, unit] of APPEARANCES) {
    let compared = 0;
    for (const weightKg of weights) {
      const here = summaries.filter((each) => each.weightKg === weightKg);
      const stated = here.filter((each) => each[field] !== undefined);
      if (stated.length < arms.size) continue;
      compared += 1;
      const values = stated.map((each) => textOf(each[field]));
      if (new Set(values).size > 1) {
        const texts = stated.map(({ arm }, i) => `${arm} ${values[i] ?? ""}`);
        findings.push(
          finding(16, "fail", `LEAK ${what} at ${weightKg} kg: ${texts.join(", ")}${unit === "" ? "" : ` ${unit}`}.`),
        );
        break;
      }
    }
    if (compared === 0)
      findings.push(finding(16, "needs-person", `The ${what} is not stated for every arm: compare it.`));
  }
  if (findings.some(({ verdict }) => verdict === "fail")) return findings;
  const compared = `${arms.size} arms at ${weights.length} weights (${weights[0] ?? ""} to ${weights[weights.length - 1] ?? ""} kg)`;
  return findings.length > 0
    ? findings
    : [finding(16, "pass", `Volume, containers, rate, duration and days are equal in ${compared}.`)];
}

/** Equal amounts have equal texts: "300" and "300.0". */
function textOf(value: PreparationSummary[keyof PreparationSummary]): string {
  if (Array.isArray(value)) return daysText(value as readonly number[]);
  const text = String(value);
  return /^\d+(?:\.\d+)?$/.test(text) ? decimalText(readFraction(text)) : text;
}

/** Rule 17: the fields and values of the dose records that blinded people get. */
export function ruleBlindedDoseRecord(subject: AuditSubject): readonly Finding[] {
  if (!isMasked(subject)) return [finding(17, "not-applicable", "Nobody is masked in this part.")];
  const records = subject.facts.blindedDoseRecords;
  if (records === undefined || records.length === 0) {
    const text =
      "No blinded dose record was given: see that it shows volume and schedule, and neither cells, concentration, cap, vials nor lot.";
    return [finding(17, "needs-person", text)];
  }
  const secrets = secretsOf(subject);
  const findings = records.flatMap((record, i): Finding[] => {
    const faults = [
      ...Object.keys(record).filter((field) => classOf(field, subject.facts.allowedFields ?? []) !== "allowed"),
      ...findSecrets(JSON.stringify(record), secrets),
      ...(/\b(?:capped|rounded|cap applied)\b/i.exec(JSON.stringify(record)) ?? []),
    ];
    return faults.length === 0
      ? []
      : [finding(17, "fail", `The record shows: ${faults.join(", ")}.`, `record ${i + 1}`)];
  });
  if (findings.length > 0) return atMost(findings);
  return [finding(17, "pass", `${records.length} blinded dose records show allowed fields only.`)];
}

/** As for a measured weight, kg. */
const [LIGHTEST, HEAVIEST] = [fraction(1, 2), fraction(300)];

/**
 * Rule 18: each dose per kg at the cap's weight and one step either side, and at the limits of eligible weights.
 *
 * @param compute - what computes the dose that is tried
 */
export function ruleDoseBoundaries(subject: AuditSubject, compute: typeof prescribe = prescribe): readonly Finding[] {
  const { trial, part, plan, facts } = subject;
  if (trial === undefined || part === undefined || facts.assumptions === undefined) {
    return [
      finding(
        18,
        "needs-person",
        "No answers to the dose assumptions were given (--assumptions): try each dose at its cap and its limits.",
      ),
    ];
  }
  const step = readFraction(facts.weightStepKg ?? "0.1", "weightStepKg");
  const said: string[] = [];
  const findings: Finding[] = [];
  for (const { arm } of plan.arms) {
    const at = (weightKg: string): ReturnType<typeof prescribe> =>
      compute({ trial, part: part.id, arm, weightKg, heightCm: "170", assumptions: facts.assumptions ?? {} });
    try {
      const { rule, cap } = at("70");
      if (rule.kind === "per-m2") {
        const message = "The dose goes by the body surface: try it at heights and weights whose surface is at a limit.";
        findings.push(finding(18, "needs-person", message, arm));
      }
      if (rule.kind !== "per-kg") continue;
      const edges = trial.eligibility.numeric.flatMap(({ measure, minimum, maximum }) =>
        measure === "weight" ? [minimum, maximum].filter((edge) => edge !== undefined) : [],
      );
      // The heaviest weight on the grid of the scales that still is at or below the cap's weight.
      const [perKg, limit] = [
        readFraction(rule.amount),
        cap === undefined ? undefined : readFraction(cap.limit.amount),
      ];
      const capWeight = limit === undefined ? [] : [decimalText(halfUp(over(limit, perKg), step))];
      const usable = [...capWeight, ...edges, "70"]
        .map((edge) => readFraction(edge))
        .flatMap((edge) => [minus(edge, step), edge, plus(edge, step)])
        .filter((kg) => compare(kg, LIGHTEST) >= 0 && compare(kg, HEAVIEST) <= 0);
      for (const weight of usable) {
        const weightKg = decimalText(weight);
        const full = times(perKg, weight);
        const expected = decimalText(limit === undefined ? full : smaller(full, limit));
        const { target } = at(weightKg);
        if (target.amount !== expected) {
          findings.push(finding(18, "fail", `${weightKg} kg gives ${target.amount}, not ${expected}.`, arm));
        }
      }
      said.push(
        `${arm} at ${usable.length} weights${capWeight.length > 0 ? ` around the cap at ${capWeight[0] ?? ""} kg` : ", no cap"}`,
      );
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      findings.push(finding(18, "needs-person", `The dose cannot be computed yet: ${error.message}`, arm));
    }
  }
  if (findings.length > 0) return atMost(findings);
  if (said.length === 0) return [finding(18, "not-applicable", "No arm of this list has a dose per kg.")];
  return [finding(18, "pass", `Doses are dose per kg × weight, at most the cap, to the cell: ${said.join("; ")}.`)];
}
