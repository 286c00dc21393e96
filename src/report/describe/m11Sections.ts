import type { Trial } from "../../trial/index.js";
import { armsOf, maskedText, partOf, type ListDescription } from "./description.js";
import { armDoseText, armOftenText } from "./doseText.js";
import { BLANK, document, markdown, table } from "./markdown.js";
import { protocolTexts } from "./protocolParagraph.js";

const MODELS: Readonly<Record<Trial["model"], string>> = {
  "single-group": "single-group",
  parallel: "parallel-group",
  crossover: "cross-over",
  factorial: "factorial",
  sequential: "sequential",
};

function designText({ trial }: ListDescription, masked: string): string {
  const { model, allocation, enrolment } = trial;
  const count = `${enrolment.approximate === true ? "about " : ""}${enrolment.count}`;
  const blinded = masked === "" ? "open-label" : "blinded";
  return markdown`A ${allocation}, ${blinded}, ${MODELS[model]} trial of ${count} participants in all parts.`;
}

/**
 * The sections of an ICH M11 protocol that this program knows something of, in Markdown: design, interventions with dose
 * and schedule, assignment, randomisation, blinding, and emergency unblinding at the site.
 *
 * They hold no block size nor any other parameter of the procedure, as section 6.7.2 asks, and are the same text whatever
 * these are. What no program knows is an empty place.
 *
 * @throws AllocellError `report.trial_differs`, `trial.part_unknown`, `trial.arm_unknown`
 * @see ICH M11, template, sections 4.1, 6.1, 6.3 and 6.7
 */
export function toM11Sections(description: ListDescription): string {
  const part = partOf(description);
  const arms = armsOf(description);
  const { trial } = description;
  const { allocated, sequence, blinding } = protocolTexts(description);
  const [made = "", concealed = "", implemented = ""] = sequence;
  const [who, alike, disclosed] = blinding;
  return document([
    markdown`# ICH M11 sections: ${trial.id}, ${part.title}`,
    "## 4.1 Description of Trial Design",
    designText(description, maskedText(part)),
    "## 6.1 Description of Investigational Trial Intervention",
    table(
      ["arm", "intervention"],
      arms.map(({ label, interventions }) => [
        label,
        interventions.map((id) => trial.interventions.find((one) => one.id === id)?.name ?? id).join(", "),
      ]),
    ),
    "## 6.3 Investigational Trial Intervention Administration",
    table(
      ["arm", "dose of one administration", "administrations", "route"],
      arms.map((arm) => [arm.label, armDoseText(arm), armOftenText(arm), trial.route ?? BLANK]),
    ),
    "## 6.7 Investigational Trial Intervention Assignment, Randomisation and Blinding",
    "### 6.7.1 Participant Assignment to Investigational Trial Intervention",
    concealed,
    implemented,
    "### 6.7.2 Randomisation",
    allocated,
    made,
    "### 6.7.3 Measures to Maintain Blinding",
    ...(who === undefined || alike === undefined ? ["Nobody is blinded in this part."] : [who, alike]),
    "### 6.7.4 Emergency Unblinding at the Site",
    disclosed ?? "Not applicable: nobody is blinded in this part.",
  ]);
}
