import { canonical, field, hkdf32, sha256, streamName, uint32, type Pairs } from "./secondBytes.js";

// Second programming of docs/custody.md, section 3, and RFC 6962, section 2.1.

export interface CommittedRow {
  readonly arm: string;
  readonly block: number;
  readonly blockSize: number;
  readonly number: string;
  readonly position: number;
  readonly sequence: number;
  readonly stratum: Pairs;
}

export interface CommittedHead {
  readonly algorithm: string;
  readonly list: string;
  readonly part: string;
  readonly plan: unknown;
  readonly status: string;
  readonly trial: string;
}

export interface Proof {
  readonly row: {
    readonly arm: string;
    readonly list: string;
    readonly number: string;
    readonly sequence: number;
    readonly status: string;
    readonly stratum: Readonly<Record<string, string>>;
  };
  readonly salt: string;
  readonly index: number;
  readonly rows: number;
  readonly path: readonly string[];
}

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** A list as it is committed to: the rows of the blinded list, and those that whole last blocks add. */
export interface Committed {
  readonly head: CommittedHead;
  readonly rows: readonly CommittedRow[];
  readonly surplus: readonly CommittedRow[];
}

const rowLines = (rows: readonly CommittedRow[]): string =>
  rows.map((row) => `${canonical({ ...row, stratum: Object.fromEntries(row.stratum) })}\n`).join("");

export function committedText({ head, rows, surplus }: Committed): string {
  const first = { ...head, format: "allocell-committed-list-1", rows: rows.length };
  return `${canonical(first)}\n${rowLines(rows)}${rowLines(surplus)}`;
}

export function nonceOf(seed: Uint8Array, algorithm: string, list: string, text: string): Buffer {
  return hkdf32(seed, Buffer.concat([streamName(algorithm, list, "salts", []), field(sha256(Buffer.from(text)))]));
}

export const commitmentOf = (nonce: Uint8Array, text: string): string =>
  sha256(LEAF, nonce, Buffer.from(text)).toString("hex");

const saltOf = (nonce: Uint8Array, index: number): Buffer =>
  hkdf32(nonce, Buffer.concat([field("allocell-leaf-salt-1"), uint32(index)]));

const leafOf = (salt: Uint8Array, text: string): Buffer => sha256(LEAF, salt, Buffer.from(text));

const leafRow = ({ list, status }: CommittedHead, { arm, number, sequence, stratum }: CommittedRow): Proof["row"] => ({
  arm,
  list,
  number,
  sequence,
  status,
  stratum: Object.fromEntries(stratum),
});

/** Leaves on the left of a tree of n > 1 leaves: the largest power of two below n. */
function leftLeaves(leaves: number): number {
  let left = 1;
  while (left * 2 < leaves) left *= 2;
  return left;
}

function rootOf(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 1) return leaves[0]!;
  const left = leftLeaves(leaves.length);
  return sha256(NODE, rootOf(leaves.slice(0, left)), rootOf(leaves.slice(left)));
}

/** Sibling hashes of one leaf, from the leaf up (RFC 6962, section 2.1.1). */
function pathOf(leaves: readonly Buffer[], index: number): Buffer[] {
  if (leaves.length === 1) return [];
  const left = leftLeaves(leaves.length);
  return index < left
    ? [...pathOf(leaves.slice(0, left), index), rootOf(leaves.slice(left))]
    : [...pathOf(leaves.slice(left), index - left), rootOf(leaves.slice(0, left))];
}

const leavesOf = (nonce: Uint8Array, { head, rows, surplus }: Committed): Buffer[] =>
  [...rows.map((row) => canonical(leafRow(head, row))), rowLines(surplus)].map((text, index) =>
    leafOf(saltOf(nonce, index), text),
  );

export const rowRoot = (nonce: Uint8Array, made: Committed): string => rootOf(leavesOf(nonce, made)).toString("hex");

export function proofOf(nonce: Uint8Array, made: Committed, index: number): Proof {
  return {
    row: leafRow(made.head, made.rows[index]!),
    salt: saltOf(nonce, index).toString("hex"),
    index,
    rows: made.rows.length,
    path: pathOf(leavesOf(nonce, made), index).map((hash) => hash.toString("hex")),
  };
}

/** Root that a leaf and its path lead to; undefined where the path has not the length of the place. */
function climb(leaf: Buffer, index: number, leaves: number, path: readonly Buffer[]): Buffer | undefined {
  if (leaves === 1) return path.length === 0 ? leaf : undefined;
  const sibling = path.at(-1);
  if (sibling === undefined) return undefined;
  const left = leftLeaves(leaves);
  const below =
    index < left
      ? climb(leaf, index, left, path.slice(0, -1))
      : climb(leaf, index - left, leaves - left, path.slice(0, -1));
  if (below === undefined) return undefined;
  return index < left ? sha256(NODE, below, sibling) : sha256(NODE, sibling, below);
}

export function proofHolds(root: string, { row, salt, index, rows, path }: Proof): boolean {
  if (!Number.isInteger(index) || !Number.isInteger(rows) || index < 0 || index >= rows) return false;
  if (![salt, ...path].every((hex) => /^[0-9a-f]{64}$/.test(hex))) return false;
  const leaf = leafOf(Buffer.from(salt, "hex"), canonical(row));
  const siblings = path.map((hex) => Buffer.from(hex, "hex"));
  return climb(leaf, index, rows + 1, siblings)?.toString("hex") === root;
}
