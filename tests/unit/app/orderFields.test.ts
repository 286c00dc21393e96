import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod/mini";
import { CARRIED, ORDER_SECTIONS, orderSections } from "../../../src/cli/fields/orderFields.js";
import { fromData, patternOf, toData } from "../../../src/app/view/draft.js";
import { changeEntries } from "../../../src/app/view/entries.js";
import { yamlText } from "../../../src/app/view/yamlText.js";
import { preparationOrderJsonSchema } from "../../../src/dose/index.js";
import type { Field } from "../../../src/cli/fields/fields.js";
import { documentDetailsSchema } from "../../../src/report/worksheet/details.js";

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: string;
}

interface Leaf {
  readonly type: string;
  readonly choices: readonly string[];
}

/** Every field of a schema that holds a value, by its path; of alternatives, those of each. */
function leavesOf(schema: Schema, path: string, found: Map<string, Leaf>): Map<string, Leaf> {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  for (const each of inner) leavesOf(each, path, found);
  for (const [name, own] of Object.entries(schema.properties ?? {})) leavesOf(own, `${path}.${name}`, found);
  if (schema.items !== undefined) leavesOf(schema.items, `${path}.*`, found);
  if (inner.length > 0 || schema.properties !== undefined || schema.items !== undefined) return found;
  const choices = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  // A number may be written in two ways: the first is the one that the form writes.
  found.set(path, {
    type: found.get(path)?.type ?? schema.type ?? "any",
    choices: [...(found.get(path)?.choices ?? []), ...choices],
  });
  return found;
}

const leaves = leavesOf(preparationOrderJsonSchema(), "order", new Map());
const isCarried = (path: string): boolean =>
  Object.keys(CARRIED).some((own) => path === own || path.startsWith(`${own}.`));
const fieldsFor = (components: number): readonly Field[] => orderSections(components).flatMap(({ fields }) => fields);
/** Those of an order, and those of a further component by their pattern. */
const fields = fieldsFor(1).map((own) => ({ ...own, path: patternOf(own.path) }));

describe("the form of an order", () => {
  it("has every field of the order's schema and no other, but for those that are carried along", () => {
    const own = fields.map(({ path }) => path).filter((path) => path.startsWith("order."));
    expect(own.sort()).toEqual([...leaves.keys()].filter((path) => !isCarried(path)).sort());
    expect(new Set(own).size).toBe(own.length);
    expect(fieldsFor(0)).toEqual(ORDER_SECTIONS.flatMap(({ fields: shown }) => shown));
  });

  it("has every field of what documents say and of who entered the order", () => {
    const ofDocument = leavesOf(
      z.toJSONSchema(documentDetailsSchema, { io: "input" }) as Schema,
      "document",
      new Map(),
    );
    const shown = (part: string): readonly string[] =>
      fields.map(({ path }) => path).filter((path) => path.startsWith(`${part}.`));
    expect([...shown("document")].sort()).toEqual([...ofDocument.keys()].sort());
    expect(shown("check")).toEqual(["check.by", "check.enteredFrom", "check.copiedFrom"]);
  });

  it("carries along only what is no entry of a person, each with its reason", () => {
    expect(Object.keys(CARRIED)).toEqual([
      "decisions",
      "site",
      "order.dose.trial",
      "order.then.*.dose.trial",
      "order.overrides",
    ]);
  });

  it("keeps the lots of a component with it when another one is removed", () => {
    const data = {
      order: {
        component: "A",
        then: [
          { component: "B", infusion: {}, lots: [{ lot: "B-1" }] },
          { component: "C", infusion: {}, lots: [{ lot: "C-1" }, { lot: "C-2" }], dose: { own: "unknown" } },
        ],
      },
    };
    const draft = fromData(data, orderSections(2), "point");
    changeEntries(draft, "order.then", 1, 0);
    expect(toData(draft, orderSections(1), "point")).toEqual({
      order: { component: "A", infusion: {}, then: [data.order.then[1]] },
    });
  });

  it("loses nothing of a file: an empty list, a range beside bands", () => {
    for (const own of [{ lots: [] }, { then: [] }, { dose: { range: [{ range: {} }] } }, { dose: { range: {} } }]) {
      const data = { order: { infusion: {}, ...own } };
      expect(toData(fromData(data, ORDER_SECTIONS, "point"), ORDER_SECTIONS, "point")).toEqual(data);
    }
  });

  it("writes the list of a protocol's levels even where there is none", () => {
    const draft = fromData(
      { order: { infusion: {}, dose: { from: "protocol", levels: [] } } },
      ORDER_SECTIONS,
      "point",
    );
    expect(toData(draft, ORDER_SECTIONS, "point")).toMatchObject({ order: { dose: { levels: [] } } });
    draft.texts.set("order.dose.from", "trial");
    expect(toData(draft, ORDER_SECTIONS, "point")).toEqual({ order: { infusion: {}, dose: { from: "trial" } } });
  });

  it("reads each field as the schema does, with the schema's choices", () => {
    for (const { path, kind, choices } of fields) {
      const leaf = leaves.get(path);
      if (leaf === undefined) continue;
      expect(kind === "whole" ? "integer" : kind === "yes-no" ? "boolean" : "string", path).toBe(leaf.type);
      expect([...new Set(choices ?? [])].sort(), path).toEqual([...new Set(leaf.choices)].sort());
    }
  });

  it("has an English and a Chinese label at each field", () => {
    for (const { path, label } of fields) {
      expect(label.en, path).toMatch(/\S/u);
      // DMSO and whatever is a name in both languages stays.
      expect(label.zh, path).toMatch(/\p{Script=Han}|DMSO/u);
    }
  });

  it("gives every example back as it was, through YAML", () => {
    for (const folder of readdirSync("examples").filter((name) => !name.includes("."))) {
      for (const name of readdirSync(`examples/${folder}`).filter((file) => /^order.*\.yaml$/u.test(file))) {
        const data: unknown = parse(readFileSync(`examples/${folder}/${name}`, "utf8"));
        const sections = orderSections((data as { order: { then?: readonly unknown[] } }).order.then?.length ?? 0);
        for (const mark of ["point", "comma"] as const) {
          const draft = fromData(data, sections, mark);
          expect([...draft.carried.keys()].filter((path) => path !== "order\noverrides")).toEqual([]);
          expect(parse(yamlText(toData(draft, sections, mark))), name).toEqual(data);
        }
      }
    }
  });
});
