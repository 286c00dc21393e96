export const TRIAL_CODES = {
  "trial.administrations_invalid": ["A text for administrations cannot be read.", '"1", or "2 every 28 days".'],
  "trial.arm_closed": [
    "The arm waits for a decision record.",
    "Record the decision first.",
    { arm: "text", awaiting: "text" },
  ],
  "trial.arm_not_deferred": [
    "The dose of the arm is not deferred, so that there is nothing to decide.",
    "Name an arm that waits for a decision.",
    { arm: "text" },
  ],
  "trial.arm_unknown": ["The trial has no such arm.", "An arm of the trial.", { trial: "text?" }],
  "trial.arm_unused": ["An arm stands in no part.", "Name it in a part, or take it out."],
  "trial.assumption_conflict": ["Two answers to one question differ.", "Answer it once.", { other: "text" }],
  "trial.assumption_format_differs": [
    "Orders take the answer to this question, and it is asked in another format.",
    "The format in the message.",
  ],
  "trial.assumption_invalid": ["The answer to a question cannot be read.", "The form in the message."],
  "trial.assumption_missing": [
    "A question that this rests on is not answered.",
    "Answer it in the assumptions.",
    { question: "text?" },
  ],
  "trial.assumption_unknown": ["The trial has no such open question.", "A key of its assumptions.", { trial: "text?" }],
  "trial.criterion_invalid": [
    "A numeric criterion has no limit, the wrong unit, or its ends crossed.",
    "Correct the field named by the path.",
  ],
  "trial.decision_arm_differs": ["The decision record of an arm is of another arm.", "Make them agree."],
  "trial.decision_before_data_cut": ["The decision is older than its data.", "Correct a date.", { dataCut: "text?" }],
  "trial.decision_invalid": [
    "A field of a decision record is missing or wrong.",
    "Correct the field named by the path.",
  ],
  "trial.decision_not_followed": ["The arm does not say what its decision record says.", "Make them agree."],
  "trial.decision_unit_differs": [
    "The decision counts in another unit kind than the tentative dose.",
    "Decide in the trial's unit.",
  ],
  "trial.deferred_arm_has_administrations": [
    "A deferred arm states administrations as if they were decided.",
    "Leave them out.",
  ],
  "trial.document_texts_differ": [
    "The trial and the site state two texts for one field of their documents.",
    "State it once, or the same twice.",
  ],
  "trial.document_texts_invalid": [
    "A field of what documents say is not known or is no text.",
    "Correct the field named by the path.",
  ],
  "trial.facts_invalid": ["A fact of a participant cannot be read.", "Correct the field named by the path."],
  "trial.id_duplicate": ["An id, key or arm of a part is given twice.", "Give each once."],
  "trial.interval_missing": ["More than one administration, and no interval.", "State `intervalDays`."],
  "trial.interval_unneeded": ["One administration, and an interval.", "Leave `intervalDays` out."],
  "trial.intervention_unknown": ["The trial has no such intervention.", "An intervention of the trial."],
  "trial.invalid": ["A field is missing, unknown or of the wrong shape.", "Correct the field named by the path."],
  "trial.masking_mismatch": [
    "The number of masked roles is not that of the level.",
    "Name as many roles as the level has.",
  ],
  "trial.open_part_masked": ["An open part has a masking level.", "`none`."],
  "trial.part_unknown": ["The trial has no such part.", "A part of the trial.", { trial: "text?" }],
  "trial.part_waits_for_unknown": ["A part waits for one that does not stand before it.", "Name a part before it."],
  "trial.parts_exceed_enrolment": ["The parts hold more than are enrolled.", "Correct a number."],
  "trial.path_unknown": ["A path of the provenance leads to no field.", "Correct the path.", { trial: "text?" }],
  "trial.products_incomplete": [
    "The products of a label leave out an arm, or there is no trial whose arms they name.",
    "Name the products of all arms of the part.",
  ],
  "trial.provenance_incomplete": [
    "The empty path is not in the provenance.",
    "Name the source of all other fields there.",
  ],
  "trial.source_unknown": ["The trial has no such source.", "A source of the trial.", { trial: "text?" }],
  "trial.unit_never_per_kg": [
    "A dose per kg in cell-equivalents, which are always flat.",
    "State a flat dose.",
    { units: "text?" },
  ],
  "trials.unknown": [
    "No built-in trial has that id.",
    "An id of the list in the message, or a file with the trial.",
    { name: "text?" },
  ],
} as const;
