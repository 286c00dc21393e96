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
export {
  checkPassphrase,
  padBytes,
  requireManifest,
  sealWithPassphrase,
  unpadBytes,
  unsealWithPassphrase,
  type Platform,
  type SealRequest,
  type Unsealed,
} from "./seal.js";
export type { SealedHeader } from "./sealedHeader.js";
export { parseBundle, toBundleText, type UnblindedBundle } from "./unblindedBundle.js";
export type { GcmParameters, OpaqueKey, Pbkdf2Parameters, SubtleLike } from "./webCrypto.js";
