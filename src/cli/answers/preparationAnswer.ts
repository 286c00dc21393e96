import { latestStart, type Preparation } from "../../dose/index.js";
import {
  armOrPart,
  countText,
  ofCounted,
  questionText,
  type BlindedPreparation,
  type Language,
} from "../../report/index.js";
import type { Count, UnitKind } from "../../quantity/index.js";
import type { Allocated } from "../allocated.js";
import type { Speech } from "./speech.js";
import { assumptionLines, countIn, padTo, sayIn, stepLines, wrapIn, type Say, type Texts } from "./say.js";

const TEXTS = {
  title: { en: "Preparation, UNBLINDED", zh: "配制（非盲）" },
  component: { en: "component", zh: "组分" },
  componentOf: {
    en: "{name}, {number} of {of}, given in this order",
    zh: "{name}，第 {number} 个，共 {of} 个，按此顺序输注",
  },
  together: { en: "together", zh: "各组分合计" },
  target: { en: "target", zh: "目标剂量" },
  thaw: { en: "thaw", zh: "需复苏" },
  thawed: { en: "{containers}: {lots}", zh: "{containers}：{lots}" },
  giveWhole: { en: "give whole", zh: "整袋输注" },
  draw: { en: "draw", zh: "抽取体积" },
  drawOf: { en: "{drawMl} mL: {draws}", zh: "{drawMl} mL：{draws}" },
  fromOne: { en: "{drawMl} mL from 1", zh: "1 个容器取 {drawMl} mL" },
  fromEach: { en: "{drawMl} mL from each of {count}", zh: "{count} 个容器各取 {drawMl} mL" },
  ofLot: { en: "{draws} of {lot}", zh: "{draws}（批号 {lot}）" },
  diluent: { en: "diluent", zh: "稀释液体积" },
  diluentOf: { en: "{ml} mL", zh: "{ml} mL" },
  diluentEach: { en: "{ml} mL: {each} mL for each of {count}", zh: "{ml} mL：{count} 个容器各 {each} mL" },
  finalVolume: { en: "final volume", zh: "终体积" },
  delivered: { en: "delivered", zh: "实配剂量" },
  deliveredPerKg: { en: "{amount} ({perKg})", zh: "{amount}；{perKg}" },
  deliveredPercent: { en: "{amount} ({percent} %)", zh: "{amount}；与目标剂量的偏差 {percent}%" },
  rate: { en: "rate", zh: "输注速度" },
  duration: { en: "duration", zh: "输注时长" },
  startBy: { en: "start by", zh: "最迟开始时间" },
  endBy: { en: "end by", zh: "最迟结束时间" },
  warnings: { en: "Warnings", zh: "警示" },
  warning: { en: "{code}: {message} {state}", zh: "{code}：{message}{state}" },
  open: { en: "OPEN: needs a reason and a name.", zh: "未处理：须填写接受理由和接受人。" },
  accepted: { en: "Accepted: {reason}; {by}.", zh: "已接受：{reason}；{by}。" },
  assumptions: { en: "Assumptions (not stated by the trial's sources)", zh: "假设（试验资料未载明）" },
  questions: { en: "Not stated by the product's sources", zh: "产品资料未载明的事项" },
  ready: { en: "Ready to prepare.", zh: "可以配制。" },
  notReady: { en: "NOT READY: a warning is open.", zh: "暂不可配制：有警示未处理。" },
  correct: {
    en: "Correct the order, or accept it there, with reason and name:",
    zh: "更正配制指令，或在其中写明接受理由和接受人：",
  },
  participant: { en: "participant", zh: "受试者" },
  participantOf: {
    en: "{participant}, as the log of {status} list {list} has it",
    zh: "{participant}（依 {status} 随机分配表 {list} 的随机分配记录）",
  },
  number: { en: "number", zh: "随机号" },
  arm: { en: "arm", zh: "组别" },
  armOf: { en: "{arm} (UNBLINDED)", zh: "{arm}（非盲）" },
  kit: { en: "kit", zh: "药物编号" },
  subject: { en: "subject", zh: "受试者编号" },
  visit: { en: "visit", zh: "访视" },
  route: { en: "route", zh: "给药途径" },
  storage: { en: "storage", zh: "贮存条件" },
  written: { en: "Written to {folder}:", zh: "已写入 {folder}：" },
  between: { en: " · ", zh: "；" },
} as const satisfies Texts;

type SayOf = Say<typeof TEXTS>;
type Key = keyof typeof TEXTS;

const fieldIn =
  (say: SayOf, language: Language, counted: UnitKind) =>
  (name: Key, value: string | undefined): readonly string[] =>
    value === undefined || value === "" ? [] : wrapIn(language)(value, `  ${padTo(ofCounted(say(name), counted), 14)}`);

const shownIn =
  (language: Language) =>
  (count: Count & { readonly digits: string }, per = ""): string =>
    language === "zh" ? countText("zh", count, per) : count.digits;

/** "1.9 mL from each of 12, 2.9 mL from 1", by lot where there are several. */
function drawsText(containers: Preparation["containers"], say: SayOf, language: Language): string {
  const [comma, semicolon] = language === "zh" ? ["，", "；"] : [", ", "; "];
  return containers
    .filter(({ draws }) => draws.length > 0)
    .map(({ lot, draws }) => {
      const parts = draws
        .map(({ containers: count, drawMl }) => say(count === 1 ? "fromOne" : "fromEach", { count, drawMl }))
        .join(comma);
      return containers.length === 1 ? parts : say("ofLot", { draws: parts, lot });
    })
    .join(semicolon);
}

