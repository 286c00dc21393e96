import type { CheckComparison } from "../../dose/index.js";
import { fieldName } from "../../report/index.js";
import type { Speech } from "./speech.js";
import { textTable } from "../textTable.js";
import { countIn, sayIn, wrapIn, type Texts } from "./say.js";

const TEXTS = {
  open: { en: "open warning, {path}. {message} ({code})", zh: "未处理的警示，{path}：{message}（{code}）" },
  notReady: {
    en: "Not ready to prepare: warnings wait for a reason and a name.",
    zh: "暂不可配制：有警示尚待填写接受理由和接受人。",
  },
  oneText: {
    en: "The two files are one text but for `check:`. That is right only if both were typed from the sources, into one form.",
    zh: "两份文件除 `check:` 外文本相同。只有两人均依据原始资料、在同一表格中分别录入时才是正确的。",
  },
  agree: {
    en: "The two checks agree in {fields}: {first}, {second}.",
    zh: "两次独立录入一致，共 {fields}：{first}，{second}。",
  },
  stopFault: {
    en: "STOP: the two checks agree in {fields}, and cannot be prepared.",
    zh: "停止配制：两次独立录入一致（共 {fields}），但不可配制。",
  },
  stop: {
    en: "STOP: the two checks differ in {differing} of {compared}.",
    zh: "停止配制：两次独立录入共比对 {compared} 项，其中 {differing}不一致。",
  },
  field: { en: "field", zh: "项目" },
  nothing: { en: "nothing", zh: "未填写" },
  neither: {
    en: "Neither is right by itself: go back to the sources, both of you.",
    zh: "任何一方均不能单独视为正确，双方须重新查阅原始资料。",
  },
  fault: { en: "this order cannot be prepared. {message} ({code})", zh: "该配制指令不可配制：{message}（{code}）" },
  by: { en: "{by}: ", zh: "{by}：" },
} as const satisfies Texts;

/** The comparison of a second check for people. */
export function comparisonText(
  { first, second, agree, fieldsCompared, differences, faults, openWarnings }: CheckComparison,
  isOneText: boolean,
  speech: Speech,
): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const wrap = wrapIn(language);
  const fields = (count: number): string => countIn(language, count, "field", "项");
  const open = openWarnings.flatMap(({ by, issue }) =>
    wrap(
      say("open", { path: fieldName(language, issue.path), message: speech.issue(issue), code: issue.code }),
      say("by", { by }),
    ),
  );
  const remark = [
    ...(open.length === 0 ? [] : ["", say("notReady"), ...open]),
    ...(isOneText ? ["", ...wrap(say("oneText"), "")] : []),
  ]
    .map((line) => `${line}\n`)
    .join("");
  if (agree) return `${say("agree", { fields: fields(fieldsCompared), first, second })}\n${remark}`;
  const rows = differences.map(({ field, first: mine, second: theirs }) => [
    fieldName(language, field),
    mine ?? say("nothing"),
    theirs ?? say("nothing"),
  ]);
  return [
    ...(rows.length === 0
      ? [`${say("stopFault", { fields: fields(fieldsCompared) })}\n`]
      : [
          `${say("stop", { differing: fields(rows.length), compared: fieldsCompared })}\n\n`,
          textTable([say("field"), first, second], rows),
          `\n${say("neither")}\n`,
        ]),
    ...faults.map(({ by, issue }) => {
      const text = say("fault", { message: speech.issue(issue), code: issue.code });
      return [...wrap(text, `\n${say("by", { by })}`), ""].join("\n");
    }),
    remark,
  ].join("");
}
