import { bytesToHex } from "@noble/hashes/utils.js";
import * as z from "zod/mini";
import { deepFreeze, fail, parseWith, requireFields, requireString } from "../foundation/index.js";
import { fromHex } from "./bytes.js";
import { leafSalt, leavesOf, nonceOf, saltedLeaf, type Commitment, type Opening } from "./commitment.js";
import { leafText, readCommitted, type CommittedRow } from "./committedList.js";
import { merklePath, rootOfPath } from "./merkle.js";

/** Shows one row of a committed list and that it belongs to it, and no other row. UNBLINDED for this row. */
export interface RowProof {
  readonly format: "allocell-row-proof-1";
  readonly row: CommittedRow;
  /** 32 bytes in hex. */
  readonly salt: string;
  /** Place of the row in the blinded list, from 0, and number of its rows. */
  readonly index: number;
  /** Rows of the committed list. */
  readonly rows: number;
  /** Hashes from the row's sibling up to the root. */
  readonly path: readonly string[];
}

/**
 * The proof of one row, from what opens the whole commitment.
 *
 * @throws AllocellError `blinding.row_unknown` if the blinded list has no such randomization number
 */
export function proveRow(opening: Opening, number: string): RowProof {
  const nonce = nonceOf(opening);
  requireString(number, "number", "a randomization number");
  const made = readCommitted(opening.text);
  const { rows } = made;
  const index = rows.findIndex((row) => row.number === number);
  const row = rows[index];
  if (row === undefined) {
    return fail("blinding.row_unknown", "number", `The list has no randomization number ${number}.`, {
      parameters: { number },
    });
  }
  return deepFreeze({
    format: "allocell-row-proof-1",
    row,
    salt: bytesToHex(leafSalt(nonce, index)),
    index,
    rows: rows.length,
    path: merklePath(leavesOf(nonce, made), index).map(bytesToHex),
  });
}

/**
 * Whether a row belongs to a committed list. What is not a proof in form, a further field included, proves nothing.
 *
 * `index` and `rows` are only where to begin: a root does not bind the number of leaves, so another length can fit too.
 *
 * @throws AllocellError `blinding.root_missing` if the commitment has no root
 */
export function verifyRowProof(commitment: Commitment, proof: RowProof): boolean {
  requireFields(commitment, "a commitment, as commitList returns it", { list: "text" });
  if (commitment.root === undefined) {
    return fail("blinding.root_missing", "root", "This commitment has no root, so single rows cannot be proven.", {
      expected: "a commitment that was made with row proofs",
    });
  }
  if (!proofSchema.safeParse(proof).success) return false;
  const { row, salt, index, rows, path } = proof;
  if (row.list !== commitment.list || row.status !== commitment.status) return false;
  if (index >= rows) return false;
  // Behind the leaves of the rows stands the one of what whole last blocks add.
  const root = rootOfPath(saltedLeaf(fromHex(salt), leafText(row)), index, rows + 1, path.map(fromHex));
  return root !== undefined && bytesToHex(root) === commitment.root;
}

const hex32 = z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"));
const proofSchema: z.ZodMiniType<RowProof> = z.strictObject({
  format: z.literal("allocell-row-proof-1", { error: "is no proof of a row" }),
  row: z.strictObject({
    arm: z.string(),
    list: z.string(),
    number: z.string(),
    sequence: z.int().check(z.minimum(1)),
    status: z.enum(["LIVE", "TEST"]),
    stratum: z.record(z.string(), z.string()),
  }),
  salt: hex32,
  index: z.int().check(z.minimum(0)),
  rows: z.int().check(z.minimum(1)),
  path: z.array(hex32).check(z.maxLength(64)),
});

/** Reads a proof. @throws AllocellError `blinding.row_proof_invalid` */
export function parseRowProof(input: unknown): RowProof {
  return parseWith(proofSchema, input, "blinding.row_proof_invalid", "The proof");
}
