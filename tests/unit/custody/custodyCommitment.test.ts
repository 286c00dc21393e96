import * as fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  commitList,
  openCommitment,
  parseCommitment,
  parseOpening,
  parseRowProof,
  proveRow,
  verifyRowProof,
  type Commitment,
  type RowProof,
} from "../../../src/custody/index.js";
import { canonicalJson } from "../../../src/foundation/index.js";
import { Seed } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";
import { anyPlan, draw, liveSeed, planOf, rowsOf } from "../../support/plans.js";
import { master } from "./custodyFixture.js";

const { commitment, opening } = commitList(master, liveSeed);
const rows = rowsOf(master);
const proofs = rows.map(({ number }) => proveRow(opening, number));

describe("a commitment", { tags: ["CUST-001", "CUST-002"] }, () => {
  it("is opened by nonce and list", () => {
    expect(openCommitment(commitment, opening)).toEqual({ proven: true, issues: [] });
    expect(openCommitment(parseCommitment({ ...commitment }), parseOpening({ ...opening })).proven).toBe(true);
  });

  it("is the same every time, and another one for another list, plan or seed", () => {
    expect(commitList(master, liveSeed)).toEqual({ commitment, opening });
    const others = [planOf(), planOf({ length: 16 }), planOf({ arms: { placebo: 1, active: 1 } })].map((plan) => {
      const made = commitList(draw(plan, liveSeed), liveSeed);
      return [made.commitment.commitment, made.opening.nonce];
    });
    expect(new Set([...others.flat(), commitment.commitment, opening.nonce]).size).toBe(8);
  });

  it("shows nothing of the list", () => {
    expect(Object.keys(commitment).sort()).toEqual(["commitment", "format", "list", "part", "root", "status", "trial"]);
    expect(commitList(master, liveSeed, { rowProofs: false }).commitment).not.toHaveProperty("root");
  });

  it("is refused with another seed", () => {
    expect(issueOf(() => commitList(master, Seed.test("other"))).code).toBe("blinding.seed_differs");
  });

  it("rule 23: any altered row, order, line end or byte fails to open it", () => {
    const lines = opening.text.split("\n");
    const swapped = [...lines.slice(0, 2), lines[3], lines[2], ...lines.slice(4)].join("\n");
    const texts = [
      opening.text.replace("verum-x", "placebo-yy"),
      swapped,
      opening.text.replaceAll("\n", "\r\n"),
      opening.text.slice(0, -1),
      `${opening.text}\n`,
      opening.text.replace('"rows":24', '"rows":23'),
    ];
    for (const text of texts) {
      expect(text).not.toBe(opening.text);
      expect(openCommitment(commitment, { ...opening, text }).proven, text.slice(0, 40)).toBe(false);
    }
    for (const field of ["list", "trial", "part"] as const) {
      expect(openCommitment({ ...commitment, [field]: "X" }, opening).issues[0]!.code).toBe("blinding.list_differs");
    }
    const nonce = opening.nonce.replace(/^./, (digit) => (digit === "0" ? "1" : "0"));
    expect(openCommitment(commitment, { ...opening, nonce }).proven).toBe(false);
    expect(openCommitment({ ...commitment, root: "0".repeat(64) }, opening).issues[0]!.code).toBe(
      "blinding.root_differs",
    );
  });

  it("refuses what is no opening", () => {
    for (const text of ["", "null\n", "{}\nnot json\n"]) {
      expect(openCommitment(commitment, { ...opening, text }).issues[0]!.code).toBe("blinding.commitment_differs");
      // Even committed to, such a text is no list.
      const hash = createHash("sha256").update(
        Buffer.concat([Buffer.of(0), Buffer.from(opening.nonce, "hex"), Buffer.from(text)]),
      );
      const own = { ...commitment, commitment: hash.digest("hex") };
      expect(issueOf(() => openCommitment(own, { ...opening, text })).code).toBe("blinding.opening_invalid");
    }
    expect(issueOf(() => parseOpening({ ...opening, nonce: "00" })).code).toBe("blinding.opening_invalid");
    expect(issueOf(() => parseCommitment({ ...commitment, rows: 1 })).code).toBe("blinding.commitment_invalid");
    expect(issueOf(() => parseRowProof({ ...proofs[0], block: 1 })).code).toBe("blinding.row_proof_invalid");
  });
});

