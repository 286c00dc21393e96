import { blank, field, h, section, type ReportElement } from "../page/element.js";
import { joined, type WorksheetProps } from "./worksheetProps.js";

/** What is written in by hand while the bag is prepared. */
export function toWriteIn({ language, details }: WorksheetProps): ReportElement {
  const { diluent, comments } = details;
  return section(
    language,
    "section.record",
    h(
      "div",
      { class: "grid" },
      blank(language, "blank.thawStart"),
      blank(language, "blank.thawEnd"),
      blank(language, "blank.postThaw", "wide"),
      diluent?.lot === undefined
        ? blank(language, "blank.diluent", "wide")
        : field(language, "blank.diluent", joined([diluent.name, diluent.lot]), "wide"),
      blank(language, "blank.appearance", "wide"),
      blank(language, "blank.deviation", "wide"),
      blank(language, "blank.labels"),
      comments === undefined ? blank(language, "blank.comments") : field(language, "blank.comments", comments),
    ),
  );
}
