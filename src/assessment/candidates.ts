import { dynamicUrn, type DynamicProcedure, type Factor } from "../list/index.js";
import { cutBlocks, type ProcedureSpec } from "../procedure/index.js";
import type { TrialDesign } from "./trialDesign.js";

const sumOf = (ratio: readonly number[]): number => ratio.reduce((sum, w) => sum + w, 0);

/** Whether a procedure allocates by the participants' levels, without lists. */
export const isDynamic = (procedure: ProcedureSpec | DynamicProcedure): procedure is DynamicProcedure =>
  procedure.kind === "minimization" || procedure.kind === "hu-hu" || procedure.kind === "atkinson";

/** Permuted blocks over a whole trial, or in some of its strata: lists of many blocks, after which another one is begun. */
export const blocksIn = (ratio: readonly number[], strata: readonly string[]): TrialDesign => {
  const ratioSum = sumOf(ratio);
  return {
    kind: "list",
    procedure: cutBlocks([ratioSum, 2 * ratioSum]),
    strata,
    length: 20 * ratioSum,
  };
};

/** Complete randomization of a whole trial. */
export const completeTrial = (ratio: readonly number[]): TrialDesign => ({
  kind: "list",
  procedure: { kind: "complete" },
  strata: [],
  length: sumOf(ratio),
});

/** A dynamic design over factors; where it has weights, these, or 1 for all. */
export const dynamicOver = (
  procedure: DynamicProcedure,
  factors: readonly Factor[],
  weights?: readonly number[],
): TrialDesign => ({
  kind: "dynamic",
  procedure,
  factors: factors.map(({ factor }, i) => ({
    factor,
    ...(procedure.kind === "atkinson" ? {} : { weight: weights?.[i] ?? 1 }),
  })),
});

/**
 * The designs of a whole trial that are looked at beside lists in every stratum: minimization and the design of Hu and Hu
 * over all factors, minimization without the centre, and permuted blocks in fewer strata or in none.
 *
 * @param centre - the factor that is the centre, if there is one
 * @param weights - of the factors, if they are stated; otherwise all have 1, and once the centre counts half
 */
export function trialCandidates(
  ratio: readonly number[],
  factors: readonly Factor[],
  centre: string | undefined,
  weights?: readonly number[],
): readonly TrialDesign[] {
  if (factors.length === 0) return [];
  const others = factors.filter(({ factor }) => factor !== centre);
  const minimize = (probability: string): DynamicProcedure => ({
    kind: "minimization",
    measure: "range",
    law: { kind: "fixed", probability },
  });
  const huHu = (stratumWeight: number): DynamicProcedure => ({
    kind: "hu-hu",
    overallWeight: 1,
    stratumWeight,
    probability: "0.8",
  });
  const hasBoth = centre !== undefined && others.length > 0;
  const isEven = weights === undefined || weights.every((own) => own === weights[0]);
  // A prognostic factor may matter more than the centre.
  const halved = hasBoth ? [factors.map(({ factor }) => (factor === centre ? 1 : 2))] : [];
  const beside = isEven ? halved : [factors.map(() => 1)];
  const designs = [
    ...["0.7", "0.8", "0.9", "1"].map((probability) => dynamicOver(minimize(probability), factors, weights)),
    ...beside.map((own) => dynamicOver(minimize("0.8"), factors, own)),
    ...(hasBoth ? [dynamicOver(minimize("0.8"), others)] : []),
    ...[1, 3].map((stratumWeight) => dynamicOver(huHu(stratumWeight), factors, weights)),
    blocksIn(ratio, []),
    ...(hasBoth
      ? [
          blocksIn(ratio, [centre]),
          blocksIn(
            ratio,
            others.map(({ factor }) => factor),
          ),
        ]
      : []),
  ];
  return designs.filter((design) => design.kind === "list" || isPossible(ratio, design, factors));
}

/** Whether a usual dynamic design can have this ratio and these factors: one that cannot is no candidate. */
function isPossible(
  ratio: readonly number[],
  { procedure }: TrialDesign & { readonly kind: "dynamic" },
  factors: readonly Factor[],
): boolean {
  const isTwoEqual = ratio.length === 2 && ratio[0] === ratio[1];
  if (procedure.kind !== "minimization" && !isTwoEqual) return false;
  const arms = ratio.map((own) => ({ ratio: own }));
  const strata = factors.reduce((product, { levels }) => product * levels.length, 1);
  if (procedure.kind === "hu-hu" && strata > 100_000) return false;
  return dynamicUrn({ arms, procedure, factors: factors.map((own) => ({ ...own, weight: 1 })) }).arms === ratio.length;
}
