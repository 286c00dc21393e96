import type { ConductBody } from "../../allocation/index.js";
import { digestOf, fail } from "../../foundation/index.js";
import { recordDecision } from "../../trial/index.js";
import { writerOf, type WriterOptions } from "../conductInput.js";
import { inFile, mapOf, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { appendToLog, readLogFile, type Appended } from "../logFile.js";
import { sayIn, type Texts } from "../answers/say.js";
import { speechOf } from "../answers/speech.js";
import { recordAndShow, warningLines } from "../recorded.js";
import { chooseTrial } from "../trialInput.js";

export interface GateOptions extends CommonOptions, WriterOptions {
  readonly openPart?: string;
  readonly decision?: string;
  readonly trial?: string;
}

/** `allocell log gate LOG`: records the decision that a part waited for; positions are given out from then on. */
export async function logGate(io: Io, file: string, options: GateOptions): Promise<number> {
  const { openPart, decision } = options;
  if ((openPart === undefined) === (decision === undefined)) {
    fail("cli.gate_source", "--open-part", "A gate opens by one decision.", {
      expected: "--open-part LOG (of the open part), or --decision FILE (the record that chose the dose)",
    });
  }
  const { opening } = readLogFile(io, file).state;
  const body =
    openPart === undefined
      ? await ofRecord(io, decision ?? "", options.trial, opening?.trial, opening?.waitsFor ?? "")
      : ofOpenPart(io, openPart, opening?.trial);
  const speech = await speechOf(io);
  const say = sayIn(TEXTS, speech.language);
  const toText = ({ event, warnings }: Appended): string =>
    options.json === true
      ? jsonText({ command: "log gate", event: event.seq, receipt: event.hash, basis: body.basis, warnings })
      : [
          say("event", { seq: event.seq }),
          `  ${say("basis", { basis: body.basis })}`,
          ...warningLines(warnings, speech),
          `  ${say("receipt", { hash: event.hash })}`,
          "",
        ].join("\n");
  return recordAndShow(
    io,
    () => appendToLog(io, file, writerOf(io, options), () => body),
    toText,
    "Do not record it again: `allocell log show` shows it.",
  );
}

const TEXTS = {
  event: { en: "event {seq}: the gate is open", zh: "事件 {seq}：该部分已开放" },
  basis: { en: "basis    {basis}", zh: "依据        {basis}" },
  receipt: { en: "receipt  {hash}", zh: "事件回执号  {hash}" },
} as const satisfies Texts;

type Gate = Extract<ConductBody, { readonly type: "gate-opened" }>;

/** By the event that closed the open part, the last of its log but for late DLTs that a new decision followed. */
function ofOpenPart(io: Io, file: string, trial: string | undefined): Gate {
  const { state, events } = readLogFile(io, file);
  const { openPart } = state;
  const closed = events.findLast(({ type }) => type === "part-closed");
  if (openPart === undefined || closed?.type !== "part-closed" || closed.level === null || openPart.isSuperseded) {
    return fail("conduct.level_undecided", "--open-part", "The open part has no decision that opens the next one.", {
      expected: "an open part that was closed with a level, and no late DLT since",
    });
  }
  const { design } = openPart;
  if (design.trial !== trial) {
    return fail("conduct.other_trial", "--open-part", "The open part is of another trial.", {
      expected: trial ?? "",
      received: design.trial,
    });
  }
  const { dataCut, decidedOn, decidedBy, hash: basis } = closed;
  return { type: "gate-opened", part: design.part, basis, dataCut, decidedOn, decidedBy };
}

/** By the record that chose the dose; it must be one that opens an arm of the trial. */
async function ofRecord(
  io: Io,
  file: string,
  trialFile: string | undefined,
  trialId: string | undefined,
  part: string,
): Promise<Gate> {
  const trial = await chooseTrial(io, trialId, trialFile);
  const source = await readDataFile(io, file);
  const map = mapOf(source, "a decision record", "arm, dataCut, decidedBy, decidedOn, dose, administrations");
  const opened = inFile(source, "", () => recordDecision(trial, map));
  const record = opened.arms.find(({ id }) => id === map["arm"])?.decision;
  if (record === undefined) return fail("trial.decision_invalid", "arm", "The record opens no arm.");
  const { dataCut, decidedOn, decidedBy } = record;
  return { type: "gate-opened", part, basis: record.report ?? digestOf(record), dataCut, decidedOn, decidedBy };
}
