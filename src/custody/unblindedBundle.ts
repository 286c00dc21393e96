import * as z from "zod";
import { canonicalJson, fail, parseWith } from "../foundation/index.js";

/** Text files of one list that are sealed together. UNBLINDED. */
export interface UnblindedBundle {
  readonly format: "allocell-unblinded-bundle-1";
  readonly status: "LIVE" | "TEST";
  readonly list: string;
  readonly manifestSha256: string;
  readonly files: readonly { readonly file: string; readonly text: string }[];
}

const bundleSchema: z.ZodType<UnblindedBundle> = z.strictObject({
  format: z.literal("allocell-unblinded-bundle-1", { error: "is no bundle of a list's files" }),
  status: z.enum(["LIVE", "TEST"]),
  list: z.string(),
  manifestSha256: z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"),
  files: z
    .array(
      z.strictObject({
        // A name, never a path: nothing is written outside the folder that the reader names.
        file: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/, "must be the name of a file"),
        text: z.string(),
      }),
    )
    .min(1),
});

/** The bundle as text. */
export function toBundleText(bundle: UnblindedBundle): string {
  return canonicalJson(bundle);
}

/** Reads a bundle. @throws AllocellError `blinding.bundle_invalid`; it shows nothing of the content */
export function parseBundle(text: string): UnblindedBundle {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return fail("blinding.bundle_invalid", "", "What was sealed is not the files of a list.");
  }
  const bundle = parseWith(bundleSchema, raw, "blinding.bundle_invalid", "What was sealed");
  if (new Set(bundle.files.map(({ file }) => file.toLowerCase())).size !== bundle.files.length) {
    fail("blinding.bundle_invalid", "files", "What was sealed holds two files of one name.");
  }
  return bundle;
}
