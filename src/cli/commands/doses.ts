import { stringify } from "csv-stringify/sync";
import { AllocellError, foldId, type Issue } from "../../foundation/index.js";
import { prescriber, type Prescription } from "../../dose/index.js";
import { failAt, type LocatedIssue, mapIssues } from "../../store/disk/index.js";
import type { CommonOptions, Io, Output } from "../io.js";
import { inDecimal, withOption, type CsvForm, type CsvOptions } from "../csvForm.js";
import {
  checkParticipantsFile,
  participantRows,
  requireCells,
  requireOwnNames,
  type ParticipantRow,
} from "../participantsCsv.js";
import { tableFile, writeTable } from "../tableFile.js";
import { assumptionLines, countIn, sayIn, wrapIn, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";
import { readDoseBasis, type DoseBasis, type DoseBasisOptions } from "../trialInput.js";
import { asWeightFault } from "../weightFault.js";
import { outputFile } from "../wholeFile.js";
import { withKeys } from "../withKeys.js";

export interface DosesOptions extends CommonOptions, DoseBasisOptions, Omit<CsvOptions, "json"> {
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
  "height_cm",
  "surface_m2",
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
  const { name, form } = await tableFile(io, file, options);
  const { kept } = await checkParticipantsFile(io, name, options.complete === true, undefined, form);
  requireOwnNames(kept, DOSE_COLUMNS, name);
  const work = (output: Output): Promise<number> => writeAnswers(io, name, basis, options, output, { form, kept });
  return target === undefined ? work(io.stdout) : writeTable(io, target, form, work);
}

async function writeAnswers(
  io: Io,
  file: string,
  basis: DoseBasis,
  options: DosesOptions,
  output: Output,
  { form, kept }: { readonly form: CsvForm; readonly kept: readonly string[] },
): Promise<number> {
  const isJson = options.json === true;
  const writing = isJson ? JSON_WRITING : csvWriting([...DOSE_COLUMNS, ...kept], options.bom, form);
  const speech = await speechOf(io);
  const seen: Seen = new Map();
  const arms = new Map<string, ReturnType<typeof prescriber>>();
  const assumed = new Map<string, string>();
  const counts: Counts = { done: 0, refused: 0, warned: 0, blank: 0 };
  let buffer = writing.begin;
  for await (const row of participantRows(io, file, undefined, form, () => (counts.blank += 1))) {
    const answer = answerOf(row, file, basis, options, seen, arms, form);
    buffer += writing.answer(answer, counts.done + counts.refused === 0);
    count(answer, counts, assumed);
    if (!isJson) await io.stderr.write(toldOf(answer, counts, file, speech));
    if (buffer.length > 65_536) {
      await output.write(buffer);
      buffer = "";
    }
  }
  await output.write(buffer + writing.end(counts));
  if (!isJson) await io.stderr.write(summaryText(counts, assumed, options.out, speech));
  return counts.refused === 0 ? 0 : 1;
}

type Counts = Record<"done" | "refused" | "warned" | "blank", number>;

function count(answer: Answer, counts: Counts, assumed: Map<string, string>): void {
  if (answer.status === "refused") {
    counts.refused += 1;
    return;
  }
  counts.done += 1;
  for (const { key, value } of answer.prescription.assumptions) assumed.set(key, value);
  if (answer.prescription.warnings.length > 0) counts.warned += 1;
}

/** What is told beside the answers. */
function toldOf(answer: Answer, { warned }: Counts, file: string, speech: Speech): string {
  if (answer.status === "refused") return refusalText(answer.issues, speech);
  return warned <= WARNED ? warningText(answer, file, speech) : "";
}

/** A form of the answers. */
interface Writing {
  readonly begin: string;
  readonly answer: (answer: Answer, isFirst: boolean) => string;
  readonly end: (counts: Counts) => string;
}

const JSON_WRITING: Writing = {
  begin: '{"command":"doses","rows":[',
  answer: (answer, isFirst) => `${isFirst ? "" : ","}\n${jsonRow(answer)}`,
  end: ({ done, refused, blank }) => `\n],"done":${done},"refused":${refused},"blankRows":${blank}}\n`,
};

const csvWriting = (columns: readonly string[], bom: boolean | undefined, form: CsvForm): Writing => ({
  begin: csvHead(columns, bom, form),
  answer: (answer) => csvRows(answer, form),
  end: () => "",
});

function answerOf(
  row: ParticipantRow,
  file: string,
  basis: DoseBasis,
  options: DosesOptions,
  seen: Seen,
  arms: Map<string, ReturnType<typeof prescriber>>,
  form: CsvForm,
): Answer {
  const place = { file, line: row.line };
  try {
    const cells = checkRow(row, seen);
    const { arm = "", weight_kg: weight = "", first_administration: first = "" } = cells;
    const { age_years: age = "", height_cm: height = "" } = cells;
    const part = cells["part"] === undefined || cells["part"] === "" ? options.part : cells["part"];
    const prescription = basis.placed(() => {
      const ofArm = JSON.stringify([arm, part]);
      const { trial, assumptions } = basis;
      const dose = arms.get(ofArm) ?? prescriber({ trial, arm, ...(part === undefined ? {} : { part }), assumptions });
      arms.set(ofArm, dose);
      return dose({
        ...(weight === "" ? {} : { weightKg: weight }),
        ...(age === "" ? {} : { ageYears: age }),
        ...(height === "" ? {} : { heightCm: height }),
        ...(first === "" ? {} : { firstAdministration: first }),
      });
    });
    return { status: "ok", row, prescription };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    // A fault of the assumptions keeps its own place; it is the row's fault that is at the row.
    const { issues } = mapIssues(error, (issue: LocatedIssue) => {
      const path = COLUMN_OF[issue.path] ?? issue.path;
      const said = path === "weight_kg" ? asWeightFault(issue, "72.4") : issue;
      return { ...withOption(said, row.cells?.[path], form), path, ...(issue.file === undefined ? place : {}) };
    });
    return { status: "refused", row, issues };
  }
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  weightKg: "weight_kg",
  ageYears: "age_years",
  heightCm: "height_cm",
  firstAdministration: "first_administration",
};

/** The participants of the file by their ids, with the spelling and the line that came first. */
type Seen = Map<string, { readonly participant: string; readonly line: number }>;

/** Another spelling of one id is told. */
const spelled = (now: string, before: string): string => (now === before ? "" : `, as ${before}`);

function checkRow(row: ParticipantRow, seen: Seen): Readonly<Record<string, string>> {
  const cells = requireCells(row);
  const { participant = "" } = cells;
  const id = foldId(participant);
  const earlier = seen.get(id);
  if (earlier !== undefined) {
    return failAt({
      code: "cli.participant_twice",
      path: "participant",
      message: `Participant ${participant} stands on line ${earlier.line} already${spelled(participant, earlier.participant)}, and has one dose.`,
      expected: "each participant once",
      parameters: { participant, line: earlier.line, earlier: earlier.participant },
    });
  }
  seen.set(id, { participant, line: row.line });
  return cells;
}

function csvHead(columns: readonly string[], bom: boolean | undefined, form: CsvForm): string {
  return `${bom === true ? "\uFEFF" : ""}${csvLine(columns, form)}`;
}

function csvLine(cells: readonly (string | number | boolean)[], { separator }: CsvForm): string {
  return stringify([[...cells]], {
    delimiter: separator,
    record_delimiter: "\r\n",
    quoted_match: /[\r\n]/,
    cast: { boolean: String },
    // Only the echo of a refused row, and a column that is passed through, could begin like a formula.
    escape_formulas: true,
  });
}

function csvRows(answer: Answer, form: CsvForm): string {
  const { row } = answer;
  const kept = (row.kept ?? []).map(([, cell]) => cell);
  if (answer.status === "refused") {
    const { participant = "", part = "", arm = "", weight_kg: weight = "", height_cm: height = "" } = row.cells ?? {};
    const asWritten = (number: string): string => (row.faults === undefined ? inDecimal(number, form) : number);
    const reason = answer.issues.map(({ code, message }) => `line ${row.line}: ${code}: ${message}`).join(" ");
    const none = Array<string>(12).fill("");
    return csvLine(
      ["refused", participant, "", part, arm, asWritten(weight), asWritten(height), ...none, reason, ...kept],
      form,
    );
  }
  const { prescription } = answer;
  const {
    trial,
    part,
    arm,
    weight,
    heightCm = "",
    surface,
    cap,
    cumulative,
    administrations,
    warnings,
    assumptions,
  } = prescription;
  return administrations
    .map(({ number, studyDay, date, target }) =>
      csvLine(
        [
          "ok",
          row.cells?.["participant"] ?? "",
          trial,
          part,
          arm,
          inDecimal(weight?.weightKg ?? "", form),
          inDecimal(heightCm, form),
          inDecimal(surface?.m2 ?? "", form),
          number,
          administrations.length,
          studyDay,
          date ?? "",
          inDecimal(target.amount, form),
          target.unitKind,
          target.words,
          cap?.isApplied ?? false,
          inDecimal(cumulative.total.amount, form),
          warnings.map(({ code }) => code).join(" "),
          assumptions.map(({ key, value }) => `${key}=${value}`).join("; "),
          "",
          ...kept,
        ],
        form,
      ),
    )
    .join("");
}

function jsonRow(answer: Answer): string {
  const { row, ...rest } = answer.status === "ok" ? answer : { ...answer, issues: answer.issues.map(withKeys) };
  const kept = row.kept === undefined || row.kept.length === 0 ? {} : { kept: Object.fromEntries(row.kept) };
  return JSON.stringify({ line: row.line, participant: row.cells?.["participant"] ?? null, ...rest, ...kept });
}

const TEXTS = {
  line: { en: "line {line}", zh: "第 {line} 行" },
  refused: { en: "{message} [{code}]", zh: "{message}［{code}］" },
  at: { en: "{place}: ", zh: "{place}：" },
  warning: { en: "warning: {message} [{code}]", zh: "警示：{message}［{code}］" },
  done: {
    en: "{participants} done{warned}, {refused} refused{written}.",
    zh: "完成 {participants}{warned}，拒绝 {refused} 行{written}。",
  },
  warned: { en: " ({warned} with a warning)", zh: "（其中 {warned} 名有警示）" },
  written: { en: "; written to {out}", zh: "；已写入 {out}" },
  skipped: { en: "{rows} skipped.", zh: "跳过 {rows}。" },
  unblinded: {
    en: "The answer is UNBLINDED: it names arms and doses.",
    zh: "结果为非盲（UNBLINDED）：含组别和剂量。",
  },
  assumptions: { en: "Assumptions (not stated by the trial's sources):", zh: "假设（试验资料未载明）：" },
} as const satisfies Texts;

const join = (speech: Speech): string => (speech.language === "zh" ? "，" : ", ");

function refusalText(issues: readonly LocatedIssue[], speech: Speech): string {
  const say = sayIn(TEXTS, speech.language);
  return issues
    .flatMap((issue) => {
      const { file, line, path, code } = issue;
      const where = [file, line === undefined ? "" : say("line", { line }), path].filter((part) => part !== "" && part);
      const text = say("refused", { message: speech.issue(issue), code });
      return wrapIn(speech.language)(text, say("at", { place: where.join(join(speech)) }), 120).map(
        (one) => `${one}\n`,
      );
    })
    .join("");
}

/** So many rows are told with their warnings. */
const WARNED = 20;

function warningText(
  { row, prescription }: Extract<Answer, { readonly status: "ok" }>,
  file: string,
  speech: Speech,
): string {
  const say = sayIn(TEXTS, speech.language);
  return prescription.warnings
    .flatMap((warning) => {
      const place = [file, say("line", { line: row.line }), COLUMN_OF[warning.path] ?? warning.path];
      const text = say("warning", { message: speech.issue(warning), code: warning.code });
      return wrapIn(speech.language)(text, say("at", { place: place.join(join(speech)) }), 120);
    })
    .map((text) => `${text}\n`)
    .join("");
}

function summaryText(
  { done, refused, warned, blank }: Counts,
  assumed: ReadonlyMap<string, string>,
  out: string | undefined,
  { language }: Speech,
): string {
  const say = sayIn(TEXTS, language);
  const lines = [
    say("done", {
      participants: countIn(language, done, "participant", "名受试者"),
      warned: warned === 0 ? "" : say("warned", { warned }),
      refused,
      written: out === undefined ? "" : say("written", { out }),
    }),
    ...(blank === 0 ? [] : [say("skipped", { rows: countIn(language, blank, "blank row", "个空行") })]),
    say("unblinded"),
    ...(assumed.size === 0 ? [] : [say("assumptions")]),
    ...assumptionLines(
      language,
      [...assumed].map(([key, value]) => ({ key, value })),
    ),
  ];
  return `${lines.join("\n")}\n`;
}
