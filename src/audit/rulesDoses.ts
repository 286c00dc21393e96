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
  type Fraction,
} from "../quantity/index.js";
import type { Trial } from "../trial/index.js";
import { armDaysSaid, daysSaid } from "./armDays.js";
import { classOf } from "./fields.js";
import { atMost, finding, type Finding } from "./finding.js";
import { secretsIn, secretText } from "./hiddenText.js";
import type { Rules } from "./rule.js";
import { faultText, listing, text, type AuditText } from "./saidText.js";
import { secretsOf } from "./secrets.js";
import { isMasked, type AuditSubject, type PreparationSummary } from "./subject.js";

/** Rule 16: what the arms of a masked part look like at the bedside. */
function ruleSameAppearance(subject: AuditSubject): readonly Finding[] {
  const { trial, part, facts } = subject;
  if (!isMasked(subject)) return [finding(16, "not-applicable", text("unmasked"))];
  return [
    ...(trial === undefined || part === undefined ? [] : dayFindings(trial, part.id, subject)),
    ...appearanceFindings(facts.preparations),
  ];
}

/** Number and days of administrations, by the trial and its assumptions. */
function dayFindings(trial: Trial, partId: string, { facts, plan }: AuditSubject): readonly Finding[] {
  const arms = armDaysSaid(trial, partId, facts.assumptions).filter(({ arm }) =>
    plan.arms.some((own) => own.arm === arm),
  );
  const known = arms.flatMap(({ arm, days }) => (days === undefined ? [] : [{ arm, days }]));
  const findings: Finding[] = [];
  const [first] = known;
  const differs = known.some(({ days }) => days.join() !== first?.days.join());
  if (differs) {
    const byArm = known.map(({ arm, days }) => text("days.arm", { arm, count: days.length, days: daysSaid(days) }));
    const all = [...new Set(known.flatMap(({ days }) => days))].sort((a, b) => a - b);
    const lone = all.filter((day) => known.some(({ days }) => !days.includes(day)));
    findings.push(
      finding(16, "fail", text("days.leak", { arms: listing(byArm), lone: daysSaid(lone), count: all.length }), partId),
    );
  } else if (known.length === arms.length) {
    findings.push(
      finding(16, "pass", text("days.same", { arms: arms.length, days: daysSaid(first?.days ?? []) }), partId),
    );
  }
  const open = arms.filter(({ days }) => days === undefined);
  if (open.length > 0) {
    const byArm = open.map(({ arm, unknown }) => text("days.unknownArm", { arm, source: unknown ?? "" }));
    findings.push(finding(16, "needs-person", text("days.unknown", { arms: listing(byArm, "; ") }), partId));
  }
  return findings;
}

const APPEARANCES = ["totalVolumeMl", "containers", "rateMlPerMin", "minutes", "administrationDays"] as const;

/** Volume, containers, rate, duration and days as the preparation states them, weight by weight. */
function appearanceFindings(summaries: readonly PreparationSummary[] | undefined): readonly Finding[] {
  if (summaries === undefined || summaries.length === 0) {
    return [finding(16, "needs-person", text("appearance.notGiven"))];
  }
  const weights = [...new Set(summaries.map(({ weightKg }) => weightKg))];
  const arms = new Set(summaries.map(({ arm }) => arm)).size;
  const byWeight = weights.map((weightKg) => summaries.filter((each) => each.weightKg === weightKg));
  const findings = APPEARANCES.flatMap((field) => appearanceFindingsOf(field, byWeight, arms));
  if (findings.length > 0) return findings;
  const [first = "", last = ""] = [weights[0], weights[weights.length - 1]];
  return [finding(16, "pass", text("appearance.same", { arms, weights: weights.length, first, last }))];
}

/** One field, at the first weight at which the arms differ in it. */
function appearanceFindingsOf(
  field: (typeof APPEARANCES)[number],
  byWeight: readonly (readonly PreparationSummary[])[],
  arms: number,
): readonly Finding[] {
  const what = text(`what.${field}`);
  const compared = byWeight
    .map((summaries) => summaries.filter((each) => each[field] !== undefined))
    .filter((stated) => stated.length >= arms);
  if (compared.length === 0) return [finding(16, "needs-person", text("appearance.unstated", { what }))];
  const different = compared.find(
    (stated) => new Set(stated.map((each) => JSON.stringify(valueOf(each[field])))).size > 1,
  );
  if (different === undefined) return [];
  const byArm = different.map((each) => text("count.arm", { arm: each.arm, count: valueOf(each[field]) }));
  const leak = { what, weight: different[0]?.weightKg ?? "", arms: listing(byArm) };
  const said =
    field === "administrationDays"
      ? text("appearance.leak", leak)
      : text("appearance.leakUnit", { ...leak, unit: text(`unit.${field}`) });
  return [finding(16, "fail", said)];
}

/** Equal amounts have equal texts: "300" and "300.0". */
function valueOf(value: PreparationSummary[keyof PreparationSummary]): string | AuditText {
  if (Array.isArray(value)) return daysSaid(value as readonly number[]);
  const stated = String(value);
  return /^\d+(?:\.\d+)?$/.test(stated) ? decimalText(readFraction(stated)) : stated;
}

