export const LIST_CODES = {
  "list.adopted_block": [
    "A block of an adopted list is not one of the plan's procedure, or stands in two pieces.",
    "The blocks as they were drawn, and the block sizes of the plan by which the list was made.",
  ],
  "list.adopted_block_cut": [
    "Warning: how long the last block of a stratum would have been is not in the table.",
    "Ask who made the list; nothing but the size in the master list depends on it.",
    { stratum: "text" },
  ],
  "list.adopted_block_unbalanced": [
    "A block of an adopted list does not hold the ratio of the plan.",
    "Ask who made the list: ratio or table is wrong.",
  ],
  "list.adopted_has_no_seed": [
    "This needs the seed of a list, and an adopted list has none.",
    "`allocell verify FOLDER --source FILE` proves an adopted list against its source.",
  ],
  "list.adopted_impossible": [
    "The plan's procedure can never give these rows.",
    "State the procedure by which the list was made.",
  ],
  "list.adopted_length": [
    "A stratum of an adopted list has more or fewer rows than the plan says.",
    "A table that is complete, or a plan with its lengths.",
    { stratum: "text", rows: "number", length: "number" },
  ],
  "list.adopted_no_blocks": [
    "Warning: the table of an adopted list has no blocks, so that none was checked by itself.",
    "Ask for the table with its blocks.",
  ],
  "list.adopted_number_invalid": [
    "A number of an adopted list is missing, or of a form that files and logs cannot hold.",
    "Letters and digits with single hyphens or underscores between them, at most 20.",
  ],
  "list.adopted_number_twice": ["Two rows of an adopted list have one number.", "Ask who made the list."],
  "list.adopted_numbers_tell": [
    "Warning: the numbers of an adopted list show which arm they belong to.",
    "Do not hand the list out; ask for numbers that are independent of the arms.",
  ],
  "list.adopted_sequence": [
    "The rows of a stratum are not numbered from 1, each once.",
    "The table as it was made; or a map without the sequence, if the rows stand in their order.",
  ],
  "list.adopted_stratum_unknown": [
    "A row of an adopted list is of no stratum of the plan.",
    "A level of each factor of the plan.",
  ],
  "list.algorithm_unknown": [
    "This version does not know the algorithm of the list.",
    "The version of allocell that the manifest names.",
  ],
  "list.arm_left_out": [
    "Warning: an arm of the part has no share in the list.",
    "See whether it is meant.",
    { arm: "text", part: "text" },
  ],
  "list.arm_not_in_part": ["The arm does not belong to the part.", "An arm of the part.", { part: "text" }],
  "list.arm_unknown": ["An assignment names an arm that the plan has not.", "An arm of the plan."],
  "list.assumption_differs": [
    "The manifest's assumption is not what its plan says.",
    "Find out which of them was changed.",
    { key: "text" },
  ],
  "list.cannot_be_extended": [
    "Warning: this list can never be extended; the message says why.",
    "Plan for as many as may come.",
  ],
  "list.covariate_missing": ["The level of a factor is missing.", "Name one level a factor."],
  "list.covariate_unknown": ["The plan has no such factor or level.", "A factor of the plan with one of its levels."],
  "list.last_block_cut": [
    "Warning: the last block is cut, so that the arms are not in ratio at the end.",
    "A length that whole blocks meet.",
    { stratum: "text", kept: "number", blockSize: "number", counts: "text" },
  ],
  "list.length_reached": ["The allocation has its planned length.", "Nobody more.", { length: "number" }],
  "list.level_is_arm": ["A factor or level has the name of an arm.", "A name that no arm has.", { arm: "text" }],
  "list.levels_alike": [
    "Two levels look the same in a spreadsheet.",
    "Levels that differ in more than spaces, capitals or zeros.",
    { other: "text", factor: "text" },
  ],
  "list.longer_than_asked": [
    "Warning: the list is longer than was asked for, because its last block is whole.",
    "See whether it is meant.",
    { stratum: "text", rows: "number", length: "number" },
  ],
  "list.manifest_altered": [
    "The plan in the manifest is not the one that its hash was made from.",
    "Take the manifest as it was written.",
  ],
  "list.manifest_invalid": ["The manifest cannot be read.", "Take the manifest as it was written."],
  "list.not_adopted": ["The list was made from a seed, not adopted.", "Its seed."],
  "list.number_not_given": [
    "A position has none of the numbers that an adopted list came with.",
    "A position of the list.",
  ],
  "list.numbers_given": [
    "A plan states the numbers themselves, as only the record of an adopted list does.",
    "A format of the numbers; `allocell adopt` for a list that was made elsewhere.",
  ],
  "list.numbers_mask_invalid": [
    "The mask of the randomization numbers lacks the stratum.",
    "A mask with {stratum} and {sequence}.",
  ],
  "list.numbers_prefix_taken": [
    "Another part of the trial has numbers with this prefix.",
    "A prefix of its own.",
    { other: "text", prefix: "text", part: "text" },
  ],
  "list.numbers_too_long": [
    "Randomization numbers would have more than 15 characters.",
    "A shorter prefix, fewer digits or fewer factors.",
  ],
  "list.numbers_too_short": ["The digits cannot count the rows.", "More digits."],
  "list.part_not_randomized": ["The part is open and not randomized, so that it has no list.", "A randomized part."],
  "list.plan_invalid": ["The plan cannot be read.", "Correct the field named by the path."],
  "list.seed_differs": ["This is not the seed, or not the kind of seed, that made the list.", "Find the right seed."],
  "list.seed_reused": [
    "Warning: another list was made with this seed.",
    "A new seed for each list.",
    { list: "text", trial: "text", part: "text", place: "text" },
  ],
  "list.shorter_than_part": [
    "Warning: the list has fewer rows than the part has participants.",
    "A longer list, or an extension later.",
    { length: "number", part: "text", size: "number" },
  ],
  "list.spreadsheet_changes": [
    "Warning: a spreadsheet program would change this text when it opens the list.",
    "Another text.",
    { readAs: "text" },
  ],
  "list.stream_test_only": ["The stream of R has a seed that can be guessed.", "The default stream, or a TEST seed."],
  "list.trial_differs": ["The list is for another trial.", "Give the trial of the list."],
  "list.warning_missing": ["The manifest lacks a warning that its list has.", "Take the manifest as it was written."],
} as const;
