export const CALENDAR_CODES = {
  "calendar.anchor_missing": ["A window that does not say what it hangs on.", "`planned` or `actual-first`."],
  "calendar.date_invalid": ["Not `YYYY-MM-DD`.", "Write the date so."],
  "calendar.days_invalid": ["Not a whole number of days.", "Give a whole number."],
  "calendar.interval_missing": ["Several administrations without the days between them.", "Give `intervalDays`."],
  "calendar.minutes_invalid": ["A number of minutes is no whole number.", "Give a whole number."],
  "calendar.no_day_zero": ["Study day 0.", "The day before Day 1 is Day -1."],
  "calendar.no_such_day": ["The day does not exist.", "Check the date.", { text: "text" }],
  "calendar.out_of_range": ["A date outside the years 0001 to 9999.", "Check the number of days."],
  "calendar.outside_window": [
    "Warning: prepared or administered outside the window.",
    "Document the deviation.",
    { number: "number?" },
  ],
  "calendar.plan_invalid": [
    "A count or number of days out of range, more actual dates than administrations, or a policy that is not known.",
    "Correct the field named by the path.",
    { actual: "number?", administrations: "number?" },
  ],
  "calendar.planned_day_differs": [
    "Warning: the planned day is not that of the administration, or outside its window.",
    "Correct a date.",
  ],
  "calendar.spacing_without_window": ["A minimum spacing without a window.", "Give the window."],
  "calendar.time_invalid": ["Not `YYYY-MM-DDTHH:MM`.", "Write the time so."],
  "calendar.weekend": [
    "Warning: no working day inside the window; prepared for a Saturday or Sunday.",
    "Document it, or widen the window.",
    { policy: "text?" },
  ],
  "calendar.window_empty": [
    "The spacing leaves no allowed day.",
    "Widen the window or replan.",
    { administration: "number?", spacing: "number?", from: "text?", to: "text?", before: "text?" },
  ],
} as const;
