import { AllocellError, foldId } from "../../foundation/index.js";
import { failAt, type LocatedIssue, mapIssues } from "../../store/disk/index.js";
import type { CommonOptions, Io, Output } from "../io.js";
import { readOrderTemplate, type OrderTemplate } from "../orderFile.js";
import {
  checkParticipantsFile,
  countLines,
  participantRows,
  requireEnd,
  type ParticipantRow,
} from "../participantsCsv.js";
import { BATCH_COLUMNS, batchAfter, checkTemplate } from "../preparationBatch.js";
import {
  CSV,
  idleText,
  JSON_ROWS,
  openText,
  refusalText,
  summaryText,
  type AnswerForm,
  type Prepared,
  type Refusal,
} from "../preparationBatchAnswer.js";
import { progressOf, type Progress } from "../progress.js";
import { counted } from "../textTable.js";
import { asWeightFault } from "../weightFault.js";
import { writeWhole } from "../wholeFile.js";
import type { AnswerOptions } from "../trialInput.js";

export interface PrepareBatchOptions extends CommonOptions, AnswerOptions {
  readonly order: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly complete?: boolean;
}

const formOf = ({ json }: PrepareBatchOptions): AnswerForm => (json === true ? JSON_ROWS : CSV);

type PrepareRow = (cells: Readonly<Record<string, string>>) => Prepared;

const ROWS_AT_ONCE = 500;
/** The summary lists so many refused lines, each of which was told before; so many rows are told with open warnings. */
const LISTED = 20;

/** Where the file has an administration, and a kit with its participant, already. */
interface Seen {
  /** By visit, the line of each participant. */
  readonly administrations: Map<string, Map<string, { readonly participant: string; readonly line: number }>>;
  readonly kits: Map<string, { readonly participant: string; readonly line: number }>;
}

/** `allocell prepare-batch FILE.csv --order ORDER.yaml`: a preparation for every row; a bad row is told, the rest done. */
export async function prepareBatch(io: Io, file: string, options: PrepareBatchOptions): Promise<number> {
  const template = await readOrderTemplate(io, options.order, options);
  checkTemplate(template);
  const prepareRow = batchAfter(template, formOf(options).prepared);
  const { out, complete = false } = options;
  // A file of answers is made whole or not at all; on a screen nothing can be taken back, so all is looked through first.
  if (out === undefined) await checkParticipantsFile(io, file, complete, BATCH_COLUMNS);
  const progress = await progressOf(io.stderr, out === undefined ? 0 : await countLines(io, file));
  const idle = overridesOf(template);
  const work = (output: Output): Promise<number> => answerAll(io, file, prepareRow, options, output, progress, idle);
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
  idle: Set<string>,
): Promise<number> {
  const isJson = options.json === true;
  const seen: Seen = { administrations: new Map(), kits: new Map() };
  const counts = { ready: 0, open: 0, refused: 0 };
  const refusedLines: number[] = [];
  const form = formOf(options);
  let rows: string[] = [];
  let isFirst = true;
  let told = "";
  await output.write(form.begin);
  const flush = async (): Promise<void> => {
    progress.at(counts.ready + counts.open + counts.refused);
    if (rows.length > 0) await output.write((isFirst ? "" : form.between) + rows.join(form.between));
    if (rows.length > 0) isFirst = false;
    rows = [];
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
      rows.push(form.refused(row, answer.issues));
    } else {
      counts[answer.isReady ? "ready" : "open"] += 1;
      rows.push(form.row(row, answer));
      if (!isJson && !answer.isReady && counts.open <= LISTED) told += openText(answer, file, row.line);
      for (const code of idle) if (hasAccepted(answer, code)) idle.delete(code);
    }
    if (rows.length >= ROWS_AT_ONCE) await flush();
  }
  await flush();
  requireEnd(io, file, last, options.complete === true);
  await output.write(form.end({ ...counts, idleOverrides: [...idle] }));
  if (!isJson) await io.stderr.write(summaryText(counts, refusedLines, options.out).concat(idleText(idle)));
  return counts.refused + counts.open === 0 ? 0 : 1;
}

/** Codes that the order file accepts. A row passes over what it does not ask for; what no row asks for is told. */
function overridesOf({ order }: OrderTemplate): Set<string> {
  const overrides: readonly unknown[] = Array.isArray(order["overrides"]) ? order["overrides"] : [];
  return new Set(overrides.flatMap((one) => (isCode(one) ? [one.code] : [])));
}

const isCode = (value: unknown): value is { readonly code: string } =>
  typeof value === "object" && value !== null && "code" in value && typeof value.code === "string";

function hasAccepted({ warnings }: Prepared, code: string): boolean {
  return warnings.includes(code) && !warnings.includes(`${code} OPEN`);
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
  const ofVisit =
    seen.administrations.get(visit) ?? new Map<string, { readonly participant: string; readonly line: number }>();
  const earlier = ofVisit.get(foldId(participant));
  if (earlier !== undefined) {
    return failAt({
      code: "cli.participant_twice",
      path: "participant",
      message: `Participant ${participant} stands on line ${earlier.line} already${earlier.participant === participant ? "" : `, as ${earlier.participant}`}, with the same visit.`,
      expected: "each administration once",
    });
  }
  // A kit is somebody's: kit numbers that differ in case alone are one to whoever reads them aloud.
  const folded = foldId(kit);
  const owner = folded === "" ? undefined : seen.kits.get(folded);
  if (owner !== undefined && foldId(owner.participant) !== foldId(participant)) {
    return failAt({
      code: "cli.kit_twice",
      path: "kit",
      message: `Kit ${kit} is that of participant ${owner.participant} on line ${owner.line} already.`,
      expected: "each kit for one participant",
    });
  }
  if (ofVisit.size === 0) seen.administrations.set(visit, ofVisit);
  ofVisit.set(foldId(participant), { participant, line });
  if (folded !== "" && owner === undefined) seen.kits.set(folded, { participant, line });
  return cells;
}
