// The printed administration record: times, and every warning of a record in Chinese without a word of English.
import { describe, expect, it } from "vitest";
import { recordAdministration, type AdministrationRecord } from "../../../src/dose/index.js";
import { toAdministrationHtml } from "../../../src/report/index.js";
import { englishOf } from "./englishOf.js";
import { plainText } from "./exampleOrders.js";

const RECORD: AdministrationRecord = {
  number: 1,
  subject: "S-01",
  kit: "K-01",
  administeredOn: "2026-03-19",
  administeredBy: "N-7",
  unitKind: "viable-cells",
  planned: "72400000",
  preparedAtInfusion: "72250000",
  preparedMl: "100",
  infusedMl: "100",
  weightKg: "72.4",
  deviation: { minorPercent: "10", majorPercent: "20", comparison: ">" },
};
const paper = (change: Partial<AdministrationRecord>, language: "en" | "zh" = "zh"): string =>
  toAdministrationHtml({ administrations: [recordAdministration({ ...RECORD, ...change })] }, language);

const CHANGES: readonly (readonly [code: string, change: Partial<AdministrationRecord>])[] = [
  ["dose.deviation_minor", { infusedMl: "85" }],
  ["dose.deviation_major", { infusedMl: "18" }],
  ["dose.infused_more_than_prepared", { infusedMl: "101" }],
  ["dose.given_without_plan", { planned: "0" }],
  ["dose.given_to_another", { plannedFor: { subject: "S-02" } }],
  ["dose.given_before_preparation", { preparedOn: "2026-03-20" }],
  ["dose.given_after_expiry", { endedAt: "2026-03-19T13:01", expiresAt: "2026-03-19T13:00" }],
  ["dose.started_out_of_time", { startedAt: "2026-03-19T12:16", startBy: "2026-03-19T12:15" }],
  ["dose.started_out_of_time", { startedAt: "2026-03-19T12:16", startFrom: "2026-03-19T12:17" }],
  ["dose.record_contradictory", { startedAt: "2026-03-19T12:16", endedAt: "2026-03-19T12:15" }],
  ["dose.record_contradictory", { deviation: { minorPercent: "20", majorPercent: "10", comparison: ">" } }],
  ["dose.record_contradictory", { range: { minimum: "2E6", maximum: "1E6" } }],
  ["dose.record_contradictory", { window: { from: "2026-03-20", to: "2026-03-18" } }],
  ["dose.administered_outside_range", { range: { minimum: "1E6", maximum: "2E6" } }],
  ["dose.unlikely_value", { weightKg: "310" }],
  ["calendar.outside_window", { window: { from: "2026-03-20", to: "2026-03-21" } }],
];

describe("an administration record on paper", { tags: ["PAPER-001"] }, () => {
  it("says start and end, with the day where it is another one", () => {
    const times = { startedAt: "2026-03-19T23:50", endedAt: "2026-03-20T00:25" };
    expect(plainText(paper(times, "en"))).toContain("23:50 – 2026-03-20 00:25");
    expect(plainText(paper({ startedAt: "2026-03-19T12:00" }))).toContain("12:00 – —");
  });

  it.each(CHANGES)("says %s in Chinese with nothing in English: %j", (code, change) => {
    const html = paper(change);
    expect(html).toContain(code);
    expect(englishOf(html, ["S-01", "S-02", "K-01", "N-7"])).toEqual([]);
  });
});
