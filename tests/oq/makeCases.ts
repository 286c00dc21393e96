/*
 * The cases of `allocell oq`, made from their sources: numbers of other programs and publications (tests/golden), second
 * programs that were written from the documents alone (tests/independent), and arithmetic by hand here. Nothing of the
 * package is asked for an expected value.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import type { OqCase, OqFile } from "../../src/cli/qualification/caseFile.js";
import { secondBlindedCsv, secondList, secondMasterCsv, type SecondPlan } from "../independent/list/secondList.js";
import { testSeed } from "../independent/list/secondStream.js";
import { orders } from "../independent/preparation/orders.js";
import { compute } from "../independent/preparation/secondProgram.js";
import type { Order } from "../independent/preparation/shape.js";
import { boinSpec, designOf, i3plus3Spec, mtpi2Spec, threePlusThreeSpec } from "../support/escalationDesigns.js";
import { COMMANDS, DOSE_TEXTS, LABEL_DOSES, TRIAL_DOSES, WEIGHT_TEXTS } from "./byHand.js";
import { rDraws } from "./rCalls.js";

interface Golden {
  readonly provenance: string;
  readonly cases: readonly (Readonly<Record<string, never>> & { readonly kind: string; readonly id: string })[];
}

const golden = (name: string): Golden =>
  JSON.parse(readFileSync(new URL(`../golden/${name}.json`, import.meta.url), "utf8")) as Golden;

type Unnumbered = Omit<OqCase, "id">;

/** Numbers the cases of a group: an id is never used for another case, so new ones come to the end. */
const file = (
  group: string,
  title: string,
  titleZh: string,
  source: string,
  cases: readonly Unnumbered[],
): readonly [name: string, file: OqFile] => [
  `${group}.json`,
  {
    ...{ group, title, titleZh, source },
    cases: cases.map((one, index) => ({ id: `${group}-${String(index + 1).padStart(3, "0")}`, ...one })),
  },
];

const sha256 = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

const near = (text: string, within = 1e-9): object => ({ near: text, within });

function rStreams(): readonly Unnumbered[] {
  const { cases } = golden("r-sample") as unknown as { cases: readonly RCase[] };
  return cases.map(({ call, seed, rngKind, value, runifAfter }) => ({
    requirement: "RAND-003",
    call: "draws of R",
    given: { r: call, seed, kind: rngKind[2], draws: rDraws(call) },
    expected: {
      value: call.includes("sprintf") ? value.map(Number) : value,
      ...(runifAfter === undefined ? {} : { runifAfter: Number(runifAfter) }),
    },
  }));
}

interface RCase {
  readonly call: string;
  readonly seed: number;
  readonly rngKind: readonly [string, string, string];
  readonly value: readonly (number | string)[];
  readonly runifAfter?: string;
}

interface MadeCase {
  readonly program: string;
  readonly seed: number;
  readonly sampleKind: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly columns: Readonly<Record<string, unknown>>;
  readonly runifAfter: string;
}

function rPackages(): readonly Unnumbered[] {
  const camel = (name: string): string => name.replace(/\.(\w)/g, (_, letter: string) => letter.toUpperCase());
  const { cases } = golden("madeWith-cross") as unknown as { cases: readonly MadeCase[] };
  return cases.map(({ program, seed, sampleKind, arguments: own, columns, runifAfter }) => ({
    requirement: "RAND-004",
    call: "list of an R package",
    given: {
      program,
      options: {
        seed,
        sampleKind,
        ...Object.fromEntries(Object.entries(own).map(([key, value]) => [camel(key), value])),
      },
    },
    expected: { columns, runifAfter: Number(runifAfter) },
  }));
}

const PLANS: readonly Omit<SecondPlan, "list" | "strata" | "length" | "procedure">[] = [
  { trial: "NCT06853522", part: "main", arms: { exosome: 1, placebo: 1 } },
  { trial: "NCT06407297", part: "randomized", arms: { experimental: 2, placebo: 1 } },
  { trial: "NCT06727721", part: "main", arms: { placebo: 1, control: 1, experimental: 1 } },
  { trial: "NCT07041801", part: "single-dose", arms: { low: 1, medium: 1, high: 1, placebo: 1 } },
];