/** Rule 17: the fields and values of the dose records that blinded people get. */
function ruleBlindedDoseRecord(subject: AuditSubject): readonly Finding[] {
  if (!isMasked(subject)) return [finding(17, "not-applicable", text("unmasked"))];
  const records = subject.facts.blindedDoseRecords;
  if (records === undefined || records.length === 0) {
    return [finding(17, "needs-person", text("records.notGiven"))];
  }
  const secrets = secretsOf(subject);
  const findings = records.flatMap((record, i): Finding[] => {
    const faults = [
      ...Object.keys(record).filter((field) => classOf(field, subject.facts.allowedFields ?? []) !== "allowed"),
      ...secretsIn(JSON.stringify(record), secrets).map(secretText),
      ...(/\b(?:capped|rounded|cap applied)\b/i.exec(JSON.stringify(record)) ?? []),
    ];
    return faults.length === 0
      ? []
      : [
          finding(
            17,
            "fail",
            text("records.shows", { faults: listing(faults) }),
            text("place.record", { number: i + 1 }),
          ),
        ];
  });
  if (findings.length > 0) return atMost(findings);
  return [finding(17, "pass", text("records.good", { records: records.length }))];
}

/** As for a measured weight, kg. */
const [LIGHTEST, HEAVIEST] = [fraction(1, 2), fraction(300)];

type DoseAt = (weightKg: string) => ReturnType<typeof prescribe>;

/** The doses of an arm that are wrong, and, if it is dosed per kg, what was tried. */
function* dosesTried(trial: Trial, arm: string, step: Fraction, at: DoseAt): Generator<Finding | AuditText> {
  const { rule, cap } = at("70");
  if (rule.kind === "per-m2") yield finding(18, "needs-person", text("doses.bySurface"), arm);
  if (rule.kind !== "per-kg") return;
  const edges = trial.eligibility.numeric.flatMap(({ measure, minimum, maximum }) =>
    measure === "weight" ? [minimum, maximum].filter((edge) => edge !== undefined) : [],
  );
  const perKg = readFraction(rule.amount);
  const limit = cap === undefined ? undefined : readFraction(cap.limit.amount);
  // The heaviest weight on the grid of the scales that still is at or below the cap's weight.
  const capWeight = limit === undefined ? [] : [decimalText(halfUp(over(limit, perKg), step))];
  const usable = [...capWeight, ...edges, "70"]
    .map((edge) => readFraction(edge))
    .flatMap((edge) => [minus(edge, step), edge, plus(edge, step)])
    .filter((kg) => compare(kg, LIGHTEST) >= 0 && compare(kg, HEAVIEST) <= 0);
  for (const weight of usable) {
    const weightKg = decimalText(weight);
    const full = times(perKg, weight);
    const expected = decimalText(limit === undefined ? full : smaller(full, limit));
    const found = at(weightKg).target.amount;
    if (found !== expected) yield finding(18, "fail", text("doses.wrong", { weight: weightKg, found, expected }), arm);
  }
  const [capKg] = capWeight;
  const tried = { arm, weights: usable.length };
  yield capKg === undefined ? text("doses.noCap", tried) : text("doses.cap", { ...tried, cap: capKg });
}

/**
 * Rule 18: each dose per kg at the cap's weight and one step either side, and at the limits of eligible weights.
 *
 * @param compute - what computes the dose that is tried
 */
export function ruleDoseBoundaries(subject: AuditSubject, compute: typeof prescribe = prescribe): readonly Finding[] {
  const { trial, part, plan, facts } = subject;
  if (trial === undefined || part === undefined || facts.assumptions === undefined) {
    return [finding(18, "needs-person", text("doses.noAnswers"))];
  }
  const step = readFraction(facts.weightStepKg ?? "0.1", "weightStepKg");
  const said: AuditText[] = [];
  const findings: Finding[] = [];
  for (const { arm } of plan.arms) {
    const at: DoseAt = (weightKg) =>
      compute({ trial, part: part.id, arm, weightKg, heightCm: "170", assumptions: facts.assumptions ?? {} });
    try {
      for (const each of dosesTried(trial, arm, step, at)) {
        if ("key" in each) said.push(each);
        else findings.push(each);
      }
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      findings.push(finding(18, "needs-person", text("doses.notYet", { why: faultText(error) }), arm));
    }
  }
  if (findings.length > 0) return atMost(findings);
  if (said.length === 0) return [finding(18, "not-applicable", text("doses.none"))];
  return [finding(18, "pass", text("doses.good", { arms: listing(said, "; ") }))];
}

export const RULES_OF_DOSES: Rules<16 | 17 | 18> = {
  /**
   * number and days of administrations (trial and assumptions); volume, containers, rate, duration, days
   * (preparations), weight by weight
   *
   * - by: program, person
   * - threshold: any difference: a named leak
   * - to do: `blindSafeCalendar`; one final volume; matched placebo
   */
  16: { ofList: ruleSameAppearance, ofDynamic: "notLookedAt" },
  /**
   * fields and values of blinded dose records
   *
   * - by: program (records)
   * - threshold: one occurrence
   * - to do: build the record by its allow-list
   */
  17: { ofList: ruleBlindedDoseRecord, ofDynamic: "notLookedAt" },
  /**
   * the dose per kg at the cap's weight ± one step, and at the limits of eligible weights
   *
   * - by: program (assumptions)
   * - threshold: one cell
   * - to do: report it: it is a fault of allocell
   */
  18: { ofList: ruleDoseBoundaries, ofDynamic: "notLookedAt" },
};
