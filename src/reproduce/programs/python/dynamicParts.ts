import type { DynamicPlan } from "../../../list/index.js";
import atkinson from "./atkinson.py";
import dynamicDraw from "./dynamic-draw.py";
import huHu from "./hu-hu.py";
import minimization from "./minimization.py";

/** How each dynamic procedure allocates. */
export const PYTHON_DYNAMIC: Readonly<Record<DynamicPlan["procedure"]["kind"], readonly string[]>> = {
  minimization: [dynamicDraw, minimization],
  "hu-hu": [dynamicDraw, huHu],
  atkinson: [dynamicDraw, atkinson],
};
