import { findParticipant, participantsOf, type ConductState, type ParticipantRecord } from "../allocation/index.js";
import type { KitRequest } from "../supply/index.js";
import { describeReceived, fail, foldId } from "../foundation/index.js";
import { failAt } from "../store/disk/index.js";
import { drawnKit, type DispensingOptions } from "./dispensedKit.js";
import type { Io } from "./io.js";
import { readLogFile } from "./logFile.js";
import type { Allocate, OrderTemplate } from "./orderFile.js";
import { proveList } from "./provenList.js";

export interface AllocatedOptions extends DispensingOptions {
  readonly list?: string;
  readonly log?: string;
}

/** What log, list and kit list say of the participant of an order. UNBLINDED. */
export interface Allocated {
  readonly status: "LIVE" | "TEST";
  readonly list: string;
  /** As the log spells it. */
  readonly participant: string;
  readonly number?: string;
  readonly part: string;
  readonly arm: string;
  /** As the kit list spells it; absent without a kit list. */
  readonly kit?: string;
}

/**
 * Reads what log and list say of an order; undefined where no log is named.
 *
 * @param mayHaveLeft - whether the participant may have withdrawn since: of a bag that was given, not of a new one
 * @throws AllocellError `cli.option_missing`
 */
export function allocatedReader(
  io: Io,
  options: AllocatedOptions,
  mayHaveLeft: boolean,
): Allocate<Allocated> | undefined {
  const { log } = options;
  if (log !== undefined) return (template) => readAllocated(io, log, options, template, mayHaveLeft);
  const { list, kits, kitsSeedFile, kitsTestSeed, stock, dispensed, separator } = options;
  if ([list, kits, kitsSeedFile, kitsTestSeed, stock, dispensed, separator].some((option) => option !== undefined)) {
    fail("cli.option_missing", "--log", "Who has which number stands in the allocation log.", {
      expected: "--log LOG",
    });
  }
  return undefined;
}

async function readAllocated(
  io: Io,
  log: string,
  options: AllocatedOptions,
  template: OrderTemplate,
  mayHaveLeft: boolean,
): Promise<Allocated> {
  const { state, opening } = readOpened(io, log);
  const { status, list, trial, part } = opening;
  requireTyped(template, "trial", trial, template.trial?.id);
  requireTyped(template, "part", part);
  const record = recordOf(state, template);
  if (!mayHaveLeft) requireInTreatment(record, log);
  const arm = armOf(io, state, record, options.list);
  requireTyped(template, "arm", arm);
  const { participant, number } = record;
  const kit = await drawnKit(io, options, { status, trial, arm, number, dispensed: dispensedIn(state) }, template);
  return {
    ...{ status, list, participant, part, arm },
    ...(number === undefined ? {} : { number }),
    ...(kit === undefined ? {} : { kit }),
  };
}

/** The kits that the log says were dispensed. */
export const dispensedIn = (state: ConductState): KitRequest["dispensed"] =>
  participantsOf(state).flatMap(({ number = "", kits = [] }) =>
    kits.map(({ administration, kit: code }) => ({ number, administration, code })),
  );

/** Nobody who has left is given another bag because a list still has their arm. */
export function requireInTreatment(
  { participant, withdrawn, replacedBy }: ParticipantRecord,
  log: string,
  path = "order.identification.subject",
): void {
  if (!withdrawn && replacedBy === undefined) return;
  const what = withdrawn ? "withdrew" : `was replaced by ${replacedBy ?? ""}`;
  failAt({
    code: "cli.participant_left",
    path,
    file: log,
    message: `The log says that ${participant} ${what}.`,
    expected: "a participant who is to be treated; or the order without --log, with its arm stated",
    parameters: { participant },
  });
}

/** What log and list say of one row of a batch. UNBLINDED. */
export interface AllocatedRow {
  readonly arm: string;
  readonly part: string;
}

/**
 * Reads log and list once, for many participants; undefined where no log is named. The list is proven to be the log's
 * before any row is.
 *
 * @returns arm and part of the participant of a row; a typed arm or part of the row must agree, and a kit be nobody else's
 * @throws AllocellError `cli.option_missing`, `custody.list_differs`, `cli.trial_differs`, `cli.part_differs`
 */
export function rowsAllocatedReader(
  io: Io,
  { log, list }: Pick<AllocatedOptions, "list" | "log">,
  template: OrderTemplate,
): ((cells: Readonly<Record<string, string>>) => AllocatedRow) | undefined {
  if (log === undefined) {
    if (list === undefined) return undefined;
    return fail("cli.option_missing", "--log", "Who has which number stands in the allocation log.", {
      expected: "--log LOG",
    });
  }
  const { state, opening } = readOpened(io, log);
  const { trial, part } = opening;
  requireTyped(template, "trial", trial, template.trial?.id);
  requireTyped(template, "part", part);
  const armOfRecord = armsOf(io, state, list);
  const holders = new Map(dispensedIn(state).map(({ code, number: holder }) => [foldId(code), holder]));
  return (cells) => {
    const { participant = "", kit = "" } = cells;
    const record = findParticipant(state, participant);
    if (record === undefined) {
      return fail("blinding.participant_unknown", "participant", `The log has no participant "${participant}".`, {
        received: participant,
      });
    }
    requireInTreatment(record, log, "participant");
    const holder = holders.get(foldId(kit));
    if (holder !== undefined && holder !== record.number) {
      fail("cli.kit_differs", "kit", "The log says that this kit was dispensed to somebody else.", {
        expected: "a kit of this participant; or the row without kit",
        received: kit,
      });
    }
    const arm = armOfRecord(record, "participant");
    requireTyped(template, "arm", arm);
    for (const [path, allocated] of [
      ["part", part],
      ["arm", arm],
    ] as const) {
      const typed = cells[path] ?? "";
      if (typed === "" || typed === allocated) continue;
      fail(DIFFERS[path], path, `The row names another ${path} than the log and its list have for this participant.`, {
        expected: `${allocated}; or the row without ${path}`,
        received: typed,
      });
    }
    return { arm, part };
  };
}

