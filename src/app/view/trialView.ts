import { pathTo } from "../../foundation/index.js";
import type { Language } from "../../report/index.js";
import type { AssumptionUse, Trial } from "../../trial/index.js";
import { openAssumptions } from "../../trial/index.js";
import { TRIALS } from "../../trials/index.js";
import { questionLabel } from "../texts/questions.js";
import { word } from "../texts/words.js";
import type { Baked } from "./baked.js";
import { h, type View } from "./element.js";
import { field } from "../../cli/index.js";
import { fieldView, idOf, type FormProps } from "./formView.js";

const TRIAL = field("trial", "choice", "Trial", "试验");
const PART = field("part", "choice", "Part", "试验部分");
const ARM = field("arm", "choice", "Arm", "组别");

/** Trial, part and arm. Nothing is chosen beforehand but the trial that the page is for. */
export function trialSection(props: FormProps, trial: Trial | undefined, baked: Baked, withArm = true): View {
  const { language } = props;
  const own = baked.trialFile?.name;
  const part = trial?.parts.find(({ id }) => id === props.draft.texts.get("part"));
  const choices = {
    trial: [...(own === undefined ? [] : [own]), ...TRIALS.map(({ id }) => id)],
    part: trial?.parts.map(({ id }) => id) ?? [],
    arm: part?.arms ?? trial?.arms.map(({ id }) => id) ?? [],
  };
  const form = { ...props, choices };
  return h(
    "section",
    { class: "form-section", key: "trial", "aria-labelledby": "s-trial" },
    h("h3", { id: "s-trial" }, word(language, "section.trial")),
    h(
      "div",
      { class: "fields" },
      (withArm ? [TRIAL, PART, ARM] : [TRIAL, PART]).map((each) => fieldView(form, each)),
    ),
    trial === undefined ? null : h("p", { class: "note" }, trial.title),
  );
}

/** The questions that the trial's sources leave open, for what is done here; an answer of the page stands as it is. */
export function answersSection(
  props: FormProps,
  trial: Trial | undefined,
  uses: readonly AssumptionUse[],
  stated: ReadonlySet<string>,
  onAnswer: (key: string, answer: string) => void,
  onReason?: (key: string, reason: string) => void,
): View {
  const { language, draft } = props;
  const [arm, part] = [draft.texts.get("arm") ?? "", draft.texts.get("part") ?? ""];
  const meets = (own: readonly string[] | undefined, name: string): boolean =>
    own === undefined || name === "" || own.includes(name);
  const asked = (trial === undefined ? [] : openAssumptions(trial)).filter(
    ({ key, neededFor, arms, parts, answeredBy }) =>
      answeredBy === undefined &&
      !stated.has(key) &&
      neededFor.some((use) => uses.includes(use)) &&
      meets(arms, arm) &&
      meets(parts, part),
  );
  if (asked.length === 0) return null;
  return h(
    "section",
    { class: "form-section", key: "answers", "aria-labelledby": "s-answers" },
    h("h3", { id: "s-answers" }, word(language, "section.answers")),
    h(
      "div",
      { class: "fields wide" },
      asked.map(({ key, question }) => answerField(props, key, question, onAnswer, onReason)),
    ),
  );
}

function answerField(
  { language, draft, issues }: FormProps,
  key: string,
  question: string,
  onAnswer: (key: string, answer: string) => void,
  onReason: ((key: string, reason: string) => void) | undefined,
): View {
  const path = pathTo("assumptions", key);
  const id = idOf(path);
  const answer = draft.answers.get(key) ?? "";
  const fault = answer === "" ? undefined : issues.find((issue) => issue.path === path);
  return h(
    "div",
    { class: "field answer", key: path },
    h("label", { for: id }, questionLabel(language, key)),
    h("p", { class: "question", id: `${id}-read`, lang: "en" }, question),
    h(
      "div",
      { class: "control" },
      h("input", {
        id,
        type: "text",
        autocomplete: "off",
        spellcheck: false,
        value: answer,
        "aria-invalid": fault !== undefined,
        "aria-describedby": fault === undefined ? `${id}-read` : `${id}-fault`,
        onInput: (event: Event) => {
          onAnswer(key, (event.currentTarget as HTMLInputElement).value);
        },
      }),
    ),
    fault === undefined
      ? null
      : h(
          "p",
          { class: "fault", id: `${id}-fault` },
          fault.message,
          fault.expected === undefined ? "" : ` ${fault.expected}`,
        ),
    answer === "" || onReason === undefined
      ? null
      : reasonView(language, id, draft.reasons.get(key) ?? "", (reason) => {
          onReason(key, reason);
        }),
  );
}

/** Why the question is answered so: printed with the answer. */
const reasonView = (language: Language, id: string, reason: string, onReason: (reason: string) => void): View => [
  h("label", { for: `${id}-reason`, class: "reason" }, word(language, "field.reason")),
  h("input", {
    id: `${id}-reason`,
    type: "text",
    autocomplete: "off",
    spellcheck: false,
    value: reason,
    onInput: (event: Event) => {
      onReason((event.currentTarget as HTMLInputElement).value);
    },
  }),
];
