export const PAGE_CODES = {
  "page.decimal_mark": [
    "A field of a page has the decimal mark that the page was not told to read.",
    "Write the number with the mark that the page shows, or choose the other one.",
  ],
  "page.file_unread": [
    "An opened file cannot be read by the page.",
    "Open the file that the command reads, or use the command.",
  ],
  "page.task_failed": [
    "The page itself failed while it computed.",
    "Report it, with what was typed; use the command meanwhile.",
  ],
} as const;
