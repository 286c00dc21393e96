import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { printedInChromium } from "./browser.js";
import { run } from "./checks.js";

/** A4 in points of PDF, rounded. */
const A4 = [595, 842] as const;
/** 100 mm x 60 mm in points of PDF, rounded. */
const LABEL = [283, 170] as const;
const ORDERS = ["sle/order", "uc/order", "t1d/order", "t2d/order", "products/order-ryoncil"];

/**
 * Prints worksheet, blinded record and label of every example's order from a real browser, in both languages: one page
 * each, of the right size, with nothing outside it, and with its text.
 *
 * @param prepare - the command, such as `["node", "main.js", "prepare"]`
 * @param examples - folder of the examples
 * @returns how many documents were printed
 */
export async function checkWorksheets(prepare: readonly string[], examples: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "allocell-worksheets-"));
  try {
    const [program = "", ...first] = prepare;
    for (const language of ["en", "zh"]) {
      for (const order of ORDERS) {
        const out = join(folder, `${language}-${order.replace("/", "-")}`);
        await run(program, [...first, join(examples, `${order}.yaml`), "--lang", language, "--out", out], examples);
      }
    }
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
    // Worksheet, process record, blinded record and label; of the licensed product all but the blinded record.
    assert.equal(files.length, 2 * (4 * ORDERS.length - 1));
    const printed = await printedInChromium(files.map((name) => pathToFileURL(join(folder, name)).href));
    for (const [index, { pdf, text, overflows, requests }] of printed.entries()) {
      const name = files[index] ?? "";
      const isLabel = name.includes(".label.");
      const boxes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
      assert.equal(boxes.length, 1, `${name} has ${boxes.length} pages`);
      const size = boxes[0]?.slice(1, 3).map((points) => Math.round(Number(points)));
      assert.deepEqual(size, isLabel ? [...LABEL] : [...A4], name);
      assert.deepEqual(overflows, [], `${name} is wider or higher than its page`);
      assert.equal(requests, 1, `${name} loads something`);
      const html = readFileSync(join(folder, name), "utf8");
      const subject = /^.*[/\\]([^.]+)\./.exec(name)?.[1] ?? "-";
      assert.ok(text.includes(subject), `${name} shows no subject`);
      assert.equal(/\p{Script=Han}/u.test(text), name.includes(".zh."), name);
      if (name.includes("worksheet")) assert.match(text, /[0-9a-f]{64}\s*$/, `${name} has no hash at its end`);
      assert.ok(!html.includes("<script"), name);
    }
    return `${files.length} documents, one page each`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
