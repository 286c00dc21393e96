import { listBinding } from "../../../../src/list/index.js";
import { createHash } from "node:crypto";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  assignKit,
  checkKitLists,
  generateKits,
  kitFileName,
  parseKitPlan,
  toBlindedKitCsv,
  toUnblindedKitCsv,
  type KitList,
} from "../../../../src/supply/index.js";
import { AllocellError } from "../../../../src/index.js";
import { Seed } from "../../../../src/random/index.js";
import { draw, liveSeed, planOf, rowsOf } from "../../../support/plans.js";

const seed = Seed.test("kits TEST");
const kitPlan = {
  trial: "DEMO",
  list: "KITS-1",
  prefix: "KM",
  batches: [
    [
      { arm: "active", count: 12 },
      { arm: "placebo", count: 12 },
    ],
  ],
};
const kits = generateKits(kitPlan, seed);
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
  return "nothing thrown";
};

describe("a kit plan", { tags: ["KIT-002"] }, () => {
  it.each([
    ["a prefix with T first, which marks TEST codes", { prefix: "TK" }],
    ["a prefix with a look-alike", { prefix: "KO" }],
    ["a prefix of one letter", { prefix: "K" }],
    ["no batch", { batches: [] }],
    ["an empty batch", { batches: [[]] }],
    ["half a kit", { batches: [[{ arm: "a", count: 1.5 }]] }],
    [
      "an arm that stands twice in a batch",
      {
        batches: [
          [
            { arm: "a", count: 1 },
            { arm: "a", count: 2 },
          ],
        ],
      },
    ],
    [
      "more kits than a list can have",
      {
        batches: [
          [
            { arm: "a", count: 60000 },
            { arm: "b", count: 60000 },
          ],
        ],
      },
    ],
    ["an unknown field", { seed: "x" }],
  ])("is refused with %s", (_, more) => {
    expect(codeOf(() => parseKitPlan({ ...kitPlan, ...more }))).toBe("blinding.kit_plan_invalid");
  });
});

describe("a kit list", { tags: ["KIT-002"] }, () => {
  it("has the kits of every arm and batch that its plan asks for", () => {
    const batches = [...kitPlan.batches, [{ arm: "placebo", count: 3 }]];
    const all = generateKits({ ...kitPlan, batches }, seed).unblindedKits().kits;
    const count = (batch: number, arm: string): number =>
      all.filter((kit) => kit.batch === batch && kit.arm === arm).length;
    expect([count(1, "active"), count(1, "placebo"), count(2, "active"), count(2, "placebo")]).toEqual([12, 12, 0, 3]);
  });

  it("is written with its treatments only from the unblinded kits, under a name that says UNBLINDED and TEST", () => {
    const unblinded = kits.unblindedKits();
    expect([...toUnblindedKitCsv(unblinded)].join("")).toContain(`TEST,KITS-1,1,${unblinded.kits[0]!.code},`);
    expect(kitFileName(unblinded)).toBe("KITS-1.TEST.UNBLINDED.kits.csv");
    expect(kitFileName(kits.blinded())).toBe("KITS-1.TEST.blinded.kits.csv");
    expect(kitFileName(generateKits(kitPlan, liveSeed).unblindedKits())).toBe("KITS-1.UNBLINDED.kits.csv");
    expect([...toBlindedKitCsv(kits.blinded())].join("")).not.toMatch(/active|placebo|arm/);
    // @ts-expect-error -- rule 26: a blinded list has no treatments to write
    expect(codeOf(() => [...toUnblindedKitCsv(kits.blinded())])).toBe("blinding.not_unblinded");
  });

  it("rule 4: shows no treatment by accident", () => {
    const shown = [
      JSON.stringify(kits),
      String(kits),
      inspect(kits, { depth: 9, showHidden: true, getters: true }),
      inspect(kits, { customInspect: false, depth: 9, showHidden: true, getters: true }),
      // eslint-disable-next-line @typescript-eslint/no-misused-spread -- what a spread gives away is the question
      JSON.stringify({ ...kits }),
      JSON.stringify(structuredClone(kits)),
      Reflect.ownKeys(kits).map(String).join(),
    ].join("\n");
    expect(shown).not.toMatch(/active|placebo/);
    expect(Object.isFrozen(kits)).toBe(true);
  });
});

describe("the algorithm allocell-kit-1", { tags: ["KIT-002"] }, () => {
  // Frozen: a change of these is a change of everybody's kit lists, and would need another id.
  it.each([
    ["TEST", seed, "df13c529e8bfe1b23662211c063843a1b1dc1d8c2d039fa0f8702a9563a84ae6"],
    ["LIVE", liveSeed, "2b685169f16e3fc26914dc475df23fe45461b716d7d844dc453c38c39728eb5e"],
  ])("gives the same %s list for ever", (_, of, digest) => {
    const batches = [
      [
        { arm: "active", count: 120 },
        { arm: "placebo", count: 60 },
      ],
      [
        { arm: "third", count: 7 },
        { arm: "active", count: 13 },
      ],
    ];
    const csv = [...toUnblindedKitCsv(generateKits({ ...kitPlan, batches }, of).unblindedKits())].join("");
    expect(createHash("sha256").update(csv).digest("hex")).toBe(digest);
  });
});

