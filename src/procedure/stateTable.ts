import type { Urn } from "./urn.js";

const WORD = 4294967296; // 2^32

/** What a draw at a state decides: which arm (or an own hidden ball), only a hidden ball, nothing, or too big to tabulate. */
export type DrawKind = 0 | 1 | 2 | 3;
export const DRAWS_ARM: DrawKind = 0;
export const DRAWS_HIDDEN: DrawKind = 1;
export const EMPTY: DrawKind = 2;
export const BIG: DrawKind = 3;

/** The text that equal states share. */
export function stateKey(state: unknown): string {
  if (typeof state === "number") return String(state);
  return JSON.stringify(state, (_, value: unknown) => (typeof value === "bigint" ? `${value}n` : value));
}

/**
 * An urn without profiles as integer tables, filled in as states are reached.
 *
 * A list walks the same few states over and over (a block of four has nine), so that each draw becomes a comparison
 * and a look-up. The tables hold what the urn says and nothing else; a state is its row number.
 */
export class StateTable<State> {
  /** Entries a state: the arms, then the hidden balls. */
  readonly width: number;
  readonly #urn: Urn<State>;
  readonly #states: State[] = [];
  readonly #rowOf = new Map<string, number>();
  #capacity = 64;
  /** Number of balls at each state. */
  totals: Uint32Array = new Uint32Array(this.#capacity);
  /** Largest word that is accepted at each state: 2^32 - (2^32 mod total) - 1. */
  largestAccepted: Uint32Array = new Uint32Array(this.#capacity);
  drawKind: Uint8Array = new Uint8Array(this.#capacity);
  /** Rows of the block that begins at each state, 0 elsewhere. */
  blockAt: Uint32Array = new Uint32Array(this.#capacity);
  /** [state x width + ball]: number of balls up to and including this one. */
  upTo: Uint32Array;
  /** [state x width + ball]: the state that follows, -1 while unknown. */
  next: Int32Array;

  constructor(urn: Urn<State>) {
    this.#urn = urn;
    this.width = urn.balls(urn.start, undefined).length;
    this.upTo = new Uint32Array(this.#capacity * this.width);
    this.next = new Int32Array(this.#capacity * this.width).fill(-1);
    this.add(urn.start);
  }

  /** How many states were reached so far. */
  get size(): number {
    return this.#states.length;
  }

  state(row: number): State {
    return this.#states[row] as State;
  }

  /** The row that follows `row` when `ball` is drawn. */
  follow(row: number, ball: number): number {
    const known = this.next[row * this.width + ball] as number;
    if (known >= 0) return known;
    const to = this.add(this.#urn.after(this.state(row), ball, undefined));
    this.next[row * this.width + ball] = to;
    return to;
  }

  /** The row of a state, new or known. */
  add(state: State): number {
    const key = stateKey(state);
    const known = this.#rowOf.get(key);
    if (known !== undefined) return known;
    const row = this.#states.length;
    if (row === this.#capacity) this.#grow();
    this.#states.push(state);
    this.#rowOf.set(key, row);
    this.#describe(row, state);
    return row;
  }

  #describe(row: number, state: State): void {
    const balls = this.#urn.balls(state, undefined);
    let total = 0;
    let armBalls = 0;
    let isSmall = true;
    balls.forEach((count, ball) => {
      if (typeof count === "bigint" && count > BigInt(WORD)) isSmall = false;
      total += Number(count);
      if (ball < this.#urn.arms) armBalls += Number(count);
      this.upTo[row * this.width + ball] = Math.min(total, WORD - 1);
    });
    // A sum of bigints is drawn from as a bigint, which takes the same words as long as it fits one.
    isSmall &&= total < WORD;
    this.totals[row] = isSmall ? total : 0;
    this.largestAccepted[row] = isSmall && total > 0 ? WORD - (WORD % total) - 1 : 0;
    this.drawKind[row] = total === 0 ? EMPTY : armBalls === 0 ? DRAWS_HIDDEN : DRAWS_ARM;
    if (!isSmall) this.drawKind[row] = BIG;
    this.blockAt[row] = this.#urn.blockAt?.(state) ?? 0;
  }

  #grow(): void {
    this.#capacity *= 2;
    const longer = (old: Uint32Array, length: number): Uint32Array<ArrayBuffer> => {
      const grown = new Uint32Array(length);
      grown.set(old);
      return grown;
    };
    this.totals = longer(this.totals, this.#capacity);
    this.largestAccepted = longer(this.largestAccepted, this.#capacity);
    this.blockAt = longer(this.blockAt, this.#capacity);
    this.upTo = longer(this.upTo, this.#capacity * this.width);
    const kinds = new Uint8Array(this.#capacity);
    kinds.set(this.drawKind);
    this.drawKind = kinds;
    const next = new Int32Array(this.#capacity * this.width).fill(-1);
    next.set(this.next);
    this.next = next;
  }
}
