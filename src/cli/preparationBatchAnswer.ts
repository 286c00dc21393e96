import { stringify } from "csv-stringify/sync";
import type { Issue } from "../foundation/index.js";
import { inDecimal, type CsvForm } from "./csvForm.js";
import { type LocatedIssue } from "../store/disk/index.js";
import type { ParticipantRow } from "./participantsCsv.js";
import type { BatchPreparation } from "./preparationBatch.js";
import { countIn, sayIn, wrapIn, type Texts } from "./answers/say.js";
import type { Speech } from "./answers/speech.js";

/** The columns of the answer: one row for each row of the input. */
export const ANSWER_COLUMNS: readonly string[] = [
  "status",
  "line",
  "participant",
  "kit",
  "visit",
  "planned_on",
  "trial",
  "arm",
  "weight_kg",
  "height_cm",
  "surface_m2",
  "target",
  "unit",
  "cap_applied",
  "containers",
  "draw_ml",
  "diluent_ml",
  "final_volume_ml",
  "delivered",
  "rounding_error_percent",
  "rate_ml_per_min",
  "minutes",
  "use_by",
  "warnings",
  "reason",
];

/** What a preparation says of every row with its arm and weighing, written once. */
export interface Prepared {
  readonly isReady: boolean;
  /** Its codes, those that nobody accepted with "OPEN" behind them. */
  readonly warnings: string;
  /** What is open. */
  readonly open: readonly Issue[];
  /** The answer from the trial on. */
  readonly text: string;
}

/** A row that cannot be prepared. */
export interface Refusal {
  readonly line: number;
  readonly issues: readonly LocatedIssue[];
}

/** The two forms of the answer. Rows are put together of texts: an object for each of a million would cost more than its dose. */
export interface AnswerForm {
  readonly prepared: (preparation: BatchPreparation) => Prepared;
  readonly row: (row: ParticipantRow, prepared: Prepared) => string;
  readonly refused: (row: ParticipantRow, issues: readonly Issue[]) => string;
  /** What stands before the first row, between two rows, and after the last one. */
  readonly begin: string;
  readonly between: string;
  readonly end: (summary: object) => string;
}

type Cell = string | number | boolean;

const openOf = ({ warnings }: BatchPreparation): readonly Issue[] =>
  warnings.filter(({ override }) => override === undefined);

const warningsText = ({ warnings }: BatchPreparation): string =>
  warnings.map(({ code, override }) => (override === undefined ? `${code} OPEN` : code)).join(" ");

function preparedCells(preparation: BatchPreparation, warnings: string): Readonly<Record<string, Cell>> {
  const { target, delivered, infusion, stability, containers } = preparation;
  return {
    trial: preparation.trial ?? "",
    arm: preparation.arm ?? "",
    weight_kg: preparation.weight?.dosingKg ?? "",
    height_cm: preparation.order.participant?.heightCm ?? "",
    surface_m2: preparation.surface?.m2 ?? "",
    target: target.amount.amount,
    unit: preparation.unitKind,
    cap_applied: target.isCapped,
    containers: containers.map(({ lot, containers: count }) => `${count} x ${lot}`).join("; "),
    draw_ml: delivered.drawMl,
    diluent_ml: infusion.diluentMl,
    final_volume_ml: infusion.finalVolumeMl,
    delivered: delivered.amount.amount,
    rounding_error_percent: delivered.roundingErrorPercent,
    rate_ml_per_min: infusion.rateMlPerMin ?? "",
    minutes: infusion.minutes ?? "",
    use_by: stability?.expiresAt ?? "",
    warnings,
  };
}

const statusOf = ({ isReady }: { readonly isReady: boolean }): string => (isReady ? "ready" : "open");

/** The answer as CSV: as the file was written, so that it opens where that did. */
export function csvAnswer(form: CsvForm, kept: readonly string[], bom: boolean): AnswerForm {
  const { separator } = form;
  const line = csvLines(separator);
  const written = writtenIn(separator);
  const others = (row: ParticipantRow): string =>
    kept.length === 0
      ? ""
      : separator + line((row.kept ?? kept.map((name) => [name, ""])).map(([, cell]) => echo(cell)));
  return {
    prepared: (preparation) => {
      const warnings = warningsText(preparation);
      const cells = Object.entries(preparedCells(preparation, warnings)).map(([name, cell]) =>
        NUMBERS.includes(name) ? inDecimal(String(cell), form) : cell,
      );
      return { isReady: preparation.isReady, warnings, open: openOf(preparation), text: line([...cells, ""]) };
    },
    row: (row, prepared) => {
      const { participant = "", kit = "", visit = "", planned_on: plannedOn = "" } = row.cells ?? {};
      const own = [statusOf(prepared), row.line, participant, written(kit), written(visit), plannedOn, prepared.text];
      return own.join(separator) + others(row);
    },
    refused: (row, issues) => {
      const { cells = {}, faults } = row;
      const reason = issues.map(({ code, message }) => `${code}: ${message}`).join(" ");
      const own = ["participant", "kit", "visit", "planned_on"].map((name) => echo(cells[name] ?? ""));
      const numbers = ["weight_kg", "height_cm"].map((name) => cells[name] ?? "");
      const asked = [cells["arm"] ?? "", ...numbers.map((one) => (faults === undefined ? inDecimal(one, form) : one))];
      const given = ["refused", row.line, ...own, "", ...asked.map(echo)];
      const none = Array.from({ length: ANSWER_COLUMNS.length - given.length - 1 }, () => "");
      return line([...given, ...none, reason]) + others(row);
    },
    begin: `${bom ? "\uFEFF" : ""}${line([...ANSWER_COLUMNS, ...kept.map(echo)])}\r\n`,
    between: "\r\n",
    end: () => "\r\n",
  };
}

