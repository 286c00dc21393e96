import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it that are missing, one by one.
 *
 * Not by `recursive`: where the system lets a folder be seen and none be made in it, as in /proc, that never comes back.
 *
 * @param path - absolute
 * @returns the uppermost folder that was made; undefined if all were there
 */
export function makeFolders(path: string): string | undefined {
  if (existsSync(path)) {
    // Nothing for a folder; of a file with that name the system says so.
    mkdirSync(path, { recursive: true });
    return undefined;
  }
  const above = dirname(path);
  const uppermost = existsSync(above) ? undefined : makeFolders(above);
  mkdirSync(path);
  return uppermost ?? path;
}
