import * as z from "zod";
import { readDataFile } from "../../cli/index.js";
import { AllocellError } from "../../foundation/index.js";
import { defineTrial, type Trial } from "../../trial/index.js";
import { readBaked, type Baked } from "../view/baked.js";
import { pageIo } from "../view/commandRun.js";
import { startPage } from "../view/startPage.js";
import { pharmacyPage } from "./page.js";
import { initialState } from "./state.js";

// A page may not make code out of text; the reader of schemas would try.
z.config({ jitless: true });

interface Stated {
  readonly trial?: Trial;
  readonly keys: ReadonlySet<string>;
}

/** The trial and the answers that the page was made for. */
async function readStated({ trialFile, assumptionsFile }: Baked): Promise<Stated> {
  const trial = trialFile === undefined ? undefined : defineTrial((await readDataFile(pageIo(), trialFile.name)).data);
  const answers = assumptionsFile === undefined ? undefined : (await readDataFile(pageIo(), assumptionsFile.name)).data;
  const { assumptions = {} } = (answers ?? {}) as { readonly assumptions?: object };
  return { ...(trial === undefined ? {} : { trial }), keys: new Set(Object.keys(assumptions)) };
}

async function main(): Promise<void> {
  const baked = readBaked(document);
  const stated = await readStated(baked);
  const state = initialState(baked, stated.trial);
  startPage(document, state, (redraw) => pharmacyPage(state, stated.keys, redraw));
}

main().catch((error: unknown) => {
  document.body.textContent = `allocell cannot start: ${AllocellError.is(error) ? error.message : String(error)}`;
});
