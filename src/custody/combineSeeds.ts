import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, concatBytes } from "@noble/hashes/utils.js";
import { AllocellError, fail, requireEach, requireFields } from "../foundation/index.js";
import { Seed } from "../random/index.js";
import { fourBytes, lengthPrefixed, textField } from "./bytes.js";

/** What one party adds to a seed: 32 bytes that it alone knows until all commitments are exchanged. SECRET. */
export interface SeedShare {
  /** Such as `sponsor`; names are told apart by their NFC form. */
  readonly party: string;
  readonly secret: Uint8Array;
}

/** What a party publishes of its share before anybody reveals one. */
export interface ShareCommitment {
  readonly party: string;
  /** 64 hex digits from {@link commitShare}. */
  readonly commitment: string;
}

/** A public random value that came to be after the commitments were exchanged. */
export interface Beacon {
  /** Where it comes from, such as `drand mainnet round 4000000`. */
  readonly source: string;
  readonly value: Uint8Array;
}

/**
 * The shares of all parties with their commitments, and the public beacon where one was agreed on. SECRET: who
 * has all shares has the seed.
 */
export interface CombineRequest {
  readonly shares: readonly SeedShare[];
  /** One a share; a share that is not the one committed to is refused. */
  readonly commitments: readonly ShareCommitment[];
  readonly beacon?: Beacon;
}

const PARTY = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._/-]{0,62}[\p{L}\p{N}._/-])?$/u;

/**
 * What a party publishes of its share: SHA-256 of three length-prefixed fields, `allocell-seed-share-1`, the party and
 * the 32 bytes. The share itself is random, so nobody can find it by trying.
 *
 * @throws AllocellError `blinding.party_invalid`, `random.seed_weak`
 */
export function commitShare(share: SeedShare): ShareCommitment {
  requireFields(share, "a share of a seed", { party: "text", secret: "a map" });
  const { party, secret } = share;
  checkShare({ party, secret }, "share");
  const bytes = concatBytes(textField("allocell-seed-share-1"), textField(party), lengthPrefixed(secret));
  return Object.freeze({ party: party.normalize("NFC"), commitment: bytesToHex(sha256(bytes)) });
}

function checkShare({ party, secret }: SeedShare, path: string): void {
  if (typeof party !== "string" || !PARTY.test(party.normalize("NFC"))) {
    fail(
      "blinding.party_invalid",
      `${path}.party`,
      "The name of a party is 1 to 64 letters, digits, spaces or . _ / -.",
    );
  }
  try {
    Seed.live(secret);
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    throw new AllocellError({
      ...error.issues[0],
      path: `${path}.secret`,
      message: `The share of ${party} is not 32 bytes from a cryptographic random generator.`,
    });
  }
}

/**
 * One LIVE seed from the shares of several parties: as long as one of them kept its share secret and random, nobody
 * knew or chose the seed beforehand.
 *
 * seed = HKDF-SHA256(ikm, no salt, info = the field `allocell-combined-seed-1`, 32 bytes). ikm: the number of shares (4
 * bytes); for each share, in the order of the UTF-8 bytes of the parties' names, the field of the name and the field
 * of the secret; then the byte 0, or the byte 1 and the fields of the beacon's source and value.
 *
 * @throws AllocellError `blinding.beacon_alone` (a public value alone seeds nothing: anybody can compute the list),
 *   `blinding.shares_too_few` (one share and no beacon), `blinding.party_twice`, `blinding.share_twice`,
 *   `blinding.share_not_committed`, `blinding.share_missing`, `blinding.share_altered`, `blinding.beacon_invalid`, `blinding.party_invalid`,
 *   `random.seed_weak`
 */
export function combineSeeds(request: CombineRequest): Seed {
  requireFields(request, "what a seed is combined from", { shares: "a list", commitments: "a list" });
  const { shares, commitments, beacon } = request;
  requireEach(shares, "a share of a seed", { party: "text", secret: "a map" });
  requireEach(commitments, "a commitment to a share", { party: "text", commitment: "text" });
  if (shares.length === 0 && beacon !== undefined) {
    fail(
      "blinding.beacon_alone",
      "shares",
      "A public beacon alone never makes a seed: anybody could compute the list.",
      {
        expected: "the secret share of at least one party beside the beacon",
      },
    );
  }
  if (shares.length === 0 || (shares.length === 1 && beacon === undefined)) {
    fail("blinding.shares_too_few", "shares", "A seed of several parties needs two shares, or one and a beacon.", {
      received: `${shares.length}`,
    });
  }
  const sorted = shares
    .map((share, i) => checkedShare(share, i, shares, commitments))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
  // Whoever combines must not choose among the committed shares: that would be choosing among seeds.
  commitments.forEach(({ party }, i) => {
    if (shares.some((share) => share.party.normalize("NFC") === party.normalize("NFC"))) return;
    fail("blinding.share_missing", `commitments.${i}`, `"${party}" committed to a share that is not among them.`, {
      expected: "the share of every party that committed to one, or all commitments made anew without it",
      parameters: { party },
    });
  });
  const parts = sorted.flatMap(({ party, secret }) => [textField(party), lengthPrefixed(secret)]);
  const ikm = concatBytes(fourBytes(sorted.length), ...parts, ...beaconParts(beacon));
  return Seed.live(hkdf(sha256, ikm, undefined, textField("allocell-combined-seed-1"), 32));
}

function checkedShare(
  share: SeedShare,
  i: number,
  shares: readonly SeedShare[],
  commitments: readonly ShareCommitment[],
): SeedShare & { readonly order: string } {
  const path = `shares.${i}`;
  const { party, commitment } = commitShareAt(share, path);
  const earlier = shares.slice(0, i);
  if (earlier.some((other) => other.party.normalize("NFC") === party)) {
    fail("blinding.party_twice", `${path}.party`, `Two shares are of the party "${party}".`, { parameters: { party } });
  }
  if (earlier.some((other) => bytesToHex(other.secret) === bytesToHex(share.secret))) {
    fail("blinding.share_twice", `${path}.secret`, "Two parties have the same share: one was copied from the other.");
  }
  const published = commitments.filter((one) => one.party.normalize("NFC") === party);
  if (published.length !== 1) {
    fail("blinding.share_not_committed", path, `There is not exactly one commitment of "${party}".`, {
      expected: "the commitment that the party published before any share was revealed",
      received: `${published.length}`,
      parameters: { party },
    });
  }
  if (published[0]?.commitment.toLowerCase() !== commitment) {
    fail("blinding.share_altered", path, `The share of "${party}" is not the one that it committed to.`, {
      parameters: { party },
    });
  }
  return { party, secret: share.secret, order: bytesToHex(textField(party).subarray(4)) };
}

function commitShareAt(share: SeedShare, path: string): ShareCommitment {
  checkShare(share, path);
  return commitShare(share);
}

function beaconParts(beacon: Beacon | undefined): readonly Uint8Array[] {
  if (beacon === undefined) return [Uint8Array.of(0)];
  const { source, value } = beacon;
  if (source.trim() === "" || /\p{Surrogate}/u.test(source) || value.length < 16) {
    fail("blinding.beacon_invalid", "beacon", "A beacon has the name of its source and a value of 16 bytes or more.");
  }
  return [Uint8Array.of(1), textField(source), lengthPrefixed(value)];
}
