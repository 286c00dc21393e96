/* The numbered rules of blinding, each with small wrong versions (mutants) that its law must catch. */
import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type BoundNumbers,
  assessorView,
  dmcView,
  participantView,
  siteView,
  toBlindedViewJson,
  toCommitteeViewJson,
  viewFileName,
} from "../../src/blinding/index.js";
import {
  assignKit,
  checkKitCode,
  checkKitLists,
  generateKits,
  KIT_ALGORITHM,
  KIT_ALPHABET,
  kitCheckCharacter,
  kitFileName,
  resupplyPlan,
  shipmentsDue,
  siteSupply,
  toBlindedKitCsv,
  type BlindedKitList,
  type KitList,
} from "../../src/supply/index.js";
import { listBinding, blindedRows, parsePlan, type MasterList, type Plan } from "../../src/list/index.js";
import { arc4Stream, below, deriveStreamKey, Seed } from "../../src/random/index.js";
import { anyPlan, draw, liveSeed, rowsOf } from "../support/plans.js";

const text = (pieces: Iterable<string>): string => [...pieces].join("");
const seedText = fc.string({ minLength: 1, maxLength: 8 }).filter((some) => some.trim() !== "");

/** A trial's blinded paper, made by some way of making it. */
interface World {
  readonly plan: Plan;
  readonly seed: Seed;
  readonly master: MasterList;
  readonly kits: KitList;
  readonly issued: Pick<BoundNumbers, "bindings"> & {
    readonly participants: readonly { readonly participant: string; readonly number: string }[];
  };
}

/** The kit plan for a plan: as many kits of each arm as its ratio says, in two batches. */
const kitPlanOf = (plan: Plan): object => ({
  trial: plan.trial,
  list: "KITS-1",
  prefix: "KM",
  batches: [3, 2].map((times) => plan.arms.map(({ arm, ratio }) => ({ arm, count: times * ratio }))),
});

function worldOf(plan: Plan, seed: Seed, issuedRows: number): World {
  const master = draw(plan, seed);
  const kits = generateKits(kitPlanOf(plan), seed);
  const participants = [...blindedRows(master.blinded())]
    .filter((_, i) => i % 3 !== 2)
    .slice(0, issuedRows)
    .map(({ number }, i) => ({ participant: `P-${i + 1}`, number }));
  return { plan, seed, master, kits, issued: { participants, bindings: [listBinding(master)] } };
}

type Artefacts = Readonly<Record<string, (world: World) => string>>;

/** Everything that leaves for somebody who is blinded, by name; the committee's letters too. */
const REAL: Artefacts = {
  site: ({ master, issued }) => toBlindedViewJson(siteView(master.blinded(), issued)),
  siteName: ({ master, issued }) => viewFileName(siteView(master.blinded(), issued)),
  siteInspected: ({ master, issued }) => inspect(siteView(master.blinded(), issued), { depth: 20, showHidden: true }),
  siteError: ({ master }) => {
    try {
      siteView(master.blinded(), { participants: [{ participant: "P", number: "X0001" }] });
    } catch (error) {
      return JSON.stringify(error);
    }
    return "";
  },
  participant: ({ master }) => toBlindedViewJson(participantView(master.blinded())),
  assessor: ({ master }) => toBlindedViewJson(assessorView(master.blinded())),
  kits: ({ kits }) => text(toBlindedKitCsv(kits.blinded())),
  kitsName: ({ kits }) => kitFileName(kits.blinded()),
  kitsInspected: ({ kits }) => inspect(kits, { showHidden: true, depth: 20 }) + JSON.stringify(kits) + String(kits),
  masterInspected: ({ master }) => inspect(master, { showHidden: true, depth: 20 }) + JSON.stringify(master),
  due: ({ issued }) => String(shipmentsDue(4, issued.participants.length, 1)),
};
/** By letters: relabelled arms keep them, so this is the same too; but it is no blinded artefact otherwise. */
const COMMITTEE: Artefacts = {
  committee: ({ master, seed, issued }) => toCommitteeViewJson(dmcView(master, seed, issued)),
  dispensed: ({ master, kits, seed, issued }) => {
    const shelf = kits.blinded().kits.map(({ code }) => code);
    const used: { number: string; administration: number; code: string }[] = [];
    for (const { number } of issued.participants.slice(0, 2)) {
      const row = rowsOf(master).find((other) => other.number === number);
      if (row !== undefined)
        used.push(
          assignKit({
            master,
            kits,
            seed,
            number,
            bindings: [listBinding(master)],
            administration: 1,
            stock: shelf,
            dispensed: used,
          }),
        );
    }
    return JSON.stringify(used);
  },
};

