// Tests what is shipped: packs the package, installs the tarball elsewhere, and uses it as its users do.
// Run: npm run test:package
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import * as sources from "../../src/index.js";
import { checkBillOfMaterials } from "./billOfMaterials.js";
import { evidenceInChromium } from "./browser.js";
import { TEST_SIGNING_KEY } from "../support/signingKey.js";
import { check, finish, Missing, run } from "./checks.js";
import { checkCodeBreakStory } from "./codeBreakStory.js";
import { checkInstallation } from "./installation.js";
import { checkLabelLimits } from "./labelLimits.js";
import { checkWorksheets } from "./worksheets.js";

interface Names {
  readonly values: readonly string[];
  readonly types: readonly string[];
}
type Evidence = Readonly<Record<"master" | "blinded" | "prescription" | "refusal", string>>;

const NODE_MAJORS = [20, 22, 24, 26];
/** The lowest version that reads our declarations, the last of its major, and the one that the package is built with. */
const TYPESCRIPTS = ["5.4", "5.9", "6.0"];
const root = fileURLToPath(new URL("../..", import.meta.url));
const tools = join(root, "node_modules/.bin");
const place = mkdtempSync(join(tmpdir(), "allocell-package-"));
const consumer = join(place, "consumer");
const namesFile = join(root, "tests/architecture/exports.json");
const names = JSON.parse(readFileSync(namesFile, "utf8")) as Readonly<Record<string, Names>>;

const evidenceOf = createRequire(import.meta.url)("./consumers/evidence.cjs") as (library: object) => Evidence;
const expected = evidenceOf(sources);
const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

function assertSame(actual: Evidence): void {
  for (const [name, text] of Object.entries(expected)) {
    assert.equal(sha256(actual[name as keyof Evidence]), sha256(text), `${name} differs from that of the sources`);
  }
}

/** Packs the package, its sums signed by a key that everybody knows. */
async function pack(): Promise<string> {
  const key = join(place, "release-key");
  writeFileSync(key, TEST_SIGNING_KEY);
  process.env["ALLOCELL_RELEASE_KEY"] = key;
  await run("npm", ["pack", "--silent", "--pack-destination", place], root);
  const tarball = readdirSync(place).find((name) => name.endsWith(".tgz"));
  assert.ok(tarball);
  return join(place, tarball);
}

async function install(tarball: string): Promise<void> {
  mkdirSync(consumer);
  writeFileSync(join(consumer, "package.json"), '{ "private": true, "type": "module" }');
  await run("npm", ["install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", tarball], consumer);
  cpSync(join(root, "tests/e2e/consumers"), consumer, { recursive: true });
  const installed = readdirSync(join(consumer, "node_modules"), { recursive: true, encoding: "utf8" });
  // Those that our declarations could lean on must not be there.
  const leaned = ["@types/node", "@types/seedrandom", "@types/cli-progress"];
  assert.ok(!installed.some((path) => leaned.includes(path)), "the consumer has none of our own @types");
  const own = join(consumer, "node_modules/allocell");
  // npm packs these three without being told.
  const { files } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { files: string[] };
  const packed = new Set([...files, "package.json", "README.md", "LICENSE"]);
  assert.ok(!existsSync(join(own, "examples/out")), "what the demo wrote is not packed");
  for (const path of readdirSync(own, { recursive: true, encoding: "utf8" })) {
    assert.ok(packed.has(path.split(sep)[0] ?? ""), `${path} is packed, and "files" of package.json does not name it`);
    const file = join(own, path);
    if (statSync(file).isFile()) assert.ok(!readFileSync(file, "utf8").includes(root), `${path} names this machine`);
  }
}

/** Bytes of the installed files, and how many packages there are. The limits: 25 MB and 25 packages. */
function installedSize(): string {
  const modules = join(consumer, "node_modules");
  const files = readdirSync(modules, { recursive: true, encoding: "utf8" }).map((path) =>
    statSync(join(modules, path)),
  );
  const megabytes = files.reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0) / 1e6;
  const lock = JSON.parse(readFileSync(join(modules, ".package-lock.json"), "utf8")) as { readonly packages: object };
  const packages = Object.keys(lock.packages).length;
  assert.ok(megabytes < 25 && packages < 25, `${megabytes.toFixed(1)} MB, ${packages} packages`);
  return `${megabytes.toFixed(1)} MB, ${packages} packages`;
}

