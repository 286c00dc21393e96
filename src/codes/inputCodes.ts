export const INPUT_CODES = {
  "input.invalid": ["A function was given something else than it takes.", "See what the message names."],
  "json.not_plain": [
    "Only plain data has a canonical JSON text.",
    "Texts, finite numbers, booleans, null, lists and maps of them.",
  ],
} as const;