/** The same plan with the names of its arms turned round: the same draws, other treatments. */
function relabelled(plan: Plan, turn: number): Plan {
  const arms = plan.arms.map(({ ratio }, k) => ({ arm: plan.arms[(k + turn) % plan.arms.length]!.arm, ratio }));
  return parsePlan({ ...plan, arms });
}

/** Names of artefacts whose bytes tell one labelling from another. */
function interference(artefacts: Artefacts, plan: Plan, seed: Seed, turn: number, rows: number): string[] {
  const [before, after] = [worldOf(plan, seed, rows), worldOf(relabelled(plan, turn), seed, rows)];
  return Object.entries(artefacts)
    .filter(([, make]) => make(before) !== make(after))
    .map(([name]) => name);
}

/** Names of artefacts in which a secret stands, as it is or coded. */
function tellTales(artefacts: Artefacts, world: World): string[] {
  const { plan, master, kits } = world;
  const { seedMark, algorithm } = master.unblindedRecord();
  const words = [
    ...plan.arms.map(({ arm }) => arm),
    seedMark,
    algorithm,
    kits.unblindedRecord().seedMark,
    KIT_ALGORITHM,
  ];
  const coded = words.flatMap((word) => [
    word,
    Buffer.from(word).toString("hex"),
    Buffer.from(word).toString("base64").replace(/=+$/, "").slice(0, -1),
  ]);
  const sizes = plan.procedure.kind === "permuted-block" ? plan.procedure.sizes : [];
  const named = new RegExp(
    `ratio|sizes?\\b|weights|seed|position|"arms?"|procedure|block|\\bb(${sizes.join("|")})\\b`,
    "i",
  );
  return Object.entries(artefacts)
    .filter(([, make]) => {
      const made = make(world);
      return named.test(made) || coded.some((word) => made.toLowerCase().includes(word.toLowerCase()));
    })
    .map(([name]) => name);
}

/** Names of artefacts in which a number stands that was not issued, or that say how many rows there are. */
function foreknowledge(artefacts: Artefacts, world: World): string[] {
  const issued = new Set(world.issued.participants.map(({ number }) => number));
  const future = rowsOf(world.master).filter(({ number }) => !issued.has(number));
  return Object.entries(artefacts)
    .filter(([, make]) => {
      const made = make(world);
      return future.some(({ number }) => made.includes(number)) || /remaining|"rows":\d|left/.test(made);
    })
    .map(([name]) => name);
}

const anyWorld = fc.tuple(anyPlan, seedText, fc.integer({ min: 1, max: 12 })).map(([plan, some, rows]) => ({
  plan,
  seed: Seed.test(some),
  rows,
}));

/** Whether a law finds fault with an artefact in any of some random plans. */
function isCaught(
  find: (artefacts: Artefacts, world: World, turn: number, rows: number) => string[],
  wrong: (world: World) => string,
): boolean {
  return fc
    .sample(anyWorld, 60)
    .some(({ plan, seed, rows }) => find({ wrong }, worldOf(plan, seed, rows), 1, rows).length > 0);
}
const byInterference = (artefacts: Artefacts, { plan, seed }: World, turn: number, rows: number): string[] =>
  interference(artefacts, plan, seed, turn, rows);

