// The contradictions of the built-in trials that a registry record can show are found on import by the same checks; of
// each other one it is stated why only a person can see it.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importCtgov } from "../../src/exchange/index.js";
import { defineTrial, type Contradiction, type Trial } from "../../src/trial/index.js";
import { TRIALS, trialById } from "../../src/trials/index.js";
import * as expectedOf from "../unit/trials/expected.js";

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

const EXPECTED: readonly expectedOf.Expected[] = Object.values(expectedOf);

/** What a contradiction says, with the arms by their places: the importer makes ids of its own. */
const said = (trial: Trial, { id, bearsOn, arms }: Contradiction) => ({
  id,
  bearsOn,
  arms: arms?.map((arm) => trial.arms.findIndex((one) => one.id === arm)).sort(),
});

describe("contradictions of a record", { tags: ["EXCH-002"] }, () => {
  it("has a record of every built-in trial", () => {
    expect(EXPECTED.map(({ record }) => record.id).sort()).toEqual(TRIALS.map(({ id }) => id).sort());
  });

  it.each(EXPECTED.map((one) => [one.record.id!, one] as const))("%s: those of the built-in trial", (id, expected) => {
    const builtIn = trialById(id);
    const record = read(id);
    SENTENCES[id]?.(record.protocolSection);
    const { trial, contradictions } = importCtgov(record);
    const imported = defineTrial(trial);
    const names = Object.fromEntries(
      Object.entries(expected.contradictions).flatMap(([one, how]) =>
        "importedAs" in how ? [[one, how.importedAs] as const] : [],
      ),
    );
    const wanted = builtIn.contradictions.filter(({ id: one }) => Object.hasOwn(names, one));
    const byId = (a: { id: string }, b: { id: string }) => a.id.localeCompare(b.id);
    expect(contradictions.map((one) => said(imported, one)).sort(byId)).toEqual(
      wanted.map((one) => ({ ...said(builtIn, one), id: names[one.id] ?? "" })).sort(byId),
    );
    expect(imported.contradictions).toEqual(contradictions);
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
