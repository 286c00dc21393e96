import type { Guesser, Suggestion } from "../../assessment/index.js";
import { recommendation, suggestionName, suggestionReasons, suggestionTable } from "../../report/index.js";
import { wrappedTable } from "../reportTableText.js";
import { countIn, sayIn, wrapIn, type Texts } from "./say.js";
import type { Speech } from "./speech.js";

const TEXTS = {
  none: { en: "No design does what is asked; about the first ones:", zh: "没有设计满足要求；名次在前者的情况：" },
  forProtocol: { en: "For the protocol:", zh: "可写入试验方案：" },
  forSpecification: {
    en: "For the confidential specification, never for anybody who enrols:",
    zh: "可写入保密的随机化方案，绝不提供给入组受试者的人员：",
  },
  design: { en: "{rank}. {name}", zh: "{rank}. {name}" },
  masked: {
    en: 'The masking of part "{part}" of {trial} is {masking}: a guesser is taken to know {knows}. --guesser overrides that.',
    zh: "{trial} 的 {part} 部分的设盲为{masking}：假定猜测者知道{knows}；可用 --guesser 另行指定。",
  },
  overridden: {
    en: 'The masking of part "{part}" of {trial} is {masking}; as --guesser says, a guesser is taken to know {knows}.',
    zh: "{trial} 的 {part} 部分的设盲为{masking}；按 --guesser 的指定，假定猜测者知道{knows}。",
  },
  roles: { en: " ({who})", zh: "（{who}）" },
  everything: { en: "all earlier allocations", zh: "此前的全部分配" },
  "own-centre": { en: "the earlier allocations of his own centre", zh: "本中心此前的分配" },
  nothing: { en: "no allocation", zh: "零项分配" },
  unblinded: {
    en: "DESIGNS FOR A PLAN (UNBLINDED: it names block sizes and parameters of the plan's design)",
    zh: "方案的候选设计（非盲：列出了计划中设计的区组长度和参数）",
  },
  planned: { en: "The design of the plan: {rank}. {name}.", zh: "计划中的设计：{rank}. {name}。" },
  wrote: { en: "Written: {files}.", zh: "已写入：{files}。" },
  compared: { en: "{designs} compared.", zh: "共比较 {designs}。" },
} as const satisfies Texts;

const LEVELS_ZH: Readonly<Record<string, string>> = {
  none: "开放",
  single: "单盲",
  double: "双盲",
  triple: "三盲",
  quadruple: "四盲",
};

/** What a guesser is taken to know, and where that comes from. */
export interface ChosenGuesser {
  readonly knows: Guesser;
  readonly from: "option" | "masking" | "default";
  /** The trial's part whose masking was read, also where the option overrides it. */
  readonly trial?: string;
  readonly part?: string;
  readonly masking?: { readonly level: string; readonly who?: readonly string[] };
}

export interface SuggestAnswer {
  readonly suggestions: readonly Suggestion[];
  /** Whether a plan was given: what it holds is named. */
  readonly isOfPlan: boolean;
  /** Its design. */
  readonly against?: Suggestion | undefined;
  readonly guesser: ChosenGuesser;
  readonly fixedSizes: boolean;
  /** How many designs have their reasons shown. */
  readonly top: number;
  /** Figures that were written. */
  readonly files: readonly string[];
}

/** Designs by rank with their reasons, and the sentences to be quoted. */
export function suggestText(
  { suggestions, isOfPlan, against, guesser, fixedSizes, top, files }: SuggestAnswer,
  speech: Speech,
): string {
  const { language, issue } = speech;
  const say = sayIn(TEXTS, language);
  const wrap = wrapIn(language);
  const chosen = recommendation(suggestions, {
    fixedSizes,
    language,
    issueText: (own) => issue(own),
    ...(against === undefined ? {} : { against }),
  });
  const bullets = (lines: readonly string[]): readonly string[] => lines.flatMap((line) => wrap(line, "  - ", 100));
  const quoted = (title: string, text: string): readonly string[] => [title, ...wrap(text, "  ", 100), ""];
  const others = suggestions.slice(0, top).filter(({ rank }) => chosen?.design.rank !== rank);
  return [
    ...(isOfPlan ? [say("unblinded"), ""] : []),
    wrappedTable(suggestionTable(suggestions, language), wrap),
    ...(guesser.masking === undefined ? [] : [...wrap(guesserText(guesser, language), "", 100), ""]),
    ...(chosen === undefined
      ? [say("none"), ""]
      : [
          chosen.headline,
          ...bullets(chosen.reasons),
          "",
          ...quoted(say("forProtocol"), chosen.forProtocol),
          ...quoted(say("forSpecification"), chosen.forSpecification),
        ]),
    ...others.flatMap((own) => [
      say("design", { rank: own.rank, name: suggestionName(own, language) }),
      ...bullets(suggestionReasons(own, language, (warning) => issue(warning))),
      "",
    ]),
    ...(against === undefined ? [] : [say("planned", { rank: against.rank, name: suggestionName(against, language) })]),
    ...(files.length === 0 ? [] : [say("wrote", { files: files.join(", ") })]),
    say("compared", { designs: countIn(language, suggestions.length, "design", "种设计") }),
    "",
  ].join("\n");
}

function guesserText(
  { knows, from, trial = "", part = "", masking }: ChosenGuesser,
  language: Speech["language"],
): string {
  const say = sayIn(TEXTS, language);
  const roles = masking?.who === undefined ? "" : say("roles", { who: masking.who.join(", ") });
  const level = language === "en" ? (masking?.level ?? "") : (LEVELS_ZH[masking?.level ?? ""] ?? "");
  return say(from === "option" ? "overridden" : "masked", {
    part,
    trial,
    masking: `${level}${language === "en" ? roles : ""}`,
    knows: say(knows),
  });
}
