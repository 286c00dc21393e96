import { requireFields } from "../foundation/index.js";
import type { Arm, Trial } from "./model.js";

const wanted = "a trial as defineTrial returns it";

/** Holds a trial that a caller without types hands over to its outer shape. @throws AllocellError `input.invalid` */
export function requireTrial(trial: Trial): void {
  requireFields(trial, wanted, {
    id: "text",
    parts: "a list",
    arms: "a list",
    interventions: "a list",
    assumptions: "a list",
    eligibility: "a map",
    sources: "a list",
    provenance: "a map",
  });
}

/** As {@link requireTrial}, of an arm. */
export function requireArmShape(arm: Arm): void {
  requireFields(arm, "an arm of a trial", { id: "text" });
}
