import { ASSESSMENT_CALLS, LIST_CALLS, LIST_LAWS } from "../../cli/index.js";
import { answerBeside, isWorker } from "../view/beside.js";
import { readBaked } from "../view/baked.js";
import { readStated } from "../view/stated.js";
import { isQualification, qualificationPage, type PageSuite } from "../view/qualificationPage.js";
import { startPage } from "../view/startPage.js";
import { statisticsPage } from "./page.js";
import { initialState } from "./state.js";
import { tellingTask } from "./taskRunner.js";

const SUITE: PageSuite = { calls: { ...LIST_CALLS, ...ASSESSMENT_CALLS }, laws: LIST_LAWS };

async function main(): Promise<void> {
  const baked = readBaked(document);
  const stated = await readStated(baked);
  const state = initialState(baked, stated.trial);
  startPage(document, state, (redraw) =>
    isQualification()
      ? qualificationPage(state, "page.statistics", SUITE, redraw)
      : statisticsPage(state, stated.keys, redraw),
  );
}

if (isWorker()) answerBeside(tellingTask);
else {
  main().catch((error: unknown) => {
    document.body.textContent = `allocell cannot start: ${String(error)}`;
  });
}
