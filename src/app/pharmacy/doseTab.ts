import { pathTo } from "../../foundation/index.js";
import { dose, DOSE_OPTION_OF, field, type LocatedIssue, type Section } from "../../cli/index.js";
import type { Prescription } from "../../dose/index.js";
import { countText, type Language } from "../../report/index.js";
import { word } from "../texts/words.js";
import { runCommand } from "../view/commandRun.js";
import { toData, withPoint, type DecimalMark, type Draft } from "../view/draft.js";
import { button, h, type View } from "../view/element.js";
import { sectionView, type FormProps } from "../view/formView.js";
import { faultsView } from "./faultsView.js";
import { figure, stepsView } from "../view/stepsView.js";
import { chosenFiles, type OpenedFile } from "../view/files.js";
import { armOf, type PharmacyFile } from "./pharmacyFile.js";
import { warningInWords } from "./prepareResult.js";
import { dateInWords } from "../view/understood.js";

export interface DoseState {
  draft: Draft;
  /** By which the arm of a randomization number is found. */
  pharmacyFile?: PharmacyFile;
  prescription?: Prescription;
  issues: readonly LocatedIssue[];
}

export const DOSE_SECTION: Section = {
  id: "dose-weight",
  title: { en: "Participant", zh: "受试者" },
  fields: [
    field("--weight", "amount", "Measured weight", "实测体重", { unit: "kg" }),
    field("--weighed-on", "date", "Weighed on", "测量日期"),
    field("--weighed-by", "text", "Weighed by", "测量人"),
    field("--age", "amount", "Age, to look at the weight", "年龄（用于核查体重）", { unit: "years" }),
    field("--height", "amount", "Height, of a dose per m²", "身高（按体表面积给药时）", { unit: "cm" }),
    field("--first", "date", "First administration planned on", "计划首次给药日期"),
  ],
};

/** What the command `dose` says of the form. */
export async function computeDose(
  draft: Draft,
  mark: DecimalMark,
  assumptions: string | undefined,
): Promise<Pick<DoseState, "issues"> & { readonly prescription?: Prescription }> {
  const { trial, part, arm = "" } = toData(draft, [], mark);
  const text = (name: string): string | undefined => {
    const typed = (draft.texts.get(name) ?? "").trim();
    return typed === "" ? undefined : typed;
  };
  const measured = (name: string, unit: string): string | undefined => {
    const [typed, own] = [text(name), DOSE_SECTION.fields.find(({ path }) => path === name)];
    return typed === undefined || own === undefined ? undefined : `${withPoint(typed, own, mark)} ${unit}`.trim();
  };
  const optional = {
    part: part as string | undefined,
    weight: measured("--weight", "kg"),
    height: measured("--height", "cm"),
    age: measured("--age", ""),
    weighedOn: text("--weighed-on"),
    weighedBy: text("--weighed-by"),
    first: text("--first"),
    assumptions,
  };
  const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  const assume = [...draft.answers].filter(([, answer]) => answer.trim() !== "");
  const options = {
    arm: arm as string,
    ...given,
    assume: assume.map(([key, answer]) => `${key}=${answer.trim()}`),
    json: true,
  };
  if (trial === undefined || arm === "") return { issues: [] };
  const { text: answer, issues } = await runCommand((io) => dose(io, trial as string, options));
  if (issues.length > 0) return { issues: issues.map(atField) };
  return { prescription: (JSON.parse(answer) as { prescription: Prescription }).prescription, issues };
}

const atField = (issue: LocatedIssue): LocatedIssue => ({
  ...issue,
  path: issue.path
    .replace(/^--assume (.+)$/u, (_, key: string) => pathTo("assumptions", key))
    .replace(/^--(?=(?:arm|part)$)/u, ""),
});

/** What is unusual, at its field; what the trial's sources state is told at the arm. */
export const doseWarnings = ({ prescription }: DoseState, language: Language): NonNullable<FormProps["warnings"]> =>
  (prescription?.warnings ?? []).map((own) => ({
    path: DOSE_OPTION_OF[own.path] ?? "arm",
    text: warningInWords(language, own, prescription?.target.unitKind),
  }));

