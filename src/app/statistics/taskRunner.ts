import type { SuggestProgress } from "../../assessment/index.js";
import { doBeside, type Beside } from "../view/beside.js";
import { runTask, type Task, type TaskAnswer } from "./tasks.js";

/** How often a worker says how far it has come, milliseconds. */
const PAUSE = 100;

/** Runs a task beside the page. */
export const startTask = (task: Task, onProgress: (progress: SuggestProgress) => void): Beside<TaskAnswer> =>
  doBeside(task, (own) => runTask(own), onProgress);

/** Runs the task of a worker, which says now and then how far it has come. */
export function tellingTask(task: Task, tell: (progress: SuggestProgress) => void): Promise<TaskAnswer> {
  let last = -Infinity;
  return runTask(task, (progress) => {
    if (performance.now() - last < PAUSE) return;
    last = performance.now();
    tell(progress);
  });
}
