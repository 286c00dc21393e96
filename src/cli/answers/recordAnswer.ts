import type { AdministeredDose, CumulativeExposure } from "../../dose/index.js";
import type { Issue } from "../../foundation/index.js";
import { countText, recordText, stepText } from "../../report/index.js";
import type { Count } from "../../quantity/index.js";
import type { Speech } from "./speech.js";
import { padTo, sayIn, wrapIn, type Texts } from "./say.js";

const TEXTS = {
  title: { en: "Administered, UNBLINDED", zh: "给药记录（非盲）" },
  head: {
    en: "Administration {number}{component}{subject}, {on}, by {by}",
    zh: "第 {number} 次给药{component}{subject}，{on}，给药人 {by}",
  },
  component: { en: ", {name}", zh: "，{name}" },
  subject: { en: " of {subject}", zh: "，受试者 {subject}" },
  given: { en: "given", zh: "实际给药剂量" },
  perKg: { en: "per kg", zh: "每公斤体重" },
  deviation: { en: "deviation", zh: "与计划的偏差" },
  deviationOf: { en: "{percent} % ({class})", zh: "{percent}%（{class}）" },
  reason: { en: "reason", zh: "原因" },
  together: { en: "Together: {actual}{perKg}", zh: "累计：{actual}{perKg}" },
  also: { en: ", {text}", zh: "，{text}" },
  gaveNothing: { en: "An order gave nothing to a record:", zh: "以下配制指令未能用于给药记录：" },
  issue: { en: "{code}: {message}", zh: "{code}：{message}" },
} as const satisfies Texts;

/** What was given, for people. */
export function recordAnswerText(
  doses: readonly AdministeredDose[],
  cumulative: CumulativeExposure | undefined,
  issues: readonly Issue[],
  speech: Speech,
): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const wrap = wrapIn(language);
  const places = language === "zh" ? 14 : 11;
  const field = (name: keyof typeof TEXTS, text: string): readonly string[] =>
    wrap(text, `  ${padTo(say(name), places)}`);
  const shown = (count: Count & { readonly digits: string }, per = ""): string =>
    language === "zh" ? countText("zh", count, per) : count.digits;
  const minus = (text: string): string => (language === "zh" ? text.replace("-", "−") : text);
  const warningLines = (warnings: readonly Issue[]): readonly string[] =>
    warnings.flatMap((issue) => wrap(say("issue", { code: issue.code, message: speech.issue(issue) }), "  - "));
  const doseLines = ({ record, actual, actualPerKg, ...dose }: AdministeredDose): readonly string[] => {
    const { component, subject } = record;
    const named = component === undefined ? "" : say("component", { name: component });
    const whose = subject === undefined ? "" : say("subject", { subject });
    const deviationClass = recordText(language, `deviation.${dose.deviationClass}`);
    return [
      "",
      say("head", {
        ...{ number: record.number, component: named, subject: whose },
        ...{ on: record.administeredOn, by: record.administeredBy },
      }),
      `  ${padTo(say("given"), places)}${shown(actual)}`,
      ...(actualPerKg === undefined ? [] : [`  ${padTo(say("perKg"), places)}${shown(actualPerKg, "/kg")}`]),
      ...(dose.deviationPercent === undefined
        ? []
        : [
            `  ${padTo(say("deviation"), places)}${say("deviationOf", { percent: minus(dose.deviationPercent), class: deviationClass })}`,
          ]),
      ...(record.reason === undefined ? [] : field("reason", record.reason)),
      ...dose.steps.flatMap((step) => wrap(stepText(language, step, actual.unitKind).worked, "  ")),
      ...warningLines(dose.warnings),
    ];
  };
  const perKg = cumulative?.actualPerKg;
  const lines = [
    say("title"),
    ...doses.flatMap(doseLines),
    ...(cumulative === undefined
      ? []
      : [
          "",
          say("together", {
            actual: shown(cumulative.actual),
            perKg: perKg === undefined ? "" : say("also", { text: shown(perKg, "/kg") }),
          }),
          ...warningLines(cumulative.warnings),
        ]),
    ...(issues.length === 0 ? [] : ["", say("gaveNothing"), ...warningLines(issues)]),
    "",
  ];
  return lines.join("\n");
}
