// Makes docs/api: every exported name of every entry, from the sources. `npm run api`; with `--check` it writes nothing.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { apiPages } from "./apiPages.js";

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
  router: "member",
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

/** What TypeDoc says of a name, as far as it is read here. */
interface Declared {
  readonly id: number;
  readonly name: string;
  readonly kind: number;
  readonly children?: readonly Declared[];
}

/** What TypeDoc says of everything. */
interface Project extends Declared {
  readonly symbolIdMap: Readonly<Record<number, { readonly packagePath: string }>>;
}

/** Folders of TypeDoc's pages, by the number of the kind of name. */
const FOLDERS: Readonly<Record<number, string>> = {
  8: "enumerations",
  32: "variables",
  64: "functions",
  128: "classes",
  256: "interfaces",
  2097152: "type-aliases",
};

/** Where each name is declared, by the place of its page. */
function filesOf({ children = [], symbolIdMap }: Project): ReadonlyMap<string, string> {
  return new Map(
    children.flatMap((room) =>
      (room.children ?? []).flatMap(({ id, name, kind }) => {
        const [folder, file] = [FOLDERS[kind], symbolIdMap[id]?.packagePath];
        return folder === undefined || file === undefined
          ? []
          : [[`${room.name}/${folder}/${name}.md`, file.replace(/^src\//u, "")] as const];
      }),
    ),
  );
}

/** What each room is, from the table in docs/architecture.md, which a test holds to the imports. */
function roomsOf(): ReadonlyMap<string, string> {
  const text = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([\w/]+)` +\|.*\| (.+?) +\|$/gmu)].map(
    ([, room = "", what = ""]) => [room, what] as const,
  );
  return new Map([
    ...rows,
    ["index", "the entry `allocell`: about 70 names with which a program makes a dose, a list and its log"],
  ]);
}

/** The pages as the sources give them, by name. */
function makePages(): ReadonlyMap<string, string> {
  const place = mkdtempSync(join(tmpdir(), "allocell-api-"));
  try {
    const [options, out, json] = ["typedoc.json", "out", "names.json"].map((name) => join(place, name)) as [
      string,
      string,
      string,
    ];
    const outputs = [
      { name: "markdown", path: out },
      { name: "json", path: json },
    ];
    writeFileSync(options, JSON.stringify({ ...OPTIONS, entryPoints: entryPoints(), outputs }));
    const program = join(root, "node_modules/typedoc/bin/typedoc");
    execFileSync(process.execPath, [program, "--options", options], { cwd: root, stdio: "inherit" });
    const pages = new Map(pagesIn(out).map((name) => [name, readFileSync(join(out, name), "utf8")] as const));
    const files = filesOf(JSON.parse(readFileSync(json, "utf8")) as Project);
    return apiPages({ pages, files, rooms: roomsOf() });
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
