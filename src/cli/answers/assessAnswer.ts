import type { Assessment, DynamicAssessment } from "../../assessment/index.js";
import type { Issue } from "../../foundation/index.js";
import { assessmentTables, dynamicTables, undefinedLines } from "../../report/index.js";
import { wrappedTable } from "../reportTableText.js";
import { countIn, sayIn, wrapIn, type Say, type Texts } from "./say.js";
import type { Speech } from "./speech.js";

const TEXTS = {
  title: {
    en: "ASSESSMENT (UNBLINDED: it names block sizes and parameters of the design)",
    zh: "设计评价（非盲：含区组长度和设计参数）",
  },
  dynamicTitle: {
    en: "ASSESSMENT (UNBLINDED: it names the parameters of the design)",
    zh: "设计评价（非盲：含设计参数）",
  },
  warnings: { en: "{warnings}: {list}", zh: "{list}：{warnings}" },
  found: { en: " Found: {found}.", zh: "" },
  better: { en: " Better: {remedy}.", zh: "建议：{remedy}" },
  missing: { en: "not computed: {line}", zh: "未计算——{line}" },
  written: { en: "Written:", zh: "已写入：" },
} as const satisfies Texts;

type SayOfAnswer = Say<typeof TEXTS>;

/** A warning with what would be better; what was found stands in the Chinese meaning already. */
function warningText(issue: Issue, say: SayOfAnswer, speech: Speech, isFound: boolean): string {
  const remedy = speech.remedy(issue);
  return [
    speech.issue(issue),
    ...(isFound && issue.received !== undefined ? [say("found", { found: issue.received })] : []),
    ...(remedy === undefined ? [] : [say("better", { remedy })]),
  ].join("");
}

/** How balanced and how predictable plans are, and which files were written. */
export function assessText(assessments: readonly Assessment[], written: readonly string[], speech: Speech): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const wrap = wrapIn(language);
  const warned = assessments.flatMap((assessment) => {
    const { plan, warnings } = assessment;
    return [
      say("warnings", { warnings: countIn(language, warnings.length, "warning", "项警示"), list: plan.list }),
      ...warnings.flatMap((issue) => wrap(warningText(issue, say, speech, false), "  - ", 100)),
      ...undefinedLines(assessment, language).flatMap((line) => wrap(say("missing", { line }), "  - ", 100)),
    ];
  });
  const lines = [
    say("title"),
    "",
    ...assessmentTables(assessments, language).map((table) => wrappedTable(table, wrap)),
    ...warned,
    "",
  ];
  return `${lines.join("\n")}${filesText(written, language)}`;
}

/** The files that were written, below an answer. */
const filesText = (written: readonly string[], language: Speech["language"]): string =>
  written.length === 0
    ? ""
    : `\n${sayIn(TEXTS, language)("written")}\n${written.map((file) => `  ${file}\n`).join("")}`;

/** What a dynamic allocation does over a whole trial. */
export function dynamicText(assessment: DynamicAssessment, written: readonly string[], speech: Speech): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const wrap = wrapIn(language);
  const { plan, warnings } = assessment;
  const lines = [
    say("dynamicTitle"),
    "",
    ...dynamicTables(assessment, language).map((table) => wrappedTable(table, wrap)),
    say("warnings", { warnings: countIn(language, warnings.length, "warning", "项警示"), list: plan.list }),
    ...warnings.flatMap((issue) => wrap(warningText(issue, say, speech, true), "  - ", 100)),
    "",
  ];
  return `${lines.join("\n")}${filesText(written, language)}`;
}
