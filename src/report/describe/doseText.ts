import { formatDose } from "../../quantity/index.js";
import { toAdministrationsText, type Arm } from "../../trial/index.js";
import { BLANK } from "./markdown.js";

/** What an arm gets each time, as its sources state it; a blank where they do not. */
export function armDoseText({ dose }: Pick<Arm, "dose">): string {
  if (dose === undefined) return BLANK;
  switch (dose.kind) {
    case "per-m2":
      return `${formatDose(dose).words} (body surface by ${dose.surface.formula}, to ${dose.surface.roundedToM2} m²)`;
    case "per-kg":
    case "flat":
      return formatDose(dose).words;
    case "equal-amount-placebo":
      return `placebo, the same amount${dose.composition === undefined ? "" : `: ${dose.composition}`}`;
    case "none":
      return "nothing is given";
    case "deferred":
      return `decided later: ${dose.awaiting}`;
  }
}

export const armOftenText = ({ administrations }: Pick<Arm, "administrations">): string =>
  administrations === undefined ? BLANK : toAdministrationsText(administrations);
