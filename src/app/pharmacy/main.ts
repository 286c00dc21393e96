import { DOSE_LAWS, DOSING_CALLS } from "../../cli/index.js";
import { answerBeside, isWorker } from "../view/beside.js";
import { readBaked } from "../view/baked.js";
import { readStated } from "../view/stated.js";
import { isQualification, qualificationPage, type PageSuite } from "../view/qualificationPage.js";
import { startPage } from "../view/startPage.js";
import { runBatch } from "./batchTask.js";
import { pharmacyPage } from "./page.js";
import { initialState } from "./state.js";

const SUITE: PageSuite = { calls: DOSING_CALLS, laws: DOSE_LAWS };

async function main(): Promise<void> {
  const baked = readBaked(document);
  const stated = await readStated(baked);
  const state = initialState(baked, stated.trial);
  startPage(document, state, (redraw) =>
    isQualification()
      ? qualificationPage(state, "page.pharmacy", SUITE, redraw)
      : pharmacyPage(state, stated.keys, redraw),
  );
}

if (isWorker()) answerBeside(runBatch);
else {
  main().catch((error: unknown) => {
    document.body.textContent = `allocell cannot start: ${String(error)}`;
  });
}
