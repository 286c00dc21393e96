import { canonicalJson } from "../foundation/index.js";
import { blindedRows, type BlindedList } from "./blindedList.js";
import type { MasterList } from "./masterList.js";
import { requireBlindedList, requireMasterList } from "./requireList.js";
import type { Stratum } from "./strata.js";

/**
 * A list as the pieces of a text file, one line a piece. The text is canonical: every list has exactly one, so that a
 * hash of it proves it. CSV lines end in CR LF (RFC 4180); no value holds a comma, a quote or a line end, because
 * plans with such names are refused. JSON is one row a line.
 */
export type FileText = Iterable<string>;

const levelsOf = (stratum: Stratum["levels"]): readonly string[] => stratum.map(([, level]) => level);

function columnNames(stratum: Stratum["levels"] | undefined, more: readonly string[]): string {
  const factors = (stratum ?? []).map(([factor]) => factor);
  return `${["status", "list", ...factors, "sequence", "number", ...more].join(",")}\r\n`;
}

/**
 * The master list as CSV. Unblinded.
 *
 * @param list - as `generateList` returns it
 * @example
 * [...toMasterCsv(list)][1].startsWith("TEST,SLE-SD-01,01,1,"); // true
 */
export function* toMasterCsv(list: MasterList): Generator<string, void, undefined> {
  requireMasterList(list);
  const { plan } = list.unblindedRecord();
  const factors = plan.strata.map(({ factor }) => [factor, ""] as const);
  yield columnNames(factors, ["block", "block_size", "position", "arm"]);
  const start = `${list.status},${list.list},`;
  for (const row of list.unblindedRows()) {
    const levels = row.stratum.length === 0 ? "" : `${levelsOf(row.stratum).join(",")},`;
    yield `${start}${levels}${row.sequence},${row.number},${row.block},${row.blockSize},${row.position},${row.arm}\r\n`;
  }
}

/**
 * The blinded list as CSV: status, list, one column a factor, sequence, number.
 *
 * @param list - the blinded list: `list.blinded()`
 * @example
 * [...toBlindedCsv(list.blinded())][0]; // "status,list,site,sequence,number\r\n"
 */
export function* toBlindedCsv(list: BlindedList): Generator<string, void, undefined> {
  requireBlindedList(list);
  yield columnNames(list.strata[0]?.levels, []);
  const start = `${list.status},${list.list},`;
  for (const row of blindedRows(list)) {
    const levels = row.stratum.length === 0 ? "" : `${levelsOf(row.stratum).join(",")},`;
    yield `${start}${levels}${row.sequence},${row.number}\r\n`;
  }
}

function* jsonRows(head: object, rows: Iterable<object>): Generator<string, void, undefined> {
  yield `${canonicalJson(head).slice(0, -1)},"rows":[`;
  let separator = "\n";
  for (const row of rows) {
    yield separator + canonicalJson(row);
    separator = ",\n";
  }
  yield "\n]}\n";
}

/**
 * The master list as JSON: `format`, `status`, `list`, then `rows` (see {@link MasterRow}). Unblinded.
 *
 * @param list - as `generateList` returns it
 */
export function* toMasterJson(list: MasterList): Generator<string, void, undefined> {
  requireMasterList(list);
  const head = { format: "allocell-master-list-1", list: list.list, status: list.status };
  yield* jsonRows(head, mapRows(list.unblindedRows()));
}

/**
 * The blinded list as JSON: `format`, `status`, `trial`, `part`, `list`, then `rows` (see {@link BlindedRow}).
 *
 * @param list - the blinded list: `list.blinded()`
 */
export function* toBlindedJson(list: BlindedList): Generator<string, void, undefined> {
  requireBlindedList(list);
  const { status, trial, part } = list;
  const head = { format: "allocell-blinded-list-1", list: list.list, part, status, trial };
  yield* jsonRows(head, mapRows(blindedRows(list)));
}

function* mapRows(rows: Iterable<{ readonly stratum: Stratum["levels"] }>): Generator<object, void, undefined> {
  for (const row of rows) yield { ...row, stratum: Object.fromEntries(row.stratum) };
}
