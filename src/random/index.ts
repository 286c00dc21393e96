export { arc4Stream } from "./arc4.js";
export { below } from "./below.js";
export { deriveStreamKey, encodeStreamName, type StreamName, type StreamPurpose } from "./key.js";
export { parseLiveSeed, Seed } from "./seed.js";
export type { WordSource } from "./source.js";
export * from "./r/index.js";
