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
  readonly rows: number;
}

/**
 * The canonical text of a list with its plan: one line of canonical JSON that names everything that decides the rows,
 * then one line a row, each ended by a line feed. UNBLINDED.
 */
export function committedText(master: MasterList): string {
  const { plan, algorithm, status } = master.unblindedRecord();
  const { trial, part, list } = plan;
  const head = {
    format: "allocell-committed-list-1",
    status,
    trial,
    part,
    list,
    algorithm,
    plan,
    rows: master.unblindedRowCount,
  };
  const lines = [canonicalJson(head)];
  for (const row of master.unblindedRows()) lines.push(rowLine(row));
  return `${lines.join("\n")}\n`;
}

function rowLine(row: MasterRow): string {
  return canonicalJson({ ...row, stratum: Object.fromEntries(row.stratum) });
}

/** The bytes of a leaf before its salt: the canonical JSON of {@link CommittedRow}. */
export function leafText({ arm, list, number, sequence, status, stratum }: CommittedRow): string {
  return canonicalJson({ arm, list, number, sequence, status, stratum });
}

/** The leaves of a committed list, in list order, read from its text. */
export function readCommitted(text: string): { readonly head: CommittedHead; readonly rows: readonly CommittedRow[] } {
  const [first = "", ...lines] = text.split("\n");
  try {
    const head = JSON.parse(first) as CommittedHead;
    const { list, status } = head;
    const rows = lines.slice(0, -1).map((line) => {
      const { arm, number, sequence, stratum } = JSON.parse(line) as CommittedRow;
      const row = { arm, list, number, sequence, status, stratum };
      leafText(row);
      return row;
    });
    return { head, rows };
  } catch {
    return fail("blinding.opening_invalid", "text", "The text of the opening is not that of a committed list.", {
      expected: "one line about the list, then one line a row",
    });
  }
}
