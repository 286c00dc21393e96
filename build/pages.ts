// Makes the pages of src/app: one HTML file each, with its program and its style inside. Run by `npm run build`.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform, type Plugin } from "esbuild";
import { minify } from "terser";
import { factsOfDoses } from "./pageFacts.js";

export const PAGES = ["pharmacy", "statistics"] as const;
export type PageName = (typeof PAGES)[number];

const root = fileURLToPath(new URL("..", import.meta.url));
const app = join(root, "src/app");

/** What a page has in the place of Node's modules, and of what only a terminal needs. */
const IN_A_PAGE: Readonly<Record<string, string>> = {
  "node:fs": "fs.ts",
  "node:path": "path.ts",
  "node:crypto": "crypto.ts",
  "node:os": "small.ts",
  "node:buffer": "small.ts",
  "node:timers/promises": "small.ts",
  "node:stream": "stream.ts",
  "csv-parse": "csv.ts",
  "csv-parse/sync": "csv.ts",
  "csv-stringify/sync": "csv.ts",
  "cli-progress": "nothing.ts",
  "preact-render-to-string": "renderToString.ts",
  "decimal.js": "decimal.ts",
};

const inAPage: Plugin = {
  name: "in-a-page",
  setup: (own) => {
    own.onResolve({ filter: /^(?:node:|csv-|cli-progress$|decimal\.js$|preact-render-to-string$)/ }, ({ path }) => {
      const file = IN_A_PAGE[path];
      if (file === undefined) return { errors: [{ text: `${path} has no place in a page` }] };
      return { path: join(app, "platform", file) };
    });
    // A page has the answers as JSON and words of its own: what a terminal shows is not in it.
    own.onResolve({ filter: /\/(?:answers\/\w+|allocated)\.js$/ }, ({ path }) => ({
      path: join(app, "platform", path.endsWith("/batchAnswer.js") ? "untold.ts" : "nothing.ts"),
    }));
    own.onResolve({ filter: /\/(?:yamlReading|writeFiles|wholeFile)\.js$/ }, ({ path }) => ({
      path: join(app, "platform", path.replace(/^.*\/(\w+)\.js$/u, "$1.ts")),
    }));
  },
};

/** What no page does: making JSON Schemas, codes of GS1, and reading an allocation log, which an audit of a plan has none of. */
const LEFT_OUT =
  /zod\/v4\/core\/(?:to-json-schema|json-schema-processors)\.js$|etiket\/dist\/_chunks\/gs1-128\.mjs$|src\/allocation\/(?:readLog|dynamicLog)\.ts$/;

const WORDS = "This file uses something that a page does not read: use the command instead.";

/** The names that a module exports. */
function exportedNames(source: string): readonly string[] {
  const declared = [...source.matchAll(/^export (?:const|function|class) (\w+)/gmu)].map(([, name = ""]) => name);
  const listed = [...source.matchAll(/(?:^|[;}])export ?\{([^}]*)\}/gmu)].flatMap(([, names = ""]) => names.split(","));
  return [...declared, ...listed.map((name) => name.trim().replace(/^.* as /u, "")).filter((name) => name !== "")];
}

/** Modules that nothing in a page calls, without what is in them: their names are imported, and that is all. */
const leftOut: Plugin = {
  name: "left-out",
  setup: (own) => {
    own.onLoad({ filter: LEFT_OUT }, ({ path }) => {
      const names = exportedNames(readFileSync(path, "utf8"));
      const stubs = names.map((name, i) => `const n${i} = () => { throw new Error(LEFT_OUT_WORDS); };`);
      const list = names.map((name, i) => `n${i} as ${name}`).join(", ");
      return {
        contents: `const LEFT_OUT_WORDS = ${JSON.stringify(WORDS)};\n${stubs.join("\n")}\nexport { ${list} };`,
        loader: "js",
      };
    });
  },
};

/** A word of the pages with its family: `"seed.title": text(...)`. */
const WORD = /^ {2}"(?<family>[\w-]+)\.[^"]*": text\((?:.*\),|\n[\s\S]*?^ {2}\),)\n/gmu;

/** Of the words of both pages those families that a page's own sources, or those that both share, speak of. */
const ownWords = (page: PageName): Plugin => ({
  name: "own-words",
  setup: (own) => {
    own.onLoad({ filter: /\/app\/texts\/words\.ts$/ }, ({ path }) => {
      const said = [page, "view"].flatMap((folder) =>
        readdirSync(join(app, folder)).map((name) => readFileSync(join(app, folder, name), "utf8")),
      );
      const isSaid = (family: string): boolean => said.some((text) => new RegExp(`["\`]${family}\\.`, "u").test(text));
      return {
        contents: readFileSync(path, "utf8").replace(WORD, (word, family: string) => (isSaid(family) ? word : "")),
        loader: "ts",
      };
    });
  },
});

