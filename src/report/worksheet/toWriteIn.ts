import { blank, field, h, section, type ReportElement } from "../page/element.js";
import type { TextKey } from "../texts/catalogue.js";
import type { WorksheetProps } from "./worksheetProps.js";

/** What is written in by hand while the bag is prepared. */
export function toWriteIn({ preparation, language, details }: WorksheetProps): ReportElement {
  const { diluent, receipt, comments } = details;
  const { isPlacebo, unitKind } = preparation;
  const given = (name: TextKey, value: string | undefined, width = ""): ReportElement =>
    value === undefined ? blank(language, name, width) : field(language, name, value, width);
  return section(
    language,
    "section.record",
    h(
      "div",
      { class: "grid" },
      ...(isPlacebo
        ? []
        : [
            given("blank.maker", receipt?.maker, "wide"),
            ...(receipt?.donationNumber === undefined
              ? []
              : [given("blank.donationNumber", receipt.donationNumber, "wide")]),
            given("blank.received", receipt?.receivedOn),
            given("blank.storedIn", receipt?.storedIn),
            blank(language, "blank.thawStart", "", unitKind),
            blank(language, "blank.thawEnd", "", unitKind),
            blank(language, "blank.postThaw", "wide", unitKind),
            blank(language, "blank.samples", "wide"),
            blank(language, "blank.appearance", "wide"),
          ]),
      given("blank.diluent", diluent?.name, "wide"),
      given("blank.diluentLot", diluent?.lot),
      given("blank.diluentExpiry", diluent?.expiresOn),
      given("blank.diluentMaker", diluent?.maker, "wide"),
      ...(isPlacebo ? [blank(language, "blank.appearance", "wide")] : []),
      blank(language, "blank.checkersOwn", "wide"),
      blank(language, "blank.deviation", "wide"),
      blank(language, "blank.labels"),
      given("blank.comments", comments, comments === undefined ? "" : "full"),
    ),
  );
}