function lists(): readonly Unnumbered[] {
  const policies = ["whole", "cut", "fill"] as const;
  return Array.from({ length: 120 }, (_, i) => {
    const base = PLANS[i % PLANS.length]!;
    const block = Object.values(base.arms).reduce((sum, share) => sum + share, 0);
    const lastBlock = policies[Math.floor(i / 4) % 3]!;
    const sizes = i % 5 === 0 ? [block * 2] : [block, block * 2];
    const plan: SecondPlan = {
      ...base,
      list: `OQ-${i}`,
      procedure: { kind: "permuted-block", sizes, lastBlock },
      strata: i % 3 === 0 ? [] : [{ factor: "site", levels: i % 3 === 1 ? ["01", "02"] : ["上海", "Zürich", "03"] }],
      length: lastBlock === "fill" ? block * 6 : block * 5 + (i % 3),
      numbers: { prefix: base.part === "main" ? "R" : "Q", digits: 4 },
    };
    const seed = `oq ${i} TEST`;
    const rows = secondList(plan, testSeed(seed));
    return {
      requirement: "LIST-001",
      call: "randomization list",
      given: { plan, testSeed: seed },
      expected: {
        arms: rows.slice(0, 12).map(({ arm }) => arm),
        master: sha256(secondMasterCsv(plan, rows)),
        blinded: sha256(secondBlindedCsv(plan, rows)),
      },
    };
  });
}

function defaultStream(): readonly Unnumbered[] {
  const known = golden("default-stream") as unknown as Readonly<Record<string, readonly number[]>>;
  const keys: readonly (readonly [string, string])[] = [
    ["00".repeat(32), "wordsOfZeroKey"],
    ["000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", "wordsOfCountKey"],
    [String(known["allocationKey"]), "allocationWords"],
  ];
  return keys.map(([key, name]) => ({
    requirement: "RAND-001",
    call: "words of the default stream",
    given: { key, count: 4 },
    expected: known[name],
  }));
}

function escalation(): readonly Unnumbered[] {
  const { cases } = golden("escalation") as unknown as { cases: readonly Readonly<Record<string, never>>[] };
  return cases.flatMap((own): readonly Unnumbered[] => {
    const make = ESCALATION[String(own["kind"])];
    return make === undefined ? [] : make(own as never);
  });
}

interface EscalationCase {
  readonly kind: string;
  readonly target: string;
  readonly cutoff: string;
  readonly n: number[];
  readonly dlt: number[];
  readonly escalateMax: number[];
  readonly deescalateMin: number[];
  readonly eliminateMin: (number | null)[];
  readonly epsilon1: string;
  readonly decisions: string[];
  readonly variant: "escalate-only" | "de-escalate";
  readonly needSixAtMtd: boolean;
  readonly levels: number;
  readonly outcomes: string;
  readonly go: boolean;
  readonly nextLevel: number | null;
  readonly mtd: number | null;
  readonly design: string;
  readonly trueDlt: string[];
  readonly selectExact: Readonly<Record<string, string>>;
  readonly expectedN: string;
  readonly expectedNPerLevel: string[];
  readonly exact: Readonly<Record<string, string>>;
  readonly lastDosed: string;
  readonly throughStudyDay: number;
  readonly dosingIsDay: 0 | 1;
  readonly windowEnds: string;
  readonly firstDosing: string;
  readonly cohorts: number[];
  readonly gapsCompleteDays: number[];
  readonly dltThroughStudyDay: number;
  readonly reviewDays: number;
  readonly dosings: string[][];
  readonly nextPartNotBefore: string;
}

const rowsOf = (n: readonly number[], row: (index: number) => object): object =>
  Object.fromEntries(n.map((count, index) => [String(count), row(index)]));

