import type { Page } from "playwright-core";
import { orderSections, type Section } from "../../src/cli/index.js";
import { fieldsOf, type Draft } from "../../src/app/view/draft.js";
import { idOf } from "../../src/app/view/formView.js";

/** Most times that Tab is pressed before a place counts as one that the keyboard does not reach. */
const MOST_TABS = 400;

/** Presses Tab until the focus is on what `selector` finds. */
export async function reach(page: Page, selector: string): Promise<void> {
  await page.waitForSelector(selector, { state: "attached" });
  for (let n = 0; n < MOST_TABS; n += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) === true, selector)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`The keyboard does not reach ${selector}.`);
}

/** Reaches something and presses Enter on it. */
export async function enter(page: Page, selector: string): Promise<void> {
  await reach(page, selector);
  await page.keyboard.press("Enter");
}

/** Reaches the button with a text and presses Enter on it. */
export async function press(page: Page, label: string): Promise<void> {
  const isText = (wanted: string): boolean =>
    [...document.querySelectorAll("button")].some((own) => {
      if (own.textContent !== wanted) return false;
      own.setAttribute("data-label", wanted);
      return true;
    });
  await page.waitForFunction(isText, label);
  await enter(page, `button[data-label="${label}"]`);
}

/** Opens what a field is hidden under, if it is. */
async function unfold(page: Page, id: string): Promise<void> {
  const isFolded = await page.evaluate((own) => {
    const details = document.getElementById(own)?.closest("details");
    if (details === null || details === undefined || details.open) return false;
    details.querySelector("summary")?.setAttribute("data-for", own);
    return true;
  }, id);
  if (isFolded) await enter(page, `summary[data-for="${id}"]`);
}

/** Fills a field by the keyboard alone; of a choice, by the arrow. */
export async function fill(page: Page, path: string, text: string): Promise<void> {
  const id = idOf(path);
  await page.waitForSelector(`#${id}`, { state: "attached" });
  await unfold(page, id);
  await reach(page, `#${id}`);
  const choices = await page.evaluate((own) => {
    const element = document.getElementById(own);
    return element instanceof HTMLSelectElement ? [...element.options].map(({ value }) => value) : undefined;
  }, id);
  if (choices === undefined) await page.keyboard.type(text);
  else for (let n = choices.indexOf(text); n > 0; n -= 1) await page.keyboard.press("ArrowDown");
}

/** Chooses a file in a field for files that the keyboard reached. */
export async function chooseFile(
  page: Page,
  selector: string,
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<void> {
  await reach(page, selector);
  const asked = page.waitForEvent("filechooser");
  await page.keyboard.press("Enter");
  await (await asked).setFiles(file);
}

/** Fills the form of an order, in the order of its fields. */
export async function fillOrder(page: Page, draft: Draft): Promise<void> {
  for (const path of ["trial", "part", "arm"]) await fill(page, path, draft.texts.get(path) ?? "");
  for (const [key, answer] of draft.answers) await fill(page, `assumptions.${key}`, answer);
  for (const section of orderSections(draft.entries.get("order.then") ?? 0)) await fillSection(page, section, draft);
}

async function fillSection(page: Page, section: Section, draft: Draft): Promise<void> {
  const count = section.list === undefined ? 0 : (draft.entries.get(section.list.path) ?? 0);
  for (let entry = 0; entry < count; entry += 1) {
    await enter(page, `section[aria-labelledby="s-${section.id}"] > button`);
  }
  for (const { path } of fieldsOf(section, draft)) {
    const text = draft.texts.get(path);
    if (text !== undefined) await fill(page, path, text);
  }
}
