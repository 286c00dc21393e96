import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { markUndominated, suggest } from "../../../src/assessment/index.js";
import {
  designNames,
  imbalancePlot,
  predictabilityPlot,
  recommendation,
  toPlotSvg,
  tradeOffPlot,
  type Language,
} from "../../../src/report/index.js";
import { planSections, PLAN_CARRIED } from "../../../src/cli/fields/planFields.js";
import { zip as zipOf } from "../../../src/cli/zip.js";
import { planJsonSchema } from "../../../src/list/index.js";
import { makeDesk } from "../cli/harness.js";
import { builtPage, openPage } from "./pageWindow.js";

const fileOf = (path: string): File => new File([readFileSync(path)], basename(path));
const PLAN = "examples/sle/plan.yaml";

describe("the file of the statistics page", () => {
  it("runs no program but its own", async () => {
    const html = await builtPage("statistics");
    expect(html).toMatch(/script-src 'sha256-[A-Za-z0-9+/]{43}='/u);
  });
});

describe("the form of a plan", () => {
  interface Schema {
    readonly properties: Readonly<Record<string, Schema & { readonly const?: string }>>;
    readonly oneOf: readonly Schema[];
  }
  const { properties } = planJsonSchema() as unknown as Schema;
  const fields = planSections(undefined, "").flatMap((section) => section.fields);

  it("has every field of a plan, but those that are carried along", () => {
    const tops = Object.keys(properties).filter((name) => !["trial", "part", "arms", "assumptions"].includes(name));
    const shown = new Set(fields.map(({ path }) => path.split(".")[0] ?? ""));
    expect([...shown, ...PLAN_CARRIED.filter((path) => !path.includes("."))].sort()).toEqual(tops.sort());
  });

  it("asks each procedure for its own parameters", () => {
    for (const { properties: own } of properties["procedure"]?.oneOf ?? []) {
      const kind = own["kind"]?.const ?? "";
      const asked = fields
        .filter(({ path, when }) => path.startsWith("procedure.") && (when?.is === undefined || when.is.includes(kind)))
        .map(({ path }) => path);
      const wanted = Object.keys(own).map((name) => `procedure.${name}`);
      expect(asked.sort(), kind).toEqual(wanted.filter((path) => !PLAN_CARRIED.includes(path)).sort());
    }
  });
});

describe("a list in the page", { tags: ["PAGE-001"] }, () => {
  it("has the files of the command, byte for byte, but for when and where it was generated", async () => {
    const page = await openPage("statistics");
    page.click("List");
    page.open("label.file input", [fileOf(PLAN)]);
    await page.until("Factor 1");
    page.type("test-seed", "first try TEST");
    const saved: Blob[] = [];
    Object.assign(page.window.URL, { createObjectURL: (blob: Blob) => (saved.push(blob), "blob:x") });
    page.click("Generate the list");
    await page.until("TEST SLE-SD-01: 48 rows");
    page.click("Save the files as one ZIP");
    const zip = unzipSync(new Uint8Array(await (saved[0] as Blob).arrayBuffer()));
    const desk = makeDesk();
    await desk.run("list", `${process.cwd()}/${PLAN}`, "--test-seed", "first try TEST", "--out", "list");
    const names = readdirSync(desk.path("list"));
    expect(Object.keys(zip).sort()).toEqual(names.sort());
    const ofTime = /"generation": \{[^}]*\}/u;
    for (const name of names) {
      const [own, other] = [new TextDecoder().decode(zip[name]), desk.read(`list/${name}`)];
      expect(own.replace(ofTime, ""), name).toBe(other.replace(ofTime, ""));
    }
    await page.close();
  });

  it("has the audit of its plan and the texts of the command", async () => {
    const page = await openPage("statistics");
    page.click("List");
    page.open("label.file input", [fileOf(PLAN)]);
    await page.until("Audit the plan");
    const desk = makeDesk();
    const plan = `${process.cwd()}/${PLAN}`;
    page.click("Protocol text");
    await page.until("## ");
    const shown = (): string => page.window.document.querySelector("pre.document")?.textContent ?? "";
    expect(shown()).toBe((await desk.run("describe", plan, "--document", "protocol")).stdout);
    page.click("Specification (confidential)");
    await page.until("UNBLINDED");
    expect(shown()).toBe((await desk.run("describe", plan, "--document", "specification")).stdout);
    page.click("Audit the plan");
    await page.until("Audit of the plan");
    const { findings } = JSON.parse((await desk.run("audit", plan, "--json")).stdout) as {
      findings: { rule: number; title: string }[];
    };
    const rows = [...page.window.document.querySelectorAll("tbody tr")].map(({ children }) =>
      [0, 1].map((column) => children[column]?.textContent),
    );
    expect(rows).toEqual(findings.map(({ rule, title }) => [String(rule), title]));
    await page.close();
  });

  it("is verified from its files and the seed, and a changed row is found", async () => {
    const desk = makeDesk();
    await desk.run("list", `${process.cwd()}/${PLAN}`, "--test-seed", "first try TEST", "--out", "list");
    const names = readdirSync(desk.path("list"));
    const files = names.map((name) => fileOf(desk.path(`list/${name}`)));
    const page = await openPage("statistics");
    page.click("Verify");
    await page.until("Open the list's files");
    page.open("label.file input", files);
    page.type("verify-seed", "first try TEST");
    await page.until(names[0] ?? "");
    page.click("Verify the list");
    await page.until("VERIFIED: TEST SLE-SD-01");
    const changed = files.map((own) =>
      own.name.endsWith("blinded.csv")
        ? new File([desk.read(`list/${own.name}`).replace("01,1,", "01,9,")], own.name)
        : own,
    );
    page.open("label.file input", changed);
    await page.gone("VERIFIED: TEST SLE-SD-01");
    page.click("Verify the list");
    await page.until("NOT VERIFIED");
    await page.close();
  });

  it("keeps a live seed out of the page's text until it is asked for, and asks to save it first", async () => {
    const page = await openPage("statistics");
    page.click("List");
    page.open("label.file input", [fileOf(PLAN)]);
    await page.until("Factor 1");
    page.click("Make a seed");
    await page.until("Save the seed file first");
    const html = (): string => page.window.document.querySelector("main")?.innerHTML ?? "";
    expect(html()).not.toMatch(/[0-9a-f]{40}/u);
    expect(
      [...page.window.document.querySelectorAll("button[disabled]")].map(({ textContent }) => textContent),
    ).toEqual(["Generate the list"]);
    page.click("Show the seed");
    await page.until("Hide the seed");
    expect(page.window.document.querySelector(".seed")?.textContent).toMatch(/[0-9a-f]{64}/u);
    await page.close();
  });

  it("is one ZIP that is the same for the same files", () => {
    const files = { "a.csv": new TextEncoder().encode("a") };
    expect(zipOf(files)).toEqual(zipOf(files));
  });
});

