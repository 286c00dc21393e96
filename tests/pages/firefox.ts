import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import WebSocket from "ws";

const FIREFOX = "/usr/bin/firefox-esr";
/** A missing browser is a skip that is seen; where CI is set it is a failure. */
export const hasFirefox: boolean = existsSync(FIREFOX) || process.env["CI"] !== undefined;

/** An answer or an event of WebDriver BiDi (https://w3c.github.io/webdriver-bidi/). */
interface Message {
  readonly id?: number;
  readonly result?: object;
  readonly message?: string;
  readonly method?: string;
  readonly params?: { readonly level?: string; readonly text?: string; readonly request?: { readonly url: string } };
}

/** A page in Debian's Firefox: what it does is told by expressions that are evaluated in it. */
export interface FirefoxPage {
  /** Waits until an expression of the page is true. */
  readonly until: (expression: string) => Promise<void>;
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly picture: (file: string) => Promise<void>;
  readonly requests: readonly string[];
  readonly complaints: readonly string[];
  readonly close: () => Promise<void>;
}

async function started(profile: string): Promise<{ readonly address: string; readonly end: () => Promise<void> }> {
  const firefox = spawn(FIREFOX, ["--headless", "--remote-debugging-port=0", "--profile", profile], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise<void>((done) => firefox.on("exit", done));
  let said = "";
  const address = await new Promise<string>((found, failed) => {
    firefox.stderr.on("data", (piece) => {
      said += String(piece);
      const at = /listening on (ws:\S+)/u.exec(said)?.[1];
      if (at !== undefined) found(at);
    });
    void ended.then(() => {
      failed(new Error(`Firefox ended: ${said}`));
    });
  });
  const end = async (): Promise<void> => {
    firefox.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true });
  };
  return { address, end };
}

/** Opens a file in Firefox; `query` is what stands behind its name. */
export async function openInFirefox(file: string, query = ""): Promise<FirefoxPage> {
  const { address, end } = await started(mkdtempSync(join(tmpdir(), "allocell-firefox-")));
  const socket = new WebSocket(`${address}/session`);
  await new Promise((done, failed) => socket.on("open", done).on("error", failed));
  const waiting = new Map<number, (answer: Message) => void>();
  const requests: string[] = [];
  const complaints: string[] = [];
  socket.on("message", (data: Buffer) => {
    const message = JSON.parse(data.toString()) as Message;
    const { id = 0, method, params } = message;
    waiting.get(id)?.(message);
    const url = params?.request?.url;
    if (url !== undefined && !/^(?:file|blob|about|data):/u.test(url)) requests.push(url);
    if (method === "log.entryAdded" && params?.level === "error") complaints.push(params.text ?? "");
  });
  let last = 0;
  const ask = async (method: string, params: object): Promise<object> => {
    const id = (last += 1);
    const answer = new Promise<Message>((done) => waiting.set(id, done));
    socket.send(JSON.stringify({ id, method, params }));
    const { result, message } = await answer;
    if (result === undefined) throw new Error(`${method}: ${message ?? "no answer"}`);
    return result;
  };
  await ask("session.new", { capabilities: {} });
  await ask("session.subscribe", { events: ["log.entryAdded", "network.beforeRequestSent"] });
  const { contexts } = (await ask("browsingContext.getTree", {})) as { contexts: [{ context: string }] };
  const [{ context }] = contexts;
  await ask("browsingContext.navigate", { context, url: `${pathToFileURL(file).href}${query}`, wait: "complete" });
  const evaluate = async (expression: string): Promise<unknown> => {
    const { result } = (await ask("script.evaluate", { expression, target: { context }, awaitPromise: true })) as {
      readonly result?: { readonly value?: unknown };
    };
    return result?.value;
  };
  return {
    ...{ evaluate, requests, complaints },
    until: async (expression) => {
      for (let n = 0; n < 600; n += 1) {
        if ((await evaluate(expression)) === true) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(
        `Never true in Firefox: ${expression}; it shows ${String(await evaluate("document.body.innerText"))}`,
      );
    },
    picture: async (path) => {
      const { data } = (await ask("browsingContext.captureScreenshot", { context })) as { readonly data: string };
      writeFileSync(path, Buffer.from(data, "base64"));
    },
    close: async () => {
      socket.close();
      await end();
    },
  };
}
