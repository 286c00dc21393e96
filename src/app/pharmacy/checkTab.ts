import { check, type LocatedIssue } from "../../cli/index.js";
import type { CheckComparison } from "../../dose/index.js";
import type { Language } from "../../report/index.js";
import { putFile } from "../platform/fs.js";
import { word } from "../texts/words.js";
import { runCommand } from "../view/commandRun.js";
import { button, h, table, type View } from "../view/element.js";
import { chosenFiles, type OpenedFile } from "../view/files.js";
import { faultsView } from "./faultsView.js";

export type CheckAnswer = CheckComparison & { readonly sameTextButForTheCheck: boolean };

/** The two order files that two people filled in apart, and what comparing them gave. */
export interface CheckState {
  first?: OpenedFile;
  second?: OpenedFile;
  answer?: CheckAnswer;
  issues: readonly LocatedIssue[];
}

/** Compares the two files as the command `check` does. */
export async function compareFiles(
  { first, second }: CheckState,
  assumptions: string | undefined,
): Promise<CheckState> {
  const files = { ...(first === undefined ? {} : { first }), ...(second === undefined ? {} : { second }) };
  if (first === undefined || second === undefined) return { ...files, issues: [] };
  // Each in a folder of its own: two people may have given their files one name.
  const [one, other] = [`first/${first.name}`, `second/${second.name}`];
  putFile(`/${one}`, first.bytes);
  putFile(`/${other}`, second.bytes);
  const options = { json: true, assume: [], ...(assumptions === undefined ? {} : { assumptions }) };
  const { text, issues } = await runCommand((io) => check(io, one, other, options));
  return text === "" ? { ...files, issues } : { ...files, issues, answer: JSON.parse(text) as CheckAnswer };
}

function differencesView({ first, second, differences }: CheckAnswer, language: Language): View {
  if (differences.length === 0) return null;
  const nothing = "—";
  return table(
    [word(language, "check.field"), first, second],
    differences.map(({ field, first: mine, second: theirs }) =>
      h("tr", null, h("th", null, field), h("td", null, mine ?? nothing), h("td", null, theirs ?? nothing)),
    ),
  );
}

function answerView(answer: CheckAnswer, language: Language): View {
  const { agree, fieldsCompared, first, second, faults, sameTextButForTheCheck } = answer;
  return h(
    "div",
    { class: "result", "aria-live": "polite" },
    // What differs may be an arm or a dose.
    h("p", { class: "unblinded" }, word(language, "page.unblinded")),
    h("p", { class: agree ? "state ready" : "state stop" }, word(language, agree ? "check.agree" : "check.differ")),
    h("p", null, `${first}, ${second}: ${fieldsCompared} ${word(language, "check.fields")}`),
    agree ? null : h("p", null, word(language, "check.sources")),
    differencesView(answer, language),
    faults.map(({ by, issue }) => h("p", { class: "fault", lang: "en" }, `${by}: ${issue.message} (${issue.code})`)),
    sameTextButForTheCheck ? h("p", { class: "note" }, word(language, "check.one-text")) : null,
    button(
      word(language, "act.print"),
      () => {
        window.print();
      },
      { class: "main-act" },
    ),
  );
}

export interface CheckActs {
  readonly onFile: (which: "first" | "second", file: OpenedFile) => void;
  readonly onBlank: () => void;
}

/** Two files are compared field by field; nothing of the first is shown to the second person before. */
export function checkTab(state: CheckState, language: Language, acts: CheckActs): View {
  const choice = (which: "first" | "second"): View =>
    h(
      "p",
      { class: "bar" },
      h(
        "label",
        { class: "file" },
        word(language, `check.${which}`),
        h("input", {
          type: "file",
          accept: ".yaml,.yml,.json",
          onChange: (event: Event) => {
            void chosenFiles(event).then(([file]) => {
              if (file !== undefined) acts.onFile(which, file);
            });
          },
        }),
      ),
      h("span", null, state[which]?.name ?? ""),
    );
  return h(
    "div",
    { class: "narrow" },
    h(
      "section",
      { class: "form-section form" },
      h("p", null, word(language, "check.how")),
      h("p", { class: "bar" }, button(word(language, "check.blank"), acts.onBlank)),
      choice("first"),
      choice("second"),
    ),
    state.answer === undefined ? null : answerView(state.answer, language),
    faultsView(language, state.issues, (path) => path),
  );
}
