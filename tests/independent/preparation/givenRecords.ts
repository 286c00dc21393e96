import * as fc from "fast-check";
import type { GivenRecord } from "./given.js";

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** What was given: each number, day and time on or beside the one it is held against. */
export const given: fc.Arbitrary<GivenRecord> = fc
  .record({
    planned: pick("100E6", "100E6", "72400000", "0", "333E4"),
    preparedAtInfusion: pick("100E6", "90E6", "80E6", "120E6", "61234567", "0"),
    preparedMl: pick("50", "100", "49", "33.3", "50.000000000000000000001"),
    infusedMl: fc.oneof(
      pick("50", "45", "40", "55", "60", "0", "44.999", "45.001", "43.1234567890123456789012345"),
      fc.integer({ min: 1, max: 110 }).map(String),
    ),
    weightKg: fc.option(pick("85", "72.4", "0.5", "0.49", "300", "300.01"), { nil: undefined, freq: 9 }),
    range: fc.option(
      pick(
        { minimum: "80E6", maximum: "110E6" },
        { maximum: "90E6" },
        { minimum: "90000001" },
        { minimum: "90E6", maximum: "90000000" },
        { minimum: "90000001", maximum: "90E6" },
      ),
      { nil: undefined },
    ),
    comparison: pick(">" as const, ">=" as const, ">" as const, undefined),
    who: pick<Pick<GivenRecord, "subject" | "kit" | "plannedFor">>(
      {},
      { subject: "A" },
      { kit: "K1", plannedFor: { kit: "K1" } },
      { subject: "A", plannedFor: { kit: "K1" } },
      { subject: "A", plannedFor: { subject: "A" } },
      { subject: "A", plannedFor: { subject: "B" } },
      { subject: "A", kit: "K1", plannedFor: { subject: "A", kit: "K2" } },
      { subject: "A", kit: "K1", plannedFor: { subject: "B", kit: "K2" } },
    ),
    limits: pick(["10", "20"], ["10", "20"], ["10", "20"], ["10", "10.0"], ["20", "10"], ["10.000001", "10"]),
    preparedOn: fc.option(pick("2026-02-26", "2026-02-27", "2026-02-28"), { nil: undefined }),
    expiresAt: fc.option(pick("2026-02-27T12:00", "2026-02-27T00:00", "2026-02-26T23:59", "2026-02-28T01:00"), {
      nil: undefined,
      freq: 3,
    }),
    startedAt: fc.option(pick("2026-02-27T11:59", "2026-02-27T12:00", "2026-02-27T12:01", "2026-02-27T00:00"), {
      nil: undefined,
    }),
    startBy: fc.option(pick("2026-02-27T11:59", "2026-02-27T12:00", "2026-02-28T00:00"), { nil: undefined }),
    startFrom: fc.option(pick("2026-02-27T11:59", "2026-02-27T12:00"), { nil: undefined, freq: 2 }),
    endedAt: fc.option(
      pick("2026-02-27T11:59", "2026-02-27T12:00", "2026-02-27T12:01", "2026-02-28T01:00", "2026-02-28T01:01"),
      { nil: undefined },
    ),
    isAsPlanned: pick(false, false, false, false, false, true),
    window: fc.option(
      pick(
        { from: "2026-02-27", to: "2026-02-27" },
        { from: "2026-02-28", to: "2026-03-02" },
        { from: "2026-02-20", to: "2026-02-26" },
        { from: "2026-02-28", to: "2026-02-27" },
        { from: "2026-02-27", to: "2026-02-26" },
      ),
      { nil: undefined },
    ),
  })
  .map(
    ({
      weightKg,
      range,
      window,
      comparison,
      who,
      isAsPlanned,
      limits,
      preparedOn,
      expiresAt,
      startedAt,
      startBy,
      startFrom,
      endedAt,
      ...rest
    }) => ({
      number: 1,
      administeredOn: "2026-02-27",
      administeredBy: "nurse B",
      unitKind: "viable-cells" as const,
      ...who,
      ...rest,
      ...(isAsPlanned ? { preparedAtInfusion: rest.planned, infusedMl: rest.preparedMl } : {}),
      ...(weightKg === undefined ? {} : { weightKg }),
      ...(range === undefined ? {} : { range }),
      ...(window === undefined ? {} : { window }),
      ...(preparedOn === undefined ? {} : { preparedOn }),
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(startedAt === undefined ? {} : { startedAt }),
      ...(startBy === undefined ? {} : { startBy }),
      ...(startFrom === undefined ? {} : { startFrom }),
      ...(endedAt === undefined ? {} : { endedAt }),
      ...(comparison === undefined
        ? {}
        : { deviation: { minorPercent: limits[0] ?? "10", majorPercent: limits[1] ?? "20", comparison } }),
    }),
  );
