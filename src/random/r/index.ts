export { RMersenneTwister, rWordSource } from "./mersenneTwister.js";
export { rbinom1 } from "./rbinom1.js";
export { rIndex, type RSampleKind } from "./rIndex.js";
export { type RSampleRequest, sampleIndexes } from "./sample.js";
export { runif, unifRand } from "./unifRand.js";
