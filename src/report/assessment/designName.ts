import { blockOrder, OFFERS, type DesignNames, type ProcedureSpec } from "../../procedure/index.js";
import type { Language } from "../texts/language.js";
import { parameterName, parameterText, PROCEDURE_NAMES } from "../texts/procedureTexts.js";
import { trialTableWords } from "../texts/trialTableTexts.js";

/** A design with its parameters, in the words of the literature. UNBLINDED: it holds block sizes. */
export function designNames(procedure: ProcedureSpec): DesignNames {
  const names = (OFFERS[procedure.kind].design as (spec: ProcedureSpec) => DesignNames)(procedure);
  return procedure.mergedArms === true ? { ...names, name: `${names.name}, over equal arms that are merged` } : names;
}

/** What the letters of {@link designNames} in a picture stand for, each once: `PB: permuted blocks; CR: ...`. */
export const designSigns = (procedures: readonly ProcedureSpec[], language: Language): string => {
  const signs = procedures.map(
    (own) => `${designNames(own).label.split(" ")[0]}: ${PROCEDURE_NAMES[own.kind][language]}`,
  );
  return [...new Set(signs)].join(language === "en" ? "; " : "；");
};

/** A design with its parameters, in a language: in Chinese one by one behind its name. UNBLINDED: it holds block sizes. */
export function designName(procedure: ProcedureSpec, language: Language): string {
  if (language === "en") return designNames(procedure).name;
  const { kind, ...parameters } = procedure;
  const isOrder = (name: string): boolean => name === "sizes" && blockOrder(procedure) === "in order";
  const texts = Object.entries(parameters).map(([name, value]) => {
    const title = isOrder(name) ? trialTableWords(language)("name.order") : parameterName(language, name);
    return `${title} ${parameterText(language, value)}`;
  });
  const name = PROCEDURE_NAMES[kind][language];
  return texts.length === 0 ? name : `${name}（${texts.join("；")}）`;
}
