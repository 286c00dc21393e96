import { fail } from "../foundation/index.js";
import type { Balls, Urn } from "../procedure/index.js";
import { stateText } from "./stateText.js";

/** What can be drawn in a state: an arm at once, a hidden ball only, either of them, or nothing. */
export type StateKind = "arms" | "hidden" | "mixed" | "empty";

/** One state of an urn, by its number in {@link UrnStates}. */
export interface UrnState {
  readonly kind: StateKind;
  readonly balls: readonly Balls[];
  /** As bigints, made only when they are asked for. */
  readonly total: bigint;
  readonly blockAt: number;
}

/** The states of an urn as they are reached, each known by a number, with what follows each ball. */
export class UrnStates<State> {
  readonly start: number;
  readonly arms: number;
  readonly #urn: Urn<State>;
  readonly #most: number;
  readonly #states: State[] = [];
  readonly #described: UrnState[] = [];
  readonly #next: Int32Array[] = [];
  readonly #numberOf = new Map<string, number>();

  constructor(urn: Urn<State>, most: number) {
    this.#urn = urn;
    this.#most = most;
    this.arms = urn.arms;
    this.start = this.#add(urn.start);
  }

  get size(): number {
    return this.#states.length;
  }

  describe(number: number): UrnState {
    return this.#described[number] as UrnState;
  }

  /** The number of the state that follows when `ball` is drawn. */
  follow(number: number, ball: number): number {
    const next = this.#next[number] as Int32Array;
    const known = next[ball] as number;
    if (known >= 0) return known;
    const to = this.#add(this.#urn.after(this.#states[number] as State, ball, undefined));
    next[ball] = to;
    return to;
  }

  #add(state: State): number {
    const key = stateText(state);
    const known = this.#numberOf.get(key);
    if (known !== undefined) return known;
    const number = this.#states.length;
    if (number >= this.#most) tooManyStates(this.#most);
    this.#numberOf.set(key, number);
    this.#states.push(state);
    const balls = this.#urn.balls(state, undefined);
    let total = 0n;
    for (const count of balls) total += BigInt(count);
    const hasArm = balls.some((count, ball) => ball < this.arms && Number(count) > 0);
    const hasHidden = balls.some((count, ball) => ball >= this.arms && Number(count) > 0);
    const kind = hasArm ? (hasHidden ? "mixed" : "arms") : hasHidden ? "hidden" : "empty";
    this.#described.push({ kind, balls, total, blockAt: this.#urn.blockAt?.(state) ?? 0 });
    this.#next.push(new Int32Array(balls.length).fill(-1));
    return number;
  }
}

/** The bound of every compilation: it never explodes silently. */
export function tooManyStates(most: number): never {
  return fail(
    "assessment.too_many_states",
    "mostStates",
    `This procedure needs more than ${most} information states; it can be simulated instead.`,
    {
      expected: `at most mostStates = ${most} states: simulate, look at fewer rows, let the guesser know "hidden", or raise mostStates`,
    },
  );
}
