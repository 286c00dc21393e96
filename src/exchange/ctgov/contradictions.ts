import type { Contradiction } from "../../trial/index.js";
import type { ProposedDose } from "./proposedDoses.js";

/** What was read in a record, as far as the checks need it. What the record does not state is absent. */
export interface ReadRecord {
  /** Participants that are planned. Absent where the number is that of a finished enrolment: it need not divide. */
  readonly planned?: number | undefined;
  readonly count?: number | undefined;
  readonly allocation: string;
  readonly phases: readonly string[];
  readonly status?: string | undefined;
  /** ISO dates, of days or months. */
  readonly start?: string | undefined;
  readonly updated?: string | undefined;
  readonly masking: { readonly level: string; readonly who: readonly string[] };
  /** Title, summary, and the descriptions of masking and of the model. */
  readonly texts: readonly string[];
  readonly arms: readonly ReadArm[];
  /** The age field, in years, both ends included. */
  readonly ages: { readonly minimum?: string | undefined; readonly maximum?: string | undefined };
  readonly healthyVolunteers: boolean;
  readonly inclusion: readonly string[];
  /** The number of the first item of each list of criteria that is numbered. */
  readonly firstItems: readonly number[];
  readonly outcomes: readonly { readonly measure: string; readonly timeFrame: string }[];
  readonly proposals: readonly Pick<ProposedDose, "arm" | "reading">[];
}

/** An arm group with its description and the names and descriptions of what it gets. */
export interface ReadArm {
  readonly id: string;
  readonly label: string;
  readonly texts: readonly string[];
}

type Found = Pick<Contradiction, "bearsOn" | "statement"> & Partial<Pick<Contradiction, "arms" | "sources">>;
type Check = (record: ReadRecord) => Found | undefined;

const REGISTRY = ["registry"];
const BOTH = ["registry", "inference"];

/** Fewer participants than that are few even for phase 1. @see 21 CFR 312.21(a)(1): "generally in the range of 20 to 80" */
const FEW = 20;

/** A planned number that equal groups cannot hold. A ratio in the texts explains unequal groups. */
const enrolmentNotDivisible: Check = ({ planned, allocation, arms, texts }) => {
  if (allocation !== "randomized" || planned === undefined || arms.length < 2) return undefined;
  if (planned % arms.length === 0 || texts.some((text) => /\b\d{1,2}(?:\s*:\s*\d{1,2})+\b/.test(text)))
    return undefined;
  const statement = `${planned} participants do not divide equally among ${arms.length} arms, and the record states no ratio.`;
  return { bearsOn: ["list"], statement, sources: BOTH };
};

const smallPhase2: Check = ({ count, phases }) => {
  const late = phases.length > 0 && phases.every((phase) => phase === "phase-2" || phase === "phase-3");
  if (!late || count === undefined || count >= FEW) return undefined;
  const named = phases.map((phase) => phase.replace("phase-", "Phase ")).join(" and ");
  return { bearsOn: ["record"], statement: `A ${named} trial has ${count} participants.` };
};

/** `single`, `double` and `triple` leave open which of the four roles they mean; `quadruple` is all of them. */
const maskedRole: Check = ({ masking: { level, who } }) =>
  who.length === 0 && ["single", "double", "triple"].includes(level)
    ? { bearsOn: ["masking"], statement: `The masking is ${level}, but the record does not say who is masked.` }
    : undefined;

/** The word of the field against the word of the texts. Where roles are named, they decide. */
const maskingAgainstText: Check = ({ masking: { level, who }, texts }) => {
  if (who.length > 0) return undefined;
  const words = texts.flatMap((text) => [...text.matchAll(/\b(single|double|triple|quadruple)[- ](?:blind|mask)/gi)]);
  const other = words.map(([, word = ""]) => word.toLowerCase()).find((word) => word !== level);
  if (other === undefined) return undefined;
  const statement = `The masking field says ${level}, the text says ${other}-blind, and no role is named.`;
  return { bearsOn: ["masking"], statement };
};