/** Columns that hold a number, whose decimal sign is that of the file. */
const NUMBERS: readonly string[] = [
  ...[
    "weight_kg",
    "height_cm",
    "surface_m2",
    "target",
    "draw_ml",
    "diluent_ml",
    "final_volume_ml",
    "delivered",
    "rounding_error_percent",
  ],
  ...["rate_ml_per_min", "minutes"],
];

const keptOf = (kept: ParticipantRow["kept"]): object =>
  kept === undefined || kept.length === 0 ? {} : { kept: Object.fromEntries(kept) };

export const JSON_ROWS: AnswerForm = {
  prepared: (preparation) => {
    const warnings = warningsText(preparation);
    const text = JSON.stringify(preparedCells(preparation, warnings));
    return { isReady: preparation.isReady, warnings, open: openOf(preparation), text: text.slice("{".length) };
  },
  row: ({ line, cells = {}, kept }, prepared) => {
    const { participant = "", kit = "", visit = "", planned_on = "" } = cells;
    const status = statusOf(prepared);
    const own = JSON.stringify({ status, line, participant, kit, visit, planned_on, ...keptOf(kept) });
    return `${own.slice(0, -"}".length)},${prepared.text}`;
  },
  refused: ({ line, cells = {}, kept }, issues) => {
    const { participant = "", kit = "", visit = "", planned_on = "", arm = "", weight_kg = "", height_cm = "" } = cells;
    return JSON.stringify({
      status: "refused",
      line,
      participant,
      kit,
      visit,
      planned_on,
      arm,
      weight_kg,
      ...(height_cm === "" ? {} : { height_cm }),
      ...keptOf(kept),
      issues,
    });
  },
  begin: '{"command":"prepare-batch","rows":[\n',
  between: ",\n",
  end: (summary) => `\n],${JSON.stringify(summary).slice("{".length)}\n`,
};

/** What people wrote, so that no spreadsheet takes it for a formula. Numbers are ours and keep their sign. */
const echo = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Writes a cell that people wrote, as it stands in a line. */
function writtenIn(separator: string): (text: string) => string {
  const line = csvLines(separator);
  return (text) => line([echo(text)]);
}

/** Writes a line of cells without its end. */
function csvLines(separator: string): (cells: readonly Cell[]) => string {
  const needsQuotes = separator === "," ? /[",\r\n]/ : separator === ";" ? /[";\r\n]/ : /["\t\r\n]/;
  const quoted = (cells: readonly Cell[]): string =>
    stringify([[...cells]], {
      delimiter: separator,
      eof: false,
      quoted_match: /[\r\n]/,
      cast: { boolean: String },
    });
  return (cells) =>
    cells.some((cell) => typeof cell === "string" && needsQuotes.test(cell)) ? quoted(cells) : cells.join(separator);
}

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
export function refusalText({ issues, line: row }: Refusal, csv: string, speech: Speech): string {
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
export function openText({ open }: Prepared, csv: string, row: number, speech: Speech): string {
  const say = sayIn(TEXTS, speech.language);
  return open
    .flatMap((issue) => {
      const text = `${issue.path}${speech.language === "zh" ? "：" : ": "}${say("refused", { message: speech.issue(issue), code: issue.code })}`;
      return wrapIn(speech.language)(say("open", { text }), say("openAt", { csv, row }), 120);
    })
    .map((line) => `${line}\n`)
    .join("");
}

export function summaryText(
  { ready, open, refused, blankRows }: Readonly<Record<"ready" | "open" | "refused" | "blankRows", number>>,
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

export const idleText = (idle: ReadonlySet<string>, speech: Speech): string =>
  idle.size === 0 ? "" : `${sayIn(TEXTS, speech.language)("idle", { codes: [...idle].join(commaOf(speech)) })}\n`;
