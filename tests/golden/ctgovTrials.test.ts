// The four built-in trials, written as records of ClinicalTrials.gov, import to what is built in, inferences aside.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { importCtgov } from "../../src/exchange/index.js";
import { defineTrial, sourceOf, type Trial } from "../../src/trial/index.js";
import { TRIALS } from "../../src/trials/index.js";

const record = (id: string): unknown =>
  JSON.parse(readFileSync(new URL(`ctgov/${id}.json`, import.meta.url), "utf8")) as unknown;
const isStated = (trial: Trial, path: string): boolean => sourceOf(trial, path).kind !== "inference";

/** What a record can state of a trial, without ids, which the importer makes itself. */
const stated = (trial: Trial) => ({
  id: trial.id,
  title: trial.title,
  identifiers: trial.identifiers.filter(({ type }) => type === "nct" || type === "organization"),
  sponsor: trial.sponsor,
  studyType: trial.studyType,
  phases: trial.phases,
  purpose: trial.purpose,
  status: trial.status,
  dates: trial.dates,
  participants: trial.enrolment.count,
  allocation: trial.allocation,
  model: trial.model,
  masking: trial.masking,
  conditions: trial.conditions,
  interventions: trial.interventions.map(({ name, type, description }) => ({ name, type, description })),
  arms: trial.arms.map(({ label, interventions }) => ({
    label,
    interventions: interventions.map((id) => trial.interventions.find((one) => one.id === id)?.name),
  })),
  sex: trial.eligibility.sex,
  healthyVolunteers: trial.eligibility.healthyVolunteers,
  ages: trial.eligibility.numeric
    // Of the type 2 diabetes trial the text has other ages than the field: those stand in prose.
    .filter(({ id }) => id === "age" || id === "age-field")
    .map(({ minimum, maximum }) => ({ minimum, maximum })),
  inclusion: trial.eligibility.inclusion,
  exclusion: trial.eligibility.exclusion,
  outcomes: trial.outcomes,
});

describe("a built-in trial as a record of the registry", { tags: ["EXCH-002"] }, () => {
  it.each(TRIALS.map(({ id }) => id))("%s imports to what is built in", (id) => {
    const builtIn = TRIALS.find((trial) => trial.id === id) as Trial;
    const { trial } = importCtgov(record(id));
    expect(stated(defineTrial(trial))).toEqual(stated(builtIn));
  });

  it.each(TRIALS.map(({ id }) => id))("%s: types of arms are those of the record where it has them", (id) => {
    const builtIn = TRIALS.find((trial) => trial.id === id) as Trial;
    const imported = defineTrial(importCtgov(record(id)).trial);
    for (const [index, arm] of builtIn.arms.entries()) {
      const type = isStated(builtIn, `arms.${arm.id}.type`) ? arm.type : undefined;
      expect(imported.arms[index]?.type).toBe(type);
    }
  });

  it.each(TRIALS.map(({ id }) => id))("%s: doses are quoted, as built in, and never taken over", (id) => {
    const builtIn = TRIALS.find((trial) => trial.id === id) as Trial;
    const { trial, proposals } = importCtgov(record(id));
    const read = defineTrial(trial);
    expect(read.arms.every(({ dose, administrations }) => dose === undefined && administrations === undefined)).toBe(
      true,
    );
    const doses = builtIn.arms.map(({ dose }) => (dose?.kind === "deferred" ? dose.tentative : dose));
    const readings = builtIn.arms.map((_, index) => {
      const arm = read.arms[index]?.id;
      return [...new Set(proposals.filter((one) => one.arm === arm).map(({ reading }) => reading))];
    });
    expect(readings).toEqual(
      doses.map((dose) => {
        if (dose === undefined || !("amount" in dose)) return [];
        const millions = Number(dose.amount) / 1e6;
        return [`${millions}E6${dose.kind === "per-kg" ? " per kg" : ""}`];
      }),
    );
  });

  it.each(TRIALS.map(({ id }) => id))("%s: has no ratio, block size, part or volume", (id) => {
    const { trial } = importCtgov(record(id));
    const read = defineTrial(trial);
    expect(read.assumptions).toEqual([]);
    expect(read.parts.map((part) => part.id)).toEqual(["main"]);
    expect(sourceOf(read, "parts").kind).toBe("inference");
  });
});
