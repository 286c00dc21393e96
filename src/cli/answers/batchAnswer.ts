import type { Io } from "../io.js";
import type { Prepared, Refusal } from "../preparationBatchAnswer.js";
import { countIn, sayIn, wrapIn, type Texts } from "./say.js";
import { speechOf, type Speech } from "./speech.js";

const TEXTS = {
  line: { en: "line {line}", zh: "第 {line} 行" },
  refused: { en: "{message} [{code}]", zh: "{message}［{code}］" },
  at: { en: "{place}: ", zh: "{place}：" },
  open: { en: "OPEN: {text}", zh: "未处理的警示：{text}" },
  openAt: { en: "{csv}, line {row}, ", zh: "{csv}，第 {row} 行，" },
  summary: {
    en: "{ready} ready, {open} with an open warning, {refused} refused{written}.",
    zh: "可配制 {ready} 行，有未处理警示 {open} 行，拒绝 {refused} 行{written}。",
  },
  written: { en: "; written to {out}", zh: "；已写入 {out}" },
  refusedLines: { en: "Refused: lines {lines}{more}.", zh: "拒绝的行：{lines}{more}。" },
  more: { en: " and {count} more", zh: "，另有 {count} 行" },
  skipped: { en: "{rows} skipped.", zh: "跳过 {rows}。" },
  unblinded: {
    en: "The answer is UNBLINDED: it names arms and doses. Each row is computed as if the lots were there for it alone.",
    zh: "结果为非盲（UNBLINDED）：含组别和剂量。每行均按各批次仅供该行使用计算。",
  },
  idle: {
    en: "No row asked for the override of {codes}: see whether the code is right.",
    zh: "没有一行需要接受 {codes}：请核对代码是否正确。",
  },
} as const satisfies Texts;

const commaOf = ({ language }: Speech): string => (language === "zh" ? "，" : ", ");

/** Each fault of a row at the row; where it is one of the order file, with its place there too. */
function refusalText({ issues, line: row }: Refusal, csv: string, speech: Speech): string {
  const say = sayIn(TEXTS, speech.language);
  return issues
    .flatMap((issue) => {
      const { file, line, path, code } = issue;
      const other = file === csv ? [] : [file, line === undefined ? "" : say("line", { line })];
      const where = [csv, say("line", { line: row }), ...other, path].filter((part) => part !== "" && part);
      const text = say("refused", { message: speech.issue(issue), code });
      const lines = wrapIn(speech.language)(text, say("at", { place: where.join(commaOf(speech)) }), 120);
      return lines.map((one) => `${one}\n`);
    })
    .join("");
}

/** The open warnings of a row at the row. */
function openText({ open }: Prepared, csv: string, row: number, speech: Speech): string {
  const say = sayIn(TEXTS, speech.language);
  return open
    .flatMap((issue) => {
      const text = `${issue.path}${speech.language === "zh" ? "：" : ": "}${say("refused", { message: speech.issue(issue), code: issue.code })}`;
      return wrapIn(speech.language)(say("open", { text }), say("openAt", { csv, row }), 120);
    })
    .map((line) => `${line}\n`)
    .join("");
}

function summaryText(
  { ready, open, refused, blankRows }: BatchCounts,
  refusedLines: readonly number[],
  out: string | undefined,
  speech: Speech,
): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const more = refused > refusedLines.length ? say("more", { count: refused - refusedLines.length }) : "";
  const lines = refusedLines.join(commaOf(speech));
  return [
    say("summary", { ready, open, refused, written: out === undefined ? "" : say("written", { out }) }),
    ...(refused === 0 ? [] : [say("refusedLines", { lines, more })]),
    ...(blankRows === 0 ? [] : [say("skipped", { rows: countIn(language, blankRows, "blank row", "个空行") })]),
    say("unblinded"),
    "",
  ].join("\n");
}

const idleText = (idle: ReadonlySet<string>, speech: Speech): string =>
  idle.size === 0 ? "" : `${sayIn(TEXTS, speech.language)("idle", { codes: [...idle].join(commaOf(speech)) })}\n`;

/** How many rows of each outcome there were. */
export type BatchCounts = Readonly<Record<"ready" | "open" | "refused" | "blankRows", number>>;

/** What a run over the rows tells on a terminal, beside its answer. */
export interface BatchTeller {
  readonly refused: (answer: Refusal) => string;
  readonly open: (answer: Prepared, row: number) => string;
  readonly end: (counts: BatchCounts, refusedLines: readonly number[], idle: ReadonlySet<string>) => string;
}

/**
 * @param csv - the file with the rows
 * @param out - where the answer is written
 */
export async function tellerOf(io: Io, csv: string, out: string | undefined): Promise<BatchTeller> {
  const speech = await speechOf(io);
  return {
    refused: (answer) => refusalText(answer, csv, speech),
    open: (answer, row) => openText(answer, csv, row, speech),
    end: (counts, lines, idle) => summaryText(counts, lines, out, speech).concat(idleText(idle, speech)),
  };
}
