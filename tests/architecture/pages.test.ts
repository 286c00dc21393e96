import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSources } from "./sourceFiles.js";

/** What would take something out of a page, keep it in the browser, or bring something in, by another way than a file. */
const WAYS_OUT =
  /\b(?:clipboard|execCommand|localStorage|sessionStorage|indexedDB|caches|cookie|pushState|replaceState|fetch|XMLHttpRequest|WebSocket|EventSource|sendBeacon|RTCPeerConnection|BroadcastChannel|SharedWorker|serviceWorker|importScripts|postMessage)\b/gu;

describe("the sources of the pages", { tags: ["SEC-001", "SEC-002"] }, () => {
  it("use no clipboard, storage, history or network: what leaves a page is a file that a person saves", () => {
    const used = [...readSources().values()]
      .filter(({ room }) => room === "app")
      .flatMap(({ path }) =>
        [...readFileSync(`src/${path}`, "utf8").matchAll(WAYS_OUT)].map(([name]) => `${path} ${name}`),
      );
    // A page and its own worker send each other a task and its answer.
    expect([...new Set(used)]).toEqual(["app/view/beside.ts postMessage"]);
  });
});
