import { deepFreeze, hideFields, type Issue } from "../foundation/index.js";
import type { ClosedAssumption } from "../trial/index.js";
import type { Adoption } from "./adoption.js";
import { blindedListOfPlan, type BlindedList } from "./blindedList.js";
import type { ArmShare, Plan } from "./plan.js";
import { numbersOf } from "./numbers.js";
import type { Stratum } from "./strata.js";

/** One row of the master list. It holds the treatment: for unblinded people only. */
export interface MasterRow {
  readonly stratum: Stratum["levels"];
  /** Position within the stratum, from 1. */
  readonly sequence: number;
  readonly number: string;
  /** Number of the block within the stratum, from 1; 0 for procedures without blocks. */
  readonly block: number;
  /** Rows of that block when complete; 0 without blocks. */
  readonly blockSize: number;
  /** Position within the block, from 1; 0 without blocks. */
  readonly position: number;
  readonly arm: string;
}

/** Counts of one stratum. */
export interface StratumBalance {
  readonly stratum: Stratum["levels"];
  /** Rows that the list has. */
  readonly rows: number;
  /** Rows that the plan asks for. */
  readonly asked: number;
  /** Participants by arm, in the plan's order. */
  readonly counts: Readonly<Record<string, number>>;
  /** The largest distance of an arm's count from its share of the rows; 0 is perfect balance. */
  readonly imbalance: number;
}

/** The arms of one stratum as they were drawn. */
export interface DrawnStratum extends Stratum {
  readonly arms: Uint8Array;
  readonly blockStarts: readonly number[];
  readonly blockSizes: readonly number[];
}

/** What a master list is made of. */
export interface MasterListParts {
  readonly plan: Plan;
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  readonly assumptions: readonly ClosedAssumption[];
  readonly warnings: readonly Issue[];
  /** 64 hex digits derived from the seed; the first 16 are its mark. With them a log's binding can be computed. */
  readonly opening: string;
  /** Where a list comes from that another system made; absent: it was made from a seed. */
  readonly adopted?: Adoption;
  /** Binding of the shorter list that this one extends. */
  readonly extends?: string;
  readonly strata: readonly DrawnStratum[];
}

const HIDDEN = "[master list: unblinded]";

/**
 * The randomization list with its treatments. Only the methods whose names say *unblinded* show one; JSON, string
 * conversion, spreading and debugger print-outs show none, and {@link MasterList.blinded} gives the list for everyone
 * else.
 */
export class MasterList {
  readonly status: "LIVE" | "TEST";
  readonly list: string;
  readonly #parts: MasterListParts;
  #binding: string | undefined;

  constructor(parts: MasterListParts) {
    this.status = parts.status;
    this.list = parts.plan.list;
    this.#parts = parts;
    hideFields(this, HIDDEN);
    Object.freeze(this);
  }

  /** Number of rows over all strata. Unblinded: what a whole last block adds tells how long the blocks are. */
  get unblindedRowCount(): number {
    return this.#parts.strata.reduce((sum, { arms }) => sum + arms.length, 0);
  }

  /**
   * Everything but the rows: the plan (with ratio and block sizes), algorithm, assumptions, warnings. Unblinded.
   * `seedMark` is the mark of what the list's keys are derived from: of its seed or, of an adopted list, of its key.
   */
  unblindedRecord(): Omit<MasterListParts, "strata"> & { readonly seedMark: string } {
    const { plan, status, algorithm, assumptions, warnings, opening, adopted, extends: before } = this.#parts;
    const more = {
      ...(before === undefined ? {} : { extends: before }),
      ...(adopted === undefined ? {} : { adopted }),
    };
    const seedMark = opening.slice(0, 16);
    return Object.freeze({ plan, status, algorithm, assumptions, warnings, opening, seedMark, ...more });
  }

  /** The list's binding, which `compute` makes of it the first time: a list never changes, and each view asks for it. */
  binding(compute: (list: MasterList) => string): string {
    return (this.#binding ??= compute(this));
  }

  /** The same list as the extension of a shorter one, whose binding is given. */
  extending(binding: string): MasterList {
    return new MasterList({ ...this.#parts, extends: binding });
  }

  /** The rows in list order, made one at a time. Unblinded. */
  *unblindedRows(): Generator<MasterRow, void, undefined> {
    for (const stratum of this.#parts.strata) yield* this.#rowsOf(stratum, 0, stratum.arms.length);
  }

  /**
   * The rows that the blinded list has too, which are all that can be issued: of each stratum those that were asked for.
   * Whatever is made one a row and handed out is made of these. Unblinded.
   */
  *unblindedPublishedRows(): Generator<MasterRow, void, undefined> {
    for (const stratum of this.#parts.strata) yield* this.#rowsOf(stratum, 0, stratum.length);
  }

  /** The rows that whole last blocks add, in list order: nobody who is blinded may see how many there are. Unblinded. */
  *unblindedSurplusRows(): Generator<MasterRow, void, undefined> {
    for (const stratum of this.#parts.strata) yield* this.#rowsOf(stratum, stratum.length, stratum.arms.length);
  }

  /** The rows of a stratum from the one at `from` up to, not including, the one at `to`, counted from 0. */
  *#rowsOf(stratum: DrawnStratum, from: number, to: number): Generator<MasterRow, void, undefined> {
    const { plan, status } = this.#parts;
    const { levels, code, arms, blockStarts, blockSizes } = stratum;
    const numberOf = numbersOf(plan.numbers, status, code);
    let block = 0;
    for (let i = 0; i < to; i += 1) {
      if (blockStarts[block] === i) block += 1;
      if (i < from) continue;
      yield {
        stratum: levels,
        sequence: i + 1,
        number: numberOf(i + 1),
        block,
        blockSize: block === 0 ? 0 : (blockSizes[block - 1] as number),
        position: block === 0 ? 0 : i - (blockStarts[block - 1] as number) + 1,
        arm: (plan.arms[arms[i] as number] as ArmShare).arm,
      };
    }
  }

  /** The arms of the rows in list order, as indexes into the plan's arms. Unblinded. */
  unblindedArms(): Uint8Array {
    const all = new Uint8Array(this.unblindedRowCount);
    let at = 0;
    for (const { arms } of this.#parts.strata) {
      all.set(arms, at);
      at += arms.length;
    }
    return all;
  }

  /** Counts by stratum and arm. Unblinded. */
  unblindedBalance(): readonly StratumBalance[] {
    const { plan, strata } = this.#parts;
    const ratioSum = plan.arms.reduce((sum, { ratio }) => sum + ratio, 0);
    return deepFreeze(
      strata.map(({ levels, length, arms }) => {
        const counts = plan.arms.map(() => 0);
        for (const arm of arms) counts[arm] = (counts[arm] as number) + 1;
        const imbalance = Math.max(
          ...plan.arms.map(({ ratio }, k) => Math.abs((counts[k] as number) * ratioSum - arms.length * ratio)),
        );
        return {
          stratum: levels,
          rows: arms.length,
          asked: length,
          counts: Object.fromEntries(plan.arms.map(({ arm }, k) => [arm, counts[k] as number])),
          imbalance: imbalance / ratioSum,
        };
      }),
    );
  }

  /** The list without treatments, for everyone who must stay blinded. */
  blinded(): BlindedList {
    return blindedListOfPlan(this.#parts.plan, this.status);
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }
}
