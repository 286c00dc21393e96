import { word, type WordKey } from "../texts/words.js";
import { button, h, type View } from "../view/element.js";
import { saveFile } from "../view/files.js";
import type { PaperFile, PharmacyState } from "./state.js";

const kindOf = (name: string): WordKey =>
  name.includes(".worksheet.")
    ? "document.worksheet"
    : name.includes(".process.")
      ? "document.process"
      : name.includes(".record.")
        ? "document.record"
        : "document.label";

/** Of the labels of several components each names its own: `EX-3.P-003.CD8.label.html`. */
const componentOf = (name: string): string =>
  /^[^.]+\.[^.]+\.(?<component>(?!blinded)[^.]+)\.label\./u.exec(name)?.groups?.["component"] ?? "";

function print(): void {
  const frame = document.querySelector<HTMLIFrameElement>("iframe.paper");
  frame?.contentWindow?.focus();
  frame?.contentWindow?.print();
}

/** The documents that the command wrote: looked at, printed, saved. The blinded ones first, the worksheet last. */
export function papersView(state: PharmacyState, onShow: (name: string) => void, onClose: () => void): View {
  const { language, papers, shownPaper } = state;
  const shown = papers.find(({ name }) => name === shownPaper);
  if (shown === undefined) return null;
  const ordered = [...papers].sort(
    (a, b) => Number(a.name.includes("UNBLINDED")) - Number(b.name.includes("UNBLINDED")),
  );
  const choice = ({ name }: PaperFile): View =>
    button(
      `${word(language, kindOf(name))} ${componentOf(name)}`.trim(),
      () => {
        onShow(name);
      },
      { class: "tab", "aria-pressed": name === shown.name, key: name },
    );
  return h(
    "section",
    { class: "papers", "aria-label": word(language, "document.title") },
    h("h2", null, word(language, "document.title")),
    h(
      "div",
      { class: "bar" },
      ordered.map(choice),
      button(word(language, "act.print"), print, { class: "main-act" }),
      button(word(language, "act.save"), () => {
        saveFile(shown.name, shown.html, "text/html;charset=utf-8");
      }),
      button(word(language, "act.close"), onClose),
    ),
    h("p", { class: "note" }, shown.name),
    h("iframe", {
      class: "paper",
      title: word(language, kindOf(shown.name)),
      // No script runs in it; it may be printed.
      sandbox: "allow-same-origin allow-modals",
      srcdoc: shown.html,
    }),
  );
}
