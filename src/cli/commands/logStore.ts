import { resolve } from "node:path";
import { toLogLine, type ConductEvent, type ConductState, type ReadLog } from "../../allocation/index.js";
import { fail } from "../../foundation/index.js";
import { readStoredLog, type AllocationStore, type NewEvents } from "../../store/index.js";
import { writeOneFile } from "../../store/disk/index.js";
import { requireUnblindedName } from "../conductInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readLogFile } from "../logFile.js";
import { withStore, type StoreOptions } from "../storeConnection.js";
import { counted } from "../textTable.js";

export interface LogStoreOptions extends CommonOptions, StoreOptions {
  /** The log holds treatments, so its file says UNBLINDED. */
  readonly unblinded?: boolean;
}

/** `allocell log export NAME FILE --store URL`: a log of a store as a file, held to its chain before it is written. */
export async function logExport(io: Io, name: string, file: string, options: LogStoreOptions): Promise<number> {
  const isUnblinded = options.unblinded === true || options.identityFile !== undefined;
  const { events, state } = await withStore(io, options, isUnblinded, (store) => readStoredLog(store, name));
  if (events.length === 0) fail("cli.log_empty", "NAME", "The store has no log of this name; nothing was written.");
  if (state.holdsTreatment) requireUnblindedName(file);
  const mode = state.holdsTreatment ? 0o600 : 0o644;
  const content = events.map(toLogLine).join("");
  writeOneFile({ path: resolve(io.cwd, file), shown: file, content, mode });
  return answer(io, "log export", options, { events: events.length, added: events.length, state });
}

/** `allocell log import FILE NAME --store URL`: appends what the store does not have of a log that is in a file. */
export async function logImport(io: Io, file: string, name: string, options: LogStoreOptions): Promise<number> {
  const log = readLogFile(io, file);
  const isUnblinded = log.state.holdsTreatment || options.unblinded === true;
  const added = await withStore(io, options, isUnblinded, (store) => append(store, name, log));
  return answer(io, "log import", options, { events: log.events.length, added, state: log.state });
}

const TOGETHER = 1_000;

async function append(store: AllocationStore, name: string, { events }: ReadLog): Promise<number> {
  const { events: stored } = await readStoredLog(store, name);
  requireSame(events, stored);
  for (let at = stored.length; at < events.length; at += TOGETHER) {
    const [first, ...others] = events.slice(at, at + TOGETHER);
    const some: NewEvents = [first as ConductEvent, ...others];
    if (await store.append(name, some[0].previous, some)) continue;
    fail("store.busy", "NAME", "Somebody else wrote into this log of the store at the same time.", {
      expected: "nobody else who writes; what was appended so far is a whole log, so import it again",
      parameters: { attempts: 1 },
    });
  }
  return Math.max(events.length - stored.length, 0);
}

/** One of the two logs must be the beginning of the other. */
function requireSame(events: readonly ConductEvent[], stored: readonly ConductEvent[]): void {
  const at = stored.findIndex(({ hash }, i) => events[i] !== undefined && events[i].hash !== hash);
  if (at >= 0) {
    fail(
      "cli.logs_differ",
      "NAME",
      `File and store have another event ${at + 1}: they are not one log, or went different ways.`,
      {
        expected: "a file whose events the store has, and perhaps more",
        parameters: { event: at + 1 },
      },
    );
  }
  if (stored.length > events.length) {
    fail(
      "cli.logs_differ",
      "NAME",
      `The store has ${stored.length} events, the file only the first ${events.length} of them.`,
      {
        expected: "nothing: all that is in the file is in the store",
        parameters: { stored: stored.length, events: events.length },
      },
    );
  }
}

interface Moved {
  readonly events: number;
  readonly added: number;
  readonly state: ConductState;
}

async function answer(
  io: Io,
  command: string,
  { json }: CommonOptions,
  { events, added, state }: Moved,
): Promise<number> {
  const shown = { command, events, added, receipt: state.head };
  const { language = "en" } = io;
  const lines =
    language === "zh"
      ? [`${events} 个事件，其中新增 ${added} 个`, `  事件回执号  ${state.head}`, ""]
      : [`${counted(events, "event")}, ${added} of them new`, `  receipt  ${state.head}`, ""];
  await io.stdout.write(json === true ? jsonText(shown) : lines.join("\n"));
  return 0;
}
