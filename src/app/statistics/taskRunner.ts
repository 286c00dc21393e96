import type { SuggestProgress } from "../../assessment/index.js";
import { runTask, type Task, type TaskAnswer } from "./tasks.js";

/** What a worker sends: how far it has come, now and then, and at last its answer. */
type Sent = { readonly progress: SuggestProgress } | { readonly answer: TaskAnswer };

/** How often a worker says how far it has come, milliseconds. */
const PAUSE = 100;

/** A task that is being computed. */
export interface RunningTask {
  readonly answer: Promise<TaskAnswer>;
  /** Stops it; its answer never comes. */
  readonly cancel: () => void;
}

/**
 * Runs a task beside the page, so that the page stays alive and the task can be stopped; in the page itself where there
 * is no worker. The worker's program is the page's own: nothing is loaded.
 *
 * @param onProgress - is told how far a worker has come
 */
export function startTask(task: Task, onProgress: (progress: SuggestProgress) => void): RunningTask {
  const program = document.getElementById("program")?.textContent ?? "";
  if (typeof Worker === "undefined") return { answer: runTask(task), cancel: () => undefined };
  const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  const worker = new Worker(url);
  const end = (): void => {
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  const answer = new Promise<TaskAnswer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Sent>) => {
      if ("progress" in data) {
        onProgress(data.progress);
        return;
      }
      end();
      resolve(data.answer);
    };
    worker.onerror = ({ message }) => {
      end();
      reject(new Error(message));
    };
  });
  worker.postMessage(task);
  return { answer, cancel: end };
}

/** Whether this program runs as the worker of a page. */
export const isWorker = (): boolean => typeof document === "undefined";

/** Answers the one task that the page sends. */
export function answerTask(): void {
  self.onmessage = ({ data }: MessageEvent<Task>) => {
    let last = -Infinity;
    const send = (sent: Sent): void => {
      self.postMessage(sent);
    };
    const progress = (own: SuggestProgress): void => {
      if (performance.now() - last < PAUSE) return;
      last = performance.now();
      send({ progress: own });
    };
    void runTask(data, progress).then((answer) => {
      send({ answer });
    });
  };
}