const step = (own: EscalationCase): readonly Unnumbered[] => [
  {
    requirement: "ESC-002",
    call: "next step",
    given: {
      design: designOf(own.levels, threePlusThreeSpec(own.variant, own.needSixAtMtd), Number(own.outcomes[0])),
      outcomes: own.outcomes,
    },
    expected: { level: own.nextLevel, isStop: !own.go, ...(own.go ? {} : { recommended: own.mtd }) },
  },
];

const letters = (design: object, { n, decisions }: EscalationCase): readonly Unnumbered[] => [
  {
    requirement: "ESC-001",
    call: "decision table",
    given: { design },
    expected: rowsOf(n, (i) => ({ letters: decisions[i]! })),
  },
];

const ESCALATION: Readonly<Record<string, (own: EscalationCase) => readonly Unnumbered[]>> = {
  "boin-table": (own) => [
    {
      requirement: "ESC-001",
      call: "decision table",
      given: { design: designOf(2, boinSpec(own.target, { elimination: { cutoff: own.cutoff, minimum: 3 } })) },
      expected: rowsOf(own.n, (i) => ({
        escalateMax: own.escalateMax[i],
        deescalateMin: own.deescalateMin[i],
        eliminateMin: own.eliminateMin[i],
      })),
    },
  ],
  "i3plus3-table": (own) => letters(designOf(2, i3plus3Spec(own.target, own.epsilon1, { maxTotal: 20 })), own),
  "mtpi2-table": (own) => letters(designOf(2, mtpi2Spec(own.target, own.epsilon1)), own),
  "3plus3-step": step,
  "3plus3-step-six": step,
  "mtd-select": ({ n, dlt, exact }) => [
    {
      requirement: "ESC-003",
      call: "isotonic estimates",
      given: { n, dlt, levels: Math.max(0, ...Object.keys(exact).map(Number)) },
      expected: exact,
    },
  ],
  oc: (own) =>
    own.design !== "3+3"
      ? []
      : [
          {
            requirement: "ESC-004",
            call: "operating characteristics",
            given: {
              design: designOf(own.levels, threePlusThreeSpec(own.variant, own.needSixAtMtd)),
              truth: own.trueDlt,
            },
            expected: {
              select:
                Object.values({ none: own.selectExact["none"], ...own.selectExact }).length === own.levels + 1
                  ? [
                      own.selectExact["none"],
                      ...Array.from({ length: own.levels }, (_, j) => own.selectExact[String(j + 1)]),
                    ]
                  : [],
              expectedTreated: near(own.expectedN, 1e-12),
              treatedByLevel: own.expectedNPerLevel.map((value) => near(value, 1e-12)),
            },
          },
        ],
  "window-date": ({ lastDosed, throughStudyDay, dosingIsDay, windowEnds }) => [
    {
      requirement: "ESC-005",
      call: "end of a DLT window",
      given: { rules: { window: { throughStudyDay, dosingIsDay } }, lastDosed },
      expected: windowEnds,
    },
  ],
  "earliest-calendar": (own) => [
    {
      requirement: "ESC-005",
      call: "earliest calendar",
      given: {
        rules: {
          window: { throughStudyDay: own.dltThroughStudyDay, dosingIsDay: own.dosingIsDay },
          gapsDays: own.gapsCompleteDays,
          reviewDays: own.reviewDays,
        },
        cohorts: own.cohorts,
        first: own.firstDosing,
      },
      expected: { dosings: own.dosings, nextPartNotBefore: own.nextPartNotBefore },
    },
  ],
};

