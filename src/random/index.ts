export { below } from "./below.js";
export type { WordSource } from "./source.js";
