export { withLock } from "./fileLock.js";
export { failAt, fromFileSystem, mapIssues, mostShown, relocated, touching, type LocatedIssue } from "./located.js";
export { holdLog, logText, makeLog, readLogBytes, type HeldLog, type OpenLog } from "./logFile.js";
export { beginUnfinished, endUnfinished, removeUnfinishedOnSignals, takeLeftoverNotes } from "./unfinished.js";
export {
  behindLinks,
  chunksOf,
  exists,
  placeNew,
  syncFolder,
  writeAll,
  writeFolder,
  writeLongFile,
  writeNewFile,
  writeOneFile,
  type NewFile,
} from "./writeFiles.js";
