import * as z from "zod/mini";
import { movePaths, requireFields } from "../foundation/index.js";
import {
  anExactFraction,
  aWholeNumber,
  atkinson,
  huHu,
  minimization,
  type CovariateUrn,
  type ImbalanceMeasure,
  type MinimizationLaw,
  type MinimizationScores,
  type Profile,
  type ParameterInput,
} from "../procedure/index.js";

/** A dynamic procedure with its parameters, as a plan states it. Weights stand with the factors. */
export type DynamicProcedure =
  | { readonly kind: "minimization"; readonly measure: ImbalanceMeasure; readonly law: MinimizationLaw }
  | {
      readonly kind: "hu-hu";
      readonly overallWeight: number;
      readonly stratumWeight: number;
      readonly probability: ParameterInput;
    }
  | { readonly kind: "atkinson" };

/** Frozen names, as those of lists: what an id produced once, it produces for ever. */
export const DYNAMIC_ALGORITHMS: Readonly<Record<DynamicProcedure["kind"], string>> = Object.freeze({
  minimization: "allocell-ps-1",
  "hu-hu": "allocell-hh-1",
  atkinson: "allocell-atk-1",
});

/** Strict schema of a dynamic plan's `procedure`. Ranges are the procedures' own business. @internal */
export const dynamicProcedureSchema: z.ZodMiniType<DynamicProcedure> = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("minimization"),
      measure: z.enum(["range", "variance", "sd"], { error: 'must be "range", "variance" or "sd"' }),
      law: z.discriminatedUnion(
        "kind",
        [
          z.strictObject({
            kind: z.literal("fixed"),
            probability: anExactFraction(),
            ties: z.exactOptional(z.enum(["lot", "share"], { error: 'must be "lot" or "share"' })),
          }),
          z.strictObject({ kind: z.literal("rank"), q: anExactFraction() }),
          z.strictObject({ kind: z.literal("proportional"), t: anExactFraction() }),
        ],
        { error: "must have the kind fixed, rank or proportional" },
      ),
    }),
    z.strictObject({
      kind: z.literal("hu-hu"),
      overallWeight: aWholeNumber(),
      stratumWeight: aWholeNumber(),
      probability: anExactFraction(),
    }),
    z.strictObject({ kind: z.literal("atkinson") }),
  ],
  { error: `must name a dynamic procedure: ${Object.keys(DYNAMIC_ALGORITHMS).join(", ")}` },
);

/** The urn of a dynamic procedure, and what minimization explains. */
export interface DynamicUrn extends CovariateUrn {
  explain?(state: readonly number[], profile: Profile): MinimizationScores;
}

interface Setting {
  readonly arms: readonly { readonly ratio: number }[];
  readonly procedure: DynamicProcedure;
  readonly factors: readonly { readonly levels: readonly string[]; readonly weight?: number }[];
}

/** The urn of a dynamic plan. @throws AllocellError `procedure.*`, paths as in the plan */
export function dynamicUrn(setting: Setting): DynamicUrn {
  requireFields(setting, "a plan as parseDynamicPlan returns it", {
    arms: "a list",
    procedure: "a map",
    factors: "a list",
  });
  const { arms, procedure, factors: named } = setting;
  const ratio = arms.map((share) => share.ratio);
  const factors = named.map(({ levels, weight: own }) => ({
    levels: levels.length,
    ...(own === undefined ? {} : { weight: own }),
  }));
  return movePaths(placeOf, () => {
    switch (procedure.kind) {
      case "minimization":
        return minimization({ ratio, factors, measure: procedure.measure, law: procedure.law });
      case "hu-hu": {
        const { overallWeight, stratumWeight, probability } = procedure;
        return huHu({ ratio, factors: factors as never, overallWeight, stratumWeight, probability });
      }
      case "atkinson":
        return atkinson({ ratio, factors });
    }
  });
}

/** Where a parameter of the procedure stands in the plan. */
function placeOf(path: string): string {
  if (path === "ratio") return "arms";
  return path.startsWith("factors") || path === "weight" ? path : `procedure.${path}`;
}
