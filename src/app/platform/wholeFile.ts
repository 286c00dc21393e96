/* How a command writes its one answer, for a folder in memory. The build puts this in the place of `cli/wholeFile.ts`. */
import type { FileOutput, FileToWrite, Io } from "../../cli/index.js";
import { touching } from "../../store/disk/index.js";
import { rmSync } from "./fs.js";
import { resolve } from "./path.js";
import { writeNewFile } from "./writeFiles.js";

export type { FileOutput, FileToWrite };

export const outputFile = ({ cwd }: Io, { out }: FileToWrite): string => resolve(cwd, out);

/** Writes what `fill` gives once all of it is there; over another file only with `force`. */
export async function writeWhole<Result>(
  io: Io,
  file: FileToWrite,
  fill: (output: FileOutput) => Promise<Result>,
): Promise<Result> {
  const pieces: (string | Uint8Array)[] = [];
  const keep = (piece: string | Uint8Array): Promise<void> => {
    pieces.push(piece);
    return Promise.resolve();
  };
  const result = await fill({ write: keep, writeBytes: keep });
  const target = outputFile(io, file);
  if (file.force) rmSync(target, { force: true });
  touching(file.out, () => writeNewFile(target, pieces));
  return result;
}
