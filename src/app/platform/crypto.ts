import { bytesToHex } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { Buffer } from "./globals.js";

/** As in `node:crypto`, of SHA-256 alone. */
export interface Hash {
  readonly update: (data: string | Uint8Array) => Hash;
  readonly digest: () => string;
}

export function createHash(): Hash {
  const state = sha256.create();
  const hash: Hash = {
    update: (data) => {
      state.update(typeof data === "string" ? new TextEncoder().encode(data) : data);
      return hash;
    },
    digest: () => bytesToHex(state.digest()),
  };
  return hash;
}

export const randomBytes = (count: number): Uint8Array => Buffer.from(crypto.getRandomValues(new Uint8Array(count)));
