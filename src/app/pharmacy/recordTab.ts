import { type LocatedIssue, record, RECORD_SECTIONS } from "../../cli/index.js";
import type { AdministeredDose, CumulativeExposure } from "../../dose/index.js";
import type { Issue } from "../../foundation/index.js";
import { countText, type Language } from "../../report/index.js";
import { putFile } from "../platform/fs.js";
import { word } from "../texts/words.js";
import { runCommand } from "../view/commandRun.js";
import { toData, type DecimalMark, type Draft } from "../view/draft.js";
import { button, h, type View } from "../view/element.js";
import { chosenFiles, type OpenedFile } from "../view/files.js";
import { sectionView, type FormProps } from "../view/formView.js";
import { faultsView } from "./faultsView.js";
import { figure, stepsView } from "../view/stepsView.js";

/** What the command `record` answers. */
export interface RecordAnswer {
  readonly administrations: readonly AdministeredDose[];
  readonly cumulative?: CumulativeExposure;
  readonly orderIssues: readonly Issue[];
}

export interface RecordState {
  draft: Draft;
  /** Records of earlier administrations, and orders that were prepared after. */
  earlier: readonly OpenedFile[];
  orders: readonly OpenedFile[];
  answer?: RecordAnswer;
  issues: readonly LocatedIssue[];
}

const laid = (folder: string, files: readonly OpenedFile[]): readonly string[] =>
  files.map(({ name, bytes }, index) => {
    const path = `${folder}/${index}-${name}`;
    putFile(`/${path}`, bytes);
    return path;
  });

/** What the command `record` says of the form and of the earlier records. */
export async function computeRecord(
  state: RecordState,
  mark: DecimalMark,
  assumptions: string | undefined,
): Promise<RecordState> {
  const { draft, earlier, orders } = state;
  putFile("/record.json", JSON.stringify(toData(draft, RECORD_SECTIONS, mark)));
  const files = [...laid("earlier", earlier), "record.json"];
  const given = assumptions === undefined ? {} : { assumptions };
  const options = { json: true, assume: [], order: laid("orders", orders), ...given };
  const { text, issues } = await runCommand((io) => record(io, files, options));
  const kept = { draft, earlier, orders, issues };
  return text === "" ? kept : { ...kept, answer: JSON.parse(text) as RecordAnswer };
}

function doseView(dose: AdministeredDose, language: Language): View {
  const { record: own, actual, actualPerKg, deviationPercent, deviationClass, steps, warnings } = dose;
  return h(
    "section",
    { key: String(own.number) },
    h("h3", null, `${word(language, "record.number")} ${own.number}: ${own.subject ?? ""} ${own.administeredOn}`),
    h(
      "div",
      { class: "figures" },
      figure(word(language, "record.given"), countText(language, actual), true),
      actualPerKg === undefined
        ? null
        : figure(word(language, "record.per-kg"), countText(language, actualPerKg, "/kg")),
      deviationPercent === undefined
        ? null
        : figure(
            word(language, "result.deviation"),
            `${deviationPercent} %${deviationClass === "unclassified" ? "" : ` (${word(language, `record.${deviationClass}`)})`}`,
          ),
    ),
    warnings.map(({ code, message }) => h("p", { class: "warning", lang: "en" }, `${message} `, h("code", null, code))),
    stepsView(language, steps, actual.unitKind),
  );
}

function answerView({ administrations, cumulative, orderIssues }: RecordAnswer, language: Language): View {
  return h(
    "div",
    { class: "result" },
    administrations.map((dose) => doseView(dose, language)),
    cumulative === undefined
      ? null
      : h(
          "section",
          null,
          h("h3", null, word(language, "result.total")),
          h(
            "div",
            { class: "figures" },
            figure(word(language, "record.given"), countText(language, cumulative.actual)),
          ),
          cumulative.warnings.map(({ message }) => h("p", { class: "warning", lang: "en" }, message)),
        ),
    orderIssues.map(({ message }) => h("p", { class: "warning", lang: "en" }, message)),
    button(
      word(language, "act.print"),
      () => {
        window.print();
      },
      { class: "main-act" },
    ),
  );
}

export interface RecordActs {
  readonly onFiles: (which: "earlier" | "orders", files: readonly OpenedFile[]) => void;
  readonly onSave: () => void;
}

/** What was really given: it is recorded whatever it is. */
export function recordTab(
  state: RecordState,
  props: FormProps,
  acts: RecordActs,
  labelOf: (path: string) => string,
): View {
  const { language } = props;
  const open = (which: "earlier" | "orders"): View => [
    h(
      "label",
      { class: "file" },
      word(language, `record.${which}`),
      h("input", {
        type: "file",
        multiple: true,
        accept: ".yaml,.yml,.json",
        onChange: (event: Event) => {
          void chosenFiles(event).then((files) => {
            acts.onFiles(which, files);
          });
        },
      }),
    ),
    h("span", null, state[which].map(({ name }) => name).join(", ")),
  ];
  return h(
    "div",
    { class: "columns" },
    h(
      "div",
      { class: "form" },
      h("div", { class: "bar" }, open("orders"), open("earlier"), button(word(language, "act.save-yaml"), acts.onSave)),
      RECORD_SECTIONS.map((section) => sectionView(props, section)),
    ),
    h(
      "div",
      { class: "side" },
      h("p", { class: "unblinded" }, word(language, "page.unblinded")),
      state.answer === undefined
        ? h("p", { class: "waiting" }, word(language, "result.waiting"))
        : answerView(state.answer, language),
      faultsView(language, state.issues, labelOf),
    ),
  );
}
