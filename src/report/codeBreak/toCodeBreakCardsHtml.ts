import { fail } from "../../foundation/index.js";
import { h, type ReportElement } from "../page/element.js";
import { toHtmlPage } from "../page/htmlPage.js";
import { FONTS } from "../page/sheetStyle.js";
import { codeBreakWords, type SayOfCodeBreak } from "../texts/codeBreakTexts.js";
import type { Language } from "../texts/language.js";
import type { CodeBreakCard } from "./codeBreakCards.js";

/** Three panels of an A4 page: outside above, inside in the middle, cover below; the cover is folded up first. */
const CARD_CSS = `
@page{size:A4 portrait;margin:0}
*{box-sizing:border-box}
body{margin:0;color:#000;background:#fff;font-family:${FONTS};font-size:11pt}
.card{width:210mm;height:297mm;break-after:page;overflow:hidden}
.card:last-child{break-after:auto}
.panel{height:99mm;padding:5mm 14mm;overflow:hidden;position:relative}
.panel+.panel{border-top:.3mm dashed #000}
.fold{position:absolute;top:.6mm;right:14mm;font-size:7pt}
h1{font-size:15pt;line-height:1.1;margin:0 0 1.5mm}
dl{display:grid;grid-template-columns:48mm 1fr;gap:.5mm 3mm;margin:0}
dt{font-size:9pt}
dd{margin:0;font-weight:600;min-height:4.8mm;border-bottom:.2mm solid #000;overflow-wrap:anywhere}
ol{font-size:8pt;line-height:1.15;margin:1.5mm 0 0;padding-left:5mm}
.inside dl{margin-top:22mm}
.inside dd{font-size:14pt}
.cover{font-family:monospace;font-size:9pt;line-height:1;letter-spacing:-.5pt;word-break:break-all}
`;

/** Dense text against light, the same on every card: what is folded behind it cannot be read through the paper. */
const COVER = "HMWXB8%#RKE&QSN5A4G@Z".repeat(140);

/**
 * Code-break cards as one HTML document, one A4 page a card, to be printed, folded twice and closed. UNBLINDED.
 *
 * The lowest third is folded up over the treatment, then both over the lines to fill in, which stay outside.
 *
 * @param cards - from {@link unblindedCodeBreakCards}, in the same language
 * @throws AllocellError `report.cards_missing` if there is none; `report.language_unknown`
 */
export function toCodeBreakCardsHtml(cards: Iterable<CodeBreakCard>, language: Language = "en"): string {
  const say = codeBreakWords(language);
  const pages = Array.from(cards, (card) => cardPage(card, say));
  if (pages.length === 0) return fail("report.cards_missing", "cards", "There is no card to print.");
  return toHtmlPage(language, say("card.document"), CARD_CSS, pages);
}

function cardPage(card: CodeBreakCard, say: SayOfCodeBreak): ReportElement {
  return h(
    "section",
    { class: "card" },
    h(
      "div",
      { class: "panel" },
      h("h1", null, card.title),
      fields(card.outside),
      h(
        "ol",
        null,
        card.instructions.map((text) => h("li", null, text)),
      ),
    ),
    h("div", { class: "panel inside" }, h("span", { class: "fold" }, say("card.secondFold")), fields(card.inside)),
    h(
      "div",
      { class: "panel" },
      h("span", { class: "fold" }, say("card.firstFold")),
      h("p", { class: "cover" }, COVER),
    ),
  );
}

function fields(lines: CodeBreakCard["outside"]): ReportElement {
  return h(
    "dl",
    null,
    lines.flatMap(({ label, text }) => [h("dt", null, label), h("dd", null, text ?? "")]),
  );
}
