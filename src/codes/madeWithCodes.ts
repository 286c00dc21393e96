export const MADE_WITH_CODES = {
  "madeWith.duplicate_ids": [
    "Warning: the other program gave one id to several rows.",
    "See whether its list can be used.",
  ],
  "madeWith.more_rows_than_n": [
    "Warning: the other program made more rows than were asked for.",
    "See whether it is meant.",
    { made: "number", n: "number", stratum: "text?" },
  ],
  "madeWith.options_conflict": [
    "Options exclude each other, or the other program would ignore one.",
    "Give the options that it read.",
  ],
  "madeWith.options_invalid": [
    "The options of the other program cannot be read.",
    "Correct the field named by the path.",
  ],
  "madeWith.program_unknown": [
    "No list of this program can be made again.",
    "`blockrand`, `randotools` or `randomizeR`.",
  ],
  "madeWith.rows_invalid": ["The rows are no list of records.", "Rows with their cells by column name."],
  "madeWith.strata_invalid": [
    "A factor or its levels cannot be used by the other program.",
    "A name that is no number and no column's name, and different levels.",
  ],
  "madeWith.uneven_block_too_even": [
    "Warning: a block that should be uneven came out even.",
    "See the documentation of the other program.",
    { block: "number" },
  ],
  "madeWith.unsupported": [
    "The other program's own rounding or notation decides here, and it is not made again.",
    "See the message.",
  ],
  "script.algorithm_unknown": [
    "This version writes no program for the algorithm of the list.",
    "The version of allocell that the manifest names.",
  ],
  "script.procedure_unsupported": [
    "The language has no numbers in which the procedure could be followed exactly.",
    "The program in the other language.",
  ],
  "script.stream_test_only": ["No LIVE list is made with the stream of R.", "A TEST list."],
} as const;
