import type { Measures } from "../../assessment/index.js";
import { sayFrom } from "../texts/filled.js";
import type { Language } from "../texts/language.js";
import { METHOD_TEXTS } from "../texts/methodTexts.js";

/** Where a number is not given: it takes too much work, or it was simulated and has no standard error. */
export const noneText = (language: Language): string => sayFrom(METHOD_TEXTS, language)("none");

/** `exact`, or how many lists were simulated. */
export function methodText({ method, trials }: Measures, language: Language): string {
  const say = sayFrom(METHOD_TEXTS, language);
  return method === "exact" ? say("exact") : say("simulated", { trials: String(trials) });
}
