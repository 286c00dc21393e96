import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { CARRIED, ORDER_SECTIONS } from "../../../src/cli/fields/orderFields.js";
import { fromData, toData } from "../../../src/app/view/draft.js";
import { yamlText } from "../../../src/app/view/yamlText.js";
import { preparationOrderJsonSchema } from "../../../src/dose/index.js";

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
const fields = ORDER_SECTIONS.flatMap(({ fields: own }) => own);

describe("the form of an order", () => {
  it("has every field of the order's schema and no other, but for those that are carried along", () => {
    const own = fields.map(({ path }) => path).filter((path) => path.startsWith("order."));
    expect(own.sort()).toEqual([...leaves.keys()].filter((path) => !isCarried(path)).sort());
    expect(new Set(own).size).toBe(own.length);
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
        for (const mark of ["point", "comma"] as const) {
          expect(parse(yamlText(toData(fromData(data, ORDER_SECTIONS, mark), ORDER_SECTIONS, mark))), name).toEqual(
            data,
          );
        }
      }
    }
  });
});