/** The procedures of exact-dp.json under our names; those with whole-number parameters only. */
const MEASURED: Readonly<Record<string, (parameter: never, rows: number) => readonly [string, object]>> = {
  CR: () => ["complete", {}],
  RAR: (_, rows) => ["randomAllocationRule", { totals: [rows / 2, rows / 2] }],
  PBR: (parameter) => ["permutedBlock", { sizes: [Number(parameter)] }],
  BSD: (parameter) => ["bigStick", { tolerance: Number(parameter) }],
  MP: (parameter, rows) => ["maximal", { rows, tolerance: Number(parameter) }],
  EBC: (parameter) => ["efron", { probability: String(parameter) }],
  EUD: (parameter) => ["ehrenfest", { tolerance: Number(parameter) }],
  BUD: (parameter) => ["blockUrn", { lambda: Number(parameter) }],
  UD: (parameter) => ["wei", { initial: Number(parameter[0]), added: Number(parameter[1]) }],
};

function measures(): readonly Unnumbered[] {
  const { cases } = golden("exact-dp") as unknown as {
    cases: readonly { procedure: string; parameter: never; N: number; exact?: Readonly<Record<string, string>> }[];
  };
  const names: Readonly<Record<string, string>> = {
    correctGuessConvergence: "convergence",
    correctGuessMaxProbability: "maximumProbability",
    forcedShare: "forcedShare",
    meanProbBalanced: "balancedShare",
    forcingIndex: "forcingIndex",
    expectedAbsFinal: "finalAbsolute",
    expectedSquaredFinal: "finalSquared",
    loss: "loss",
    expectedMaxAbs: "maximal",
  };
  return cases.flatMap(({ procedure, parameter, N, exact = {} }) => {
    const made = MEASURED[procedure]?.(parameter, N);
    if (made === undefined || Object.keys(exact).length === 0) return [];
    const [name, options] = made;
    const ratio = name === "randomAllocationRule" ? {} : { ratio: [1, 1] };
    return [
      {
        requirement: "ASSESS-001",
        call: "exact measures",
        given: { procedure: name, options: { ...ratio, ...options }, ratio: [1, 1], rows: N },
        expected: Object.fromEntries(Object.entries(exact).map(([key, value]) => [names[key]!, value])),
      },
    ];
  });
}

interface MinimizationCase {
  readonly ratio: readonly number[];
  readonly method: string;
  readonly p: number;
  readonly weights: readonly number[];
  readonly covariates: readonly (readonly number[])[];
  readonly assignments: readonly number[];
  readonly steps: readonly { readonly scoreExact: readonly string[]; readonly preferred: readonly number[] }[];
}

function minimized(): readonly Unnumbered[] {
  const { cases } = golden("minimization") as unknown as { cases: readonly MinimizationCase[] };
  return cases.map(({ ratio, method, p, covariates, assignments, steps }) => ({
    requirement: "DYN-001",
    call: "scores of minimization",
    given: {
      options: {
        ratio,
        factors: covariates.map((levels) => ({ levels: Math.max(...levels) + 1, weight: 1 })),
        measure: method === "Range" ? "range" : "variance",
        law: { kind: "fixed", probability: String(p) },
      },
      profiles: assignments.map((_, i) => covariates.map((levels) => levels[i]!)),
      arms: assignments.map((arm) => arm - 1),
    },
    // There each factor weighs 1/4, here 1: the arms that are preferred are the same.
    expected: steps.map(({ preferred }) => ({ preferred })),
  }));
}

/** Orders at random and at the edges of the rules, computed by the second program. */
function preparations(): readonly Unnumbered[] {
  return fc
    .sample(orders, { numRuns: 400, seed: 20261130 })
    .flatMap((order: Order): readonly Unnumbered[] => {
      const { sheet, isTied } = compute(order);
      const { refusals, warnings, results } = sheet;
      if (isTied || refusals.size > 1) return [];
      const [code] = refusals;
      if (code !== undefined) {
        return [{ requirement: "DOSE-003", call: "prepare", given: { order }, expected: { refused: code } }];
      }
      const { target, containers = [], delivered, infusion, dosingKg, isReady } = results as unknown as Results;
      return [
        {
          requirement: containers.length === 0 ? "DOSE-001" : "PREP-001",
          call: "prepare",
          given: { order },
          expected: {
            target: target.amount,
            uncapped: target.uncapped,
            isCapped: target.isCapped,
            containers: containers.map(({ lot, containers: count, drawMl }) => ({ lot, containers: count, drawMl })),
            ...(delivered === undefined
              ? {}
              : { drawMl: delivered.drawMl, exactDrawMl: delivered.exactDrawMl, delivered: delivered.amount }),
            ...(infusion === undefined ? {} : { infusion: defined(infusion) }),
            ...(dosingKg === undefined ? {} : { dosingKg }),
            warnings: warnings.map((one) => one.code).sort(),
            isReady,
          },
        },
      ];
    })
    .slice(0, 120);
}

