import { stringify } from "csv-stringify/sync";
import { AllocellError, type Issue } from "../../foundation/index.js";
import { failAt, mapIssues, type LocatedIssue } from "../failure.js";
import type { CommonOptions, Io, Output } from "../io.js";
import { readOrderTemplate } from "../orderFile.js";
import {
  checkParticipantsFile,
  countLines,
  participantRows,
  requireEnd,
  type ParticipantRow,
} from "../participantsCsv.js";
import { BATCH_COLUMNS, batchAfter, checkTemplate, type BatchPreparation } from "../preparationBatch.js";
import { progressOf, type Progress } from "../progress.js";
import { counted, wrapText } from "../textTable.js";
import { asWeightFault } from "../weightFault.js";
import { writeWhole } from "../wholeFile.js";

export interface PrepareBatchOptions extends CommonOptions {
  readonly order: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly complete?: boolean;
}

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

type Answer = Readonly<Record<string, string | number | boolean>>;

/** What a preparation says of every row with its arm and weighing. */
interface Prepared {
  readonly isReady: boolean;
  readonly cells: Answer;
}
type PrepareRow = (cells: Readonly<Record<string, string>>) => Prepared;

interface Refusal {
  readonly line: number;
  readonly issues: readonly LocatedIssue[];
}

const ROWS_AT_ONCE = 500;
/** The summary lists so many refused lines; each of them was told before. */
const LISTED = 20;

/** Where the file has an administration, and a kit with its participant, already. */
interface Seen {
  readonly administrations: Map<string, number>;
  readonly kits: Map<string, { readonly participant: string; readonly line: number }>;
}

/** `allocell prepare-batch FILE.csv --order ORDER.yaml`: a preparation for every row; a bad row is told, the rest done. */
export async function prepareBatch(io: Io, file: string, options: PrepareBatchOptions): Promise<number> {
  const template = await readOrderTemplate(io, options.order);
  checkTemplate(template);
  const prepareRow = batchAfter(template, preparedCells);
  const { out, complete = false } = options;
  // A file of answers is made whole or not at all; on a screen nothing can be taken back, so all is looked through first.
  if (out === undefined) await checkParticipantsFile(io, file, complete, BATCH_COLUMNS);
  const progress = await progressOf(io.stderr, out === undefined ? 0 : await countLines(io, file));
  const work = (output: Output): Promise<number> => answerAll(io, file, prepareRow, options, output, progress);
  try {
    return out === undefined
      ? await work(io.stdout)
      : await writeWhole(io, { out, force: options.force === true, inputs: [file, options.order] }, work);
  } finally {
    progress.stop();
  }
}

async function answerAll(
  io: Io,
  file: string,
  prepareRow: PrepareRow,
  options: PrepareBatchOptions,
  output: Output,
  progress: Progress,
): Promise<number> {
  const isJson = options.json === true;
  const seen: Seen = { administrations: new Map(), kits: new Map() };
  const counts = { ready: 0, open: 0, refused: 0 };
  const refusedLines: number[] = [];
  let rows: Answer[] = [];
  let isFirst = true;
  let told = "";
  await output.write(isJson ? '{"command":"prepare-batch","rows":[' : csvText([ANSWER_COLUMNS]));
  const flush = async (): Promise<void> => {
    const text = isJson
      ? rows.map((row, index) => `${isFirst && index === 0 ? "" : ","}\n${JSON.stringify(row)}`).join("")
      : csvText(rows.map((row) => ANSWER_COLUMNS.map((column) => row[column] ?? "")));
    if (rows.length > 0) isFirst = false;
    rows = [];
    progress.at(counts.ready + counts.open + counts.refused);
    if (text !== "") await output.write(text);
    if (told !== "") await io.stderr.write(told);
    told = "";
  };
  let last: ParticipantRow | undefined;
  for await (const row of participantRows(io, file, BATCH_COLUMNS)) {
    last = row;
    const answer = answerOf(row, file, prepareRow, seen);
    if ("issues" in answer) {
      counts.refused += 1;
      if (refusedLines.length < LISTED) refusedLines.push(answer.line);
      if (!isJson) told += refusalText(answer, file);
      rows.push(refusedRow(row, answer.issues, isJson));
    } else {
      counts[answer.isReady ? "ready" : "open"] += 1;
      rows.push(answerRow(row, answer));
    }
    if (rows.length >= ROWS_AT_ONCE) await flush();
  }
  await flush();
  requireEnd(io, file, last, options.complete === true);
  if (isJson) await output.write(`\n],${JSON.stringify(counts).slice(1)}\n`);
  else await io.stderr.write(summaryText(counts, refusedLines, options.out));
  return counts.refused + counts.open === 0 ? 0 : 1;
}

