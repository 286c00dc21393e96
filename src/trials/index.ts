export { TRIALS, trialById } from "./trialById.js";
export { sle } from "./sle.js";
export { t1d } from "./t1d.js";
export { t2d } from "./t2d.js";
export { uc } from "./uc.js";