/** Bytes of the pages, as gzip makes them. */
const PAGE_LIMITS: Readonly<Record<string, number>> = { pharmacy: 184_320, statistics: 250_000 };

/** Bytes of a program that uses two functions of the entry, as gzip makes them: it has what they need, and no more. */
const TWO_FUNCTIONS_LIMIT = 69_000;

function sizesOfPages(): Promise<string> {
  const sizes = Object.entries(PAGE_LIMITS).map(([page, limit]) => {
    const html = readFileSync(join(consumer, `node_modules/allocell/dist/app/${page}.html`));
    const size = gzipSync(html, { level: 9 }).length;
    assert.ok(size < limit, `${page}.html: ${size} bytes gzip, limit ${limit}`);
    return `${page}.html ${(size / 1000).toFixed(1)} kB`;
  });
  return Promise.resolve(`${sizes.join(", ")} (gzip)`);
}

async function useWith(node: string): Promise<void> {
  for (const program of ["esm.mjs", "cjs.cjs"]) {
    const { stdout } = await run(node, [program, namesFile], consumer);
    assertSame(JSON.parse(stdout) as Evidence);
  }
}

/** The folder of a version of an npm package, installed apart from everything else. */
async function ofNpm(name: string, version: string): Promise<string> {
  const home = join(place, `${name}-${version}`);
  mkdirSync(home);
  writeFileSync(join(home, "package.json"), '{ "private": true }');
  const options = ["--silent", "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...options, `${name}@${version}`], home).catch((error: unknown) => {
    throw new Missing(`npm has no ${name}@${version} here (${String(error)})`);
  });
  return join(home, "node_modules", name);
}

/** The binary of a Node major, which its npm package for this platform carries. */
const nodeOfMajor = async (major: number): Promise<string> =>
  join(await ofNpm(`node-${process.platform}-${process.arch}`, String(major)), "bin/node");

/** A strict project that re-exports every name of every entry, as ESM and as CommonJS, and our declarations with it. */
async function compile(compiler: string, moduleResolution: "nodenext" | "bundler"): Promise<void> {
  const reexports = Object.entries(names).map(([entry, { values, types }], index) => {
    const listed = [...values, ...types.map((name) => `type ${name}`)].map((name) => `  ${name},\n`).join("");
    return [`entry${index}`, `export {\n${listed}} from "allocell${entry.slice(1)}";\n`] as const;
  });
  const extensions = moduleResolution === "nodenext" ? ["ts", "cts"] : ["ts"];
  const files = ["usage.ts"];
  for (const [name, text] of reexports) {
    for (const extension of extensions) {
      files.push(`${name}.${extension}`);
      writeFileSync(join(consumer, `${name}.${extension}`), text);
    }
  }
  const compilerOptions = {
    target: "ES2022",
    lib: ["ES2023"],
    types: [],
    module: moduleResolution === "nodenext" ? "NodeNext" : "ESNext",
    moduleResolution,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: moduleResolution === "bundler",
    skipLibCheck: false,
    noEmit: true,
  };
  const project = join(consumer, `tsconfig.${moduleResolution}.json`);
  writeFileSync(project, JSON.stringify({ compilerOptions, files }));
  await run(process.execPath, [compiler, "-p", project], consumer);
}

/** A minified bundle for browsers of a module that stands in the consumer's folder. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: consumer },
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    format: "iife",
    logLevel: "silent",
  });
  const [file] = outputFiles;
  assert.ok(file);
  return file.text;
}

const gzipKib = (text: string): string => `${(gzipSync(text).length / 1024).toFixed(1)} KiB gzip`;

async function useTheCommand(): Promise<void> {
  const command = join(consumer, "node_modules/.bin/allocell");
  assert.equal((await run(command, ["--version"], consumer)).stdout.trim(), sources.VERSION);
  assert.match((await run(command, ["--help"], consumer)).stdout, /Usage: allocell/);
  // A store needs a driver of the user's, and this consumer has none.
  const assign = ["assign", "LIST", "--store", "postgres://db/trial", "--participant", "P-1", "--actor", "N. Berg"];
  await assert.rejects(run(command, assign, consumer), /cli\.driver_missing/);
}

/** The operational qualification passes on what was installed, within a minute. */
async function useTheCases(): Promise<string> {
  const command = join(consumer, "node_modules/.bin/allocell");
  const started = Date.now();
  const { stdout } = await run(command, ["oq"], consumer);
  assert.match(stdout, /^OQ PASSED (\d+) of \1, /m);
  const seconds = (Date.now() - started) / 1000;
  assert.ok(seconds < 60, `oq took ${seconds} s`);
  const cases = join(consumer, "node_modules/allocell/docs/validation/oq/N.json");
  const kept = readFileSync(cases);
  rmSync(cases);
  await assert.rejects(run(command, ["oq", "--group", "N"], consumer), /N-all SYS-002 [^]*OQ FAILED 0 of 1/);
  writeFileSync(cases, kept);
  return `${/OQ PASSED \d+ of \d+/.exec(stdout)?.[0] ?? ""} in ${seconds.toFixed(1)} s`;
}

