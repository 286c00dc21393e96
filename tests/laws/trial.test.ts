import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closeAssumptions,
  defineTrial,
  fieldPathsOf,
  openAssumptions,
  parseAdministrations,
  recordDecision,
  sourceOf,
  toAdministrationsText,
  type Trial,
} from "../../src/trial/index.js";
import { computeBodyMassIndex, compareBodyMassIndex } from "../../src/trial/bodyMassIndex.js";
import { AllocellError, keysOfPath } from "../../src/foundation/index.js";
import { sle, TRIALS } from "../../src/trials/index.js";
import { sample } from "../unit/trial/sampleTrial.js";

const ALL: readonly (readonly [string, Trial])[] = [
  ...TRIALS.map((trial) => [trial.id, trial] as const),
  ["a sample", defineTrial(sample())],
];

describe.each(ALL)("laws of %s", { tags: ["TRIAL-001", "TRIAL-003"] }, (_, trial) => {
  it("defining again changes nothing, also through JSON", () => {
    expect(defineTrial(trial)).toEqual(trial);
    expect(defineTrial(JSON.parse(JSON.stringify(trial)))).toEqual(trial);
  });

  it("every field has a source", () => {
    for (const path of fieldPathsOf(trial)) expect(trial.sources).toContain(sourceOf(trial, path));
  });

  it("the source of a path is that of the longest provenance path that leads there (found by shortening)", () => {
    for (const path of fieldPathsOf(trial)) {
      let here = path;
      while (!Object.hasOwn(trial.provenance, here))
        here = here.includes(".") ? here.slice(0, here.lastIndexOf(".")) : "";
      expect(sourceOf(trial, path).id).toBe(trial.provenance[here]);
    }
  });

  it("what is asked of an arm and of a part is asked of the whole", () => {
    const missing = (scope: { arm?: string; part?: string }, use: "list" | "dose" | "schedule"): readonly string[] => {
      try {
        closeAssumptions(trial, {}, { use, ...scope });
        return [];
      } catch (error) {
        if (!AllocellError.is(error)) throw error;
        return error.issues.map((issue) => keysOfPath(issue.path)[1] ?? "");
      }
    };
    for (const use of ["list", "dose", "schedule"] as const) {
      const whole = missing({}, use);
      expect(whole).toEqual(openAssumptions(trial, use).map((one) => one.key));
      const byArm = trial.arms.flatMap((arm) => missing({ arm: arm.id }, use));
      const byPart = trial.parts.flatMap((part) => missing({ part: part.id }, use));
      for (const key of [...byArm, ...byPart]) expect(whole).toContain(key);
      // Nothing is asked that no arm and no part is asked, but for weights that a flat dose spares.
      for (const key of whole) if (key !== "dose.weightDescriptor") expect(byArm).toContain(key);
    }
  });
});

describe("laws of the small parts", { tags: ["TRIAL-001", "TRIAL-003"] }, () => {
  it("administrations survive their text", () => {
    const administrations = fc
      .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 99999 }))
      .map(([count, intervalDays]) => (count === 1 ? { count } : { count, intervalDays }));
    fc.assert(
      fc.property(administrations, (given) => {
        expect(parseAdministrations(toAdministrationsText(given), "")).toEqual(given);
      }),
    );
  });

  it("the body-mass index compares as fractions of grams and tenths of a millimetre do", () => {
    const grams = fc.integer({ min: 2_000, max: 300_000 });
    const tenths = fc.integer({ min: 3_000, max: 25_000 });
    fc.assert(
      fc.property(grams, tenths, fc.integer({ min: 1, max: 600 }), (weight, height, limit) => {
        const asText = (value: number, places: number): string =>
          `${Math.floor(value / 10 ** places)}.${String(value % 10 ** places).padStart(places, "0")}`;
        const index = computeBodyMassIndex(asText(weight, 3), asText(height, 2));
        // g / 1000 / (t / 10000)² against the limit, both sides times 1000 t²
        const left = BigInt(weight) * 100_000_000n;
        const right = BigInt(limit) * 1000n * BigInt(height) ** 2n;
        expect(compareBodyMassIndex(index, String(limit))).toBe(left < right ? -1 : left > right ? 1 : 0);
      }),
    );
  });

  it("a decided dose comes out as it was decided", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 1, max: 400 }), (amount, intervalDays) => {
        const dose = { kind: "per-kg", amount: String(amount), unitKind: "cells" };
        const administrations = { count: 2, intervalDays };
        const dates = { dataCut: "2026-01-31", decidedOn: "2026-02-01" };
        const opened = recordDecision(sle, { arm: "double", decidedBy: "Sponsor", ...dates, dose, administrations });
        expect(opened.arms[3]).toMatchObject({ dose, administrations });
        expect(defineTrial(opened)).toEqual(opened);
      }),
      { numRuns: 25 },
    );
  });

  it("no text makes the assumptions throw anything but its own error", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (key, value) => {
        for (const inputs of [{ [key]: value }, { "dose.cap": value, "dose.administrations": value }]) {
          try {
            closeAssumptions(sle, inputs, { use: "record" });
          } catch (error) {
            expect(AllocellError.is(error)).toBe(true);
          }
        }
      }),
    );
  });
});
