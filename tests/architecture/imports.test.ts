import { readFileSync } from "node:fs";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { readSources } from "./sourceFiles.js";
import { untoldValues } from "./untoldValues.js";

const sources = readSources();
const rooms = new Set([...sources.values()].filter(({ path }) => path.includes("/")).map(({ room }) => room));

/** The table of rooms in docs/architecture.md: by room, the rooms and the packages that it may import. */
function readTable(): ReadonlyMap<string, { readonly rooms: readonly string[]; readonly packages: readonly string[] }> {
  const codes = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
  const rows = readFileSync("docs/architecture.md", "utf8").matchAll(/^\| `([\w/]+)` *\|([^|]*)\|([^|]*)\|[^|]*\|$/gm);
  return new Map(
    [...rows].map(([, room = "", standsOn = "", packages = ""]) => [
      room,
      { rooms: standsOn.includes("every room") ? [...rooms] : codes(standsOn), packages: codes(packages) },
    ]),
  );
}

const table = readTable();
/** Rooms that touch files, the network or the clock. */
const EDGES: readonly string[] = [...rooms].filter((room) => /^(?:store|cli|app)(?:\/|$)/.test(room));
const CORE = [...sources.values()].filter(({ room }) => !EDGES.includes(room));

describe("the rooms", () => {
  it("are those of the table in docs/architecture.md", () => {
    expect([...table.keys()].sort()).toEqual([...rooms].sort());
  });

  it("stand only on rooms above them in the table, so that none stands on itself", () => {
    const order = [...table.keys()];
    for (const [room, { rooms: lower }] of table) {
      if (room === "cli") continue;
      for (const below of lower) expect(order.indexOf(below), `${room} on ${below}`).toBeLessThan(order.indexOf(room));
    }
  });

  it("import only what the table allows, and other rooms through their index only", () => {
    const faults: string[] = [];
    for (const { path, room, files } of sources.values()) {
      const allowed = table.get(room)?.rooms ?? [];
      for (const file of files) {
        const target = sources.get(file)?.room;
        if (/\.(?:sql|py|R)$/.test(file)) continue;
        if (target === undefined) faults.push(`${path} imports ${file}, which is no file of src`);
        else if (target === room || file === "version.ts") continue;
        else if (file === "index.ts" && room === "cli") continue;
        else if (room !== "index.ts" && !allowed.includes(target)) faults.push(`${path} imports room ${target}`);
        else if (file !== `${target}/index.ts`) faults.push(`${path} imports ${file} past its room's index`);
      }
    }
    expect(faults).toEqual([]);
  });

  it("import only the packages that the table allows", () => {
    const faults: string[] = [];
    for (const { path, room, packages } of sources.values()) {
      const allowed = table.get(room)?.packages ?? [];
      for (const name of packages) {
        const isNode = EDGES.includes(room) && name.startsWith("node:");
        if (!isNode && !allowed.some((own) => name === own || name.startsWith(`${own}/`)))
          faults.push(`${path} imports ${name}`);
      }
    }
    expect(faults).toEqual([]);
  });

  it("import nothing of Node that opens a connection or runs another program", { tags: ["SEC-001", "SEC-002"] }, () => {
    const barred =
      /^(?:node:)?(?:https?|http2|net|tls|dgram|dns|inspector|vm|child_process|cluster|worker_threads)(?:\/|$)/;
    const found = [...sources.values()].flatMap(({ path, packages }) =>
      packages.filter((name) => barred.test(name)).map((name) => `${path} imports ${name}`),
    );
    expect(found).toEqual([]);
  });

  it("import no other package than the package depends on", () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync("package.json", "utf8")) as Readonly<
      Record<"dependencies" | "devDependencies", object>
    >;
    const { app, ...others } = Object.fromEntries(table);
    const named = new Set(Object.values(others).flatMap(({ packages }) => packages));
    // The programs of dist have these in themselves: nobody installs them with the package.
    const bundled = [
      ...["age-encryption", "cli-progress", "commander", "csv-parse", "csv-stringify", "etiket"],
      ...["preact-render-to-string", "yaml", "zod"],
    ];
    expect(bundled.filter((name) => name in dependencies || !(name in devDependencies))).toEqual([]);
    expect([...named].sort()).toEqual([...Object.keys(dependencies), ...bundled].sort());
    // What a page needs is bundled into it: nobody installs it with the package.
    const known = Object.keys({ ...dependencies, ...devDependencies });
    expect(app?.packages.filter((name) => !known.includes(name))).toEqual([]);
  });

  it("leave version.ts without imports", () => {
    expect(sources.get("version.ts")).toMatchObject({ files: [], packages: [] });
  });
});

