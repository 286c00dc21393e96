export const REPORT_CODES = {
  "report.blinded_leak": [
    "A text names the arm, product, lot or dose.",
    "Write it so that it is the same in every arm.",
    { found: "text?" },
  ],
  "report.cards_missing": ["There is no card to print.", "At least one."],
  "report.code_unreadable": [
    "A scanned text is not the code of a bag's label, or a sign of it was lost.",
    "Scan the label again.",
  ],
  "report.details_invalid": [
    "Route or storage is missing, or a field is not known.",
    "Correct the field named by the path.",
  ],
  "report.diluent_expired": ["The diluent is out of date on the day of preparation.", "Another one.", { name: "text" }],
  "report.expiry_differs": ["Clock and details give two times of latest start or end.", "Leave it out of the details."],
  "report.field_missing": [
    "A field that a blinded record shows is not stated.",
    "State it in the order, or the latest start and end in the details.",
  ],
  "report.label_invalid": [
    "A size outside 50 to 210 mm × 30 to 297 mm, no 1 to 100 copies, or another printer than 203 or 300 dpi.",
    "Another size or number.",
  ],
  "report.label_text_too_long": [
    "A text does not fit on the label.",
    "Shorten it, or take a larger label.",
    { widthMm: "number?", heightMm: "number?" },
  ],
  "report.language_unknown": ["Neither `en` nor `zh`.", "One of the two."],
  "report.lot_missing": [
    "The order has not the lot that the preparation names.",
    "A preparation that this version of allocell made.",
  ],
  "report.not_blinded": ["A blinded record of a licensed product.", "`toOpenLabelHtml`, and the worksheet."],
  "report.not_open": ["An open label of a trial's preparation.", "`toBagLabelHtml`."],
  "report.nothing_assessed": ["There is no assessment to report.", "At least one."],
  "report.picture_invalid": ["A drawing is no plain SVG.", "One `<svg>` element without scripts."],
  "report.received_later": ["The product is received after the day of preparation.", "Correct the date."],
  "report.trial_differs": ["The plan is for another trial.", "Give the trial of the plan."],
  "report.volume_not_fixed": ["The final volume would follow from the dose.", "State one final volume for every arm."],
} as const;