describe(
  "rule 1: permuting the treatment labels changes no byte of a blinded artefact",
  { tags: ["BLIND-001", "BLIND-004"] },
  () => {
    it("over 1,000 random plans", () => {
      fc.assert(
        fc.property(anyWorld, fc.integer({ min: 1, max: 5 }), ({ plan, seed, rows }, turn) => {
          expect(interference({ ...REAL, ...COMMITTEE }, plan, seed, turn, rows)).toEqual([]);
        }),
        { numRuns: 1000 },
      );
    });

    it("of a site's supply either: amounts go with the place of an arm, not with its name", () => {
      const make = (arms: readonly string[]): unknown => {
        const allocation = { kind: "permuted-block", ratio: [2, 1], sizes: [3, 6] } as const;
        const first = siteSupply({
          arms,
          allocation,
          participants: { count: 8 },
          kitsPerParticipant: 1,
          stockOutProbability: "0.05",
        });
        const plan = resupplyPlan({ first, allocation, kitsPerParticipant: 1, every: 6, lead: 1, participants: 20 });
        return [
          first.totalKits,
          first.arms.map(({ kits }) => kits),
          plan.shipment.map(({ kits }) => kits),
          plan.periods,
        ];
      };
      expect(make(["a", "b"])).toEqual(make(["b", "a"]));
    });

    it.each<[string, (world: World) => string]>([
      [
        "kits in the order of their arms",
        ({ kits }) =>
          kits
            .unblindedKits()
            .kits.toSorted((a, b) => (a.arm < b.arm ? -1 : 1))
            .map(({ code }) => code)
            .join(),
      ],
      [
        "a stream of codes named by the arm",
        ({ plan, seed }) =>
          plan.arms
            .flatMap(({ arm }) => {
              const key = deriveStreamKey(seed, {
                algorithm: KIT_ALGORITHM,
                list: "K",
                purpose: "kits",
                stratum: [["arm", arm]],
              });
              return [String(below(arc4Stream(key), 1e6))];
            })
            .join(),
      ],
      [
        "a prefix that goes with the arm",
        ({ kits }) =>
          kits
            .unblindedKits()
            .kits.map(({ code, arm }) => arm.charAt(0) + code)
            .toSorted()
            .join(),
      ],
      [
        "rows sorted by treatment",
        ({ master }) =>
          rowsOf(master)
            .toSorted((a, b) => (a.arm < b.arm ? -1 : 1))
            .map(({ number }) => number)
            .join(),
      ],
      [
        "a digest of the unblinded list",
        ({ master }) =>
          String(rowsOf(master).reduce((n, { arm }) => n * 31 + arm.length + arm.charCodeAt(0), 7) % 9973),
      ],
      [
        "letters by the alphabet of the arms",
        ({ plan, master }) => {
          const names = plan.arms.map(({ arm }) => arm).sort();
          return rowsOf(master)
            .map(({ arm }) => "ABCDEF"[names.indexOf(arm)])
            .join("");
        },
      ],
      ["an error that names the arm which is missing", ({ master }) => `no kit of ${rowsOf(master)[0]!.arm}`],
    ])("and catches %s", (_, wrong) => {
      expect(isCaught(byInterference, wrong)).toBe(true);
    });
  },
);

describe(
  "rules 2, 3 and 4: blinded artefacts hold allow-listed fields and no secret in any coding",
  { tags: ["BLIND-001", "BLIND-004"] },
  () => {
    it("over 200 random plans", () => {
      fc.assert(
        fc.property(anyWorld, ({ plan, seed, rows }) => {
          const world = worldOf(plan, seed, rows);
          expect(tellTales(REAL, world)).toEqual([]);
          expect(Object.keys(siteView(world.master.blinded(), world.issued)).sort().join()).toBe(
            "format,list,part,role,rows,status,trial,world",
          );
          for (const row of siteView(world.master.blinded(), world.issued).rows) {
            expect(Object.keys(row).join()).toBe("participant,number,stratum");
          }
        }),
        { numRuns: 200 },
      );
    });

    it.each<[string, (world: World) => string]>([
      ["the block size in a file name", ({ master }) => `LIST.b${rowsOf(master)[0]!.blockSize}.blinded.csv`],
      [
        "deletion instead of an allow-list: a field that nobody thought of stays",
        ({ master }) => {
          const row = Object.entries(rowsOf(master)[0]!).filter(([name]) => name !== "arm");
          return JSON.stringify(Object.fromEntries(row));
        },
      ],
      ["an arm in a comment, in hexadecimal", ({ plan }) => `# ${Buffer.from(plan.arms[0]!.arm).toString("hex")}`],
      ["an arm in base64", ({ plan }) => Buffer.from(plan.arms[0]!.arm).toString("base64")],
      ["an arm in capitals", ({ plan }) => plan.arms[0]!.arm.toUpperCase()],
      ["the mark of the seed", ({ master }) => master.unblindedRecord().seedMark],
      ["the algorithm, which tells the procedure", ({ master }) => master.unblindedRecord().algorithm],
      ["the ratio in a header", () => "number,ratio"],
      [
        "a proxy of the master list that a spread opens",
        ({ master }) => JSON.stringify({ ...master.unblindedRecord().plan }),
      ],
    ])("and catches %s", (_, wrong) => {
      expect(isCaught(tellTales, wrong)).toBe(true);
    });
  },
);

