/* Every row of the table of plausible values: what is told of an order stands at the field of which it speaks. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PLAUSIBLE, type PreparationOrder } from "../../../src/dose/index.js";
import { IMPOSSIBLE, ROWS } from "../dose/plausibilityRows.js";
import { order } from "../dose/preparationOrders.js";
import { openPage, type OpenedPage } from "./pageWindow.js";

/** Fields of paths that are no field: the rule is told at its amount, the body surface at its formula. */
const AT: Readonly<Record<string, string>> = {
  "dose.rule": "dose.rule.amount",
  "dose.surface": "dose.surface.formula",
};

/** What one field says to whoever comes to it, by the ids that describe it. */
interface Told {
  readonly isInvalid: boolean;
  readonly says: string;
}

function toldAt(page: OpenedPage, path: string): Told {
  const { document } = page.window;
  const field = document.getElementById(`f-order-${(AT[path] ?? path).replaceAll(".", "-")}`);
  const ids = field?.getAttribute("aria-describedby")?.split(" ") ?? [];
  const texts = ids.map((id) => document.getElementById(id)?.textContent ?? `there is no ${id}`);
  return { isInvalid: field?.getAttribute("aria-invalid") === "true", says: texts.join(" ") };
}

/** Opens an order in a form that was emptied, and waits until it is computed. */
async function show(page: OpenedPage, change: Partial<PreparationOrder>, words: readonly string[]): Promise<void> {
  const [empty = "", clear = "", ...computed] = words;
  page.click(clear);
  await page.until(empty);
  const file = JSON.stringify({ order: order({ infusion: { finalVolumeMl: "100" }, ...change }) });
  page.open("label.file input", [new File([file], "order.json")]);
  await page.untilOneOf(computed);
}

const LANGUAGES = {
  en: {
    words: ["Still needed", "New form", "Ready to prepare", "NOT READY", "To be corrected"],
    unusual: /is unusual, .* is usual\. Check the value and its unit/u,
    impossible: /is not possible, /u,
  },
  zh: {
    words: ["尚需填写", "新建表单", "可以配制", "暂不可配制", "需更正"],
    unusual: /数值超出通常范围：请核对数值及其单位。/u,
    impossible: /该值对任何人或物均不可能.*核对数值及其单位/u,
  },
} as const;

describe.each(["en", "zh"] as const)(
  "the form of a preparation: %s",
  { tags: ["PAGE-001", "DOSE-008"] },
  (language) => {
    const { words, unusual, impossible } = LANGUAGES[language];

    it("tells what is unusual at its field, for every row, and nothing where it is usual", async () => {
      const page = await openPage("pharmacy", { language });
      const shown: string[] = [];
      for (const [row, change, path, usual] of ROWS) {
        await show(page, change, words);
        const { isInvalid, says } = toldAt(page, path);
        expect(says, row).toMatch(unusual);
        // It is a question, and no error.
        expect(isInvalid, row).toBe(false);
        shown.push(row);
        // Where it is told does not go by the language, and a second look takes its time.
        if (language === "zh") continue;
        await show(page, usual, words);
        expect(toldAt(page, path).says, row).not.toMatch(unusual);
      }
      // What only a trial's sources state is told at the trial's dose.
      expect(PLAUSIBLE.map(({ id }) => id).filter((id) => !shown.includes(id))).toEqual(["administrations"]);
      await page.close();
    });

    it("tells what is not possible at its field, as an error", async () => {
      const page = await openPage("pharmacy", { language });
      for (const [change, path] of IMPOSSIBLE) {
        await show(page, change, words);
        const { isInvalid, says } = toldAt(page, path);
        expect(says, path).toMatch(impossible);
        expect(isInvalid, path).toBe(true);
      }
      await page.close();
    });
  },
);

describe("what a trial's sources state", { tags: ["DOSE-008"] }, () => {
  it("is told at the dose's source where it is unusual: the number of administrations", async () => {
    const page = await openPage("pharmacy");
    const text = readFileSync("examples/sle/order.yaml", "utf8");
    const often = text.replace(
      'dose.administrations: { value: "1"',
      'dose.administrations: { value: "20 every 14 days"',
    );
    page.open("label.file input", [new File([often], "order.yaml")]);
    await page.until("NOT READY");
    expect(toldAt(page, "dose.from").says).toContain("Administrations of an arm: 20 is unusual");
    await page.close();
  });

  it("is held against a weight in the part Dose, and told at its field", async () => {
    const page = await openPage("pharmacy");
    page.click("Dose");
    await page.until("Participant");
    const typed = { trial: "NCT07041801", part: "single-dose", arm: "low" };
    for (const [id, text] of Object.entries(typed)) page.type(`f-${id}`, text);
    const answers = { countBasis: "viable-cells", weightDescriptor: "actual", cap: "none", administrations: "1" };
    for (const [key, text] of Object.entries(answers)) page.type(`f-assumptions-dose-${key}`, text);
    page.type("f---weight", "20.4");
    page.type("f---age", "9");
    await page.until("20,400,000");
    expect(page.text()).not.toContain("is unusual");
    page.type("f---age", "2");
    await page.until("is unusual");
    const { document } = page.window;
    expect(document.getElementById("f---weight-warning")?.textContent).toMatch(/^Body weight: 20\.4 kg is unusual/u);
    expect(document.getElementById("f---weight")?.getAttribute("aria-describedby")).toContain("f---weight-warning");
    await page.close();
  });
});
