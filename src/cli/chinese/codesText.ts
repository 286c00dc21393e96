import type { ErrorCode } from "../../codes/index.js";
import { ERROR_CODES_ZH } from "./codes/index.js";
import { wrapWide } from "./wrapWide.js";

/** What each of these codes means, and what to do. */
export function chineseCodesText(codes: readonly ErrorCode[]): string {
  const blocks = codes.map((code) => {
    const [meaning, remedy] = ERROR_CODES_ZH[code];
    return [code, ...wrapWide(meaning, "  含义  "), ...wrapWide(remedy, "  处理  "), ""].join("\n");
  });
  return [...blocks, ...(codes.length === 1 ? [] : [`共 ${codes.length} 个代码\n`])].join("\n");
}
