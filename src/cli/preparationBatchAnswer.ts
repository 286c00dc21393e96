import { stringify } from "csv-stringify/sync";
import type { Issue } from "../foundation/index.js";
import { inDecimal, type CsvForm } from "./csvForm.js";
import { type LocatedIssue } from "../store/disk/index.js";
import type { ParticipantRow } from "./participantsCsv.js";
import type { BatchPreparation } from "./preparationBatch.js";
import { withKeys } from "./withKeys.js";

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
      issues: issues.map(withKeys),
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
