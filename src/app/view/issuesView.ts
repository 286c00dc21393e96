import type { LocatedIssue } from "../../cli/index.js";
import type { Language } from "../../report/index.js";
import { word } from "../texts/words.js";
import { chineseView, type ChineseOf } from "./chineseView.js";
import { h, type View } from "./element.js";
import { faultMessage } from "./faultMessage.js";
import { idOf, isMissing } from "./formView.js";

/** The most lines of what is missing. */
const MOST = 8;

const toField = (path: string) => (event: Event) => {
  const field = document.getElementById(idOf(path));
  if (field === null) return;
  event.preventDefault();
  field.closest("details")?.setAttribute("open", "");
  field.focus();
};

/** What is wrong, each with a way to its field; what is only missing apart from it and without alarm. */
export function issuesView(
  language: Language,
  issues: readonly LocatedIssue[],
  labelOf: (path: string) => string,
  chineseOf?: ChineseOf,
): View {
  const missing = issues.filter(isMissing);
  const wrong = issues.filter((issue) => !isMissing(issue));
  const link = (issue: LocatedIssue, text: string): View =>
    h("a", { href: `#${idOf(issue.path)}`, onClick: toField(issue.path) }, text);
  return h(
    "div",
    { class: "issues", "aria-live": "polite" },
    wrong.length === 0
      ? null
      : h(
          "div",
          { class: "wrong" },
          h("h3", null, word(language, "fault.title")),
          h(
            "ul",
            null,
            wrong.map((issue) =>
              h(
                "li",
                null,
                issue.path === "" ? null : link(issue, labelOf(issue.path)),
                chineseView(language, issue.code, chineseOf),
                h("span", { lang: "en" }, ` ${faultMessage(issue, labelOf(issue.path))}`),
                issue.expected === undefined || issue.message.includes(issue.expected)
                  ? null
                  : h("span", { lang: "en" }, ` ${word(language, "fault.right")}: ${issue.expected}`),
                h("code", null, issue.code),
              ),
            ),
          ),
        ),
    missing.length === 0
      ? null
      : h(
          "div",
          { class: "missing" },
          h("h3", null, word(language, "needed.title")),
          h(
            "ul",
            null,
            missing.slice(0, MOST).map((issue) => h("li", null, link(issue, labelOf(issue.path)))),
            missing.length > MOST ? h("li", null, `+ ${missing.length - MOST} ${word(language, "needed.more")}`) : null,
          ),
        ),
  );
}
