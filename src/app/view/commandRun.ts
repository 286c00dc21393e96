import { AllocellError } from "../../foundation/index.js";
import type { Io, LocatedIssue } from "../../cli/index.js";

/** What a command said, and what is wrong if it refused. */
export interface CommandAnswer {
  readonly exitCode: number;
  readonly text: string;
  readonly issues: readonly LocatedIssue[];
}

/** The world of a command in a page: the folder in memory, the page's clock and the browser's generator. */
export function pageIo(write: (text: string) => void = () => undefined): Io {
  const output = {
    write: (text: string) => {
      write(text);
      return Promise.resolve();
    },
  };
  return {
    stdout: output,
    stderr: { write: () => Promise.resolve() },
    cwd: "/",
    env: {},
    now: () => new Date(),
    entropy: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
    runtime: "browser page",
  };
}

/**
 * Runs a command on the folder in memory.
 *
 * @param onPiece - is called with each piece that the command writes
 */
export async function runCommand(
  act: (io: Io) => Promise<number>,
  onPiece: (piece: string) => void = () => undefined,
  more: Pick<Io, "progress"> = {},
): Promise<CommandAnswer> {
  let text = "";
  const write = (piece: string): void => {
    text += piece;
    onPiece(piece);
  };
  try {
    const exitCode = await act({ ...pageIo(write), ...more });
    return { exitCode, text, issues: [] };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return { exitCode: 2, text, issues: error.issues };
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One after the other: all of them work in the same folder. */
export function inTurn<T>(act: () => Promise<T>): Promise<T> {
  const next = last.then(act, act);
  last = next.catch(() => undefined);
  return next;
}

/** Why a file could not be opened; of an error that is none of ours, what it says. */
export function unreadIssues(error: unknown): readonly LocatedIssue[] {
  if (AllocellError.is(error)) return error.issues.map((issue) => ({ ...issue, path: "" }));
  const message = error instanceof Error ? error.message : String(error);
  return [{ code: "page.file_unread", path: "", message }];
}
