import type { Field, LocatedIssue, Section } from "../../cli/index.js";
import type { Language } from "../../report/index.js";
import { choiceText, unitText, word } from "../texts/words.js";
import { chineseView, type ChineseOf } from "./chineseView.js";
import { fieldsOf, hasOtherMark, isAsked, type DecimalMark, type Draft } from "./draft.js";
import { button, h, type View } from "./element.js";
import { faultMessage } from "./faultMessage.js";
import { understood } from "./understood.js";

/** What a form needs to show itself and to tell what was typed. */
export interface FormProps {
  readonly language: Language;
  readonly mark: DecimalMark;
  readonly draft: Draft;
  readonly issues: readonly LocatedIssue[];
  /** What is unusual and open, in words, by the path of its field. */
  readonly warnings?: readonly { readonly path: string; readonly text: string }[];
  /** Of a choice whose choices only the page knows, by the field's path. */
  readonly choices?: Readonly<Record<string, readonly string[]>>;
  /** How a choice is shown that the pages have no words for; absent: as it stands in the file. */
  readonly sayChoice?: (choice: string) => string;
  /** What an empty field stands for, by what the trial's answers say. */
  readonly standsFor?: (path: string) => string | undefined;
  /** What codes mean in Chinese, for the faults at their fields. */
  readonly chineseOf?: ChineseOf;
  readonly onType: (path: string, typed: string) => void;
  readonly onEntries: (path: string, count: number, removed?: number) => void;
}

/** A path as an id of the document. */
export const idOf = (path: string): string => `f-${path.replace(/"/gu, "").replace(/[^A-Za-z0-9]/gu, "-")}`;

const typedAt = ({ draft }: FormProps, path: string): string => draft.texts.get(path) ?? "";

/** A fault of what the field holds; that it is still empty is told in one place, beside the form. */
export const isMissing = ({ message, received }: LocatedIssue): boolean =>
  received === "nothing" || message.includes(" is missing");

function faultsOf(props: FormProps, own: Field): readonly LocatedIssue[] {
  const typed = typedAt(props, own.path);
  if (hasOtherMark(typed, own, props.mark)) {
    return [{ code: "page.decimal_mark", path: own.path, message: word(props.language, "fault.other-mark") }];
  }
  return props.issues.filter((issue) => issue.path === own.path && (typed !== "" || !isMissing(issue)));
}

/** A fault at its field: what is wrong, and what would be right. */
function faultView(props: FormProps, own: Field, fault: LocatedIssue): View {
  const typed = typedAt(props, own.path);
  const swapped = typed.includes(",") ? typed.replace(",", ".") : typed.replace(".", ",");
  const isMark = hasOtherMark(typed, own, props.mark) && /^\d+[.,]\d+$/u.test(typed);
  return h(
    "p",
    { class: "fault" },
    fault.code === "page.decimal_mark" ? null : chineseView(props.language, fault.code, props.chineseOf),
    faultMessage(fault, own.label[props.language]),
    fault.expected === undefined || fault.message.includes(fault.expected)
      ? null
      : ` ${word(props.language, "fault.right")}: ${fault.expected}`,
    isMark
      ? button(`${word(props.language, "field.write")} ${swapped}`, () => {
          props.onType(own.path, swapped);
        })
      : null,
  );
}

/** Nothing that a browser could fill in, count up with the wheel or send. */
const QUIET = { autocomplete: "off", autocorrect: "off", autocapitalize: "off", spellcheck: false };

function shownChoice({ language, sayChoice }: FormProps, choice: string): string {
  const own = choiceText(language, choice);
  return own === choice ? (sayChoice?.(choice) ?? choice) : own;
}

function control(props: FormProps, own: Field, attributes: object): View {
  const value = typedAt(props, own.path);
  const choices = own.kind === "yes-no" ? ["yes", "no"] : (own.choices ?? props.choices?.[own.path]);
  if (choices !== undefined) {
    const shown = value === "" || choices.includes(value) ? choices : [...choices, value];
    return h(
      "select",
      {
        ...attributes,
        value,
        onChange: (event: Event) => {
          props.onType(own.path, (event.currentTarget as HTMLSelectElement).value);
        },
      },
      h("option", { value: "" }, `— ${word(props.language, "field.choose")} —`),
      shown.map((choice) => h("option", { value: choice }, shownChoice(props, choice))),
    );
  }
  return h("input", {
    ...attributes,
    ...QUIET,
    type: "text",
    inputMode: own.kind === "amount" ? "decimal" : own.kind === "whole" ? "numeric" : "text",
    value,
    onInput: (event: Event) => {
      props.onType(own.path, (event.currentTarget as HTMLInputElement).value);
    },
  });
}

