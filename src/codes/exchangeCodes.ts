export const EXCHANGE_CODES = {
  "exchange.cell_invalid": [
    "A cell is not what its column takes.",
    "See the message; correct the list or the file.",
    { sequence: "number?", stratum: "text?", format: "text?" },
  ],
  "exchange.cell_surplus": ["A line of a table has more cells than its header.", "One cell for each column."],
  "exchange.column_missing": ["The file lacks a column of the table.", "Export it again with all columns."],
  "exchange.column_twice": ["A column stands twice in the file.", "Give each column once."],
  "exchange.column_untold": [
    "No column of a table tells what a list cannot do without.",
    "A table and a map in which every row tells its arm and its stratum.",
  ],
  "exchange.ctgov_age_not_years": ["Warning: an age limit is not in years.", "State the limit in the trial file."],
  "exchange.ctgov_arm_of_two": [
    "Warning: an arm group seems to hold two treatments.",
    "Make an arm of each treatment.",
  ],
  "exchange.ctgov_masking_differs": [
    "Warning: not as many roles are masked as the level says.",
    "Read the protocol, and state who is masked.",
  ],
  "exchange.ctgov_missing": ["Warning: the record does not state this.", "Replace the `TO-STATE` in the trial file."],
  "exchange.ctgov_names_differ": [
    "Warning: an arm and its interventions name each other differently.",
    "Read the record, and correct the arm's interventions.",
  ],
  "exchange.ctgov_not_interventional": ["Warning: the study is no trial with arms.", "Choose another record."],
  "exchange.ctgov_one_arm": ["Warning: a randomized trial with fewer than two arms.", "Read the record again."],
  "exchange.ctgov_open_placebo": ["Warning: an arm gets a placebo, and nobody is masked.", "Read the record again."],
  "exchange.ctgov_unreadable": [
    "This is no study of ClinicalTrials.gov, API v2.",
    "Give the JSON of one study, with `protocolSection`.",
  ],
  "exchange.ctgov_word_unknown": ["Warning: a word of the registry is not known here.", "Decide what it means."],
  "exchange.development_not_test": [
    "A development table is made of a TEST list, and production of a LIVE list.",
    "Exchange the two folders, or make the list that is missing.",
  ],
  "exchange.format_unknown": ["There is no such format.", "See docs/exchange.md for the formats.", { id: "text" }],
  "exchange.map_invalid": [
    "The map of an export cannot be read, or is not one-to-one and complete.",
    "Correct the field named by the path.",
  ],
  "exchange.master_unreadable": [
    "A line is not one of this master list.",
    "Give the file that `allocell list` wrote, unchanged.",
  ],
  "exchange.no_blocks": [
    "The format has blocks, and the list has none.",
    "Choose another format.",
    { title: "text", procedure: "text" },
  ],
  "exchange.number_twice": [
    "A randomization number stands twice in the file.",
    "Upload the table again.",
    { before: "number" },
  ],
  "exchange.tables_equal": ["The development and the production table are equal.", "Make a TEST list of another seed."],
  "exchange.too_many_rows": [
    "The list has more rows than the system takes.",
    "Make a shorter list.",
    { title: "text" },
  ],
} as const;
