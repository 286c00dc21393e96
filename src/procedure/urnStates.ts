import { stateText } from "./stateText.js";
import type { Balls, Urn } from "./urn.js";

/** One state of an urn, by its number in {@link UrnStates}. */
export interface UrnState {
  readonly balls: readonly Balls[];
  /** The sum of the balls, exactly. */
  readonly total: bigint;
  /** Whether only hidden balls can be drawn: what follows is decided before anybody is assigned. */
  readonly isHidden: boolean;
  /** Rows of the block that begins here; 0 elsewhere. */
  readonly blockAt: number;
}

/**
 * The states of an urn as they are reached, equal ones merged, each known by a number, with what follows each ball.
 *
 * @param merge - the state that stands for a state and all like it; absent: what the urn says is alike, else equal states
 */
export class UrnStates<State> {
  readonly start: number;
  readonly arms: number;
  readonly #urn: Urn<State>;
  readonly #merge: (state: State) => State;
  readonly #states: State[] = [];
  readonly #described: (UrnState | undefined)[] = [];
  readonly #next: number[][] = [];
  readonly #numberOf = new Map<string, number>();

  constructor(urn: Urn<State>, merge?: (state: State) => State) {
    this.#urn = urn;
    this.#merge = merge ?? ((state) => urn.alike?.(state) ?? state);
    this.arms = urn.arms;
    this.start = this.#add(urn.start);
  }

  get size(): number {
    return this.#states.length;
  }

  state(number: number): State {
    return this.#states[number] as State;
  }

  describe(number: number): UrnState {
    return (this.#described[number] ??= this.#look(this.state(number)));
  }

  /** The number of the state that follows when `ball` is drawn. */
  follow(number: number, ball: number): number {
    const next = this.#next[number] as number[];
    return (next[ball] ??= this.#add(this.#urn.after(this.state(number), ball, undefined)));
  }

  #look(state: State): UrnState {
    const balls = this.#urn.balls(state, undefined);
    const total = balls.reduce((sum: bigint, count) => sum + BigInt(count), 0n);
    const isHidden = total > 0n && balls.every((count, ball) => ball >= this.arms || Number(count) === 0);
    return { balls, total, isHidden, blockAt: this.#urn.blockAt?.(state) ?? 0 };
  }

  #add(reached: State): number {
    const state = this.#merge(reached);
    const key = stateText(state);
    const known = this.#numberOf.get(key);
    if (known !== undefined) return known;
    const number = this.#states.length;
    this.#numberOf.set(key, number);
    this.#states.push(state);
    this.#next.push([]);
    return number;
  }
}
