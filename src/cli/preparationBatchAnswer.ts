import { stringify } from "csv-stringify/sync";
import type { Issue } from "../foundation/index.js";
import { type LocatedIssue } from "../store/disk/index.js";
import type { ParticipantRow } from "./participantsCsv.js";
import type { BatchPreparation } from "./preparationBatch.js";
import { wrapText } from "./textTable.js";

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
  /** What is open, in words. */
  readonly open: readonly string[];
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

const openTexts = ({ warnings }: BatchPreparation): readonly string[] =>
  warnings.flatMap(({ code, path, message, override }) =>
    override === undefined ? [`${path}: ${message} [${code}]`] : [],
  );

const warningsText = ({ warnings }: BatchPreparation): string =>
  warnings.map(({ code, override }) => (override === undefined ? `${code} OPEN` : code)).join(" ");

function preparedCells(preparation: BatchPreparation, warnings: string): Readonly<Record<string, Cell>> {
  const { target, delivered, infusion, stability, containers } = preparation;
  return {
    trial: preparation.trial ?? "",
    arm: preparation.arm ?? "",
    weight_kg: preparation.weight?.dosingKg ?? "",
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

export const CSV: AnswerForm = {
  prepared: (preparation) => {
    const warnings = warningsText(preparation);
    const cells = Object.values(preparedCells(preparation, warnings));
    return { isReady: preparation.isReady, warnings, open: openTexts(preparation), text: csvLine([...cells, ""]) };
  },
  row: ({ line, cells = {} }, prepared) => {
    const { participant = "", kit = "", visit = "", planned_on: plannedOn = "" } = cells;
    return `${statusOf(prepared)},${line},${participant},${written(kit)},${written(visit)},${plannedOn},${prepared.text}`;
  },
  refused: ({ line, cells = {} }, issues) => {
    const reason = issues.map(({ code, message }) => `${code}: ${message}`).join(" ");
    const own = ["participant", "kit", "visit", "planned_on"].map((name) => echo(cells[name] ?? ""));
    const asked = ["arm", "weight_kg"].map((name) => echo(cells[name] ?? ""));
    const given = ["refused", line, ...own, "", ...asked];
    const none = Array.from({ length: ANSWER_COLUMNS.length - given.length - 1 }, () => "");
    return csvLine([...given, ...none, reason]);
  },
  begin: `${ANSWER_COLUMNS.join(",")}\r\n`,
  between: "\r\n",
  end: () => "\r\n",
};

export const JSON_ROWS: AnswerForm = {
  prepared: (preparation) => {
    const warnings = warningsText(preparation);
    const text = JSON.stringify(preparedCells(preparation, warnings));
    return { isReady: preparation.isReady, warnings, open: openTexts(preparation), text: text.slice("{".length) };
  },
  row: ({ line, cells = {} }, prepared) => {
    const { participant = "", kit = "", visit = "", planned_on = "" } = cells;
    const own = JSON.stringify({ status: statusOf(prepared), line, participant, kit, visit, planned_on });
    return `${own.slice(0, -"}".length)},${prepared.text}`;
  },
  refused: ({ line, cells = {} }, issues) => {
    const { participant = "", kit = "", visit = "", planned_on = "", arm = "", weight_kg = "" } = cells;
    return JSON.stringify({
      status: "refused",
      line,
      participant,
      kit,
      visit,
      planned_on,
      arm,
      weight_kg,
      issues,
    });
  },
  begin: '{"command":"prepare-batch","rows":[\n',
  between: ",\n",
  end: (summary) => `\n],${JSON.stringify(summary).slice("{".length)}\n`,
};

/** What people wrote, so that no spreadsheet takes it for a formula. Numbers are ours and keep their sign. */
const echo = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** A cell that people wrote, as it stands in a line. */
function written(text: string): string {
  const cell = echo(text);
  return needsQuotes(cell) ? quoted([cell]) : cell;
}

/** A line of cells without its end. */
const csvLine = (cells: readonly Cell[]): string =>
  cells.some((cell) => typeof cell === "string" && needsQuotes(cell)) ? quoted(cells) : cells.join(",");

const needsQuotes = (text: string): boolean => /[",\r\n]/.test(text);

const quoted = (cells: readonly Cell[]): string =>
  stringify([[...cells]], { eof: false, quoted_match: /[\r\n]/, cast: { boolean: String } });

/** Each fault of a row at the row; where it is one of the order file, with its place there too. */
export function refusalText({ issues, line: row }: Refusal, csv: string): string {
  return issues
    .flatMap(({ file, line, path, message, code }) => {
      const other = file === csv ? [] : [file, line === undefined ? "" : `line ${line}`];
      const where = [csv, `line ${row}`, ...other, path].filter((part) => part !== "" && part);
      return wrapText(`${message} [${code}]`, `${where.join(", ")}: `, 120).map((text) => `${text}\n`);
    })
    .join("");
}

/** The open warnings of a row at the row. */
export const openText = ({ open }: Prepared, csv: string, row: number): string =>
  open
    .flatMap((text) => wrapText(`OPEN: ${text}`, `${csv}, line ${row}, `, 120))
    .map((line) => `${line}\n`)
    .join("");

export function summaryText(
  { ready, open, refused }: { readonly ready: number; readonly open: number; readonly refused: number },
  lines: readonly number[],
  out: string | undefined,
): string {
  const more = refused > lines.length ? ` and ${refused - lines.length} more` : "";
  return [
    `${ready} ready, ${open} with an open warning, ${refused} refused${out === undefined ? "" : `; written to ${out}`}.`,
    ...(refused === 0 ? [] : [`Refused: lines ${lines.join(", ")}${more}.`]),
    "The answer is UNBLINDED: it names arms and doses. Each row is computed as if the lots were there for it alone.",
    "",
  ].join("\n");
}

export const idleText = (idle: ReadonlySet<string>): string =>
  idle.size === 0 ? "" : `No row asked for the override of ${[...idle].join(", ")}: see whether the code is right.\n`;
