import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { fail } from "../../foundation/index.js";

/** A file of the package that is not as it was when the package was built. */
export interface FileFault {
  readonly file: string;
  readonly fault: "changed" | "missing" | "not of the package";
  readonly expected?: string;
  readonly found?: string;
}

export const SUMS_FILE = "dist/SHA256SUMS";
/** The publisher's signature of the sums; a build without the publisher's key has none. */
export const SIGNATURE_FILE = "dist/SHA256SUMS.sig";

/**
 * Every file of a package's folder against the sums that its build wrote; a file that stands beside them in a folder of
 * the package is told too.
 *
 * @throws AllocellError `cli.package_missing` without sums
 */
export function checkFiles(folder: string): { readonly files: number; readonly faults: readonly FileFault[] } {
  const sumsFile = join(folder, SUMS_FILE);
  if (!existsSync(sumsFile)) {
    return fail("cli.package_missing", SUMS_FILE, "The package has no list of its files: it was not built.", {
      expected: "an installed package, or `npm run build`",
    });
  }
  const sums = new Map(
    readFileSync(sumsFile, "utf8")
      .split("\n")
      .flatMap((line) => {
        const [, sum = "", file = ""] = /^([0-9a-f]{64}) {2}(.+)$/.exec(line) ?? [];
        return file === "" ? [] : [[file, sum] as const];
      }),
  );
  const faults = [...sums].flatMap(([file, expected]): readonly FileFault[] => {
    const path = join(folder, file);
    if (!existsSync(path)) return [{ file, fault: "missing", expected }];
    const found = createHash("sha256").update(readFileSync(path)).digest("hex");
    return found === expected ? [] : [{ file, fault: "changed", expected, found }];
  });
  const folders = new Set([...sums.keys()].flatMap((file) => (file.includes("/") ? [file.split("/")[0] ?? ""] : [])));
  const others = [...folders]
    .flatMap((name) => filesIn(folder, name))
    .filter(
      (file) => !sums.has(file) && file !== SUMS_FILE && file !== SIGNATURE_FILE && !file.startsWith("examples/out/"),
    );
  return {
    files: sums.size,
    faults: [...faults, ...others.map((file) => ({ file, fault: "not of the package" }) as const)],
  };
}

function filesIn(folder: string, name: string): readonly string[] {
  if (!existsSync(join(folder, name))) return [];
  return readdirSync(join(folder, name), { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(join(folder, name, file)).isFile())
    .map((file) => `${name}/${file.replaceAll("\\", "/")}`);
}
