import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "../../foundation/index.js";
import type { OqFile } from "./caseFile.js";
import { packageFolder } from "./packageFolder.js";

/** All case files of the package, and one digest over their bytes, by which a changed file shows. */
export function readCaseFiles(): { readonly files: readonly OqFile[]; readonly sha256: string } {
  const folder = join(packageFolder(), "docs/validation/oq");
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .sort();
  const texts = names.map((name) => readFileSync(join(folder, name), "utf8"));
  return { files: texts.map((text) => JSON.parse(text) as OqFile), sha256: sha256Hex(texts.join("\0")) };
}
