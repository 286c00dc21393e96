import * as z from "zod/mini";
import { isLocalTime, parseIsoDate } from "../../calendar/index.js";
import { AllocellError, type FoundByReader } from "../../foundation/index.js";
import {
  compare,
  parseCountText,
  parseDecimalOrZero,
  parsePositiveDecimal,
  parseWeightKg,
  readFraction,
  UNIT_KINDS,
  type UnitKind,
} from "../../quantity/index.js";

// Digits that are canonical already and can hide no lost superscript: the common case, read without further ado.
const CANONICAL = /^(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{0,11}[1-9])?$/u;
const isPlain = (text: string): boolean =>
  text.length <= 14 && CANONICAL.test(text) && text !== "0" && !text.includes(".10") && !/^10[0-9]{1,2}$/u.test(text);

const NUMBER_FOR_TEXT = 'must be text: put it in quotes, for example "72.4"';
const needsText = (issue: { readonly input?: unknown }): string =>
  issue.input === undefined ? "is missing" : typeof issue.input === "number" ? NUMBER_FOR_TEXT : "must be text";

/** Runs a reader of another room inside a schema; its sentence becomes that of the field. */
export function reading(read: (text: string) => string): z.ZodMiniType<string> {
  // A whole number of YAML has no digits to lose; every other number must be text.
  return z.pipe(
    z.union([z.string({ error: needsText }), z.int()]),
    z.transform((given, context): string => {
      const text = String(given);
      try {
        return read(text);
      } catch (error) {
        if (!AllocellError.is(error)) throw error;
        const params: FoundByReader = { found: error.issues[0] };
        context.issues.push({ code: "custom", message: error.issues[0].message, params: { ...params }, input: text });
        return z.NEVER;
      }
    }),
  );
}

/** A positive measured number: mL, minutes, cm, per cent, fractions. */
export const positive: z.ZodMiniType<string> = /* @__PURE__ */ reading((text) =>
  isPlain(text) ? text : parsePositiveDecimal(text, ""),
);

/** As {@link positive}, or zero. */
export const positiveOrZero: z.ZodMiniType<string> = /* @__PURE__ */ reading((text) =>
  isPlain(text) ? text : parseDecimalOrZero(text, ""),
);

/** A count: a bare "106" is refused too. */
export const count: z.ZodMiniType<string> = /* @__PURE__ */ reading((text) => {
  if (isPlain(text)) return text;
  return parseCountText(`${text} cells`, "").amount;
});

export const kilograms: z.ZodMiniType<string> = /* @__PURE__ */ reading((text) =>
  parseWeightKg(text, "", { unitInName: true }),
);

export const date: z.ZodMiniType<string> = /* @__PURE__ */ reading((text) => parseIsoDate(text, ""));

export const localTime: z.ZodMiniType<string> = /* @__PURE__ */ z
  .string()
  .check(z.refine(isLocalTime, "must be a local time such as 2026-02-27T09:30"));

export const text: z.ZodMiniType<string> = /* @__PURE__ */ z
  .string("must be text")
  .check(z.regex(/\S/u, "must not be empty"));
/** A whole number, in quotes or without. */
const wholeFrom = (least: 0 | 1): z.ZodMiniType<number> =>
  z.union([
    z.int("must be a whole number").check(z.minimum(least, `must be at least ${least}`)),
    z.pipe(
      z.string().check(z.regex(least === 0 ? /^(?:0|[1-9][0-9]{0,8})$/u : /^[1-9][0-9]{0,8}$/u)),
      z.transform(Number),
    ),
  ]);

export const whole: z.ZodMiniType<number> = /* @__PURE__ */ wholeFrom(1);
export const wholeOrZero: z.ZodMiniType<number> = /* @__PURE__ */ wholeFrom(0);
export const unitKind: z.ZodMiniType<UnitKind> = /* @__PURE__ */ z.enum(
  Object.keys(UNIT_KINDS) as [UnitKind, ...UnitKind[]],
);

/** What is said of a range whose ends stand the wrong way round. */
export const REVERSED = "must not have a minimum above its maximum";
/** Whether a range's ends, of one unit, stand in order; one that is not stated has no end there. */
export function isInOrder(minimum: string | undefined, maximum: string | undefined): boolean {
  return minimum === undefined || maximum === undefined || compare(readFraction(minimum), readFraction(maximum)) <= 0;
}
