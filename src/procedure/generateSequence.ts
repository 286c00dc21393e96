import { requireUrn, type Urn } from "./urn.js";
import { fail, requireFields } from "../foundation/index.js";
import type { WordSource } from "../random/index.js";
import { drawBall } from "./draw.js";
import {
  BALL_OF,
  BLOCK_AT,
  DRAWS_ARM,
  DRAWS_HIDDEN,
  KIND,
  LARGEST_ACCEPTED,
  MOST_LOOKED_UP,
  StateTable,
  TOTAL,
  UNKNOWN,
  UP_TO,
} from "./stateTable.js";

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
const TABLES_FROM_ROWS = 500;
const MOST_ROWS = 100_000_000;

/**
 * Draws a sequence from an urn: for each row one ball, after as many hidden ones as the urn gives.
 *
 * @throws AllocellError `procedure.rows_invalid`, `procedure.arms_too_many` (above 256), `procedure.urn_empty` if the
 *   urn comes to its end before the rows do
 */
export function generateSequence<State>(urn: Urn<State>, options: SequenceOptions, sources: SequenceSources): Sequence {
  requireUrn(urn);
  requireFields(options, "how long a list is to be: rows", {});
  requireFields(sources, "where the words come from", { allocation: "a map", blockSizes: "a map" });
  const { rows, wholeLastBlock = false } = options;
  if (!Number.isInteger(rows) || rows < 1 || rows > MOST_ROWS) {
    fail("procedure.rows_invalid", "rows", "The number of rows is invalid.", {
      expected: `a whole number from 1 to ${MOST_ROWS}`,
      received: String(rows),
    });
  }
  if (urn.arms > 256) fail("procedure.arms_too_many", "ratio", "A list has at most 256 arms.");

  const list = new GrowingList(rows, wholeLastBlock);
  // Both ways draw the same; tables cost more than they save where hardly a state comes twice.
  const loose = rows < TABLES_FROM_ROWS ? urn.start : walkTable(urn, new StateTable(urn), list, sources);
  if (loose !== undefined) walkUrn(urn, loose, list, sources);
  return list.finish();
}

/** The rows drawn so far. */
class GrowingList {
  arms: Uint8Array<ArrayBuffer>;
  drawn = 0;
  /** Where the open block ends; 0 without blocks. */
  blockEnd = 0;
  readonly blockStarts: number[] = [];

  readonly #rows: number;
  readonly #wholeLastBlock: boolean;

  constructor(rows: number, wholeLastBlock: boolean) {
    this.#rows = rows;
    this.#wholeLastBlock = wholeLastBlock;
    this.arms = new Uint8Array(rows);
  }

  /** How many rows are needed as things stand: all of the open block, if it is to stay whole. */
  get needed(): number {
    return this.#wholeLastBlock ? Math.max(this.#rows, this.blockEnd) : this.#rows;
  }

  beginBlock(size: number): void {
    this.blockStarts.push(this.drawn);
    this.blockEnd = this.drawn + size;
    if (this.needed > this.arms.length) {
      const longer = new Uint8Array(this.needed);
      longer.set(this.arms);
      this.arms = longer;
    }
  }

  /** The urn has no ball left. */
  ended(): never {
    return fail("procedure.urn_empty", "rows", `The procedure ends after ${this.drawn} of ${this.#rows} rows.`, {
      expected: `at most ${this.drawn} rows`,
      received: String(this.#rows),
    });
  }

  finish(): Sequence {
    const { arms, blockStarts, blockEnd } = this;
    const blockSizes = blockStarts.map((start, i) => (blockStarts[i + 1] ?? blockEnd) - start);
    return { arms, blockStarts, blockSizes };
  }
}

/** The ball that the next word of the source says, by the weights of the state at `at`: below 2^32 in all. */
function drawByTable(entries: Int32Array, at: number, source: WordSource): number {
  const largest = (entries[at + LARGEST_ACCEPTED] as number) >>> 0;
  let word = source.nextWord();
  while (word > largest) word = source.nextWord();
  const total = (entries[at + TOTAL] as number) >>> 0;
  const x = (word % total) | 0;
  if (total <= MOST_LOOKED_UP) return entries[at + BALL_OF + x] as number;
  let ball = 0;
  while (x >= (entries[at + UP_TO + ball] as number)) ball += 1;
  return ball;
}

/** Draws by table until the list is complete, or, if the table gets too long, gives the state it came to. */
function walkTable<State>(
  urn: Urn<State>,
  table: StateTable<State>,
  list: GrowingList,
  sources: SequenceSources,
): State | undefined {
  const nextAt = UP_TO + table.width;
  const { allocation, blockSizes } = sources;
  const isArm = urn.arms;
  let { entries } = table;
  let { arms, drawn, needed } = list;
  let at = 0; // the state's offset in the table

  while (drawn < needed) {
    let source = allocation;
    let ball = -1;
    if ((entries[at] as number) !== 0) {
      // SPECIAL is 0
      list.drawn = drawn;
      const block = entries[at + BLOCK_AT] as number;
      if (block > 0) {
        list.beginBlock(block);
        ({ arms, needed } = list);
      }
      const kind = entries[at + KIND] as number;
      if (kind === DRAWS_HIDDEN) source = blockSizes;
      else if (kind !== DRAWS_ARM) ball = drawBig(urn, table.state(at), list, sources);
    }
    if (ball < 0) ball = drawByTable(entries, at, source);

    if (ball < isArm) {
      arms[drawn] = ball;
      drawn += 1;
    }
    const known = entries[at + nextAt + ball] as number;
    if (known !== UNKNOWN) {
      at = known;
    } else {
      at = table.follow(at, ball);
      ({ entries } = table);
      if (table.size > MOST_STATES) {
        list.drawn = drawn;
        return table.state(at);
      }
    }
  }
  list.drawn = drawn;
  return undefined;
}

/** Draws straight from the urn: the same balls, without tables. */
function walkUrn<State>(urn: Urn<State>, from: State, list: GrowingList, sources: SequenceSources): void {
  let state = from;
  while (list.drawn < list.needed) {
    const block = urn.blockAt?.(state) ?? 0;
    if (block > 0) list.beginBlock(block);
    const ball = drawBig(urn, state, list, sources);
    if (ball < urn.arms) {
      list.arms[list.drawn] = ball;
      list.drawn += 1;
    }
    state = urn.after(state, ball, undefined);
  }
}

/** One draw by the general rule, from the stream that the urn's balls call for. */
function drawBig<State>(urn: Urn<State>, state: State, list: GrowingList, sources: SequenceSources): number {
  const balls = urn.balls(state, undefined);
  // The first kind with a ball in it: an arm, only a hidden one, or none at all.
  let first = 0;
  while (first < balls.length && (balls[first] === 0 || balls[first] === 0n)) first += 1;
  if (first === balls.length) return list.ended();
  return drawBall(balls, first >= urn.arms ? sources.blockSizes : sources.allocation);
}
