import type { ReasonOf } from "../../../codes/index.js";

/** Of a code: what was found and why, and what to do, in Chinese. "警示：" stands in front where it is only told beside a result. */
export type ChineseCode = readonly [meaning: string, remedy: string];

/** A text for every code with this prefix, and for no other. */
export type ChineseCodes<Prefix extends string> = Readonly<Record<`${Prefix}.${ReasonOf<Prefix>}`, ChineseCode>>;
