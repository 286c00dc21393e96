import type { Issue } from "../../foundation/index.js";
import { dataText } from "./dataText.js";

/** Words that no value has: what was found or expected is then an English phrase, and stands in the message alone. */
const PHRASE = /[A-Za-z]{3,} [A-Za-z]{2,}/u;

/** What was found and what was expected, one at a time. */
type Found = Pick<Issue, "received" | "expected">;

/**
 * A warning or a fault in one Chinese sentence: what its code means, with what was found and expected, or with its data.
 *
 * @param foundIn - how found and expected values are said in Chinese
 */
export function chineseIssueText(
  { received, expected, ...issue }: Issue,
  meaning: string,
  foundIn: (issue: Issue) => string,
): string {
  const values: readonly Found[] = [
    received === undefined ? {} : { received },
    expected === undefined ? {} : { expected },
  ];
  const said = values
    .map((value) => foundIn({ ...issue, ...value }))
    .filter((text) => text !== "" && !PHRASE.test(text))
    .join("；");
  const found = said === "" ? dataText(issue) : said;
  const sentence = meaning.replace(/^警示：/u, "");
  return found === "" ? sentence : `${sentence.replace(/。$/u, "")}（${found}）。`;
}
