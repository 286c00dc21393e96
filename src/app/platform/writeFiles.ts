/*
 * How the commands write, for a folder in memory: nothing interrupts a page, there are no links, and no disk to which
 * anything could be brought. The build puts this in the place of `store/disk/writeFiles.ts`.
 */
import { touching, type NewFile } from "../../store/disk/index.js";
import { createHash } from "./crypto.js";
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, writeSync } from "./fs.js";

export type { NewFile };

const bytesOf = (piece: string | Uint8Array): Uint8Array =>
  typeof piece === "string" ? new TextEncoder().encode(piece) : piece;

export const chunksOf = (pieces: Iterable<string>): Iterable<string> => pieces;
export const exists: (path: string) => boolean = existsSync;
export const behindLinks = (path: string): string => path;
export const syncFolder = (): void => undefined;
export const placeNew = syncFolder;
export const lacksHardLinks = (): boolean => false;
export const writeAll = (fd: number, bytes: Uint8Array): void => void writeSync(fd, bytes);

/** Writes a new file, and says its SHA-256. */
export function writeNewFile(path: string, pieces: Iterable<string | Uint8Array>): string {
  const fd = openSync(path, "wx");
  const hash = createHash();
  for (const piece of pieces) {
    hash.update(piece);
    writeSync(fd, bytesOf(piece));
  }
  closeSync(fd);
  return hash.digest();
}

export const writeLongFile = (path: string, pieces: Iterable<string>): Promise<string> =>
  Promise.resolve(writeNewFile(path, pieces));

export const writeOneFile = ({ path, shown, content }: NewFile): string =>
  touching(shown, () => writeNewFile(path, [content]));

/** Fills a new folder, or an empty one; what stands there goes first where it is to be replaced. Of a fault nothing stays. */
export async function writeFolder<Result>(
  path: string,
  shown: string,
  replace: boolean,
  fill: (folder: string) => Result | Promise<Result>,
): Promise<Result> {
  touching(shown, () => {
    if (existsSync(path)) {
      if (!replace && readdirSync(path).length > 0) throw Object.assign(new Error("exists"), { code: "ENOTEMPTY" });
      rmSync(path, { recursive: true });
    }
    mkdirSync(path);
  });
  try {
    return await fill(path);
  } catch (error) {
    rmSync(path, { recursive: true, force: true });
    throw error;
  }
}
