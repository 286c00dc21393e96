import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sha256Hex } from "../../foundation/index.js";
import type { OqFile } from "./caseFile.js";
import { packageFolder } from "./packageFolder.js";
import { SUITE } from "./suite.js";

/**
 * All case files of the package, and one digest over their bytes, by which a changed file shows. A file of the suite that
 * is not there, or that cannot be read, is one without cases.
 */
export function readCaseFiles(folder: string = join(packageFolder(), "docs/validation/oq")): {
  readonly files: readonly OqFile[];
  readonly sha256: string;
} {
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".json")) : [];
  const names = [...new Set([...found, ...Object.keys(SUITE).map((group) => `${group}.json`)])].sort();
  const texts = names.map((name) => (found.includes(name) ? readFileSync(join(folder, name), "utf8") : ""));
  return { files: names.map((name, i) => fileOf(name, texts[i] ?? "")), sha256: sha256Hex(texts.join("\0")) };
}

function fileOf(name: string, text: string): OqFile {
  try {
    const file = JSON.parse(text) as Partial<OqFile> | null;
    if (Array.isArray(file?.cases) && typeof file.group === "string") return file as OqFile;
  } catch {
    // Told as a group without its cases.
  }
  const [title, titleZh] = [`${name} is not there or cannot be read`, `${name} 缺失或无法读取`];
  return { group: name.replace(".json", ""), title, titleZh, source: "", cases: [] };
}
