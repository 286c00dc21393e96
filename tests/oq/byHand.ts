/* Expected values that a person reads out of a document or multiplies by hand. */
import type { OqCase } from "../../src/cli/qualification/caseFile.js";

type Unnumbered = Omit<OqCase, "id">;

const weight = (text: string, expected: unknown): Unnumbered => ({
  requirement: "QTY-001",
  call: "read a weight",
  given: { text },
  expected,
});
const refused = (code: string): object => ({ refused: `quantity.${code}` });

export const WEIGHT_TEXTS: readonly Unnumbered[] = [
  weight("72.4 kg", "72.4"),
  weight("72.4kg", "72.4"),
  weight("72.4 KG", "72.4"),
  weight("72.4 公斤", "72.4"),
  weight("0.5 kg", "0.5"),
  weight("300 kg", "300"),
  weight("3.105 kg", "3.105"),
  weight("0.49 kg", refused("weight_out_of_range")),
  weight("300.1 kg", refused("weight_out_of_range")),
  weight("72.4", refused("unit_missing")),
  weight("72,4 kg", refused("comma")),
  ...["160 lb", "160 lbs", "72400 g", "5 oz", "11 stone", "144 斤"].map((text) => weight(text, refused("weight_unit"))),
  weight("7.24e1 kg", refused("malformed")),
  weight("-5 kg", refused("negative")),
  weight("0 kg", refused("zero")),
  weight(".5 kg", refused("bare_point")),
];

const dose = (text: string, expected: unknown): Unnumbered => ({
  requirement: "QTY-002",
  call: "read a dose",
  given: { text },
  expected,
});
const perKg = (amount: string): object => ({ kind: "per-kg", amount, unitKind: "viable-cells" });

export const DOSE_TEXTS: readonly Unnumbered[] = [
  ...["1000000", "1E6", "1e6", "1x10^6", "1 x 10^6", "1×10^6", "1×10⁶", "1 million"].flatMap((amount) => [
    dose(`${amount} viable cells/kg`, perKg("1000000")),
    dose(`${amount} viable cells per kg`, perKg("1000000")),
  ]),
  dose("1.5E6 viable cells/kg", perKg("1500000")),
  dose("0.3 million viable cells/kg", perKg("300000")),
  dose("60x10^6 cell-equivalents", { kind: "flat", amount: "60000000", unitKind: "cell-equivalents" }),
  ...["2 x 106", "2 x 10 6", "15.107", "10 107"].map((text) =>
    dose(`${text} viable cells/kg`, refused("lost_superscript")),
  ),
  ...["1,5", "1,500"].map((text) => dose(`${text} viable cells/kg`, refused("comma"))),
  ...["3M", "3MM", "500k", "3 billion"].map((text) => dose(`${text} viable cells/kg`, refused("ambiguous_suffix"))),
  dose("1E-6 viable cells/kg", refused("negative_exponent")),
  dose("-5 viable cells/kg", refused("negative")),
  dose("0 viable cells/kg", refused("zero")),
  ...["NaN", "Infinity"].map((text) => dose(`${text} viable cells/kg`, refused("not_finite"))),
  ...[".5", "1."].map((text) => dose(`${text} viable cells/kg`, refused("bare_point"))),
  ...["+5", "1E+6", "007", "1_000", "1 000 000", "10^6"].map((text) =>
    dose(`${text} viable cells/kg`, refused("malformed")),
  ),
  dose("1E6", refused("unit_missing")),
  dose("2 mg/kg", refused("unit_unknown")),
  dose("1E6 cells/lb", refused("unit_unknown")),
];

const ANSWERS = {
  "dose.countBasis": "viable-cells",
  "dose.weightDescriptor": "actual",
  "dose.cap": "none",
  "dose.administrations": "1",
};

/** Tenths of a kilogram times cells for each kilogram, in whole numbers. */
const times = (cellsPerKg: bigint, tenthsKg: bigint): string => String((cellsPerKg * tenthsKg) / 10n);
const kg = (tenths: bigint): string => (tenths % 10n === 0n ? String(tenths / 10n) : `${tenths / 10n}.${tenths % 10n}`);
const WEIGHTS = [5n, 6n, 31n, 126n, 361n, 499n, 500n, 501n, 724n, 999n, 1000n, 1001n, 1815n, 3000n];