/** Under an empty field: what the trial says of it, or how it is written. */
function hintOf({ language, standsFor }: FormProps, { kind, path }: Field): string {
  const stated = standsFor?.(path);
  if (stated !== undefined) return `${word(language, "read.of-trial")} ${stated}`;
  if (kind === "date") return word(language, "read.date-form");
  return kind === "time" ? word(language, "read.time-form") : "";
}

/** One field: label, control, unit, what was understood, and its fault. */
export function fieldView(props: FormProps, own: Field): View {
  const { language } = props;
  const id = idOf(own.path);
  const faults = faultsOf(props, own);
  const warnings = (props.warnings ?? []).filter(({ path }) => path === own.path);
  const typed = typedAt(props, own.path);
  const read = faults.length === 0 && typed !== "" ? understood(own, typed, props.mark, language) : "";
  const hint = typed === "" ? hintOf(props, own) : "";
  const attributes = {
    id,
    "aria-invalid": faults.length > 0,
    "aria-describedby": `${id}-${faults.length === 0 ? "read" : "fault"}${warnings.length === 0 ? "" : ` ${id}-warning`}`,
  };
  return h(
    "div",
    { class: `field ${own.kind}`, key: own.path },
    h("label", { for: id }, own.label[language]),
    h(
      "div",
      { class: "control" },
      control(props, own, attributes),
      own.unit === undefined ? null : h("span", { class: "unit" }, unitText(language, own.unit)),
    ),
    h("p", { class: "read", id: `${id}-read` }, read === "" ? hint : `= ${read}`),
    faults.length === 0
      ? null
      : h(
          "div",
          { id: `${id}-fault` },
          faults.map((fault) => faultView(props, own, fault)),
        ),
    warnings.length === 0
      ? null
      : h(
          "div",
          { id: `${id}-warning` },
          warnings.map(({ text }) => h("p", { class: "unusual" }, text)),
        ),
  );
}

/** The fields that are always there, and behind them those that are seldom needed. */
function fieldGroup(props: FormProps, fields: readonly Field[]): readonly View[] {
  const shown = fields.filter((own) => isAsked(props.draft, own));
  const [usual, seldom] = [
    shown.filter((own) => own.isFurther !== true),
    shown.filter((own) => own.isFurther === true),
  ];
  const isOpen = seldom.some(({ path }) => typedAt(props, path) !== "");
  return [
    h(
      "div",
      { class: "fields" },
      usual.map((own) => fieldView(props, own)),
    ),
    seldom.length === 0
      ? null
      : h(
          "details",
          { class: "further", open: isOpen || undefined },
          h("summary", null, word(props.language, "act.further")),
          h(
            "div",
            { class: "fields" },
            seldom.map((own) => fieldView(props, own)),
          ),
        ),
  ];
}

function listView(props: FormProps, section: Section, list: NonNullable<Section["list"]>): readonly View[] {
  const { language, draft } = props;
  const count = draft.entries.get(list.path) ?? 0;
  const all = fieldsOf(section, draft);
  return [
    ...Array.from({ length: count }, (_, entry) =>
      h(
        "div",
        { class: "entry", key: `${list.path}.${entry}` },
        h("h4", null, `${list.one[language]} ${entry + 1}`),
        fieldGroup(
          props,
          all.filter((own) => own.entry === entry),
        ),
        button(`${word(language, "act.remove")} ${entry + 1}`, () => {
          props.onEntries(list.path, count - 1, entry);
        }),
      ),
    ),
    button(
      list.add[language],
      () => {
        props.onEntries(list.path, count + 1);
      },
      { id: idOf(list.path) },
    ),
  ];
}

/** One section of a form; one whose every field waits for another answer is left out. */
export function sectionView(props: FormProps, section: Section, more: View = null): View {
  const isOpen = section.list !== undefined && (props.draft.entries.get(section.list.path) ?? 0) > 0;
  if (!isOpen && !section.fields.some((own) => isAsked(props.draft, own))) return null;
  return h(
    "section",
    { class: "form-section", key: section.id, "aria-labelledby": `s-${section.id}` },
    h("h3", { id: `s-${section.id}` }, section.title[props.language]),
    section.list === undefined ? fieldGroup(props, section.fields) : listView(props, section, section.list),
    more,
  );
}
