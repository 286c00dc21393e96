import { resolve } from "node:path";
import { requireOpenPart, type ConductEvent, type ReadLog } from "../../allocation/index.js";
import {
  nextCohortOf,
  partStatus,
  proposalAt,
  type OpenPartState,
  type CohortOverride,
  type EscalationDesign,
  type PartBody,
  type PartStatus,
} from "../../escalation/index.js";
import { fail } from "../../foundation/index.js";
import {
  nextActsTable,
  openPartRule,
  openPartTables,
  openPartTitle,
  toOpenPartHtml,
  type Language,
} from "../../report/index.js";
import { parseDoseText } from "../../quantity/index.js";
import { parseAdministrations, type DecisionRecord } from "../../trial/index.js";
import { exists, failAt, writeOneFile } from "../../store/disk/index.js";
import { writerOf, type WriterOptions } from "../conductInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { sayIn, wrapIn, type Texts } from "../answers/say.js";
import { speechOf } from "../answers/speech.js";
import type { LanguageOptions } from "../languageOption.js";
import { appendToLog, readLogFile, type Appended } from "../logFile.js";
import { wholeNumber } from "../numberOption.js";
import { recordAndShow, warningLines } from "../recorded.js";
import { inLanguage, writeReportFolder, writtenLines } from "../reportFolder.js";
import { tableText } from "../reportTableText.js";
import { requireNewFolder } from "../requireNewFolder.js";

interface Overriding {
  readonly override?: string;
  readonly overrideBy?: string;
}

interface ShowingOptions extends CommonOptions, LanguageOptions {
  readonly out?: string;
}

interface RecordingOptions extends ShowingOptions, WriterOptions {}

/** Appends an event of an open part that is computed from the log as it stands. */
async function append(
  io: Io,
  file: string,
  command: string,
  options: RecordingOptions,
  bodyOf: (part: OpenPartState) => PartBody,
): Promise<number> {
  const { out, lang } = options;
  if (out !== undefined) requireNewFolder(io, out, "--out");
  const speech = await speechOf({ language: io.language ?? lang });
  let files: readonly string[] = [];
  const statusOf = ({ event, state }: Appended): PartStatus =>
    partStatus(requireOpenPart(state), event.at.slice(0, 10));
  const write = async (): Promise<Appended> => {
    const appended = appendToLog(io, file, writerOf(io, options), ({ state }) => bodyOf(requireOpenPart(state)));
    try {
      const { design } = requireOpenPart(appended.state);
      if (out !== undefined) files = await writePart(io, out, design, statusOf(appended), lang);
    } catch (fault) {
      return { ...appended, fault };
    }
    return appended;
  };
  const toText = (appended: Appended): string => {
    const { event, warnings } = appended;
    if (options.json === true) {
      return jsonText({ command, recorded: event, event: event.seq, receipt: event.hash, warnings, files });
    }
    const say = sayIn(TEXTS, speech.language);
    const lines = [
      say("event", { seq: event.seq, type: speech.language === "zh" ? EVENTS_ZH[event.type] : event.type }),
      ...warningLines(warnings, speech),
      `  ${say("receipt", { hash: event.hash })}`,
      "",
    ];
    const next = tableText(nextActsTable(statusOf(appended), speech.language));
    return `${lines.join("\n")}\n${next}${writtenLines(files, speech.language)}`;
  };
  return recordAndShow(io, write, toText, "Do not record it again: `allocell cohort status` shows it.");
}

const TEXTS = {
  event: { en: "event {seq}: {type}", zh: "事件 {seq}：{type}" },
  receipt: { en: "receipt  {hash}", zh: "事件回执号  {hash}" },
  level: { en: "level {level} ({label}): {dose}", zh: "剂量水平 {level}（{label}）：{dose}" },
  restsOn: { en: "rests on event {seq}, {hash}", zh: "依据事件 {seq}，{hash}" },
} as const satisfies Texts;

/** What was recorded, of the events that a log of an open part may have. */
const EVENTS_ZH: Readonly<Partial<Record<ConductEvent["type"], string>>> = {
  "cohort-opened": "开放队列",
  entered: "受试者给药",
  "dlt-assessed": "受试者评价",
  "late-dlt": "迟发 DLT",
  "cohort-decided": "作出决定",
  "part-closed": "结束该部分",
};

/** The record of the part as CSV and as one page, in a new folder. */
function writePart(
  io: Io,
  folder: string,
  design: EscalationDesign,
  status: PartStatus,
  lang: Language,
): Promise<string[]> {
  return writeReportFolder(io, folder, lang, openPartTables(design, status, lang), [
    { file: inLanguage("open-part", "html", lang), text: toOpenPartHtml(design, status, lang) },
  ]);
}