/** Dates are compared as far as both state them. */
const startAfterUpdate: Check = ({ status, start, updated }) => {
  if (status !== "recruiting" || start === undefined || updated === undefined) return undefined;
  const length = Math.min(start.length, updated.length);
  if (start.slice(0, length) <= updated.slice(0, length)) return undefined;
  const statement = `The record of ${updated} already says recruiting; the trial starts later, on ${start}.`;
  return { bearsOn: ["record"], statement };
};

const AGE_RANGES = [
  /\bage[ds]?\b[^.;\d]{0,30}(\d{1,3})\s*(?:years?)?\s*(?:-|–|to|and)\s*(\d{1,3})\b/i,
  /\b(\d{1,3})\s*(?:-|–|to|and)\s*(\d{1,3})[\s-]*years?[\s-]*(?:old|of age)/i,
];

/** A criterion with a range of ages that the age field does not have. At what age the disease began is another thing. */
const twoAgeRanges: Check = ({ ages: { minimum, maximum }, inclusion }) => {
  for (const item of inclusion) {
    if (/\b(?:diagnos|onset)/i.test(item)) continue;
    const [, from, to] = AGE_RANGES.map((range) => range.exec(item)).find((found) => found !== null) ?? [];
    if (from === undefined || to === undefined || (from === minimum && to === maximum)) continue;
    const field = `${minimum ?? "any age"} to ${maximum ?? "any age"}`;
    const statement = `The age field says ${field}, a criterion ${from} to ${to}; only what both allow is sure.`;
    return { bearsOn: ["eligibility"], statement, sources: BOTH };
  }
  return undefined;
};

const healthyVolunteers: Check = (record) => {
  const wanted = record.inclusion.find(
    (item) => /\bdiagnos(?:is|ed)\b/i.test(item) && !/\b(?:no|not|never|without|free)\b/i.test(item),
  );
  if (!record.healthyVolunteers || wanted === undefined) return undefined;
  const statement = `The record accepts healthy volunteers, and also requires a diagnosis: "${wanted}".`;
  return { bearsOn: ["eligibility"], statement };
};

const firstCriterionMissing: Check = ({ firstItems }) => {
  const late = firstItems.find((number) => number > 1);
  if (late === undefined) return undefined;
  return {
    bearsOn: ["eligibility"],
    statement: `A list of criteria starts at item ${late}; what is above is missing.`,
  };
};

/** @see Devine 1974 and the ARDS Network's predicted weight: both are of adults. */
const weightOfChildren: Check = ({ ages: { minimum, maximum }, arms }) => {
  if (arms.length === 0 || minimum === undefined || Number(minimum) >= 18) return undefined;
  const ages = maximum === undefined ? `From age ${minimum}` : `At ages ${minimum} to ${maximum}`;
  const statement = `${ages}, formulas of ideal or predicted weight must not be used for who is under 18.`;
  return { bearsOn: ["dose"], statement, sources: ["inference"] };
};

/** Two arms of one dose. An arm with several amounts in its texts has no dose that could be compared. */
const sameDoseTwice: Check = ({ arms, proposals }) => {
  const first = new Map<string, string>();
  for (const { id } of arms) {
    const readings = new Set(proposals.filter(({ arm }) => arm === id).map(({ reading }) => reading));
    const [reading] = readings;
    if (reading === undefined || readings.size > 1) continue;
    const other = first.get(reading);
    if (other !== undefined) {
      return { bearsOn: ["dose"], arms: [id], statement: `Arms "${other}" and "${id}" state the same ${reading}.` };
    }
    first.set(reading, id);
  }
  return undefined;
};

const equalAmount: Check = ({ arms }) => {
  const ids = arms.filter(({ texts }) => texts.some((text) => /\b(?:equal|same|equivalent) amount/i.test(text)));
  if (ids.length === 0) return undefined;
  const statement = "The equal amount may be an equal volume or an equal mass.";
  return { bearsOn: ["dose"], arms: ids.map(({ id }) => id), statement, sources: BOTH };
};

