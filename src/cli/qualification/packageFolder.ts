import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fail } from "../../foundation/index.js";

/** The folder of the installed package, or of its sources: the nearest one above with a package.json of this name. */
export function packageFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; folder !== dirname(folder); folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && (JSON.parse(readFileSync(file, "utf8")) as { name?: string }).name === "allocell")
      return folder;
  }
  return fail("cli.package_missing", "", "The files of the package are not where they were installed.", {
    expected: "an installed package: its qualification reads its own files",
  });
}
