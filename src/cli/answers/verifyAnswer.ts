import { sep } from "node:path";
import type { Issue } from "../../foundation/index.js";
import type { ListDifference } from "../../list/index.js";
import { chineseDifference, chineseLine } from "../chinese/differenceText.js";
import { textTable } from "../textTable.js";
import type { Verification } from "../verifyFolder.js";
import type { Language } from "../../report/index.js";
import { sayIn, wrapIn, type Say, type Texts } from "./say.js";
import type { Speech } from "./speech.js";

const TEXTS = {
  verified: {
    en: "VERIFIED: all files of {these} {list} ({rows} rows) are {basis}.",
    zh: "核实无误：{these} {list}（{rows} 行）的全部文件均与{basis}的相同。",
  },
  notVerified: {
    en: "NOT VERIFIED: {these} {list} in {folder} is not {basis}.",
    zh: "未能核实：{folder} 中的 {these} {list} 与{basis}的不同。",
  },
  made: { en: "{status} list", zh: "{status} 随机分配表" },
  adopted: { en: "the adopted {status} list", zh: "接收自其他系统的 {status} 随机分配表" },
  bySeed: { en: "what plan and seed give", zh: "由方案和种子重新生成" },
  byManifest: {
    en: "what its manifest says (adopted, not made from a seed)",
    zh: "其清单文件所载（接收自其他系统，不是由种子生成）",
  },
  bySource: {
    en: "what manifest and source say (adopted, not made from a seed)",
    zh: "清单文件和来源表所载（接收自其他系统，不是由种子生成）",
  },
  file: { en: "file", zh: "文件" },
  same: { en: "ok", zh: "相同" },
  differs: { en: "DIFFERS", zh: "不同" },
  missing: { en: "MISSING", zh: "缺失" },
  first: {
    en: "First deviation of each file (UNBLINDED: it may show rows and their number)",
    zh: "每个文件的第一处不同（非盲：可能显示行及其行数）",
  },
  expected: { en: "expected  {text}", zh: "应为  {text}" },
  found: { en: "found     {text}", zh: "实际  {text}" },
  notes: { en: "Notes", zh: "说明" },
  sha256: { en: "SHA-256 of the unblinded manifest", zh: "非盲清单文件的 SHA-256" },
} as const satisfies Texts;

/** The comparison of a list with what plan and seed give, for people. */
export function verificationText(
  { list, status, origin, rows = 0, files, notes, manifestSha256 }: Verification,
  warnings: readonly Issue[],
  { folder, isSame, isCompared }: { readonly folder: string; readonly isSame: boolean; readonly isCompared: boolean },
  speech: Speech,
): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const these = say(origin === undefined ? "made" : "adopted", { status });
  const basis = say(origin === undefined ? "bySeed" : isCompared ? "bySource" : "byManifest");
  const differing = files.filter(({ difference }) => difference !== undefined);
  const said = [...warnings.map((warning) => speech.issue(warning)), ...notes.map((note) => note[language])];
  return [
    isSame
      ? say("verified", { these, list, rows, basis })
      : say("notVerified", { these, list, folder: `${folder}${sep}`, basis }),
    "",
    textTable(
      [say("file"), ""],
      files.map(({ file, verdict }) => [file, say(verdict)]),
    ).trimEnd(),
    ...(differing.length === 0 ? [] : ["", say("first")]),
    ...differing.flatMap(({ file, difference }) => [`  ${file}`, ...differenceLines(difference, say, speech)]),
    ...(said.length === 0 ? [] : ["", say("notes"), ...said.flatMap((note) => wrapIn(language)(note, "  - "))]),
    ...(manifestSha256 === undefined ? [] : ["", say("sha256"), `  ${manifestSha256}`]),
    "",
  ].join("\n");
}

function differenceLines(
  difference: ListDifference | Issue | undefined,
  say: Say<typeof TEXTS>,
  speech: Speech,
): readonly string[] {
  if (difference === undefined) return [];
  const { language } = speech;
  const { expected, received } = difference;
  const sentence = wrapIn(language)(differenceText(difference, speech), "    ", 100);
  if ("code" in difference) return sentence;
  // In English a difference that names its column says everything in its sentence.
  if (language === "en" && difference.column !== undefined) return sentence;
  return [
    ...sentence,
    `    ${say("expected", { text: lineText(language, expected) })}`,
    `    ${say("found", { text: lineText(language, received) })}`,
  ];
}

function differenceText(difference: ListDifference | Issue, speech: Speech): string {
  if ("code" in difference) return speech.issue(difference);
  if (speech.language === "en") return difference.message;
  return chineseDifference(difference);
}

function lineText(language: Language, text = ""): string {
  const said = language === "zh" ? chineseLine(text) : text;
  return said.length > 120 ? `${said.slice(0, 117)}...` : said;
}
