import { SIGNS } from "../texts/signs.js";
import { digestOf } from "../../foundation/index.js";
import { VERSION } from "../../version.js";
import { h, section, signature, type ReportElement } from "../page/element.js";
import { say } from "../texts/catalogue.js";
import { isBlinded } from "./blindedPreparation.js";
import { calculation } from "./calculationTable.js";
import { identification } from "./identification.js";
import { ofProduct } from "./ofProduct.js";
import { lotsInUse } from "./lotsInUse.js";
import { toPrepare } from "./toPrepare.js";
import { toWriteIn } from "./toWriteIn.js";
import { assumptions, warningsTable } from "./warningsAndAssumptions.js";
import { weightAndDose } from "./weightAndDose.js";
import type { WorksheetProps } from "./worksheetProps.js";

/**
 * SHA-256 of the order as it was read and of what else was stated for the documents: equal inputs, equal hash. It depends
 * on the arm.
 */
export const inputsSha256 = ({ preparation: { order }, details }: Omit<WorksheetProps, "language">): string =>
  digestOf({ order, document: details });

function signatures({ language }: WorksheetProps): ReportElement {
  return section(
    language,
    "section.signatures",
    h(
      "div",
      { class: "signatures" },
      signature(language, "sign.preparer"),
      signature(language, "sign.checker", "sign.checkerNote"),
      signature(language, "sign.releaser"),
    ),
  );
}

/**
 * The unblinded worksheet of one administration, for a printed sheet and for a page.
 *
 * @throws AllocellError `report.expiry_differs`, `calendar.date_invalid`, `calendar.no_such_day`
 */
export function Worksheet(props: WorksheetProps): ReportElement {
  const { preparation, language } = props;
  const colon = SIGNS[language].colon;
  const isOfTrial = isBlinded(preparation);
  return h(
    "main",
    { class: "sheet" },
    h(
      "header",
      null,
      h(
        "h1",
        null,
        say(language, "worksheet.title"),
        isOfTrial ? h("small", null, say(language, "worksheet.unblindedNote")) : null,
      ),
      h("div", { class: "mark" }, say(language, preparation.isReady ? "worksheet.ready" : "worksheet.notReady")),
      isOfTrial ? h("div", { class: "mark" }, say(language, "worksheet.unblinded")) : null,
    ),
    identification(props),
    weightAndDose(props),
    toPrepare(props),
    lotsInUse(props),
    // On the page of the result that they sign, whatever follows.
    h("div", { class: "together" }, toWriteIn(props), signatures(props)),
    calculation(props),
    warningsTable(props),
    assumptions(props),
    ofProduct(props),
    h(
      "footer",
      null,
      h("span", null, `${say(language, "footer.program")}${colon}allocell ${VERSION}`),
      h("span", { class: "hash" }, `${say(language, "footer.inputs")}${colon}${inputsSha256(props)}`),
    ),
  );
}