describe(
  "rules 2 and 27: what is not issued is not in a view, nor how much of it there is",
  { tags: ["BLIND-001", "BLIND-004"] },
  () => {
    it("over 200 random plans", () => {
      fc.assert(
        fc.property(anyWorld, ({ plan, seed, rows }) => {
          const views = Object.fromEntries(Object.entries(REAL).filter(([name]) => !/^(due|kits)/.test(name)));
          expect(foreknowledge(views, worldOf(plan, seed, rows))).toEqual([]);
        }),
        { numRuns: 200 },
      );
    });

    it("and a longer list gives the same views", () => {
      fc.assert(
        fc.property(anyWorld, ({ plan, seed }) => {
          fc.pre(plan.procedure.kind === "permuted-block" && plan.procedure.lastBlock !== "fill");
          const longer = parsePlan({
            ...plan,
            length: plan.length + 12,
            lengths: plan.lengths.map((own) => ({ ...own, length: own.length + 5 })),
          });
          const { issued, master } = worldOf(plan, seed, 5);
          const views = (of: MasterList): string[] => [
            toBlindedViewJson(siteView(of.blinded(), issued)),
            toBlindedViewJson(participantView(of.blinded())),
            toCommitteeViewJson(dmcView(of, seed, { ...issued, bindings: [listBinding(of)] })),
          ];
          expect(views(draw(longer, seed))).toEqual(views(master));
        }),
      );
    });

    it.each<[string, (world: World) => string]>([
      [
        "the whole blinded list given to a site",
        ({ master }) =>
          rowsOf(master)
            .map(({ number }) => number)
            .join(),
      ],
      [
        "the next number",
        ({ master, issued }) => {
          const taken = new Set(issued.participants.map(({ number }) => number));
          return rowsOf(master).find(({ number }) => !taken.has(number))?.number ?? "";
        },
      ],
      [
        "the numbers that are left",
        ({ master, issued }) => `remaining ${master.unblindedRowCount - issued.participants.length}`,
      ],
    ])("and catches %s", (_, wrong) => {
      expect(isCaught(foreknowledge, wrong)).toBe(true);
    });
  },
);

/** Faults of numbers over a study: twice the same, or not portable. */
function numberFaults(numbers: readonly string[]): string[] {
  const faults = new Set(numbers).size === numbers.length ? [] : ["repeated"];
  return numbers.every((n) => /^[A-Z][A-Z0-9]{2,14}$/.test(n) && Number.isNaN(Number(n)))
    ? faults
    : [...faults, "form"];
}

describe("rule 7: the numbers in a site's view are unique and portable", { tags: ["BLIND-001", "BLIND-004"] }, () => {
  const siteNumbers = ({ master, issued }: World): string[] =>
    siteView(master.blinded(), issued).rows.map(({ number }) => number);

  it("over random plans", () => {
    fc.assert(
      fc.property(anyWorld, ({ plan, seed, rows }) => {
        expect(numberFaults(siteNumbers(worldOf(plan, seed, rows)))).toEqual([]);
      }),
    );
  });

  it("and catches numbers without the stratum in them, and numbers that a spreadsheet reads", () => {
    const samples = fc.sample(anyWorld, 60).map(({ plan, seed, rows }) => worldOf(plan, seed, rows + 20));
    expect(
      samples.some(
        ({ master }) =>
          numberFaults(rowsOf(master).map((row) => `R${String(row.sequence).padStart(4, "0")}`)).length > 0,
      ),
    ).toBe(true);
    expect(
      samples.every((world) => numberFaults(siteNumbers(world).map((n) => n.replace(/\D/g, ""))).includes("form")),
    ).toBe(true);
  });
});

