import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import type { Language } from "../../report/index.js";
import { render, type View } from "./element.js";

/** What every page's state has. */
export interface PageState {
  language: Language;
  isChanged: boolean;
  scriptSha256: string;
}

/** Makes the view of the state as it stands, and what it calls after a change. */
export type MakeView = (redraw: () => void) => () => View;

/** SHA-256 of the program that runs, from the page itself, as its policy states it. */
export const scriptDigest = (script: string): string => bytesToHex(sha256(utf8ToBytes(script)));

/** Shows a page, and asks before it is left with work that was not saved. */
export function startPage(document: Document, state: PageState, makeView: MakeView): void {
  const root = document.getElementById("page");
  if (root === null) return;
  const draw = (): void => {
    const lang = state.language === "zh" ? "zh-CN" : "en";
    // To set it anew styles every element again, even where it stays what it was.
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
    render(view(), root);
  };
  const view = makeView(draw);
  draw();
  window.addEventListener("beforeunload", (event) => {
    if (!state.isChanged) return;
    // The browser asks, in words of its own.
    event.preventDefault();
  });
  // After the page is there: it takes a while.
  setTimeout(() => {
    state.scriptSha256 = scriptDigest(document.getElementById("program")?.textContent ?? "");
    draw();
  }, 0);
}
