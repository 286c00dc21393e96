import { prepareBatch, type LocatedIssue, type PrepareBatchOptions } from "../../cli/index.js";
import { filesIn, putFile, rmSync } from "../platform/fs.js";
import { layBaked, type Baked } from "../view/baked.js";
import { runCommand } from "../view/commandRun.js";
import type { OpenedFile } from "../view/files.js";

/** The command `prepare-batch` with its files: everything that a worker is sent. */
export interface BatchTask {
  readonly order: OpenedFile;
  readonly rows: OpenedFile;
  readonly options: Omit<PrepareBatchOptions, "order">;
  /** What the page was made with: a trial and its answers. */
  readonly baked: Baked;
  /** The answer as a file; else as JSON. */
  readonly form?: "csv" | "xlsx";
}

/** What the command says: its JSON, or the file that it wrote, or its faults. */
export interface BatchRun {
  readonly text: string;
  readonly bytes?: Uint8Array;
  readonly issues: readonly LocatedIssue[];
}

const FOLDER = "batch";

/** Rows that the command writes at a time. */
const ROWS_AT_ONCE = 500;

/**
 * Runs the command.
 *
 * @param tell - is told how many rows are done, to the next 500
 */
export async function runBatch(task: BatchTask, tell: (done: number) => void = () => undefined): Promise<BatchRun> {
  const { order, rows, options, baked, form } = task;
  layBaked(baked);
  rmSync(`/${FOLDER}`, { recursive: true, force: true });
  // Each has a folder of its own, for they may have one name.
  putFile(`/${FOLDER}/order/${order.name}`, order.bytes);
  putFile(`/${FOLDER}/${rows.name}`, rows.bytes);
  const own = { ...options, order: `${FOLDER}/order/${order.name}` };
  if (form === undefined) {
    let pieces = 0;
    const onPiece = (): void => {
      tell(pieces * ROWS_AT_ONCE);
      pieces += 1;
    };
    return runCommand((io) => prepareBatch(io, `${FOLDER}/${rows.name}`, { ...own, json: true }), onPiece);
  }
  const out = `answer.${form}`;
  const { text, issues } = await runCommand((io) =>
    prepareBatch(io, `${FOLDER}/${rows.name}`, { ...own, out: `${FOLDER}/${out}` }),
  );
  const bytes = filesIn(`/${FOLDER}`).get(out);
  return { text, issues, ...(bytes === undefined ? {} : { bytes }) };
}
