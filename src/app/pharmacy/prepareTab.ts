import { word } from "../texts/words.js";
import { button, h, type View } from "../view/element.js";
import { chosenFiles, type OpenedFile } from "../view/files.js";
import { sectionView, type FormProps } from "../view/formView.js";
import { faultsView } from "./faultsView.js";
import type { Section } from "../../cli/index.js";
import { overridesOf, removeOverride } from "./overrides.js";
import { papersView } from "./papersView.js";
import { resultView } from "./prepareResult.js";
import { sectionsOf, type PharmacyState } from "./state.js";

/** What the form of a preparation can be told to do. */
export interface PrepareActs {
  readonly onNew: () => void;
  readonly onOpen: (files: readonly OpenedFile[]) => void;
  readonly onSave: (form: "yaml" | "json") => void;
  readonly onSortLots: (lots: string) => void;
  readonly onPapers: () => void;
  readonly onShowPaper: (name: string | undefined) => void;
  readonly onRemoved: () => void;
}

function barView({ language }: PharmacyState, acts: PrepareActs): View {
  return h(
    "div",
    { class: "bar" },
    button(word(language, "act.new"), acts.onNew),
    h(
      "label",
      { class: "file" },
      word(language, "act.open"),
      h("input", {
        type: "file",
        accept: ".yaml,.yml,.json",
        onChange: (event: Event) => {
          void chosenFiles(event).then(acts.onOpen);
        },
      }),
    ),
    button(word(language, "act.save-yaml"), () => {
      acts.onSave("yaml");
    }),
    button(word(language, "act.save-json"), () => {
      acts.onSave("json");
    }),
  );
}

/** What the opened file holds beside the form. */
function carriedView({ language, draft }: PharmacyState): View {
  if (draft.carried.size === 0) return null;
  return h(
    "section",
    { class: "form-section carried", key: "carried" },
    h("h3", null, word(language, "section.carried")),
    h(
      "dl",
      null,
      [...draft.carried].map(([path, value]) => [
        h("dt", null, path.replaceAll("\n", ".")),
        h("dd", null, JSON.stringify(value)),
      ]),
    ),
  );
}

/** Accepted warnings that no longer stand there: the command refuses them, so they can be taken away. */
function idleOverrides({ language, draft, outcome }: PharmacyState, acts: PrepareActs): View {
  if (outcome.preparation !== undefined) return null;
  const written = overridesOf(draft);
  if (written.length === 0) return null;
  return h(
    "section",
    { class: "idle" },
    h("h3", null, word(language, "warning.accepted")),
    written.map((own) =>
      h(
        "p",
        null,
        `${own.code}: ${own.reason}; ${own.by} `,
        button(word(language, "act.remove"), () => {
          removeOverride(draft, own);
          acts.onRemoved();
        }),
      ),
    ),
  );
}

function sideView(state: PharmacyState, props: FormProps, acts: PrepareActs, labelOf: (path: string) => string): View {
  const { language, outcome, draft, fileIssues } = state;
  const { preparation, issues } = outcome;
  const hasDetails = ["document.route", "document.storage"].every((path) => (draft.texts.get(path) ?? "") !== "");
  return h(
    "div",
    { class: "side" },
    h("p", { class: "unblinded" }, word(language, "page.unblinded")),
    preparation === undefined
      ? h("p", { class: "waiting" }, word(language, "result.waiting"))
      : resultView(
          preparation,
          { language, typed: (path) => draft.texts.get(path) ?? "", onType: props.onType },
          acts.onPapers,
          hasDetails,
        ),
    faultsView(language, [...fileIssues, ...issues], labelOf),
    idleOverrides(state, acts),
  );
}

/** One form in the order of the work; beside it what it comes to, while it is typed. */
export function prepareTab(
  state: PharmacyState,
  props: FormProps,
  trialSections: readonly View[],
  acts: PrepareActs,
  labelOf: (path: string) => string,
): View {
  if (state.shownPaper !== undefined) {
    return papersView(state, acts.onShowPaper, () => {
      acts.onShowPaper(undefined);
    });
  }
  const sort = ({ list }: Section): View => {
    const lots = list?.path ?? "";
    if (!lots.endsWith(".lots") || (state.draft.entries.get(lots) ?? 0) < 2) return null;
    return button(word(state.language, "act.sort-lots"), () => {
      acts.onSortLots(lots);
    });
  };
  return h(
    "div",
    { class: "columns" },
    h(
      "div",
      { class: "form" },
      barView(state, acts),
      trialSections,
      sectionsOf(state.draft).map((section) => sectionView(props, section, sort(section))),
      carriedView(state),
    ),
    sideView(state, props, acts, labelOf),
  );
}
