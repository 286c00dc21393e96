export const STORE_CODES = {
  "store.busy": [
    "Others wrote first, too many times; nothing was written.",
    "Send the same request again.",
    { attempts: "number" },
  ],
  "store.chain_broken": [
    "The log in this store never had the event that the new one follows: it is another log, or a copy of the database that went its own way.",
    "Find out which database is the right one; nothing goes on until then.",
  ],
  "store.event_missing": ["The log has no event of this place.", "See the number of the event.", { event: "number" }],
  "store.key_invalid": [
    "A key is none of age's.",
    "Public keys that begin with age1, and one secret key that begins with AGE-SECRET-KEY-.",
  ],
  "store.log_name": [
    "This is no name of a log.",
    "1 to 100 letters, digits or `. _ -`, beginning with a letter or digit.",
  ],
  "store.plan_missing": [
    "A dynamic allocation follows from its plan and seed, and they were not given.",
    "Open the log with `basis: { plan, seed }`.",
  ],
  "store.request_differs": [
    "The id of a request that asked for something else.",
    "A new id for a new request.",
    { request: "text", event: "number" },
  ],
  "store.treatment_not_opened": [
    "A treatment in the store does not open with this key.",
    "The secret key of one of its recipients, and an unchanged table.",
  ],
  "store.treatments_closed": [
    "An event with a treatment, in a store that was opened without `treatments`.",
    "Open it with `PLAIN_TREATMENTS` or `ageTreatments`, in a process that may read them.",
  ],
  "store.unavailable": [
    "The database did not answer, or refused; whether the event was written is not known.",
    "Send the same request again.",
  ],
} as const;
