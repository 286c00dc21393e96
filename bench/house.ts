import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import ts from "typescript";
import { ALGORITHMS } from "../src/procedure/index.js";
import { uc } from "../src/trials/index.js";
import { measure, printTable, show } from "./measure.js";

/**
 * How large the house is and how fast its door opens: `npm run house`, the numbers of docs/architecture.md. Nothing is
 * asserted here; the lint holds the length of functions, `npm run test:package` the size of what is installed.
 */
const root = join(import.meta.dirname, "..");
const filesOf = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((path) => join(root, folder, path));
const read = (file: string): string => readFileSync(file, "utf8");
const sources = filesOf("src").filter((file) => [".ts", ".tsx"].includes(extname(file)));
const library = sources.filter((file) => !/^src.(?:cli|app|store)\b/u.test(relative(root, file)));
const exported = JSON.parse(read(join(root, "tests/architecture/exports.json"))) as Readonly<
  Record<string, { readonly values: readonly string[]; readonly types: readonly string[] }>
>;

const linesOf = (text: string): number => text.split("\n").length - 1;

/** Public values that no document names. */
function untold(): readonly string[] {
  const told = new Set(
    [...filesOf("docs"), join(root, "README.md")]
      .filter((file) => file.endsWith(".md"))
      .flatMap((file) => read(file).replaceAll("\\", "").match(/\w+/gu) ?? []),
  );
  return Object.values(exported)
    .flatMap(({ values }) => values)
    .filter((name) => !told.has(name));
}

/** Of the functions of the entry `allocell`: how many, and how many have a tag of that name. */
function documented(tag: string): readonly [count: number, tagged: number] {
  const { values = [] } = exported["."] ?? {};
  const found = library.flatMap((file) => {
    const tree = ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true);
    return tree.statements
      .filter(ts.isFunctionDeclaration)
      .filter(({ name }) => name !== undefined && values.includes(name.text));
  });
  const tagged = found.filter((each) => ts.getJSDocTags(each).some(({ tagName }) => tagName.text === tag));
  return [found.length, tagged.length];
}

/** Files of src with the kind of a procedure in quotes, the texts of the R and Python programs apart. */
function knowKinds(): readonly string[] {
  // Two kinds are words of other things too: "maximal" is a measure.
  const kinds = Object.keys(ALGORITHMS).filter((kind) => kind !== "complete" && kind !== "maximal");
  return sources
    .map((file) => [relative(join(root, "src"), file), read(file)] as const)
    .filter(
      ([path, text]) => !/^(?:reproduce|procedure)\//u.test(path) && kinds.some((kind) => text.includes(`"${kind}"`)),
    )
    .map(([path]) => path);
}

/** A program that imports from src, as a bundler makes it for a browser. */
async function bundleOf(program: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: root, loader: "ts" },
    ...{
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      platform: "browser",
      logLevel: "error",
      loader: { ".sql": "text", ".py": "text", ".R": "text" },
    },
  });
  return outputFiles[0]?.contents ?? new Uint8Array();
}

const gzipOf = async (program: string): Promise<string> =>
  `${(gzipSync(await bundleOf(program)).length / 1000).toFixed(1)} kB`;

/** A program that uses every name of the rooms. */
const wholeRooms = (...rooms: readonly string[]): string =>
  rooms
    .map((room, i) => `import * as room${i} from "./src/${room}/index.ts"; globalThis.room${i} = { ...room${i} };`)
    .join("\n");

/** A program that uses the names alone, as most do: a bundler leaves out the rest of the room. */
const named = (from: string, ...names: readonly string[]): string =>
  `import { ${names.join(", ")} } from "${from}"; globalThis.${names.join("_")} = [${names.join(", ")}];`;

/** Milliseconds of the whole process, the median of nine. */
function msOf(...argv: readonly string[]): number {
  return measure(9, 1, () => spawnSync(process.execPath, argv, { cwd: root })).median / 1e6;
}

// Bundled, as it is installed: what tsx makes of the sources gives each inner function its name anew at every call.
const program = 'export { generateList } from "./src/index.ts"; export { Seed } from "./src/random/index.ts";';
const { generateList, Seed } = (await import(
  `data:text/javascript;base64,${Buffer.from(await bundleOf(program)).toString("base64")}`
)) as Pick<typeof import("../src/index.js"), "generateList" | "Seed">;
const plan = {
  ...{ trial: uc.id, part: uc.parts[0]?.id ?? "", list: "HOUSE-1", length: 24 },
  strata: [{ factor: "site", levels: ["01", "02"] }],
  arms: { exosome: 1, placebo: 1 },
  procedure: { kind: "permuted-block" as const, sizes: [4] },
};
const seed = Seed.test("house");
const repeat = 500;
const call = measure(7, repeat, () => {
  for (let i = 0; i < repeat; i += 1) generateList({ plan, trial: uc, seed });
});

const withoutR = ["Seed", "parseLiveSeed", "deriveStreamKey", "encodeStreamName", "arc4Stream", "below"];
const names = Object.values(exported).flatMap(({ values, types }) => [...values, ...types]);
const [functions, withParam] = documented("param");
const [, withExample] = documented("example");
const rows: string[][] = [
  ["measure", "now"],
  ["lines of src", String(sources.reduce((sum, file) => sum + linesOf(read(file)), 0))],
  ["values in the entry allocell; names in all entries", `${exported["."]?.values.length}; ${names.length}`],
  ["public values named in no document", String(untold().length)],
  ["functions of the entry with @param, with @example", `${withParam}, ${withExample} of ${functions}`],
  ["files that know the kind of a procedure, apart from procedure and reproduce", String(knowKinds().length)],
  ["list + dose, minified, gzip", await gzipOf(wholeRooms("list", "dose"))],
  ["generateList + prescribe alone, from src", await gzipOf(named("./src/index.ts", "generateList", "prescribe"))],
  ["random, minified, gzip", await gzipOf(wholeRooms("random"))],
  ["random without R's functions", await gzipOf(named("./src/random/index.ts", ...withoutR))],
  ["generateList, plan and trial in, 48 rows in two sites", `${show(call.median)}, at best ${show(call.best)}`],
];
if (existsSync(join(root, "dist/index.js"))) {
  const two = await gzipOf(named("./dist/index.js", "generateList", "prescribe"));
  rows.push(["generateList + prescribe alone, from the built package", two]);
  const empty = msOf("--input-type=module", "-e", "0");
  const entry = msOf("--input-type=module", "-e", 'import "./dist/index.js"');
  const nothing = msOf("-e", "0");
  const dose = msOf(
    "dist/cli/main.js",
    "dose",
    "NCT07041801",
    "--arm",
    "low",
    "--weight",
    "72.4 kg",
    "--assumptions",
    "examples/sle/assumptions.yaml",
  );
  rows.push(["import of the entry beside an empty module", `${entry.toFixed(0)} ms, ${empty.toFixed(0)} ms`]);
  rows.push(["allocell dose beside node -e 0", `${dose.toFixed(0)} ms, ${nothing.toFixed(0)} ms`]);
}
printTable(rows);
if (process.argv.includes("--names")) console.log([...untold(), "", ...knowKinds()].join("\n"));
