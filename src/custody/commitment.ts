import { expand, extract } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import { deepFreeze, parseWith, requireFields, type PlainCode, type Issue } from "../foundation/index.js";
import type { MasterList } from "../list/index.js";
import { encodeStreamName, type Seed } from "../random/index.js";
import { fourBytes, fromHex, lengthPrefixed, textField } from "./bytes.js";
import { committedText, leafText, readCommitted, type CommittedList } from "./committedList.js";
import { leafHash, merkleRoot } from "./merkle.js";
import { requireSeedOf } from "./seedOf.js";

/** What is published before the first participant. It shows nothing of the list, not even its length. */
export interface Commitment {
  readonly format: "allocell-commitment-1";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  /** SHA-256(0x00, nonce, canonical list), 64 hex digits. */
  readonly commitment: string;
  /** Root of the tree over the salted rows, where single rows are to be proven. */
  readonly root?: string;
}

/** What opens a commitment after database lock: the nonce and the whole list. UNBLINDED. */
export interface Opening {
  readonly format: "allocell-opening-1";
  readonly nonce: string;
  readonly text: string;
}

/** Whether an opening is that of a commitment, and what is against it. */
export interface OpeningVerdict {
  readonly proven: boolean;
  readonly issues: readonly Issue[];
}

/**
 * Commits to a list, its plan included.
 *
 * The nonce is derived from the seed (purpose `salts`) and the SHA-256 of the list: with a LIVE seed nobody else can
 * guess it, nothing but the seed must be kept to open the commitment, and another list never has the same nonce.
 *
 * @param rowProofs - whether the commitment also has a root, by which single rows can be proven; default true
 * @throws AllocellError `blinding.seed_differs`
 */
export function commitList(
  master: MasterList,
  seed: Seed,
  options: { readonly rowProofs?: boolean } = {},
): { readonly commitment: Commitment; readonly opening: Opening } {
  requireSeedOf(master, seed);
  requireFields(options, "the options of a commitment", {});
  const { rowProofs = true } = options;
  const { plan, algorithm, status } = master.unblindedRecord();
  const text = committedText(master);
  const bytes = utf8ToBytes(text);
  const name = encodeStreamName({ algorithm, list: plan.list, purpose: "salts", stratum: [] });
  const nonce = fromHex(seed.deriveHex(concatBytes(name, lengthPrefixed(sha256(bytes)))));
  const commitment: Commitment = {
    format: "allocell-commitment-1",
    status,
    trial: plan.trial,
    part: plan.part,
    list: plan.list,
    commitment: commitmentOf(nonce, bytes),
    ...(rowProofs ? { root: bytesToHex(merkleRoot(leavesOf(nonce, readCommitted(text)))) } : {}),
  };
  return deepFreeze({ commitment, opening: { format: "allocell-opening-1", nonce: bytesToHex(nonce), text } });
}

function commitmentOf(nonce: Uint8Array, text: Uint8Array): string {
  return bytesToHex(sha256(concatBytes(Uint8Array.of(0), nonce, text)));
}

/** The salt of the leaf at `index`, from 0: 32 bytes of HKDF-SHA256 of the nonce; one salt says nothing of another. */
export function leafSalt(nonce: Uint8Array, index: number): Uint8Array {
  return saltOfKey(extract(sha256, nonce), index);
}

/** @param key - what HKDF extracts from the nonce, the same for every leaf */
function saltOfKey(key: Uint8Array, index: number): Uint8Array {
  return expand(sha256, key, concatBytes(textField("allocell-leaf-salt-1"), fourBytes(index)), 32);
}

/** The hash of a salted leaf. */
export function saltedLeaf(salt: Uint8Array, text: string): Uint8Array {
  return leafHash(concatBytes(salt, utf8ToBytes(text)));
}

/**
 * The hashes of all leaves: one a row of the blinded list, and a last one for whatever whole last blocks add, which is
 * there in every tree. So the shape of the tree says nothing that the blinded list does not.
 */
export function leavesOf(nonce: Uint8Array, { rows, surplus }: CommittedList): readonly Uint8Array[] {
  const key = extract(sha256, nonce);
  return [...rows.map(leafText), surplus].map((text, index) => saltedLeaf(saltOfKey(key, index), text));
}

/**
 * Whether an opening is that of a commitment. It shows that the list is the one that was committed to; not that it
 * was secret in between, nor that it was drawn only once.
 *
 * @throws AllocellError `blinding.opening_invalid` if the text is no list
 */
export function openCommitment(commitment: Commitment, opening: Opening): OpeningVerdict {
  requireFields(commitment, "a commitment, as commitList returns it", { commitment: "text" });
  const nonce = nonceOf(opening);
  const issues: Issue[] = [];
  const differ = (code: PlainCode, path: string, message: string, expected: string, received: string): void => {
    if (expected !== received) issues.push({ code, path, message, expected, received });
  };
  const found = commitmentOf(nonce, utf8ToBytes(opening.text));
  const message = "Nonce and list are not those that were committed to.";
  differ("blinding.commitment_differs", "commitment", message, commitment.commitment, found);
  // What another text says about the list is of no interest.
  if (issues.length > 0) return deepFreeze({ proven: false, issues });
  const made = readCommitted(opening.text);
  const { head } = made;
  for (const field of ["status", "trial", "part", "list"] as const) {
    const message = `The opened list has another ${field} than the commitment says.`;
    differ("blinding.list_differs", field, message, commitment[field], describeHead(head[field]));
  }
  if (commitment.root !== undefined) {
    const root = bytesToHex(merkleRoot(leavesOf(nonce, made)));
    differ("blinding.root_differs", "root", "The tree over the opened rows has another root.", commitment.root, root);
  }
  return deepFreeze({ proven: issues.length === 0, issues });
}

/** The head was read from outside, so its fields may be anything. */
const describeHead = (value: unknown): string => (typeof value === "string" ? value : "no text");

const hex32 = z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"));
const commitmentSchema: z.ZodMiniType<Commitment> = z.strictObject({
  format: z.literal("allocell-commitment-1", { error: "is no commitment" }),
  status: z.enum(["LIVE", "TEST"]),
  trial: z.string(),
  part: z.string(),
  list: z.string(),
  commitment: hex32,
  root: z.exactOptional(hex32),
});
const openingSchema: z.ZodMiniType<Opening> = z.strictObject({
  format: z.literal("allocell-opening-1", { error: "is no opening of a commitment" }),
  nonce: hex32,
  text: z.string().check(z.refine((text) => !/\p{Surrogate}/u.test(text), "must be text in Unicode")),
});

/** Reads a commitment. @throws AllocellError `blinding.commitment_invalid` */
export function parseCommitment(input: unknown): Commitment {
  return parseWith(commitmentSchema, input, "blinding.commitment_invalid", "The commitment");
}

/** The nonce of an opening that a caller without types may have put together. @throws AllocellError `blinding.opening_invalid` */
export const nonceOf = (opening: Opening): Uint8Array => fromHex(parseOpening(opening).nonce);

/** Reads an opening. @throws AllocellError `blinding.opening_invalid` */
export function parseOpening(input: unknown): Opening {
  return parseWith(openingSchema, input, "blinding.opening_invalid", "The opening");
}
