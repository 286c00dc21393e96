import { parseDynamicPlan, parsePlan, type DynamicPlan, type Plan } from "../list/index.js";
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
  const { decisions } = mapOf(source, "a plan", "trial, part, list, arms, procedure, length");
  return { source, plan: listPlanOf(source), decisions };
}

/** Whether a file is the plan of a dynamic allocation: these have factors. */
export const isDynamicPlan = ({ data }: DataFile): boolean =>
  typeof data === "object" && data !== null && "factors" in data;

/** The plan of a dynamic allocation. Decisions in the file are for the trial's check and are left to the caller. */
export function dynamicPlanOf(source: DataFile): DynamicPlan {
  return inFile(source, "", () => parseDynamicPlan(withoutDecisions(source, "factors")));
}

/** The plan of a list, its decisions left out as well. */
export function listPlanOf(source: DataFile): Plan {
  return inFile(source, "", () => parsePlan(withoutDecisions(source, "length")));
}

function withoutDecisions(source: DataFile, last: string): Readonly<Record<string, unknown>> {
  const map = mapOf(source, "a plan", `trial, part, list, arms, procedure, ${last}`);
  return Object.fromEntries(Object.entries(map).filter(([name]) => name !== "decisions"));
}
