import { readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { exists, failAt, touching } from "../store/disk/index.js";
import type { Io } from "./io.js";

/** Refuses a folder that holds something. @throws AllocellError `cli.output_exists` */
export function requireNewFolder(io: Io, folder: string, option: string): void {
  const path = resolve(io.cwd, folder);
  if (!exists(path, folder)) return;
  const isEmptyFolder = touching(folder, () => statSync(path).isDirectory() && readdirSync(path).length === 0);
  if (isEmptyFolder) return;
  const message = "This exists already; nothing was written. The files of an answer come into a folder of their own.";
  failAt({ code: "cli.output_exists", path: option, file: folder, message, expected: "a new folder" });
}
