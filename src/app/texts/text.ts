import type { Language } from "../../report/index.js";

/** One text in every language of the pages. */
export type Text = Readonly<Record<Language, string>>;

export const text = (en: string, zh: string): Text => ({ en, zh });
