import type { Step } from "../../dose/index.js";
import type { UnitKind } from "../../quantity/index.js";
import { stepText, type Language } from "../../report/index.js";
import { word } from "../texts/words.js";
import { h, type View } from "./element.js";

/** Every step of a calculation with its numbers. */
export function stepsView(language: Language, steps: readonly Step[], unitKind: UnitKind): View {
  return h(
    "details",
    { class: "steps", open: true },
    h("summary", null, word(language, "result.steps")),
    h(
      "ol",
      null,
      steps
        .map((step) => stepText(language, step, unitKind))
        .map(({ title, worked, formula }) =>
          h(
            "li",
            null,
            h("b", null, title),
            h("span", { class: "formula" }, formula),
            h("span", { class: "worked" }, worked),
          ),
        ),
    ),
  );
}

/** A longer text would not be larger, but broken into lines. */
const LONGEST_LARGE = 12;

/** One number that the hands need: large, with its name above it. */
export const figure = (name: string, value: string, isMain = false): View =>
  h(
    "div",
    { class: isMain && value.length <= LONGEST_LARGE ? "figure main" : "figure" },
    h("span", { class: "name" }, name),
    h("b", null, value),
  );
