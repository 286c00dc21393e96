import { describeReceived, fail, requireFields, requireString } from "../foundation/index.js";
import { marked, requireMasterList, strataOf, type MasterList, type MasterRow, type Plan } from "../list/index.js";
import type { Unblinded } from "../list/index.js";

/** What of an unblinded manifest says which list a master file holds. */
export interface ListIdentity {
  readonly status: "LIVE" | "TEST";
  readonly plan: Plan;
}

/** The rows of a list with their treatments, in list order: those that the blinded list has too. UNBLINDED. */
export interface UnblindedRows extends Unblinded, ListIdentity {
  /** The rows anew at each call, one at a time. */
  readonly rows: () => Iterable<MasterRow>;
}

/** The rows of a master list that can be issued. UNBLINDED. */
export function unblindedRowsOf(master: MasterList): UnblindedRows {
  requireMasterList(master);
  const { plan, status } = master.unblindedRecord();
  return marked({ world: "unblinded" as const, plan, status, rows: () => master.unblindedPublishedRows() });
}

/**
 * Reads the master CSV of a list, so that neither seed nor procedure is needed to hand its rows on. It is read row by
 * row; whether the file is the list's own says its SHA-256 in the manifest, and that is the caller's to compare.
 *
 * @param pieces - the text of the file in pieces of any size, anew at each call
 * @throws AllocellError `exchange.master_unreadable`, when its rows are read, with the line
 */
export function readMasterCsv(identity: ListIdentity, pieces: () => Iterable<string>): UnblindedRows {
  requireFields(identity, "the manifest of a list", { plan: "a map", status: "text" });
  requireFields({ pieces }, "the text of a master list", { pieces: "a function" });
  const { plan, status } = identity;
  return marked({ world: "unblinded" as const, plan, status, rows: () => readRows(identity, pieces()) });
}

function* readRows({ plan, status }: ListIdentity, pieces: Iterable<string>): Generator<MasterRow, void, undefined> {
  const factors = plan.strata.map(({ factor }) => factor);
  const columns = ["status", "list", ...factors, "sequence", "number", "block", "block_size", "position", "arm"];
  const strata = new Map(
    strataOf(plan).map((stratum) => [stratum.levels.map(([, level]) => level).join(","), stratum]),
  );
  const arms = new Set(plan.arms.map(({ arm }) => arm));
  const start = `${status},${plan.list},`;
  let line = 0;
  for (const text of linesOf(pieces)) {
    line += 1;
    if (line === 1) {
      if (text !== columns.join(",")) refuse(1, columns.join(","), text);
      continue;
    }
    const cells = text.split(",");
    const stratum = strata.get(cells.slice(2, 2 + factors.length).join(","));
    const [sequence = "", number = "", block = "", size = "", position = "", arm = ""] = cells.slice(
      2 + factors.length,
    );
    const isRow = cells.length === columns.length && text.startsWith(start) && arms.has(arm);
    if (!isRow || stratum === undefined || ![sequence, block, size, position].every((cell) => /^\d+$/.test(cell))) {
      return refuse(line, `a row of ${status} list ${plan.list}`, text);
    }
    if (Number(sequence) > stratum.length) continue;
    yield {
      stratum: stratum.levels,
      sequence: Number(sequence),
      number,
      block: Number(block),
      blockSize: Number(size),
      position: Number(position),
      arm,
    };
  }
}

function refuse(line: number, expected: string, received: string): never {
  return fail("exchange.master_unreadable", `line ${line}`, `Line ${line} is not a line of this master list.`, {
    expected,
    received: describeReceived(received),
  });
}

/** Lines that end in CR LF or LF, without their ends. */
function* linesOf(pieces: Iterable<string>): Generator<string, void, undefined> {
  let rest = "";
  for (const piece of pieces) {
    requireString(piece, "piece", "a piece of a text");
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.endsWith("\r") ? line.slice(0, -1) : line;
  }
  if (rest !== "") yield rest;
}
