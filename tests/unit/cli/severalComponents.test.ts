// Orders of several components and of whole containers, as the commands take them: prepared, checked, recorded, refused.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { englishOf, written } from "../report/englishOf.js";
import { plainText } from "../report/exampleOrders.js";
import { makeDesk, type Desk } from "./harness.js";

const ORDER = readFileSync("examples/products/order-breyanzi.yaml", "utf8");
const WHOLE = readFileSync("examples/products/order-casgevy.yaml", "utf8");
const SECOND = ORDER.replace("by: EXAMPLE pharmacist A", "by: EXAMPLE pharmacist B");
const RECORD =
  'number: 1\nsubject: EX-3\nadministeredOn: "2026-03-10"\nadministeredBy: EXAMPLE nurse\ninfusedMl: "3"\nreason: EXAMPLE leak\n';

function desk(order = ORDER): Desk {
  const made = makeDesk();
  made.write("order.yaml", order);
  return made;
}

interface Given {
  readonly administrations: readonly { readonly record: object; readonly actual: { readonly amount: string } }[];
  readonly cumulative?: object;
  readonly orderIssues: readonly object[];
}

async function recorded(files: Readonly<Record<string, string>>, ...options: string[]): Promise<Given> {
  const made = desk();
  for (const [name, text] of Object.entries(files)) made.write(name, text);
  const { code, answer } = await made.json("record", ...Object.keys(files), "--order", "order.yaml", ...options);
  expect(code).toBe(0);
  return answer as unknown as Given;
}

describe("record of an order of several components", () => {
  it.each([
    ["CD8", "3.1", "50220000", "48600000"],
    [" cd4 ", "4", "50000000", "37500000"],
  ])("takes from the order what %s has of its own", async (component, preparedMl, delivered, actual) => {
    const asked = await recorded({ "record.yaml": RECORD }, "--component", component);
    expect(asked.orderIssues).toEqual([]);
    expect(asked.administrations).toMatchObject([
      {
        record: { component, preparedMl, preparedAtInfusion: delivered, planned: "50000000", weightKg: "82" },
        actual: { amount: actual },
      },
    ]);
    const stated = await recorded({ "record.yaml": `${RECORD}component: "${component}"\n` });
    expect(stated).toEqual(asked);
  });

  it("records both at once, as one administration, and tells one that is recorded twice", async () => {
    const both = await recorded({ "8.yaml": `${RECORD}component: CD8\n`, "4.yaml": `${RECORD}component: CD4\n` });
    expect(both.cumulative).toMatchObject({ administrations: 1, actual: { amount: "86100000" }, warnings: [] });
    const twice = await recorded({ "8.yaml": `${RECORD}component: CD8\n`, "4.yaml": `${RECORD}component: ＣＤ８\n` });
    expect(twice.cumulative).toMatchObject({ warnings: [{ code: "dose.administration_twice" }] });
  });

  // CD8 is to end at 09:32 and CD4 may start an hour later; of a recorded end the hour counts from that one.
  it.each([
    ["09:00", "09:23", "10:23", []],
    ["09:00", "09:23", "10:24", ["dose.started_out_of_time"]],
    ["09:00", "09:40", "10:24", []],
    ["09:00", "09:40", "10:41", ["dose.started_out_of_time"]],
    ["09:00", "09:40", "09:39", ["dose.started_out_of_time"]],
    ["09:00", "", "10:32", []],
    ["09:00", "", "10:33", ["dose.started_out_of_time"]],
  ])("holds the start of CD4 against the end of CD8 (from %s to %s): %s", async (from, to, start, codes) => {
    const at = (field: string, time: string): string => (time === "" ? "" : `${field}: "2026-03-10T${time}"\n`);
    const first = `${RECORD}component: CD8\n${at("startedAt", from)}${at("endedAt", to)}`;
    const second = `${RECORD}component: CD4\n${at("startedAt", start)}`;
    for (const files of [
      { "8.yaml": first, "4.yaml": second },
      { "4.yaml": second, "8.yaml": first },
    ]) {
      const { administrations } = await recorded(files);
      const ofSecond = administrations.find(({ record }) => (record as { component: string }).component === "CD4");
      const found = (ofSecond as unknown as { warnings: { code: string; path: string }[] }).warnings;
      expect(found.filter(({ path }) => path === "startedAt").map(({ code }) => code)).toEqual(codes);
    }
  });

  it.each([[[]], [["--component", "CD3"]]])(
    "gives nothing where %j names none of them, and says which",
    async (options) => {
      const made = desk();
      const own = 'unitKind: car-positive-cells\nplanned: "50E6"\npreparedMl: "4"\npreparedAtInfusion: "50E6"\n';
      made.write("record.yaml", RECORD + own);
      const { code, answer } = await made.json("record", "record.yaml", "--order", "order.yaml", ...options);
      expect(code).toBe(0);
      expect(answer).toMatchObject({
        orderIssues: [{ code: "cli.component_needed", path: "component", expected: "CD8, CD4" }],
      });
    },
  );

  it("of one component is recorded without a name", async () => {
    const made = desk(WHOLE);
    made.write("record.yaml", RECORD.replace("EX-3", "EX-2"));
    const { answer } = await made.json("record", "record.yaml", "--order", "order.yaml", "--component", "CD8");
    expect(JSON.stringify(answer)).toContain("cli.component_needed");
  });

  it.each(["en", "zh"])("prints which one was given: %s", async (lang) => {
    const made = desk();
    made.write("record.yaml", `${RECORD}component: CD4\n`);
    const answer = await made.run("record", "record.yaml", "--order", "order.yaml", "--out", "r.html", "--lang", lang);
    expect([answer.code, answer.stderr]).toEqual([0, ""]);
    const head = lang === "en" ? "Administration 1, CD4 of EX-3" : "第 1 次给药，CD4，受试者 EX-3";
    expect(answer.stdout).toContain(head);
    expect(plainText(made.read("r.html"))).toContain("1 · CD4");
    if (lang === "zh") expect(englishOf(made.read("r.html"), [...written(ORDER), "EXAMPLE leak"])).toEqual([]);
  });
});

