/** What the pages of `src/app` run: the code of the commands itself, with a folder in memory for a disk. */
export { check } from "./commands/check.js";
export { open as openCommitment, proveRow } from "./commands/commit.js";
export { dose } from "./commands/dose.js";
export { list } from "./commands/list.js";
export { prepare } from "./commands/prepare.js";
export { record } from "./commands/record.js";
export { scan } from "./commands/scan.js";
export { seed } from "./commands/seed.js";
export { suggestDesigns } from "./commands/suggest.js";
export { verify } from "./commands/verify.js";
export { field, type Field, type FieldKind, type Section } from "./fields/fields.js";
export { CARRIED, ORDER_SECTIONS } from "./fields/orderFields.js";
export { PLAN_CARRIED, planSections } from "./fields/planFields.js";
export { RECORD_SECTIONS } from "./fields/recordFields.js";
export { readDataFile } from "./dataFile.js";
export type { LocatedIssue } from "../store/disk/index.js";
export type { Io } from "./io.js";
export { inOrder, readOrderFile, type OrderFile } from "./orderFile.js";
