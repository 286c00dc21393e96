/** Every code of an error that this room makes: docs/store.md says what each means. */
export type StoreCode =
  | "store.busy"
  | "store.chain_broken"
  | "store.event_missing"
  | "store.key_invalid"
  | "store.log_name"
  | "store.plan_missing"
  | "store.request_differs"
  | "store.treatment_not_opened"
  | "store.treatments_closed"
  | "store.unavailable";
