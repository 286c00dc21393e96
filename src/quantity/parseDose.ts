import { describeReceived, fail, AllocellError, deepFreeze } from "../foundation/index.js";
import { readNotation, requireText } from "./notation.js";
import { canonicalPositive } from "./parseNumber.js";
import { UNIT_KINDS, type UnitKind } from "./unitKind.js";

/** An exact number of things of one kind; `amount` is decimal text. */
export interface Count {
  readonly amount: string;
  readonly unitKind: UnitKind;
}

/** A dose as a protocol words it: for each kilogram of body weight, or flat (whatever the participant weighs). */
export interface DoseText extends Count {
  readonly kind: "per-kg" | "flat";
}

/** Other names of a kind that documents use; the names of {@link UNIT_KINDS} are understood as well. Lower case. */
const OTHER_NAMES: Readonly<Record<string, UnitKind>> = {
  "viable cell": "viable-cells",
  cell: "cells",
  tnc: "total-nucleated-cells",
  "car+ cells": "car-positive-cells",
  "car positive cells": "car-positive-cells",
  "cd34-positive cells": "cd34-cells",
  "cd3-positive cells": "cd3-cells",
  "cell equivalents": "cell-equivalents",
  ein: "islet-equivalents",
  "islet equivalents (ein)": "islet-equivalents",
  vg: "vector-genomes",
  mm2: "tissue-mm2",
  "mm²": "tissue-mm2",
  "mm2 of tissue": "tissue-mm2",
};

const NAMES: readonly (readonly [string, UnitKind])[] = [
  ...Object.entries(UNIT_KINDS).map(([kind, name]) => [name.toLowerCase(), kind as UnitKind] as const),
  ...Object.entries(OTHER_NAMES),
].sort(([a], [b]) => b.length - a.length);

const PER_KG = /\s*(?:\/\s*kg|\sper kg|\sper kilogram)$/u;

function splitUnit(body: string): { number: string; unitKind: UnitKind } | undefined {
  const lower = body.toLowerCase();
  for (const [name, unitKind] of NAMES) {
    if (lower.endsWith(` ${name}`)) return { number: body.slice(0, -name.length - 1).trim(), unitKind };
  }
  return undefined;
}

function readCount(body: string, whole: string, path: string, example: string): Count {
  const split = splitUnit(body);
  const number = split?.number ?? body;
  const detail = { expected: `a number and a unit, for example "${example}"`, received: describeReceived(whole) };
  try {
    // Also without a unit: a dangerous number is reported as such first.
    const notation = readNotation(number, path, true);
    if (split !== undefined) return { amount: canonicalPositive(notation, path, number), unitKind: split.unitKind };
  } catch (error) {
    if (!AllocellError.is(error) || error.code !== "quantity.malformed" || !/^[0-9].*[^0-9]$/u.test(number))
      throw error;
    const known = Object.values(UNIT_KINDS).join(", ");
    const message = `"${whole}" does not end in a unit that is known here (${known}); write it as "${example}".`;
    return fail("quantity.unit_unknown", path, message, { ...detail, parameters: { value: whole, example } });
  }
  return fail("quantity.unit_missing", path, `"${whole}" says no unit: write what is counted, as in "${example}".`, {
    ...detail,
    parameters: { value: whole, example },
  });
}

/**
 * Reads a number of cells (or of another kind) from text: "180 million viable cells", "60x10^6 cell-equivalents".
 *
 * @param text - untrusted; a number as {@link parsePositiveDecimal} takes it, a space, and a unit of `UNIT_KINDS`
 * @param path - the field, for the error
 * @throws AllocellError `quantity.unit_missing`, `quantity.unit_unknown`, `quantity.per_kg_unexpected` if the text ends
 *   in "/kg", and the codes of {@link parsePositiveDecimal}
 * @example
 * parseCountText("180 million viable cells", "cap"); // { amount: "180000000", unitKind: "viable-cells" }
 */
export function parseCountText(text: unknown, path: string): Count {
  const example = "180 million viable cells";
  const clean = requireText(text, path, example);
  if (PER_KG.test(clean)) {
    return fail(
      "quantity.per_kg_unexpected",
      path,
      `A total is asked for here, not a dose per kg: write "${example}".`,
      {
        expected: `a total, for example "${example}"`,
        received: describeReceived(clean),
      },
    );
  }
  return deepFreeze(readCount(clean, clean, path, example));
}

/**
 * Reads a dose from text: "1E6 viable cells/kg" (per kg) or "60x10^6 cell-equivalents" (flat).
 *
 * "cells" alone is read as the kind `cells`, whose count basis is still open; it never becomes viable cells by itself.
 *
 * @param text - untrusted; a number as {@link parsePositiveDecimal} takes it, a space, a unit, and "/kg" where it is one
 * @param path - the field, for the error
 * @throws AllocellError `quantity.unit_missing`, `quantity.unit_unknown`, and the codes of {@link parsePositiveDecimal}
 * @example
 * parseDoseText("3x10^6 cells/kg", "dose"); // { kind: "per-kg", amount: "3000000", unitKind: "cells" }
 */
export function parseDoseText(text: unknown, path: string): DoseText {
  const example = "1E6 viable cells/kg";
  const clean = requireText(text, path, example);
  const body = clean.replace(PER_KG, "").trim();
  const kind = body === clean ? "flat" : "per-kg";
  return deepFreeze({ kind, ...readCount(body, clean, path, example) });
}
