export { compile, MOST_STATES, type Chain, type CompileOptions } from "./chain.js";
export { exactMeasures, type ExactOptions } from "./exactMeasures.js";
export { exactFractions, MOST_FRACTION_ROWS, withFractions, type Fractions } from "./fractions.js";
export { simulate, type SimulationOptions } from "./simulate.js";
export { SUMMED, type SummedMeasure } from "./batchMeans.js";
export { Xoshiro128 } from "./xoshiro.js";
export * from "./model.js";