async function main(): Promise<void> {
  let tarball = "";
  await check("npm pack", async () => {
    tarball = await pack();
  });
  if (tarball === "") return;
  await check("publint --strict", async () => {
    await run(join(tools, "publint"), ["--strict", tarball], root);
  });
  await check("attw, profile node16", async () => {
    await run(join(tools, "attw"), ["--profile", "node16", "--no-definitely-typed", "--quiet", tarball], root);
  });
  const isInstalled = await check("install the tarball", async () => {
    await install(tarball);
    return installedSize();
  });
  if (isInstalled === undefined) return;
  await check("the sizes of the pages", sizesOfPages);
  await check("the bill of materials and the licences", () =>
    Promise.resolve(checkBillOfMaterials(join(consumer, "node_modules"))),
  );
  await check(`ESM and CommonJS under this Node (${process.version})`, () => useWith(process.execPath));
  await check("the command allocell", useTheCommand);
  await check("the installation qualification iq, and what it must find", () => checkInstallation(consumer));
  await check("the operational qualification oq", useTheCases);
  await check("a code break from the command line", () =>
    checkCodeBreakStory([join(consumer, "node_modules/.bin/allocell")], place),
  );
  await check("worksheets, records and labels printed in Chromium", () =>
    checkWorksheets([join(consumer, "node_modules/.bin/allocell"), "prepare"], join(root, "examples")),
  );
  await check("the longest texts that a label takes, printed in Chromium", checkLabelLimits);
  for (const version of TYPESCRIPTS) {
    await check(`strict TypeScript ${version}, nodenext and bundler`, async () => {
      const compiler = join(await ofNpm("typescript", version), "bin/tsc");
      for (const resolution of ["nodenext", "bundler"] as const) await compile(compiler, resolution);
      return (await run(process.execPath, [compiler, "--version"], consumer)).stdout.trim();
    });
  }
  let page = "";
  await check("bundle of allocell for browsers", async () => {
    page = await bundle(readFileSync(join(consumer, "page.js"), "utf8"));
    return gzipKib(page);
  });
  for (const room of ["random", "dose", "list"]) {
    await check(`bundle of allocell/${room} alone`, async () =>
      gzipKib(await bundle(`import * as room from "allocell/${room}"; globalThis.room = { ...room };`)),
    );
  }
  await check("bundle of generateList and prescribe alone", async () => {
    const names = "generateList, prescribe";
    const program = await bundle(`import { ${names} } from "allocell"; globalThis.used = [${names}];`);
    const size = gzipSync(program).length;
    assert.ok(size < TWO_FUNCTIONS_LIMIT, `${size} bytes gzip, limit ${TWO_FUNCTIONS_LIMIT}`);
    return gzipKib(program);
  });
  await check("the bundle in Chromium", async () => {
    assertSame((await evidenceInChromium(page)) as Evidence);
  });
  for (const major of NODE_MAJORS) {
    await check(`ESM and CommonJS under Node ${major}`, async () => {
      const node = await nodeOfMajor(major);
      await useWith(node);
      return (await run(node, ["--version"], consumer)).stdout.trim();
    });
  }
}

try {
  await main();
} finally {
  rmSync(place, { recursive: true, force: true });
}
for (const [name, text] of Object.entries(expected)) {
  if (name !== "refusal") console.log(`${name.padEnd(13)}sha256 ${sha256(text)}`);
}
finish();
