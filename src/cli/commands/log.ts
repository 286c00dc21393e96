import { join, resolve } from "node:path";
import { AllocellError, fail, type Issue } from "../../foundation/index.js";
import {
  blindedConduct,
  checkHead,
  endIssues,
  extendDynamicLog,
  extendListLog,
  openDynamicLog,
  openListLog,
  openPartLog,
  participantsOf,
  timeIssues,
  verifyDynamic,
  type ConductBody,
  type ConductState,
  type ParticipantRecord,
  type ReadLog,
  type StratumLevels,
} from "../../allocation/index.js";
import { checkDynamicPlan, listFileNames } from "../../list/index.js";
import { requirePart } from "../../trial/index.js";
import { TRIALS } from "../../trials/index.js";
import { exists } from "../../store/disk/index.js";
import {
  parseCap,
  readBlindedList,
  readDynamicBasis,
  readDynamicPlan,
  requireBasis,
  requireUnblindedName,
  writerOf,
  type DynamicOptions,
  type WriterOptions,
} from "../conductInput.js";
import { mapOf, readDataFile } from "../dataFile.js";
import { readConductedRule } from "../escalationInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { appendToLog, createLog, readLogFile, type Appended } from "../logFile.js";
import { recordAndShow, warningLines } from "../recorded.js";
import { proveList, requireListOfLog } from "../provenList.js";
import { seedReuse } from "../seedReuse.js";
import { countIn, sayIn, wrapIn, type Say, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";
import { textTable } from "../textTable.js";
import { applyDecisionFile, applyDecisions, chooseTrial, withTrialOf } from "../trialInput.js";

export interface LogOpenOptions extends CommonOptions, WriterOptions, DynamicOptions {
  readonly list?: string;
  readonly cap: readonly string[];
  readonly trial?: string;
  readonly decision?: string;
  readonly rule?: string;
  readonly test?: boolean;
  readonly waitsFor?: string;
}

/** `allocell log open LOG`: makes the log of a list, of a dynamic allocation, or of an open part. */
export async function logOpen(io: Io, file: string, options: LogOpenOptions): Promise<number> {
  const caps = options.cap.map(parseCap);
  const { list } = options;
  if (options.rule !== undefined) return openPart(io, file, options.rule, options);
  requireOneOf(list, options.plan);
  if (list !== undefined) {
    const blinded = await readBlindedList(io, list);
    const body = openListLog(blinded, caps, await waitsFor(io, blinded, options));
    return answered(io, "log open", () => createLog(io, file, writerOf(io, options), body, 0o644), options);
  }
  requireUnblindedName(file);
  const { plan, seed } = requireBasis(await readDynamicBasis(io, options));
  const source = await readDataFile(io, options.plan ?? "");
  const trial = applyDecisions(
    await chooseTrial(io, plan.trial, withTrialOf(source, options).trial),
    source,
    mapOf(source, "a plan", "trial, part, list")["decisions"],
    "decisions",
  );
  const { warnings } = checkDynamicPlan(plan, await applyDecisionFile(io, trial, options.decision));
  const body = openDynamicLog(plan, seed, caps, await waitsFor(io, plan, options));
  const open = (): Appended => createLog(io, file, writerOf(io, options), body, 0o600);
  const made = { kind: "log", trial: plan.trial, part: plan.part, list: plan.list } as const;
  return answered(io, "log open", open, options, [...warnings, ...seedReuse(resolve(io.cwd, file), made, seed)]);
}

/** The log of an open part: its rule file says everything. */
async function openPart(io: Io, file: string, rule: string, options: LogOpenOptions): Promise<number> {
  const { list, plan, cap, test } = options;
  if (list !== undefined || plan !== undefined || cap.length > 0) {
    fail("cli.log_source", "--rule", "An open part has no list, plan or cap.", { expected: "--rule FILE alone" });
  }
  const design = await readConductedRule(io, rule);
  const body = openPartLog(design, test === true ? "TEST" : "LIVE");
  return answered(io, "log open", () => createLog(io, file, writerOf(io, options), body, 0o644), options);
}

/** The part that this one waits for: as stated, or as the trial says. */
async function waitsFor(
  io: Io,
  { trial, part }: { readonly trial: string; readonly part: string },
  options: LogOpenOptions,
): Promise<string | undefined> {
  if (options.waitsFor !== undefined) return options.waitsFor;
  const isKnown = options.trial !== undefined || TRIALS.some(({ id }) => id === trial);
  if (!isKnown) return undefined;
  return requirePart(await chooseTrial(io, trial, options.trial), part).waitsFor;
}

function requireOneOf(list: string | undefined, plan: string | undefined): void {
  if ((list === undefined) === (plan === undefined)) {
    fail("cli.log_source", "--list", "A log is of a list or of a dynamic allocation: give --list or --plan.", {
      expected: "--list FOLDER, or --plan FILE",
    });
  }
}

async function answered(
  io: Io,
  command: string,
  write: () => Appended,
  { json }: CommonOptions,
  planWarnings: readonly Issue[] = [],
): Promise<number> {
  const speech = await speechOf(io);
  const say = sayIn(TEXTS, speech.language);
  const toText = ({ event, warnings: found }: Appended): string => {
    const warnings = [...planWarnings, ...found];
    const lines = warnings.flatMap((warning) =>
      wrapIn(speech.language)(say("issue", { code: warning.code, message: speech.issue(warning) }), "  - "),
    );
    const text = [say("event", { seq: event.seq }), ...lines, `  ${say("receipt", { hash: event.hash })}`, ""].join(
      "\n",
    );
    return json === true ? jsonText({ command, event: event.seq, receipt: event.hash, warnings }) : text;
  };
  return recordAndShow(io, write, toText, "Do not record it again: `allocell log show` shows it.");
}

const TEXTS = {
  issue: { en: "{code}: {message}", zh: "{code}：{message}" },
  event: { en: "event {seq}", zh: "事件 {seq}" },
  receipt: { en: "receipt  {hash}", zh: "事件回执号  {hash}" },
  title: {
    en: "{status} {list}, {trial} part {part}{unblinded}",
    zh: "{status} {list}，{trial}，试验部分 {part}{unblinded}",
  },
  unblinded: { en: " (UNBLINDED)", zh: "（非盲）" },
  counts: { en: "{events}, {participants}", zh: "{events}，{participants}" },
  head: { en: "receipt {hash}", zh: "事件回执号 {hash}" },
  number: { en: "number", zh: "随机号" },
  participant: { en: "participant", zh: "受试者" },
  stratum: { en: "stratum", zh: "层" },
  remarks: { en: "remarks", zh: "备注" },
  arm: { en: "arm", zh: "组别" },
  forced: { en: "forced", zh: "强制随机分配" },
  replaces: { en: "replaces {id}", zh: "替换 {id}" },
  replacedBy: { en: "replaced by {id}", zh: "由 {id} 替换" },
  inTruth: { en: "in truth {levels}", zh: "真实的层 {levels}" },
  withdrawn: { en: "withdrawn", zh: "已退出" },
  ineligible: { en: "ineligible", zh: "不符合入选标准" },
  codeBroken: { en: "code broken", zh: "已揭盲" },
  kit: { en: "kit {kit} for administration {administration}", zh: "第 {administration} 次给药的药物编号 {kit}" },
  given: { en: "given {given}", zh: "实际用药 {given}" },
  semicolon: { en: "; ", zh: "；" },
  another: { en: "another treatment", zh: "另一治疗" },
  verified: { en: "VERIFIED: {events}, one chain.", zh: "核实无误：{events}，事件链完整。" },
  notVerified: { en: "NOT VERIFIED", zh: "未能核实" },
  fault: { en: "{message} ({code})", zh: "{message}（{code}）" },
  warning: { en: "Warning: {message}", zh: "警示：{message}" },
  onlyReceipt: {
    en: "Only a receipt (--head) shows that no events were cut off the end.",
    zh: "只有回执（--head）才能证明末尾没有事件被截去。",
  },
  receiptOf: { en: "The receipt is that of event {seq}.", zh: "该回执属于事件 {seq}。" },
  everyAssignment: { en: "Plan and seed give every assignment again.", zh: "由方案和种子重现了每一次分配。" },
  notAsked: {
    en: "It was not asked whether a list is the one of this log (--list FOLDER).",
    zh: "没有要求核对随机分配表是否属于该记录（--list FOLDER）。",
  },
  ofMaster: {
    en: "The master list in this folder is the one of this log, unaltered.",
    zh: "该文件夹中的非盲随机分配表属于该记录，未经改动。",
  },
  ofManifest: {
    en: "The blinded manifest in this folder names the list of this log; no master list was there to be proven.",
    zh: "该文件夹中的盲态清单文件所列即该记录的随机分配表；没有非盲随机分配表可供证明。",
  },
} as const satisfies Texts;

type SayOfLog = Say<typeof TEXTS>;

/** Something that was found out, to be said in a language. */
type Note = Parameters<SayOfLog>;

export interface LogExtendOptions extends CommonOptions, WriterOptions {
  readonly list?: string;
  readonly plan?: string;
  readonly reason: string;
}

/** `allocell log extend LOG`: a longer list, a new site; what was issued stays. */
export async function logExtend(io: Io, file: string, options: LogExtendOptions): Promise<number> {
  const { list, plan, reason } = options;
  requireOneOf(list, plan);
  let body: (state: Appended["state"]) => ConductBody;
  if (list !== undefined) {
    const blinded = await readBlindedList(io, list);
    body = (state) => {
      const { opening } = state;
      if (opening !== undefined && (opening.list !== blinded.list || opening.status !== blinded.status)) {
        fail("conduct.other_list", "list", `This folder holds ${blinded.status} list ${blinded.list}.`, {
          expected: `${opening.status} list ${opening.list}, made longer with the same seed`,
          parameters: { status: blinded.status, list: blinded.list },
        });
      }
      return extendListLog(blinded, reason);
    };
  } else {
    const longer = await readDynamicPlan(io, plan ?? "");
    body = (state) => extendDynamicLog(state, longer, reason);
  }
  return answered(
    io,
    "log extend",
    () => appendToLog(io, file, writerOf(io, options), ({ state }) => body(state)),
    options,
  );
}

export interface LogShowOptions extends CommonOptions {
  readonly unblinded?: boolean;
}

/** `allocell log show LOG`: who got which position; without --unblinded nothing that a blinded person may not see. */
export async function logShow(io: Io, file: string, options: LogShowOptions): Promise<number> {
  const log = readLogFile(io, file);
  const { state } = log;
  const warnings = logWarnings(io, log);
  const blinded = blindedConduct(state);
  if (options.json === true) {
    const participants = options.unblinded === true ? { world: "unblinded", participants: participantsOf(state) } : {};
    await io.stdout.write(jsonText({ command: "log show", ...blinded, ...participants, warnings }));
    return 0;
  }
  const speech = await speechOf(io);
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const arms = options.unblinded === true ? participantsOf(state) : undefined;
  const rows = blinded.participants.map((row, i) => [
    row.number ?? "-",
    row.participant,
    levelsText(row.stratum),
    remarksText(row, say, arms?.[i]),
    ...(arms === undefined ? [] : [arms[i]?.arm ?? ""]),
  ]);
  const titles = [say("number"), say("participant"), say("stratum"), say("remarks")];
  const { status, list, trial, part, head: hash } = blinded;
  const events = countIn(language, blinded.events, "event", "个事件");
  const participants = countIn(language, blinded.participants.length, "participant", "名受试者");
  await io.stdout.write(
    [
      say("title", { status, list, trial, part, unblinded: arms === undefined ? "" : say("unblinded") }),
      `  ${say("counts", { events, participants })}`,
      `  ${say("head", { hash })}`,
      "",
      textTable([...titles, ...(arms === undefined ? [] : [say("arm")])], rows),
      ...(warnings.length === 0 ? [] : [...warningLines(warnings, speech), ""]),
    ].join("\n"),
  );
  return 0;
}

/** What stands behind the last event, and what is odd about times. */
function logWarnings(io: Io, log: ReadLog): readonly Issue[] {
  return [...endIssues(log), ...timeIssues(log.events, io.now().toISOString())];
}

function levelsText(stratum: StratumLevels): string {
  return Object.entries(stratum)
    .map(([factor, level]) => `${factor}=${level}`)
    .join(",");
}

function remarksText(
  row: Omit<ParticipantRecord, "seq" | "wrongTreatment">,
  say: SayOfLog,
  unblinded?: ParticipantRecord,
): string {
  const { replaces, replacedBy, trueStratum } = row;
  return [
    ...(row.how === "forced" ? [say("forced")] : []),
    ...(replaces === undefined ? [] : [say("replaces", { id: replaces })]),
    ...(replacedBy === undefined ? [] : [say("replacedBy", { id: replacedBy })]),
    ...(trueStratum === undefined ? [] : [say("inTruth", { levels: levelsText(trueStratum) })]),
    ...(row.withdrawn ? [say("withdrawn")] : []),
    ...(row.ineligible ? [say("ineligible")] : []),
    ...(row.codeBroken ? [say("codeBroken")] : []),
    ...(row.kits ?? []).map(({ administration, kit }) => say("kit", { administration, kit })),
    ...(unblinded?.wrongTreatment === true ? [say("given", { given: unblinded.given ?? say("another") })] : []),
  ].join(say("semicolon"));
}

export interface LogVerifyOptions extends CommonOptions, DynamicOptions {
  readonly list?: string;
  readonly head?: string;
}

/** `allocell log verify LOG`: the chain, a receipt, and for a dynamic allocation the whole trial again. */
export async function logVerify(io: Io, file: string, options: LogVerifyOptions): Promise<number> {
  const basis = await readDynamicBasis(io, options);
  const faults: Issue[] = [];
  let events = 0;
  let receipt: string | undefined;
  const notes: Note[] = [];
  const warnings: Issue[] = [];
  try {
    const log = readLogFile(io, file);
    events = log.events.length;
    receipt = log.state.head;
    for (const each of logWarnings(io, log)) warnings.push(each);
    notes.push(await bindingNote(io, log.state, options.list));
    if (options.head === undefined) {
      notes.push(["onlyReceipt"]);
    } else {
      notes.push(["receiptOf", { seq: checkHead(log, options.head) }]);
    }
    const difference = basis === undefined ? undefined : verifyDynamic(basis.plan, basis.seed, log);
    if (difference !== undefined) {
      const { seq, message } = difference;
      faults.push({ code: "conduct.assignment_differs", path: `lines.${seq}`, message });
    } else if (basis !== undefined) notes.push(["everyAssignment"]);
  } catch (error) {
    // A fault of the log is the answer "no"; that there is no such file, or another plan, is bad input.
    if (!AllocellError.is(error) || (!/^lines\.|^receipt$/.test(error.path) && error.code !== "custody.list_differs"))
      throw error;
    for (const each of error.issues) faults.push(each);
  }
  const isWhole = faults.length === 0;
  const speech = await speechOf(io);
  const say = sayIn(TEXTS, speech.language);
  const said = {
    whole: isWhole,
    events,
    ...(receipt === undefined ? {} : { receipt }),
    faults,
    warnings,
    notes: notes.map((note) => say(...note)),
  };
  await io.stdout.write(
    options.json === true ? jsonText({ command: "log verify", ...said }) : verificationText(said, say, speech),
  );
  return isWhole ? 0 : 1;
}

interface Verification {
  readonly whole: boolean;
  readonly events: number;
  readonly receipt?: string;
  readonly faults: readonly Issue[];
  readonly warnings: readonly Issue[];
  readonly notes: readonly string[];
}

function verificationText(
  { whole, events, receipt, faults, warnings, notes }: Verification,
  say: SayOfLog,
  speech: Speech,
): string {
  const wrap = wrapIn(speech.language);
  return [
    whole ? say("verified", { events: countIn(speech.language, events, "event", "个事件") }) : say("notVerified"),
    ...faults.flatMap((fault) => wrap(say("fault", { message: speech.issue(fault), code: fault.code }), "  ", 100)),
    ...warnings.flatMap((warning) => wrap(say("warning", { message: speech.issue(warning) }), "  - ", 100)),
    ...notes.flatMap((note) => wrap(note, "  - ", 100)),
    ...(receipt === undefined ? [] : [`  ${say("receipt", { hash: receipt })}`]),
    "",
  ].join("\n");
}

/** What is proven of log and list. @throws AllocellError `custody.list_differs` */
async function bindingNote(io: Io, state: ConductState, folder: string | undefined): Promise<Note> {
  if (folder === undefined) return ["notAsked"];
  const blinded = await readBlindedList(io, folder);
  if (exists(join(resolve(io.cwd, folder), listFileNames(blinded.list, blinded.status).unblindedManifest), folder)) {
    proveList(io, folder, state);
    return ["ofMaster"];
  }
  requireListOfLog(state, blinded.binding, folder);
  return ["ofManifest"];
}