describe("kit lists of one study", { tags: ["KIT-002"] }, () => {
  const listOf = (list: string, prefix: string, of = seed): KitList => generateKits({ ...kitPlan, list, prefix }, of);

  it("are sound with different ids and prefixes, TEST and LIVE side by side", () => {
    const lists = [listOf("A", "KM"), listOf("B", "MK"), listOf("A", "KM", liveSeed)];
    expect(checkKitLists(lists.map((list) => list.blinded()))).toEqual([]);
  });

  it("are found out with one prefix, one id, or one code", () => {
    const issues = (...lists: readonly KitList[]): string[] =>
      checkKitLists(lists.map((list) => list.blinded())).map((issue) => issue.code);
    expect(issues(listOf("A", "KM"), listOf("B", "KM"))).toEqual(["blinding.kit_prefix_shared"]);
    expect(issues(listOf("A", "KM"), listOf("A", "MK"))).toEqual(["blinding.kit_list_repeated"]);
    expect(new Set(issues(listOf("A", "KM"), listOf("A", "KM")))).toEqual(
      new Set(["blinding.kit_list_repeated", "blinding.kit_prefix_shared", "blinding.kit_code_repeated"]),
    );
  });
});

describe("a kit for a number", { tags: ["KIT-002"] }, () => {
  const master = draw(planOf(), seed);
  const rows = rowsOf(master);
  const stock = kits.blinded().kits.map(({ code }) => code);
  const base = { master, kits, seed, bindings: [listBinding(master)], administration: 1, stock, dispensed: [] };

  it("is of the right treatment, on the shelf, not dispensed before; and names no treatment", () => {
    const dispensed: { number: string; administration: number; code: string }[] = [];
    for (const { number, arm } of rows) {
      for (const administration of [1, 2]) {
        const kit = assignKit({ ...base, number, administration, dispensed });
        expect(kits.unblindedArmOf(kit.code)).toBe(arm);
        expect(dispensed.map(({ code }) => code)).not.toContain(kit.code);
        expect(Object.keys(kit)).toEqual(["world", "number", "administration", "code"]);
        dispensed.push(kit);
      }
    }
    expect(dispensed).toHaveLength(24);
  });

  it("does not depend on the order of the stock, and differs by number and administration", () => {
    const number = rows[0]!.number;
    const first = assignKit({ ...base, number });
    expect(assignKit({ ...base, number, stock: [...stock].reverse() })).toEqual(first);
    const same = rows.filter(({ arm }) => arm === rows[0]!.arm);
    const picks = same.flatMap((row) =>
      [1, 2, 3, 4].map((administration) => assignKit({ ...base, number: row.number, administration }).code),
    );
    expect(new Set(picks).size).toBeGreaterThan(6);
  });

  it("rule 27: is refused without a word about the treatment when none is there", () => {
    const messages = ["active", "placebo"].map((arm) => {
      const number = rows.find((row) => row.arm === arm)!.number;
      const others = stock.filter((code) => kits.unblindedArmOf(code) !== arm);
      try {
        assignKit({ ...base, number, stock: others });
      } catch (error) {
        return JSON.stringify(error) + inspect(error, { showHidden: true, depth: 9 }).replace(/\n\s+at .*/g, "");
      }
      return "";
    });
    expect(messages[0]).toContain("blinding.kit_none");
    expect(messages[0]).toBe(messages[1]);
    expect(messages[0]).not.toMatch(/active|placebo/);
  });

  it.each([
    ["custody.list_differs", { master: draw(planOf(), Seed.test("the same list of another seed TEST")) }],
    ["custody.list_differs", { bindings: [] }],
    ["blinding.number_unknown", { number: "TR9999" }],
    ["blinding.kit_unknown", { stock: ["TKM222222"] }],
    ["blinding.kit_repeated", { stock: [stock[0]!, stock[0]!] }],
    ["blinding.kit_dispensed", { dispensed: [{ number: rows[0]!.number, administration: 1, code: stock[0]! }] }],
    [
      "blinding.kit_dispensed",
      { dispensed: [{ number: rows[0]!.number.toLowerCase(), administration: 1, code: stock[0]! }] },
    ],
    ["blinding.administration_invalid", { administration: 0 }],
    ["blinding.seed_differs", { seed: Seed.test("another TEST") }],
    ["blinding.status_differs", { kits: generateKits(kitPlan, liveSeed), seed: liveSeed }],
    ["blinding.trial_differs", { kits: generateKits({ ...kitPlan, trial: "OTHER" }, seed) }],
  ])("is refused with %s", (code, more) => {
    expect(codeOf(() => assignKit({ ...base, number: rows[0]!.number, ...more }))).toBe(code);
  });

  // Two active and two placebo kits lie on the shelf, each of the six arrangements over the codes equally likely; an
  // active kit is dispensed. What do people who know that much learn of the three kits that stay?
  it("rule 15: a kit drawn evenly leaves all arrangements of the rest equally likely; the lowest code does not", () => {
    const posterior = (chances: (active: readonly number[]) => readonly number[]): number[][] => {
      const arrangements = [
        [0, 1],
        [0, 2],
        [0, 3],
        [1, 2],
        [1, 3],
        [2, 3],
      ];
      return [0, 1, 2, 3].map((seen) => {
        const weights = arrangements.map((active) =>
          active.includes(seen) ? chances(active)[active.indexOf(seen)]! : 0,
        );
        const sum = weights.reduce((a, b) => a + b, 0);
        return weights.map((weight) => weight / (sum || 1)).filter((weight) => weight > 0);
      });
    };
    expect(posterior(() => [0.5, 0.5]).every((law) => law.length === 3 && new Set(law).size === 1)).toBe(true);
    const lowest = posterior(() => [1, 0]);
    expect(lowest[2]).toEqual([1]); // the third code was taken: the first two are placebo for sure
  });
});
