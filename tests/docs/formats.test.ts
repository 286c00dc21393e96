/* docs/formats and docs/schema are made of the schemas that read the files, and of the texts of forms and templates. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { format as pretty } from "prettier";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { AllocellError } from "../../src/foundation/index.js";
import { prepareExample } from "../unit/report/exampleOrders.js";
import { documentTextsSchema } from "../../src/trial/documentTexts.js";
import { FILE_FORMATS } from "./fileFormats.js";
import { definitionOf } from "../../src/procedure/definitions.js";
import { ALGORITHMS, procedureSchema, readyProcedure, type ProcedureKind } from "../../src/procedure/index.js";
import { PROCEDURE_EXAMPLES } from "../support/procedureExamples.js";
import { FORMAT_EXAMPLES, MAY_BE_ZERO } from "./formatExamples.js";
import { exampleOf, formatPage, formatSchema, textAt, toldFields } from "./formatPages.js";
import { schemaFields, type Schema } from "./schemaFields.js";

const isUpdate = process.env["ALLOCELL_UPDATE"] === "1";
const files = new Set<string>();

function hold(file: string, text: string): void {
  files.add(file);
  if (isUpdate) writeFileSync(file, text);
  expect(readFileSync(file, "utf8"), file).toBe(text);
}

/** zod's own reader of JSON Schema, another program than the one that wrote it; it reads no classes of Unicode. */
const checker = (schema: object): z.ZodType =>
  z.fromJSONSchema(
    JSON.parse(JSON.stringify(schema).replaceAll("\\\\p{L}\\\\p{N}", "A-Za-z0-9")) as z.core.JSONSchema.JSONSchema,
  );

/** Files of examples that no page of docs/formats describes, and the test that reads each as a user would. */
const ELSEWHERE: Readonly<Record<string, { readonly why: string; readonly test: string }>> = {
  "sle/order-batch.yaml": {
    why: "an order whose rows give subject, kit, visit, arm and weight: held below with a row's weight",
    test: "tests/unit/cli/prepareBatch.test.ts",
  },
};

/** An order with another value at a path. */
function changed<T>(data: T, [key = "", ...rest]: readonly string[], value: string): T {
  const own = (data as Readonly<Record<string, unknown>> | undefined)?.[key];
  const inner = rest.length === 0 ? value : changed(own ?? {}, rest, value);
  if (Array.isArray(data)) return data.map((each: unknown, i) => (String(i) === key ? inner : each)) as T;
  return { ...data, [key]: inner };
}

/** Codes with paths of what is refused. */
function codesOf(act: () => unknown): readonly string[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues.map(({ code, path }) => `${code} ${path}`);
  }
}

/** Nodes of a schema that hold fields, each with the fields that have no description. */
function undescribed(schema: unknown, path = ""): readonly string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { properties = {} } = schema as Schema;
  const bare = Object.entries(properties).filter(
    ([, own]) => own.description === undefined && own.$ref === undefined && own.type !== "object",
  );
  const within = Object.entries(schema).flatMap(([key, own]) => undescribed(own, `${path}.${key}`));
  return [...bare.filter(([, own]) => own.type !== "array").map(([key]) => `${path}.${key}`), ...within];
}

