/* What the form of a preparation has in it before anybody typed, and how it reads what is typed. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { fieldsOf } from "../../../src/app/view/draft.js";
import { idOf } from "../../../src/app/view/formView.js";
import { unitText } from "../../../src/app/texts/words.js";
import { orderSections } from "../../../src/cli/index.js";
import { bandedComponents } from "./componentOrders.js";
import { openPage, type OpenedPage } from "./pageWindow.js";
import { draftOf } from "./typedOrder.js";

const PARTS = {
  en: ["Dose", "Prepare", "Check", "Record", "Batch", "Scan"],
  zh: ["剂量", "配制", "复核", "给药记录", "批量", "扫码核对"],
} as const;

const controlsOf = ({ window }: OpenedPage) =>
  [...window.document.querySelectorAll("main input, main select, main textarea")].map((control) => ({
    id: control.id,
    type: control.getAttribute("type"),
    autocomplete: control.getAttribute("autocomplete"),
    value: (control as unknown as HTMLInputElement).value,
    tag: control.tagName,
  }));

describe("a form that nobody has filled in", { tags: ["PAGE-001"] }, () => {
  it.each(["en", "zh"] as const)("has nothing in it: %s", async (language) => {
    const page = await openPage("pharmacy", { language });
    let seen = 0;
    for (const part of PARTS[language]) {
      page.click(part);
      for (const { id, value } of controlsOf(page)) {
        expect(value, `${part} ${id}`).toBe("");
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(150);
    await page.close();
  });

  it("has only the trial in it, and that the dose is the trial's, where the page is made for one", async () => {
    const text = readFileSync("examples/sle/assumptions.yaml", "utf8");
    const page = await openPage("pharmacy", {
      trial: "NCT07041801",
      assumptionsFile: { name: "assumptions.yaml", text },
    });
    for (const part of PARTS.en) {
      page.click(part);
      const filled = controlsOf(page).filter(({ value }) => value !== "");
      const wanted = part === "Prepare" ? ["f-trial", "f-order-dose-from"] : part === "Dose" ? ["f-trial"] : [];
      expect(
        filled.map(({ id }) => id),
        part,
      ).toEqual(wanted);
    }
    await page.close();
  });

  it("is filled in by nobody else, and counted up by no wheel: its fields are text that no browser completes", async () => {
    const page = await openPage("pharmacy");
    for (const part of PARTS.en) {
      page.click(part);
      for (const { id, type, autocomplete, tag } of controlsOf(page)) {
        if (tag === "SELECT" || type === "file") continue;
        expect([type, autocomplete], id).toEqual(["text", "off"]);
      }
    }
    await page.close();
  });
});

describe("every field of an order", { tags: ["PAGE-001"] }, () => {
  const data = bandedComponents();
  const draft = draftOf(data);
  const fields = orderSections(1).flatMap((section) => fieldsOf(section, draft));
  const open = async (language: "en" | "zh"): Promise<OpenedPage> => {
    const page = await openPage("pharmacy", { language });
    page.open("label.file input", [new File([JSON.stringify(data)], "order.json")]);
    await page.until(language === "en" ? "Ready to prepare" : "可以配制");
    return page;
  };

  it.each(["en", "zh"] as const)("has its label and its unit beside it: %s", async (language) => {
    const page = await open(language);
    const { document } = page.window;
    let units = 0;
    for (const { path, label, unit } of fields) {
      const control = document.getElementById(idOf(path));
      if (control === null) continue;
      expect(document.querySelector(`label[for="${idOf(path)}"]`)?.textContent, path).toBe(label[language]);
      const shown = control.parentElement?.querySelector(".unit")?.textContent;
      expect(shown, path).toBe(unit === undefined ? undefined : unitText(language, unit));
      if (unit !== undefined) units += 1;
    }
    expect(units).toBeGreaterThan(70);
    await page.close();
  });

  it("reads an amount with the page's decimal mark alone, and repeats it with its unit", async () => {
    const page = await openPage("pharmacy");
    const { document } = page.window;
    // One view shows them all: those that every order has stand for the others.
    const amounts = fields.filter(
      ({ path, kind, isFurther }) =>
        kind === "amount" && isFurther !== true && /^order\.(?:weight|product|draw|infusion)\./u.test(path),
    );
    expect(amounts.length).toBeGreaterThan(10);
    const setting = document.querySelector("label.mark select");
    if (setting !== null) setting.id = "mark";
    for (const [mark, typed, other] of [
      ["comma", "12,5", "12.5"],
      ["point", "12.5", "12,5"],
    ] as const) {
      page.type("mark", mark);
      for (const { path, unit } of amounts) {
        const id = idOf(path);
        page.type(id, typed);
        const read = unit === undefined ? "" : `= 12.5 ${unit}`;
        expect(document.getElementById(`${id}-read`)?.textContent, `${mark} ${path}`).toBe(read);
        page.type(id, other);
        expect(document.getElementById(id)?.getAttribute("aria-invalid"), `${mark} ${path}`).toBe("true");
        expect(document.getElementById(`${id}-fault`)?.textContent, path).toContain("other decimal mark");
      }
    }
    await page.close();
  });

  it.each([
    ["en", "f-order-weight-weighedOn", "2026-03-09", "= Monday 9 March 2026"],
    ["zh", "f-order-weight-weighedOn", "2026-03-09", "= 2026 年 3 月 9 日（星期一）"],
    ["en", "f-order-clock-startAt", "2026-03-10T09:20", "= Tuesday 10 March 2026, 09:20"],
    ["en", "f-order-lots-0-content", "74.52E6", "= 74,520,000 (74.52 million)"],
    ["zh", "f-order-lots-0-content", "74.52E6", "= 74,520,000（7452 万）"],
    ["en", "f-order-clock-lineFlushMinutes", "5", "= 5 min"],
  ] as const)("repeats in words what it understood: %s %s %s", async (language, id, typed, words) => {
    const page = await openPage("pharmacy", { language });
    page.press("f-order-lots");
    page.type(id, typed);
    expect(page.window.document.getElementById(`${id}-read`)?.textContent).toBe(words);
    await page.close();
  });
});
