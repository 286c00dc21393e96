import { field, hkdf32, sha256, uint32 } from "./secondBytes.js";

// Second programming of docs/custody.md, section 4.

export interface SecondShare {
  readonly party: string;
  readonly secret: Uint8Array;
}

export const shareCommitment = ({ party, secret }: SecondShare): string =>
  sha256(field("allocell-seed-share-1"), field(party), field(secret)).toString("hex");

const nameBytes = ({ party }: SecondShare): Buffer => Buffer.from(party.normalize("NFC"), "utf8");

export function combined(
  shares: readonly SecondShare[],
  beacon?: { readonly source: string; readonly value: Uint8Array },
): Buffer {
  const ordered = [...shares].sort((left, right) => Buffer.compare(nameBytes(left), nameBytes(right)));
  const keyMaterial = [
    uint32(ordered.length),
    ...ordered.flatMap(({ party, secret }) => [field(party), field(secret)]),
    ...(beacon === undefined ? [Buffer.of(0)] : [Buffer.of(1), field(beacon.source), field(beacon.value)]),
  ];
  return hkdf32(Buffer.concat(keyMaterial), field("allocell-combined-seed-1"));
}

/** Live seed as it is written (docs/algorithm.md, section 1). */
export function liveSeedText(seed: Uint8Array): string {
  const digits = Buffer.from(seed).toString("hex");
  return `${digits}-${sha256(Buffer.from(`allocell seed check 1:${digits}`, "ascii"))
    .toString("hex")
    .slice(0, 8)}`;
}
