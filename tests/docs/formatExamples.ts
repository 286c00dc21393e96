import { PROCEDURE_EXAMPLES, type Interval } from "../support/procedureExamples.js";

/** Values for fields that no shipped example has, by format and path. A test holds each against the schema of its field. */
type Values = Readonly<Record<string, unknown>>;

const HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const ANSWERS: Values = {
  "assumptions.*": "actual",
  "assumptions.*.value": "actual",
  "assumptions.*.reason": "protocol 2.0, section 6.2",
};
const DECISIONS: Values = { "decisions.*": { arm: "double", decidedBy: "EXAMPLE committee" } };
const NUMBERS: Values = {
  "numbers.prefix": "R",
  "numbers.digits": 4,
  "numbers.levelDigits": 1,
  "numbers.mask": "{stratum}{sequence}{check}",
  "numbers.shuffle": "EXAMPLE-2026-01",
};

const DOCUMENTS: Values = {
  "documents.trialCode": "EX-01",
  "documents.sponsor": "EXAMPLE sponsor",
  "documents.trialTitle": "EXAMPLE trial of cells",
  "documents.formNumber": "F-12, version 2, 2026-01-15",
  "documents.site": "EXAMPLE hospital, 1 Example Street",
  "documents.investigator": "Dr. EXAMPLE",
  "documents.contact": "EXAMPLE pharmacy, +49 30 1234567",
  "documents.form": "suspension for infusion",
  "documents.directions": "Infuse at once.",
  "documents.statements.*": "us-investigational",
  "documents.products.*.name": "EXAMPLE cells",
  "documents.products.*.arms.*": "low",
  "documents.productLine": "{products}",
  "documents.templateVersion": "2.0",
  "documents.gtin": "04012345678901",
};

/** What documents say at a site, as its own file has it. */
const SITE: Values = Object.fromEntries(
  ["trialCode", "sponsor", "gtin"].map((name) => [name, DOCUMENTS[`documents.${name}`]]),
);

/** The numbers of the procedures, as the first kind that has each is given it. */
const PARAMETERS: Values = Object.fromEntries(
  Object.values(PROCEDURE_EXAMPLES)
    .flatMap(({ frozen }) => Object.entries(frozen))
    .filter(([name, value]) => !Array.isArray(value) && name !== "lastBlock")
    .map(([name, value]) => [`procedure.${name}`, value] as const)
    .reverse(),
);

