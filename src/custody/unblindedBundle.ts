import { utf8ToBytes } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import { canonicalJson, fail, parseWith } from "../foundation/index.js";
import { blindedRowCount, toBlindedCsv, toBlindedJson, type BlindedList } from "../list/index.js";
import { fourBytes } from "./bytes.js";

/** Text files of one list that are sealed together. UNBLINDED. */
export interface UnblindedBundle {
  readonly format: "allocell-unblinded-bundle-1";
  readonly status: "LIVE" | "TEST";
  readonly list: string;
  readonly manifestSha256: string;
  readonly files: readonly { readonly file: string; readonly text: string }[];
}

const bundleSchema: z.ZodMiniType<UnblindedBundle> = z.strictObject({
  format: z.literal("allocell-unblinded-bundle-1", { error: "is no bundle of a list's files" }),
  status: z.enum(["LIVE", "TEST"]),
  list: z.string(),
  manifestSha256: z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits")),
  files: z
    .array(
      z.strictObject({
        // A name, never a path: nothing is written outside the folder that the reader names.
        file: z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/, "must be the name of a file")),
        text: z.string(),
      }),
    )
    .check(z.minLength(1)),
});

/**
 * How many bytes the unblinded files of a list are padded to before they are sealed. It follows from the blinded list
 * alone: whoever sees the sealed file learns nothing from its size.
 *
 * A row with its treatment takes less than five times what a blinded row takes in CSV and JSON together; and there is
 * room for 2,048 rows, and 16 more a stratum, that whole last blocks add.
 */
function sizeOfBundle(list: BlindedList): number {
  const bytesOf = (pieces: Iterable<string>): number => {
    let sum = 0;
    for (const piece of pieces) sum += utf8ToBytes(piece).length;
    return sum;
  };
  const blinded = bytesOf(toBlindedCsv(list)) + bytesOf(toBlindedJson(list));
  const rows = blindedRowCount(list);
  const room = ((5 * blinded) / rows) * (rows + 2048 + 16 * list.strata.length);
  return Math.ceil(room / STEP_BYTES + 1) * STEP_BYTES;
}

const STEP_BYTES = 65_536;
const NO_FILES = "What was sealed is not the files of a list.";

/**
 * The bundle as bytes to be encrypted: their number (4 bytes, big-endian), the canonical JSON, and zeros up to a size
 * that follows from the blinded list alone.
 *
 * @throws AllocellError `custody.bundle_too_large`: a larger size would tell that this list has unusual blocks or texts
 */
export function padBundle(bundle: UnblindedBundle, list: BlindedList): Uint8Array {
  const content = utf8ToBytes(canonicalJson(bundle));
  const size = sizeOfBundle(list);
  if (content.length + 4 > size) {
    fail("custody.bundle_too_large", "files", "The unblinded files are longer than what such a list is padded to.", {
      expected: `at most ${size - 4} bytes, as for every list with these strata and rows; a larger file would tell of long blocks or long texts in the plan`,
      received: `${content.length} bytes`,
    });
  }
  const padded = new Uint8Array(size);
  padded.set(fourBytes(content.length));
  padded.set(content, 4);
  return padded;
}

/**
 * The UTF-8 of the text that {@link padBundle} padded, for {@link parseBundle}.
 *
 * @throws AllocellError `blinding.bundle_invalid` for bytes that it never makes
 */
export function unpadBundle(padded: Uint8Array): Uint8Array {
  if (Object.prototype.toString.call(padded) !== "[object Uint8Array]") {
    return fail("blinding.bundle_invalid", "", NO_FILES);
  }
  const length = [0, 1, 2, 3].reduce((sum, i) => sum * 256 + (padded[i] ?? 0), 0);
  const isPadded = length + 4 <= padded.length && padded.subarray(4 + length).every((byte) => byte === 0);
  return isPadded ? padded.slice(4, 4 + length) : fail("blinding.bundle_invalid", "", NO_FILES);
}

/** Reads a bundle. @throws AllocellError `blinding.bundle_invalid`; it shows nothing of the content */
export function parseBundle(text: string): UnblindedBundle {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return fail("blinding.bundle_invalid", "", NO_FILES);
  }
  const bundle = parseWith(bundleSchema, raw, "blinding.bundle_invalid", "What was sealed");
  if (new Set(bundle.files.map(({ file }) => file.toLowerCase())).size !== bundle.files.length) {
    fail("blinding.bundle_invalid", "files", "What was sealed holds two files of one name.");
  }
  return bundle;
}
