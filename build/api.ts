// Makes docs/api: every exported name of every entry, from the sources. `npm run api`; with `--check` it writes nothing.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = join(root, "docs/api");

/** The sources of the entries in package.json; the main entry last, so that a name is told in its own room. */
function entryPoints(): readonly string[] {
  const { exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { exports: object };
  const rooms = Object.keys(exports)
    .filter((entry) => entry !== "." && entry !== "./package.json")
    .map((entry) => join(root, "src", entry, "index.ts"));
  return [...rooms, join(root, "src/index.ts")];
}

const OPTIONS = {
  tsconfig: join(root, "tsconfig.node.json"),
  basePath: join(root, "src"),
  plugin: ["typedoc-plugin-markdown"],
  name: "The API, by entry",
  router: "module",
  readme: "none",
  // The types are checked by `npm run typecheck`; places in the sources change with every line.
  skipErrorChecking: true,
  disableSources: true,
  excludeExternals: true,
  excludePrivate: true,
  hidePageHeader: true,
  hideBreadcrumbs: true,
  logLevel: "Error",
  ...Object.fromEntries(
    ["index", "parameters", "interfaceProperties", "classProperties", "propertyMembers", "enumMembers"].map((what) => [
      `${what}Format`,
      "table",
    ]),
  ),
  typeAliasPropertiesFormat: "table",
  typeDeclarationFormat: "table",
};

/** The Markdown files below a folder, sorted. */
const pagesIn = (place: string): readonly string[] =>
  existsSync(place)
    ? readdirSync(place, { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => name.replaceAll("\\", "/"))
        .sort()
    : [];

/** The pages as the sources give them, by name. */
function makePages(): ReadonlyMap<string, string> {
  const place = mkdtempSync(join(tmpdir(), "allocell-api-"));
  try {
    const options = join(place, "typedoc.json");
    const out = join(place, "out");
    writeFileSync(options, JSON.stringify({ ...OPTIONS, entryPoints: entryPoints(), out }));
    const program = join(root, "node_modules/typedoc/bin/typedoc");
    execFileSync(process.execPath, [program, "--options", options], { cwd: root, stdio: "inherit" });
    const pages = new Map<string, string>();
    for (const name of pagesIn(out)) {
      pages.set(name, readFileSync(join(out, name), "utf8"));
    }
    return pages;
  } finally {
    rmSync(place, { recursive: true });
  }
}

const isCheck = process.argv.includes("--check");
const pages = makePages();
const stale = [...new Set([...pages.keys(), ...pagesIn(folder)])].filter((name) => {
  const file = join(folder, name);
  return !existsSync(file) || readFileSync(file, "utf8") !== pages.get(name);
});
if (isCheck && stale.length > 0) {
  process.stderr.write(`docs/api is not what the sources give; npm run api makes it anew: ${stale.join(", ")}\n`);
  process.exitCode = 1;
} else if (!isCheck) {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of pages) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}
process.stdout.write(`docs/api: ${pages.size} pages, ${stale.length} ${isCheck ? "stale" : "changed"}\n`);
