// The contradictions of the built-in trials that a registry record can show are found on import by the same checks; of
// each other one it is stated why only a person can see it.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importCtgov } from "../../src/exchange/index.js";
import { defineTrial, type Contradiction, type Trial } from "../../src/trial/index.js";
import { TRIALS } from "../../src/trials/index.js";

interface Section {
  readonly armsInterventionsModule: { readonly armGroups: { description?: string }[] };
  readonly eligibilityModule: { eligibilityCriteria: string };
}
const read = (name: string): { readonly protocolSection: Section } =>
  JSON.parse(readFileSync(new URL(`ctgov/${name}.json`, import.meta.url), "utf8")) as { protocolSection: Section };

/** The lists of criteria as the registry page numbers them: from item 2. */
const numberFromTwo = ({ eligibilityModule }: Section): void => {
  let number = 1;
  eligibilityModule.eligibilityCriteria = eligibilityModule.eligibilityCriteria.replace(/^Excl.*$|^\* /gm, (found) => {
    number = found === "* " ? number + 1 : 1;
    return found === "* " ? `${number}. ` : found;
  });
};

/** What the trial's record says and the built-in trial holds in another way, so that the stored record leaves it out. */
const SENTENCES: Readonly<Record<string, (section: Section) => void>> = {
  NCT07041801: numberFromTwo,
  NCT06853522: numberFromTwo,
  NCT06407297: () => undefined,
  NCT06727721: ({ armsInterventionsModule, eligibilityModule }) => {
    const [placebo] = armsInterventionsModule.armGroups;
    if (placebo !== undefined) placebo.description = "The control group was given albumin";
    eligibilityModule.eligibilityCriteria = eligibilityModule.eligibilityCriteria.replace(
      "Inclusion Criteria:\n\n",
      "Inclusion Criteria:\n\n* Aged 30 to 75 years\n",
    );
  },
};

/** Of each trial: the built-in contradiction and what the import calls it. */
const FOUND: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NCT07041801: {
    "enrolment-not-divisible": "enrolment-not-divisible",
    "same-dose-twice": "same-dose-twice",
    "teae-window": "teae-window",
    "start-after-update": "start-after-update",
    "first-criterion-missing": "first-criterion-missing",
  },
  NCT06853522: {
    "masked-role": "masked-role",
    "equal-amount": "equal-amount",
    "first-criterion-missing": "first-criterion-missing",
  },
  NCT06407297: {
    "healthy-volunteers": "healthy-volunteers",
    "one-masking-field": "masking-against-text",
    "weight-of-children": "weight-of-children",
  },
  NCT06727721: {
    "ten-in-three": "enrolment-not-divisible",
    "two-age-ranges": "two-age-ranges",
    spelling: "spelling",
    "which-control": "label-against-text",
    "small-phase-2": "small-phase-2",
    "masked-role": "masked-role",
  },
};

const OTHER_SOURCE = "the other statement is in a news article, not in the record";
const PARTS = "a record knows no parts: which participants are open is in prose";
const PAGE_ONLY = "the record has a word of its list of states; what a page calls it is not in the record";
const ABSENT =
  "what is absent contradicts nothing: the import says that no dose was found, and no record states volumes";

/** The others, with the reason why no check of a record finds them. */
const BY_A_PERSON: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  NCT07041801: {
    "five-way-randomization": OTHER_SOURCE,
    "placebo-of-double": "what stands beside the double dose is absent, and only the design shows that it matters",
    "route-wording": OTHER_SOURCE,
  },
  NCT06853522: {
    "groups-of-twenty": "no record states a ratio: the head of every imported file says so",
    "amount-not-described": ABSENT,
    "garbled-names": "whether a drug has this name is knowledge of drugs",
  },
  NCT06407297: {
    "nine-not-randomized": PARTS,
    "fifteen-is-odd": PARTS,
    "randomized-within-six-months": PARTS,
    "open-cohorts": PARTS,
    "status-wording": PAGE_ONLY,
  },
  NCT06727721: {
    "metformin-only": "that the two drugs exclude each other is the meaning of a sentence",
    "no-dose": ABSENT,
    "status-wording": PAGE_ONLY,
  },
};

/** What a contradiction says, with the arms by their places: the importer makes ids of its own. */
const said = (trial: Trial, { id, bearsOn, arms }: Contradiction) => ({
  id,
  bearsOn,
  arms: arms?.map((arm) => trial.arms.findIndex((one) => one.id === arm)).sort(),
});

describe("contradictions of a record", { tags: ["EXCH-002"] }, () => {
  it.each(TRIALS.map((trial) => [trial.id, trial] as const))("%s: those of the built-in trial", (id, builtIn) => {
    const record = read(id);
    SENTENCES[id]?.(record.protocolSection);
    const { trial, contradictions } = importCtgov(record);
    const imported = defineTrial(trial);
    const names = FOUND[id] ?? {};
    const wanted = builtIn.contradictions.filter(({ id: one }) => Object.hasOwn(names, one));
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect(contradictions.map((one) => said(imported, one)).sort(byId)).toEqual(
      wanted.map((one) => ({ ...said(builtIn, one), id: names[one.id] ?? "" })).sort(byId),
    );
    expect(imported.contradictions).toEqual(contradictions);
  });

  it.each(TRIALS.map((trial) => [trial.id, trial] as const))("%s: each other one has its reason", (id, builtIn) => {
    const listed = [...Object.keys(FOUND[id] ?? {}), ...Object.keys(BY_A_PERSON[id] ?? {})];
    expect(listed.sort()).toEqual(builtIn.contradictions.map((one) => one.id).sort());
  });

  it.each([
    ["NCT02552212.aact", []],
    ["NCT06171568.aact", []],
    ["NCT02611167.reconstructed", []],
    ["NCT02846883.reconstructed", []],
    // 5 + 1, 5 + 2 and 5 + 2 participants by its prose: three arm groups of 20 cannot be equal.
    ["NCT03186417.reconstructed", ["enrolment-not-divisible"]],
    ["NCT04918706.reconstructed", []],
  ])("%s: none but what a person finds", (name, ids) => {
    expect(importCtgov(read(`registry/${name}`)).contradictions.map(({ id }) => id)).toEqual(ids);
  });
});
