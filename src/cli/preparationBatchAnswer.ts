import { stringify } from "csv-stringify/sync";
import type { Issue } from "../foundation/index.js";
import type { LocatedIssue } from "./failure.js";
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

/** One row of the answer. */
export type Answer = Readonly<Record<string, string | number | boolean>>;

/** What a preparation says of every row with its arm and weighing. */
export interface Prepared {
  readonly isReady: boolean;
  readonly cells: Answer;
}
/** A row that cannot be prepared. */
export interface Refusal {
  readonly line: number;
  readonly issues: readonly LocatedIssue[];
}

export function preparedCells(preparation: BatchPreparation): Prepared {
  const { target, delivered, infusion, stability, containers, isReady } = preparation;
  const cells = {
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
    warnings: preparation.warnings
      .map(({ code, override }) => (override === undefined ? `${code} OPEN` : code))
      .join(" "),
  };
  return { isReady, cells: Object.freeze(cells) };
}

export function answerRow(row: ParticipantRow, { isReady, cells }: Prepared): Answer {
  const { participant = "", kit = "", visit = "", planned_on: plannedOn = "" } = row.cells ?? {};
  const status = isReady ? "ready" : "open";
  const own = { participant, kit: echo(kit), visit: echo(visit), planned_on: plannedOn };
  return { status, line: row.line, ...own, ...cells };
}

export function refusedRow(row: ParticipantRow, issues: readonly Issue[], isJson: boolean): Answer {
  const { participant = "", kit = "", visit = "", arm = "" } = row.cells ?? {};
  const { planned_on: plannedOn = "", weight_kg: weight = "" } = row.cells ?? {};
  const reason = issues.map(({ code, message }) => `${code}: ${message}`).join(" ");
  const said = isJson ? { issues: issues as unknown as string } : { reason };
  const shown = isJson ? (text: string): string => text : echo;
  return {
    status: "refused",
    line: row.line,
    participant: shown(participant),
    kit: shown(kit),
    visit: shown(visit),
    planned_on: shown(plannedOn),
    arm: shown(arm),
    weight_kg: shown(weight),
    ...said,
  };
}

/** What people wrote, so that no spreadsheet takes it for a formula. Numbers are ours and keep their sign. */
const echo = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

export function csvText(rows: readonly (readonly (string | number | boolean)[])[]): string {
  return rows.map((cells) => (cells.some(needsQuotes) ? quotedLine(cells) : `${cells.join(",")}\r\n`)).join("");
}

const needsQuotes = (cell: string | number | boolean): boolean => typeof cell === "string" && /[",\r\n]/.test(cell);

function quotedLine(cells: readonly (string | number | boolean)[]): string {
  return stringify([[...cells]], {
    record_delimiter: "\r\n",
    quoted_match: /[\r\n]/,
    cast: { boolean: String },
  });
}

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

export function summaryText(
  { ready, open, refused }: { readonly ready: number; readonly open: number; readonly refused: number },
  lines: readonly number[],
  out: string | undefined,
): string {
  const more = refused > lines.length ? ` and ${refused - lines.length} more` : "";
  return [
    `${ready} ready, ${open} with an open warning, ${refused} refused${out === undefined ? "" : `; written to ${out}`}.`,
    ...(refused === 0 ? [] : [`Refused: lines ${lines.join(", ")}${more}.`]),
    "The answer is UNBLINDED: it names arms and doses. Each row is reckoned as if the lots were there for it alone.",
    "",
  ].join("\n");
}

export const idleText = (idle: ReadonlySet<string>): string =>
  idle.size === 0 ? "" : `No row asked for the override of ${[...idle].join(", ")}: see whether the code is right.\n`;
