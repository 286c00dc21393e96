import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commitList, openCommitment, parseRowProof, proveRow, verifyRowProof } from "../../src/custody/index.js";
import { generateList, parsePlan, Seed } from "../../src/index.js";
import { flipped, lists, trial } from "./custody/randomLists.js";
import { canonical } from "./custody/secondBytes.js";
import {
  commitmentOf,
  committedText,
  nonceOf,
  proofHolds,
  proofOf,
  rowRoot,
  type CommittedRow,
  type Proof,
} from "./custody/secondCommitment.js";

// Double programming: custody/second*.ts is written from docs/custody.md and docs/algorithm.md alone, by somebody who
// has not read the package. Both are run on the same random lists.

describe("commitment of a list, by another programmer", { tags: ["CUST-001", "CUST-002"] }, () => {
  it("gives the same text, nonce, commitment and root", () => {
    fc.assert(
      fc.property(lists, (made) => {
        const { master, seed, bytes, head } = made;
        const { commitment, opening } = commitList(master, seed);
        const text = committedText(made);
        const nonce = nonceOf(bytes, head.algorithm, head.list, text);
        expect(opening.text).toBe(text);
        expect(opening.nonce).toBe(nonce.toString("hex"));
        expect(commitment.commitment).toBe(commitmentOf(nonce, text));
        expect(commitment.root).toBe(rowRoot(nonce, made));
        const again = { ...opening, text, nonce: nonce.toString("hex") };
        expect(openCommitment(commitment, again)).toEqual({ proven: true, issues: [] });
      }),
      { numRuns: 60 },
    );
  });

  it("names the stream of a list that follows R in the algorithm id", () => {
    const plan = parsePlan({
      trial: trial.id,
      part: "single-dose",
      list: "DEMO-R",
      arms: { low: 1, medium: 1, high: 1, placebo: 1 },
      procedure: { kind: "permuted-block", sizes: [4] },
      stream: "r-mersenne-twister",
      length: 8,
    });
    const seed = Seed.test("20260101");
    const master = generateList({ plan, trial, seed });
    const rows = [...master.unblindedRows()] as readonly CommittedRow[];
    const { list, part } = plan;
    const head = { algorithm: "allocell-pb-1/r-mt-1", list, part, plan, status: "TEST", trial: trial.id };
    const { commitment, opening } = commitList(master, seed);
    const made = { head, rows, surplus: [] };
    const text = committedText(made);
    const nonce = nonceOf(Buffer.from("20260101"), head.algorithm, list, text);
    expect(opening).toMatchObject({ text, nonce: nonce.toString("hex") });
    expect(commitment.root).toBe(rowRoot(nonce, made));
  });

  it("refuses an opening in which one bit of text or nonce is another, or whose commitment or root is", () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.constantFrom("text", "nonce", "commitment", "root"), (made, bit, what) => {
        const { commitment, opening } = commitList(made.master, made.seed);
        // A letter of the text becomes the other case, which the form allows everywhere.
        const letters = [...opening.text.matchAll(/[a-z]/g)].map(({ index }) => index);
        const at = letters[bit % letters.length]!;
        const text = opening.text.slice(0, at) + opening.text[at]!.toUpperCase() + opening.text.slice(at + 1);
        const given =
          what === "text"
            ? { ...opening, text }
            : what === "nonce"
              ? { ...opening, nonce: flipped(opening.nonce, bit) }
              : opening;
        const published = {
          ...commitment,
          ...(what === "commitment" && { commitment: flipped(commitment.commitment, bit) }),
          ...(what === "root" && { root: flipped(commitment.root!, bit) }),
        };
        expect(proven(() => openCommitment(published, given).proven)).toBe(false);
        expect(
          commitmentOf(Buffer.from(given.nonce, "hex"), given.text) === published.commitment &&
            rowRoot(Buffer.from(given.nonce, "hex"), made) === published.root,
        ).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same proof of every row, and each verifies the other's", () => {
    fc.assert(
      fc.property(lists, (made) => {
        const { master, seed, bytes, head, rows, surplus } = made;
        const { commitment, opening } = commitList(master, seed);
        const nonce = nonceOf(bytes, head.algorithm, head.list, committedText(made));
        for (const { number } of surplus) expect(() => proveRow(opening, number)).toThrow("no randomization number");
        for (const [index, row] of rows.slice(0, 25).entries()) {
          const theirs = proveRow(opening, row.number);
          const mine = proofOf(nonce, made, index);
          expect(theirs).toEqual({ format: "allocell-row-proof-1", ...mine });
          expect(proofHolds(commitment.root!, theirs)).toBe(true);
          expect(verifyRowProof(commitment, parseRowProof({ format: "allocell-row-proof-1", ...mine }))).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  const alterations = fc.oneof(
    fc.constantFrom(
      "arm",
      "list",
      "number",
      "status",
      "sequence",
      "stratum",
      "index",
      "rows",
      "path shorter",
      "path longer",
    ),
    fc.constantFrom("salt", "path", "root"),
  );

  it("decides on every altered proof as the package does, and refuses every altered row, salt, path and root", () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(), alterations, (made, at, bit, what) => {
        const { commitment, opening } = commitList(made.master, made.seed);
        const row = made.rows[at % made.rows.length]!;
        const proof = proveRow(opening, row.number);
        const other = alterProof(proof, what, bit);
        const root = what === "root" ? flipped(commitment.root!, bit) : commitment.root!;
        fc.pre(what === "root" || canonical(other) !== canonical(proof));
        const mine = proofHolds(root, other);
        expect(proven(() => verifyRowProof({ ...commitment, root }, other as typeof proof))).toBe(mine);
        // Index and number of rows only say where the hashes stand; a root of RFC 6962 binds neither by itself.
        if (what !== "index" && what !== "rows") expect(mine).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

const proven = (ask: () => boolean): boolean => {
  try {
    return ask();
  } catch {
    return false;
  }
};

function alterProof(proof: Proof, what: string, bit: number): Proof {
  const { row, path } = proof;
  const place = path.length === 0 ? 0 : bit % path.length;
  if (what === "arm" || what === "list" || what === "number")
    return { ...proof, row: { ...row, [what]: `${row[what]}X` } };
  if (what === "status") return { ...proof, row: { ...row, status: row.status === "LIVE" ? "TEST" : "LIVE" } };
  if (what === "sequence") return { ...proof, row: { ...row, sequence: row.sequence + 1 + (bit % 3) } };
  if (what === "stratum") return { ...proof, row: { ...row, stratum: { ...row.stratum, zone: "01" } } };
  if (what === "index") return { ...proof, index: bit % (2 * proof.rows) };
  if (what === "rows") return { ...proof, rows: 1 + (bit % (2 * proof.rows)) };
  if (what === "path shorter") return { ...proof, path: path.slice(1) };
  if (what === "path longer") return { ...proof, path: [...path, proof.salt] };
  if (what === "salt") return { ...proof, salt: flipped(proof.salt, bit) };
  if (what === "path")
    return { ...proof, path: path.map((hash, at) => (at === place ? flipped(hash, bit >> 3) : hash)) };
  return proof;
}
