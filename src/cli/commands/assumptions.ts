import { stringify } from "csv-stringify/sync";
import { AllocellError, fail, pathTo, throwIfAny } from "../../foundation/index.js";
import { expectedAnswer, readAnswer, type Assumption, type Trial } from "../../trial/index.js";
import { failAt, type LocatedIssue } from "../../store/disk/index.js";
import { writeOne } from "../custodyFiles.js";
import type { CsvOptions } from "../csvForm.js";
import { readText } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { participantRows, type Columns } from "../participantsCsv.js";
import { tableFile } from "../tableFile.js";
import { questionText, questionsOf, USES } from "../templates/assumptionFields.js";
import { templateText } from "../templates/template.js";
import { counted } from "../textTable.js";
import { readTrial } from "../trialInput.js";

export interface QuestionnaireOptions extends CommonOptions {
  readonly to: "csv" | "markdown";
  readonly out?: string;
}

const COLUMNS = ["key", "question", "arms", "needed_for", "answer_form", "hint", "answer", "reason"];

/** `allocell assumptions export TRIAL`: what a trial leaves open, as a questionnaire for its sponsor. */
export async function exportQuestions(io: Io, trialName: string, options: QuestionnaireOptions): Promise<number> {
  const trial = await readTrial(io, trialName);
  const questions = questionsOf(trial, USES);
  const [text, ending] = options.to === "csv" ? [toCsv(questions), "csv"] : [toMarkdown(trial, questions), "md"];
  const out = options.out ?? `${trial.id}.questions.${ending}`;
  writeOne(io, out, text, 0o644);
  const answer = { command: "assumptions export", trial: trial.id, file: out, questions: questions.length };
  const count = questions.length;
  const asked =
    io.language === "zh" ? `${count} 个问题。回答后运行：` : `${counted(count, "question")}. Once answered: `;
  const next = `  ${asked}allocell assumptions import ${out} --trial ${trialName}\n`;
  await io.stdout.write(options.json === true ? jsonText(answer) : `${out}\n${next}`);
  return 0;
}

const toCsv = (questions: readonly Assumption[]): string =>
  stringify(
    [
      COLUMNS,
      ...questions.map((one) => [
        one.key,
        one.question,
        one.arms?.join(" ") ?? "",
        one.neededFor.join(" "),
        expectedAnswer(one),
        one.hint ?? "",
        "",
        "",
      ]),
    ],
    // The questions of an own trial are texts of people, for the sponsor's spreadsheet.
    { record_delimiter: "\r\n", escape_formulas: true },
  );

const toMarkdown = (trial: Trial, questions: readonly Assumption[]): string =>
  [
    `# Open questions of trial ${trial.id}`,
    "",
    trial.title,
    "",
    "The sources of the trial leave these open. Write each answer on its line, and under Reason where it stands: document, version, section.",
    "",
    ...questions.flatMap((one) => [
      `## ${one.key}`,
      "",
      questionText(one),
      "",
      `Needed for: ${one.neededFor.join(", ")}.`,
      "",
      "- Answer:",
      "- Reason:",
      "",
    ]),
  ].join("\n");

export interface AnswersOptions extends CommonOptions, Pick<CsvOptions, "separator"> {
  readonly trial: string;
  readonly out?: string;
}

interface AnswerRow {
  readonly line: number;
  readonly key: string;
  readonly answer: string;
  readonly reason: string;
}

/** `allocell assumptions import FILE --trial TRIAL`: an answered questionnaire as an assumptions file. */
export async function importAnswers(io: Io, file: string, options: AnswersOptions): Promise<number> {
  const trial = await readTrial(io, options.trial);
  const rows = /\.md$/iu.test(file) ? markdownRows(readText(io, file)) : await tableRows(io, file, options);
  throwIfAny(
    rows.flatMap((row, at) =>
      issuesOf(trial, row, rows.slice(0, at)).map((issue) => ({ ...issue, file, line: row.line })),
    ),
  );
  const answered = rows.filter(({ answer }) => answer !== "");
  if (answered.length === 0) {
    failAt({
      code: "cli.no_answers",
      path: "answer",
      file,
      message: "No question of this file has an answer.",
      expected: "an answer in its column, or on its line",
    });
  }
  const out = options.out ?? `${trial.id}.assumptions.yaml`;
  const known = new Map(trial.assumptions.map((one) => [one.key, one]));
  const fields = answered.map(({ key, answer, reason }) => {
    const question = known.get(key);
    return {
      path: ["assumptions", key],
      value: { value: answer, ...(reason === "" ? {} : { reason }) },
      ...(question === undefined ? {} : { comment: question.question }),
    };
  });
  const head = [`Answers to the open questions of trial ${trial.id}, from ${file}.`];
  writeOne(io, out, templateText(head, [{ path: ["trial"], value: trial.id }, ...fields]), 0o644);
  const open = questionsOf(trial, USES).flatMap(({ key }) => (answered.some((row) => row.key === key) ? [] : [key]));
  const answer = { command: "assumptions import", trial: trial.id, file: out, answered: answered.length, open };
  const isChinese = io.language === "zh";
  const left = open.length === 0 ? "" : `  ${isChinese ? "尚未回答：" : "still open: "}${open.join(", ")}\n`;
  const done = isChinese ? `${answered.length} 个回答` : counted(answered.length, "answer");
  await io.stdout.write(options.json === true ? jsonText(answer) : `${out}\n  ${done}\n${left}`);
  return 0;
}

const READ: Columns = {
  required: ["key", "answer"],
  optional: COLUMNS.filter((name) => name !== "key" && name !== "answer"),
};

async function tableRows(io: Io, file: string, options: AnswersOptions): Promise<readonly AnswerRow[]> {
  const { separator } = options;
  const { name, form } = await tableFile(io, file, separator === undefined ? {} : { separator });
  const rows: AnswerRow[] = [];
  for await (const { cells, line } of participantRows(io, name, READ, form)) {
    const {
      key = "",
      answer = "",
      reason = "",
    } = cells ?? fail("cli.csv_ragged", "", "A row has not a cell for each column.");
    rows.push({ line, key, answer, reason });
  }
  return rows;
}

function markdownRows(text: string): readonly AnswerRow[] {
  const rows: { line: number; key: string; answer: string; reason: string }[] = [];
  text.split(/\r?\n/u).forEach((line, i) => {
    const key = /^## (\S+)\s*$/u.exec(line)?.[1];
    if (key !== undefined) rows.push({ line: i + 1, key, answer: "", reason: "" });
    const [, name, said = ""] = /^- (Answer|Reason):(.*)$/u.exec(line) ?? [];
    const last = rows.at(-1);
    if (last === undefined || name === undefined) return;
    if (name === "Answer") Object.assign(last, { answer: said.trim(), line: i + 1 });
    else last.reason = said.trim();
  });
  return rows;
}

/** An answer to a question that the trial asks, once, in the form in which it is read. */
function issuesOf(trial: Trial, { key, answer }: AnswerRow, before: readonly AnswerRow[]): readonly LocatedIssue[] {
  const question = trial.assumptions.find((one) => one.key === key);
  const path = pathTo("assumptions", key);
  if (question === undefined) {
    const message = "The trial has no open question of this key.";
    return [{ code: "trial.assumption_unknown", path, message, received: key, parameters: { trial: trial.id } }];
  }
  if (before.some((row) => row.key === key)) {
    return [{ code: "cli.assumption_twice", path, message: "This question stands twice.", received: key }];
  }
  if (answer === "") return [];
  try {
    readAnswer(question, answer);
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues;
  }
}
