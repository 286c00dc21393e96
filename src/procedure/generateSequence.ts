import { fail } from "../foundation/index.js";
import type { WordSource } from "../random/index.js";
import { drawBall } from "./draw.js";
import { BIG, DRAWS_HIDDEN, StateTable } from "./stateTable.js";
import type { Urn } from "./urn.js";

/** Where the words come from. */
export interface SequenceSources {
  /** For every draw that can assign somebody. */
  readonly allocation: WordSource;
  /**
   * For every draw that cannot: where no arm has a ball (the size of the next block, a Hadamard row). A stream of its
   * own, so that the words of the allocation stream are those of the rows, one draw a row.
   */
  readonly blockSizes: WordSource;
}

/** The arms of a list in order, as indexes, and where its blocks begin. */
export interface Sequence {
  /** One arm index a row. */
  readonly arms: Uint8Array;
  /** Row (from 0) at which each block begins; empty for procedures without blocks. */
  readonly blockStarts: readonly number[];
  /** Rows that each block would have in full; the last one may be cut by the end of the list. */
  readonly blockSizes: readonly number[];
}

export interface SequenceOptions {
  /** Rows that are needed, an integer >= 1. */
  readonly rows: number;
  /** Whether the last block is kept whole, even if the list becomes longer than `rows`. */
  readonly wholeLastBlock?: boolean;
}

/** States that are tabulated before the generator goes on without tables (a long list of ever new states). */
const MOST_STATES = 20_000;
const MOST_ROWS = 100_000_000;

/**
 * Draws a sequence from an urn: for each row one ball, after as many hidden ones as the urn gives.
 *
 * @throws AllocellError `procedure.rows_invalid`, `procedure.arms_too_many` (above 256), `procedure.urn_empty` if the
 *   urn comes to its end before the rows do
 */
export function generateSequence<State>(
  urn: Urn<State>,
  options: SequenceOptions,
  sources: SequenceSources,
): Sequence {
  const { rows, wholeLastBlock = false } = options;
  if (!Number.isInteger(rows) || rows < 1 || rows > MOST_ROWS) {
    fail("procedure.rows_invalid", "rows", "The number of rows is invalid.", {
      expected: `a whole number from 1 to ${MOST_ROWS}`,
      received: String(rows),
    });
  }
  if (urn.arms > 256) fail("procedure.arms_too_many", "ratio", "A list has at most 256 arms.");

  let arms = new Uint8Array(rows);
  const blockStarts: number[] = [];
  const blockSizes: number[] = [];
  const table = new StateTable(urn);
  const { width } = table;
  const { allocation, blockSizes: sizeSource } = sources;
  let row = 0; // the state's row in the table
  let loose: State | undefined; // the state itself, once the table is full
  let drawn = 0;
  let blockEnd = 0;
  // The tables under local names: they are replaced only when a new state is reached.
  let { drawKind, largestAccepted, totals, upTo, next, blockAt } = table;

  for (;;) {
    const block = loose === undefined ? (blockAt[row] as number) : (urn.blockAt?.(loose) ?? 0);
    if (drawn >= rows && (!wholeLastBlock || drawn >= blockEnd)) break;
    if (block > 0) {
      blockStarts.push(drawn);
      blockSizes.push(block);
      blockEnd = drawn + block;
    }

    let ball = 0;
    const kind = loose === undefined ? (drawKind[row] as number) : BIG;
    if (kind <= DRAWS_HIDDEN) {
      const source = kind === DRAWS_HIDDEN ? sizeSource : allocation;
      const largest = largestAccepted[row] as number;
      let x = source.nextWord();
      while (x > largest) x = source.nextWord();
      x %= totals[row] as number;
      const base = row * width;
      while (x >= (upTo[base + ball] as number)) ball += 1;
    } else if (kind === BIG) {
      const balls = urn.balls(loose ?? table.state(row), undefined);
      if (balls.every((count) => BigInt(count) === 0n)) return ended(drawn, rows);
      const isHidden = balls.every((count, i) => i >= urn.arms || BigInt(count) === 0n);
      ball = drawBall(balls, isHidden ? sizeSource : allocation);
    } else {
      return ended(drawn, rows);
    }

    if (ball < urn.arms) {
      if (drawn === arms.length) arms = longer(arms);
      arms[drawn] = ball;
      drawn += 1;
    }
    if (loose === undefined) {
      const known = next[row * width + ball] as number;
      if (known >= 0) {
        row = known;
      } else {
        row = table.follow(row, ball);
        ({ drawKind, largestAccepted, totals, upTo, next, blockAt } = table);
        if (table.size > MOST_STATES) loose = table.state(row);
      }
    } else {
      loose = urn.after(loose, ball, undefined);
    }
  }
  return { arms: arms.subarray(0, drawn), blockStarts, blockSizes };
}

function longer(arms: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(arms.length + Math.max(1024, arms.length >> 3));
  grown.set(arms);
  return grown;
}

function ended(drawn: number, rows: number): never {
  return fail("procedure.urn_empty", "rows", `The procedure ends after ${drawn} of ${rows} rows.`, {
    expected: `at most ${drawn} rows`,
    received: String(rows),
  });
}