/** NCT07041801: 1, 3 and 5 million cells/kg (docs/four-trials.md); NCT06853522: a flat dose of 60 million cell-equivalents. */
export const TRIAL_DOSES: readonly Unnumbered[] = [
  ...(
    [
      ["low", 1_000_000n],
      ["medium", 3_000_000n],
      ["high", 5_000_000n],
    ] as const
  ).flatMap(([arm, cellsPerKg]) =>
    WEIGHTS.map((tenths) => ({
      requirement: "DOSE-001",
      call: "prescribe",
      given: { trial: "NCT07041801", part: "single-dose", arm, weightKg: kg(tenths), assumptions: ANSWERS },
      expected: { target: times(cellsPerKg, tenths) },
    })),
  ),
  ...(
    [
      ["0.75E6 viable cells/kg", 750_000n],
      ["1.2E6 viable cells/kg", 1_200_000n],
    ] as const
  ).flatMap(([level, cellsPerKg]) =>
    WEIGHTS.slice(3, 11).map((tenths) => ({
      requirement: "DOSE-001",
      call: "prescribe",
      given: {
        trial: "NCT06727721",
        arm: "experimental",
        weightKg: kg(tenths),
        assumptions: { ...ANSWERS, "dose.levels.experimental": level, "dose.levels.control": level },
      },
      expected: { target: times(cellsPerKg, tenths) },
    })),
  ),
  ...[999n, 1000n, 1001n, 1500n].map((tenths) => ({
    requirement: "DOSE-005",
    call: "prescribe",
    given: {
      trial: "NCT07041801",
      part: "single-dose",
      arm: "low",
      weightKg: kg(tenths),
      assumptions: { ...ANSWERS, "dose.cap": "100E6 viable cells" },
    },
    expected: {
      target: tenths > 1000n ? "100000000" : times(1_000_000n, tenths),
      warnings: tenths > 1000n ? ["dose.cap_applied"] : [],
    },
  })),
  {
    requirement: "DOSE-001",
    call: "prescribe",
    given: { trial: "NCT06853522", arm: "exosome", assumptions: { "dose.administrations": "1" } },
    expected: { target: "60000000" },
  },
  ...Object.keys(ANSWERS).map((missing) => ({
    requirement: "DOSE-003",
    call: "prescribe",
    given: {
      trial: "NCT07041801",
      part: "single-dose",
      arm: "low",
      weightKg: "72.4",
      assumptions: Object.fromEntries(Object.entries(ANSWERS).filter(([key]) => key !== missing)),
    },
    expected: { refused: "trial.assumption_missing" },
  })),
  {
    requirement: "DOSE-002",
    call: "prescribe",
    given: { trial: "NCT07041801", part: "single-dose", arm: "highest", weightKg: "72.4", assumptions: ANSWERS },
    expected: { refused: "trial.arm_unknown" },
  },
  {
    requirement: "DOSE-003",
    call: "prescribe",
    given: { trial: "NCT07041801", part: "single-dose", arm: "low", assumptions: ANSWERS },
    expected: { refused: "dose.weight_missing" },
  },
];

interface Label {
  readonly product: string;
  readonly name: string;
  readonly dose?: object;
  readonly lot: object;
  readonly draw?: object;
}

const label = (
  { product, name, dose: of = {}, lot, draw = {} }: Label,
  weightKg: string,
  expected: object,
): Unnumbered => ({
  requirement: "PROD-001",
  call: "prepare",
  given: {
    order: {
      preparedOn: "2026-02-27",
      weight: { descriptor: "actual", weightKg, weighedOn: "2026-02-26", weighedBy: "OQ" },
      dose: { from: "product", product, countBasis: "viable-cells", ...of },
      product: { name, mayMixLots: false, source: "OQ" },
      lots: [
        {
          ...{ lot: "L1", expiresOn: "2027-01-31", isReleased: true, containers: 40, counted: "viable-cells" },
          ...{ recovery: "1", ...lot },
        },
      ],
      draw: { graduationMl: "0.01", overfillPercent: "0", ...draw },
      infusion: {},
    },
  },
  expected,
});

