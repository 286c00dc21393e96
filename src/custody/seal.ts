import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { deepFreeze, fail } from "../foundation/index.js";
import { fourBytes, fromHex, requireRandom } from "./bytes.js";
import { altered, checksumOf, headerLine, LEAST_ITERATIONS, readSealed, type SealedHeader } from "./sealedHeader.js";
import { gcmOpen, gcmSeal, pbkdf2, type SubtleLike } from "./webCrypto.js";

/** What the platform gives: its cryptography, and bytes from its cryptographic generator. */
export interface Platform {
  readonly subtle: SubtleLike;
  readonly entropy: (bytes: number) => Uint8Array;
}

/** What is sealed, and for which list. */
export interface SealRequest {
  readonly plaintext: Uint8Array;
  /** At least 16 characters. */
  readonly passphrase: string;
  readonly status: "LIVE" | "TEST";
  readonly list: string;
  /** SHA-256 of the list's unblinded manifest, 64 hex digits. */
  readonly manifestSha256: string;
  /** Iterations of PBKDF2, 600,000 to 10,000,000; default 600,000. */
  readonly iterations?: number;
}

/** A file that was opened. UNBLINDED. */
export interface Unsealed {
  readonly header: SealedHeader;
  readonly plaintext: Uint8Array;
}

const BLOCK_BYTES = 4096;
const LEAST_CHARACTERS = 16;

/** Length (4 bytes, big-endian), the bytes, zeros up to a multiple of 4,096: the size tells next to nothing. */
export function padBytes(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((bytes.length + 4) / BLOCK_BYTES) * BLOCK_BYTES);
  padded.set(fourBytes(bytes.length));
  padded.set(bytes, 4);
  return padded;
}

/** What {@link padBytes} was given; undefined for bytes that it never makes. */
export function unpadBytes(padded: Uint8Array): Uint8Array | undefined {
  const length = [0, 1, 2, 3].reduce((sum, i) => sum * 256 + (padded[i] ?? 0), 0);
  const isWhole = padded.length === Math.ceil((length + 4) / BLOCK_BYTES) * BLOCK_BYTES;
  return isWhole && padded.subarray(4 + length).every((byte) => byte === 0) ? padded.slice(4, 4 + length) : undefined;
}

/** UTF-8 of the passphrase's NFC form. */
function passphraseBytes(passphrase: string): Uint8Array {
  return utf8ToBytes(passphrase.normalize("NFC"));
}

/**
 * Refuses a passphrase that can be guessed by its length: fewer than 16 characters (of its NFC form, spaces at the ends
 * not counted), or fewer than 6 different ones.
 *
 * @throws AllocellError `blinding.passphrase_short`; it never shows the passphrase
 */
export function checkPassphrase(passphrase: string): void {
  const characters = Array.from(passphrase.normalize("NFC").trim());
  if (characters.length >= LEAST_CHARACTERS && new Set(characters).size >= 6) return;
  fail("blinding.passphrase_short", "passphrase", "The passphrase is too short: whoever has the file could find it.", {
    expected: `at least ${LEAST_CHARACTERS} characters, for example six words drawn from a list`,
    received: `${characters.length} characters, ${new Set(characters).size} of them different`,
  });
}

/**
 * Seals bytes with a passphrase.
 *
 * A random data key encrypts the padded bytes (AES-256-GCM); the key that PBKDF2 makes of the passphrase encrypts the
 * data key. The header, the manifest's hash in it, is authenticated by both.
 *
 * @returns the file: header line, encrypted body, SHA-256 over both
 * @throws AllocellError `blinding.passphrase_short`, `blinding.manifest_hash_invalid`, `blinding.sealed_weak` (too few
 *   iterations), `blinding.entropy_weak`
 */