describe("a row proof", { tags: ["CUST-001", "CUST-002"] }, () => {
  it("proves its row, for every list and every row of the blinded list, and no other", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const list = draw(plan, liveSeed);
        const made = commitList(list, liveSeed);
        for (const { number } of list.unblindedSurplusRows()) {
          expect(issueOf(() => proveRow(made.opening, number)).code).toBe("blinding.row_unknown");
        }
        for (const { number, arm } of [...list.unblindedPublishedRows()].filter((_, i) => i % 9 === 0)) {
          const proof = proveRow(made.opening, number);
          expect(proof.row).toMatchObject({ number, arm });
          expect(verifyRowProof(made.commitment, proof)).toBe(true);
          expect(verifyRowProof(commitment, proof)).toBe(false);
        }
      }),
      { numRuns: 5 },
    );
  });

  it("does not prove another arm, number, place, salt, path or list", () => {
    const proof = proofs[5]!;
    const { row } = proof;
    const other = row.arm === "verum-x" ? "placebo-yy" : "verum-x";
    const wrong: readonly Partial<RowProof>[] = [
      { row: { ...row, arm: other } },
      { row: { ...row, number: "R010001" } },
      { row: { ...row, sequence: 7 } },
      { row: { ...row, list: "OTHER" } },
      { row: { ...row, stratum: { site: "02" } } },
      { index: 4 },
      { index: 24 },
      { rows: 5 },
      { salt: proofs[4]!.salt },
      { path: proof.path.slice(1) },
      { path: [...proof.path, proof.path[0]!] },
      { path: proofs[6]!.path },
    ];
    for (const change of wrong)
      expect(verifyRowProof(commitment, { ...proof, ...change }), Object.keys(change)[0]).toBe(false);
    const bare: Commitment = commitList(master, liveSeed, { rowProofs: false }).commitment;
    expect(issueOf(() => verifyRowProof(bare, proof)).code).toBe("blinding.root_missing");
    expect(issueOf(() => proveRow(opening, "R999999")).code).toBe("blinding.row_unknown");
  });
});

/** Tries both arms for the row beside the proven one, as whoever holds a proof can: its leaf hash stands in the path. */
function guessSibling(proof: RowProof, saltOf: (arm: string) => Buffer): readonly string[] {
  const sibling = rows[proof.index ^ 1]!;
  const stratum = Object.fromEntries(sibling.stratum);
  const { number, sequence } = sibling;
  return ["verum-x", "placebo-yy"].filter((arm) => {
    const text = canonicalJson({ arm, list: master.list, number, sequence, status: master.status, stratum });
    const hash = createHash("sha256").update(Buffer.concat([Buffer.of(0), saltOf(arm), Buffer.from(text)]));
    return hash.digest("hex") === proof.path[0];
  });
}

describe("rule 24: leaves are salted, and opening one row reveals no other", { tags: ["CUST-001", "CUST-002"] }, () => {
  it("has 32 bytes of salt, no two alike", () => {
    expect(new Set(proofs.map(({ salt }) => salt)).size).toBe(rows.length);
    for (const { salt } of proofs) expect(salt).toMatch(/^[0-9a-f]{64}$/);
  });

  it("shows of the row no block, block size or position, and of other rows only hashes", () => {
    for (const proof of proofs) {
      expect(Object.keys(proof.row).sort()).toEqual(["arm", "list", "number", "sequence", "status", "stratum"]);
      const others = rows.filter(({ number }) => number !== proof.row.number);
      const text = JSON.stringify(proof);
      expect(others.some(({ number }) => text.includes(number))).toBe(false);
      expect(text).not.toContain(opening.nonce);
    }
  });

  it("withstands trying all arms for the neighbour, which an unsalted or commonly salted leaf does not", () => {
    for (const proof of proofs) {
      expect(guessSibling(proof, () => Buffer.alloc(0))).toEqual([]);
      expect(guessSibling(proof, () => Buffer.from(proof.salt, "hex"))).toEqual([]);
      const neighbour = rows[proof.index ^ 1]!;
      // The attack itself works: a mutant with one salt for all leaves, and one without, give the neighbour away.
      for (const salt of [Buffer.alloc(0), Buffer.from(proof.salt, "hex")]) {
        const { number, sequence, arm } = neighbour;
        const row = {
          arm,
          list: master.list,
          number,
          sequence,
          status: master.status,
          stratum: Object.fromEntries(neighbour.stratum),
        };
        const leaf = createHash("sha256").update(Buffer.concat([Buffer.of(0), salt, Buffer.from(canonicalJson(row))]));
        const mutant = { ...proof, path: [leaf.digest("hex"), ...proof.path.slice(1)] };
        expect(guessSibling(mutant, () => salt)).toEqual([arm]);
      }
    }
  });

  it("has other salts for another list of the same seed and name, so that an old proof opens nothing in it", () => {
    const changed = draw(
      planOf({ arms: { "placebo-yy": 1, "verum-x": 1 }, strata: [{ factor: "site", levels: ["01", "02"] }] }),
      liveSeed,
    );
    const made = commitList(changed, liveSeed);
    const salts = rows.map(({ number }) => proveRow(made.opening, number).salt);
    expect(salts.some((salt) => proofs.some((proof) => proof.salt === salt))).toBe(false);
  });
});
