import { describe, expect, it } from "vitest";
import { defineTrial, fieldPathsOf, sourceOf } from "../../../src/trial/index.js";
import { faultsOf } from "./issuesOf.js";
import { sample } from "./sampleTrial.js";

const trial = defineTrial(sample());

describe("sourceOf", { tags: ["TRIAL-001"] }, () => {
  it.each([
    ["title", "protocol"],
    ["arms.later.dose.kind", "protocol"],
    ["arms.later.dose.tentative", "ours"],
    ["arms.later.dose.tentative.amount", "ours"],
    // A path that only begins with the same letters is another field.
    ["arms.later.dose.tentativeAdministrations.count", "protocol"],
    ["assumptions.dose.countBasis.question", "ours"],
    ["assumptions.dose.cap.question", "protocol"],
    ["outcomes.0.timeFrame", "ours"],
    ["outcomes.0.measure", "protocol"],
  ])("%s rests on %s", (path, source) => {
    expect(sourceOf(trial, path).id).toBe(source);
  });

  it.each(["arms.0.id", "arms.nobody", "route", "", "sources.ours", "provenance"])(
    "refuses %j, which is no field",
    (path) => {
      expect(faultsOf(() => sourceOf(trial, path))).toEqual([`trial.path_unknown ${path}`]);
    },
  );

  it("says so if a trial that was never defined has no source", () => {
    expect(faultsOf(() => sourceOf({ ...trial, provenance: {} }, "title"))).toEqual(["trial.source_unknown title"]);
  });
});

describe("fieldPathsOf", { tags: ["TRIAL-001"] }, () => {
  it("names items by id, assumptions by key, all others by index", () => {
    const paths = fieldPathsOf(trial);

    expect(paths).toContain("parts.open.arms.0");
    expect(paths).toContain("assumptions.dose.cap.arms.0");
    expect(paths).toContain("eligibility.numeric.age.minimum");
    expect(paths).toContain("identifiers.0.value");
    expect(paths.some((path) => path.startsWith("sources") || path.startsWith("provenance"))).toBe(false);
    expect(new Set(paths).size).toBe(paths.length);
  });
});