const RYONCIL: Label = {
  product: "ryoncil",
  name: "Ryoncil",
  lot: { content: "25000000", fillMl: "3.8", extractableMl: "3.8", labelPerMl: "6680000" },
  draw: { governingRule: "content" },
};
const TEMCELL: Label = {
  product: "temcell",
  name: "Temcell",
  lot: { content: "72000000", fillMl: "10", extractableMl: "10" },
};
const ebvallo = (measuredPerMl: string): Label => ({
  product: "ebvallo",
  name: "Ebvallo",
  lot: { content: "200000000", fillMl: "5", extractableMl: "5", measuredPerMl },
});
const CAR_LOT = {
  content: "400000000",
  fillMl: "68",
  extractableMl: "68",
  containers: 1,
  counted: "car-positive-cells",
};
const YESCARTA: Label = {
  product: "yescarta",
  name: "Yescarta",
  dose: { countBasis: "car-positive-cells" },
  lot: CAR_LOT,
  draw: { whenAbove: "one-graduation-less" },
};
const KYMRIAH: Label = {
  product: "kymriah",
  name: "Kymriah",
  dose: {
    countBasis: undefined,
    regimen: "paediatric",
    rule: { kind: "flat", amount: "100000000", unitKind: "car-positive-cells" },
  },
  lot: CAR_LOT,
};

export const LABEL_DOSES: readonly Unnumbered[] = [
  // drugs.com: 2E6 cells/kg, vials of 25E6 in 3.8 mL and 6.68E6/mL: 25E6 / 2E6 = 12.5 kg, 6.68E6 × 3.8 / 2E6 = 12.692 kg.
  label(RYONCIL, "12.5", { target: "25000000", rules: [{ byContent: "1", byVolume: "1" }] }),
  label(RYONCIL, "12.501", { target: "25002000", rules: [{ byContent: "2", byVolume: "1" }] }),
  label(RYONCIL, "12.692", { target: "25384000", rules: [{ byContent: "2", byVolume: "1" }] }),
  label(RYONCIL, "12.693", { target: "25386000", rules: [{ byContent: "2", byVolume: "2" }] }),
  // group-nexus.jp: 2E6/kg, bags of 72E6: one up to 36 kg.
  label(TEMCELL, "36", { target: "72000000", containers: [{ lot: "L1", containers: 1 }] }),
  label(TEMCELL, "36.1", { target: "72200000", containers: [{ lot: "L1", containers: 2 }] }),
  // SmPC: 2E6/kg by the actual concentration; 140E6 / 28E6 = 5 mL; 140 / 73 = 1.9178 mL.
  label(ebvallo("28000000"), "70", { target: "140000000", drawMl: "5" }),
  label(ebvallo("73000000"), "70", { target: "140000000", drawMl: "1.92" }),
  // SmPC: 2E6/kg, at most 2E8; above 200 kg the least dose exceeds the cap.
  label(YESCARTA, "70", { target: "140000000", isCapped: false }),
  label(YESCARTA, "100", { target: "200000000", isCapped: false }),
  label(YESCARTA, "110", { target: "200000000", uncapped: "220000000", isCapped: true }),
  label(YESCARTA, "200.1", { refused: "dose.minimum_above_cap" }),
  // 0.2 to 5E6/kg up to 50 kg, 0.1 to 2.5E8 above.
  label(KYMRIAH, "40", { range: { minimum: "8000000", maximum: "200000000" } }),
  label(KYMRIAH, "50", { range: { minimum: "10000000", maximum: "250000000" } }),
  label(KYMRIAH, "50.1", { range: { minimum: "10000000", maximum: "250000000" } }),
  label(KYMRIAH, "80", { range: { minimum: "10000000", maximum: "250000000" } }),
];

const PLAN = `trial: NCT06853522
part: main
list: UC-01
arms: { exosome: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [2, 4], lastBlock: fill }
length: 12
`;
const SEED = ["--test-seed", "oq"];
const LIST = ["list", "plan.yaml", ...SEED, "--out", "L"];
const FILES = ["UNBLINDED.manifest.json", "UNBLINDED.master.csv", "UNBLINDED.master.json"].concat([
  "blinded.csv",
  "blinded.json",
  "blinded.manifest.json",
]);
const ASSUMPTIONS = `trial: NCT07041801
assumptions:
${Object.entries(ANSWERS)
  .map(([key, value]) => `  ${key}: "${value}"`)
  .join("\n")}
`;

const commands = (requirement: string, steps: readonly object[], expected: readonly object[]): Unnumbered => ({
  requirement,
  call: "command",
  given: { steps },
  expected,
});
const fault = (code: string, path?: string): object => ({
  exit: 2,
  answer: { error: { code, ...(path === undefined ? {} : { issues: [{ code, path }] }) } },
});
const doseOf = (...argv: readonly string[]): object => ({
  write: { "a.yaml": ASSUMPTIONS },
  run: ["dose", "NCT07041801", "--assumptions", "a.yaml", "--part", "single-dose", ...argv],
});
const assign = (participant: string): object => ({
  run: ["assign", "t.log", "--participant", participant, "--actor", "Desk"],
});
const OPENED = [
  { write: { "plan.yaml": PLAN }, run: LIST },
  { run: ["log", "open", "t.log", "--list", "L", "--actor", "Desk"] },
];

