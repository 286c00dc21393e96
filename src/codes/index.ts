export type { CodeText } from "./codeText.js";
export { ERROR_CODES, type ErrorCode, type ReasonOf } from "./errorCodes.js";
