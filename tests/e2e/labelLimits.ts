import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AllocellError } from "../../src/foundation/index.js";
import { toBagLabelHtml, type BlindedPreparation, type Language } from "../../src/report/index.js";
import { printedInChromium } from "./browser.js";

const BLINDED: BlindedPreparation = {
  subject: "S02-003",
  kit: "K-1047",
  visit: "Visit 2",
  finalVolumeMl: "100",
  rateMlPerMin: "2.5",
  route: "intravenous infusion",
  expiresAt: "2026-03-19T13:00",
  storage: "15 to 25 °C",
};
const FIELDS = ["subject", "kit", "visit", "route", "storage"] as const;
/** The widest letter, a common text, Chinese, and a word that has no end. */
const PIECES = ["W", "store cold and dark, ", "避免振摇，", "2-8/"];
const SIZES = { en: [100, 60], zh: [80, 50] } as const;

function fits(blinded: BlindedPreparation, language: Language, [widthMm, heightMm]: readonly [number, number]): string {
  try {
    return toBagLabelHtml(blinded, { language, widthMm, heightMm });
  } catch (error) {
    if (AllocellError.is(error) && error.code === "report.label_text_too_long") return "";
    throw error;
  }
}

/** The label with the longest text of its kind in one field that is not refused. */
function longest(
  field: (typeof FIELDS)[number],
  piece: string,
  language: Language,
  size: readonly [number, number],
): string {
  let [shortest, tooLong] = [1, 600];
  const of = (length: number): string =>
    fits({ ...BLINDED, [field]: piece.repeat(length).slice(0, length).trim() }, language, size);
  assert.equal(of(tooLong), "", "600 letters fit on no label");
  while (tooLong - shortest > 1) {
    const middle = (tooLong + shortest) >> 1;
    if (of(middle) === "") tooLong = middle;
    else shortest = middle;
  }
  return of(shortest);
}

/**
 * Prints labels whose texts are the longest that are not refused: nothing of them may be cut off.
 *
 * @returns how many labels were printed
 */
export async function checkLabelLimits(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "allocell-labels-"));
  try {
    const files = (["en", "zh"] as const).flatMap((language) =>
      FIELDS.flatMap((field) =>
        PIECES.map((piece, index) => {
          const file = join(folder, `${language}-${field}-${index}.html`);
          writeFileSync(file, longest(field, piece, language, SIZES[language]));
          return file;
        }),
      ),
    );
    const printed = await printedInChromium(files.map((file) => pathToFileURL(file).href));
    for (const [index, { pdf, overflows }] of printed.entries()) {
      assert.deepEqual(overflows, [], `${files[index] ?? ""} is cut off`);
      assert.equal([...pdf.matchAll(/\/MediaBox/g)].length, 1, files[index]);
    }
    return `${files.length} labels at their limit`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
