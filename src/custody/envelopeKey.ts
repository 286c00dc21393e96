import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { deepFreeze, fail, requireFields, sha256Hex } from "../foundation/index.js";
import type { MasterList, MasterRow } from "../list/index.js";
import { encodeStreamName, type Seed } from "../random/index.js";
import { fourBytes, fromHex, lengthPrefixed, requireRandom } from "./bytes.js";
import { requireSeedOf } from "./seedOf.js";

/** The key of one envelope. With the envelope it shows one treatment; alone it shows none. */
export interface EnvelopeKeyCard {
  readonly format: "allocell-key-card-1";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly list: string;
  readonly number: string;
  readonly stratum: MasterRow["stratum"];
  /** 64 hex digits, a hyphen, 8 check digits. */
  readonly key: string;
}

/** What the keys of a list's envelopes are derived from. */
export interface EnvelopeSource {
  readonly master: MasterList;
  readonly seed: Seed;
  /** 32 random bytes that stand in the file of the envelopes; new ones for every file. */
  readonly salt: Uint8Array;
}

/**
 * The key of a position's envelope, 32 bytes.
 *
 * HKDF-SHA256 of the seed with the stream name (purpose `envelopes`) followed by two more length-prefixed fields: the
 * salt of the file and the sequence as 4 bytes. No key says anything of another; whoever has the seed and the file can
 * make a lost card again. The salt makes the keys of every file new, so that no key ever encrypts twice.
 */
export function envelopeKey(
  seed: Seed,
  algorithm: string,
  list: string,
  row: Pick<MasterRow, "stratum" | "sequence">,
  salt: Uint8Array,
): Uint8Array {
  const name = encodeStreamName({ algorithm, list, purpose: "envelopes", stratum: row.stratum });
  return fromHex(seed.deriveHex(concatBytes(name, lengthPrefixed(salt), lengthPrefixed(fourBytes(row.sequence)))));
}

/**
 * The key cards of a list's envelopes in list order, made one at a time: each goes to whoever may break that code.
 *
 * @throws AllocellError `blinding.seed_differs`, `blinding.entropy_weak`
 */
export function* envelopeKeyCards(source: EnvelopeSource): Generator<EnvelopeKeyCard, void, undefined> {
  requireFields(source, "what envelopes are made from: master, seed and salt", {});
  const { master, seed } = source;
  requireSeedOf(master, seed);
  const salt = requireRandom(source.salt, 32, "salt");
  const { plan, algorithm } = master.unblindedRecord();
  for (const row of master.unblindedPublishedRows()) {
    const key = toKeyText(envelopeKey(seed, algorithm, master.list, row, salt));
    const { status, list } = master;
    yield deepFreeze({
      format: "allocell-key-card-1",
      status,
      trial: plan.trial,
      list,
      number: row.number,
      stratum: row.stratum,
      key,
    });
  }
}

function toKeyText(key: Uint8Array): string {
  const hex = bytesToHex(key);
  return `${hex}-${checkDigits(hex)}`;
}

function checkDigits(hex: string): string {
  return sha256Hex(`allocell envelope key check 1:${hex}`).slice(0, 8);
}

/**
 * Reads the key of a card; upper case and spaces within are accepted.
 *
 * @throws AllocellError `blinding.envelope_key_invalid`, `blinding.envelope_key_mistyped`; neither shows the key
 */
export function parseEnvelopeKey(text: string): Uint8Array {
  const form = text.replace(/\s/g, "").toLowerCase();
  if (!/^[0-9a-f]{64}-[0-9a-f]{8}$/.test(form)) {
    return fail("blinding.envelope_key_invalid", "key", "This is not the key of an envelope.", {
      expected: "64 hex digits, a hyphen and 8 check digits, as on the key card",
    });
  }
  const hex = form.slice(0, 64);
  if (checkDigits(hex) !== form.slice(65)) {
    fail("blinding.envelope_key_mistyped", "key", "The key's check digits do not fit: a digit is wrong or missing.");
  }
  return fromHex(hex);
}
