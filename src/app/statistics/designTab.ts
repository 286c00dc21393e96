import { recommendation, suggestionTable, type Language } from "../../report/index.js";
import { word } from "../texts/words.js";
import { button, h, table, type View } from "../view/element.js";
import { field, type Section } from "../../cli/index.js";
import { sectionView, type FormProps } from "../view/formView.js";
import { faultsView } from "./faultsView.js";
import { saidIssue } from "./saidIssue.js";
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
    field("--shares", "texts", "Expected shares or rates of the lists", "各分配表预期入组比例或速度"),
    field("--guesser", "choice", "What masking leaves to a guesser", "设盲下猜测者所知", {
      choices: ["everything", "own-centre", "nothing"],
    }),
    field(
      "--fixed-sizes",
      "yes-no",
      "Must groups end within one of their share?",
      "期末各组例数须与应有例数相差不超过 1 例？",
    ),
    field("--limit-forced", "text", "Most rows that may be certain (of 1)", "确定性分配的最高比例（以 1 计）"),
    field("--limit-imbalance", "text", "Largest expected imbalance", "预期最大不均衡"),
    field("--limit-final", "text", "Largest expected imbalance at the end", "预期期末最大不均衡"),
    field("--limit-pooled", "text", "Largest deviation of a group's size", "一组例数的最大标准差"),
    field("--limit-predictability", "text", "Most that the guesser may get (of 1)", "猜测者猜中的最高比例（以 1 计）"),
    field(
      "--late",
      "text",
      "Sites that open after so many participants, such as 2=30",
      "入组若干例后才启动的中心，如 2=30",
    ),
    field("--most-per-centre", "text", "Most participants of one site", "每个中心的最多例数"),
    field("--dropout", "text", "Share that drops out before randomization (of 1)", "随机化前退出的比例（以 1 计）"),
  ],
};

const OPTIONS: Readonly<Record<string, string>> = {
  "--n": "n",
  "--ratio": "ratio",
  "--strata": "strata",
  "--factors": "factors",
  "--sites": "sites",
  "--shares": "shares",
  "--late": "late",
  "--most-per-centre": "mostPerCentre",
  "--dropout": "dropout",
  "--guesser": "guesser",
  "--limit-forced": "limitForced",
  "--limit-imbalance": "limitImbalance",
  "--limit-final": "limitFinal",
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

type Own = Suggested["suggestions"][number];

/** The design whose figures are shown: the one that was chosen, or else the recommended one, or the first. */
const shownOf = ({ shown }: DesignState, suggestions: readonly Own[], recommended: Own | undefined): Own | undefined =>
  (shown === undefined ? recommended : suggestions.find(({ rank }) => rank === shown)) ?? suggestions[0];

interface Ranking {
  readonly suggestions: readonly Own[];
  readonly recommended: Own | undefined;
  readonly shown: Own | undefined;
}

/** The table of the command, and behind each design a button that shows its figures. */
function tableView({ suggestions, recommended, shown }: Ranking, language: Language, acts: DesignActs): View {
  const { columns, rows, note } = suggestionTable(suggestions, language);
  const label = word(language, "design.show");
  const show = (own: Own, name: string): View =>
    button(
      label,
      () => {
        acts.onShow(own.rank);
      },
      { "aria-pressed": own === shown, "aria-label": `${label}: ${name}` },
    );
  const row = (own: Own, [rank, name = "", ...cells]: readonly string[]): View =>
    h(
      "tr",
      { key: rank, class: own === recommended ? "chosen" : "" },
      h("td", null, rank),
      h("th", { scope: "row" }, name),
      cells.map((cell) => h("td", null, cell)),
      // A whole trial has no figures of a list.
      h("td", null, own.of === "trial" ? null : show(own, name)),
    );
  return [
    h(
      "div",
      { class: "wide-table ranking", tabindex: 0, role: "region", "aria-label": word(language, "tab.design") },
      table(
        [...columns, word(language, "design.figures")],
        suggestions.map((own, i) => row(own, rows[i] ?? [])),
      ),
    ),
    h("p", { class: "note" }, note),
  ];
}

const quoted = (title: string, sentence: string): View => h("p", null, h("b", null, `${title}: `), sentence);

function answerView(state: DesignState, { suggestions }: Suggested, language: Language, acts: DesignActs): View {
  const fixedSizes = state.draft.texts.get("--fixed-sizes") === "yes";
  const chosen = recommendation(suggestions, { fixedSizes, language, issueText: saidIssue(language) });
  const recommended = chosen?.design;
  const shown = shownOf(state, suggestions, recommended);
  return h(
    "div",
    { class: "result" },
    h(
      "p",
      { class: chosen === undefined ? "state stop" : "state ready" },
      chosen === undefined ? word(language, "design.none") : chosen.headline,
    ),
    h(
      "ul",
      null,
      chosen?.reasons.map((reason) => h("li", null, reason)),
    ),
    chosen === undefined
      ? null
      : [
          quoted(word(language, "plan.protocol"), chosen.forProtocol),
          quoted(word(language, "plan.specification"), chosen.forSpecification),
        ],
    tableView({ suggestions, recommended, shown }, language, acts),
    shown === undefined ? null : figuresView(designPlots(suggestions, shown, language), language),
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
    state.answer === undefined ? null : answerView(state, state.answer, language, acts),
  );
}
