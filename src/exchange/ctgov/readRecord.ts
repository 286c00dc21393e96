import type { ReadRecord } from "./contradictions.js";
import { firstItemsOf } from "./criteria.js";
import type { ProposedDose } from "./proposedDoses.js";
import { listAt, mapAt, textAt, textsAt, type Loose } from "./record.js";

/** A study and the trial made of it, as the checks for contradictions take them. */
export function readRecord(study: Loose, trial: Loose, proposals: readonly ProposedDose[]): ReadRecord {
  return { ...readDesign(study, trial), ...readEligibility(study, trial), arms: readArms(trial), proposals };
}

type ReadDesign = Omit<ReadRecord, "arms" | "proposals" | "ages" | "healthyVolunteers" | "inclusion" | "firstItems">;

/** What the checks need of the modules of identification, status, design and outcomes. */
function readDesign(study: Loose, trial: Loose): ReadDesign {
  const info = mapAt(study, "designModule", "designInfo");
  const { type } = mapAt(study, "designModule", "enrollmentInfo");
  const { count } = mapAt(trial, "enrolment");
  const masking = mapAt(trial, "masking");
  const counted = typeof count === "number" ? count : undefined;
  const dates = mapAt(trial, "dates");
  return {
    planned: type === "ACTUAL" ? undefined : counted,
    count: counted,
    allocation: String(trial["allocation"]),
    phases: textsAt(trial, "phases"),
    status: textAt(trial, "status"),
    start: textAt(dates, "start"),
    updated: textAt(dates, "updated"),
    masking: { level: String(masking["level"]), who: textsAt(masking, "who") },
    texts: [
      textAt(trial, "title"),
      textAt(mapAt(study, "descriptionModule"), "briefSummary"),
      textAt(info, "interventionModelDescription"),
      textAt(mapAt(info, "maskingInfo"), "maskingDescription"),
    ].filter((text) => text !== undefined),
    outcomes: listAt(trial, "outcomes")
      .map((outcome) => mapAt({ outcome }, "outcome"))
      .map((outcome) => ({ measure: String(outcome["measure"]), timeFrame: textAt(outcome, "timeFrame") ?? "" })),
  };
}

function readEligibility(
  study: Loose,
  trial: Loose,
): Pick<ReadRecord, "ages" | "healthyVolunteers" | "inclusion" | "firstItems"> {
  const eligibility = mapAt(trial, "eligibility");
  const age = mapAt({ age: listAt(eligibility, "numeric")[0] }, "age");
  return {
    ages: { minimum: textAt(age, "minimum"), maximum: textAt(age, "maximum") },
    healthyVolunteers: eligibility["healthyVolunteers"] === true,
    inclusion: textsAt(eligibility, "inclusion"),
    firstItems: firstItemsOf(textAt(mapAt(study, "eligibilityModule"), "eligibilityCriteria") ?? ""),
  };
}

/** Each arm with its own texts: what several arms get says nothing of one of them. */
function readArms(trial: Loose): ReadRecord["arms"] {
  const mapsOf = (key: string): readonly Loose[] => listAt(trial, key).map((item) => mapAt({ item }, "item"));
  const [arms, interventions] = [mapsOf("arms"), mapsOf("interventions")];
  const named = arms.flatMap((arm) => textsAt(arm, "interventions"));
  return arms.map((arm) => {
    const own = textsAt(arm, "interventions").filter((id) => named.filter((one) => one === id).length === 1);
    const maps = interventions.filter(({ id }) => own.includes(String(id)));
    const texts = [arm["note"], ...maps.flatMap(({ name, description }) => [name, description])];
    return {
      id: String(arm["id"]),
      label: String(arm["label"]),
      texts: texts.filter((text) => typeof text === "string"),
    };
  });
}