function overrideOf({ override, overrideBy }: Overriding): { readonly override?: CohortOverride } {
  if (override === undefined && overrideBy === undefined) return {};
  if (override === undefined || overrideBy === undefined) {
    return fail("cli.override_incomplete", "--override", "An override needs its reason and who is responsible.", {
      expected: "--override REASON and --override-by NAME",
    });
  }
  return { override: { reason: override, by: overrideBy } };
}

export interface CohortOpenOptions extends RecordingOptions, Overriding {
  readonly level?: string;
  readonly size?: string;
}

/** `allocell cohort open LOG`: the cohort that was decided, or another one with an override. */
export function cohortOpen(io: Io, file: string, options: CohortOpenOptions): Promise<number> {
  const { level, size } = options;
  return append(io, file, "cohort open", options, (part) => {
    const decided = nextCohortOf(part);
    if (decided === undefined && (level === undefined || size === undefined)) {
      return fail("conduct.no_decision", "--level", "No decision opens a further cohort.", {
        expected: "`allocell cohort decide` first; or --level, --size and an override",
      });
    }
    return {
      type: "cohort-opened",
      cohort: part.cohorts.length + 1,
      level: level === undefined ? (decided?.level ?? 1) : wholeNumber("--level", level),
      size: size === undefined ? (decided?.size ?? 1) : wholeNumber("--size", size),
      ...overrideOf(options),
    };
  });
}

export interface CohortEnterOptions extends RecordingOptions, Overriding {
  readonly participant: string;
  readonly dosedOn: string;
  readonly replaces?: string;
}

/** `allocell cohort enter LOG`: a participant of the open cohort is dosed. */
export function cohortEnter(io: Io, file: string, options: CohortEnterOptions): Promise<number> {
  const { participant, dosedOn, replaces } = options;
  return append(io, file, "cohort enter", options, ({ cohorts }) => ({
    ...{ type: "entered", participant, cohort: cohorts.length, dosedOn },
    ...(replaces === undefined ? {} : { replaces }),
    ...overrideOf(options),
  }));
}

export interface CohortAssessOptions extends RecordingOptions {
  readonly participant: string;
  readonly outcome: "dlt" | "no-dlt" | "not-evaluable" | "late-dlt";
  readonly on: string;
  readonly by: string;
  readonly reason?: string;
}

/** `allocell cohort assess LOG`: whether a participant had a DLT. */
export function cohortAssess(io: Io, file: string, options: CohortAssessOptions): Promise<number> {
  const { participant, outcome, on, by: assessedBy, reason } = options;
  return append(io, file, "cohort assess", options, () =>
    outcome === "late-dlt"
      ? { type: "late-dlt", participant, on, assessedBy }
      : { type: "dlt-assessed", participant, outcome, on, assessedBy, ...(reason === undefined ? {} : { reason }) },
  );
}

export interface CohortDecideOptions extends RecordingOptions {
  readonly dataCut: string;
  readonly level: string;
  readonly by: string;
  readonly decidedOn?: string;
  readonly reason?: string;
}

const levelOf = (text: string): number | null => (text === "none" ? null : wholeNumber("--level", text));

/** `allocell cohort decide LOG`: what people decided, beside what the rule says at the data cut. */
export function cohortDecide(io: Io, file: string, options: CohortDecideOptions): Promise<number> {
  return append(io, file, "cohort decide", options, (part) => {
    const rule = proposalAt(part, options.dataCut);
    return { type: "cohort-decided", rule, level: levelOf(options.level), ...decisionOf(io, options) };
  });
}

/** `allocell cohort close LOG`: the part ends, with or without a level for the next part. */
export function cohortClose(io: Io, file: string, options: CohortDecideOptions): Promise<number> {
  return append(io, file, "cohort close", options, (part) => {
    const { recommended = null } = proposalAt(part, options.dataCut);
    return { type: "part-closed", recommended, level: levelOf(options.level), ...decisionOf(io, options) };
  });
}

function decisionOf(
  io: Io,
  options: CohortDecideOptions,
): { readonly dataCut: string; readonly decidedOn: string; readonly decidedBy: string; readonly reason?: string } {
  const { dataCut, by: decidedBy, reason } = options;
  const decidedOn = options.decidedOn ?? writerOf(io, options).at.slice(0, 10);
  return { dataCut, decidedOn, decidedBy, ...(reason === undefined ? {} : { reason }) };
}

export interface CohortStatusOptions extends ShowingOptions {
  readonly on?: string;
}