/** The page with the TEST list of the example plan, and what was saved from it. */
async function withList(): Promise<{ page: Awaited<ReturnType<typeof openPage>>; saved: Blob[] }> {
  const page = await openPage("statistics");
  const saved: Blob[] = [];
  Object.assign(page.window.URL, { createObjectURL: (blob: Blob) => (saved.push(blob), "blob:x") });
  page.click("List");
  page.open("label.file input", [fileOf(PLAN)]);
  await page.until("Factor 1");
  page.type("test-seed", "first try TEST");
  page.click("Generate the list");
  await page.until("For another system");
  return { page, saved };
}

const MAP = `to: redcap
target: open
targetField: treatment
header: "14.7"
arms: { low: "1", medium: "2", high: "3", placebo: "4" }
factors:
  site: { field: site, codes: { "01": "1", "02": "2" } }
`;

describe("a list for another system, in the page", { tags: ["PAGE-001"] }, () => {
  it("is the command's table for REDCap, by a map that begins as init map writes it", async () => {
    const { page, saved } = await withList();
    page.type("export-to", "redcap");
    page.click("Make the map to fill in");
    const map = (): string => (page.window.document.getElementById("export-map") as unknown as { value: string }).value;
    await expect.poll(map).toContain("TO-STATE");
    const desk = makeDesk();
    await desk.run("list", `${process.cwd()}/${PLAN}`, "--test-seed", "first try TEST", "--out", "list");
    await desk.run("init", "map", "list", "--to", "redcap", "--out", "template.yaml");
    expect(map()).toBe(desk.read("template.yaml"));
    page.click("Export");
    await page.until('"arms.placebo" is still TO-STATE');
    page.type("export-map", MAP);
    page.click("Export");
    await page.until("SLE-SD-01_TEST_UNBLINDED_redcap-development.csv");
    page.click("Save");
    desk.write("map.yaml", MAP);
    await desk.run("export", "list", "--to", "redcap", "--map", "map.yaml", "--out", "out");
    const zip = unzipSync(new Uint8Array(await (saved.at(-1) as Blob).arrayBuffer()));
    expect(Object.keys(zip).sort()).toEqual(readdirSync(desk.path("out")).sort());
    for (const [name, bytes] of Object.entries(zip))
      expect(new TextDecoder().decode(bytes)).toBe(desk.read(`out/${name}`));
    await page.close();
  });

  it("is the command's workbooks, byte for byte", async () => {
    const { page, saved } = await withList();
    page.type("export-to", "xlsx");
    page.click("Export");
    await page.until("UNBLINDED_master.xlsx");
    page.click("Save");
    const desk = makeDesk();
    await desk.run("list", `${process.cwd()}/${PLAN}`, "--test-seed", "first try TEST", "--out", "list");
    await desk.run("export", "list", "--to", "xlsx", "--out", "out");
    const zip = unzipSync(new Uint8Array(await (saved.at(-1) as Blob).arrayBuffer()));
    for (const name of readdirSync(desk.path("out")))
      expect(Buffer.from(zip[name] ?? []), name).toEqual(readFileSync(desk.path(`out/${name}`)));
    await page.close();
  });
});

