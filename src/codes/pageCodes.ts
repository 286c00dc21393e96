export const PAGE_CODES = {
  "page.decimal_mark": [
    "A field of a page has the decimal mark that the page was not told to read.",
    "Write the number with the mark that the page shows, or choose the other one.",
  ],
} as const;
