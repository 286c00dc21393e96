import type { Issue } from "../../foundation/index.js";
import type { UnitKind } from "../../quantity/index.js";
import { foundText, warningText, type Language } from "../../report/index.js";
import type { Io } from "../io.js";

/** How an answer is said: its language, and what a warning or a fault says in it. */
export interface Speech {
  readonly language: Language;
  /** In English the message; in Chinese what the code means, with what was found and expected, or with its data. */
  readonly issue: (issue: Issue, counts?: UnitKind) => string;
  /** What would be better: in English what was expected; in Chinese the remedy of the code. */
  readonly remedy: (issue: Issue) => string | undefined;
}

const ENGLISH: Speech = { language: "en", issue: ({ message }) => message, remedy: ({ expected }) => expected };

/** How this run answers. The Chinese of the codes is loaded for those alone who read it. */
export async function speechOf({ language }: Pick<Io, "language">): Promise<Speech> {
  if (language !== "zh") return ENGLISH;
  const { ERROR_CODES_ZH } = await import("../chinese/codes/index.js");
  const { chineseIssueText } = await import("../chinese/issueText.js");
  return {
    language,
    remedy: ({ code }) => ERROR_CODES_ZH[code][1],
    issue: (issue, counts) =>
      chineseIssueText(issue, warningText("zh", issue.code, counts) ?? ERROR_CODES_ZH[issue.code][0], (own) =>
        foundText("zh", own),
      ),
  };
}
