import { closeSync, openSync, readSync } from "node:fs";
import { resolve } from "node:path";
import { touching } from "../store/disk/index.js";
import type { Io } from "./io.js";

const PIECE_BYTES = 65_536;

/**
 * The bytes of a file, a piece after the other: a long file needs no more memory than a short one. A piece stands until
 * the next one is asked for.
 *
 * @throws AllocellError `cli.file_*`
 */
export function* filePieces(io: Io, file: string): Generator<Uint8Array, void, undefined> {
  const fd = touching(file, () => openSync(resolve(io.cwd, file), "r"));
  try {
    const piece = new Uint8Array(PIECE_BYTES);
    for (;;) {
      const length = touching(file, () => readSync(fd, piece, 0, PIECE_BYTES, null));
      if (length === 0) return;
      yield piece.subarray(0, length);
    }
  } finally {
    closeSync(fd);
  }
}
