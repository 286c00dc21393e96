/** A node of a JSON Schema (2020-12), as far as the schemas of this package use it. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly type?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
}

/** A value that a file may have. */
export interface SchemaField {
  /** Keys with points between them; `*` for each entry of a list, and for each key of a map with keys of one's own. */
  readonly path: string;
  readonly needed: "yes" | "no" | "by kind";
  /** The forms that the value may have. */
  readonly forms: readonly Schema[];
}

const alternatives = ({ oneOf = [], anyOf = [] }: Schema): readonly Schema[] => [...oneOf, ...anyOf];
const ownKeys = ({ additionalProperties: own }: Schema): Schema | undefined =>
  typeof own === "object" && Object.keys(own).length > 0 ? own : undefined;
const at = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/** Every value that a file of the schema may have, in the schema's order. */
export function schemaFields(root: Schema): readonly SchemaField[] {
  const found = new Map<string, SchemaField>();
  const visit = (given: Schema, path: string, needed: SchemaField["needed"]): void => {
    const schema = resolved(root, given);
    const inner = alternatives(schema);
    // What stands in one of several alternatives is needed where that one is meant.
    const within = inner.some((each) => resolved(root, each).properties !== undefined) ? "by kind" : needed;
    for (const each of inner) visit(each, path, resolved(root, each).properties === undefined ? needed : within);
    for (const [name, own] of Object.entries(schema.properties ?? {})) {
      visit(own, at(path, name), schema.required?.includes(name) === true ? needed : "no");
    }
    if (schema.items !== undefined) visit(schema.items, at(path, "*"), needed);
    const keyed = ownKeys(schema);
    if (keyed !== undefined) visit(keyed, at(path, "*"), needed);
    if (inner.length > 0 || schema.properties !== undefined || schema.items !== undefined || keyed !== undefined)
      return;
    const before = found.get(path);
    const forms = [...(before?.forms ?? []), { ...schema, ...(given.default === undefined ? {} : given) }];
    found.set(path, { path, needed: before?.needed ?? needed, forms });
  };
  visit(root, "", "yes");
  return [...found.values()];
}

function resolved(root: Schema, schema: Schema): Schema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (root.$defs?.[name] ?? schema);
}

/** The schema with a description at every field that has none; a shared definition gets that of its first place. */
export function withDescriptions(root: Schema, textOf: (path: string) => string | undefined): Schema {
  const shared: Record<string, Schema> = {};
  const visit = (schema: Schema, path: string): Schema => {
    const name = schema.$ref?.split("/").at(-1);
    if (name !== undefined && shared[name] === undefined) {
      shared[name] = schema; // so that a definition that holds itself ends
      shared[name] = visit(root.$defs?.[name] ?? {}, path);
    }
    const { properties, items, oneOf, anyOf, $defs, ...rest } = schema;
    const text = rest.description ?? textOf(path);
    const keyed = ownKeys(schema);
    return {
      ...(text === undefined ? {} : { description: text }),
      ...rest,
      ...(properties === undefined
        ? {}
        : {
            properties: Object.fromEntries(
              Object.entries(properties).map(([key, own]) => [key, visit(own, at(path, key))]),
            ),
          }),
      ...(items === undefined ? {} : { items: visit(items, at(path, "*")) }),
      ...(keyed === undefined ? {} : { additionalProperties: visit(keyed, at(path, "*")) }),
      ...(oneOf === undefined ? {} : { oneOf: oneOf.map((each) => visit(each, path)) }),
      ...(anyOf === undefined ? {} : { anyOf: anyOf.map((each) => visit(each, path)) }),
      ...($defs === undefined ? {} : {}),
    };
  };
  const made = visit(root, "");
  return root.$defs === undefined ? made : { ...made, $defs: { ...root.$defs, ...shared } };
}

/** A value of a file at the path of a field; of lists and maps with keys of one's own, the first that has it. */
export function exampleAt(data: unknown, path: readonly string[]): string | undefined {
  const [key, ...rest] = path;
  if (key === undefined) {
    return typeof data === "object" || data === undefined ? undefined : JSON.stringify(data);
  }
  if (typeof data !== "object" || data === null) return undefined;
  const inner: readonly unknown[] =
    key === "*" ? Object.values(data) : Object.hasOwn(data, key) ? [(data as Record<string, unknown>)[key]] : [];
  for (const each of inner) {
    const found = exampleAt(each, rest);
    if (found !== undefined) return found;
  }
  return undefined;
}