/** The numbers that the hands need. */
function figures(preparation: Preparation, say: SayOf, language: Language): readonly string[] {
  const { component, together, target, delivered, containers, infusion, stability } = preparation;
  const { amount, perKg, roundingErrorPercent: percent, drawMl } = delivered;
  const field = fieldIn(say, language, preparation.unitKind);
  const shown = shownIn(language);
  const minus = (text: string): string => (language === "zh" ? text.replace("-", "−") : text);
  const each = preparation.order.infusion.diluentPerContainerMl;
  const isWhole = target.rule.kind === "whole-containers";
  const total = containers.reduce((sum, { containers: count }) => sum + count, 0);
  const lots = containers.map((c) => `${c.containers} × ${c.lot}`).join(language === "zh" ? "，" : ", ");
  const thawed = say("thawed", { containers: countIn(language, total, "container", "个容器"), lots });
  const drawn = say("drawOf", { drawMl, draws: drawsText(containers, say, language) });
  const ofContainers = [...field("thaw", thawed), ...field(isWhole ? "giveWhole" : "draw", drawn)];
  const given = { amount: shown(amount), perKg: perKg && shown(perKg, "/kg"), percent: minus(percent) };
  const diluent = { ml: infusion.diluentMl, each, count: total };
  return [
    ...field("component", component && say("componentOf", { ...component })),
    ...field("together", together && shown(together)),
    ...field("target", shown(target.amount)),
    ...(containers.length === 0 ? [] : ofContainers),
    ...field("diluent", say(each === undefined ? "diluentOf" : "diluentEach", diluent)),
    ...field("finalVolume", `${infusion.finalVolumeMl} mL`),
    ...field("delivered", say(perKg === undefined ? "deliveredPercent" : "deliveredPerKg", given)),
    ...field("rate", infusion.rateMlPerMin === undefined ? undefined : `${infusion.rateMlPerMin} mL/min`),
    ...field("duration", infusion.minutes === undefined ? undefined : `${infusion.minutes} min`),
    ...field("startBy", latestStart(preparation)?.replace("T", " ")),
    ...field("endBy", stability?.expiresAt.replace("T", " ")),
  ];
}

/** How an open warning is accepted in the order file. */
const overrideLines = (warnings: Preparation["warnings"], say: SayOf): readonly string[] => [
  say("correct"),
  "  order:",
  "    overrides:",
  ...warnings.flatMap(({ code, path, override }) =>
    override === undefined ? [`      - { code: ${code}, path: ${path}, reason: "...", by: "..." }`] : [],
  ),
];

/** One component: its numbers, every step, warnings and assumptions. */
function textOf(preparation: Preparation, speech: Speech): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const wrap = wrapIn(language);
  const { order, trial, arm, steps, warnings, assumptions, openQuestions, unitKind } = preparation;
  const { subject, kit, visit } = order.identification ?? {};
  const title = [say("title"), trial, armOrPart(language, arm), subject, kit, visit].filter(
    (part) => part !== undefined,
  );
  const lines = [
    title.join(say("between")),
    "",
    ...figures(preparation, say, language),
    "",
    ...stepLines(language, steps, unitKind),
    ...(warnings.length === 0 ? [] : ["", say("warnings")]),
    ...warnings.flatMap((warning) => {
      const { code, override } = warning;
      const state = override === undefined ? say("open") : say("accepted", { ...override });
      return wrap(say("warning", { code, message: speech.issue(warning, unitKind), state }), "  - ");
    }),
    ...(assumptions.length === 0 ? [] : ["", say("assumptions")]),
    ...assumptionLines(language, assumptions),
    ...(openQuestions.length === 0 ? [] : ["", say("questions")]),
    ...openQuestions.flatMap((question) => wrap(questionText(language, question), "  - ")),
    "",
    ...(preparation.isReady ? [say("ready")] : [say("notReady"), ...overrideLines(warnings, say)]),
  ];
  return `${lines.join("\n")}\n`;
}

/** A preparation for a terminal, and each of its further components behind it. */
export const preparationText = (preparation: Preparation, speech: Speech): string =>
  [preparation, ...(preparation.then ?? [])].map((one) => textOf(one, speech)).join("\n");

type Line = readonly [name: Key, value: string | undefined];

const linesText = (lines: readonly Line[], say: SayOf): string =>
  lines.flatMap(([name, value]) => (value === undefined ? [] : [`${padTo(say(name), 14)}${value}\n`])).join("");

/** What log and list say of the participant of an order. */
export function allocatedText({ status, list, participant, number, arm, kit }: Allocated, language: Language): string {
  const say = sayIn(TEXTS, language);
  const lines: readonly Line[] = [
    ["participant", say("participantOf", { participant, status, list })],
    ["number", number],
    ["arm", say("armOf", { arm })],
    ["kit", kit],
  ];
  return `${linesText(lines, say)}\n`;
}

/** What a blinded person may know of a preparation. */
export function blindedText(blinded: BlindedPreparation, language: Language): string {
  const say = sayIn(TEXTS, language);
  const lines: readonly Line[] = [
    ["subject", blinded.subject],
    ["kit", blinded.kit],
    ["visit", blinded.visit],
    ["finalVolume", `${blinded.finalVolumeMl} mL`],
    ["rate", `${blinded.rateMlPerMin} mL/min`],
    ["route", blinded.route],
    ["startBy", blinded.startBy.replace("T", " ")],
    ["endBy", blinded.expiresAt.replace("T", " ")],
    ["storage", blinded.storage],
  ];
  return linesText(lines, say);
}

/** The documents that were written. */
export function writtenText(folder: string, files: readonly string[], language: Language): string {
  if (files.length === 0) return "";
  return `\n${sayIn(TEXTS, language)("written", { folder })}\n${files.map((name) => `  ${name}\n`).join("")}`;
}
