/** What the pages of `src/app` run: the code of the commands itself, with a folder in memory for a disk. */
export { check } from "./commands/check.js";
export { dose } from "./commands/dose.js";
export { prepare } from "./commands/prepare.js";
export { record } from "./commands/record.js";
export { readDataFile } from "./dataFile.js";
export type { LocatedIssue } from "./failure.js";
export type { Io } from "./io.js";
export { inOrder, readOrderFile, type OrderFile } from "./orderFile.js";
