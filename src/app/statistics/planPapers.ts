import { writtenFinding, type Finding } from "../../audit/index.js";
import { auditInChinese, chineseOfLists, type LocatedIssue } from "../../cli/index.js";
import type { Language } from "../../report/index.js";
import { word, type WordKey } from "../texts/words.js";
import { button, h, table, type View } from "../view/element.js";
import { saveFile } from "../view/files.js";

/** What the command `audit` says of a plan. */
export interface Audited {
  readonly findings: readonly Finding[];
}

/** The documents of a plan that `describe` writes, with those for whom they are. */
const DOCUMENTS = ["protocol", "specification", "spirit"] as const;
export type PlanDocument = (typeof DOCUMENTS)[number];

/** What was asked of the plan beside its list; gone when the plan changes. */
export interface PlanPapers {
  readonly audit?: Audited;
  readonly document?: { readonly name: PlanDocument; readonly lang: Language; readonly markdown: string };
  readonly issues: readonly LocatedIssue[];
}

export interface PaperActs {
  readonly onAudit: () => void;
  readonly onDocument: (name: PlanDocument) => void;
}

const IN_CHINESE = auditInChinese((code) => chineseOfLists(code)?.[0] ?? "");

function auditView({ findings }: Audited, language: Language): View {
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": word(language, "audit.title") },
    table(
      ["", word(language, "audit.rule"), word(language, "audit.evidence")],
      findings.map((finding) => {
        const { rule, title, verdict, evidence, path } = writtenFinding(
          finding,
          language === "zh" ? IN_CHINESE : undefined,
        );
        return h(
          "tr",
          { class: verdict === "fail" ? "wrong" : "" },
          h("th", { scope: "row" }, String(rule)),
          h("td", null, title),
          h(
            "td",
            null,
            h("b", null, word(language, `audit.${verdict}`)),
            ` ${path === undefined ? "" : `${path}: `}${evidence}`,
          ),
        );
      }),
      h("caption", null, word(language, "audit.title")),
    ),
  );
}

function documentView(
  { name, lang, markdown }: NonNullable<PlanPapers["document"]>,
  list: string,
  language: Language,
): View {
  const isConfidential = name === "specification";
  return h(
    "section",
    null,
    isConfidential ? h("p", { class: "unblinded" }, word(language, "page.unblinded")) : null,
    h("pre", { class: "yaml document", lang, tabindex: 0 }, markdown),
    button(word(language, "act.save"), () => {
      saveFile(`${list}.${isConfidential ? "UNBLINDED." : ""}${name}.md`, markdown, "text/markdown");
    }),
  );
}

/** Audit of the plan, its protocol text, its confidential specification and the items that SPIRIT asks for. */
export function papersView(papers: PlanPapers, list: string, language: Language, acts: PaperActs): View {
  return h(
    "section",
    { class: "result" },
    h(
      "p",
      { class: "bar" },
      button(word(language, "audit.run"), acts.onAudit),
      DOCUMENTS.map((name) =>
        button(word(language, `plan.${name}` as WordKey), () => {
          acts.onDocument(name);
        }),
      ),
    ),
    papers.audit === undefined ? null : auditView(papers.audit, language),
    papers.document === undefined ? null : documentView(papers.document, list, language),
  );
}
