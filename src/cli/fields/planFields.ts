import { OFFERS, PROCEDURE_KINDS, type ParameterTexts } from "../../procedure/index.js";
import type { Trial } from "../../trial/index.js";
import { field, further, type Field, type Section } from "./fields.js";

/** The parameters of procedures: each asked for where the chosen one has it, choices last. */
function parameterFields(): readonly Field[] {
  const offered = PROCEDURE_KINDS.map((kind) => Object.entries<ParameterTexts>(OFFERS[kind].parameters));
  const fields = [...new Map(offered.flat()).entries()].flatMap(([name, { field: own }]) => {
    if (own === undefined) return [];
    const { kind, en, zh, ...options } = own;
    const having = PROCEDURE_KINDS.filter((_, i) => offered[i]?.some(([known]) => known === name));
    return [field(`procedure.${name}`, kind, en, zh, { ...options, when: { path: "procedure.kind", is: having } })];
  });
  return [...fields.filter(({ kind }) => kind !== "choice"), ...fields.filter(({ kind }) => kind === "choice")];
}

const LIST: Section = {
  id: "plan-list",
  title: { en: "List", zh: "随机分配表" },
  fields: [
    field("list", "text", "Id of the list", "分配表编号"),
    field("length", "whole", "Rows of each stratum", "每层行数"),
    further("numbers.prefix", "text", "Numbers begin with", "随机号前缀"),
    further("numbers.digits", "whole", "Digits of the counter", "序号位数"),
    further("numbers.levelDigits", "whole", "Digits of each level (1, or empty for 2)", "每个水平的位数（1 或留空）"),
    further("numbers.mask", "text", "Form behind the prefix, such as {stratum}{sequence}{check}", "前缀后的格式"),
    further("numbers.shuffle", "text", "Text that shuffles the numbers", "打乱随机号的文本"),
    further("stream", "choice", "Stream", "随机数流", { choices: ["arc4", "r-mersenne-twister"] }),
  ],
};

function procedureSection(): Section {
  return {
    id: "plan-procedure",
    title: { en: "Procedure", zh: "随机化方法" },
    fields: [
      field("procedure.kind", "choice", "Procedure", "方法", { choices: PROCEDURE_KINDS }),
      ...parameterFields(),
      further("procedure.mergedArms", "yes-no", "Arms of one treatment merged?", "同处理组是否合并"),
    ],
  };
}

const STRATA: Section = {
  id: "plan-strata",
  title: { en: "Stratification factors", zh: "分层因素" },
  list: { path: "strata", one: { en: "Factor", zh: "因素" }, add: { en: "Add a factor", zh: "增加分层因素" } },
  fields: [
    field("strata.*.factor", "text", "Factor", "因素"),
    field("strata.*.levels", "texts", "Levels, with commas", "水平（逗号分隔）"),
  ],
};

/** The allocation ratio: a whole number for each arm of the part. */
const armsSection = (arms: readonly string[]): Section => ({
  id: "plan-arms",
  title: { en: "Allocation ratio", zh: "分配比例" },
  fields: arms.map((arm) => field(`arms.${arm}`, "whole", arm, `${arm} 组`)),
});

/** Every field of a plan, with the arms of the part at hand. */
export function planSections(trial: Trial | undefined, part: string): readonly Section[] {
  const arms = trial?.parts.find(({ id }) => id === part)?.arms ?? [];
  return [...(arms.length === 0 ? [] : [armsSection(arms)]), LIST, procedureSection(), STRATA];
}

/** Fields of a plan that the form does not show: they are carried along, and written in the YAML beside it. */
export const PLAN_CARRIED: readonly string[] = ["procedure.weights", "lengths", "procedures", "decisions"];
