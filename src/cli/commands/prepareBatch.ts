import { AllocellError, foldId } from "../../foundation/index.js";
import { failAt, type LocatedIssue, mapIssues } from "../../store/disk/index.js";
import { withOption, type CsvForm, type CsvOptions } from "../csvForm.js";
import type { BatchCounts, BatchTeller } from "../answers/batchAnswer.js";
import type { CommonOptions, Io, Output } from "../io.js";
import { readOrderTemplate, type OrderTemplate } from "../orderFile.js";
import {
  checkParticipantsFile,
  countLines,
  participantRows,
  requireCells,
  requireEnd,
  requireOwnNames,
  type ParticipantRow,
} from "../participantsCsv.js";
import { BATCH_COLUMNS, batchAfter, checkTemplate } from "../preparationBatch.js";
import {
  ANSWER_COLUMNS,
  csvAnswer,
  JSON_ROWS,
  type AnswerForm,
  type Prepared,
  type Refusal,
} from "../preparationBatchAnswer.js";
import { progressOf, type Progress } from "../progress.js";
import { asWeightFault } from "../weightFault.js";
import { tableFile, writeTable } from "../tableFile.js";
import type { AnswerOptions } from "../trialInput.js";

export interface PrepareBatchOptions extends CommonOptions, AnswerOptions, Omit<CsvOptions, "json"> {
  /** With them the arm and the part of each row are those of its participant. */
  readonly log?: string;
  readonly list?: string;
  readonly order: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly complete?: boolean;
}

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
  const { out, complete = false, json, bom = false } = options;
  const { name, form: csv } = await tableFile(io, file, options);
  // A file of answers is made whole or not at all; on a screen nothing can be taken back, so all is looked through first.
  // So is a file whose further columns are named at the head of the answer.
  const isLookedThrough = out === undefined || csv.keep;
  const { kept } = isLookedThrough ? await checkParticipantsFile(io, name, complete, BATCH_COLUMNS, csv) : { kept: [] };
  requireOwnNames(kept, ANSWER_COLUMNS, name);
  const form = json === true ? JSON_ROWS : csvAnswer(csv, kept, bom);
  const ofArm = batchAfter(template, form.prepared);
  // Log and list are read for those alone who name them.
  const { log, list } = options;
  const { rowsAllocatedReader } = (log ?? list) === undefined ? {} : await import("../allocated.js");
  const allocated = rowsAllocatedReader?.(io, options, template);
  const prepareRow: PrepareRow = allocated === undefined ? ofArm : (cells) => ofArm({ ...cells, ...allocated(cells) });
  const progress = await progressOf(io.stderr, out === undefined ? 0 : (csv.rows?.length ?? countLines(io, file)));
  const idle = overridesOf(template);
  const work = (output: Output): Promise<number> =>
    answerAll(io, name, prepareRow, options, output, { progress, idle, form, csv });
  try {
    return out === undefined
      ? await work(io.stdout)
      : await writeTable(
          io,
          { out, force: options.force === true, inputs: [file, options.order, ...(log === undefined ? [] : [log])] },
          csv,
          work,
        );
  } finally {
    progress.stop();
  }
}

/** What goes with a run over the rows. */
interface Answering {
  readonly progress: Progress;
  readonly idle: Set<string>;
  readonly form: AnswerForm;
  readonly csv: CsvForm;
}

async function answerAll(
  io: Io,
  file: string,
  prepareRow: PrepareRow,
  options: PrepareBatchOptions,
  output: Output,
  { progress, idle, form, csv }: Answering,
): Promise<number> {
  const isJson = options.json === true;
  const { tellerOf } = await import("../answers/batchAnswer.js");
  const teller = isJson ? undefined : await tellerOf(io, file, options.out);
  const seen: Seen = { administrations: new Map(), kits: new Map() };
  const counts: Counts = { ready: 0, open: 0, refused: 0, blankRows: 0 };
  const refusedLines: number[] = [];
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
  for await (const row of participantRows(io, file, BATCH_COLUMNS, csv, () => (counts.blankRows += 1))) {
    last = row;
    const answer = answerOf(row, file, prepareRow, seen, csv);
    rows.push("issues" in answer ? form.refused(row, answer.issues) : form.row(row, answer));
    count(answer, counts, refusedLines, idle);
    if (teller !== undefined) told += toldOf(answer, row, counts, teller);
    if (rows.length >= ROWS_AT_ONCE) await flush();
  }
  await flush();
  requireEnd(io, file, last, options.complete === true, csv);
  await output.write(form.end({ ...counts, idleOverrides: [...idle] }));
  if (teller !== undefined) await io.stderr.write(teller.end(counts, refusedLines, idle));
  return counts.refused + counts.open === 0 ? 0 : 1;
}

/** Counted on while rows are answered. */
type Counts = Record<keyof BatchCounts, number>;

function count(answer: Prepared | Refusal, counts: Counts, refusedLines: number[], idle: Set<string>): void {
  if ("issues" in answer) {
    counts.refused += 1;
    if (refusedLines.length < LISTED) refusedLines.push(answer.line);
    return;
  }
  counts[answer.isReady ? "ready" : "open"] += 1;
  for (const code of idle) if (hasAccepted(answer, code)) idle.delete(code);
}

function toldOf(answer: Prepared | Refusal, row: ParticipantRow, { open }: BatchCounts, teller: BatchTeller): string {
  if ("issues" in answer) return teller.refused(answer);
  return answer.isReady || open > LISTED ? "" : teller.open(answer, row.line);
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

function answerOf(
  row: ParticipantRow,
  file: string,
  prepareRow: PrepareRow,
  seen: Seen,
  csv: CsvForm,
): Prepared | Refusal {
  try {
    return prepareRow(checkRow(row, seen));
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    // A fault of the order file keeps its own place; it is the row's fault that is at the row.
    const { issues } = mapIssues(error, (issue: LocatedIssue) => {
      const asked = issue.path === "weight_kg" ? asWeightFault(issue, "72.4") : issue;
      const said = withOption(asked, row.cells?.[issue.path], csv);
      return said.file === undefined ? { ...said, file, line: row.line } : said;
    });
    return { line: row.line, issues };
  }
}

/** One row an administration: the same participant may stand again with another visit. */
function checkRow(row: ParticipantRow, seen: Seen): Readonly<Record<string, string>> {
  const cells = requireCells(row);
  const { line } = row;
  const { participant = "", visit = "", kit = "" } = cells;
  const ofVisit =
    seen.administrations.get(visit) ?? new Map<string, { readonly participant: string; readonly line: number }>();
  const earlier = ofVisit.get(foldId(participant));
  if (earlier !== undefined) {
    return failAt({
      code: "cli.participant_twice",
      path: "participant",
      message: `Participant ${participant} stands on line ${earlier.line} already${earlier.participant === participant ? "" : `, as ${earlier.participant}`}, with the same visit.`,
      expected: "each administration once",
      parameters: { participant, line: earlier.line, earlier: earlier.participant },
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
      parameters: { kit, owner: owner.participant, line: owner.line },
    });
  }
  if (ofVisit.size === 0) seen.administrations.set(visit, ofVisit);
  ofVisit.set(foldId(participant), { participant, line });
  if (folded !== "" && owner === undefined) seen.kits.set(folded, { participant, line });
  return cells;
}
