import { Window } from "happy-dom";
import { pageHtml, type PageName } from "../../../build/pages.js";

const built = new Map<PageName, Promise<string>>();

/** The page as the build makes it, but for the last step, which only makes it smaller; made once. */
export function builtPage(name: PageName): Promise<string> {
  const made = built.get(name) ?? pageHtml(name, false);
  built.set(name, made);
  return made;
}

/** A page that was opened in a DOM without a browser. */
export interface OpenedPage {
  readonly window: Window;
  readonly text: () => string;
  /** Waits until the page has said what it is asked for. */
  readonly until: (said: string) => Promise<void>;
  /** Waits until it has said one of several things. */
  readonly untilOneOf: (said: readonly string[]) => Promise<void>;
  /** Waits until it says so no longer. */
  readonly gone: (said: string) => Promise<void>;
  readonly click: (label: string) => void;
  /** Presses the button with an id. */
  readonly press: (id: string) => void;
  readonly type: (id: string, text: string) => void;
  readonly open: (selector: string, files: readonly File[]) => void;
  readonly close: () => Promise<void>;
}

const MOST_TRIES = 15_000;
const soon = (): Promise<void> => new Promise((done) => setTimeout(done, 2));

/** Opens a page; `baked` is what `allocell page` would have put into it. */
export async function openPage(name: PageName, baked: object = {}, search = ""): Promise<OpenedPage> {
  const window = new Window({
    url: `file:///page.html${search}`,
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  });
  const html = (await builtPage(name)).replace('id="baked">{}', () => `id="baked">${JSON.stringify(baked)}`);
  Object.assign(window, { confirm: () => true });
  window.document.write(html);
  const text = (): string => window.document.getElementById("page")?.textContent ?? "";
  const untilOneOf = async (said: readonly string[]): Promise<void> => {
    const isSaid = (): boolean => said.some((own) => text().includes(own));
    for (let n = 0; n < MOST_TRIES && !isSaid(); n += 1) await soon();
    if (!isSaid()) throw new Error(`The page never said "${said.join('" or "')}": ${text().slice(0, 2000)}`);
  };
  const until = (said: string): Promise<void> => untilOneOf([said]);
  const fire = (element: { dispatchEvent: (event: never) => unknown }, event: string): void => {
    element.dispatchEvent(new window.Event(event, { bubbles: true }) as never);
  };
  await until("allocell");
  return {
    window,
    text,
    until,
    untilOneOf,
    gone: async (said) => {
      for (let n = 0; n < MOST_TRIES && text().includes(said); n += 1) await soon();
      if (text().includes(said)) throw new Error(`The page still says "${said}".`);
    },
    click: (label) => {
      const found = [...window.document.querySelectorAll("button")].find((own) => own.textContent === label);
      if (found === undefined) throw new Error(`There is no button "${label}".`);
      fire(found, "click");
    },
    press: (id) => {
      const found = window.document.getElementById(id);
      if (found === null) throw new Error(`There is no button "${id}".`);
      fire(found, "click");
    },
    type: (id, typed) => {
      const found = window.document.getElementById(id) as unknown as
        (HTMLInputElement & { dispatchEvent: never }) | null;
      if (found === null) throw new Error(`There is no field "${id}".`);
      found.value = typed;
      fire(found, found.tagName === "SELECT" ? "change" : "input");
    },
    open: (selector, files) => {
      const input = window.document.querySelector(selector);
      if (input === null) throw new Error(`There is no "${selector}".`);
      Object.defineProperty(input, "files", { configurable: true, value: files });
      fire(input, "change");
    },
    close: () => window.happyDOM.close(),
  };
}
