export { compile, MOST_STATES, type Chain, type CompileOptions } from "./chain.js";
export { exactMeasures, type ExactOptions } from "./exactMeasures.js";
export { exactFractions, MOST_FRACTION_ROWS, withFractions, type Fractions } from "./fractions.js";