export const FORMAT_EXAMPLES: Readonly<Record<string, Values>> = {
  trial: {
    title: "EXAMPLE trial of cells",
    "arms.*.dose.tentative.surface.roundedToM2": "0.01",
    "arms.*.dose.awaiting": "the safety committee, after part 1",
    "arms.*.administrations.intervalDays": 28,
    "arms.*.decision.arm": "double",
    "arms.*.decision.dataCut": "2026-01-15",
    "arms.*.decision.decidedBy": "EXAMPLE committee",
    "arms.*.decision.decidedOn": "2026-01-20",
    "arms.*.decision.dose.amount": "2E6",
    "arms.*.decision.dose.surface.roundedToM2": "0.01",
    "arms.*.decision.administrations.count": 2,
    "arms.*.decision.administrations.intervalDays": 28,
    "arms.*.decision.reason": "no DLT in part 1",
    "arms.*.decision.report": HASH,
    "arms.*.note": "given once",
    "parts.*.masking.note": "the pharmacist is not masked",
    "parts.*.note": "open, escalating",
    "eligibility.numeric.*.minimumExcluded": true,
    "eligibility.numeric.*.maximumExcluded": true,
    "eligibility.exclusion.*": "pregnancy",
    "outcomes.*.measure": "response at week 24",
    ...DOCUMENTS,
    "contradictions.*.settled": "protocol 2.0 says 24",
    "contradictions.*.statement": "24 and 30 participants are stated",
  },
  assumptions: { ...ANSWERS, ...DECISIONS },
  decision: { "dose.surface.roundedToM2": "0.01", report: HASH },
  plan: {
    "trial.id": "DEMO-1",
    "trial.title": "EXAMPLE trial",
    "trial.arms.*": "active",
    "trial.masking.note": "the pharmacist is not masked",
    "trial.participants": 60,
    ...PARAMETERS,
    "procedure.mergedArms": true,
    "procedure.totals.*": 20,
    "procedure.weights.*": 2,
    "lengths.*.stratum.*": "01",
    "lengths.*.length": 36,
    "procedures.*.stratum.*": "01",
    ...NUMBERS,
    ...ANSWERS,
    ...DECISIONS,
  },
  "dynamic-plan": {
    "procedure.law.q": "1/2",
    "procedure.law.t": "1/2",
    "procedure.overallWeight": 1,
    "procedure.stratumWeight": 2,
    "procedure.probability": "4/5",
    "factors.*.weight": 2,
    ...NUMBERS,
    ...ANSWERS,
  },
  order: {
    ...ANSWERS,
    ...DECISIONS,
    "order.identification.randomizationNumber": "R010012",
    "order.weight.adjustmentFactor": "0.4",
    "order.dose.trial": { id: "NCT07041801" },
    "order.dose.range.minimum.amount": "1E6",
    "order.dose.range.maximum.amount": "2E8",
    "order.dose.range.*.above.kg": "50",
    "order.dose.range.*.above.included": false,
    "order.dose.range.*.below.kg": "50",
    "order.dose.range.*.below.included": true,
    "order.dose.range.*.range.minimum.amount": "1E6",
    "order.dose.range.*.range.maximum.amount": "2E8",
    "order.dose.soft.minimum.amount": "1E6",
    "order.dose.soft.maximum.amount": "2E8",
    "order.dose.besidePerKg": "1E6",
    "order.dose.cap.amount": "2E8",
    "order.product.concentrationPerMl.minimum": "5E5",
    "order.product.concentrationPerMl.maximum": "1E7",
    "order.product.minimumViability": "0.8",
    "order.lots.*.viability": "0.93",
    "order.lots.*.purity": "0.95",
    "order.infusion.diluentPerContainerMl": "15",
    "order.infusion.otherArms.*.arm": "placebo",
    "order.infusion.otherArms.*.finalVolumeMl": "100",
    "order.infusion.rateMlPerHour": "120",
    "order.infusion.limits.minimumMlPerMin": "1",
    "order.infusion.limits.maximumMlPerMin": "5",
    "order.infusion.limits.minimumMinutes": "20",
    "order.infusion.limits.maximumMinutes": "60",
    "order.infusion.limits.maximumCellsPerKgPerMin": "1E5",
    "order.infusion.longMinutes": "240",
    "order.clock.longHoldMinutes": 30,
    "order.together.source": "label 2026-01",
    "order.together.cap.amount": "2E8",
    "order.dayTotals.dmsoLimitGPerKg": "0.5",
    "order.overrides.*.path": "lots.1",
    "document.diluent.expiresOn": "2027-06-30",
    "document.diluent.maker": "EXAMPLE maker",
    "document.receipt.donationNumber": "A99971412345611",
    "document.comments": "second bag of the day",
    "document.label.widthMm": 100,
    "document.label.heightMm": 70,
    "document.label.copies": 2,
    "document.label.printerDpi": 300,
    site: { sponsor: "EXAMPLE sponsor" },
    "check.copiedFrom": "order.yaml",
  },
  record: {
    component: "CD8",
    subject: "S02-003",
    kit: "K-1047",
    "plannedFor.subject": "S02-003",
    "plannedFor.kit": "K-1047",
    preparedOn: "2026-03-19",
    expiresAt: "2026-03-19T13:00",
    startBy: "2026-03-19T12:15",
    startFrom: "2026-03-19T09:00",
    planned: "72250000",
    preparedAtInfusion: "72250000",
    preparedMl: "100",
    weightKg: "72.4",
    "ageYears.minimum": "18",
    "ageYears.maximum": "65",
    "range.minimum": "1E6",
    "range.maximum": "2E8",
    "window.from": "2026-03-18",
    "window.to": "2026-03-21",
    reason: "line blocked for 5 minutes",
  },
  map: {
    separator: "semicolon",
    "columns.*.title": "rand_no",
    "columns.*.from": "number",
    "columns.*.text": "TRIAL-1",
  },
  choice: {
    "gate.rate": "0.3",
    "gate.cutoff": "0.8",
    "gate.rows.*.n": 12,
    "gate.rows.*.most": 2,
  },
  site: SITE,
  rule: {
    "rule.earlyStop.atLevel": 9,
    "rule.selection.target": "0.25",
    "rule.extraSafe.offset": "0.05",
    "rule.equivalence.below": "0.05",
    "rule.equivalence.above": "0.05",
  },
};

