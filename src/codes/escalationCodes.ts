export const ESCALATION_CODES = {
  "escalation.boundaries_reversed": [
    "The boundaries do not lie on both sides of the target.",
    "TooLow below it, tooHigh above it.",
  ],
  "escalation.boundaries_too_near": ["A boundary is nearer to the target than a tenth of it.", "Move it away."],
  "escalation.check_failed": [
    "The probabilities do not add up to 1: a fault of allocell itself.",
    "Report it, with the design.",
  ],
  "escalation.choice_invalid": ["The rule of the choice cannot be read.", "Correct the field named by the path."],
  "escalation.closed_level_treated": [
    "Warning: a cohort was treated at a level that was closed permanently.",
    "See the record.",
  ],
  "escalation.cohort_incomplete": [
    "Warning: a cohort began before the one ahead of it was complete.",
    "See the record.",
  ],
  "escalation.cohort_too_large": ["Warning: a cohort had more participants than the rule said.", "See the record."],
  "escalation.count_invalid": [
    "A number of participants is no whole number from 0.",
    "Correct the field named by the path.",
  ],
  "escalation.depth_invalid": [
    "A tree of pathways has another depth than is possible.",
    "A number of cohorts as in the message.",
  ],
  "escalation.design_invalid": ["The design cannot be read.", "Correct the field named by the path."],
  "escalation.dose_missing": ["The rule states no dose for this level.", "State a dose for each level."],
  "escalation.fractions_too_long": ["Exact fractions were asked for a large part.", "Ask for decimal numbers."],
  "escalation.gate_without_row": ["The table of the gate has no row for this number of participants.", "Add the row."],
  "escalation.history_invalid": [
    "A word of the history is no cohort.",
    "A level and one letter a participant, such as 2NNT.",
    { entry: "number?" },
  ],
  "escalation.interval_too_wide": [
    "The interval of equivalence leaves its range.",
    "Between 0 and the target below, and the target and 1 above.",
  ],
  "escalation.level_skipped": ["Warning: a level was skipped.", "See the record."],
  "escalation.level_unknown": ["There is no such dose level.", "A number from 1 to the number of levels."],
  "escalation.levels_invalid": [
    "The dose table has a label twice, doses of different kinds, or doses that do not rise.",
    "Correct the level named by the path.",
  ],
  "escalation.never_escalates": [
    "Without the short intervals this rule would never escalate.",
    "`shortIntervals: kept`.",
  ],
  "escalation.option_conflict": ["Two options of the rule exclude each other.", "Give one of them."],
  "escalation.other_level": ["Warning: a cohort was treated at another level than the rule said.", "See the record."],
  "escalation.part_not_open": ["The part is randomized, and the rule is for an open one.", "An open, escalating part."],
  "escalation.pending_outcomes": [
    "Pathways begin where every outcome is known.",
    "A history without pending participants.",
  ],
  "escalation.rates_invalid": ["There is not one true rate of DLTs for each level.", "One share a level."],
  "escalation.results_invalid": ["The results cannot be read.", "`dataCut`, and one entry an arm."],
  "escalation.runs_invalid": [
    "The number of simulated parts is outside its range.",
    "A whole number as in the message.",
  ],
  "escalation.share_invalid": ["A share cannot be read exactly.", 'Text from "0" to "1", such as "0.25" or "1/4".'],
  "escalation.share_out_of_range": ["A share is outside its range.", "See the message."],
  "escalation.start_level_unknown": ["The first cohort has no such level.", "A number from 1 to the number of levels."],
  "escalation.table_invalid": [
    "The table has impossible, repeated, missing or unused cells, or a milder decision for more DLTs.",
    "Correct the cell in the message.",
  ],
  "escalation.table_unusual": ["Warning: a cell of the table is not what such tables say.", "See whether it is meant."],
  "escalation.target_out_of_range": ["The target is outside 0.05 to 0.5.", "Another target."],
  "escalation.too_many_pathways": [
    "The design has more pathways than can be listed.",
    "The tree of the next cohorts.",
    { most: "number" },
  ],
  "escalation.too_many_pending": [
    "Too many participants are pending to look at every outcome.",
    "Wait for some outcomes.",
  ],
  "escalation.too_many_states": [
    "The design has more situations than can be computed.",
    "A smaller design, or a simulation.",
    { most: "number" },
  ],
  "escalation.treated_after_stop": [
    "Warning: a cohort was treated after the part had ended by its rule.",
    "See the record.",
  ],
  "escalation.truths_invalid": [
    "An arm lacks its number of participants or its true rates.",
    "Give both for each arm.",
  ],
} as const;
