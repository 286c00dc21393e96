import { word } from "../texts/words.js";
import { button, h, table, type View } from "../view/element.js";
import { chosenFiles, saveFile, type OpenedFile } from "../view/files.js";
import { sectionView, type FormProps } from "../view/formView.js";
import { faultsView } from "./faultsView.js";
import { planSections, zip } from "../../cli/index.js";
import { exportView, type ExportActs } from "./exportPart.js";
import { papersView, type PaperActs } from "./planPapers.js";
import { saidIssue } from "./saidIssue.js";
import { planTrial, type ListAnswer, type ListState, type StatisticsState } from "./state.js";

export interface ListActs extends PaperActs, ExportActs {
  readonly onYaml: (typed: string) => void;
  readonly onOpen: (file: OpenedFile) => void;
  readonly onMakeSeed: () => void;
  readonly onOpenSeed: (file: OpenedFile) => void;
  readonly onSeedSaved: () => void;
  readonly onShowSeed: () => void;
  readonly onText: (name: "testSeed" | "by", typed: string) => void;
  readonly onGenerate: () => void;
}

const textField = (id: string, label: string, value: string, onInput: (typed: string) => void): View =>
  h(
    "div",
    { class: "field" },
    h("label", { for: id }, label),
    h("input", {
      id,
      type: "text",
      autocomplete: "off",
      spellcheck: false,
      value,
      onInput: (event: Event) => {
        onInput((event.currentTarget as HTMLInputElement).value);
      },
    }),
  );

export const fileButton = (label: string, accept: string, onFile: (file: OpenedFile) => void): View =>
  h(
    "label",
    { class: "file" },
    label,
    h("input", {
      type: "file",
      accept,
      onChange: (event: Event) => {
        void chosenFiles(event).then(([file]) => {
          if (file !== undefined) onFile(file);
        });
      },
    }),
  );

/** The seed: made here and saved as its file, or opened; or a text for a list that is marked TEST. */
function seedView(state: StatisticsState, acts: ListActs): View {
  const { language, list } = state;
  const { seedFile, isSeedSaved, isSeedShown, testSeed, by } = list;
  const name = `${list.draft.texts.get("list") ?? "list"}.seed.txt`;
  return h(
    "section",
    { class: "form-section" },
    h("h3", null, word(language, "seed.title")),
    h(
      "p",
      { class: "bar" },
      button(word(language, "seed.make"), acts.onMakeSeed),
      fileButton(word(language, "seed.open"), ".txt", acts.onOpenSeed),
      seedFile === undefined
        ? null
        : [
            button(
              word(language, "seed.save"),
              () => {
                saveFile(name, seedFile, "text/plain");
                acts.onSeedSaved();
              },
              { class: isSeedSaved ? "" : "main-act" },
            ),
            button(word(language, isSeedShown ? "seed.hide" : "seed.show"), acts.onShowSeed),
          ],
    ),
    seedFile !== undefined && isSeedShown ? h("p", { class: "hash seed" }, new TextDecoder().decode(seedFile)) : null,
    seedFile === undefined ? null : h("p", { class: "note" }, word(language, isSeedSaved ? "seed.saved" : "seed.keep")),
    h(
      "div",
      { class: "fields" },
      seedFile === undefined
        ? textField("test-seed", word(language, "seed.test"), testSeed, (typed) => {
            acts.onText("testSeed", typed);
          })
        : null,
      textField("by", word(language, "list.by"), by, (typed) => {
        acts.onText("by", typed);
      }),
    ),
  );
}

function balanceView({ balance }: ListAnswer, state: StatisticsState): View {
  const { language } = state;
  const arms = Object.keys(balance[0]?.counts ?? {});
  const stratumText = (stratum: Readonly<Record<string, string>>): string =>
    Object.entries(stratum)
      .map(([factor, level]) => `${factor} ${level}`)
      .join(", ");
  const columns = [word(language, "list.stratum"), word(language, "list.rows"), ...arms];
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": word(language, "list.balance") },
    table(
      columns,
      balance.map(({ stratum, rows, counts }) =>
        h(
          "tr",
          null,
          h("th", { scope: "row" }, stratumText(stratum)),
          h("td", null, String(rows)),
          arms.map((arm) => h("td", null, String(counts[arm] ?? 0))),
        ),
      ),
      h("caption", null, word(language, "list.balance")),
    ),
  );
}

function answerView(answer: ListAnswer, state: StatisticsState, acts: ListActs): View {
  const { language, list } = state;
  return h(
    "div",
    { class: "result" },
    h("p", { class: "unblinded" }, word(language, "page.unblinded")),
    h(
      "p",
      { class: "state ready" },
      `${answer.status} ${answer.list}: ${answer.rows} ${word(language, "list.rows")}, ${answer.algorithm}`,
    ),
    balanceView(answer, state),
    answer.warnings.map((warning) =>
      h("p", { class: "warning" }, `${saidIssue(language)(warning)} `, h("code", null, warning.code)),
    ),
    h(
      "ul",
      { class: "files" },
      answer.files.map(({ file, sha256 }) => h("li", null, file, h("code", { class: "hash" }, ` ${sha256}`))),
    ),
    button(
      word(language, "list.zip"),
      () => {
        saveFile(
          `${answer.list}${answer.status === "TEST" ? ".TEST" : ""}.UNBLINDED.zip`,
          zip(list.written),
          "application/zip",
        );
      },
      { class: "main-act" },
    ),
    exportView(list.exported, `${answer.list}${answer.status === "TEST" ? ".TEST" : ""}`, language, acts),
  );
}

const canGenerate = ({ seedFile, isSeedSaved, testSeed }: ListState): boolean =>
  seedFile === undefined ? testSeed.trim() !== "" : isSeedSaved;

/** Plan as form and as YAML: one truth, both editable; below it the seed, and what comes of them. */
export function listTab(
  state: StatisticsState,
  props: FormProps,
  head: readonly View[],
  running: View,
  acts: ListActs,
  labelOf: (path: string) => string,
): View {
  const { language, list } = state;
  const sections = planSections(planTrial(state, list.draft), list.draft.texts.get("part") ?? "");
  return h(
    "div",
    { class: "columns" },
    h(
      "div",
      { class: "form" },
      h("div", { class: "bar" }, fileButton(word(language, "act.open"), ".yaml,.yml,.json", acts.onOpen)),
      head,
      sections.map((section) => sectionView(props, section)),
      seedView(state, acts),
    ),
    h(
      "div",
      { class: "side" },
      h("label", { for: "plan-yaml" }, word(language, "list.yaml")),
      h("textarea", {
        id: "plan-yaml",
        class: "yaml",
        spellcheck: false,
        autocomplete: "off",
        rows: 18,
        value: list.yaml,
        onInput: (event: Event) => {
          acts.onYaml((event.currentTarget as HTMLTextAreaElement).value);
        },
      }),
      h(
        "p",
        { class: "bar" },
        button(word(language, "act.save-yaml"), () => {
          saveFile(`${list.draft.texts.get("list") ?? "plan"}.yaml`, list.yaml, "application/yaml");
        }),
        button(word(language, "list.generate"), acts.onGenerate, { class: "main-act", disabled: !canGenerate(list) }),
      ),
      canGenerate(list) ? null : h("p", { class: "note" }, word(language, "list.needs-seed")),
      running,
      faultsView(language, [...list.yamlIssues, ...list.issues, ...list.papers.issues], labelOf),
      list.answer === undefined ? null : answerView(list.answer, state, acts),
      list.yaml === "" ? null : papersView(list.papers, list.draft.texts.get("list") ?? "plan", language, acts),
    ),
  );
}
