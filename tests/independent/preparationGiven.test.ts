// Double programming of what follows a preparation, and of doses by volume, from docs/preparation-checks.md and docs/products.md alone.
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/index.js";
import { computeBandVolume, cumulativeExposure, findSharedVolume, recordAdministration } from "../../src/dose/index.js";
import { read, write } from "./preparation/fraction.js";
import { addUp, judgeGiven, volumeByBand } from "./preparation/given.js";
import { given } from "./preparation/givenRecords.js";
import { sharedQueries } from "./preparation/sharedQueries.js";
import { doesWith, isInverted, isSameError, shareVolume } from "./preparation/sharedVolume.js";
import type { VolumeRule } from "./preparation/given.js";

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** The result, or the code of the refusal. */
const codeOr = (make: () => unknown): unknown => {
  try {
    return make();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.code;
  }
};

describe("double programming of what was given", { tags: ["PREP-006"] }, () => {
  it("gives the same dose, deviation, class and warnings", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(given, (record) => {
        const made = recordAdministration(record);
        const second = judgeGiven(record);
        expect({
          actual: made.actual.amount,
          actualPerKg: made.actualPerKg?.amount,
          deviationPercent: made.deviationPercent,
          deviationClass: made.deviationClass,
          warnings: made.warnings.map(({ code }) => code).sort(),
        }).toEqual(second);
        seen.add(made.deviationClass);
        for (const { code } of made.warnings) seen.add(code);
        if (record.deviation === undefined && made.actual.amount === write(read(record.planned)))
          seen.add("no limits, and as planned");
        const codes: readonly string[] = made.warnings.map(({ code }) => code);
        if (record.endedAt !== undefined && record.endedAt === record.expiresAt)
          seen.add(codes.includes("dose.given_after_expiry") ? "late at its time" : "given at its time");
        if (record.startedAt !== undefined && record.startedAt === record.startBy)
          seen.add("started at its latest time");
        if (codes.filter((code) => code === "dose.record_contradictory").length > 1) seen.add("several contradictions");
      }),
      { numRuns: 3_000 },
    );
    expect([...seen].sort()).toEqual([
      "calendar.outside_window",
      "dose.administered_outside_range",
      "dose.deviation_major",
      "dose.deviation_minor",
      "dose.deviation_unclassified",
      "dose.given_after_expiry",
      "dose.given_before_preparation",
      "dose.given_to_another",
      "dose.given_without_plan",
      "dose.infused_more_than_prepared",
      "dose.record_contradictory",
      "dose.started_out_of_time",
      "dose.unlikely_value",
      "given at its time",
      "major",
      "minor",
      "no limits, and as planned",
      "none",
      "several contradictions",
      "started at its latest time",
      "unclassified",
    ]);
  });

  it("adds administrations up, each by its own weight", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(
        fc.array(given, { minLength: 1, maxLength: 4 }),
        fc.option(pick("3E6", "1E6", "2857142"), { nil: undefined }),
        pick("plain", "plain", "plain", "one number twice", "another subject", "another kind"),
        (all, mostPerKg, slip) => {
          const records = all.map((record, place) => {
            const isLast = place > 0 && place === all.length - 1;
            return {
              ...record,
              number: slip === "one number twice" && isLast ? 1 : place + 1,
              ...(slip === "another subject" && isLast ? { subject: "B" } : {}),
              ...(slip === "another kind" && isLast ? { unitKind: "cd3-cells" as const } : {}),
            };
          });
          const first = codeOr(() => {
            const made = cumulativeExposure(
              records.map(recordAdministration),
              mostPerKg === undefined ? {} : { maximumPerKg: mostPerKg },
            );
            return {
              actual: made.actual.amount,
              planned: made.planned.amount,
              actualPerKg: made.actualPerKg?.amount,
              plannedPerKg: made.plannedPerKg?.amount,
              warnings: made.warnings.map(({ code }) => code),
            };
          });
          const second = addUp(records, mostPerKg);
          // Of several refusals that apply any one is right.
          if (typeof first === "string" && Array.isArray(second)) expect(second).toContain(first);
          else expect(first).toEqual(second);
          if (typeof first === "string") seen.add(first);
          else for (const code of (first as { warnings: readonly string[] }).warnings) seen.add(code);
        },
      ),
      { numRuns: 1_000 },
    );
    expect([...seen].sort()).toEqual([
      "dose.administration_twice",
      "dose.cumulative_above_cap",
      "dose.cumulative_kinds_differ",
      "dose.cumulative_subjects_differ",
      "dose.weight_missing",
    ]);
  });
});