/** `allocell cohort status LOG`: what may happen next, from when, and why not now. */
export async function cohortStatus(io: Io, file: string, options: CohortStatusOptions): Promise<number> {
  const { state, events } = readLogFile(io, file);
  const status = partStatus(requireOpenPart(state), options.on ?? io.now().toISOString().slice(0, 10));
  const { design } = requireOpenPart(state);
  const { out, lang } = options;
  const spoken = io.language ?? lang;
  const receipt = events.at(-1)?.hash ?? "";
  const files = out === undefined ? [] : await writePart(io, out, design, status, lang);
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "cohort status", status, receipt, files })
      : `${statusText(design, status, spoken)}  ${sayIn(TEXTS, spoken)("receipt", { hash: receipt })}\n${writtenLines(files, spoken)}`,
  );
  return 0;
}

function statusText(design: EscalationDesign, status: PartStatus, lang: Language): string {
  const head = [openPartTitle(status, lang), ...wrapIn(lang)(openPartRule(design, status, lang), "", 100)];
  return [...head, "", ...openPartTables(design, status, lang).map(tableText)].join("\n");
}

export interface CohortDecisionOptions extends CommonOptions {
  readonly arm: string;
  readonly participant?: string;
  readonly out: string;
}

/** `allocell cohort decision LOG`: the decided dose as a record that `dose`, `doses` and an order take. */
export async function cohortDecision(io: Io, file: string, options: CohortDecisionOptions): Promise<number> {
  const path = resolve(io.cwd, options.out);
  if (exists(path, options.out)) {
    const message = "This file exists already; nothing was written.";
    failAt({ code: "cli.output_exists", path: "--out", file: options.out, message, expected: "another name" });
  }
  const log = readLogFile(io, file);
  const { participant, arm } = options;
  const found = participant === undefined ? closedLevel(log) : cohortLevel(log, participant);
  const { design } = requireOpenPart(log.state);
  const { dose, administrations = "1" } = design.levels[found.level - 1] ?? { label: "" };
  if (dose === undefined) {
    return fail("escalation.dose_missing", `levels.${found.level - 1}.dose`, "The rule states no dose for this level.");
  }
  const { event, ...who } = found.by;
  const record: DecisionRecord = {
    arm,
    ...who,
    dose: parseDoseText(dose, "dose"),
    administrations: parseAdministrations(administrations, "administrations"),
    reason: found.reason,
    report: event.hash,
  };
  writeOneFile({ path, shown: options.out, mode: 0o644, content: jsonText(record) });
  const say = sayIn(TEXTS, io.language ?? "en");
  const label = design.levels[found.level - 1]?.label ?? "";
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "cohort decision", level: found.level, decision: record, file: options.out })
      : [
          options.out,
          `  ${say("level", { level: found.level, label, dose })}`,
          `  ${say("restsOn", { seq: event.seq, hash: event.hash })}`,
          "",
        ].join("\n"),
  );
  return 0;
}

interface FoundLevel {
  readonly level: number;
  readonly reason: string;
  readonly by: Pick<DecisionRecord, "dataCut" | "decidedBy" | "decidedOn"> & { readonly event: ConductEvent };
}

/** The level that the closed part leaves to the next one. */
function closedLevel({ state, events }: ReadLog): FoundLevel {
  const { isSuperseded } = requireOpenPart(state);
  const event = events.findLast(({ type }) => type === "part-closed");
  if (event?.type !== "part-closed" || event.level === null || isSuperseded) {
    return fail("conduct.level_undecided", "log", "No level was decided for the next part.", {
      expected: "`allocell cohort close LOG --level N` as the last decision; or --participant for one of the open part",
    });
  }
  const { dataCut, decidedBy, decidedOn, level } = event;
  return {
    level,
    reason: `level ${level}, decided when the open part was closed`,
    by: { dataCut, decidedBy, decidedOn, event },
  };
}

/** The level of a participant's cohort, with the decision that opened it. */
function cohortLevel({ state, events }: ReadLog, participant: string): FoundLevel {
  const own = requireOpenPart(state).participants.find(({ id }) => id === participant);
  if (own === undefined) {
    return fail("conduct.participant_unknown", "--participant", `The log knows no participant "${participant}".`, {
      parameters: { participant },
    });
  }
  const at = events.findIndex((event) => event.type === "cohort-opened" && event.cohort === own.cohort);
  const opened = events[at] as ConductEvent;
  const decision = events.slice(0, at).findLast(({ type }) => type === "cohort-decided");
  const reason = `cohort ${own.cohort} at level ${own.level}`;
  if (decision?.type === "cohort-decided") {
    const { dataCut, decidedBy, decidedOn } = decision;
    return { level: own.level, reason, by: { dataCut, decidedBy, decidedOn, event: decision } };
  }
  const day = opened.at.slice(0, 10);
  return { level: own.level, reason, by: { dataCut: day, decidedBy: opened.actor, decidedOn: day, event: opened } };
}
