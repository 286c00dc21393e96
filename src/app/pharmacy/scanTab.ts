import { scan, type LocatedIssue } from "../../cli/index.js";
import type { Language } from "../../report/index.js";
import { putFile } from "../platform/fs.js";
import { word } from "../texts/words.js";
import { runCommand } from "../view/commandRun.js";
import type { Draft } from "../view/draft.js";
import { button, h, table, type View } from "../view/element.js";
import { field, type Section } from "../../cli/index.js";
import { chosenFiles, type OpenedFile } from "../view/files.js";
import { sectionView, type FormProps } from "../view/formView.js";
import { faultsView } from "./faultsView.js";

/** What the command `scan` answers. */
export interface ScanAnswer {
  readonly isRight: boolean;
  readonly at: string;
  readonly findings: readonly {
    readonly what: "bag" | "person" | "time";
    readonly isRight: boolean;
    readonly expected: string;
    readonly received: string;
  }[];
}

export interface ScanState {
  readonly draft: Draft;
  /** The order that the bag must be of. */
  readonly order?: OpenedFile;
  readonly answer?: ScanAnswer;
  readonly issues: readonly LocatedIssue[];
}

const CODE = "code";
export const SCAN_SECTION: Section = {
  id: "scan",
  title: { en: "Scan the label into the field", zh: "请将标签条码扫入输入框" },
  fields: [
    field(CODE, "text", "Text of the label's code", "标签条码内容"),
    field("--subject", "text", "Subject no. on the wristband", "腕带上的受试者编号"),
    field("--at", "time", "Time; empty: by this computer's clock", "时间（空白时取本机时钟）"),
  ],
};

/** What the command `scan` says of a scanned label and an order. */
export async function computeScan(state: ScanState, assumptions: string | undefined): Promise<ScanState> {
  const { draft, order } = state;
  const kept = { draft, ...(order === undefined ? {} : { order }) };
  const typed = (name: string): string => (draft.texts.get(name) ?? "").trim();
  if (order === undefined || typed(CODE) === "") return { ...kept, issues: [] };
  const path = `scanned/${order.name}`;
  putFile(`/${path}`, order.bytes);
  const options = {
    ...{ order: path, json: true, assume: [] },
    ...(typed("--subject") === "" ? {} : { subject: typed("--subject") }),
    ...(typed("--at") === "" ? {} : { at: typed("--at") }),
    ...(assumptions === undefined ? {} : { assumptions }),
  };
  const { text, issues } = await runCommand((io) => scan(io, typed(CODE), options));
  if (text !== "") return { ...kept, issues, answer: JSON.parse(text) as ScanAnswer };
  return { ...kept, issues: issues.map((issue) => (issue.path === "" ? { ...issue, path: CODE } : issue)) };
}

function answerView({ isRight, at, findings }: ScanAnswer, language: Language): View {
  return h(
    "div",
    { class: "result", "aria-live": "polite" },
    h("p", { class: isRight ? "state ready" : "state stop" }, word(language, isRight ? "scan.right" : "scan.wrong")),
    h("p", null, at),
    table(
      ["", word(language, "scan.received"), word(language, "scan.expected")],
      findings.map((finding) =>
        h(
          "tr",
          { class: finding.isRight ? "" : "wrong" },
          h("th", null, word(language, `scan.${finding.what}`), finding.isRight ? " ✓" : " ✗"),
          h("td", { lang: "en" }, finding.received),
          h("td", { lang: "en" }, finding.expected),
        ),
      ),
    ),
    button(
      word(language, "act.print"),
      () => {
        window.print();
      },
      { class: "main-act" },
    ),
  );
}

/** A scanner ends with Enter: what it wrote is marked then, so that the next label takes its place. */
const markOnEnter = ({ key, target }: KeyboardEvent): void => {
  if (key === "Enter" && target instanceof HTMLInputElement) target.select();
};

/** Whether the bag in the hand is the right one, for the right person, in time. It shows nothing of a treatment. */
export function scanTab(
  state: ScanState,
  props: FormProps,
  labelOf: (path: string) => string,
  onOrder: (file: OpenedFile) => void,
): View {
  const { language } = props;
  const choice = h(
    "label",
    { class: "file" },
    word(language, "record.orders"),
    h("input", {
      type: "file",
      accept: ".yaml,.yml,.json",
      onChange: (event: Event) => {
        void chosenFiles(event).then(([file]) => {
          if (file !== undefined) onOrder(file);
        });
      },
    }),
  );
  return h(
    "div",
    { class: "narrow", onKeyDown: markOnEnter },
    h("div", { class: "bar" }, choice, h("span", null, state.order?.name ?? "")),
    sectionView(props, SCAN_SECTION),
    state.answer === undefined
      ? h("p", { class: "waiting" }, word(language, "result.waiting"))
      : answerView(state.answer, language),
    faultsView(language, state.issues, labelOf),
  );
}