/** A cycle of imports that begins and ends with one file, if there is one. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const finished = new Set<string>();
  const visit = (file: string, trail: readonly string[]): readonly string[] | undefined => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
    if (finished.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...trail, file]);
      if (cycle !== undefined) return cycle;
    }
    finished.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

describe("import cycles", () => {
  it("are found", () => {
    const graph = { a: ["b"], b: ["c", "d"], c: [], d: ["b"] };
    expect(findCycle(new Map(Object.entries(graph)))).toEqual(["b", "d", "b"]);
  });

  it("do not exist", () => {
    expect(findCycle(new Map([...sources].map(([path, { files }]) => [path, files])))).toBeUndefined();
  });
});

// Other globals of a platform do not compile in the core: tsconfig.json knows no types but the language's own.
const IMPURE = new Set([
  "Date",
  "Intl",
  "console",
  "process",
  "globalThis",
  "crypto",
  "fetch",
  "setTimeout",
  "setInterval",
]);
const CONNECTS = new Set(["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "RTCPeerConnection"]);
const RUNS = new Set(["eval", "Function", "AsyncFunction"]);
const IMPURE_MEMBERS = new Set([
  "Math.random",
  "toLocaleString",
  "toLocaleUpperCase",
  "toLocaleLowerCase",
  "localeCompare",
]);

/** Names in a tree that reach for the clock, chance, the locale or the platform. Property names of data are no such use. */
function impureUses(tree: ts.SourceFile, names = IMPURE, members = IMPURE_MEMBERS): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isIdentifier(node)) return;
    const { parent } = node;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
    const isOwnName =
      (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isMethodDeclaration(parent)) &&
      parent.name === node;
    if (isMember) {
      const whole = `${parent.expression.getText(tree)}.${node.text}`;
      if (members.has(whole) || members.has(node.text)) found.push(whole);
    } else if (!isOwnName && names.has(node.text)) found.push(node.text);
  };
  visit(tree);
  return found;
}

describe("the core", () => {
  it.each([
    ["const now = Date.now();", ["Date"]],
    ["const now = new Date();", ["Date"]],
    ["const u = Math.random();", ["Math.random"]],
    ["x.sort((a, b) => a.localeCompare(b));", ["a.localeCompare"]],
    ["const y = { Date: 1 }.Date; // Date and console in a comment, 'process' in a text", []],
  ])("is read rightly: %s", (text, uses) => {
    expect(impureUses(ts.createSourceFile("x.ts", text, ts.ScriptTarget.ES2022, true))).toEqual(uses);
  });

  it("uses no clock, no ambient randomness, no locale and no platform", () => {
    const faults = CORE.flatMap(({ path, tree }) => impureUses(tree).map((use) => `${path} uses ${use}`));
    expect(faults).toEqual([]);
  });

  it("imports nothing of Node", { tags: ["SEC-001", "SEC-002"] }, () => {
    expect(CORE.filter(({ packages }) => packages.some((name) => name.startsWith("node:")))).toEqual([]);
  });
});

/** Dynamic imports whose file is not written in the code. */
function computedImports(tree: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
    if (!node.arguments.every(ts.isStringLiteral)) found.push(node.getText(tree));
  };
  visit(tree);
  return found;
}

describe("the sources", () => {
  const uses = (names: ReadonlySet<string>, ...members: readonly string[]): readonly string[] =>
    [...sources.values()].flatMap(({ path, tree }) =>
      impureUses(tree, new Set(names), new Set(members)).map((use) => `${path} uses ${use}`),
    );

  it("open no connection, edges and pages included", { tags: ["SEC-001"] }, () => {
    expect(uses(CONNECTS, "sendBeacon")).toEqual([]);
  });

  it("make no program of a text, and load none but the driver of a database", { tags: ["SEC-002"] }, () => {
    expect(uses(RUNS, "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")).toEqual([]);
    const computed = [...sources.values()].filter(({ tree }) => computedImports(tree).length > 0);
    expect(computed.map(({ path }) => path)).toEqual(["cli/storeConnection.ts"]);
  });

  it.each([
    ["await fetch(url); new WebSocket(url);", ["fetch", "WebSocket"]],
    ["navigator.sendBeacon(url); const fetched = { fetch: 1 }.fetch;", ["navigator.sendBeacon"]],
    ["type F = (a: number) => Function;", ["Function"]],
  ])("are read rightly: %s", (text, found) => {
    const tree = ts.createSourceFile("x.ts", text, ts.ScriptTarget.ES2022, true);
    expect(impureUses(tree, new Set([...CONNECTS, ...RUNS]), new Set(["sendBeacon"]))).toEqual(found);
    const imports = ts.createSourceFile("x.ts", 'import("./a.js"); import(name);', ts.ScriptTarget.ES2022, true);
    expect(computedImports(imports)).toEqual(["import(name)"]);
  });
});

describe("calls", () => {
  it("spread no list into the arguments of `push` or of a constructor: a long one overflows the stack", () => {
    const faults: string[] = [];
    for (const { path, tree } of sources.values()) {
      const visit = (node: ts.Node): void => {
        ts.forEachChild(node, visit);
        const isPush =
          ts.isCallExpression(node) &&
          ts.isPropertyAccessExpression(node.expression) &&
          ["push", "unshift", "splice", "fromCharCode", "fromCodePoint"].includes(node.expression.name.text);
        if (!isPush && !ts.isNewExpression(node)) return;
        if (node.arguments?.some(ts.isSpreadElement) === true) faults.push(`${path}: ${node.getText(tree)}`);
      };
      visit(tree);
    }
    expect(faults).toEqual([]);
  });
});

describe("the message of an issue", () => {
  it("tells no value that is not in its path, expected, received or parameters too", () => {
    const found = [...sources.values()].flatMap(({ path, tree }) =>
      untoldValues(tree).map((value) => `${path}: ${value}`),
    );
    // Of a helper whose code may be any of several.
    expect(found).toEqual(["escalation/history.ts: level"]);
  });

  it.each([
    ['fail("a.b", "x", `No ${thing} here.`)', ["thing"]],
    ['fail("a.b", "x", `No ${thing} here.`, { received: String(thing) })', []],
    [
      'const f = () => { const message = `No ${a.b}, ${c}.`; return { code: "a.b", path, message, parameters: { b: a.b } }; }',
      ["c"],
    ],
  ])("is read in %s", (text, values) => {
    expect(untoldValues(ts.createSourceFile("x.ts", text, ts.ScriptTarget.ES2022, true))).toEqual(values);
  });
});
