import { sha256 } from "@noble/hashes/sha2.js";
import * as z from "zod";
import { canonicalJson, fail } from "../foundation/index.js";
import { listIdSchema } from "../list/index.js";

/** Iterations of PBKDF2-HMAC-SHA256: the least that OWASP's cheat sheet on password storage names (2023). */
export const LEAST_ITERATIONS = 600_000;
/** A file that asks for more would keep a machine busy for minutes. */
const MOST_ITERATIONS = 10_000_000;
const MOST_HEADER_BYTES = 4096;
const CHECKSUM_BYTES = 32;

/** The readable first line of a sealed file. It is authenticated: nobody without the passphrase can change it. */
export interface SealedHeader {
  readonly format: "allocell-sealed-1";
  readonly status: "LIVE" | "TEST";
  readonly list: string;
  /** SHA-256 of the list's unblinded manifest. */
  readonly manifestSha256: string;
  readonly kdf: {
    readonly name: "PBKDF2-HMAC-SHA256";
    readonly iterations: number;
    /** 32 bytes in hex. */
    readonly salt: string;
  };
  readonly cipher: "AES-256-GCM";
  /** 12 bytes in hex. */
  readonly wrapNonce: string;
  /** The data key, encrypted: 32 bytes and the tag of 16, in hex. */
  readonly wrappedKey: string;
  /** 12 bytes in hex. */
  readonly nonce: string;
  /** Bytes of the encrypted body, its tag included. */
  readonly bodyBytes: number;
}

const hex = (bytes: number): z.ZodString => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const headerSchema: z.ZodType<SealedHeader> = z.strictObject({
  format: z.literal("allocell-sealed-1"),
  status: z.enum(["LIVE", "TEST"]),
  list: listIdSchema,
  manifestSha256: hex(32),
  kdf: z.strictObject({ name: z.literal("PBKDF2-HMAC-SHA256"), iterations: z.int(), salt: hex(32) }),
  cipher: z.literal("AES-256-GCM"),
  wrapNonce: hex(12),
  wrappedKey: hex(48),
  nonce: hex(12),
  bodyBytes: z
    .int()
    .min(4096 + 16)
    .max(2 ** 31),
});

/** A sealed file taken apart, its checksum and form found right; nothing is decrypted. */
export interface SealedParts {
  readonly header: SealedHeader;
  /** The bytes of the header line, its line feed included. */
  readonly headerBytes: Uint8Array;
  readonly body: Uint8Array;
}

const BEGINNING = '{"bodyBytes":';

/** The header line and its line feed. All of it is ASCII. */
export function headerLine(header: Omit<SealedHeader, "wrappedKey">): string {
  return `${canonicalJson(header)}\n`;
}

/** SHA-256 over everything before it: finds damage without a passphrase; it is no protection against intent. */
export function checksumOf(before: Uint8Array): Uint8Array {
  return sha256(before);
}

/**
 * Takes a sealed file apart.
 *
 * @throws AllocellError `blinding.sealed_unknown` (no sealed file), `blinding.sealed_truncated`,
 *   `blinding.sealed_altered`, `blinding.sealed_weak` (iterations outside [600,000, 10,000,000])
 */
export function readSealed(file: Uint8Array): SealedParts {
  const limit = file.subarray(0, MOST_HEADER_BYTES);
  const end = limit.indexOf(10);
  const start = Array.from(limit.subarray(0, end < 0 ? limit.length : end), (byte) => String.fromCharCode(byte)).join(
    "",
  );
  if (!start.startsWith(BEGINNING.slice(0, start.length)) || start === "") {
    return fail("blinding.sealed_unknown", "file", "This is not a file that was sealed with a passphrase.", {
      expected: "a file that `allocell seal` wrote",
    });
  }
  if (end < 0) return file.length < MOST_HEADER_BYTES ? truncated() : altered();
  const header = readHeader(start);
  const whole = end + 1 + header.bodyBytes + CHECKSUM_BYTES;
  if (file.length < whole) return truncated();
  const before = file.subarray(0, whole - CHECKSUM_BYTES);
  const sum = checksumOf(before);
  if (file.length > whole || !file.subarray(before.length).every((byte, i) => byte === sum[i])) return altered();
  if (header.kdf.iterations < LEAST_ITERATIONS || header.kdf.iterations > MOST_ITERATIONS) {
    fail("blinding.sealed_weak", "kdf.iterations", "The file's key derivation is not one that is accepted.", {
      expected: `${LEAST_ITERATIONS} to ${MOST_ITERATIONS} iterations`,
      received: String(header.kdf.iterations),
    });
  }
  return { header, headerBytes: file.slice(0, end + 1), body: file.slice(end + 1, before.length) };
}

function readHeader(line: string): SealedHeader {
  let raw: unknown;
  try {
    raw = JSON.parse(line);
  } catch {
    return altered();
  }
  const result = headerSchema.safeParse(raw);
  return result.success && canonicalJson(result.data) === line ? result.data : altered();
}

function truncated(): never {
  return fail("blinding.sealed_truncated", "file", "The sealed file ends too early: a part of it is missing.", {
    expected: "the whole file; copy it again",
  });
}

/** The file is not as it was written, which is certain. */
export function altered(): never {
  return fail("blinding.sealed_altered", "file", "The sealed file is not as it was written; nothing was opened.", {
    expected: "an unchanged copy of the file",
  });
}
