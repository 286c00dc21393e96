import { sha256 } from "@noble/hashes/sha2.js";
import { concatBytes } from "@noble/hashes/utils.js";

/** Hash of a leaf: SHA-256(0x00, data), RFC 6962 section 2.1. */
export function leafHash(data: Uint8Array): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(0), data));
}

/** Hash of an inner node: SHA-256(0x01, left, right). */
function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(Uint8Array.of(1), left, right));
}

/** Leaves of the left part of a tree of `count` > 1 leaves: the largest power of two below `count`. */
function leftCount(count: number): number {
  let k = 1;
  while (k * 2 < count) k *= 2;
  return k;
}

/** The root of at least one leaf hash; the tree has the shape of RFC 6962 for every number of leaves. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only, ...others] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (others.length === 0) return only;
  const k = leftCount(leaves.length);
  return nodeHash(merkleRoot(leaves.slice(0, k)), merkleRoot(leaves.slice(k)));
}

/** The audit path of leaf `index`, from the leaf's own sibling up (RFC 6962 section 2.1.1). */
export function merklePath(leaves: readonly Uint8Array[], index: number): readonly Uint8Array[] {
  if (leaves.length <= 1) return [];
  const k = leftCount(leaves.length);
  const left = leaves.slice(0, k);
  const right = leaves.slice(k);
  return index < k
    ? [...merklePath(left, index), merkleRoot(right)]
    : [...merklePath(right, index - k), merkleRoot(left)];
}

/** The root that a leaf hash and its path lead to; undefined if the path is not as long as the place asks for. */
export function rootOfPath(
  leaf: Uint8Array,
  index: number,
  count: number,
  path: readonly Uint8Array[],
): Uint8Array | undefined {
  if (index < 0 || index >= count) return undefined;
  if (count === 1) return path.length === 0 ? leaf : undefined;
  const sibling = path[path.length - 1];
  if (sibling === undefined) return undefined;
  const k = leftCount(count);
  const isLeft = index < k;
  const below = rootOfPath(leaf, isLeft ? index : index - k, isLeft ? k : count - k, path.slice(0, -1));
  if (below === undefined) return undefined;
  return isLeft ? nodeHash(below, sibling) : nodeHash(sibling, below);
}
