export {
  combineSeeds,
  commitShare,
  type Beacon,
  type CombineRequest,
  type SeedShare,
  type ShareCommitment,
} from "./combineSeeds.js";
export {
  commitList,
  openCommitment,
  parseCommitment,
  parseOpening,
  type Commitment,
  type Opening,
  type OpeningVerdict,
} from "./commitment.js";
export type { CommittedRow } from "./committedList.js";
export { envelopeKeyCards, type EnvelopeKeyCard, type EnvelopeSource } from "./envelopeKey.js";
export {
  openEnvelope,
  parseEnvelopes,
  sealEnvelopes,
  toEnvelopesJson,
  type EnvelopeFile,
  type OpenedEnvelope,
} from "./envelopes.js";
export { parseRowProof, proveRow, verifyRowProof, type RowProof } from "./rowProof.js";
export { padBundle, parseBundle, unpadBundle, type UnblindedBundle } from "./unblindedBundle.js";
export type { GcmParameters, OpaqueKey, SubtleLike } from "./webCrypto.js";
