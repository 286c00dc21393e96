import type { Plan } from "../../list/index.js";
import { assumptionText, designName, type Language } from "../../report/index.js";

/** What a plan answers of its trial's questions, as the list records it, and how Chinese says it. */
const FORMS: readonly (readonly [form: RegExp, said: string])[] = [
  [/^(\d+) rows in (\d+) strat(?:um|a)$/u, "$1 行，$2 层"],
  [/^at most (\d+) participants$/u, "不超过 $1 名受试者"],
  [/^factors (.*)$/u, "因素 $1"],
  [/^held apart from this record$/u, "另行保管，不载于本记录"],
];

/** The procedure, then those that strata have of their own. */
function procedureOf({ procedure, procedures = [] }: Plan): string {
  const own = procedures.map(
    (entry) => `${Object.entries(entry.stratum).flat().join(" ")}：${designName(entry.procedure, "zh")}`,
  );
  return [designName(procedure, "zh"), ...own].join("；");
}

/** An assumption of a list. An answer that is made of the plan is said in Chinese; what a person wrote stays. */
export function planAnswerText(language: Language, key: string, value: string, plan: Plan): string {
  if (language === "en") return assumptionText(language, key, value);
  // A plan's answer begins with the kind of its procedure, and no person's answer to such a question does.
  if (key.startsWith("allocation.") && value.startsWith(plan.procedure.kind)) {
    return assumptionText(language, key, procedureOf(plan));
  }
  const form = FORMS.find(([pattern]) => pattern.test(value));
  return assumptionText(language, key, form === undefined ? value : value.replace(...form));
}