describe("check of an order of several components", () => {
  const differences = async (second: string): Promise<readonly string[]> => {
    const made = desk();
    made.write("second.yaml", second);
    const { answer } = await made.json("check", "order.yaml", "second.yaml");
    return (answer["differences"] as { field: string }[]).map(({ field }) => field);
  };
  const further = (change: (text: string) => string): string => {
    const [first = "", then = ""] = SECOND.split("  then:\n");
    return `${first}  then:\n${change(then)}`;
  };

  it("agrees field by field, whatever stands first", async () => {
    expect(await differences(SECOND)).toEqual([]);
  });

  it.each([
    ["then.0.lots[BR-4].content", (text: string) => text.replace("57.5E6", "5.75E6")],
    ["then.0.dose.rule.amount", (text: string) => text.replace('amount: "50E6"', 'amount: "40E6"')],
    ["then.0.draw.graduationMl", (text: string) => text.replace('graduationMl: "0.1"', 'graduationMl: "0.2"')],
    ["then.0.infusion.rateMlPerMin", (text: string) => text.replace('"0.5"', '"5"')],
    ["then.0.clock.startAt", (text: string) => text.replace("T09:35", "T09:45")],
    ["then.0.startWithinMinutes", (text: string) => text.replace("startWithinMinutes: 60", "startWithinMinutes: 90")],
    ["then.0.component", (text: string) => text.replace("component: CD4", "component: CD3")],
    ["then.0.product.name", (text: string) => text.replace("Breyanzi CD4", "Breyanzi CD8")],
    ["then.0.lots[BR-4 | BR-44].lot", (text: string) => text.replace("lot: BR-4", "lot: BR-44")],
  ])("tells a difference in %s", async (field, change) => {
    expect(await differences(further(change))).toEqual([field]);
  });

  it("finds lots by their names in each component, and tells one that stands under the other", async () => {
    const lot = / {8}- lot: BR-4\n(?: {10}.*\n)+/u.exec(ORDER)?.[0] ?? "";
    const more = lot.replace("BR-4", "BR-5");
    const mixed = (text: string): string => text.replaceAll("mayMixLots: false", "mayMixLots: true");
    const made = makeDesk();
    made.write("order.yaml", mixed(ORDER.replace(lot, lot + more)));
    made.write("second.yaml", mixed(SECOND.replace(lot, more + lot)));
    expect((await made.json("check", "order.yaml", "second.yaml")).answer).toMatchObject({ agree: true });
    const exchanged = SECOND.replace("lot: BR-8", "lot: X")
      .replace("lot: BR-4", "lot: BR-8")
      .replace("lot: X", "lot: BR-4");
    expect((await differences(exchanged)).length).toBeGreaterThan(10);
  });

  it.each(["en", "zh"])("prints what differs: %s", async (lang) => {
    const made = desk();
    made.write(
      "second.yaml",
      further((text) => text.replace("57.5E6", "5.75E6")),
    );
    await made.run("check", "order.yaml", "second.yaml", "--out", "c.html", "--lang", lang);
    const text = plainText(made.read("c.html"));
    expect(text).toContain("then.0.lots[BR-4].content");
    expect(text).toContain("5750000");
    if (lang === "zh")
      expect(englishOf(made.read("c.html"), [...written(ORDER), ...written(SECOND), "then", "lots"])).toEqual([]);
  });
});