function answerOf(row: ParticipantRow, file: string, prepareRow: PrepareRow, seen: Seen): Prepared | Refusal {
  try {
    return prepareRow(checkRow(row, seen));
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    // A fault of the order file keeps its own place; it is the row's fault that is at the row.
    const { issues } = mapIssues(error, (issue: LocatedIssue) => {
      const said = issue.path === "weight_kg" ? asWeightFault(issue, "72.4") : issue;
      return said.file === undefined ? { ...said, file, line: row.line } : said;
    });
    return { line: row.line, issues };
  }
}

const PARTICIPANT = /^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,39}$/u;

/** One row an administration: the same participant may stand again with another visit. */
function checkRow(row: ParticipantRow, seen: Seen): Readonly<Record<string, string>> {
  const { cells, cellCount, headerCount, line } = row;
  if (cells === undefined) {
    const message = `This row has ${counted(cellCount, "cell")}, the line of column names has ${headerCount}.`;
    return failAt({ code: "cli.csv_ragged", path: "", message, expected: counted(headerCount, "cell") });
  }
  const { participant = "", visit = "", kit = "" } = cells;
  if (!PARTICIPANT.test(participant)) {
    return failAt({
      code: "cli.participant_invalid",
      path: "participant",
      message: participant === "" ? "The participant is missing." : "This is not the code of a participant.",
      expected: "1 to 40 letters, digits, spaces or . _ / - and a letter or digit first",
    });
  }
  const key = visit === "" ? participant : `${participant}\n${visit}`;
  const earlier = seen.administrations.get(key);
  if (earlier !== undefined) {
    return failAt({
      code: "cli.participant_twice",
      path: "participant",
      message: `Participant ${participant} stands on line ${earlier} already, with the same visit.`,
      expected: "each administration once",
    });
  }
  // A kit is somebody's: kit numbers that differ in case alone are one to whoever reads them aloud.
  const owner = seen.kits.get(kit.toLowerCase());
  if (kit !== "" && owner !== undefined && owner.participant !== participant) {
    return failAt({
      code: "cli.kit_twice",
      path: "kit",
      message: `Kit ${kit} is that of participant ${owner.participant} on line ${owner.line} already.`,
      expected: "each kit for one participant",
    });
  }
  seen.administrations.set(key, line);
  if (kit !== "") seen.kits.set(kit.toLowerCase(), owner ?? { participant, line });
  return cells;
}

function preparedCells(preparation: BatchPreparation): Prepared {
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

function answerRow(row: ParticipantRow, { isReady, cells }: Prepared): Answer {
  const { participant = "", kit = "", visit = "", planned_on: plannedOn = "" } = row.cells ?? {};
  const status = isReady ? "ready" : "open";
  const own = { participant, kit: echo(kit), visit: echo(visit), planned_on: plannedOn };
  return { status, line: row.line, ...own, ...cells };
}

function refusedRow(row: ParticipantRow, issues: readonly Issue[], isJson: boolean): Answer {
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

function csvText(rows: readonly (readonly (string | number | boolean)[])[]): string {
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
function refusalText({ issues, line: row }: Refusal, csv: string): string {
  return issues
    .flatMap(({ file, line, path, message, code }) => {
      const other = file === csv ? [] : [file, line === undefined ? "" : `line ${line}`];
      const where = [csv, `line ${row}`, ...other, path].filter((part) => part !== "" && part);
      return wrapText(`${message} [${code}]`, `${where.join(", ")}: `, 120).map((text) => `${text}\n`);
    })
    .join("");
}

function summaryText(
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
