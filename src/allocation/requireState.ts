import { requireFields } from "../foundation/index.js";
import type { ConductState } from "./conductState.js";

/** Holds the state of a log that a caller without types hands over to its outer shape. @throws AllocellError `input.invalid` */
export function requireState(state: ConductState): void {
  requireFields(state, "the state of a log, as readLog returns it", {
    events: "a number",
    head: "text",
    factors: "a list",
    lines: "a map",
    caps: "a list",
    participants: "a map",
  });
}