describe("an order of several components", () => {
  it("is refused by prepare-batch at its place, before any row is read", async () => {
    const made = desk(ORDER);
    made.write("rows.csv", "participant\nP1\n");
    const { code, stdout, stderr } = await made.run("prepare-batch", "rows.csv", "--order", "order.yaml");
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/order\.yaml.*order\.then|order\.then.*order\.yaml/su);
    expect(stderr).toContain("cli.order_invalid");
  });

  it("of a product writes a worksheet of all and a label of each: Omisirge", async () => {
    const made = desk(readFileSync("examples/products/order-omisirge.yaml", "utf8"));
    const { code, answer } = await made.json("prepare", "order.yaml", "--out", "docs");
    expect(code).toBe(0);
    expect((answer["files"] as { file: string }[]).map(({ file }) => file)).toEqual([
      "EX-4.P-004.worksheet.html",
      "EX-4.P-004.process.html",
      "EX-4.P-004.CF.label.html",
      "EX-4.P-004.NF.label.html",
    ]);
    const label = plainText(made.read("docs/EX-4.P-004.NF.label.html"));
    expect(label).toContain("NF, 2/2");
  });

  it("has no blinded record", async () => {
    const made = desk(
      ORDER.replaceAll(/dose:\n(?: +(?:from|product|regimen|countBasis|rule): .*\n){5}/gu, (text) => {
        const indent = /\n( +)/u.exec(text)?.[1] ?? "";
        const rule = '{ kind: flat, amount: "50E6", unitKind: car-positive-cells }';
        return `dose:\n${indent}{ from: protocol, source: EXAMPLE, rule: ${rule}, levels: [${rule}] }\n`;
      }),
    );
    const out = await made.run("prepare", "order.yaml", "--out", "docs");
    expect([out.code, out.stderr]).toEqual([0, ""]);
    expect(out.stdout).toContain("EX-3.P-003.UNBLINDED.worksheet.html");
    expect(out.stdout).not.toContain("blinded.record");
    const blinded = await made.run("prepare", "order.yaml", "--blinded-only");
    expect([blinded.code, blinded.stdout]).toEqual([2, ""]);
  });
});
