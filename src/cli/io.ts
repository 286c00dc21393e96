import type { SuggestProgress } from "../assessment/index.js";
import type { Language } from "../report/index.js";
import type { SqlClient } from "../store/index.js";

/** Everything that a command asks of the world, so that tests can stand in for it. Files are read and written directly. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Folder that relative paths start from. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  /** That many bytes from a cryptographic generator. */
  readonly entropy: (bytes: number) => Uint8Array;
  /** Connects to the database of a store; with the driver that is installed where absent. */
  readonly connect?: (url: string, cwd: string) => Promise<StoreConnection>;
  /** Language of what is said on the screen; `run` decides it. Absent: English. */
  readonly language?: Language;
  /** Is told how far a long computation of a page has come. Absent where nobody looks. */
  readonly progress?: (progress: SuggestProgress) => void;
  /** Such as `node 20.20.2`. */
  readonly runtime: string;
}

/** An open connection to a database. */
export interface StoreConnection extends SqlClient {
  readonly end: () => Promise<void>;
}

/** Somewhere to write text; the promise holds the writer back while the reader is slow. */
export interface Output {
  readonly write: (text: string) => Promise<void>;
  /** Whether its reader has gone: what was written since was shown to nobody. */
  readonly isClosed?: () => boolean;
  /** The stream itself where a person looks at it. */
  readonly terminal?: NodeJS.WriteStream;
}

/** What every command's action gets beside its own options. */
export interface CommonOptions {
  readonly json?: boolean;
}

/** The text of a `--json` answer: two spaces of indentation, one line end. */
export function jsonText(answer: object): string {
  return `${JSON.stringify(answer, null, 2)}\n`;
}
