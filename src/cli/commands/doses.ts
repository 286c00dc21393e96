import { stringify } from "csv-stringify/sync";
import { AllocellError, foldId, type Issue } from "../../foundation/index.js";
import { prescriber, type Prescription } from "../../dose/index.js";
import { failAt, type LocatedIssue, mapIssues } from "../../store/disk/index.js";
import type { CommonOptions, Io, Output } from "../io.js";
import { checkParticipantsFile, participantRows, type ParticipantRow } from "../participantsCsv.js";
import { counted, wrapText } from "../textTable.js";
import { readDoseBasis, type DoseBasis, type DoseBasisOptions } from "../trialInput.js";
import { asWeightFault } from "../weightFault.js";
import { outputFile, writeWhole } from "../wholeFile.js";

export interface DosesOptions extends CommonOptions, DoseBasisOptions {
  readonly part?: string;
  readonly out?: string;
  readonly force?: boolean;
  readonly complete?: boolean;
}

/** The columns of the answer: one row an administration, and one row for each participant who was refused. */
export const DOSE_COLUMNS: readonly string[] = [
  "status",
  "participant",
  "trial",
  "part",
  "arm",
  "weight_kg",
  "administration",
  "administrations",
  "study_day",
  "date",
  "target",
  "unit",
  "target_in_words",
  "cap_applied",
  "cumulative",
  "warnings",
  "assumptions",
  "reason",
];

type Answer =
  | { readonly status: "ok"; readonly row: ParticipantRow; readonly prescription: Prescription }
  | { readonly status: "refused"; readonly row: ParticipantRow; readonly issues: readonly Issue[] };

/** `allocell doses FILE.csv`: a dose for every row; a bad row is reported, and the others are still done. */
export async function doses(io: Io, file: string, options: DosesOptions): Promise<number> {
  const { out, force = false, assumptions, decision, trial } = options;
  const target = out === undefined ? undefined : { out, force, inputs: [file, assumptions, decision, trial] };
  // Before anything is computed: a place where nothing may be written is told at once.
  if (target !== undefined) outputFile(io, target);
  const basis = await readDoseBasis(io, undefined, options);
  await checkParticipantsFile(io, file, options.complete === true);
  const work = (output: Output): Promise<number> => writeAnswers(io, file, basis, options, output);
  return target === undefined ? work(io.stdout) : writeWhole(io, target, work);
}

async function writeAnswers(
  io: Io,
  file: string,
  basis: DoseBasis,
  options: DosesOptions,
  output: Output,
): Promise<number> {
  const isJson = options.json === true;
  const seen: Seen = new Map();
  const arms = new Map<string, ReturnType<typeof prescriber>>();
  const assumed = new Map<string, string>();
  let done = 0;
  let refused = 0;
  let warned = 0;
  let buffer = isJson ? '{"command":"doses","rows":[' : csvLine([...DOSE_COLUMNS]);
  for await (const row of participantRows(io, file)) {
    const answer = answerOf(row, file, basis, options, seen, arms);
    if (answer.status === "ok") {
      done += 1;
      for (const { key, value } of answer.prescription.assumptions) assumed.set(key, value);
      warned += answer.prescription.warnings.length === 0 ? 0 : 1;
      if (!isJson && warned <= WARNED) await io.stderr.write(warningText(answer, file));
    } else {
      refused += 1;
      if (!isJson) await io.stderr.write(refusalText(answer.issues));
    }
    buffer += isJson ? `${done + refused === 1 ? "" : ","}\n${jsonRow(answer)}` : csvRows(answer);
    if (buffer.length > 65_536) {
      await output.write(buffer);
      buffer = "";
    }
  }
  await output.write(isJson ? `${buffer}\n],"done":${done},"refused":${refused}}\n` : buffer);
  if (!isJson) await io.stderr.write(summaryText({ done, refused, warned }, assumed, options.out));
  return refused === 0 ? 0 : 1;
}

function answerOf(
  row: ParticipantRow,
  file: string,
  basis: DoseBasis,
  options: DosesOptions,
  seen: Seen,
  arms: Map<string, ReturnType<typeof prescriber>>,
): Answer {
  const place = { file, line: row.line };
  try {
    const cells = checkRow(row, seen);
    const { arm = "", weight_kg: weight = "", first_administration: first = "", age_years: age = "" } = cells;
    const part = cells["part"] === undefined || cells["part"] === "" ? options.part : cells["part"];
    const prescription = basis.placed(() => {
      const ofArm = JSON.stringify([arm, part]);
      const { trial, assumptions } = basis;
      const dose = arms.get(ofArm) ?? prescriber({ trial, arm, ...(part === undefined ? {} : { part }), assumptions });
      arms.set(ofArm, dose);
      return dose({
        ...(weight === "" ? {} : { weightKg: weight }),
        ...(age === "" ? {} : { ageYears: age }),
        ...(first === "" ? {} : { firstAdministration: first }),
      });
    });
    return { status: "ok", row, prescription };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    // A fault of the assumptions keeps its own place; it is the row's fault that is at the row.
    const { issues } = mapIssues(error, (issue: LocatedIssue) => ({
      ...(COLUMN_OF[issue.path] === "weight_kg" ? asWeightFault(issue, "72.4") : issue),
      path: COLUMN_OF[issue.path] ?? issue.path,
      ...(issue.file === undefined ? place : {}),
    }));
    return { status: "refused", row, issues };
  }
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  weightKg: "weight_kg",
  ageYears: "age_years",
  firstAdministration: "first_administration",
};

