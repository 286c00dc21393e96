export { isDeviceName } from "./deviceName.js";
export { AllocellError, describeReceived, fail, throwIfAny, type Issue } from "./error.js";
export { deepFreeze } from "./freeze.js";
export { foldText, namePattern } from "./nameInText.js";
export { ofFrozen } from "./ofFrozen.js";
export { canonicalJson } from "./canonicalJson.js";
export { digestOf, RunningDigest, sha256Hex } from "./digest.js";
export { requireEach, requireFields, requireString } from "./requireFields.js";
export { parseWith } from "./schema.js";