/** Of n draws from `arms` equally likely arms, an agreement this far from n / arms has a chance below 1e-4. */
function agreesTooOften(a: readonly unknown[], b: readonly unknown[], arms: number): boolean {
  const n = Math.min(a.length, b.length);
  const agreed = a.slice(0, n).filter((value, i) => value === b[i]).length;
  const p = 1 / arms;
  return Math.abs(agreed - n * p) > 3.9 * Math.sqrt(n * p * (1 - p));
}

const listPlan = (more: object = {}): Plan =>
  parsePlan({
    trial: "DEMO",
    part: "main",
    list: "ONE",
    arms: { active: 1, placebo: 1 },
    procedure: { kind: "random-allocation-rule" },
    length: 400,
    ...more,
  });
const kitInput = (more: object = {}): object => ({
  trial: "DEMO",
  list: "ONE",
  prefix: "KM",
  batches: [
    [
      { arm: "active", count: 200 },
      { arm: "placebo", count: 200 },
    ],
  ],
  ...more,
});
const kitArms = (input: object, seed: Seed): string[] =>
  generateKits(input, seed)
    .unblindedKits()
    .kits.map(({ arm }) => arm);
const dealt = (source: { nextWord(): number }, counts: readonly number[]): number[] => {
  const balls = [...counts];
  const arms: number[] = [];
  for (let left = balls.reduce((a, b) => a + b, 0); left > 0; left -= 1) {
    let place = below(source, left);
    const k = balls.findIndex((count) => place < count || ((place -= count), false));
    balls[k] = balls[k]! - 1;
    arms.push(k);
  }
  return arms;
};

describe("rules 7, 8 and 11: streams of their own", { tags: ["BLIND-001", "BLIND-004"] }, () => {
  const seed = Seed.test("streams TEST");

  it("the kits' arms follow neither the list's, nor a test list's, nor those of a list with a similar name", () => {
    const own = kitArms(kitInput(), seed);
    const others = [
      rowsOf(draw(listPlan(), seed)).map(({ arm }) => arm),
      kitArms(kitInput(), liveSeed),
      kitArms(kitInput({ list: "ON" }), seed),
      kitArms(kitInput({ list: "ONEE" }), seed),
      kitArms(
        kitInput({
          batches: [
            [{ arm: "active", count: 1 }],
            [
              { arm: "active", count: 200 },
              { arm: "placebo", count: 200 },
            ],
          ],
        }),
        seed,
      ).slice(1),
    ];
    for (const other of others) expect(agreesTooOften(own, other, 2)).toBe(false);
  });

  it("and catches the allocation stream used again for kits, and stream names joined without their lengths", () => {
    const name = { algorithm: "allocell-rar-1", list: "ONE", purpose: "allocation", stratum: [] } as const;
    const reused = dealt(arc4Stream(deriveStreamKey(seed, name)), [200, 200]).map((k) => ["active", "placebo"][k]);
    expect(
      agreesTooOften(
        rowsOf(draw(listPlan(), seed)).map(({ arm }) => arm),
        reused,
        2,
      ),
    ).toBe(true);
    const joined = (list: string, batch: string): number[] =>
      dealt(arc4Stream(seed.deriveHex(new TextEncoder().encode(`${list}|${batch}`))), [200, 200]);
    expect(agreesTooOften(joined("A|1", "2"), joined("A", "1|2"), 2)).toBe(true);
  });
});