describe("the figures of a comparison", { tags: ["PAGE-001"] }, () => {
  it("follow the frame while it is typed, and show the recommended design and any other", async () => {
    const page = await openPage("statistics");
    page.type("f---n", "40");
    page.type("f---ratio", "1:1");
    await page.until("Recommended");
    const suggestions = suggest({ n: 40, ratio: [1, 1], limits: {} }).filter((own) => own.of === "list");
    const { rank } = recommendation(suggestions)!.design;
    const chosen = suggestions.find((own) => own.rank === rank)!;
    const expected = (own: (typeof suggestions)[number], language: Language): readonly string[] => {
      const designs = markUndominated([own, ...suggestions.filter((other) => other !== own)]);
      const { label } = designNames(own.procedure);
      return [
        tradeOffPlot(designs, 1, `1:1, n = ${own.measures.rows}`, language),
        imbalancePlot(own.measures, ["A", "B"], label, language),
        predictabilityPlot(own.measures, label, language),
      ].flatMap((plot) => [plot.caption, plainSvg(toPlotSvg(plot))]);
    };
    const plainSvg = (svg: string): string =>
      svg
        .replace(/\/>|<\/\w+>|\s+$/gu, "")
        .replaceAll("&gt;", ">")
        .replaceAll("&lt;", "<");
    const shown = (): readonly string[] =>
      [...page.window.document.querySelectorAll(".plots figure")].flatMap((figure) => [
        figure.querySelector("figcaption")?.textContent ?? "",
        plainSvg(figure.querySelector("div")?.innerHTML ?? "").replace(/>$/u, ">"),
      ]);
    const withoutEnds = (texts: readonly string[]): readonly string[] => texts.map((text) => text.replaceAll(">", ""));
    expect(withoutEnds(shown())).toEqual(withoutEnds(expected(chosen, "en")));
    const other = suggestions.find((own) => own !== chosen)!;
    [...page.window.document.querySelectorAll("tbody button")][suggestions.indexOf(other)]?.dispatchEvent(
      new page.window.Event("click", { bubbles: true }),
    );
    await page.until(imbalancePlot(other.measures, ["A", "B"], designNames(other.procedure).label).title);
    expect(withoutEnds(shown())).toEqual(withoutEnds(expected(other, "en")));
    page.click("中文");
    await page.until("均衡与随机");
    expect(withoutEnds(shown())).toEqual(withoutEnds(expected(other, "zh")));
    await page.close();
  });
});

describe("designs in the page", () => {
  it("are ranked for the guesser that the masking leaves and the shares that are expected", async () => {
    const page = await openPage("statistics");
    for (const [name, typed] of Object.entries({ n: "48", ratio: "1:1", sites: "2", shares: "3,1" }))
      page.type(`f---${name}`, typed);
    page.type("f---guesser", "own-centre");
    page.click("Compare designs");
    await page.until("Recommended");
    const given = ["--n", "48", "--ratio", "1:1", "--sites", "2", "--shares", "3,1", "--guesser", "own-centre"];
    const { answer } = await makeDesk().json("suggest", ...given);
    const { suggestions } = answer as { readonly suggestions: readonly { readonly design: string }[] };
    const shown = [...page.window.document.querySelectorAll("tbody th")].map(({ textContent }) => textContent);
    expect(shown).toEqual(suggestions.map(({ design }) => design));
    await page.close();
  });

  it("are those of suggest", async () => {
    const page = await openPage("statistics");
    page.type("f---n", "40");
    page.type("f---ratio", "1:1");
    page.click("Compare designs");
    await page.until("Recommended");
    const { answer } = await makeDesk().json("suggest", "--n", "40", "--ratio", "1:1");
    const { suggestions } = answer as { readonly suggestions: readonly { readonly design: string }[] };
    const shown = [...page.window.document.querySelectorAll("tbody th")].map(({ textContent }) => textContent);
    expect(shown).toEqual(suggestions.map(({ design }) => design));
    await page.close();
  });
});
