import { word } from "../texts/words.js";
import { button, h, table, type View } from "../view/element.js";
import { field, type Section } from "../../cli/index.js";
import { sectionView, type FormProps } from "../view/formView.js";
import { faultsView } from "./faultsView.js";
import { designPlots, figuresView } from "./designFigures.js";
import type { DesignState, Suggested } from "./state.js";
import type { Task } from "./tasks.js";

export const DESIGN_SECTION: Section = {
  id: "design",
  title: { en: "The trial's frame", zh: "试验概况" },
  fields: [
    field("--n", "text", "Participants", "受试者人数"),
    field("--ratio", "text", "Ratio, such as 2:1", "分配比例，如 2:1"),
    field("--strata", "text", "Strata besides sites", "分层数（中心除外）"),
    field("--sites", "text", "Sites, if stratified by them", "中心数（按中心分层时）"),
    field("--factors", "texts", "Levels of each factor, in place of strata", "各因素的水平数（代替分层数）"),
    field("--shares", "texts", "Expected shares of the lists", "各分配表预期入组比例"),
    field("--guesser", "choice", "What masking leaves to a guesser", "设盲下猜测者所知", {
      choices: ["everything", "own-centre", "nothing"],
    }),
    field("--limit-forced", "text", "Most rows that may be certain (of 1)", "确定性分配的最高比例（以 1 计）"),
    field("--limit-imbalance", "text", "Largest expected imbalance", "预期最大不均衡"),
    field("--limit-pooled", "text", "Largest deviation of a group's size", "一组例数的最大标准差"),
    field("--limit-predictability", "text", "Most that the guesser may get (of 1)", "猜测者猜中的最高比例（以 1 计）"),
  ],
};

const OPTIONS: Readonly<Record<string, string>> = {
  "--n": "n",
  "--ratio": "ratio",
  "--strata": "strata",
  "--factors": "factors",
  "--sites": "sites",
  "--shares": "shares",
  "--guesser": "guesser",
  "--limit-forced": "limitForced",
  "--limit-imbalance": "limitImbalance",
  "--limit-pooled": "limitPooled",
  "--limit-predictability": "limitPredictability",
};

/** The command `suggest` with what the form says. */
export function designTask({ draft }: DesignState): Task {
  const given = Object.entries(OPTIONS).flatMap(([path, name]) => {
    const typed = (draft.texts.get(path) ?? "").trim();
    return typed === "" ? [] : [[name, typed] as const];
  });
  const options = { n: "", ratio: "", candidate: [], weight: [], top: "3", ...Object.fromEntries(given) };
  return { command: "suggest", word: "", options, files: {} };
}

const percent = (share: number | undefined): string => (share === undefined ? "—" : `${(100 * share).toFixed(1)} %`);

/** The design whose figures are shown: the one that was chosen, or else the recommended one, or the first. */
const shownOf = ({ answer, shown }: DesignState): Suggested["suggestions"][number] | undefined =>
  answer?.suggestions.find(({ rank }) => rank === (shown ?? answer.recommended)) ?? answer?.suggestions[0];

function tableView(
  state: DesignState,
  { suggestions, recommended }: Suggested,
  props: FormProps,
  acts: DesignActs,
): View {
  const { language } = props;
  const shown = shownOf(state);
  const columns = ["rank", "design", "within", "forced", "predictability", "imbalance", "method"] as const;
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": word(language, "tab.design") },
    table(
      [...columns.map((name) => word(language, `design.${name}`)), word(language, "design.figures")],
      suggestions.map((own) =>
        h(
          "tr",
          { key: String(own.rank), class: own.rank === recommended ? "chosen" : "" },
          h("td", null, String(own.rank)),
          h("th", { scope: "row", lang: "en" }, own.design),
          h("td", null, own.isWithinLimits ? "✓" : "–"),
          h("td", null, percent(own.deterministic?.value)),
          h("td", null, own.predictability.toFixed(3)),
          h("td", null, own.imbalance.toFixed(2)),
          h("td", null, word(language, own.method === "exact" ? "design.exact" : "design.simulated")),
          h(
            "td",
            null,
            // A whole trial has no figures of a list.
            own.of === "trial"
              ? null
              : button(
                  word(language, "design.show"),
                  () => {
                    acts.onShow(own.rank);
                  },
                  { "aria-pressed": own === shown, "aria-label": `${word(language, "design.show")}: ${own.design}` },
                ),
          ),
        ),
      ),
    ),
  );
}

const quoted = (title: string, sentence: string | undefined): View =>
  sentence === undefined ? null : h("p", { lang: "en" }, h("b", null, `${title}: `), sentence);

function answerView(state: DesignState, answer: Suggested, props: FormProps, acts: DesignActs): View {
  const { language } = props;
  const shown = shownOf(state);
  const chosen = answer.suggestions.find(({ rank }) => rank === answer.recommended);
  return h(
    "div",
    { class: "result" },
    h(
      "p",
      { class: chosen === undefined ? "state stop" : "state ready", lang: "en" },
      chosen === undefined
        ? word(language, "design.none")
        : `${word(language, "design.recommended")}: ${chosen.design}`,
    ),
    h(
      "ul",
      { lang: "en" },
      chosen?.reasons.map(({ text }) => h("li", null, text)),
    ),
    quoted(word(language, "plan.protocol"), answer.forProtocol),
    quoted(word(language, "plan.specification"), answer.forSpecification),
    tableView(state, answer, props, acts),
    shown === undefined ? null : figuresView(designPlots(answer, shown, language), language),
    button(word(language, "act.print"), () => {
      window.print();
    }),
  );
}

export interface DesignActs {
  readonly onRun: () => void;
  /** The figures of the design of a rank are wanted. */
  readonly onShow: (rank: number) => void;
}

/** Designs by rank beside the frame of the trial. */
export function designTab(state: DesignState, props: FormProps, running: View, acts: DesignActs): View {
  const { language } = props;
  return h(
    "div",
    null,
    h(
      "div",
      { class: "form" },
      sectionView(
        props,
        DESIGN_SECTION,
        h("p", { class: "bar" }, button(word(language, "design.run"), acts.onRun, { class: "main-act" })),
      ),
    ),
    running,
    faultsView(language, state.issues, (path) => path),
    state.answer === undefined ? null : answerView(state, state.answer, props, acts),
  );
}
