import { once } from "node:events";
import { createWriteStream, mkdtempSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { failAt, touching } from "./failure.js";
import type { Io, Output } from "./io.js";
import { exists, syncFolder } from "./writeFiles.js";

/**
 * Writes a file piece by piece, whole or not at all, for its owner alone; over an existing file only with `force`.
 *
 * @throws AllocellError `cli.output_exists`, `cli.file_*`
 */
export async function writeWhole<T>(
  io: Io,
  shown: string,
  force: boolean,
  fill: (output: Output) => Promise<T>,
): Promise<T> {
  const target = resolve(io.cwd, shown);
  if (!force && exists(target)) {
    const message = "This file exists already; nothing was written.";
    failAt({ code: "cli.output_exists", path: "--out", file: shown, message, expected: "a new file, or --force" });
  }
  const folder = touching(shown, () => mkdtempSync(join(dirname(target), `.${basename(target)}.unfinished-`)));
  try {
    const unfinished = join(folder, "file");
    const stream = createWriteStream(unfinished, { flags: "wx", mode: 0o600, flush: true });
    await once(stream, "open");
    // The promise of the failing write says it; without a listener the event would end the process too.
    stream.on("error", () => undefined);
    const result = await fill({
      write: (text) =>
        new Promise((resolveWrite, reject) => {
          stream.write(text, (error) => {
            if (error) reject(error);
            else resolveWrite();
          });
        }),
    });
    stream.end();
    await once(stream, "close");
    touching(shown, () => {
      renameSync(unfinished, target);
      syncFolder(dirname(target));
    });
    return result;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
