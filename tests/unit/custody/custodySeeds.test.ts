import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { combineSeeds, commitShare, type SeedShare } from "../../../src/custody/index.js";
import { issueOf } from "../../support/issueOf.js";
import { entropyOf } from "./custodyFixture.js";

const secretOf = (n: number): Uint8Array => entropyOf(n * 1000 + 7)(32);
const shares: readonly SeedShare[] = ["sponsor", "site 01", "Łódź"].map((party, i) => ({
  party,
  secret: secretOf(i + 1),
}));
const commitments = shares.map(commitShare);
const beacon = { source: "drand mainnet round 4000000", value: secretOf(9) };
const textOf = (request: Parameters<typeof combineSeeds>[0]): string => combineSeeds(request).revealText();

describe("a seed of several parties", { tags: ["CUST-005"] }, () => {
  it("is a LIVE seed, whatever order the shares come in", () => {
    const seed = combineSeeds({ shares, commitments });
    expect(seed.kind).toBe("LIVE");
    fc.assert(
      fc.property(fc.shuffledSubarray([...shares], { minLength: 3 }), (order) => {
        expect(textOf({ shares: order, commitments })).toBe(seed.revealText());
      }),
    );
  });

  it("is the same in both Unicode forms of a name", () => {
    const decomposed = shares.map(({ party, secret }) => ({ party: party.normalize("NFD"), secret }));
    expect(textOf({ shares: decomposed, commitments })).toBe(textOf({ shares, commitments }));
  });

  it("changes with every share, every name, and the beacon", () => {
    const recommit = (changed: readonly SeedShare[]): string =>
      textOf({ shares: changed, commitments: changed.map(commitShare) });
    const [a, b, c] = [shares[0]!, shares[1]!, shares[2]!];
    const seeds = [
      recommit(shares),
      recommit([a, b]),
      recommit([a, c]),
      recommit([{ ...a, secret: secretOf(4) }, b, c]),
      recommit([{ ...a, party: "Sponsor" }, b, c]),
      recommit([{ ...a, secret: b.secret }, { ...b, secret: a.secret }, c]),
      textOf({ shares, commitments, beacon }),
      textOf({ shares, commitments, beacon: { ...beacon, value: secretOf(8) } }),
      textOf({ shares, commitments, beacon: { ...beacon, source: "other" } }),
      textOf({ shares: [a], commitments: [commitShare(a)], beacon }),
    ];
    expect(new Set(seeds).size).toBe(seeds.length);
  });

  it.each([
    ["a beacon alone", { shares: [], commitments, beacon }, "blinding.beacon_alone"],
    ["nothing", { shares: [], commitments }, "blinding.shares_too_few"],
    ["a committed share left out", { shares: shares.slice(0, 2), commitments }, "blinding.share_missing"],
    ["one share", { shares: shares.slice(0, 1), commitments }, "blinding.shares_too_few"],
    [
      "a party twice",
      { shares: [shares[0]!, { ...shares[0]!, secret: secretOf(5) }], commitments },
      "blinding.share_altered|blinding.party_twice",
    ],
    [
      "a copied share",
      { shares: [shares[0]!, { party: "copy", secret: shares[0]!.secret }], commitments },
      "blinding.share_twice",
    ],
    ["no commitment", { shares, commitments: commitments.slice(1) }, "blinding.share_not_committed"],
    [
      "two commitments of one",
      { shares, commitments: [...commitments, commitments[0]!] },
      "blinding.share_not_committed",
    ],
    [
      "a share changed after the commitments",
      { shares: [shares[0]!, { ...shares[1]!, secret: secretOf(6) }], commitments },
      "blinding.share_altered",
    ],
    [
      "a share that is no random bytes",
      { shares: [shares[0]!, { party: "x", secret: new Uint8Array(32) }], commitments },
      "random.seed_weak",
    ],
    [
      "a short share",
      { shares: [shares[0]!, { party: "x", secret: secretOf(6).slice(1) }], commitments },
      "random.seed_weak",
    ],
    [
      "a party without a name",
      { shares: [shares[0]!, { party: "", secret: secretOf(6) }], commitments },
      "blinding.party_invalid",
    ],
    [
      "a short beacon",
      { shares, commitments, beacon: { source: "x", value: new Uint8Array(8) } },
      "blinding.beacon_invalid",
    ],
  ])("refuses %s", (_, request, code) => {
    const issue = issueOf(() => combineSeeds(request));
    expect(code.split("|")).toContain(issue.code);
    for (const { secret } of request.shares) {
      expect(JSON.stringify(issue)).not.toContain(Buffer.from(secret).toString("hex"));
    }
  });
});
