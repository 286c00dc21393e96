export const ASSESSMENT_CODES = {
  "assessment.block_of_one_ratio_set": [
    "Warning: the smallest block holds each arm only as often as the ratio says, so that its last row is certain.",
    "Take blocks of at least twice that size.",
    { arrangements: "number", rows: "number" },
  ],
  "assessment.enrolment_invalid": [
    "The expected numbers of participants, or their shares, cannot be used.",
    "Give whole numbers, and shares that add up to 1.",
  ],
  "assessment.forced_share_high": [
    "Warning: more than a quarter of the rows are certain to somebody who knows the design.",
    "Larger blocks, or a procedure without blocks.",
  ],
  "assessment.fractions_too_long": [
    "Exact fractions were asked for more than 200 rows.",
    "Ask for fewer rows, or for decimal numbers.",
  ],
  "assessment.measure_undefined": [
    "The measure has no meaning for this procedure; the message says which and why.",
    "Leave the measure out.",
  ],
  "assessment.model_invalid": [
    "A number of the model of responses is outside its range.",
    "Correct the field named by the path.",
  ],
  "assessment.nothing_to_compare": ["No design was given to compare.", "Give at least one design."],
  "assessment.one_block_size": [
    "Warning: all blocks have one size, so that who guesses it knows where each block ends.",
    "State two or more sizes.",
    { rows: "number" },
  ],
  "assessment.option_conflict": ["Two options exclude each other.", "Give one of them."],
  "assessment.option_invalid": ["An option has a value that cannot be used.", "Correct the field named by the path."],
  "assessment.precision_invalid": ["The wanted precision is not above 0.", "Give a number above 0."],
  "assessment.ratio_differs": ["The ratio and the procedure have different numbers of arms.", "Make them agree."],
  "assessment.rows_beyond_end": ["The procedure ends before the rows that were asked for.", "Ask for fewer rows."],
  "assessment.rows_invalid": [
    "No rows were asked for, or too many.",
    "Give a number of rows within the limits of the message.",
    { rows: "number?" },
  ],
  "assessment.seed_invalid": ["A simulation has no seed, or one that cannot be used.", "Give a seed as text."],
  "assessment.sequence_invalid": [
    "A sequence of arms is none of this procedure's.",
    "Name arms by their index from 0.",
  ],
  "assessment.strata_too_many": [
    "Warning: strata times the largest block exceed half of the participants, so that many blocks stay incomplete.",
    "Fewer strata, smaller blocks, or minimization.",
    { participants: "number", rows: "number", strata: "number" },
  ],
  "assessment.strategy_unknown": ["No such strategy of guessing.", "`convergence` or `divergence`."],
  "assessment.too_many_arms": [
    "More than 255 arms, or more than 12 where many designs are compared.",
    "Assess fewer arms.",
  ],
  "assessment.too_many_states": ["The exact computation would need more states than its bound.", "Simulate."],
  "assessment.trend_unknown": ["No such kind of trend.", "`linear`, `log` or `step`."],
  "assessment.trial_frame_differs": [
    "Two plans that are to stand beside each other have other arms, ratios, factors or levels.",
    "Give plans of one trial.",
  ],
  "assessment.trial_differs": [
    "The plan is of another trial than the one that was given.",
    "Give the trial of the plan.",
  ],
  "assessment.trials_invalid": [
    "The number of simulated trials is too small, or no whole number.",
    "Give a whole number within the limits of the message.",
  ],
} as const;