/** A log of a list or of a dynamic allocation. */
function readOpened(
  io: Io,
  log: string,
): { readonly state: ConductState; readonly opening: NonNullable<ConductState["opening"]> } {
  const { state } = readLogFile(io, log);
  const { opening } = state;
  if (opening !== undefined) return { state, opening };
  return failAt({
    code: state.openPart === undefined ? "conduct.not_opened" : "conduct.open_part",
    path: "type",
    file: log,
    message: "This log is of no list and of no dynamic allocation: it gives no participant an arm.",
    expected: "the log of a list or of a dynamic allocation",
  });
}

const field = ({ order }: OrderTemplate, name: string): string | undefined => {
  const { identification } = order as { readonly identification?: Readonly<Record<string, unknown>> };
  const value = identification?.[name];
  return typeof value === "string" ? value : undefined;
};

/** The participant of the order, by id or randomization number; both, where both are there, must be of one person. */
function recordOf(state: ConductState, template: OrderTemplate): ParticipantRecord {
  const { source } = template;
  const [subject, number] = [field(template, "subject"), field(template, "randomizationNumber")];
  const refuse = (
    code: "blinding.participant_unknown" | "cli.number_differs",
    name: string,
    message: string,
  ): never => {
    const path = `order.identification.${name}`;
    return failAt({ code, path, file: source.file, ...source.placeOf(path), message });
  };
  const bySubject = subject === undefined ? undefined : findParticipant(state, subject);
  const byNumber =
    number === undefined
      ? undefined
      : participantsOf(state).find((one) => one.number !== undefined && foldId(one.number) === foldId(number));
  if (subject !== undefined && bySubject === undefined) {
    refuse("blinding.participant_unknown", "subject", `The log has no participant "${subject}".`);
  }
  if (number !== undefined && byNumber === undefined) {
    refuse("blinding.participant_unknown", "randomizationNumber", `The log gave nobody number "${number}".`);
  }
  if (bySubject !== undefined && byNumber !== undefined && bySubject !== byNumber) {
    const message = `Number ${byNumber.number ?? ""} is that of ${byNumber.participant}, not of ${bySubject.participant}.`;
    refuse("cli.number_differs", "randomizationNumber", message);
  }
  return (
    bySubject ??
    byNumber ??
    refuse("blinding.participant_unknown", "subject", "The order names neither a participant nor a number.")
  );
}

/**
 * The arm of a participant: of the log, if it has it; else of the master list, once that is proven to be the log's. A
 * list beside a log that has the arms itself is proven all the same: what is given is read, or refused.
 */
function armsOf(
  io: Io,
  state: ConductState,
  folder: string | undefined,
): (record: ParticipantRecord, path: string) => string {
  const proven = folder === undefined ? undefined : proveList(io, folder, state);
  return ({ arm, how, number, sequence, stratum }, path) => {
    if (arm !== undefined) return arm;
    if (how === "forced" || number === undefined || sequence === undefined) {
      return fail(
        "blinding.treatment_not_on_record",
        path,
        "This participant's treatment was forced from outside the list, and the log does not say which one it was.",
        { expected: "the order without --log, with the arm from whoever recorded the forced treatment" },
      );
    }
    if (proven === undefined) {
      return fail("cli.option_missing", "--list", "The arm stands in the master list, not in the log of a list.", {
        expected: "--list FOLDER, the folder with the master list",
      });
    }
    return proven.armOf({ number, sequence, stratum });
  };
}

/** As {@link armsOf}, of the participant of an order. UNBLINDED. */
export const armOf = (io: Io, state: ConductState, record: ParticipantRecord, folder: string | undefined): string =>
  armsOf(io, state, folder)(record, "order.identification.subject");

const DIFFERS = { trial: "cli.trial_differs", part: "cli.part_differs", arm: "cli.arm_differs" } as const;

/** What the order file states of trial, part and arm must be what the log and its list say. */
function requireTyped(
  { map, source }: OrderTemplate,
  path: "trial" | "part" | "arm",
  allocated: string,
  typed: unknown = map[path],
): void {
  if (typed === undefined || typed === allocated) return;
  failAt({
    code: DIFFERS[path],
    path,
    file: source.file,
    ...source.placeOf(path),
    message: `The order file names another ${path} than the log and its list have for this participant.`,
    expected: `${allocated}; or the order file without ${path}`,
    received: describeReceived(typed),
  });
}
