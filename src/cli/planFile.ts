import { parsePlan, type Plan } from "../list/index.js";
import { inFile, mapOf, readDataFile, type DataFile } from "./dataFile.js";
import type { Io } from "./io.js";

/** A plan file: the plan, and the decisions that stand beside it, not yet read. */
export interface PlanFileData {
  readonly source: DataFile;
  readonly plan: Plan;
  readonly decisions: unknown;
}

/** Reads a plan file. @throws AllocellError `list.plan_invalid`, `cli.not_a_map`, `cli.yaml_invalid`, each with its place */
export async function readPlanFile(io: Io, file: string): Promise<PlanFileData> {
  const source = await readDataFile(io, file);
  const { decisions, ...fields } = mapOf(source, "a plan", "trial, part, list, arms, procedure, length");
  return { source, plan: inFile(source, "", () => parsePlan(fields)), decisions };
}