/** An arm whose text says of the group that another arm is named after what that group is given. */
const labelAgainstText: Check = ({ arms }) => {
  for (const { id, texts } of arms) {
    for (const other of arms) {
      const name = other.label.toLowerCase().replace(/^the /, "");
      if (other.id === id || !/\S \b(?:group|arm|cohort)\b/.test(name)) continue;
      const said = texts.find((text) => isGiven(text.toLowerCase(), name));
      if (said === undefined) continue;
      const statement = `Arm "${id}" is described with "${said}", while another arm is named "${other.label}".`;
      return { bearsOn: ["dose", "list"], arms: [id, other.id], statement };
    }
  }
  return undefined;
};

function isGiven(text: string, name: string): boolean {
  const at = text.indexOf(name);
  return (
    at >= 0 && /^ (?:(?:was|is|were|are|will be) )?(?:given|receiv|treated|inject)/.test(text.slice(at + name.length))
  );
}

/** Adverse events that count for fewer days than the administrations last. */
const teaeWindow: Check = ({ outcomes, arms }) => {
  const texts = arms.flatMap((arm) => arm.texts);
  const [, apart, unit = ""] = texts.map((text) => /(\d+) (week|day)s? apart/i.exec(text)).find((found) => found) ?? [];
  if (apart === undefined) return undefined;
  for (const { measure, timeFrame } of outcomes) {
    const [, first, last] = /\bday (\d+) (?:to|-|–) (?:day )?(\d+)/i.exec(timeFrame) ?? [];
    if (!/adverse|safety|toxicit/i.test(measure) || first === undefined) continue;
    const second = Number(first) + Number(apart) * (unit.toLowerCase() === "week" ? 7 : 1);
    if (second <= Number(last)) continue;
    const statement = `Adverse events count from Day ${first} to Day ${last}; a second dose ${apart} ${unit}s later falls on Day ${second}, outside the window.`;
    return { bearsOn: ["schedule"], statement, sources: BOTH };
  }
  return undefined;
};

/** A name of letters and a number, written with a hyphen and without. */
const spelling: Check = ({ texts: [title = ""], arms }) => {
  const first = new Map<string, string>();
  for (const text of [title, ...arms.flatMap(({ label, texts }) => [label, ...texts])]) {
    for (const [word] of text.matchAll(/\b[A-Za-z]{2,}-?\d+\b/g)) {
      const other = first.get(word.replace("-", "")) ?? word;
      if (other !== word) return { bearsOn: ["record"], statement: `A name is written "${other}" and "${word}".` };
      first.set(word.replace("-", ""), word);
    }
  }
  return undefined;
};

/** Every check by the id of the contradiction that it finds, in the order in which they are reported. */
const CHECKS: Readonly<Record<string, Check>> = {
  "enrolment-not-divisible": enrolmentNotDivisible,
  "small-phase-2": smallPhase2,
  "masked-role": maskedRole,
  "masking-against-text": maskingAgainstText,
  "start-after-update": startAfterUpdate,
  "two-age-ranges": twoAgeRanges,
  "healthy-volunteers": healthyVolunteers,
  "first-criterion-missing": firstCriterionMissing,
  "weight-of-children": weightOfChildren,
  "same-dose-twice": sameDoseTwice,
  "equal-amount": equalAmount,
  "label-against-text": labelAgainstText,
  "teae-window": teaeWindow,
  spelling,
};

/** What in a record cannot hold together, or does not add up. What is merely absent is no contradiction. */
export function contradictionsOf(record: ReadRecord): readonly Contradiction[] {
  return Object.entries(CHECKS).flatMap(([id, check]) => {
    const found = check(record);
    return found === undefined ? [] : [{ id, sources: REGISTRY, ...found }];
  });
}
