import { ASK } from "../blindedFault.js";
import type { Language } from "../../report/index.js";
import { sayIn, type Texts } from "./say.js";

const TEXTS = {
  notReady: {
    en: `NOT READY: a warning is open. ${ASK}`,
    zh: "暂不可配制：有警示未处理。须由非盲药师查看本次配制：运行时不用 --blinded-only。",
  },
} as const satisfies Texts;

/** That warnings are open, and not which. */
export const notReadyText = (language: Language): string => `${sayIn(TEXTS, language)("notReady")}\n`;
