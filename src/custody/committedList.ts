import { canonicalJson, fail } from "../foundation/index.js";
import type { MasterList, MasterRow } from "../list/index.js";

/** Levels of a stratum by factor. */
type Levels = Readonly<Record<string, string>>;

/**
 * One row as a leaf of the tree, and as a row proof shows it. Block, block size and position are left out: they say
 * something of the rows beside it.
 */
export interface CommittedRow {
  readonly arm: string;
  readonly list: string;
  readonly number: string;
  /** Place in the stratum, from 1. */
  readonly sequence: number;
  readonly status: "LIVE" | "TEST";
  readonly stratum: Levels;
}

/** What the first line of a committed list says that the outside must agree with. */
export interface CommittedHead {
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  /** Rows of the blinded list: so many lines follow with a leaf each. */
  readonly rows: number;
}

/** A committed list, read from its text. */
export interface CommittedList {
  readonly head: CommittedHead;
  /** The rows of the blinded list, in its order: one leaf each. */
  readonly rows: readonly CommittedRow[];
  /** The lines of the rows that whole last blocks add, as they stand in the text: one leaf for all, also for none. */
  readonly surplus: string;
}

/**
 * The canonical text of a list with its plan: one line of canonical JSON that names everything that decides the rows,
 * then one line a row, each ended by a line feed. The rows of the blinded list come first, so that place and number of
 * the others shift none of them. UNBLINDED.
 */
export function committedText(master: MasterList): string {
  const { plan, algorithm, status } = master.unblindedRecord();
  const { trial, part, list } = plan;
  const rows = Array.from(master.unblindedPublishedRows(), rowLine);
  const head = { format: "allocell-committed-list-1", status, trial, part, list, algorithm, plan, rows: rows.length };
  return [canonicalJson(head), ...rows, ...Array.from(master.unblindedSurplusRows(), rowLine), ""].join("\n");
}

function rowLine(row: MasterRow): string {
  return canonicalJson({ ...row, stratum: Object.fromEntries(row.stratum) });
}

/** The bytes of a leaf before its salt: the canonical JSON of {@link CommittedRow}. */
export function leafText({ arm, list, number, sequence, status, stratum }: CommittedRow): string {
  return canonicalJson({ arm, list, number, sequence, status, stratum });
}

/**
 * Reads the text of a committed list.
 *
 * @throws AllocellError `blinding.opening_invalid`
 */
export function readCommitted(text: string): CommittedList {
  const lines = text.split("\n");
  try {
    const head = JSON.parse(lines[0] ?? "") as CommittedHead;
    const { list, status, rows: count } = head;
    const rows = lines.slice(1, count + 1).map((line) => {
      const { arm, number, sequence, stratum } = JSON.parse(line) as CommittedRow;
      const row = { arm, list, number, sequence, status, stratum };
      leafText(row);
      return row;
    });
    if (rows.length === count) return { head, rows, surplus: lines.slice(count + 1).join("\n") };
  } catch {
    // What is no list is told below, whatever it is.
  }
  return fail("blinding.opening_invalid", "text", "The text of the opening is not that of a committed list.", {
    expected: "one line about the list, then one line for each of its rows",
  });
}
