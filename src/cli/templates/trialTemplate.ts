import { sourceOf, trialJsonSchema, type Trial } from "../../trial/index.js";
import { TO_STATE } from "../dataFile.js";
import type { TemplateField } from "./template.js";
import { TRIAL_FIELD_TEXTS } from "./trialFieldTexts.js";

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: string | boolean;
  readonly minItems?: number;
}

/** A value of a trial file: its path, `*` for an entry of a list, and the words that it may be. */
export interface TrialLeaf {
  readonly path: string;
  readonly choices: readonly string[];
  readonly isNeeded: boolean;
}

/** Every value that a trial file may have, in the order of its schema, and the lists that may be empty. */
export function trialLeaves(): { readonly leaves: readonly TrialLeaf[]; readonly mayBeEmpty: ReadonlySet<string> } {
  const root = trialJsonSchema() as Schema & { readonly $defs: Readonly<Record<string, Schema>> };
  const found = new Map<string, TrialLeaf>();
  const mayBeEmpty = new Set<string>();
  const visit = (given: Schema, path: string, isNeeded: boolean): void => {
    const schema = given.$ref === undefined ? given : (root.$defs[given.$ref.split("/").at(-1) ?? ""] ?? given);
    const inner = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
    for (const each of inner) visit(each, path, isNeeded);
    for (const [name, own] of Object.entries(schema.properties ?? {})) {
      visit(own, path === "" ? name : `${path}.${name}`, isNeeded && schema.required?.includes(name) === true);
    }
    if (schema.items !== undefined) {
      if (schema.minItems === undefined && isNeeded) mayBeEmpty.add(path);
      visit(schema.items, `${path}.*`, isNeeded && schema.minItems !== undefined);
    }
    if (inner.length > 0 || schema.properties !== undefined || schema.items !== undefined) return;
    const own = schema.enum ?? (schema.const === undefined ? [] : [String(schema.const)]);
    const leaf = path === "provenance" ? "provenance.*" : path;
    const before = found.get(leaf);
    found.set(leaf, { path: leaf, choices: [...new Set([...(before?.choices ?? []), ...own])], isNeeded });
  };
  visit(root, "", true);
  return { leaves: [...found.values()], mayBeEmpty };
}

const commentOf = ({ path, choices }: TrialLeaf): string =>
  [TRIAL_FIELD_TEXTS[path] ?? "", ...(choices.length === 0 ? [] : [choices.join(" | ")])].join("; ");

/** Lists of a new trial that begin with more than one entry, or with one though they may be empty. */
const ENTRIES: Readonly<Record<string, number>> = { arms: 2, interventions: 1 };
/** Not needed in every trial file, but in that of a new trial. */
const STATED = [
  "interventions.*.id",
  "interventions.*.name",
  "arms.*.interventions.*",
  "arms.*.dose.kind",
  "arms.*.dose.amount",
  "arms.*.dose.unitKind",
  "arms.*.administrations.count",
];
const GIVEN: Readonly<Record<string, string>> = { "sources.*.id": "protocol", "sources.*.kind": "protocol" };

/** A new trial, of two arms. */
export function newTrialTemplate(id: string): readonly TemplateField[] {
  const { leaves, mayBeEmpty } = trialLeaves();
  const fields = leaves.flatMap((leaf): readonly TemplateField[] => {
    const { path, isNeeded } = leaf;
    const isStated = isNeeded || STATED.includes(path);
    const value = path === "id" ? id : (GIVEN[path] ?? TO_STATE);
    if (path === "provenance.*") {
      return [{ path: ["provenance", ""], value: "protocol", comment: commentOf(leaf) }];
    }
    const isList = path.endsWith(".*");
    const keys = (isList ? path.slice(0, -2) : path).split(".");
    const [top = ""] = keys;
    const isEmpty = isList && mayBeEmpty.has(keys.join(".")) && !isStated;
    const listed = path === "parts.*.arms.*" ? [TO_STATE, TO_STATE] : [value];
    const stands = isEmpty ? [] : isList ? listed : value;
    return Array.from({ length: keys.includes("*") ? (ENTRIES[top] ?? 1) : 1 }, (_, entry): TemplateField => ({
      path: keys.map((key, at) => (key === "*" ? (at === 1 ? entry : 0) : key)),
      value: stands,
      ...(isStated || isEmpty ? {} : { isOptional: true }),
      comment: commentOf(leaf),
    }));
  });
  const empty = [...mayBeEmpty].filter((path) => !path.includes("*") && ENTRIES[path] === undefined);
  return [...fields, ...empty.map((path) => ({ path: path.split("."), value: [] }))];
}

interface Entry {
  readonly key: string | number;
  readonly inner: unknown;
  /** What the sources of a trial call it: an entry of a list by its id, or by the key of its question. */
  readonly name: string;
}

function entriesIn(value: object): readonly Entry[] {
  if (!Array.isArray(value))
    return Object.entries(value).map(([key, inner]: [string, unknown]) => ({ key, inner, name: key }));
  return value.map((inner: { readonly id?: string; readonly key?: string }, key) => {
    return { key, inner, name: inner.id ?? inner.key ?? String(key) };
  });
}

/** A trial as it is known here, each value with what it says and the source that it rests on. */
export function trialCopy(trial: Trial): readonly TemplateField[] {
  const leafOf = new Map(trialLeaves().leaves.map((leaf) => [leaf.path, leaf]));
  const fields: TemplateField[] = [];
  const sourceAt = (named: string): string =>
    /^(?:sources|provenance)(?:\.|$)/.test(named) ? "" : `; source: ${sourceOf(trial, named).id}`;
  const visit = (value: unknown, path: readonly (string | number)[], named: string): void => {
    const generic = path.map((key) => (typeof key === "number" ? "*" : key)).join(".");
    const own = leafOf.get(path[0] === "provenance" ? "provenance.*" : generic);
    const list = leafOf.get(`${generic}.*`);
    if (list !== undefined && Array.isArray(value)) {
      const long = value.length > 0 && JSON.stringify(value).length > 60;
      fields.push({ path, ...(long ? {} : { value }), comment: commentOf(list) + sourceAt(named) });
      if (long) value.forEach((item: unknown, i) => fields.push({ path: [...path, i], value: item }));
      return;
    }
    if (typeof value !== "object" || value === null) {
      fields.push({ path, value, comment: (own === undefined ? "" : commentOf(own)) + sourceAt(named) });
      return;
    }
    const entries = entriesIn(value);
    if (entries.length === 0) fields.push({ path, value });
    for (const { key, inner, name } of entries) {
      visit(inner, [...path, key], named === "" ? name : `${named}.${name}`);
    }
  };
  visit(trial, [], "");
  return fields;
}
