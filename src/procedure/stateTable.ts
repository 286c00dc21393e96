import { fail } from "../foundation/index.js";
import type { Urn } from "./urn.js";
import { UrnStates } from "./urnStates.js";

const WORD = 4294967296; // 2^32
const MOST_BALLS = 2147483647; // 2^31 - 1, so that every entry is a signed 32-bit integer, which engines index fastest

/** What a draw at a state decides: which arm (or an own hidden ball), only a hidden ball, nothing, or too big to tabulate. */
export type DrawKind = 0 | 1 | 2 | 3;
export const DRAWS_ARM: DrawKind = 0;
export const DRAWS_HIDDEN: DrawKind = 1;
export const EMPTY: DrawKind = 2;
export const BIG: DrawKind = 3;

/** Draws of up to so many balls (blocks, most coins) are looked up; larger ones are searched for. */
export const MOST_LOOKED_UP = 16;

/** Where a state's entries stand, counted from its offset: five numbers, the looked-up draws, one `upTo` and one `next` a ball. */
export const SPECIAL = 0;
export const TOTAL = 1;
export const LARGEST_ACCEPTED = 2;
export const BLOCK_AT = 3;
export const KIND = 4;
export const BALL_OF = 5;
export const UP_TO: number = BALL_OF + MOST_LOOKED_UP;
/** A `next` entry that is not known yet. */
export const UNKNOWN = -1;

/**
 * An urn without profiles as one table of 32-bit integers, filled in as states are reached.
 *
 * A list walks the same few states over and over (a block of four has nine), so that each draw becomes a comparison
 * and a look-up. A state is the offset of its entries in {@link entries}:
 *
 * - `SPECIAL`: 0 where a draw decides an arm and no block begins, which is nearly always; else look at the next two
 * - `BLOCK_AT`: rows of the block that begins here, 0 elsewhere
 * - `KIND`: a {@link DrawKind}
 * - `TOTAL`: the number of balls
 * - `LARGEST_ACCEPTED`: the largest word that a draw accepts, 2^32 - (2^32 mod total) - 1; read it with `>>> 0`
 * - `BALL_OF` + x: the ball that draw x takes; only where `TOTAL` is at most {@link MOST_LOOKED_UP}
 * - `UP_TO` + ball: the number of balls up to and including this one
 * - `UP_TO` + width + ball: the offset of the state that follows, `UNKNOWN` until {@link follow} was asked
 */
export class StateTable<State> {
  /** Balls a state: the arms, then the hidden ones. */
  readonly width: number;
  /** Replaced by a longer one when it is full: read it anew after {@link follow}. */
  entries: Int32Array;
  readonly #states: UrnStates<State>;
  readonly #stride: number;
  #described = 0;

  constructor(urn: Urn<State>) {
    // Alike is not equal here: merging states would change what is drawn.
    this.#states = new UrnStates(urn, (state) => state);
    this.width = urn.balls(urn.start, undefined).length;
    this.#stride = UP_TO + 2 * this.width;
    this.entries = new Int32Array(64 * this.#stride);
    this.#offsetOf(this.#states.start);
  }

  /** How many states were reached so far. */
  get size(): number {
    return this.#states.size;
  }

  state(offset: number): State {
    return this.#states.state(offset / this.#stride);
  }

  /** The state that follows when `ball` is drawn at `offset`. */
  follow(offset: number, ball: number): number {
    const to = this.#offsetOf(this.#states.follow(offset / this.#stride, ball));
    this.entries[offset + UP_TO + this.width + ball] = to;
    return to;
  }

  /** The offset of a state; a new one is entered in the table. */
  #offsetOf(state: number): number {
    const offset = state * this.#stride;
    if (state < this.#described) return offset;
    if (offset === this.entries.length) {
      const grown = new Int32Array(2 * offset);
      grown.set(this.entries);
      this.entries = grown;
    }
    this.#described += 1;
    this.#describe(offset, state);
    return offset;
  }

  /** Enters the ball that each draw takes. */
  #enterDraws(offset: number, total: number): void {
    for (let x = 0, ball = 0; x < total; x += 1) {
      while (x >= (this.entries[offset + UP_TO + ball] as number)) ball += 1;
      this.entries[offset + BALL_OF + x] = ball;
    }
  }

  #describe(offset: number, state: number): void {
    const { balls, blockAt } = this.#states.describe(state);
    if (balls.length > this.width) {
      fail("procedure.urn_invalid", "balls", "An urn has more kinds of balls in a state than at its start.", {
        expected: `at most ${this.width} kinds`,
        received: `${balls.length} kinds`,
      });
    }
    const { entries } = this;
    let total = 0;
    let armBalls = 0;
    balls.forEach((count, ball) => {
      total += Number(count);
      if (ball < this.#states.arms) armBalls += Number(count);
      entries[offset + UP_TO + ball] = Math.min(total, MOST_BALLS);
      entries[offset + UP_TO + this.width + ball] = UNKNOWN;
    });
    if (total <= MOST_LOOKED_UP) this.#enterDraws(offset, total);
    // Balls that fit one word are drawn with one word, whether they are numbers or bigints.
    const isSmall = total <= MOST_BALLS;
    entries[offset + KIND] = !isSmall ? BIG : total === 0 ? EMPTY : armBalls === 0 ? DRAWS_HIDDEN : DRAWS_ARM;
    entries[offset + TOTAL] = isSmall ? total : 0;
    entries[offset + LARGEST_ACCEPTED] = isSmall && total > 0 ? WORD - (WORD % total) - 1 : 0;
    entries[offset + BLOCK_AT] = blockAt;
    entries[offset + SPECIAL] = entries[offset + KIND] === DRAWS_ARM && entries[offset + BLOCK_AT] === 0 ? 0 : 1;
  }
}