/** Faults of kit lists side by side: a code twice, unsound, backwards in another place, readable as a number, or look-alike. */
function kitFaults(codes: readonly string[]): string[] {
  const known = new Set(codes);
  const faults = new Set<string>();
  if (known.size !== codes.length) faults.add("repeated");
  const hidden = new Set<string>();
  for (const code of codes) {
    if (known.has(Array.from(code).reverse().join(""))) faults.add("backwards");
    if (/[01OILa-z]/.test(code)) faults.add("look-alike");
    if (!Number.isNaN(Number(code)) || /^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(code))
      faults.add("spreadsheet");
    for (let i = 0; i < code.length; i += 1) {
      const rest = `${code.slice(0, i)}*${code.slice(i + 1)}`;
      if (hidden.has(rest)) faults.add("distance");
      hidden.add(rest);
    }
  }
  return [...faults];
}

describe("rules 8 and 14: kit codes of a study", { tags: ["BLIND-001", "BLIND-004", "KIT-001"] }, () => {
  const codesOf = (input: object, seed: Seed): string[] =>
    generateKits(input, seed)
      .blinded()
      .kits.map(({ code }) => code);

  it("have no fault among the lists of a study, TEST and LIVE together", () => {
    fc.assert(
      fc.property(seedText, fc.integer({ min: 1, max: 40 }), (some, count) => {
        const batches = [
          [
            { arm: "a", count },
            { arm: "b", count: 2 * count },
          ],
        ];
        const seed = Seed.test(some);
        const [one, two] = [kitInput({ batches }), kitInput({ batches, list: "TWO", prefix: "MK" })];
        const lists = [generateKits(one, seed), generateKits(two, seed), generateKits(one, liveSeed)];
        expect(checkKitLists(lists.map((list) => list.blinded()))).toEqual([]);
        const codes = lists.flatMap((list) => list.blinded().kits.map(({ code }) => code));
        expect(kitFaults(codes)).toEqual([]);
        expect(codes.every((code) => checkKitCode(code).length === 0)).toBe(true);
        expect(lists[0]!.blinded().kits.every(({ code }) => code.startsWith("T"))).toBe(true);
        expect(lists[2]!.blinded().kits.some(({ code }) => code.startsWith("T"))).toBe(false);
      }),
    );
  });

  it.each<[string, string, (codes: readonly string[]) => readonly string[]]>([
    ["TEST codes without their mark", "repeated", (codes) => [...codes, ...codes]],
    [
      "codes in a row, without gaps",
      "distance",
      (codes) => codes.map((_, i) => `KM2222${KIT_ALPHABET[Math.floor(i / 23)]!}${KIT_ALPHABET[i % 23]!}`),
    ],
    ["codes without a check character", "distance", () => ["KM2345", "KM2346"]],
    ["codes that may end in a letter of the prefix", "backwards", () => ["KM2345MK", "KM5432MK"]],
    ["digits only", "spreadsheet", (codes) => codes.map((_, i) => String(100000 + 37 * i))],
    ["codes such as 3E6", "spreadsheet", () => ["2E345"]],
    ["a base-36 alphabet", "look-alike", () => ["K0I2"]],
  ])("and catches %s", (_, fault, wrong) => {
    expect(kitFaults(wrong(codesOf(kitInput(), liveSeed)))).toContain(fault);
  });

  /** Whether list order or the codes themselves follow the arms: ranks of one arm's codes too high or too low. */
  const tellsArm = (kits: readonly { readonly code: string; readonly arm: string }[]): boolean => {
    const sumOf = (order: readonly { readonly arm: string }[]): number =>
      order.reduce((sum, { arm }, i) => sum + (arm === "active" ? i + 1 : 0), 0);
    const n = kits.length;
    const m = kits.filter(({ arm }) => arm === "active").length;
    const sd = Math.sqrt((m * (n - m) * (n + 1)) / 12); // of a rank sum; 4 sd: a false alarm in 16,000
    const byCode = kits.toSorted((a, b) => (a.code < b.code ? -1 : 1));
    return [kits, byCode].some((order) => Math.abs(sumOf(order) - (m * (n + 1)) / 2) > 4 * sd);
  };

  it("neither their order nor their values follow the arms", () => {
    for (let i = 0; i < 40; i += 1)
      expect(tellsArm(generateKits(kitInput(), Seed.test(`order ${i}`)).unblindedKits().kits)).toBe(false);
    // The same codes in the same order whatever each arm's share of a batch.
    const shares = [
      [200, 200],
      [399, 1],
      [1, 399],
    ].map(([a, b]) =>
      codesOf(
        kitInput({
          batches: [
            [
              { arm: "active", count: a },
              { arm: "placebo", count: b },
            ],
          ],
        }),
        liveSeed,
      ).join(),
    );
    expect(new Set(shares).size).toBe(1);
  });

  it("and catches kits listed arm by arm, and codes that grow arm by arm", () => {
    const { kits } = generateKits(kitInput(), liveSeed).unblindedKits();
    const byArm = kits.toSorted((a, b) => (a.arm < b.arm ? -1 : 1));
    expect(tellsArm(byArm)).toBe(true);
    const codes = kits.map(({ code }) => code).toSorted();
    expect(tellsArm(byArm.map(({ arm }, i) => ({ arm, code: codes[i]! })))).toBe(true);
  });
});

