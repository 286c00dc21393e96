export const PROCEDURE_CODES = {
  "procedure.arm_unknown": ["There is no arm of this index.", "An index from 0 to the number of arms, less 1."],
  "procedure.arms_too_many": ["A list has at most 256 arms.", "Fewer arms."],
  "procedure.arms_unsupported": ["More arms than the procedure works for.", "Fewer arms, or another procedure."],
  "procedure.block_size_invalid": [
    "A block cannot hold the ratio in whole numbers, or a size is named twice.",
    "Multiples of the ratio's sum, each once.",
    { size: "number?" },
  ],
  "procedure.covariate_level_unknown": ["A factor has no such level.", "A level of the factor."],
  "procedure.covariate_missing": ["A participant's level of a factor is missing, or no number.", "One level a factor."],
  "procedure.covariate_unknown": ["More levels were given than there are factors.", "One level a factor."],
  "procedure.factors_invalid": ["No factor, or more than 50.", "1 to 50 factors."],
  "procedure.fill_impossible": [
    "No blocks of these sizes add up to the length.",
    "One of the nearest lengths in the message.",
    { sizes: "text" },
  ],
  "procedure.fill_too_long": ["Exact filling does not work for so many rows.", "Fewer rows, or `whole` or `cut`."],
  "procedure.hidden_draws_unbounded": ["An exact fraction was asked for where there is none.", "Ask for a simulation."],
  "procedure.kind_unknown": ["There is no procedure of this kind.", "One of the kinds in the message."],
  "procedure.law_unknown": ["No such law from scores to probabilities.", "A law of the list in the message."],
  "procedure.length_not_covered": [
    "Whole blocks never make this length.",
    "One of the nearest lengths in the message, or a stated `lastBlock`.",
    { sizes: "text" },
  ],
  "procedure.length_not_divisible": [
    "The rows cannot be shared in the ratio.",
    "One of the nearest lengths in the message.",
    { ratio: "text" },
  ],
  "procedure.maximal_infeasible": ["No sequence stays within the tolerance.", "A larger tolerance."],
  "procedure.maximal_too_large": ["Too many states to count sequences for.", "A smaller tolerance, or a shorter list."],
  "procedure.measure_unknown": ["No such measure of imbalance.", "A measure of the list in the message."],
  "procedure.merged_arms_mismatch": [
    "The procedure to merge has not as many arms as the weights' sum.",
    "Make them agree.",
  ],
  "procedure.no_solution": [
    "No allocation meets the balance constraint: a fault of allocell itself.",
    "Report it, with the plan.",
  ],
  "procedure.option_conflict": [
    "Two options exclude each other, or one of them is needed.",
    "Give exactly one of them.",
  ],
  "procedure.option_unknown": ["The procedure has no such option.", "An option of the procedure."],
  "procedure.parameter_out_of_range": ["A parameter is outside its range.", "A value within the range of the message."],
  "procedure.ratio_invalid": ["The ratio is not two or more whole numbers from 1 to 1000.", "Write it so."],
  "procedure.ratio_not_kept": [
    "Warning: the procedure does not keep the ratio at every row, so that a row tells something about its arm.",
    "`mergedArms`, or say it in the analysis plan.",
    { procedure: "text", ratio: "text" },
  ],
  "procedure.ratio_unsupported": [
    "The procedure is not defined for this ratio or number of arms.",
    "Another procedure, or `mergedArms`.",
    { procedure: "text?" },
  ],
  "procedure.rational_invalid": [
    "A number cannot be read exactly.",
    'A fraction or decimal as text, such as "2/3" or "0.7".',
  ],
  "procedure.replay_hidden": [
    "The past of a procedure with hidden balls does not follow from its arms.",
    "Keep its states.",
  ],
  "procedure.rows_invalid": [
    "A number of rows is not possible here.",
    "A whole number within the limits of the message.",
  ],
  "procedure.spec_invalid": ["The procedure of a plan cannot be read.", "Correct the field named by the path."],
  "procedure.strata_too_many": [
    "A weight for strata, with more than 100,000 of them.",
    "Fewer factors, or no such weight.",
  ],
  "procedure.too_many_sequences": ["More than 100,000 sequences to list.", "Fewer rows."],
  "procedure.totals_invalid": [
    "Totals for fewer than two arms, or for another number of arms than the ratio.",
    "One total an arm.",
  ],
  "procedure.urn_empty": ["More rows than the procedure has.", "Fewer rows."],
  "procedure.urn_invalid": [
    "An urn of your own has more kinds of balls in a state than at its start, or counts that cannot be used.",
    "See the message.",
  ],
  "procedure.weights_invalid": ["All weights are 0.", "At least one above 0."],
} as const;
