export const EXCHANGE_CODES = {
  "exchange.cell_invalid": ["A cell is not what its column takes.", "See the message; correct the list or the file."],
  "exchange.column_missing": ["The file lacks a column of the table.", "Export it again with all columns."],
  "exchange.column_twice": ["A column stands twice in the file.", "Give each column once."],
  "exchange.development_not_test": [
    "A development table is made of a TEST list, and production of a LIVE list.",
    "Exchange the two folders, or make the list that is missing.",
  ],
  "exchange.format_unknown": ["There is no such format.", "See docs/exchange.md for the formats."],
  "exchange.map_invalid": [
    "The map of an export cannot be read, or is not one-to-one and complete.",
    "Correct the field named by the path.",
  ],
  "exchange.master_unreadable": [
    "A line is not one of this master list.",
    "Give the file that `allocell list` wrote, unchanged.",
  ],
  "exchange.no_blocks": ["The format has blocks, and the list has none.", "Choose another format."],
  "exchange.number_twice": ["A randomization number stands twice in the file.", "Upload the table again."],
  "exchange.tables_equal": ["The development and the production table are equal.", "Make a TEST list of another seed."],
  "exchange.too_many_rows": ["The list has more rows than the system takes.", "Make a shorter list."],
} as const;