/**
 * The Chinese of the codes that a program tells, and of no others. A code stands in a program as a whole, or its last part
 * does where the first is put before it.
 *
 * @param program - the same program without any Chinese of codes
 */
const ownCodes = (program: string | undefined): Plugin => ({
  name: "own-codes",
  setup: (own) => {
    const isTold = (code: string): boolean =>
      [code, code.replace(/^\w+\./u, "")].some((text) => program?.includes(`"${text}"`) === true);
    own.onLoad({ filter: /\/chinese\/codes\/\w+Codes\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, "utf8").replace(/^ {2}"([a-z]+\.\w+)": \[[\s\S]*?\],\n/gmu, (entry, code: string) =>
        isTold(code) ? entry : "",
      ),
      loader: "ts",
    }));
  },
});

/** What the command loads when it needs it is in a page from the start: one import at run time would wrap every module. */
const atOnce: Plugin = {
  name: "at-once",
  setup: (own) => {
    own.onLoad({ filter: /\/src\/cli\/.*\.ts$/ }, ({ path }) => {
      const found: string[] = [];
      const body = readFileSync(path, "utf8").replace(/await import\(("[^"]+")\)/gu, (_, name: string) => {
        found.push(`import * as atOnce${found.length} from ${name};`);
        return `atOnce${found.length - 1}`;
      });
      return { contents: `${found.join("")}${body}`, loader: "ts" };
    });
  },
};

const HELD_BEFORE = ["checkConsistency(trial, report);", "if (isGenericTrial(input)) return readGenericTrial(input);"];

/** `allocell page` reads a trial in full and holds it to its own word before it puts it into a pharmacy's page, which has no other. */
const heldBefore: Plugin = {
  name: "held-before",
  setup: (own) => {
    own.onLoad({ filter: /\/src\/trial\/defineTrial\.ts$/ }, ({ path }) => ({
      contents: HELD_BEFORE.reduce(
        (text, part) => {
          if (!text.includes(part)) throw new Error(`${path} has no longer: ${part}`);
          return text.replace(part, "");
        },
        readFileSync(path, "utf8"),
      ),
      loader: "ts",
    }));
  },
};

/** A page's program as esbuild makes it. */
async function bundleOf(page: PageName, withoutCodes?: string): Promise<string> {
  const own = page === "pharmacy" ? [factsOfDoses, heldBefore] : [];
  const { outputFiles } = await build({
    entryPoints: [join(app, page, "main.ts")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    platform: "neutral",
    mainFields: ["module", "main"],
    conditions: ["browser"],
    inject: [join(app, "platform/globals.ts")],
    plugins: [...own, inAPage, ownWords(page), ownCodes(withoutCodes), atOnce, leftOut],
    legalComments: "none",
    charset: "utf8",
    tsconfig: join(root, "tsconfig.node.json"),
    logLevel: "warning",
    absWorkingDir: root,
  });
  return outputFiles[0]?.text ?? "";
}

/** The program of a page, from its sources; `smallest` takes ten seconds more. */
export async function programOf(page: PageName, smallest = true): Promise<string> {
  const text = await bundleOf(page, await bundleOf(page));
  // What terser makes of it is a thirtieth smaller.
  const { code = "" } = smallest
    ? await minify(text, { ecma: 2020, compress: { passes: 4, keep_fargs: false } })
    : { code: text };
  // The end of a script element may not stand inside it.
  return code.trimEnd().replaceAll("</script", "<\\/script");
}

const digest = (text: string): string => createHash("sha256").update(text, "utf8").digest("base64");

/** Nothing is loaded and nothing sent; the only program is the one whose digest stands here. */
const policyOf = (program: string): string =>
  [
    "default-src 'none'",
    `script-src 'sha256-${digest(program)}'`,
    // The documents that are looked at have their style inside, as the command writes them.
    "style-src 'unsafe-inline'",
    "worker-src blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** A page as one HTML text. `allocell page` puts a trial's answers into the element `baked`. */
export async function pageHtml(page: PageName, smallest = true): Promise<string> {
  const program = await programOf(page, smallest);
  const { code } = await transform(readFileSync(join(app, "page.css"), "utf8"), { loader: "css", minify: true });
  const css = code.trimEnd();
  return [
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policyOf(program)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
    `<title>allocell ${page}</title><style>${css.trim()}</style></head>`,
    '<body><div id="page"></div><script type="application/json" id="baked">{}</script>',
    `<script id="program">${program}</script></body></html>\n`,
  ].join("\n");
}

/** Writes all pages into `dist/app`. */
export async function writePages(folder = join(root, "dist/app")): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const page of PAGES) writeFileSync(join(folder, `${page}.html`), await pageHtml(page));
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) await writePages();