describe(
  "rule 10: more kits, sites or rows change none that is there",
  { tags: ["BLIND-001", "BLIND-004", "KIT-001"] },
  () => {
    /** A way of making kits by batches: code and arm of each. */
    type Maker = (
      batches: readonly (readonly { readonly arm: string; readonly count: number }[])[],
      seed: Seed,
    ) => readonly string[];
    const real: Maker = (batches, seed) =>
      generateKits(kitInput({ batches }), seed)
        .unblindedKits()
        .kits.map(({ code, batch, arm }) => `${code} ${batch} ${arm}`);
    const keeps = (make: Maker, seed: Seed, more: number): boolean => {
      const first = [
        [
          { arm: "active", count: 5 },
          { arm: "placebo", count: 4 },
        ],
        [{ arm: "placebo", count: 2 }],
      ];
      const longer = [
        ...first,
        [
          { arm: "third", count: more },
          { arm: "active", count: 1 },
        ],
      ];
      const [before, after] = [make(first, seed), make(longer, seed)];
      return before.every((kit, i) => after[i] === kit);
    };

    it("holds for a batch more", () => {
      fc.assert(
        fc.property(seedText, fc.integer({ min: 1, max: 30 }), (some, more) => {
          expect(keeps(real, Seed.test(some), more)).toBe(true);
        }),
      );
    });

    it.each<[string, Maker]>([
      [
        "a shuffled pool as large as the list",
        (batches, seed) => {
          const counts = batches.flat().map(({ count }) => count);
          const stream = arc4Stream(deriveStreamKey(seed, { algorithm: "x", list: "K", purpose: "kits", stratum: [] }));
          return dealt(stream, counts).map(String);
        },
      ],
      ["one list sorted by code over all batches", (batches, seed) => real(batches, seed).toSorted()],
      [
        "codes drawn arm by arm over all batches",
        (batches, seed) => {
          const stream = arc4Stream(deriveStreamKey(seed, { algorithm: "x", list: "K", purpose: "kits", stratum: [] }));
          const arms = [...new Set(batches.flat().map(({ arm }) => arm))];
          const drawn = new Map(
            arms.map((arm) => [
              arm,
              batches
                .flat()
                .filter((line) => line.arm === arm)
                .reduce((n, { count }) => n + count, 0),
            ]),
          );
          return arms.flatMap((arm) => Array.from({ length: drawn.get(arm)! }, () => `${below(stream, 1e6)} ${arm}`));
        },
      ],
    ])("and catches %s", (_, make) => {
      expect([1, 2, 3, 9].some((more) => !keeps(make, Seed.test(`batch ${more}`), more))).toBe(true);
    });
  },
);

