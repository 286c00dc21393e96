import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import {
  canonicalJson,
  deepFreeze,
  fail,
  parseWith,
  requireEach,
  requireFields,
  requireString,
} from "../foundation/index.js";
import { fromHex, requireRandom, utf8Text } from "./bytes.js";
import type { BoundRows, TreatmentRow } from "../blinding/index.js";
import { listBinding } from "../list/index.js";
import { envelopeKey, parseEnvelopeKey, type EnvelopeSource } from "./envelopeKey.js";
import { requireSeedOf } from "./seedOf.js";
import { gcmOpen, gcmSeal, type SubtleLike } from "./webCrypto.js";

/** Every position of a list, each sealed under its own key. Shows no treatment to anybody without a key. */
export interface EnvelopeFile {
  readonly format: "allocell-envelopes-1";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  /** Of the master list: opened with a log only if it is the log's. */
  readonly binding: string;
  /** 32 bytes in hex; the keys are derived with it. */
  readonly salt: string;
  /** In list order; `sealed` is ciphertext and tag in hex, of the same length in all. */
  readonly envelopes: readonly { readonly number: string; readonly sealed: string }[];
}

/** What was in one envelope. UNBLINDED. */
export interface OpenedEnvelope extends BoundRows, TreatmentRow {}

/** Plaintexts are padded to a multiple of this many bytes. */
const STEP_BYTES = 256;
/** As long as the id of an arm can be in a trial's record: how long the ids of this plan are tells nothing then. */
const LONGEST_ARM = "a".repeat(20);
/** Each key encrypts one envelope of one file, so the nonce need not differ. */
const NONCE: Uint8Array = new Uint8Array(12);

type EnvelopeHead = Omit<EnvelopeFile, "envelopes">;

function aadOf({ format, status, trial, part, list, binding, salt }: EnvelopeHead, number: string): Uint8Array {
  return utf8ToBytes(canonicalJson({ format, status, trial, part, list, binding, salt, number }));
}

const contentOf = ({ arm, number, sequence, stratum }: TreatmentRow): Uint8Array =>
  utf8ToBytes(canonicalJson({ arm, number, sequence, stratum }));

/**
 * Seals every position under its own key.
 *
 * The plaintext is the number of its bytes (2, big-endian), the canonical JSON of arm, number, sequence and stratum,
 * and zeros up to one length for all: the longest that any row could need with the longest id that an arm can have.
 *
 * @throws AllocellError `blinding.seed_differs`, `blinding.entropy_weak`
 */
export async function sealEnvelopes(source: EnvelopeSource, subtle: SubtleLike): Promise<EnvelopeFile> {
  requireFields(source, "what envelopes are made from: master, seed and salt", {});
  requireFields(subtle, "the SubtleCrypto of the platform", { encrypt: "a function" });
  const { master, seed } = source;
  requireSeedOf(master, seed);
  const salt = requireRandom(source.salt, 32, "salt");
  const { plan, algorithm } = master.unblindedRecord();
  const { status, list } = master;
  const head: EnvelopeHead = {
    format: "allocell-envelopes-1",
    status,
    trial: plan.trial,
    part: plan.part,
    list,
    binding: listBinding(master),
    salt: bytesToHex(salt),
  };
  const rows = [...master.unblindedPublishedRows()];
  const arms = [LONGEST_ARM, ...plan.arms.map(({ arm }) => arm)];
  const longest = rows.reduce(
    (most, row) => arms.reduce((m, arm) => Math.max(m, contentOf({ ...row, arm }).length), most),
    0,
  );
  const length = Math.ceil((longest + 2) / STEP_BYTES) * STEP_BYTES;
  const envelopes: { number: string; sealed: string }[] = [];
  for (const row of rows) {
    const content = contentOf(row);
    const plaintext = new Uint8Array(length);
    plaintext.set([content.length >>> 8, content.length & 255]);
    plaintext.set(content, 2);
    const key = envelopeKey(seed, algorithm, list, row, salt);
    const sealed = await gcmSeal(subtle, { key, nonce: NONCE, aad: aadOf(head, row.number) }, plaintext);
    envelopes.push({ number: row.number, sealed: bytesToHex(sealed) });
  }
  return deepFreeze({ ...head, envelopes });
}

/**
 * Opens the envelope of one randomization number. No other can be opened with its key.
 *
 * @param key - as on the key card
 * @throws AllocellError `blinding.envelope_missing`; `blinding.envelope_not_opened` if the key is another's or the
 *   envelope was altered, which cannot be told apart; `blinding.envelope_key_invalid`, `blinding.envelope_key_mistyped`
 */
export async function openEnvelope(
  file: EnvelopeFile,
  number: string,
  key: string,
  subtle: SubtleLike,
): Promise<OpenedEnvelope> {
  requireFields(file, "a file of envelopes, as parseEnvelopes returns it", { envelopes: "a list" });
  requireEach(file.envelopes, "an envelope", { number: "text", sealed: "text" });
  requireString(number, "number", "a randomization number");
  requireString(key, "key", "the key of an envelope");
  requireFields(subtle, "the SubtleCrypto of the platform", { decrypt: "a function" });
  const envelope = file.envelopes.find((one) => one.number === number);
  if (envelope === undefined) {
    return fail("blinding.envelope_missing", "number", `The file has no envelope of number ${number}.`, {
      parameters: { number },
    });
  }
  const use = { key: parseEnvelopeKey(key), nonce: NONCE, aad: aadOf(file, number) };
  const plaintext = await gcmOpen(subtle, use, fromHex(envelope.sealed));
  if (plaintext === undefined) {
    return fail("blinding.envelope_not_opened", "key", `The envelope of ${number} does not open with this key.`, {
      expected: `the key on the card of ${number} of the same file, and an envelope that nobody changed`,
    });
  }
  const length = (Number(plaintext[0]) << 8) | Number(plaintext[1]);
  const { arm, sequence, stratum } = JSON.parse(utf8Text(plaintext.subarray(2, 2 + length))) as TreatmentRow;
  const row: TreatmentRow = deepFreeze({ arm, number, sequence, stratum });
  return Object.freeze({
    ...row,
    status: file.status,
    list: file.list,
    binding: file.binding,
    unblindedRows: () => [row],
  });
}

const envelopeSchema: z.ZodMiniType<EnvelopeFile> = z.strictObject({
  format: z.literal("allocell-envelopes-1", { error: "is no file of envelopes" }),
  status: z.enum(["LIVE", "TEST"]),
  trial: z.string(),
  part: z.string(),
  list: z.string(),
  binding: z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits")),
  salt: z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits")),
  envelopes: z.array(
    z.strictObject({
      number: z.string(),
      sealed: z.string().check(z.regex(/^([0-9a-f]{2}){18,}$/, "must be hex digits")),
    }),
  ),
});

/** Reads a file of envelopes. @throws AllocellError `blinding.envelopes_invalid` */
export function parseEnvelopes(input: unknown): EnvelopeFile {
  const file = parseWith(envelopeSchema, input, "blinding.envelopes_invalid", "The file of envelopes");
  const numbers = new Set(file.envelopes.map(({ number }) => number));
  const lengths = new Set(file.envelopes.map(({ sealed }) => sealed.length));
  if (numbers.size !== file.envelopes.length || lengths.size > 1) {
    fail("blinding.envelopes_invalid", "envelopes", "The envelopes are not one a number and all of one length.");
  }
  return file;
}

/** A file of envelopes as text: its canonical JSON and a line feed. */
export function toEnvelopesJson(file: EnvelopeFile): string {
  return `${canonicalJson(file)}\n`;
}
