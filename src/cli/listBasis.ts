import { fail } from "../foundation/index.js";
import type { Trial } from "../trial/index.js";
import { inFile } from "./dataFile.js";
import type { Io } from "./io.js";
import type { PlanFileData } from "./planFile.js";
import { applyDecisionFile, applyDecisions, chooseTrial, withTrialOf } from "./trialInput.js";

export interface TrialOfPlanOptions {
  readonly trial?: string;
  readonly decision?: string;
}

/** The trial of a plan file, with the decisions that stand in the plan and that of `--decision`. */
export async function trialOfPlan(
  io: Io,
  { source, plan, decisions }: PlanFileData,
  options: TrialOfPlanOptions,
): Promise<Trial> {
  const decided = async (): Promise<Trial> => {
    const trial = await chooseTrial(io, plan.trial, withTrialOf(source, options).trial);
    return applyDecisionFile(io, applyDecisions(trial, source, decisions, "decisions"), options.decision);
  };
  return decided().catch((error: unknown) => inFile(source, "", () => rethrowUnknownTrial(error)));
}

/** That a plan names an unknown trial is a fault at `trial` of the plan; every other error has its place already. */
function rethrowUnknownTrial(error: unknown): never {
  if (error instanceof Error && "code" in error && error.code === "trials.unknown") {
    return fail("trials.unknown", "trial", error.message, {
      expected: "the id of a built-in trial, or --trial FILE with the trial's description",
    });
  }
  throw error;
}

/** The clock, or SOURCE_DATE_EPOCH (seconds since 1970) where a build asks for a fixed time. */
export function instantOf(io: Io): string {
  const fixed = io.env["SOURCE_DATE_EPOCH"];
  if (fixed === undefined || fixed === "") return io.now().toISOString();
  if (!/^\d{1,11}$/.test(fixed)) {
    return fail("cli.source_date_invalid", "SOURCE_DATE_EPOCH", "SOURCE_DATE_EPOCH is a whole number of seconds.", {
      expected: "for example 1767225600",
      received: fixed,
    });
  }
  return new Date(Number(fixed) * 1000).toISOString();
}
