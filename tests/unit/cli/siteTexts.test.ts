import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { plainText } from "../report/exampleOrders.js";
import { makeDesk } from "./harness.js";

const ORDER = readFileSync("examples/sle/order.yaml", "utf8");
const SITE = "site: EXAMPLE hospital\ncontact: EXAMPLE physician, +86 10 5555 0100\n";

describe("what documents say at the site", () => {
  it("stands on the blinded record: trial code, sponsor, site and contact, latest start and end", async () => {
    const desk = makeDesk();
    desk.write("order.yaml", ORDER);
    desk.write("site.yaml", SITE);
    expect((await desk.run("prepare", "order.yaml", "--site", "site.yaml", "--out", "docs")).code).toBe(0);
    const name = readdirSync(desk.path("docs")).find((file) => file.includes("record")) ?? "";
    const text = plainText(desk.read(`docs/${name}`)).replace(/\s+/gu, " ");
    for (const part of [
      "Trial code NCT07041801 Sponsor Shenzhen Beike Bio-Technology Co., Ltd.",
      "Site EXAMPLE hospital Investigator Contact, day and night EXAMPLE physician, +86 10 5555 0100",
      "Start the infusion by 2026-03-19 12:15 End the infusion by 2026-03-19 13:00",
    ])
      expect(text).toContain(part);
  });

  it("is in the order file or in a file of its own, not in both", async () => {
    const desk = makeDesk();
    desk.write("order.yaml", `${ORDER}site: { contact: EXAMPLE physician }\n`);
    desk.write("site.yaml", SITE);
    const own = await desk.run("prepare", "order.yaml", "--blinded-only", "--json");
    expect(own.stdout).toContain('"contact": "EXAMPLE physician"');
    const twice = await desk.run("prepare", "order.yaml", "--site", "site.yaml");
    expect([twice.code, twice.stderr]).toEqual([2, expect.stringContaining("cli.order_invalid")]);
  });

  it("is refused where it could tell the arm, and where a field is not known", async () => {
    const desk = makeDesk();
    desk.write("order.yaml", ORDER);
    desk.write("site.yaml", "contact: the low dose desk\n");
    const telling = await desk.run("prepare", "order.yaml", "--site", "site.yaml", "--out", "docs");
    expect([telling.code, telling.stderr]).toEqual([2, expect.stringContaining("report.blinded_leak")]);
    desk.write("site.yaml", "telephone: 5555\n");
    const unknown = await desk.run("prepare", "order.yaml", "--site", "site.yaml");
    expect(unknown.stderr).toContain("trial.document_texts_invalid");
    expect(unknown.stderr).toContain("site.yaml");
  });
});
