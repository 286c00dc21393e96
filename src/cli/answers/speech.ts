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

/** Words that no value has: what was found or expected is then an English phrase, and stands in the message alone. */
const PHRASE = /[A-Za-z]{3,} [A-Za-z]{2,}/u;

/** What was found and expected, as far as it is said in Chinese. */
function chineseFound({ received, expected, ...issue }: Issue): string {
  return [received === undefined ? {} : { received }, expected === undefined ? {} : { expected }]
    .map((value) => foundText("zh", { ...issue, ...value }))
    .filter((text) => text !== "" && !PHRASE.test(text))
    .join("；");
}

/** How this run answers. The Chinese of the codes is loaded for those alone who read it. */
export async function speechOf({ language }: Pick<Io, "language">): Promise<Speech> {
  if (language !== "zh") return ENGLISH;
  const { ERROR_CODES_ZH } = await import("../chinese/codes/index.js");
  const { dataText } = await import("../chinese/dataText.js");
  return {
    language,
    remedy: ({ code }) => ERROR_CODES_ZH[code][1],
    issue: (issue, counts) => {
      const meaning = warningText("zh", issue.code, counts) ?? ERROR_CODES_ZH[issue.code][0].replace(/^警示：/u, "");
      const found = [chineseFound(issue), dataText(issue)].find((text) => text !== "") ?? "";
      return found === "" ? meaning : `${meaning.replace(/。$/u, "")}（${found}）。`;
    },
  };
}
