import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import { describeReceived, fail, hideFields, sha256Hex } from "../foundation/index.js";

const HIDDEN = "[seed hidden]";
const LIVE_FORM = /^[0-9a-f]{64}-[0-9a-f]{8}$/;

/**
 * A secret from which every stream of a list is derived. Its bytes never show: not in JSON, not as a string, not in a
 * debugger's print-out, not in an error.
 */
export class Seed {
  /** LIVE seeds are 32 random bytes; TEST seeds come from a text and make lists that say TEST everywhere. */
  readonly kind: "LIVE" | "TEST";
  readonly #bytes: Uint8Array;
  /** HMAC-SHA256 with HKDF's extracted key, the same for every stream of the seed. */
  readonly #keyed: ReturnType<typeof hmac.create>;

  private constructor(kind: "LIVE" | "TEST", bytes: Uint8Array) {
    this.kind = kind;
    this.#bytes = bytes;
    // RFC 5869, 2.2: without a salt, a hash length of zeros is the key.
    this.#keyed = hmac.create(sha256, hmac(sha256, new Uint8Array(32), bytes));
    hideFields(this, HIDDEN);
    Object.freeze(this);
  }

  /**
   * A live seed from 32 bytes that a cryptographic generator made (`crypto.getRandomValues`).
   *
   * @throws AllocellError `random.seed_weak` if there are not 32 bytes, or if they show a pattern: fewer than 16
   *   different values, one constant step, or printable characters only, as a passphrase has (a random seed fails this
   *   less than once in 10^11); `random.seed_missing` for anything but a Uint8Array
   */
  static live(entropy: Uint8Array): Seed {
    if (Object.prototype.toString.call(entropy) !== "[object Uint8Array]") return missing(entropy);
    const step = (Number(entropy[1]) - Number(entropy[0])) & 255;
    const isProgression = entropy.every((byte, i) => i === 0 || ((byte - Number(entropy[i - 1])) & 255) === step);
    const isText = entropy.every((byte) => byte >= 0x20 && byte < 0x7f);
    if (entropy.length !== 32 || new Set(entropy).size < 16 || isProgression || isText) {
      return fail("random.seed_weak", "seed", "A live seed is 32 bytes from a cryptographic random generator.", {
        expected: "32 random bytes; `allocell seed` makes them",
        received: entropy.length === 32 ? "32 bytes with a pattern" : `${entropy.length} bytes`,
      });
    }
    return new Seed("LIVE", Uint8Array.from(entropy));
  }

  /**
   * A test seed from any text (its NFC form in UTF-8). Lists made with it are marked TEST and are never for a trial.
   *
   * @throws AllocellError `random.seed_missing` for an empty text, `random.seed_invalid` for one with a lone surrogate,
   *   `random.seed_looks_live` for one that looks like a live seed (40 or more hex digits), which must stay secret
   */
  static test(text: string): Seed {
    if (typeof text !== "string" || text.trim() === "") return missing(text);
    if (/\p{Surrogate}/u.test(text)) {
      return fail("random.seed_invalid", "seed", "The text of a test seed holds half a character (a lone surrogate).");
    }
    if (/[0-9a-f]{40}/i.test(text)) {
      return fail("random.seed_looks_live", "seed", "This text looks like a live seed; a test seed is a plain text.", {
        expected: "a text without 40 or more hex digits in a row",
      });
    }
    return new Seed("TEST", utf8ToBytes(text.normalize("NFC")));
  }

  /** HKDF-SHA256 (RFC 5869) of the seed, no salt, `info` as given, 32 bytes as 64 lowercase hex digits. */
  deriveHex(info: Uint8Array): string {
    // RFC 5869, 2.3: as many bytes as one hash has are the first block, T(1) = HMAC(key, info | 1).
    return bytesToHex(this.#keyed.clone().update(info).update(Uint8Array.of(1)).digest());
  }

  /**
   * The whole number that the text of a TEST seed says, for streams of other programs that are seeded by a number.
   *
   * @throws AllocellError `random.seed_not_whole` for another text, a number outside (-2^31, 2^31), or a LIVE seed
   */
  wholeNumber(): number {
    const text = this.kind === "TEST" ? Array.from(this.#bytes, (byte) => String.fromCharCode(byte)).join("") : "";
    const value = /^-?\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (Math.abs(value) < 2147483648) return value;
    return fail("random.seed_not_whole", "seed", "This stream is seeded by a whole number.", {
      expected: "a TEST seed whose text is a whole number from -2147483647 to 2147483647",
    });
  }

  /** The text form of a live seed, the secret itself: 64 hex digits, a hyphen, 8 check digits. */
  revealText(): string {
    if (this.kind === "TEST") return fail("random.seed_test", "seed", "A test seed has no live text form.");
    const hex = bytesToHex(this.#bytes);
    return `${hex}-${checkValue(hex)}`;
  }

  toString(): string {
    return HIDDEN;
  }

  toJSON(): string {
    return HIDDEN;
  }
}

function missing(received: unknown): never {
  return fail("random.seed_missing", "seed", "A seed is required; none is ever made up.", {
    expected: "the text that `allocell seed` printed",
    received:
      typeof received !== "string"
        ? describeReceived(typeof received)
        : received.trim() === ""
          ? "an empty text"
          : "a text",
  });
}

/** The 8 hex digits that catch typing errors: the beginning of SHA-256("allocell seed check 1:" + 64 hex digits). */
function checkValue(hex: string): string {
  return sha256Hex(`allocell seed check 1:${hex}`).slice(0, 8);
}

/**
 * Reads a live seed as `allocell seed` prints it: 64 hex digits, a hyphen, 8 check digits; upper case is read as lower.
 *
 * @param text - a seed file's one line, white space around it left out
 * @throws AllocellError `random.seed_missing`, `random.seed_not_live` (not of that form: passphrases, numbers and dates
 * are guessable), `random.seed_mistyped` (the check digits do not fit), `random.seed_weak` (see {@link Seed.live})
 * @example
 * parseLiveSeed("my secret passphrase"); // throws random.seed_not_live
 */
export function parseLiveSeed(text: unknown): Seed {
  if (typeof text !== "string" || text.trim() === "") return missing(text);
  const form = text.trim().toLowerCase();
  if (!LIVE_FORM.test(form)) {
    return fail("random.seed_not_live", "seed", "A live list takes only a seed made by `allocell seed`.", {
      expected: "64 hex digits, a hyphen and 8 check digits",
      received: `a text of ${text.trim().length} characters in another form`,
    });
  }
  const hex = form.slice(0, 64);
  if (checkValue(hex) !== form.slice(65)) {
    return fail("random.seed_mistyped", "seed", "The seed's check digits do not fit: a digit is wrong or missing.", {
      expected: "the text exactly as `allocell seed` printed it",
    });
  }
  return Seed.live(hexToBytes(hex));
}
