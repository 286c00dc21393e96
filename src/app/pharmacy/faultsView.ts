import { chineseOfDosing, type LocatedIssue } from "../../cli/index.js";
import type { Language } from "../../report/index.js";
import type { View } from "../view/element.js";
import { issuesView } from "../view/issuesView.js";

/** What is wrong and what is missing, with the codes of the pharmacy in Chinese. */
export const faultsView = (
  language: Language,
  issues: readonly LocatedIssue[],
  labelOf: (path: string) => string,
): View => issuesView(language, issues, labelOf, chineseOfDosing);
