export { blockrand } from "./blockrand.js";
export { parseRandomizeROptions, type RandomizeROptions, type RandomizeRProcedure } from "./genSeq/options.js";
export { randomizeR } from "./genSeq/randomizeR.js";
export type { MadeWithList, MadeWithRow } from "./madeWithList.js";
export {
  type BlockrandCall,
  type BlockrandOptions,
  type BlockrandVersion,
  type MadeWithStart,
  parseBlockrandOptions,
  parseRandolistOptions,
  type RandolistOptions,
} from "./options.js";
export { randolist } from "./randolist.js";
export { type MadeWithDifference, type MadeWithFit, type MadeWithVerdict, verifyMadeWith } from "./verifyMadeWith.js";
