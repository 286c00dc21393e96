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
  startBy: "2026-03-19T12:15",
  expiresAt: "2026-03-19T13:00",
  texts: {},
  storage: "15 to 25 °C",
};
const FIELDS = ["subject", "kit", "visit", "route", "storage"] as const;
/**
 * The widest letter; those that grow most in bold; a common text; Chinese with marks that may not begin a line; words
 * that have no end; and such as a browser breaks at a hyphen or a slash, a little longer than half a line.
 */
const PIECES = [
  "W",
  "fill till it is still ",
  "store cold and dark, ",
  "避免振摇，",
  "（避光）、",
  "避光 keep dark，",
  "2-8/",
  "a-b-c/d/",
  "refrigerated-",
  "refrigerator/",
  "WWWWWW-",
  "15\u00a0to\u00a025\u00a0°C, ",
  "—…№㎖",
];
const SIZES = [
  [100, 60],
  [80, 50],
  [70, 40],
] as const;

function fits(blinded: BlindedPreparation, language: Language, [widthMm, heightMm]: readonly [number, number]): string {
  try {
    return toBagLabelHtml(blinded, { language, widthMm, heightMm });
  } catch (error) {
    if (AllocellError.is(error) && error.code === "report.label_text_too_long") return "";
    throw error;
  }
}

/** The label with the longest text of its kind in some fields that is not refused. */
function longest(
  fields: readonly (typeof FIELDS)[number][],
  piece: string,
  language: Language,
  size: readonly [number, number],
): string {
  let [shortest, tooLong] = [1, 2000];
  const of = (length: number): string => {
    const text = piece.repeat(length).slice(0, length).trim();
    return fits({ ...BLINDED, ...Object.fromEntries(fields.map((field) => [field, text])) }, language, size);
  };
  assert.equal(of(tooLong), "", "2000 letters fit on no label");
  while (tooLong - shortest > 1) {
    const middle = (tooLong + shortest) >> 1;
    if (of(middle) === "") tooLong = middle;
    else shortest = middle;
  }
  return of(shortest);
}

/** Labels of one size as one document, as copies of a label are. */
function inOneDocument(labels: readonly string[]): string {
  const bodies = labels.map((html) => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "");
  return (labels[0] ?? "").replace(/<main[\s\S]*<\/main>/, () => bodies.join(""));
}

/**
 * Prints labels whose texts are the longest that are not refused: nothing of them may be cut off.
 *
 * @returns how many labels were printed
 */
export async function checkLabelLimits(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "allocell-labels-"));
  try {
    const files: string[] = [];
    const counts: number[] = [];
    for (const language of ["en", "zh"] as const) {
      for (const size of SIZES) {
        const labels = [...FIELDS.map((field) => [field]), FIELDS].flatMap((fields) =>
          PIECES.map((piece) => {
            const html = longest(fields, piece, language, size);
            return html.replace('<main class="label">', `<main class="label" id="${fields.join("+")} of ${piece}">`);
          }),
        );
        const file = join(folder, `${language}-${size[0]}.html`);
        writeFileSync(file, inOneDocument(labels));
        files.push(file);
        counts.push(labels.length);
      }
    }
    const printed = await printedInChromium(files.map((file) => pathToFileURL(file).href));
    for (const [index, { pdf, overflows }] of printed.entries()) {
      assert.deepEqual(overflows, [], `${files[index] ?? ""} is cut off`);
      assert.equal([...pdf.matchAll(/\/MediaBox/g)].length, counts[index], files[index]);
    }
    return `${counts.reduce((sum, count) => sum + count, 0)} labels at their limit`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
