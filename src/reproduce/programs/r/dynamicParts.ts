import type { DynamicPlan } from "../../../list/index.js";
import atkinson from "./atkinson.R";
import huHu from "./hu-hu.R";
import minimization from "./minimization.R";

/** How each dynamic procedure allocates. */
export const R_DYNAMIC: Readonly<Record<DynamicPlan["procedure"]["kind"], readonly string[]>> = {
  minimization: [minimization],
  "hu-hu": [huHu],
  atkinson: [atkinson],
};
