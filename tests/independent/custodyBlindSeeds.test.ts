import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combineSeeds, commitShare } from "../../src/custody/index.js";
import { combined, liveSeedText, shareCommitment } from "./custody/secondSeeds.js";

// Double programming: custody/second*.ts is written from docs/custody.md and docs/algorithm.md alone, by somebody who
// has not read the package. Both are run on the same random shares.

describe("seed of several parties, by another programmer", { tags: ["CUST-005"] }, () => {
  const parties = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9._/-]{0,12}$/), {
    minLength: 1,
    maxLength: 6,
    selector: (name) => name.toLowerCase(),
  });
  const cases = parties
    .chain((names) =>
      fc.tuple(fc.constant(names), fc.string(), fc.boolean(), fc.uint8Array({ minLength: 16, maxLength: 80 })),
    )
    .map(([names, salt, withBeacon, value]) => ({
      shares: names.map((party) => ({
        party,
        secret: new Uint8Array(createHash("sha256").update(`${salt} ${party}`).digest()),
      })),
      ...((withBeacon || names.length === 1) && { beacon: { source: `drand round ${salt.length}`, value } }),
    }));

  it("gives the same commitments and the same seed", () => {
    fc.assert(
      fc.property(cases, ({ shares, beacon }) => {
        const commitments = shares.map(commitShare);
        expect(commitments).toEqual(
          shares.map((share) => ({ party: share.party, commitment: shareCommitment(share) })),
        );
        const seed = combineSeeds({ shares, commitments, ...(beacon && { beacon }) });
        expect(seed.kind).toBe("LIVE");
        expect(seed.revealText()).toBe(liveSeedText(combined(shares, beacon)));
      }),
      { numRuns: 200 },
    );
  });

  it("takes names with accents in form NFC, in the order of their UTF-8 bytes", () => {
    const shares = ["Zürich", "Zu\u0308g", "Zz", "étude", "\uFF21", "a"].map((party) => ({
      party,
      secret: new Uint8Array(createHash("sha256").update(party).digest()),
    }));
    const commitments = shares.map(commitShare);
    expect(commitments.map(({ commitment }) => commitment)).toEqual(shares.map(shareCommitment));
    expect(combineSeeds({ shares, commitments }).revealText()).toBe(liveSeedText(combined(shares)));
  });

  it("refuses a share of which one bit is not the one committed to", () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ shares, beacon }, bit) => {
        const commitments = shares.map((share) => ({ party: share.party, commitment: shareCommitment(share) }));
        const at = bit % shares.length;
        const altered = shares.map((share, place) => {
          const secret = Uint8Array.from(share.secret);
          if (place === at) secret[bit % 32]! ^= 1 << (bit % 8);
          return { ...share, secret };
        });
        expect(shareCommitment(altered[at]!)).not.toBe(commitments[at]!.commitment);
        expect(() => combineSeeds({ shares: altered, commitments, ...(beacon && { beacon }) })).toThrow();
      }),
    );
  });
});
