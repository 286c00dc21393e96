/** The documents of `describe`, by the names that `--document` takes. */
export const DOCUMENTS = [
  "protocol",
  "specification",
  "sealed-code",
  "blinding-record",
  "unblinding-record",
  "record",
  "spirit",
  "consort",
  "m11",
  "usdm",
] as const;
export type DocumentName = (typeof DOCUMENTS)[number];
