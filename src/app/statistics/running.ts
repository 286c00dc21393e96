import { word } from "../texts/words.js";
import { button, h, type View } from "../view/element.js";
import { startTask } from "./taskRunner.js";
import type { StatisticsState } from "./state.js";
import type { Task, TaskAnswer } from "./tasks.js";

/** Runs a task and shows how long it takes; the page shows its answer when it comes. */
export function runShown(
  state: StatisticsState,
  task: Task,
  redraw: () => void,
  onAnswer: (answer: TaskAnswer) => void,
): void {
  state.running?.cancel();
  const { answer, cancel } = startTask(task);
  const own = { cancel, since: Date.now() };
  state.running = own;
  redraw();
  const tick = setInterval(redraw, 500);
  const end = (): void => {
    clearInterval(tick);
    if (state.running === own) delete state.running;
    redraw();
  };
  answer.then(
    (done) => {
      if (state.running === own) onAnswer(done);
      end();
    },
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      if (state.running === own)
        onAnswer({ text: "", issues: [{ code: "page.task_failed", path: "", message }], written: {} });
      end();
    },
  );
}

/** That something is being computed, for how long, and how to stop it. */
export function runningView({ language, running }: StatisticsState, redraw: () => void, cancelled: () => void): View {
  if (running === undefined) return null;
  const seconds = Math.round((Date.now() - running.since) / 1000);
  return h(
    "p",
    { class: "running", role: "status" },
    `${word(language, "run.computing")} ${seconds} s `,
    button(word(language, "run.cancel"), () => {
      running.cancel();
      cancelled();
      redraw();
    }),
  );
}
