import "../platform/noCode.js";
import { readBaked } from "../view/baked.js";
import { readStated } from "../view/stated.js";
import { startPage } from "../view/startPage.js";
import { pharmacyPage } from "./page.js";
import { initialState } from "./state.js";

async function main(): Promise<void> {
  const baked = readBaked(document);
  const stated = await readStated(baked);
  const state = initialState(baked, stated.trial);
  startPage(document, state, (redraw) => pharmacyPage(state, stated.keys, redraw));
}

main().catch((error: unknown) => {
  document.body.textContent = `allocell cannot start: ${String(error)}`;
});
