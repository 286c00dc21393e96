import type { Issue } from "../../foundation/index.js";
import { chineseIssueText, chineseOfLists } from "../../cli/index.js";
import { foundNumbers, type Language } from "../../report/index.js";

/** What a warning says in the language of the page, as the command says it. */
export const saidIssue =
  (language: Language) =>
  (issue: Issue): string => {
    const meaning = language === "zh" ? chineseOfLists(issue.code)?.[0] : undefined;
    return meaning === undefined
      ? issue.message
      : chineseIssueText(issue, meaning, (own) => foundNumbers(language, own));
  };
