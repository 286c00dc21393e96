import { toPrescriptionText, type PrescribedRule, type Prescription } from "../../dose/index.js";
import { armOrPart, assumptionText, countText } from "../../report/index.js";
import type { Administrations } from "../../trial/index.js";
import { wrapWide } from "../chinese/wrapWide.js";
import { padTo, stepLines } from "./say.js";
import type { Speech } from "./speech.js";

const LABEL = 16;
const field = (name: string, text: string): readonly string[] => wrapWide(text, padTo(name, LABEL));

const oftenText = ({ count, intervalDays }: Administrations): string =>
  intervalDays === undefined ? `${count} 次` : `${count} 次，间隔 ${intervalDays} 天`;

function ruleText(rule: PrescribedRule, unitKind: Prescription["unitKind"]): string {
  if (!("amount" in rule)) {
    if (rule.kind === "placebo") return "安慰剂，不含活性成分；资料未载明其用量";
    const composition = rule.composition === undefined ? "" : `（${rule.composition}）`;
    return `安慰剂，与试验药等量，不含活性成分${composition}`;
  }
  const count = { amount: rule.amount, unitKind };
  if (rule.kind === "per-kg") return countText("zh", count, "/kg");
  if (rule.kind === "flat") return `${countText("zh", count)}，与体重无关`;
  const { formula, roundedToM2 } = rule.surface;
  return `${countText("zh", count, "/m²")}（体表面积公式 ${formula}，修约至 ${roundedToM2} m²）`;
}

function capText({ limit, isApplied, uncapped }: NonNullable<Prescription["cap"]>): string {
  return `${countText("zh", limit)}；${isApplied ? `已生效，封顶前为 ${countText("zh", uncapped)}` : "未生效"}`;
}

function headLines(prescription: Prescription): readonly string[] {
  const { weight, heightCm, surface, decision, cap, cumulative, target, administrations } = prescription;
  const measured = [
    ...(weight?.weighedOn === undefined ? [] : [`，测量日期 ${weight.weighedOn}`]),
    ...(weight?.weighedBy === undefined ? [] : [`，测量人 ${weight.weighedBy}`]),
  ].join("");
  const { perKg, total } = cumulative;
  const decided =
    decision === undefined
      ? []
      : field(
          "决定",
          `${decision.decidedOn}，${decision.decidedBy}；数据截止日期 ${decision.dataCut}；${oftenText(decision.administrations)}`,
        );
  return [
    ...field("试验", `${prescription.trial}：${prescription.trialTitle}`),
    ...field("试验部分", armOrPart("zh", prescription.part) ?? ""),
    ...field("组别", `${armOrPart("zh", prescription.arm) ?? ""}；${prescription.armLabel}`),
    ...field("剂量规定", ruleText(prescription.rule, prescription.unitKind)),
    ...decided,
    ...(weight === undefined ? [] : field("实测体重", `${weight.weightKg} kg${measured}`)),
    ...(heightCm === undefined ? [] : field("身高", `${heightCm} cm`)),
    ...(surface === undefined ? [] : field("体表面积", `${surface.m2} m²`)),
    ...field("目标剂量", `${countText("zh", target)}${administrations.length > 1 ? "，每次给药" : ""}`),
    ...(cap === undefined ? [] : field("单次剂量上限", capText(cap))),
    ...field("计划累计", `${countText("zh", total)}${perKg === undefined ? "" : `；${countText("zh", perKg, "/kg")}`}`),
  ];
}

const ANCHORS = { planned: "以计划日为准", "actual-first": "以实际首次给药日为准" } as const;

function administrationLines({ administrations }: Prescription): readonly string[] {
  return administrations.flatMap(({ number, studyDay, date, window, provisional, target }) => {
    const when = date === undefined ? "" : `，${date}`;
    const range = window === undefined ? "" : `，时间窗 ${window.from} 至 ${window.to}（${ANCHORS[window.anchor]}）`;
    const open = provisional === true ? "，待前一次给药日期确定" : "";
    return wrapWide(`第 ${studyDay} 天${when}${range}${open}：${countText("zh", target)}`, `  ${number}. `);
  });
}

/** What one participant is to get, for people: in English as the library says it. */
export function doseText(prescription: Prescription, speech: Speech): string {
  if (speech.language === "en") return toPrescriptionText(prescription);
  const { assumptions, warnings, steps, unitKind } = prescription;
  const lines = [
    "给药剂量（非盲：含组别和剂量）",
    "",
    ...headLines(prescription),
    "",
    "警示",
    ...(warnings.length === 0
      ? ["  无"]
      : warnings.flatMap((warning) => wrapWide(`${warning.code}：${speech.issue(warning, unitKind)}`, "  ! "))),
    "",
    "各次给药",
    ...administrationLines(prescription),
    "",
    "计算过程",
    ...stepLines("zh", steps, unitKind),
    "",
    "假设（试验资料未载明）",
    ...(assumptions.length === 0
      ? ["  无"]
      : assumptions.flatMap(({ key, value, reason }) =>
          wrapWide(`${assumptionText("zh", key, value)}${reason === undefined ? "" : `（理由：${reason}）`}`, "  - "),
        )),
  ];
  return `${lines.join("\n")}\n`;
}