describe("docs/formats and docs/schema", () => {
  it.each(FILE_FORMATS.map((format) => [format.name, format] as const))(
    "%s: page and JSON Schema are what the code gives (ALLOCELL_UPDATE=1 rewrites them)",
    async (name, format) => {
      hold(`docs/formats/${name}.md`, await pretty(formatPage(format), { parser: "markdown", printWidth: 120 }));
      hold(`docs/schema/${name}.json`, `${JSON.stringify(formatSchema(format), null, 2)}\n`);
    },
  );

  it.each(FILE_FORMATS.map((format) => [format.name, format] as const))(
    "%s: has a text for every field",
    (_, format) => {
      const missing = schemaFields(format.schema).filter(({ path }) => textAt(format, path) === undefined);
      expect(missing.map(({ path }) => path)).toEqual([]);
      expect(undescribed(formatSchema(format))).toEqual([]);
    },
  );

  it.each(FILE_FORMATS.map((format) => [format.name, format] as const))(
    "%s: no cell of its page is empty, and each example is taken by the schema of its field",
    (name, format) => {
      const rows = readFileSync(`docs/formats/${name}.md`, "utf8")
        .split("\n")
        .filter((line) => line.startsWith("| `"));
      const fields = toldFields(format);
      expect(rows.length).toBe(fields.length);
      for (const row of rows) {
        const cells = row
          .slice(1, -1)
          .split(/(?<!\\)\|/u)
          .map((cell) => cell.trim());
        expect(cells, row).toHaveLength(7);
        expect(
          cells.filter((cell) => cell === "" || cell === "-"),
          row,
        ).toEqual([]);
      }
      const paths = new Set(fields.map(({ path }) => path));
      expect(Object.keys(FORMAT_EXAMPLES[name] ?? {}).filter((path) => !paths.has(path))).toEqual([]);
      for (const field of fields) {
        const value: unknown = JSON.parse(exampleOf(format, field));
        const isTaken = field.forms.some((form) => {
          const whole = { ...form, $defs: format.schema.$defs };
          return checker(whole).safeParse(value).success;
        });
        expect(isTaken, `${name}: ${field.path} ${JSON.stringify(value)}`).toBe(true);
      }
    },
  );

  it.each(
    Object.entries(PROCEDURE_EXAMPLES).flatMap(([kind, { intervals, frozen }]) =>
      Object.entries(intervals).map(([name, own]) => [name, kind, own, frozen] as const),
    ),
  )("the interval of %s of %s is that of the procedure", (name, kind, { low, high, isWhole, isAbove }, frozen) => {
    const takes = (value: number): boolean => {
      try {
        const given = isWhole || Number.isInteger(value) ? value : String(value);
        readyProcedure(procedureSchema.parse({ kind, ...frozen, [name]: given }), [1, 1], 4);
        return true;
      } catch {
        return false;
      }
    };
    const step = isWhole ? 1 : 0.001;
    expect([takes(low), takes(high)], "ends").toEqual([isAbove !== true, true]);
    expect([takes(low - step), takes(high + step)], "beyond").toEqual([false, false]);
  });

  it("each number that a procedure takes has its interval here", () => {
    // Sizes, weights and totals have no interval of their own: what they may be follows from the ratio.
    const byRatio = ["sizes", "weights", "totals", "size", "lastBlock"];
    const missing = (Object.keys(ALGORITHMS) as ProcedureKind[]).flatMap((kind) =>
      Object.keys(definitionOf({ kind }).parameters())
        .filter((name) => !byRatio.includes(name))
        .filter((name) => !Object.hasOwn(PROCEDURE_EXAMPLES[kind].intervals, name))
        .map((name) => `${kind}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it("says of each amount of an order whether it may be 0", () => {
    const page = readFileSync("docs/formats/order.md", "utf8");
    const paths = [
      ...page.matchAll(
        /^\| `order\.([^`]+)` .*\| (?:a decimal number in quotes, or a whole number|in quotes, such as "20E6"), (?:above 0|0 or more) +\|/gmu,
      ),
    ]
      .map(([, path = ""]) => path.replace("lots.*", "lots.0"))
      .filter((path) => !path.includes("*") && !/^(?:dose|together|product\.concentration)/u.test(path));
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      for (const value of ["0", "-1"]) {
        const codes = codesOf(() =>
          prepareExample("sle/order.yaml", (order) => changed(order, path.split("."), value)),
        );
        const isRefused = codes.some((own) => own === `quantity.${value === "0" ? "zero" : "negative"} ${path}`);
        expect(isRefused, `${path} ${value}`).toBe(value === "-1" || !MAY_BE_ZERO.has(`order.${path}`));
      }
    }
  });

  it.each(
    FILE_FORMATS.flatMap((format) => format.examples.map(([name, data]) => [format.name, name, format, data] as const)),
  )("%s.json takes %s", (_, __, format, data) => {
    expect(checker(formatSchema(format)).safeParse(data).error).toBeUndefined();
  });

  it.each(FILE_FORMATS.map((format) => [format.name, format] as const))(
    "%s.json refuses a field that is not known",
    (_, format) => {
      const [, data] = format.examples[0] ?? ["", {}];
      expect(checker(formatSchema(format)).safeParse({ ...(data as object), surplus: 1 }).success).toBe(false);
    },
  );

  it("are all the files there, but for the order inside an order file", () => {
    const there = ["docs/formats", "docs/schema"].flatMap((folder) =>
      readdirSync(folder).map((name) => `${folder}/${name}`),
    );
    expect(there.sort()).toEqual([...files, "docs/schema/preparation-order.json"].sort());
  });
});

describe("the YAML and JSON files of examples", () => {
  const data = (name: string): Readonly<Record<string, unknown>> =>
    parse(readFileSync(`examples/${name}`, "utf8")) as Readonly<Record<string, unknown>>;

  it("are each held against a schema, or listed with a reason and the test that reads them", () => {
    const there = readdirSync("examples", { recursive: true, encoding: "utf8" })
      .map((path) => path.replaceAll("\\", "/"))
      .filter((path) => /\.(?:ya?ml|json)$/u.test(path) && !path.startsWith("out/"));
    const held = new Set(FILE_FORMATS.flatMap(({ examples }) => examples.map(([name]) => name)));
    expect(there.length).toBeGreaterThan(25);
    expect(there.filter((path) => !held.has(path)).sort()).toEqual(Object.keys(ELSEWHERE).sort());
    for (const [path, { test }] of Object.entries(ELSEWHERE))
      expect(readFileSync(test, "utf8"), path).toContain(path.replace("sle/", ""));
  });

  it("order.json takes the order of a batch once a row gives the weight", () => {
    const format = FILE_FORMATS.find(({ name }) => name === "order");
    const { order, ...rest } = data("sle/order-batch.yaml") as { readonly order: { readonly weight: object } };
    const weight = { ...order.weight, weightKg: "72.4", weighedOn: "2026-02-27", weighedBy: "EXAMPLE N. Urse" };
    const schema = checker(formatSchema(format!));
    expect(schema.safeParse({ ...rest, order: { ...order, weight } }).error).toBeUndefined();
    expect(schema.safeParse({ ...rest, order }).success).toBe(false);
  });

  it("the schema of the texts of documents takes those of a site, and nothing more", () => {
    const schema = checker(z.toJSONSchema(documentTextsSchema, { io: "input", unrepresentable: "any" }));
    expect(schema.safeParse(data("sle/site.yaml")).error).toBeUndefined();
    expect(schema.safeParse({ ...data("sle/site.yaml"), telephone: "1" }).success).toBe(false);
  });
});
