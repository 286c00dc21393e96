import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "./canonicalJson.js";

/** SHA-256 (FIPS 180-4) of the UTF-8 bytes of `text`, as 64 lowercase hex digits. */
export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/** SHA-256 of the {@link canonicalJson} of plain data, as 64 lowercase hex digits. */
export function digestOf(value: unknown): string {
  return sha256Hex(canonicalJson(value));
}

/** SHA-256 of a text that comes in pieces, so that a long file need not be held in memory. */
export class RunningDigest {
  readonly #hash: ReturnType<typeof sha256.create> = sha256.create();

  update(text: string): void {
    this.#hash.update(utf8ToBytes(text));
  }

  /** The 64 hex digits; the digest cannot be continued afterwards. */
  finish(): string {
    return bytesToHex(this.#hash.digest());
  }
}
