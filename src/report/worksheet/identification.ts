import { bracketed, SIGNS } from "../texts/signs.js";
import { field, h, section, type ReportElement } from "../page/element.js";
import { say, type TextKey } from "../texts/catalogue.js";
import { isBlinded } from "./blindedPreparation.js";
import { armOrPart } from "../texts/assumptionTexts.js";
import { joined, type WorksheetProps } from "./worksheetProps.js";

/** Whom and what the preparation is for. */
export function identification({ preparation, language }: WorksheetProps): ReportElement {
  const { order, trial, arm, component } = preparation;
  const { protocol, protocolVersion, subject, randomizationNumber, kit, visit, administration, plannedOn, window } =
    order.identification ?? {};
  const part = order.dose.from === "trial" ? order.dose.trial.part : undefined;
  const stated = (key: TextKey, value: string | undefined, width = ""): ReportElement =>
    field(language, key, value === undefined || value === "" ? "—" : value, width);
  return section(
    language,
    "section.identification",
    h(
      "div",
      { class: "grid" },
      stated(isBlinded(preparation) ? "field.subject" : "field.patient", subject),
      randomizationNumber === undefined ? null : stated("field.randomizationNumber", randomizationNumber),
      stated("field.kit", kit),
      stated("field.visit", visit),
      stated("field.administration", administration === undefined ? undefined : String(administration)),
      stated("field.preparedOn", order.preparedOn),
      stated("field.plannedOn", plannedOn),
      stated("field.protocol", joined([protocol, protocolVersion], SIGNS[language].comma), "wide"),
      stated(
        "field.trialPartArm",
        joined([trial, armOrPart(language, part), armOrPart(language, arm)], SIGNS[language].between),
        "wide",
      ),
      stated(
        "field.window",
        window === undefined ? undefined : `${window.from}${language === "zh" ? " 至 " : " – "}${window.to}`,
        "wide",
      ),
      component === undefined
        ? null
        : stated(
            "field.component",
            `${component.name} ${component.number}/${component.of}${bracketed(language, say(language, "word.thisOrder"))}`,
            "wide",
          ),
    ),
  );
}
