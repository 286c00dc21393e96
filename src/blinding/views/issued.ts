import { describeReceived, fail, pathTo, requireEach, requireFields } from "../../foundation/index.js";
import { blindedRows, requireBlindedList, type BlindedList, type Stratum } from "../../list/index.js";

/**
 * What was issued so far: participants in the order in which they entered, with their randomization numbers. Somebody
 * without a number was entered past the list. The conduct of a list without its treatments (`blindedConduct`) is such.
 */
export interface IssuedNumbers {
  readonly participants: readonly { readonly participant: string; readonly number?: string }[];
}

/** Issued numbers with the bindings of the list that issued them: only that list is joined with them. */
export interface BoundNumbers extends IssuedNumbers {
  readonly bindings: readonly string[];
}

/** One issued position of a list, without its treatment. */
export interface IssuedRow {
  readonly participant: string;
  readonly number: string;
  readonly stratum: Stratum["levels"];
}

/** Levels that rows must have: `{ site: "01" }`. Every row has those of an empty map. */
export type Levels = Readonly<Record<string, string>>;

/**
 * The issued positions of a list that have the levels asked for, in the order of issue. Whatever is not issued is not
 * in the result, nor can its number be had from it.
 *
 * @throws AllocellError `blinding.number_unknown`, `blinding.number_repeated`, `blinding.levels_unknown`
 */
export function issuedRows(list: BlindedList, issued: IssuedNumbers, where: Levels = {}): readonly IssuedRow[] {
  requireBlindedList(list);
  requireFields(issued, "what was issued, as blindedConduct returns it", { participants: "a list" });
  requireEach(issued.participants, "a participant with a number", { participant: "text" });
  requireFields(where, "levels by factor", {});
  requireLevels(list, where);
  const wanted = new Map<string, string>();
  issued.participants.forEach(({ participant, number }, i) => {
    if (number === undefined) return;
    if (wanted.has(number)) {
      fail("blinding.number_repeated", `issued.${i}.number`, `Number ${number} was issued twice; it belongs to one.`, {
        received: describeReceived(number),
      });
    }
    wanted.set(number, participant);
  });
  const found = new Map<string, Stratum["levels"]>();
  for (const { number, stratum } of blindedRows(list)) if (wanted.has(number)) found.set(number, stratum);
  const rows: IssuedRow[] = [];
  for (const [number, participant] of wanted) {
    const stratum = found.get(number);
    if (stratum === undefined) {
      return fail("blinding.number_unknown", "issued", `List ${list.list} has no such randomization number.`, {
        expected: `a number of list ${list.list}`,
        received: describeReceived(number),
      });
    }
    if (stratum.every(([factor, level]) => (where[factor] ?? level) === level)) {
      rows.push({ participant, number, stratum: stratum.map(([factor, level]) => [factor, level] as const) });
    }
  }
  return rows;
}

function requireLevels(list: BlindedList, where: Levels): void {
  for (const [factor, level] of Object.entries(where)) {
    const isKnown = list.strata.some(({ levels }) => levels.some(([name, own]) => name === factor && own === level));
    if (isKnown) continue;
    fail("blinding.levels_unknown", pathTo("where", factor), `List ${list.list} has no stratum with this level.`, {
      expected: "a factor of the list with one of its levels",
      received: describeReceived(level),
      parameters: { list: list.list },
    });
  }
}