/** The participants of the file by their ids, with the spelling and the line that came first. */
type Seen = Map<string, { readonly participant: string; readonly line: number }>;

/** Another spelling of one id is told. */
const spelled = (now: string, before: string): string => (now === before ? "" : `, as ${before}`);

const PARTICIPANT = /^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,39}$/u;

function checkRow(row: ParticipantRow, seen: Seen): Readonly<Record<string, string>> {
  const { cells, cellCount, headerCount, line } = row;
  if (cells === undefined) {
    const hint = cellCount > headerCount ? " A comma in a number is one cell too many: write 72.4, not 72,4." : "";
    return failAt({
      code: "cli.csv_ragged",
      path: "",
      message: `This row has ${counted(cellCount, "cell")}, the line of column names has ${headerCount}.${hint}`,
      expected: counted(headerCount, "cell"),
    });
  }
  const { participant = "" } = cells;
  if (!PARTICIPANT.test(participant)) {
    return failAt({
      code: "cli.participant_invalid",
      path: "participant",
      message: participant === "" ? "The participant is missing." : "This is not the code of a participant.",
      expected: "1 to 40 letters, digits, spaces or . _ / - and a letter or digit first",
    });
  }
  const id = foldId(participant);
  const earlier = seen.get(id);
  if (earlier !== undefined) {
    return failAt({
      code: "cli.participant_twice",
      path: "participant",
      message: `Participant ${participant} stands on line ${earlier.line} already${spelled(participant, earlier.participant)}, and has one dose.`,
      expected: "each participant once",
    });
  }
  seen.set(id, { participant, line });
  return cells;
}

function csvLine(cells: readonly (string | number | boolean)[]): string {
  return stringify([[...cells]], {
    record_delimiter: "\r\n",
    quoted_match: /[\r\n]/,
    cast: { boolean: String },
    // Only the echo of a refused row could begin like a formula.
    escape_formulas: true,
  });
}

function csvRows(answer: Answer): string {
  const { row } = answer;
  if (answer.status === "refused") {
    const { participant = "", part = "", arm = "", weight_kg: weight = "" } = row.cells ?? {};
    const reason = answer.issues.map(({ code, message }) => `line ${row.line}: ${code}: ${message}`).join(" ");
    return csvLine(["refused", participant, "", part, arm, weight, ...Array<string>(11).fill(""), reason]);
  }
  const { prescription } = answer;
  const { trial, part, arm, weight, cap, cumulative, administrations, warnings, assumptions } = prescription;
  return administrations
    .map(({ number, studyDay, date, target }) =>
      csvLine([
        "ok",
        row.cells?.["participant"] ?? "",
        trial,
        part,
        arm,
        weight?.weightKg ?? "",
        number,
        administrations.length,
        studyDay,
        date ?? "",
        target.amount,
        target.unitKind,
        target.words,
        cap?.isApplied ?? false,
        cumulative.total.amount,
        warnings.map(({ code }) => code).join(" "),
        assumptions.map(({ key, value }) => `${key}=${value}`).join("; "),
        "",
      ]),
    )
    .join("");
}

function jsonRow(answer: Answer): string {
  const { row, ...rest } = answer;
  return JSON.stringify({ line: row.line, participant: row.cells?.["participant"] ?? null, ...rest });
}

function refusalText(issues: readonly LocatedIssue[]): string {
  return issues
    .flatMap(({ file, line, path, message, code }) => {
      const where = [file, line === undefined ? "" : `line ${line}`, path].filter((part) => part !== "" && part);
      return wrapText(`${message} [${code}]`, `${where.join(", ")}: `, 120).map((text) => `${text}\n`);
    })
    .join("");
}

/** So many rows are told with their warnings. */
const WARNED = 20;

function warningText({ row, prescription }: Extract<Answer, { readonly status: "ok" }>, file: string): string {
  return prescription.warnings
    .flatMap(({ path, message, code }) =>
      wrapText(`warning: ${message} [${code}]`, `${file}, line ${row.line}, ${COLUMN_OF[path] ?? path}: `, 120),
    )
    .map((text) => `${text}\n`)
    .join("");
}

function summaryText(
  { done, refused, warned }: { readonly done: number; readonly refused: number; readonly warned: number },
  assumed: ReadonlyMap<string, string>,
  out: string | undefined,
): string {
  const lines = [
    `${counted(done, "participant")} done${warned === 0 ? "" : ` (${warned} with a warning)`}, ${refused} refused${out === undefined ? "" : `; written to ${out}`}.`,
    "The answer is UNBLINDED: it names arms and doses.",
    ...(assumed.size === 0 ? [] : ["Assumptions (not stated by the trial's sources):"]),
    ...[...assumed].flatMap(([key, value]) => wrapText(`${key} = ${value}`, "  - ")),
  ];
  return `${lines.join("\n")}\n`;
}
