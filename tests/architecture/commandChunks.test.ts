/* The command loads a large library only where it is needed: the chunks of its build, by the modules that load them. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";
import { directImports, withDirectImports } from "../../build/directImports.js";

const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: Record<string, string> };

interface Chunk {
  readonly imports: readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];
  readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>>;
  readonly entryPoint?: string;
}

/** The modules that the command loads one by one, each with the libraries in its chunk and in those that come with it. */
async function librariesByModule(): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { metafile } = await build({
    entryPoints: ["src/cli/main.ts"],
    ...{ bundle: true, splitting: true, platform: "node", format: "esm", target: "es2022", write: false },
    ...{ mainFields: ["module", "main"], tsconfig: "tsconfig.node.json", external: Object.keys(dependencies) },
    loader: { ".sql": "text", ".py": "text", ".R": "text" },
    ...{ outdir: "out", metafile: true, plugins: [directImports] },
  });
  const chunks = metafile.outputs as Readonly<Record<string, Chunk>>;
  const loadedWith = (path: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const { path: other, kind, external } of chunks[path]?.imports ?? [])
      if (kind === "import-statement" && external !== true) loadedWith(other, seen);
    return seen;
  };
  const librariesIn = (path: string): readonly string[] =>
    Object.entries(chunks[path]?.inputs ?? {}).flatMap(([input, { bytesInOutput }]) => {
      const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(input) ?? [];
      return bytesInOutput > 0 && library !== undefined ? [library] : [];
    });
  return new Map(
    Object.entries(chunks).flatMap(([path, { entryPoint }]) =>
      entryPoint === undefined ? [] : [[entryPoint, new Set([...loadedWith(path)].flatMap(librariesIn))] as const],
    ),
  );
}

/** Libraries that only some commands need, and what loads them. */
const LOADED_BY: Readonly<Record<string, readonly string[]>> = {
  // Labels with a Data Matrix.
  etiket: ["src/cli/commands/prepare.ts"],
};

describe("what a command loads", { tags: ["FILE-002"] }, () => {
  it("is the library of barcodes only where it is needed", { timeout: 60_000 }, async () => {
    const found = [...(await librariesByModule())];
    expect(found.length).toBeGreaterThan(50);
    for (const [library, modules] of Object.entries(LOADED_BY)) {
      const loading = found.flatMap(([module, libraries]) => (libraries.has(library) ? [module] : []));
      expect(loading.sort(), library).toEqual(modules);
    }
  });

  it("comes from the modules behind an index, and from the index where that does not name them", () => {
    const path = resolve("src/cli/io.ts");
    const direct = withDirectImports(path, 'import { fail as no, type Issue } from "../foundation/index.js";\n');
    expect(direct).toBe('import { fail as no } from "../foundation/error.js";\n');
    const unknown = 'import { fail, nothing } from "../foundation/index.js";\n';
    expect(withDirectImports(path, unknown)).toBe(unknown);
    const types = 'import type { Issue } from "../foundation/index.js";\n';
    expect(withDirectImports(path, types)).toBe(types);
  });
});
