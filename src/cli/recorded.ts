import type { ConductEvent } from "../allocation/index.js";
import { AllocellError, type Issue } from "../foundation/index.js";
import { failAt, fromFileSystem } from "../store/disk/index.js";
import type { Speech } from "./answers/speech.js";
import { issueLines } from "./failure.js";
import type { Io } from "./io.js";
import type { Appended } from "./logFile.js";
import { withKeys } from "./withKeys.js";

/** An event that is in the log, although the command could not show it or could not finish. */
export class RecordedFault extends Error {
  readonly event: ConductEvent;
  /** As an issue, for people and programs. It names no treatment. */
  readonly issue: Issue;

  constructor(event: ConductEvent, fault: unknown, again: string) {
    const { participant, number } = subjectOf(event);
    const who = participant === undefined ? "" : ` of participant ${participant}`;
    const what = number === undefined ? "" : `, number ${number}`;
    const message = `Event ${event.seq} (${event.type})${who}${what} is in the log, but the command could not finish: ${faultText(fault)}`;
    super(message);
    this.event = event;
    const parameters = { event: event.seq, type: event.type };
    this.issue = { code: "cli.written_not_finished", path: "", message, expected: again, parameters };
  }
}

function faultText(fault: unknown): string {
  const told = fromFileSystem(fault, "");
  if (AllocellError.is(told)) {
    const [{ path, message }] = told.issues;
    return path === "" ? message : `${path}: ${message}`;
  }
  return told instanceof Error ? told.message : String(told);
}

/** For people. */
export function toRecordedText({ issue }: RecordedFault): string {
  return `allocell: this is written, but could not be finished\n${issueLines(issue, "  ").join("\n")}\n`;
}

/** For programs: as every error, and what is in the log. */
export function toRecordedJson({ event, issue }: RecordedFault): object {
  const { code, message } = issue;
  return {
    error: { code, message, issues: [withKeys(issue)] },
    recorded: { event: event.seq, receipt: event.hash, ...subjectOf(event) },
  };
}

/** Whose event it is, and the number that was given: of a replacement the new participant's. */
export function subjectOf(event: ConductEvent): { readonly participant?: string; readonly number?: string } {
  const participant = event.type === "replaced" ? event.by : "participant" in event ? event.participant : undefined;
  const number = "number" in event ? event.number : undefined;
  return { ...(participant === undefined ? {} : { participant }), ...(number === undefined ? {} : { number }) };
}

/**
 * Writes an event and shows the answer.
 *
 * @param write - {@link Appended}, or throws if nothing was written
 * @param toText - the answer
 * @param again - what to do if the event is in the log and the answer could not be shown
 * @returns exit code 0
 * @throws RecordedFault if the event is in the log and the rest failed; whatever `write` throws
 */
export async function recordAndShow(
  io: Io,
  write: () => Appended | Promise<Appended>,
  toText: (appended: Appended) => string,
  again: string,
): Promise<number> {
  const appended = await write();
  let { fault } = appended;
  try {
    await io.stdout.write(toText(appended));
    if (io.stdout.isClosed?.() === true) {
      const message = "Nobody reads this any more.";
      failAt({ code: "cli.output_closed", path: "standard output", message });
    }
  } catch (error) {
    fault = error;
  }
  if (fault !== undefined) throw new RecordedFault(appended.event, fault, again);
  return 0;
}

/** Warnings as lines of an answer. */
export function warningLines(warnings: readonly Issue[], { language, issue }: Speech): readonly string[] {
  return warnings.map((warning) => `  ${language === "zh" ? "警示         " : "warning      "}${issue(warning)}`);
}