describe("double programming of doses by volume and band", { tags: ["PROD-001"] }, () => {
  const kg = fc.oneof(
    pick("8.5", "10.5", "69.5", "70", "2.6", "300"),
    fc
      .integer({ min: 50, max: 9_000 })
      .map((hundredths) => `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, "0")}`),
  );
  const rule: fc.Arbitrary<VolumeRule> = fc.oneof(
    fc.record({
      kind: pick("band-upper-limit" as const),
      bandUpperKg: pick(["3", "3.5", "8.5", "13.5", "21"], ["10.5", "70", "300"]),
      mlPerKg: pick("5.5", "0.35"),
      stepMl: pick("0.1", "0.5"),
    }),
    fc.record({
      kind: pick("rounded-weight" as const),
      stepKg: pick("1", "0.5", "0.2"),
      mlPerKg: pick("10", "1.25"),
      flatFromKg: pick("70", "12.5"),
    }),
  );
  it("gives the same volume and vials", () => {
    fc.assert(
      fc.property(kg, rule, pick("8.3", "10", "5.5"), (weight, by, vial) => {
        const first = codeOr(() => {
          const { volumeMl, vials } = computeBandVolume(weight, by, vial, "label");
          return { volumeMl, vials };
        });
        expect(first).toEqual(volumeByBand(weight, by, vial));
      }),
      { numRuns: 3_000 },
    );
  });
});

const sharedRuns = Number(process.env["ALLOCELL_SHARED_QUERIES"] ?? "700");

describe("double programming of one volume for all arms", { tags: ["PREP-007"] }, () => {
  it(
    `gives the same volumes, errors, obstacles and concentrations for ${sharedRuns} queries`,
    { timeout: 1_800_000 },
    () => {
      const seen = new Map<string, number>();
      const count = (what: string): void => void seen.set(what, (seen.get(what) ?? 0) + 1);
      fc.assert(
        fc.property(sharedQueries, (query) => {
          const first = codeOr(() => findSharedVolume(query));
          const kinds = new Set(query.arms.flatMap(({ dose }) => (dose.kind === "placebo" ? [] : [dose.unitKind])));
          if (kinds.size !== 1) {
            expect(first).toBe("dose.shared_volume_invalid");
            count("no common kind");
            return;
          }
          if (isInverted(query)) {
            expect(first).toBe("dose.shared_volume_invalid");
            count("ends the wrong way round");
            return;
          }
          const made = first as ReturnType<typeof findSharedVolume>;
          const second = shareVolume(query);
          expect(made.options).toEqual(second.options);
          expect(made.isFeasible).toBe(second.options.length > 0);
          expect(made.concentrations).toEqual(second.concentrations);
          const blocked = second.syringes.filter(({ obstacles }) => obstacles.length > 0);
          expect(made.obstacles.map(({ graduationMl }) => graduationMl)).toEqual(
            blocked.map(({ graduationMl }) => graduationMl),
          );
          for (const [place, { kind, arm }] of made.obstacles.entries()) {
            expect(blocked[place]?.obstacles).toContain(`${kind} ${arm}`);
            count(kind);
          }
          // The documented place of the greatest error is the worst of all draws that were tried.
          for (const syringe of second.syringes) expect(isSameError(syringe)).toBe(true);
          for (const { graduationMl, perMl } of second.concentrations) {
            const [from, to] = [BigInt(perMl.from), BigInt(perMl.to)];
            for (const named of [from, (from + to) / 2n, to]) {
              const does = doesWith(query, named, graduationMl);
              expect({ graduationMl, named, does }).toEqual({ graduationMl, named, does: true });
            }
            count(from === to ? "a single concentration" : "another concentration");
          }
          if (made.isFeasible) count("feasible");
        }),
        { numRuns: sharedRuns, endOnFailure: false },
      );
      if (process.env["SHOW"] !== undefined) console.log([...seen]);
      expect([...seen.keys()].sort()).toEqual([
        "a single concentration",
        "another concentration",
        "draw-above-available",
        "draw-above-final-volume",
        "draw-below-minimum",
        "ends the wrong way round",
        "feasible",
        "final-concentration",
        "final-volume",
        "no common kind",
        "rounding-error",
      ]);
    },
  );
});
