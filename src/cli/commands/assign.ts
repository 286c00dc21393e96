import {
  allocateInLog,
  assignNext,
  standingAssignment,
  type AssignedBody,
  type ConductEvent,
  type ReadLog,
} from "../../allocation/index.js";
import { type DynamicAllocation } from "../../list/index.js";
import {
  parseLevels,
  readDynamicBasis,
  requireBasis,
  writerOf,
  type DynamicOptions,
  type WriterOptions,
} from "../conductInput.js";
import { padTo, sayIn, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";
import { fail } from "../../foundation/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { appendToLog, type Appended, type Decision } from "../logFile.js";
import { proveList } from "../provenList.js";
import { StoredLog } from "../../store/index.js";
import { recordAndShow, warningLines } from "../recorded.js";
import { withStore } from "../storeConnection.js";

export interface AssignOptions extends CommonOptions, WriterOptions, DynamicOptions {
  readonly participant: string;
  readonly stratum: string;
  /** The address of a store: LOG is then the log's name in it. */
  readonly store?: string;
  /** The id of the request, to be given again with it; a new one where absent. */
  readonly request?: string;
  readonly identityFile?: string;
  readonly recipient?: readonly string[];
  /** A folder with the master list; `true` where the log itself knows the arm. */
  readonly unblinded?: string | true;
}

/** `allocell assign LOG`: gives a participant the next free position, on the disk before it answers. */
export async function assign(io: Io, file: string, options: AssignOptions): Promise<number> {
  const { store } = options;
  if (store !== undefined) return assignInStore(io, file, { ...options, store });
  requireNoStoreOptions(options);
  const speech = await speechOf(io);
  const basis = await readDynamicBasis(io, options);
  const request = { participant: options.participant, stratum: parseLevels(options.stratum, "--stratum") };
  let shown: { readonly arm: string; readonly why?: DynamicAllocation } | undefined;
  const decide = (log: ReadLog): Decision => {
    const seq = standingAssignment(log.state, request);
    if (seq !== undefined) {
      const standing = log.events[seq - 1] as AssignedBody & ConductEvent;
      const { unblinded } = options;
      if (unblinded !== undefined) {
        shown = { arm: standing.arm ?? proveList(io, folderOf(unblinded), log.state).armOf(standing) };
      }
      return { standing };
    }
    if (log.state.opening?.kind === "dynamic") {
      const { plan, seed } = requireBasis(basis);
      const { allocation, body } = allocateInLog(log, plan, seed, request);
      if (options.unblinded !== undefined) shown = { arm: allocation.arm, why: allocation };
      return body;
    }
    const body = assignNext(log.state, request);
    if (options.unblinded !== undefined) {
      shown = { arm: proveList(io, folderOf(options.unblinded), log.state).armOf(body) };
    }
    return body;
  };
  return recordAndShow(
    io,
    () => appendToLog(io, file, writerOf(io, options), decide),
    (appended) => (options.json === true ? jsonText(answer(appended, shown)) : text(appended, shown, speech)),
    AGAIN,
  );
}

const AGAIN = "Run the same command again: it answers the same number.";

function requireNoStoreOptions(options: AssignOptions): void {
  const { request, identityFile, recipient = [] } = options;
  if (request === undefined && identityFile === undefined && recipient.length === 0) return;
  fail("cli.option_surplus", "--store", "--request, --identity-file and --recipient belong to a log in a store.", {
    expected: "--store URL with them, or a log file without",
  });
}

/** `allocell assign NAME --store URL`: the same in a store, beside any number of other writers. */
async function assignInStore(
  io: Io,
  name: string,
  options: AssignOptions & { readonly store: string },
): Promise<number> {
  const { unblinded, actor, participant } = options;
  const speech = await speechOf(io);
  const basis = await readDynamicBasis(io, options);
  const stratum = parseLevels(options.stratum, "--stratum");
  const request = options.request ?? Buffer.from(io.entropy(16)).toString("hex");
  const at = options.at ?? io.now().toISOString();
  return withStore(io, options, basis !== undefined, async (store) => {
    const log = new StoredLog({ store, log: name, ...(basis === undefined ? {} : { basis }) });
    const state = await log.state();
    const isDynamic = state.opening?.kind === "dynamic";
    // The proof comes first: without it nothing is written.
    const list = unblinded === undefined || isDynamic ? undefined : proveList(io, folderOf(unblinded), state);
    const write = async (): Promise<Appended> => {
      const { event, repeated } = await log.answer({ type: "assigned", participant, stratum }, { actor, request, at });
      return { event, state, warnings: [], ...(repeated ? { wasThere: true } : {}) };
    };
    const toText = (appended: Appended): string => {
      const event = appended.event as AssignedBody & ConductEvent;
      const shown = unblinded === undefined ? undefined : { arm: event.arm ?? list?.armOf(event) ?? "" };
      return options.json === true ? jsonText({ ...answer(appended, shown), request }) : text(appended, shown, speech);
    };
    return recordAndShow(io, write, toText, AGAIN);
  });
}

function folderOf(unblinded: string | true): string {
  if (unblinded !== true) return unblinded;
  return fail("cli.folder_missing", "--unblinded", "The arm stands in the master list, not in the log of a list.", {
    expected: "--unblinded FOLDER, the folder with the master list",
  });
}

interface Shown {
  readonly arm: string;
  readonly why?: DynamicAllocation;
}

function answer({ event, warnings, wasThere }: Appended, shown: Shown | undefined): object {
  const { number, sequence, stratum, participant } = event as ConductEvent & AssignedBody;
  return {
    command: "assign",
    participant,
    number,
    sequence,
    stratum,
    ...(shown === undefined ? {} : { world: "unblinded", arm: shown.arm }),
    ...(shown?.why === undefined ? {} : { allocation: shown.why }),
    event: event.seq,
    receipt: event.hash,
    ...(wasThere === true ? { assignedBefore: true } : {}),
    warnings,
  };
}

const TEXTS = {
  participant: { en: "participant", zh: "受试者" },
  arm: { en: "arm", zh: "组别" },
  armOf: { en: "{arm} (UNBLINDED)", zh: "{arm}（非盲）" },
  score: { en: ", score {score}", zh: "，得分 {score}" },
  event: { en: "event", zh: "事件" },
  receipt: { en: "receipt", zh: "事件回执号" },
  note: { en: "note", zh: "说明" },
  before: {
    en: "assigned before ({at}, {actor}); nothing was written",
    zh: "此前已分配（{at}，{actor}）；未写入任何内容",
  },
} as const satisfies Texts;

function text({ event, warnings, wasThere }: Appended, shown: Shown | undefined, speech: Speech): string {
  const say = sayIn(TEXTS, speech.language);
  const { number, participant } = event as ConductEvent & AssignedBody;
  const field = (name: keyof typeof TEXTS, value: string | number): string => `  ${padTo(say(name), 13)}${value}`;
  const scoreOf = (arm: string): string => {
    const score = shown?.why?.scores?.[arm];
    return score === undefined ? "" : say("score", { score });
  };
  return [
    number,
    field("participant", participant),
    ...(shown === undefined ? [] : [field("arm", say("armOf", { arm: shown.arm }))]),
    ...Object.entries(shown?.why?.probabilities ?? {}).map(([arm, p]) => `  P(${arm}) = ${p}${scoreOf(arm)}`),
    field("event", event.seq),
    field("receipt", event.hash),
    ...(wasThere === true ? [field("note", say("before", { at: event.at, actor: event.actor }))] : []),
    ...warningLines(warnings, speech),
    "",
  ].join("\n");
}