describe(
  "rule 15: neither list alone, nor the record of dispensed kits, leads from a participant to a treatment",
  { tags: ["BLIND-001", "BLIND-004", "KIT-001"] },
  () => {
    it("what a blinded person holds together has no treatment, and codes stand in no fixed relation to numbers", () => {
      fc.assert(
        fc.property(anyWorld, ({ plan, seed, rows }) => {
          const world = worldOf(plan, seed, rows);
          const together = [REAL["site"]!, REAL["kits"]!, COMMITTEE["dispensed"]!].map((make) => make(world)).join();
          for (const { arm } of plan.arms) expect(together).not.toContain(arm);
          const list: BlindedKitList = world.kits.blinded();
          expect(Object.keys(list.kits[0]!).join()).toBe("code,batch");
          expect(together).not.toMatch(/KM\w+","number":"(?!T)/);
        }),
        { numRuns: 50 },
      );
    });

    /** Places that a rule of choice takes on a shelf of four kits of the arm: chi-square against an even law. */
    const isUneven = (pick: (number: number) => number): boolean => {
      const counts = [0, 0, 0, 0];
      for (let i = 0; i < 800; i += 1) counts[pick(i)]! += 1;
      const chi2 = counts.reduce((sum, count) => sum + (count - 200) ** 2 / 200, 0);
      return chi2 > 21.1; // 3 degrees of freedom: 1 in 10,000
    };

    it("a dispensed kit is any of its arm's on the shelf, equally likely; the lowest code and the first in stock are caught", () => {
      const seed = Seed.test("dispense TEST");
      const master = draw(listPlan({ length: 20 }), seed);
      const kits = generateKits(
        kitInput({
          batches: [
            [
              { arm: "active", count: 4 },
              { arm: "placebo", count: 4 },
            ],
          ],
        }),
        seed,
      );
      const stock = kits.blinded().kits.map(({ code }) => code);
      const { number, arm } = rowsOf(master)[0]!;
      const own = stock.filter((code) => kits.unblindedArmOf(code) === arm);
      const chosen = (i: number): number =>
        own.indexOf(
          assignKit({
            master,
            kits,
            seed,
            number,
            bindings: [listBinding(master)],
            administration: i + 1,
            stock,
            dispensed: [],
          }).code,
        );
      expect(isUneven(chosen)).toBe(false);
      expect(isUneven(() => 0)).toBe(true);
      expect(isUneven((i) => i % 3)).toBe(true);
    });

    /** What a shipment shows: two uses that differ by treatment only must be answered alike. */
    it("resupply answers the number of participants, not what they were given; one-for-one resupply is caught", () => {
      type Rule = (used: readonly string[]) => unknown;
      const discloses = (rule: Rule): boolean =>
        [
          ["a", "a", "b", "b"],
          ["a", "b", "a", "b"],
          ["a", "a", "a", "a"],
        ].some((used, _, [first]) => {
          return JSON.stringify(rule(used)) !== JSON.stringify(rule(first!));
        });
      expect(discloses((used) => shipmentsDue(2, used.length, 1))).toBe(false);
      expect(discloses((used) => used)).toBe(true);
      expect(discloses((used) => (used.filter((arm) => arm === "a").length >= 3 ? "ship" : "wait"))).toBe(true);
    });
  },
);

describe("rule 28: sentinel slots in a list of their own", { tags: ["BLIND-001", "BLIND-004"] }, () => {
  it("change no row, number, kit or letter of the main list, and their numbers are apart", () => {
    const seed = Seed.test("sentinel TEST");
    const sentinel = draw(
      listPlan({
        list: "SENTINEL",
        length: 2,
        numbers: { prefix: "S" },
        procedure: { kind: "permuted-block", sizes: [2] },
      }),
      seed,
    );
    const main = draw(listPlan({ procedure: { kind: "permuted-block", sizes: [4, 8], lastBlock: "whole" } }), seed);
    const numbers = [...rowsOf(sentinel), ...rowsOf(main)].map(({ number }) => number);
    expect(numberFaults(numbers)).toEqual([]);
    expect(
      rowsOf(sentinel)
        .map(({ arm }) => arm)
        .toSorted(),
    ).toEqual(["active", "placebo"]);
    // The wrong way: the pair as the first block of the main list moves every later row.
    const mixed = [...rowsOf(sentinel), ...rowsOf(main)].slice(0, main.unblindedRowCount).map(({ arm }) => arm);
    expect(mixed).not.toEqual(rowsOf(main).map(({ arm }) => arm));
  });
});

describe("the check character of these laws", { tags: ["BLIND-001", "BLIND-004"] }, () => {
  it("is that of the kits", () => {
    const [{ code } = { code: "" }] = generateKits(kitInput(), liveSeed).blinded().kits;
    expect(kitCheckCharacter(code.slice(0, -1))).toBe(code.slice(-1));
  });
});
