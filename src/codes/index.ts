export type { CodeText } from "./codeText.js";
export {
  ERROR_CODES,
  type CodeWithParameters,
  type ErrorCode,
  type ParametersOf,
  type PlainCode,
  type ReasonOf,
} from "./errorCodes.js";
