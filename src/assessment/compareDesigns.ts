import { deepFreeze, fail, requireEach, requireFields, type Issue } from "../foundation/index.js";
import { readyProcedure, type ProcedureSpec } from "../procedure/index.js";
import { compile } from "./chain.js";
import { exactMeasures } from "./exactMeasures.js";
import type { Knowledge, Measures } from "./model.js";
import { simulate, type SimulationOptions } from "./simulate.js";
import { designWarnings } from "./warnings.js";

/** What designs are compared for: one list of `rows` rows. */
export interface DesignSetting {
  readonly ratio: readonly number[];
  /** Rows of the list, a whole number from 1 to 10^6. */
  readonly rows: number;
  readonly knowledge?: Knowledge;
  /** Lists of the trial, for the warning about strata; absent: 1. */
  readonly strata?: number;
  /** Participants of the trial; absent: rows. */
  readonly participants?: number;
  /** Absent: exact. */
  readonly simulation?: SimulationOptions;
  /** Bound on the states, a whole number from 1 to 10^7; absent: that of {@link compile}. */
  readonly mostStates?: number;
}

/** One design with its place between balance and randomness. */
export interface ComparedDesign {
  readonly procedure: ProcedureSpec;
  readonly measures: Measures;
  readonly warnings: readonly Issue[];
  /**
   * Correct guesses of the best guesser above those of a guess by the ratio alone, as a share of what is possible:
   * (maximum probability - largest w_k / W) / (1 - largest w_k / W), in [0, 1]. By the convergence guess, never below
   * 0, where the design is hidden.
   */
  readonly predictability: number;
  /** E of the largest imbalance at any row; the final one where that is undefined. */
  readonly imbalance: number;
  /** Whether no other compared design is better in one of both and not worse in the other. */
  readonly isUndominated: boolean;
}

/**
 * Measures several designs of one list beside each other, in the order given.
 *
 * @throws AllocellError `assessment.nothing_to_compare`, and what each design throws, with its place in the path
 * @see definitions, sources and worked values: docs/assessment-worked.md and docs/assessment-worked-trial.md
 */
export function compareDesigns(designs: readonly ProcedureSpec[], setting: DesignSetting): readonly ComparedDesign[] {
  requireFields({ designs }, "designs to compare", { designs: "a list" });
  requireFields(setting, "what designs are compared for: ratio and rows", { ratio: "a list", rows: "a number" });
  if (designs.length === 0) {
    fail("assessment.nothing_to_compare", "designs", "There is no design to compare.", { expected: "at least one" });
  }
  return markUndominated(designs.map((procedure) => assessDesign(procedure, setting)));
}

/** A design by the two numbers in which it is compared. */
type Placed = Pick<ComparedDesign, "predictability" | "imbalance">;

/**
 * Says of each design whether no other one of them is better in predictability or imbalance and not worse in the other.
 *
 * @throws AllocellError `input.invalid`
 * @example
 * markUndominated([{ predictability: 0, imbalance: 8 }, { predictability: 0.1, imbalance: 9 }]).map((own) => own.isUndominated);
 * // [true, false]
 */
export function markUndominated<Design extends Placed>(
  designs: readonly Design[],
): readonly (Design & { readonly isUndominated: boolean })[] {
  requireFields({ designs }, "designs to compare", { designs: "a list" });
  requireEach<Placed>(designs, "a design that is compared", { predictability: "a number", imbalance: "a number" });
  return deepFreeze(
    designs.map((own) => ({
      ...own,
      isUndominated: !designs.some(
        (other) =>
          other.predictability <= own.predictability + 1e-12 &&
          other.imbalance <= own.imbalance + 1e-12 &&
          (other.predictability < own.predictability - 1e-12 || other.imbalance < own.imbalance - 1e-12),
      ),
    })),
  );
}

/** One design by itself. */
export function assessDesign(procedure: ProcedureSpec, setting: DesignSetting): Omit<ComparedDesign, "isUndominated"> {
  const { ratio, rows, knowledge, mostStates } = setting;
  const { urn } = readyProcedure(procedure, ratio, rows);
  const compiling = {
    ratio,
    rows,
    ...(knowledge === undefined ? {} : { knowledge }),
    ...(mostStates === undefined ? {} : { mostStates }),
  };
  const measures =
    setting.simulation === undefined
      ? exactMeasures(compile(urn, compiling))
      : simulate(urn, compiling, setting.simulation);
  const largest = Math.max(...measures.ratio) / measures.ratio.reduce((sum, w) => sum + w, 0);
  const { maximumProbability, convergence } = measures.correctGuesses;
  return {
    procedure,
    measures,
    warnings: designWarnings({
      procedure,
      ratio,
      strata: setting.strata ?? 1,
      participants: setting.participants ?? rows,
      measures: [measures],
    }),
    predictability: Math.max(0, ((maximumProbability ?? convergence).value - largest) / (1 - largest)),
    imbalance: (measures.maximal ?? measures.finalAbsolute).value,
  };
}
