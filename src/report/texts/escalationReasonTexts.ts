import { ESCALATION_REASONS, type EscalationReason } from "../../escalation/index.js";
import { type Issue, keysOfPath } from "../../foundation/index.js";
import type { Language } from "./language.js";

const REASONS_ZH: Readonly<Record<EscalationReason, string>> = {
  start: "尚无人接受治疗：首个队列在起始剂量水平接受治疗。",
  "complete-cohort": "该队列尚未完成入组。",
  escalate: "DLT 例数足够少：进入下一更高剂量水平。",
  "escalate-blocked": "DLT 例数足够少，但上方没有开放的剂量水平：仍用同一剂量水平。",
  "minimum-not-reached": "DLT 例数足够少，但该剂量水平的受试者数尚不足以递增。",
  stay: "DLT 比例接近目标：仍用同一剂量水平。",
  "three-more": "3 例中 1 例发生 DLT：在该剂量水平再入组 3 例。",
  "six-needed": "剂量水平须有 6 例受试者方可推荐：在该剂量水平再入组 3 例。",
  "de-escalate": "DLT 例数过多：进入下一更低剂量水平。",
  "three-more-below": "2 例或以上发生 DLT：该剂量水平关闭，在下一更低剂量水平继续入组。",
  "lowest-again": "DLT 例数过多，但没有更低的剂量水平：仍用最低剂量水平。",
  eliminate: "DLT 例数远超限度：该剂量水平及更高水平永久关闭。",
  "top-or-closed-above": "DLT 例数足够少，且上方没有开放的剂量水平：该部分结束。",
  "level-below": "2 例或以上发生 DLT：该部分结束，推荐下一更低剂量水平。",
  "highest-with-six": "2 例或以上发生 DLT，且下一更低剂量水平已有 6 例受试者：该部分结束。",
  "lowest-too-toxic": "最低剂量水平的 DLT 例数过多：该部分结束，不推荐任何剂量。",
  "no-level-below": "最低剂量水平的 DLT 例数过多：该部分结束，不推荐任何剂量。",
  "own-stop": "决定表规定停止：该部分结束。",
  "early-stop": "该剂量水平的受试者数已达到提前停止的要求：该部分结束。",
  "level-full": "下一队列将使该剂量水平的受试者数超过上限：该部分结束。",
  "total-reached": "没有剩余名额开设下一队列：该部分结束。",
  pending: "尚待评价的受试者可能改变决定：等待。",
};

/** The text of a reason of a step; the English is that of the rules themselves. */
export const reasonText = (language: Language, reason: EscalationReason): string =>
  language === "en" ? ESCALATION_REASONS[reason] : REASONS_ZH[reason];

/** Whether a reason is one of a rule's, and not one of the conduct of the part. */
export const isRuleReason = (reason: string): reason is EscalationReason => Object.hasOwn(REASONS_ZH, reason);

const WARNINGS_ZH: Readonly<Record<string, string>> = {
  "escalation.closed_level_treated": "第 {cohort} 队列：该剂量水平已永久关闭。",
  "escalation.treated_after_stop": "第 {cohort} 队列：按规则该部分已经结束。",
  "escalation.level_skipped": "第 {cohort} 队列：跳过了从未使用过的剂量水平。",
  "escalation.cohort_incomplete": "第 {cohort} 队列：前一队列尚未完成入组。",
  "escalation.other_level": "第 {cohort} 队列：规则要求的是另一剂量水平。",
  "escalation.cohort_too_large": "第 {cohort} 队列：受试者数多于规则的要求。",
  "escalation.table_unusual": "DLT 例数相同而受试者更多时，决定反而更严格。",
};

/** The text of a warning of a rule or of a history; the English is that of the warning itself. */
export function ruleWarningText(language: Language, { code, path, message }: Issue): string {
  const text = language === "en" ? undefined : WARNINGS_ZH[code];
  return text?.replace("{cohort}", String(Number(keysOfPath(path)[1]) + 1)) ?? message;
}