/** The interval of a parameter of each kind that has it, in the order of the kinds. */
const rangesOf = (path: string): readonly (readonly [kind: string, Interval])[] =>
  Object.entries(PROCEDURE_EXAMPLES).flatMap(([kind, { intervals }]) => {
    const own = intervals[path.replace("procedure.", "")];
    return own === undefined ? [] : [[kind, own] as const];
  });

/** Intervals that no test of this table holds: those of minimization and of Hu and Hu have tests of their own. */
const TOLD_RANGES: Readonly<Record<string, string>> = {
  "dynamic-plan procedure.law.probability":
    "a share as text or a whole number, from the least share of an arm in the ratio to 1",
  "dynamic-plan procedure.law.q": "a share as text or a whole number, 1/k to 2/(k - 1), k the number of arms",
  "dynamic-plan procedure.law.t": "a share as text or a whole number, 0 to 1",
  "dynamic-plan procedure.overallWeight": "whole number, 0 to 10^6",
  "dynamic-plan procedure.stratumWeight": "whole number, 0 to 10^6",
  "dynamic-plan procedure.probability": "a share as text or a whole number, 0.5 to 1",
  "plan procedure.totals.*": "whole number, 1 to 10^9",
  "plan procedure.sizes.*": "whole number, at least the sum of the ratio in lowest terms, at most 10^6",
  "plan procedure.weights.*": "whole number, at least 1",
  "plan procedure.size": "whole number, at least the sum of the ratio in lowest terms, at most 10^6",
};

/** Amounts of an order and of a record that may be nothing; every other one is above 0. */
export const MAY_BE_ZERO: ReadonlySet<string> = new Set([
  "order.draw.overfillPercent",
  "order.draw.deadVolumeMl",
  "order.dayTotals.otherDmsoG",
  "order.dayTotals.otherEndotoxinEu",
  "planned",
  "preparedAtInfusion",
  "infusedMl",
  "range.minimum",
  "range.maximum",
  "ageYears.minimum",
  "ageYears.maximum",
]);

/**
 * Numbers of an order, without `order.`, that nothing holds against a table of plausible values. Doses and weights have
 * tables of their own.
 */
export const WITHOUT_LIMITS: readonly string[] = [
  "identification.administration",
  "product.concentrationPerMl.minimum",
  "product.concentrationPerMl.maximum",
  "lots.*.content",
  "lots.*.extractableMl",
  "infusion.rateMlPerMin",
  "infusion.rateMlPerHour",
  "infusion.minutes",
  "infusion.limits.maximumCellsPerKgPerMin",
  "infusion.otherArms.*.finalVolumeMl",
  "clock.stabilityMinutes",
  "then.*.startWithinMinutes",
];

const number = (value: number): string => (value >= 1_000_000 ? `10^${String(Math.log10(value))}` : String(value));

/** The interval of a parameter in words, where the procedures check it. */
export function rangeText(format: string, path: string): string | undefined {
  const told = TOLD_RANGES[`${format} ${path}`];
  if (told !== undefined || format !== "plan") return told;
  const ranges = rangesOf(path);
  if (ranges.length === 0) return undefined;
  const text = ({ low, high, isWhole, isAbove }: Interval): string => {
    const ends =
      isAbove === true ? `above ${number(low)}, at most ${number(high)}` : `${number(low)} to ${number(high)}`;
    return isWhole ? `whole number, ${ends}` : `a share as text or a whole number, ${ends}`;
  };
  const texts = [...new Set(ranges.map(([, own]) => text(own)))];
  return texts.length === 1 ? texts[0] : ranges.map(([kind, own]) => `\`${kind}\`: ${text(own)}`).join("; ");
}
