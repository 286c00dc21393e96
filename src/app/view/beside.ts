/** Work beside the page, which stays alive meanwhile, so that the work can be stopped. */
export interface Beside<Answer> {
  readonly answer: Promise<Answer>;
  /** Ends it; its answer never comes. */
  readonly cancel: () => void;
}

/** What the worker sends: how far it is, or its answer. */
type Sent<Answer> = { readonly done: never } | { readonly answer: Answer };

/**
 * Does a task in a worker; in the page itself, by `inPage`, where there is none. The worker's program is the page's own:
 * nothing is loaded.
 *
 * @param onDone - is told how far the worker is
 */
export function doBeside<Task, Answer>(
  task: Task,
  inPage: (task: Task) => Promise<Answer>,
  onDone: (done: never) => void,
): Beside<Answer> {
  if (typeof Worker === "undefined") return { answer: inPage(task), cancel: () => undefined };
  const program = document.getElementById("program")?.textContent ?? "";
  const url = URL.createObjectURL(new Blob([program], { type: "text/javascript" }));
  const worker = new Worker(url);
  const end = (): void => {
    worker.terminate();
    URL.revokeObjectURL(url);
  };
  const answer = new Promise<Answer>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Sent<Answer>>) => {
      if ("done" in data) {
        onDone(data.done);
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
export function answerBeside(act: (task: never, tell: (done: unknown) => void) => Promise<unknown>): void {
  const send = (sent: object): void => {
    self.postMessage(sent);
  };
  const tell = (done: unknown): void => {
    send({ done });
  };
  self.onmessage = ({ data }: MessageEvent<unknown>) => {
    void act(data as never, tell).then((answer) => {
      send({ answer });
    });
  };
}
