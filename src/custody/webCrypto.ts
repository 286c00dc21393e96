import type { OwnBytes } from "./bytes.js";

/** A key inside the platform's cryptography; nothing is asked of it here. */
export type OpaqueKey = object;

type KeyUse = "encrypt" | "decrypt";

/** What is needed of WebCrypto's `crypto.subtle`. Browsers (in secure contexts) and Node have it; it is an argument. */
export interface SubtleLike {
  importKey(
    format: "raw",
    keyData: OwnBytes,
    algorithm: "AES-GCM",
    extractable: boolean,
    keyUsages: KeyUse[],
  ): Promise<OpaqueKey>;
  encrypt(algorithm: GcmParameters, key: OpaqueKey, data: OwnBytes): Promise<ArrayBuffer>;
  decrypt(algorithm: GcmParameters, key: OpaqueKey, data: OwnBytes): Promise<ArrayBuffer>;
}

/** Parameters of AES-GCM: nonce, authenticated text, tag of 128 bits. */
export interface GcmParameters {
  readonly name: "AES-GCM";
  readonly iv: OwnBytes;
  readonly additionalData: OwnBytes;
  readonly tagLength: 128;
}

/** What one encryption needs beside the bytes. */
export interface GcmUse {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** 12 bytes, never twice with one key. */
  readonly nonce: Uint8Array;
  /** Authenticated, not encrypted. */
  readonly aad: Uint8Array;
}

const parametersOf = ({ nonce, aad }: GcmUse): GcmParameters => ({
  name: "AES-GCM",
  iv: Uint8Array.from(nonce),
  additionalData: Uint8Array.from(aad),
  tagLength: 128,
});

/** AES-256-GCM (NIST SP 800-38D): ciphertext, then the 16 bytes of the tag. */
export async function gcmSeal(subtle: SubtleLike, use: GcmUse, plaintext: Uint8Array): Promise<Uint8Array> {
  const key = await subtle.importKey("raw", Uint8Array.from(use.key), "AES-GCM", false, ["encrypt"]);
  return new Uint8Array(await subtle.encrypt(parametersOf(use), key, Uint8Array.from(plaintext)));
}

/** The plaintext, or undefined if key, nonce, authenticated text or ciphertext is not what it was. */
export async function gcmOpen(subtle: SubtleLike, use: GcmUse, sealed: Uint8Array): Promise<Uint8Array | undefined> {
  const key = await subtle.importKey("raw", Uint8Array.from(use.key), "AES-GCM", false, ["decrypt"]);
  try {
    return new Uint8Array(await subtle.decrypt(parametersOf(use), key, Uint8Array.from(sealed)));
  } catch (error) {
    // WebCrypto's name for a tag that does not fit; everything else is a fault of the platform or of ours.
    if ((error as { readonly name?: unknown } | undefined)?.name === "OperationError") return undefined;
    throw error;
  }
}
