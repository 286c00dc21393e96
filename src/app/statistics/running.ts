import { word } from "../texts/words.js";
import { button, h, type View } from "../view/element.js";
import { startTask } from "./taskRunner.js";
import type { Running, StatisticsState } from "./state.js";
import type { Task, TaskAnswer } from "./tasks.js";

/** Runs a task and shows how long it takes; the page shows its answer when it comes. */
export function runShown(
  state: StatisticsState,
  task: Task,
  redraw: () => void,
  onAnswer: (answer: TaskAnswer) => void,
): void {
  state.running?.cancel();
  const { answer, cancel } = startTask(task, (progress) => {
    own.progress = progress;
    redraw();
  });
  const own: Running = { cancel, since: Date.now() };
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

/** Designs that were judged of all, and of the one at hand the share that was simulated. */
function progressView({ progress }: Running, language: StatisticsState["language"]): View {
  if (progress === undefined) return null;
  const { designs, allDesigns, trials = 0, mostTrials = 1 } = progress;
  const label = `${word(language, "run.designs")}: ${designs} / ${allDesigns}`;
  return [
    h("progress", { max: allDesigns, value: Math.min(allDesigns, designs + trials / mostTrials), "aria-label": label }),
    ` ${label} `,
  ];
}

/** That something is being computed, how far it is, for how long, and how to stop it. */
export function runningView({ language, running }: StatisticsState, redraw: () => void, cancelled: () => void): View {
  if (running === undefined) return null;
  const seconds = Math.round((Date.now() - running.since) / 1000);
  return h(
    "p",
    { class: "running" },
    // Only that it has begun is read out: what changes several times a second would be nothing but noise.
    h("span", { role: "status" }, word(language, "run.computing")),
    ` ${seconds} s `,
    progressView(running, language),
    button(word(language, "run.cancel"), () => {
      running.cancel();
      cancelled();
      redraw();
    }),
  );
}
