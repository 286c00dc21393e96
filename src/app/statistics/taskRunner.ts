import { runTask, type Task, type TaskAnswer } from "./tasks.js";

/** A task that is being computed. */
export interface RunningTask {
  readonly answer: Promise<TaskAnswer>;
  /** Stops it; its answer never comes. */
  readonly cancel: () => void;
}

/**
 * Runs a task beside the page, so that the page stays alive and the task can be stopped; in the page itself where there
 * is no worker. The worker's program is the page's own: nothing is loaded.
 */
export function startTask(task: Task): RunningTask {
  const program = document.getElementById("program")?.textContent ?? "";
  if (typeof Worker === "undefined") return { answer: runTask(task), cancel: () => undefined };
  const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  const worker = new Worker(url);
  const end = (): void => {
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  const answer = new Promise<TaskAnswer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<TaskAnswer>) => {
      end();
      resolve(data);
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
    void runTask(data).then((answer) => {
      self.postMessage(answer);
    });
  };
}