function prescriptionView(prescription: Prescription, language: Language): View {
  const { target, administrations, cumulative, steps, cap, warnings } = prescription;
  const dates = administrations.map(({ number, date, studyDay }) =>
    h(
      "li",
      null,
      date === undefined ? `${number}.` : dateInWords(date, language),
      h("small", null, ` ${word(language, "result.day")} ${studyDay}`),
    ),
  );
  return h(
    "div",
    { class: "result" },
    h(
      "div",
      { class: "figures" },
      figure(word(language, "result.target"), countText(language, target), true),
      cap === undefined ? null : figure(word(language, "result.cap"), countText(language, cap.limit)),
      figure(word(language, "result.total"), countText(language, cumulative.total)),
    ),
    warnings.map((own) => h("p", { class: "warning" }, warningInWords(language, own, target.unitKind))),
    h("h3", null, word(language, "result.dates")),
    h("ol", { class: "dates" }, dates),
    stepsView(language, steps, target.unitKind),
    button(
      word(language, "act.print"),
      () => {
        window.print();
      },
      { class: "main-act" },
    ),
  );
}

export const NUMBER_SECTION: Section = {
  id: "dose-number",
  title: { en: "Arm by the randomization number", zh: "按随机号查组别" },
  fields: [field("--number", "text", "Randomization no.", "随机号")],
};

/** Takes trial and part from the pharmacy's file, and the arm of the number that stands in the form; a number without one has none. */
export function takeArm({ draft, pharmacyFile }: DoseState, nameOf: (trial: string) => string): void {
  if (pharmacyFile === undefined) return;
  const arm = armOf(pharmacyFile, (draft.texts.get("--number") ?? "").trim());
  draft.texts.set("trial", nameOf(pharmacyFile.trial));
  draft.texts.set("part", pharmacyFile.part);
  draft.texts.set("arm", arm ?? "");
}

/** A number of which the file says nothing, or which it gives to another arm than the form. */
export function numberIssues({ draft, pharmacyFile }: DoseState, language: Language): readonly LocatedIssue[] {
  const typed = (draft.texts.get("--number") ?? "").trim();
  if (pharmacyFile === undefined || typed === "") return [];
  const arm = armOf(pharmacyFile, typed);
  if (arm === undefined)
    return [{ code: "blinding.number_unknown", path: "--number", message: word(language, "dose.no-number") }];
  const isOther = arm !== draft.texts.get("arm") || pharmacyFile.part !== draft.texts.get("part");
  return isOther ? [{ code: "cli.arm_differs", path: "arm", message: word(language, "dose.other-arm") }] : [];
}

function numberView(
  { pharmacyFile }: DoseState,
  props: FormProps,
  onFile: (files: readonly OpenedFile[]) => void,
): View {
  const { language } = props;
  const choice = h(
    "label",
    { class: "file" },
    word(language, "dose.open"),
    h("input", {
      type: "file",
      accept: ".json",
      onChange: (event: Event) => {
        void chosenFiles(event).then(onFile);
      },
    }),
  );
  const named = pharmacyFile === undefined ? "" : `${pharmacyFile.status} · ${pharmacyFile.name}`;
  return [
    h("div", { class: "bar" }, choice, h("span", null, named)),
    pharmacyFile === undefined ? null : sectionView(props, NUMBER_SECTION),
  ];
}

/** Trial, arm and weight on the left, the dose on the right. */
export function doseTab(
  state: DoseState,
  props: FormProps,
  sections: readonly View[],
  labelOf: (path: string) => string,
  onFile: (files: readonly OpenedFile[]) => void,
): View {
  const { language } = props;
  return h(
    "div",
    { class: "columns" },
    h("div", { class: "form" }, numberView(state, props, onFile), sections, sectionView(props, DOSE_SECTION)),
    h(
      "div",
      { class: "side" },
      h("p", { class: "unblinded" }, word(language, "page.unblinded")),
      state.prescription === undefined
        ? h("p", { class: "waiting" }, word(language, "result.waiting"))
        : prescriptionView(state.prescription, language),
      faultsView(language, state.issues, labelOf),
    ),
  );
}
