import * as z from "zod/mini";
import { type Issue, parseWith, pathTo, requireFields, throwIfAny } from "../foundation/index.js";
import type { Plan } from "../list/index.js";
import type { ExportMap, TableFormat } from "./tableFormat.js";

/** What a map says where its author has still to decide. */
export const TO_STATE = "TO-STATE";

const quoted = { error: "must be text; in YAML put it in quotes" };

/**
 * A code or a column title that a machine reads: no comma, quote or line end, so that it needs no quoting, and nothing
 * at its beginning that a spreadsheet would run.
 *
 * @see OWASP, CSV injection (CWE-1236)
 */
export const codeSchema: z.ZodMiniType<string> = z.string(quoted).check(
  z.refine((text) => text !== TO_STATE, "is still to be stated"),
  z.refine((text) => !/^[=+\-@]/.test(text), "must not begin with = + - or @: a spreadsheet would run it"),
  z.refine(
    (text) => /^[^\s,;"'\p{Cc}](?:[^,;"\p{Cc}]{0,98}[^\s,;"\p{Cc}])?$/u.test(text),
    "must be 1 to 100 characters without comma, semicolon, quote or line end, and without spaces at its ends",
  ),
);

const factorSchema = z.strictObject({ field: codeSchema, codes: z.record(z.string(), codeSchema) });

/** The fields that the map of every format has. */
export const commonFields: {
  readonly arms: z.ZodMiniType<ExportMap["arms"]>;
  readonly factors: z.ZodMiniType<ExportMap["factors"]>;
} = {
  arms: z.record(z.string(), codeSchema),
  factors: z._default(z.record(z.string(), factorSchema), {}),
};

/**
 * Reads the map of an export, and holds it to the plan: every arm, factor and level has a code, nothing else has one, and
 * no two share one.
 *
 * @throws AllocellError `exchange.map_invalid`, one issue a fault, each with its path
 */
export function parseExportMap<M extends ExportMap>(format: TableFormat<M>, input: unknown, plan: Plan): M {
  requireFields(plan, "a plan as parsePlan returns it", { arms: "a list", strata: "a list" });
  const map = parseWith(format.map, input, "exchange.map_invalid", "The map");
  throwIfAny([...namesOf(map, plan), ...format.checkMap(map, plan)]);
  return map;
}

export function mapFault(path: string, message: string, expected?: string): Issue {
  const fault: Issue = { code: "exchange.map_invalid", path, message: `The map: ${message}` };
  return expected === undefined ? fault : { ...fault, expected };
}

function namesOf({ arms, factors }: ExportMap, { arms: planned, strata }: Plan): readonly Issue[] {
  const own = strata.map(({ factor }) => factor);
  return [
    ...oneToOne(
      "arms",
      "arm",
      planned.map(({ arm }) => arm),
      arms,
    ),
    ...unknownIn("factors", "factor", own, Object.keys(factors)),
    ...strata.flatMap(({ factor, levels }) => {
      const entry = Object.hasOwn(factors, factor) ? factors[factor] : undefined;
      if (entry === undefined)
        return [mapFault(pathTo("factors", factor), `factor "${factor}" of the plan is missing.`)];
      return oneToOne(pathTo("factors", factor, "codes"), `level of "${factor}":`, levels, entry.codes);
    }),
    ...twice(
      "factors",
      Object.entries(factors).map(([factor, { field }]) => [factor, field]),
      "field",
    ),
  ];
}

/** Each name has one code, and each code one name. */
function oneToOne(
  path: string,
  what: string,
  names: readonly string[],
  codes: Readonly<Record<string, string>>,
): readonly Issue[] {
  return [
    ...names
      .filter((name) => !Object.hasOwn(codes, name))
      .map((name) => mapFault(pathTo(path, name), `${what} "${name}" of the plan has no code.`, "a code")),
    ...unknownIn(path, what, names, Object.keys(codes)),
    ...twice(path, Object.entries(codes)),
  ];
}

function unknownIn(path: string, what: string, known: readonly string[], given: readonly string[]): readonly Issue[] {
  return given
    .filter((name) => !known.includes(name))
    .map((name) => mapFault(pathTo(path, name), `${what} "${name}" is not in the plan.`, known.join(", ")));
}

/** Codes are compared as people and databases may: not by capitals. */
function twice(
  path: string,
  entries: readonly (readonly [name: string, code: string])[],
  ...below: readonly string[]
): readonly Issue[] {
  const first = new Map<string, string>();
  return entries.flatMap(([name, code]) => {
    const other = first.get(code.toLowerCase());
    first.set(code.toLowerCase(), other ?? name);
    if (other === undefined) return [];
    return [
      mapFault(pathTo(path, name, ...below), `"${other}" and "${name}" have one code, "${code}".`, "a code of its own"),
    ];
  });
}
