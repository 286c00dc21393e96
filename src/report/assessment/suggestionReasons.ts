import type { Criteria, Estimate, Suggestion, SuggestionReason } from "../../assessment/index.js";
import type { Issue } from "../../foundation/index.js";
import type { Language } from "../texts/language.js";
import { signsIn } from "../texts/signs.js";
import { suggestionWords } from "../texts/suggestionTexts.js";
import { estimateText, number, percent, percentText } from "./numbers.js";

/** How a warning is said in a language; its message is English. */
export type SaidIssue = (issue: Issue) => string;

type Words = ReturnType<typeof suggestionWords>;
type Reason<Code extends SuggestionReason["code"]> = Extract<SuggestionReason, { code: Code }>;

/**
 * The reasons of a suggestion in words, one a line, in its own order.
 *
 * @param issueText - how a warning is said; absent: its message, which is English
 * @throws AllocellError `report.language_unknown`
 */
export function suggestionReasons(
  { reasons, of }: Suggestion,
  language: Language = "en",
  issueText: SaidIssue = ({ message }) => message,
): readonly string[] {
  const say = suggestionWords(language);
  return reasons.map((reason) => {
    switch (reason.code) {
      case "deterministic":
        return deterministicText(reason, say, language);
      case "imbalance":
        return imbalanceText(reason, say);
      case "final":
        return say("reason.final", { final: size(reason.final), limit: limitText(reason.limit.toString(), say) });
      case "pooled":
        return pooledText(reason, of === "trial", say);
      case "margins":
        return say("reason.margins", { deviation: size(reason.deviation), complete: number(reason.complete, 2) });
      case "loss":
        return say("reason.loss", { overall: size(reason.overall), strata: size(reason.strata) });
      case "predictability":
        return predictabilityText(reason, say, language);
      case "score":
        return scoreText(reason, say, language);
      case "warning":
        return say("reason.warning", { message: issueText(reason.issue) });
    }
  });
}

const size = (estimate: Estimate): string => estimateText(estimate, 2);

const limitText = (limit: string | undefined, say: Words): string =>
  limit === undefined ? "" : say("reason.limit", { limit });

function deterministicText({ share, limit }: Reason<"deterministic">, say: Words, language: Language): string {
  const shown = percentText(share ?? { value: 0, standardError: 0 });
  return say("reason.deterministic", { share: signsIn(language, shown), limit: signsIn(language, percent(limit)) });
}

function imbalanceText({ rows, largest, limit, complete }: Reason<"imbalance">, say: Words): string {
  return say(rows === undefined ? "reason.stratum" : "reason.imbalance", {
    rows: String(rows),
    largest: size(largest),
    complete: size(complete),
    limit: limitText(limit?.toString(), say),
  });
}

function pooledText({ deviation, limit, lists, complete }: Reason<"pooled">, isTrial: boolean, say: Words): string {
  const counted = isTrial ? "reason.strata" : lists === 1 ? "reason.list" : "reason.lists";
  return say("reason.pooled", {
    deviation: size(deviation),
    lists: say(counted, { lists: String(lists) }),
    complete: number(complete, 2),
    limit: limitText(limit?.toString(), say),
  });
}

function predictabilityText(reason: Reason<"predictability">, say: Words, language: Language): string {
  const { best, guesser, share, limit } = reason;
  const shown = (own: Estimate): string => signsIn(language, percentText(own));
  return say("reason.predictability", {
    best: shown(best),
    own: guesser === "everything" ? "" : say(`reason.${guesser}`, { share: shown(share) }),
    limit: limitText(limit === undefined ? undefined : signsIn(language, percent(limit)), say),
  });
}

function scoreText({ score, criteria, weights }: Reason<"score">, say: Words, language: Language): string {
  const parts = (Object.keys(criteria) as (keyof Criteria)[]).map((name) =>
    say("reason.criterion", {
      name: say(`criterion.${name}`),
      value: number(criteria[name] ?? 0, 3),
      weight: String(weights[name] ?? 0),
    }),
  );
  return say("reason.score", { score: estimateText(score, 3), criteria: parts.join(language === "en" ? ", " : "、") });
}
