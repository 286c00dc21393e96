import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { parse } from "yaml";
import { bandedComponents } from "../unit/app/componentOrders.js";

type Tree = Record<string, unknown>;

const EXAMPLES = ["sle", "t1d", "t2d", "uc"].map((trial) => `examples/${trial}/order.yaml`);
const texts = EXAMPLES.map((file) => readFileSync(file, "utf8"));

const kilograms = fc
  .integer({ min: 300, max: 1500 })
  .map((tenths) => `${Math.floor(tenths / 10)}${tenths % 10 === 0 ? "" : `.${tenths % 10}`}`);

const PLACES: Readonly<Record<string, readonly string[]>> = {
  weightKg: ["order", "weight", "weightKg"],
  graduationMl: ["order", "draw", "graduationMl"],
  overfillPercent: ["order", "draw", "overfillPercent"],
  finalVolumeMl: ["order", "infusion", "finalVolumeMl"],
  containers: ["order", "lots", "0", "containers"],
  recovery: ["order", "lots", "0", "recovery"],
  expiresOn: ["order", "lots", "0", "expiresOn"],
  preparedOn: ["order", "preparedOn"],
  lineFlushMinutes: ["order", "clock", "lineFlushMinutes"],
  subject: ["order", "identification", "subject"],
};

/** Fields that are written anew, some of them wrong. */
const change = fc.record({
  weightKg: fc.oneof(kilograms, fc.constantFrom("7.24", "0.2", "724", "72,4")),
  graduationMl: fc.constantFrom("0.1", "0.01", "0.5", "1", "0"),
  overfillPercent: fc.constantFrom("0", "5", "10", "25", "-1"),
  finalVolumeMl: fc.constantFrom("50", "100", "250", "5"),
  containers: fc.integer({ min: 1, max: 40 }),
  recovery: fc.constantFrom("1", "0.85", "0.5", "1.2", "85"),
  expiresOn: fc.constantFrom("2027-06-30", "2025-01-31", "2026-02-30"),
  preparedOn: fc.constantFrom("2026-03-19", "2026-06-15", "2026-13-01"),
  lineFlushMinutes: fc.integer({ min: 0, max: 300 }),
  subject: fc.constantFrom("S02-003", "low", "placebo", "S-9 <b>&"),
});
const changed = fc.shuffledSubarray(Object.keys(PLACES), { maxLength: 2 });

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [key = "", ...rest] = path;
  if (rest.length === 0) tree[key] = value;
  else if (typeof tree[key] === "object") put(tree[key] as Tree, rest, value);
}

/** Order files after the examples, most of them right. */
export const anyOrder: fc.Arbitrary<string> = fc
  .tuple(fc.nat({ max: texts.length - 1 }), change, changed)
  .map(([example, changes, names]) => {
    const order = parse(texts[example] ?? "") as Tree;
    for (const name of names) put(order, PLACES[name] ?? [], changes[name as keyof typeof changes]);
    return JSON.stringify(order);
  });

const PRODUCTS = ["breyanzi", "omisirge"].map((id) => readFileSync(`examples/products/order-${id}.yaml`, "utf8"));

/** Of an order of several components: what is written anew, some of it wrong. */
const changeOfComponents = fc.record({
  weightKg: kilograms,
  startWithinMinutes: fc.constantFrom(60, 30, 5, 0),
  content: fc.constantFrom("57.5E6", "25E6", "5E6", "1E9"),
  containers: fc.integer({ min: 1, max: 4 }),
  lot: fc.constantFrom("BR-4", "BR-8", "L 9"),
  startAt: fc.constantFrom("2026-03-10T09:35", "2026-03-10T10:00", "2026-03-10T09:05"),
  component: fc.constantFrom("CD4", "CD8", "  cd8", "组分二"),
  isReleased: fc.boolean(),
});
const PLACES_OF_COMPONENT: Readonly<Record<string, readonly string[]>> = {
  weightKg: ["order", "weight", "weightKg"],
  startWithinMinutes: ["order", "then", "0", "startWithinMinutes"],
  content: ["order", "then", "0", "lots", "0", "content"],
  containers: ["order", "then", "0", "lots", "0", "containers"],
  lot: ["order", "then", "0", "lots", "0", "lot"],
  startAt: ["order", "then", "0", "clock", "startAt"],
  component: ["order", "then", "0", "component"],
  isReleased: ["order", "then", "0", "lots", "0", "isReleased"],
};

/** Orders of several components, with bands of weights or of a licensed product, most of them right: to be typed. */
export const anyComponentOrder: fc.Arbitrary<object> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...PRODUCTS).map((text) => parse(text) as Tree),
      fc
        .tuple(fc.constantFrom("50", "82", "12.5"), fc.constantFrom("40E6", "60E6"), fc.constantFrom("120E6", "45E6"))
        .map((ends) => bandedComponents(...ends)),
    ),
    changeOfComponents,
    fc.shuffledSubarray(Object.keys(PLACES_OF_COMPONENT), { maxLength: 2 }),
  )
  .map(([order, changes, names]) => {
    const changedOrder = structuredClone(order);
    for (const name of names) put(changedOrder, PLACES_OF_COMPONENT[name] ?? [], changes[name as keyof typeof changes]);
    return changedOrder;
  });

const procedureOf = (sum: number): fc.Arbitrary<object> =>
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .constantFrom([sum], [2 * sum], [sum, 2 * sum], [sum, 2 * sum, 3 * sum])
        .map((sizes) => ({ kind: "permuted-block", sizes })),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom("complete", "random-allocation-rule", "brick-tunnel").map((kind) => ({ kind })),
    },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 5 }).map((lambda) => ({ kind: "block-urn", lambda })) },
    { weight: 2, arbitrary: fc.constantFrom("2", "4", "5/2").map((alpha) => ({ kind: "mass-weighted-urn", alpha })) },
    { weight: 1, arbitrary: fc.constant({ kind: "permuted-block", sizes: [sum + 1] }) },
  );

const ratios: fc.Arbitrary<readonly number[]> = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom([1, 1, 1, 1], [2, 1, 1, 1], [2, 2, 2, 1], [3, 3, 1, 1]) },
  { weight: 1, arbitrary: fc.constant([1, 1, 1, 0]) },
);
const ids = fc.oneof(
  { weight: 9, arbitrary: fc.constantFrom("SLE-SD-01", "L1") },
  { weight: 1, arbitrary: fc.constant("bad name") },
);

/** Plan files of the single-dose part of NCT07041801, most of them right. */
export const anyPlanFile: fc.Arbitrary<string> = ratios.chain((ratio: readonly number[]) =>
  fc
    .record({
      procedure: procedureOf(ratio.reduce((sum, share) => sum + share)),
      levels: fc.constantFrom(["01", "02"], ["A"], ["< 30", "≥ 30"]),
      hasStrata: fc.boolean(),
      length: fc.integer({ min: 1, max: 60 }),
      list: ids,
    })
    .map(({ procedure, levels, hasStrata, length, list }) => {
      const arms = Object.fromEntries(["low", "medium", "high", "placebo"].map((arm, i) => [arm, ratio[i]]));
      const strata = hasStrata ? { strata: [{ factor: "site", levels }] } : {};
      return JSON.stringify({ trial: "NCT07041801", part: "single-dose", list, arms, procedure, ...strata, length });
    }),
);