/** The command line as people use it, each command with its exit code. */
export const COMMANDS: readonly Unnumbered[] = [
  commands(
    "DOSE-001",
    [doseOf("--arm", "low", "--weight", "72.4 kg")],
    [{ exit: 0, answer: { prescription: { target: { amount: "72400000" } } } }],
  ),
  ...(
    [
      ["160 lb", "quantity.weight_unit"],
      ["72,4 kg", "quantity.comma"],
      ["7.24e1 kg", "quantity.malformed"],
      ["0.49 kg", "quantity.weight_out_of_range"],
      ["300.1 kg", "quantity.weight_out_of_range"],
      ["72400 g", "quantity.weight_unit"],
      ["0 kg", "quantity.zero"],
      ["72.4", "quantity.unit_missing"],
    ] as const
  ).map(([weightKg, code]) =>
    commands("QTY-001", [doseOf("--arm", "low", "--weight", weightKg)], [fault(code, "--weight")]),
  ),
  commands("DOSE-002", [doseOf("--arm", "double", "--weight", "72.4 kg")], [fault("trial.arm_closed")]),
  commands("DOSE-002", [doseOf("--arm", "lo", "--weight", "72.4 kg")], [fault("trial.arm_unknown")]),
  commands(
    "LIST-004",
    [{ write: { "plan.yaml": PLAN }, run: LIST }, { run: ["verify", "L", ...SEED] }],
    [
      { exit: 0, answer: { rows: 12, status: "TEST" } },
      { exit: 0, answer: { same: true } },
    ],
  ),
  ...FILES.map((name) =>
    commands(
      "LIST-004",
      [
        { write: { "plan.yaml": PLAN }, run: LIST },
        { change: `L/UC-01.TEST.${name}`, run: ["verify", "L", ...SEED] },
      ],
      [{ exit: 0 }, { exit: 1, answer: { same: false } }],
    ),
  ),
  commands(
    "LIST-004",
    [{ write: { "plan.yaml": PLAN }, run: LIST }, { run: ["verify", "L", "--test-seed", "other"] }],
    [{ exit: 0 }, { exit: 1, answer: { same: false } }],
  ),
  commands(
    "LOG-002",
    [...OPENED, assign("P-1"), assign("P-2"), assign("P-1")],
    [
      { exit: 0 },
      { exit: 0 },
      { exit: 0, answer: { number: "TR0001" } },
      { exit: 0, answer: { number: "TR0002" } },
      { exit: 0, answer: { number: "TR0001" } },
    ],
  ),
  commands(
    "LOG-001",
    [...OPENED, assign("P-1"), assign("P-2"), { change: "t.log", run: ["log", "verify", "t.log"] }],
    [...[0, 0, 0, 0].map((exit) => ({ exit })), { exit: 1, answer: { whole: false } }],
  ),
  commands(
    "BREAK-001",
    [
      ...OPENED,
      assign("P-1"),
      assign("P-2"),
      { run: ["unblind", "t.log", "--participant", "P-2", "--reason", "SAE", "--actor", "Dr A", "--master", "L"] },
      { run: ["log", "show", "t.log"] },
    ],
    [
      ...[0, 0, 0, 0].map((exit) => ({ exit })),
      { exit: 0, answer: { codeBreak: { participant: "P-2" } } },
      { exit: 0 },
    ],
  ),
  commands(
    "BREAK-002",
    [
      ...OPENED,
      assign("P-1"),
      { run: ["list", "plan.yaml", "--test-seed", "another", "--out", "M"] },
      { run: ["unblind", "t.log", "--participant", "P-1", "--reason", "SAE", "--actor", "Dr A", "--master", "M"] },
    ],
    [...[0, 0, 0, 0].map((exit) => ({ exit })), fault("custody.list_differs")],
  ),
  commands(
    "LIST-005",
    [{ write: { "plan.yaml": PLAN.replace("length: 12", "length: 13") }, run: LIST }],
    [{ exit: 2 }],
  ),
  commands("LIST-005", [{ write: { "plan.yaml": PLAN.replace("exosome: 1", "exosom: 1") }, run: LIST }], [{ exit: 2 }]),
];
