import { latestStart, type Preparation, type PreparationWarning } from "../../dose/index.js";
import { countText, foundText, ofCounted, warningText, type Language } from "../../report/index.js";
import type { Issue } from "../../foundation/index.js";
import type { UnitKind } from "../../quantity/index.js";
import { word, type WordKey } from "../texts/words.js";
import { button, h, type View } from "../view/element.js";
import { figure, stepsView } from "../view/stepsView.js";
import { idOf } from "../view/formView.js";
import { overridePath } from "./overrides.js";

function containersText({ containers }: Preparation, language: Language): string {
  const of = word(language, "result.of-lot");
  return containers.map(({ containers: count, lot }) => `${count} × ${of} ${lot}`).join(", ");
}

/** The numbers that the hands need, in the order of the work. */
export function figuresView(preparation: Preparation, language: Language): View {
  const { target, delivered, infusion, stability, isPlacebo, unitKind } = preparation;
  const say = (key: WordKey): string => word(language, key);
  const startBy = latestStart(preparation);
  const shown: readonly (View | undefined)[] = [
    figure(say("result.target"), countText(language, target.amount)),
    isPlacebo ? undefined : figure(ofCounted(say("result.thaw"), unitKind), containersText(preparation, language)),
    isPlacebo ? undefined : figure(say("result.draw"), `${delivered.drawMl} mL`, true),
    figure(say("result.diluent"), `${infusion.diluentMl} mL`, true),
    figure(say("result.final"), `${infusion.finalVolumeMl} mL`),
    isPlacebo ? undefined : figure(say("result.delivered"), countText(language, delivered.amount)),
    isPlacebo ? undefined : figure(say("result.deviation"), `${delivered.roundingErrorPercent} %`),
    infusion.rateMlPerMin === undefined ? undefined : figure(say("result.rate"), `${infusion.rateMlPerMin} mL/min`),
    infusion.minutes === undefined ? undefined : figure(say("result.minutes"), `${infusion.minutes} min`),
    startBy === undefined ? undefined : figure(say("result.start-by"), startBy.replace("T", " ")),
    stability === undefined ? undefined : figure(say("result.end-by"), stability.expiresAt.replace("T", " ")),
  ];
  return h("div", { class: "figures" }, shown);
}

interface WarningProps {
  readonly language: Language;
  readonly typed: (path: string) => string;
  readonly onType: (path: string, text: string) => void;
}

function warningField(props: WarningProps, { code, path }: PreparationWarning, part: "reason" | "by"): View {
  const own = overridePath(code, path, part);
  const id = idOf(own);
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, word(props.language, part === "reason" ? "warning.reason" : "warning.by")),
    h("input", {
      id,
      type: "text",
      autocomplete: "off",
      value: props.typed(own),
      onInput: (event: Event) => {
        props.onType(own, (event.currentTarget as HTMLInputElement).value);
      },
    }),
  );
}

/** What a warning says: in English its message; in Chinese its text, with what was found and wanted. */
export const warningInWords = (language: Language, warning: Issue, unitKind: UnitKind | undefined): string =>
  language === "en"
    ? warning.message
    : `${warningText(language, warning.code, unitKind) ?? warning.message} ${foundText(language, warning)}`;

/** Each warning with what was found and wanted, and with the two fields by which a person accepts it. */
export function warningsView(props: WarningProps, { warnings, unitKind }: Preparation): View {
  const { language } = props;
  if (warnings.length === 0) return null;
  return h(
    "section",
    { class: "warnings", "aria-label": word(language, "warning.title") },
    h("h3", null, word(language, "warning.title")),
    warnings.map((warning) =>
      h(
        "div",
        {
          class: warning.override === undefined ? "warning" : "warning accepted",
          key: `${warning.code} ${warning.path}`,
        },
        h("p", null, warningText(language, warning.code, unitKind) ?? warning.message),
        h("p", { class: "found" }, language === "en" ? warning.message : foundText(language, warning)),
        h("code", null, warning.code),
        warningField(props, warning, "reason"),
        warningField(props, warning, "by"),
        warning.override === undefined ? null : h("p", { class: "ok" }, `✓ ${word(language, "warning.accepted")}`),
      ),
    ),
  );
}

/** The result while it is typed. */
export function resultView(
  preparation: Preparation,
  props: WarningProps,
  onPapers: () => void,
  hasDetails: boolean,
): View {
  const { language } = props;
  return h(
    "div",
    { class: "result" },
    h(
      "p",
      { class: preparation.isReady ? "state ready" : "state open" },
      word(language, preparation.isReady ? "result.ready" : "result.not-ready"),
    ),
    [preparation, ...(preparation.then ?? [])].map((one) => [
      one.component === undefined ? null : h("h3", null, `${one.component.number}. ${one.component.name}`),
      figuresView(one, language),
    ]),
    preparation.together === undefined
      ? null
      : figure(word(language, "result.total"), countText(language, preparation.together)),
    warningsView(props, preparation),
    hasDetails
      ? button(word(language, "document.title"), onPapers, { class: "main-act" })
      : h("p", { class: "note" }, word(language, "document.missing")),
    [preparation, ...(preparation.then ?? [])].map((one) => stepsView(language, one.steps, one.unitKind)),
  );
}
