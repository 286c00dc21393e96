import type { BagCode, BlindedPreparation, Language } from "../../report/index.js";
import { sayIn, type Texts } from "./say.js";

/** One thing that was held against the order. */
export interface Finding {
  readonly what: "bag" | "person" | "time";
  readonly isRight: boolean;
  readonly expected: string;
  readonly received: string;
}

const TEXTS = {
  right: { en: "Right bag, right person, in time.", zh: "输注袋正确，受试者正确，时间在时限内。" },
  stop: { en: "STOP: do not start.", zh: "停止：不得开始输注。" },
  rightLine: { en: "right {what}: {received}", zh: "{what}正确：{received}" },
  wrongLine: {
    en: "WRONG {what}: {received}; the order has {expected}",
    zh: "{what}不符：{received}；配制指令为 {expected}",
  },
  bag: { en: "bag", zh: "输注袋" },
  person: { en: "person", zh: "受试者" },
  time: { en: "time", zh: "时间" },
  bagOf: {
    en: "trial {trialCode}, kit {kit}, administration {administration}, start by {startBy}, end by {expiresAt}",
    zh: "试验 {trialCode}，药物编号 {kit}，第 {administration} 次给药，最迟开始 {startBy}，最迟结束 {expiresAt}",
  },
  startBy: { en: "a start by {startBy}", zh: "不晚于 {startBy} 开始" },
} as const satisfies Texts;

/** What a scanned label was held against, for people. It tells no treatment. */
export function scanText(
  findings: readonly Finding[],
  code: BagCode,
  blinded: BlindedPreparation,
  language: Language,
): string {
  const say = sayIn(TEXTS, language);
  const bagOf = ({ trialCode, kit, administration = "0", startBy, expiresAt }: BagCode): string =>
    say("bagOf", { trialCode, kit, administration, startBy, expiresAt });
  const { trialCode = "" } = blinded.texts;
  const values = {
    bag: { expected: bagOf({ ...blinded, trialCode }), received: bagOf(code) },
    person: {},
    time: { expected: say("startBy", { startBy: blinded.startBy }) },
  };
  const lines = findings.map(({ what, isRight, expected, received }) =>
    say(isRight ? "rightLine" : "wrongLine", { expected, received, ...values[what], what: say(what) }),
  );
  const verdict = say(findings.every(({ isRight }) => isRight) ? "right" : "stop");
  return `${[verdict, ...lines.map((line) => `  ${line}`)].join("\n")}\n`;
}