interface Results {
  readonly target: { readonly amount: string; readonly uncapped: string; readonly isCapped: boolean };
  readonly containers?: readonly { readonly lot: string; readonly containers: number; readonly drawMl: string }[];
  readonly delivered?: { readonly drawMl: string; readonly exactDrawMl: string; readonly amount: string };
  readonly infusion?: object;
  readonly dosingKg?: string;
  readonly isReady: boolean;
}

const defined = (map: object): object =>
  Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined));

const LAWS: readonly (readonly [requirement: string, law: string, runs: number])[] = [
  ["BLIND-001", "exchanged arms leave the blinded files as they are", 40],
  ["LIST-001", "the same plan and seed give the same bytes", 40],
  ["LIST-002", "every block holds the ratio", 100],
  ["LIST-003", "a TEST list says so in every row", 20],
  ["LIST-004", "one changed character of a list is found", 200],
  ["LOG-001", "one changed character of an allocation log is found", 200],
  ["DOSE-001", "the target is the dose per kg times the weight", 400],
  ["DOSE-005", "a capped dose never exceeds its cap, before and after rounding", 200],
  ["PREP-012", "the borders of a preparation hold every change of containers", 400],
];

/** Every case file, by its name. */
export function makeCases(): ReadonlyMap<string, OqFile> {
  const second =
    "A second program, written from the documents alone (tests/independent); nothing of the package is in it.";
  return new Map([
    file("Q", "Weights and amounts as they are written", "体重与数量的书写格式", "docs/dosing.md, by hand", [
      ...WEIGHT_TEXTS,
      ...DOSE_TEXTS,
    ]),
    file(
      "T",
      "Doses of the four trials",
      "四项试验的剂量",
      "Registered dose × weight, multiplied by hand",
      TRIAL_DOSES,
    ),
    file(
      ...(["P", "Doses that the labels of licensed products print", "已上市产品说明书载明的剂量"] as const),
      "Labels and prescribing information, as docs/products.md cites them",
      LABEL_DOSES,
    ),
    file("C", "The command line", "命令行", "docs/cli.md and docs/custody.md, by hand", COMMANDS),
    file("D", "Preparations, refusals and warnings", "配制、拒绝与警示", second, preparations()),
    file("R", "Random streams of R", "R 的随机数流", golden("r-sample").provenance, rStreams()),
    file(
      "M",
      "Lists of R packages made again",
      "R 软件包随机列表的重现",
      "blockrand 1.5 and randotools 0.2.4 in R 4.2.2",
      rPackages(),
    ),
    file(
      "S",
      "The default random stream",
      "默认随机数流",
      "A Python program of the standard library (tests/golden)",
      defaultStream(),
    ),
    file("L", "Randomization lists", "随机化列表", second, lists()),
    file("E", "Dose escalation", "剂量递增", golden("escalation").provenance, escalation()),
    file("A", "Operating characteristics of procedures", "随机化方法的特性", golden("exact-dp").provenance, measures()),
    file("N", "Minimization", "最小化法", golden("minimization").provenance, minimized()),
    file(
      ...(["X", "Laws at fixed seeds", "固定种子下的通用规则"] as const),
      "The rule itself; it is computed beside the answer",
      LAWS.map(([requirement, law, runs]) => ({ requirement, call: "law", given: { law, runs }, expected: "holds" })),
    ),
  ]);
}