export async function sealWithPassphrase(request: SealRequest, platform: Platform): Promise<Uint8Array> {
  const { plaintext, passphrase, status, list, manifestSha256, iterations = LEAST_ITERATIONS } = request;
  checkPassphrase(passphrase);
  if (!/^[0-9a-f]{64}$/.test(manifestSha256)) {
    fail("blinding.manifest_hash_invalid", "manifestSha256", "The hash of the manifest is 64 lowercase hex digits.");
  }
  const { subtle } = platform;
  const random = (count: number): Uint8Array => requireRandom(platform.entropy(count), count, "entropy");
  const dataKey = random(32);
  const padded = padBytes(plaintext);
  const header: Omit<SealedHeader, "wrappedKey"> = {
    format: "allocell-sealed-1",
    status,
    list,
    manifestSha256,
    kdf: { name: "PBKDF2-HMAC-SHA256", iterations, salt: bytesToHex(random(32)) },
    cipher: "AES-256-GCM",
    wrapNonce: bytesToHex(random(12)),
    nonce: bytesToHex(random(12)),
    bodyBytes: padded.length + 16,
  };
  const wrapKey = await pbkdf2(subtle, passphraseBytes(passphrase), fromHex(header.kdf.salt), iterations);
  const wrap = { key: wrapKey, nonce: fromHex(header.wrapNonce), aad: utf8ToBytes(headerLine(header)) };
  const whole: SealedHeader = { ...header, wrappedKey: bytesToHex(await gcmSeal(subtle, wrap, dataKey)) };
  const headerBytes = utf8ToBytes(headerLine(whole));
  const body = await gcmSeal(subtle, { key: dataKey, nonce: fromHex(header.nonce), aad: headerBytes }, padded);
  const before = concatBytes(headerBytes, body);
  const file = concatBytes(before, checksumOf(before));
  // What cannot be read again is refused now, not when it is needed.
  readSealed(file);
  return file;
}

/**
 * Opens a sealed file, whole or not at all.
 *
 * @param expectedManifest - the manifest's hash on record, if there is one; another one is refused
 * @throws AllocellError `blinding.sealed_unknown`, `blinding.sealed_truncated`, `blinding.sealed_altered`,
 *   `blinding.sealed_weak`; `blinding.sealed_not_opened` (wrong passphrase, or a header that somebody forged: the two
 *   cannot be told apart); `blinding.manifest_differs`
 */
export async function unsealWithPassphrase(
  file: Uint8Array,
  passphrase: string,
  subtle: SubtleLike,
  expectedManifest?: string,
): Promise<Unsealed> {
  const { header, headerBytes, body } = readSealed(file);
  const { wrappedKey, ...rest } = header;
  const wrapKey = await pbkdf2(subtle, passphraseBytes(passphrase), fromHex(header.kdf.salt), header.kdf.iterations);
  const wrap = { key: wrapKey, nonce: fromHex(header.wrapNonce), aad: utf8ToBytes(headerLine(rest)) };
  const dataKey = await gcmOpen(subtle, wrap, fromHex(wrappedKey));
  if (dataKey === undefined) {
    return fail("blinding.sealed_not_opened", "passphrase", "The file does not open with this passphrase.", {
      expected: "the passphrase with which it was sealed",
    });
  }
  const padded = await gcmOpen(subtle, { key: dataKey, nonce: fromHex(header.nonce), aad: headerBytes }, body);
  const plaintext = padded === undefined ? undefined : unpadBytes(padded);
  if (plaintext === undefined) return altered();
  requireManifest(header.manifestSha256, expectedManifest);
  return { header: deepFreeze(header), plaintext };
}

/** Refuses another manifest than the one on record. @throws AllocellError `blinding.manifest_differs` */
export function requireManifest(found: string, expected: string | undefined): void {
  if (expected === undefined || expected.toLowerCase() === found) return;
  fail(
    "blinding.manifest_differs",
    "manifestSha256",
    "What was sealed belongs to another manifest than the one on record.",
    {
      expected,
      received: found,
    },
  );
}
