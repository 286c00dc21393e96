export type { AllocationStore, LogHead, NewEvents } from "./allocationStore.js";
export { allocate, record, type Allocated, type AllocationRequest } from "./allocate.js";
export type { AskedBody } from "./askedBody.js";
export { STORE_LAWS, type StoreLaw } from "./conformance.js";
export { chainBroken, memoryStore } from "./memoryStore.js";
export { migrate, MIGRATIONS } from "./migrate.js";
export { postgresStore } from "./postgresStore.js";
export { readStoredLog } from "./readStoredLog.js";
export type { SqlClient } from "./sqlClient.js";
export {
  requireLogName,
  StoredLog,
  type Recorded,
  type RequestHead,
  type StoredLogOptions,
  type StorePlatform,
} from "./storedLog.js";
export { ageTreatments, PLAIN_TREATMENTS, type TreatmentSeal } from "./treatments.js";
