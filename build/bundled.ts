// Which packages of others are bundled into dist, by what tsup says of its bundles.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Written by tsup, and no part of the package. */
export const METAFILES: readonly string[] = ["metafile-esm", "metafile-cjs", "cli/metafile-esm"].map(
  (name) => `dist/${name}.json`,
);

interface Metafile {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As an SPDX id. */
  readonly license: string;
  /** The text of the licence. */
  readonly text: string;
}

/** @throws Error for a package without a licence or its text */
export function bundledPackages(): readonly BundledPackage[] {
  const inputs = METAFILES.flatMap((file) => {
    const { outputs } = JSON.parse(readFileSync(join(root, file), "utf8")) as Metafile;
    return Object.values(outputs).flatMap((output) => Object.keys(output.inputs));
  });
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/u.exec(path)?.[0] ?? []);
  return [...new Set(folders)].sort().map(bundledPackage);
}

function bundledPackage(folder: string): BundledPackage {
  const place = join(root, folder);
  const { name, version, license } = JSON.parse(readFileSync(join(place, "package.json"), "utf8")) as {
    readonly name: string;
    readonly version: string;
    readonly license?: string;
  };
  const file = readdirSync(place).find((entry) => /^licen[cs]e/iu.test(entry));
  if (license === undefined || file === undefined) throw new Error(`${name} is bundled and has no licence text`);
  return { name, version, license, text: readFileSync(join(place, file), "utf8").trim() };
}
