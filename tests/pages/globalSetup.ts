import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { writePages } from "../../build/pages.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The folder of the pages as the build makes them. */
    readonly pages: string;
  }
}

/** Builds the pages once for all files of tests: it takes longer than most of them. */
export default async function setup({ provide }: TestProject): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "allocell-built-pages-"));
  await writePages(folder);
  provide("pages", folder);
  return () => {
    rmSync(folder, { recursive: true, force: true });
  };
}
