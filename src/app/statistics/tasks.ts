import type { SuggestProgress } from "../../assessment/index.js";
import {
  auditOnPage,
  describeOnPage,
  exportList,
  exportXlsx,
  initMap,
  list,
  openCommitment,
  proveRow,
  seed,
  suggestOnPage,
  verifyOnPage,
  type Io,
  type LocatedIssue,
} from "../../cli/index.js";
import { clearFiles, filesIn, putFile } from "../platform/fs.js";
import { runCommand } from "../view/commandRun.js";

/** A command, and the files that it reads: everything that a worker is sent. */
export interface Task {
  readonly command: keyof typeof COMMANDS;
  /** What stands behind the command's name: a plan, a folder. */
  readonly word: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** What came of it: the command's JSON, its faults, and the files that it wrote. */
export interface TaskAnswer {
  readonly text: string;
  readonly issues: readonly LocatedIssue[];
  readonly written: Readonly<Record<string, Uint8Array>>;
}

type Run = (io: Io, word: string, options: never) => Promise<number>;

const COMMANDS = {
  audit: auditOnPage as Run,
  describe: describeOnPage as Run,
  export: exportList as Run,
  "export-xlsx": exportXlsx as Run,
  "init-map": initMap as Run,
  list: list as Run,
  seed: ((io: Io, _: string, options: never) => seed(io, options)) as Run,
  verify: verifyOnPage as Run,
  open: openCommitment as Run,
  "prove-row": ((io: Io, word: string, options: never) => proveRow(io, word, undefined, options)) as Run,
  suggest: ((io: Io, _: string, options: never) => suggestOnPage(io, options)) as Run,
};

/** Runs a command in a folder with nothing but the task's files in it. */
export async function runTask(
  { command, word, options, files }: Task,
  progress?: (progress: SuggestProgress) => void,
): Promise<TaskAnswer> {
  clearFiles();
  for (const [name, content] of Object.entries(files)) putFile(`/${name}`, content);
  const { text, issues } = await runCommand(
    (io) => COMMANDS[command](io, word, { ...options, json: true } as never),
    undefined,
    progress === undefined ? {} : { progress },
  );
  const written = Object.fromEntries([...filesIn("/")].filter(([name]) => !Object.hasOwn(files, name)));
  clearFiles();
  return { text, issues, written };
}
