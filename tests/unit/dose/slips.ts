// Every number of an order, typed wrong by a power of ten or by a unit.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { AllocellError } from "../../../src/index.js";
import {
  computeProductVolume,
  parsePreparationOrder,
  prepareWithoutSteps,
  productById,
  resolveTrialDose,
} from "../../../src/dose/index.js";
import { defineTrial } from "../../../src/trial/index.js";
import { trialById } from "../../../src/trials/index.js";

type Tree = Readonly<Record<string, unknown>>;

/** An order file: the order, and what the trial's answers say. */
export interface OrderFile {
  readonly trial?: string;
  readonly part?: string;
  readonly arm?: string;
  readonly assumptions?: Readonly<Record<string, { readonly value: string }>>;
  readonly order: Tree;
}

export const EXAMPLES: readonly string[] = [
  "examples/sle/order.yaml",
  "examples/t1d/order.yaml",
  "examples/t2d/order.yaml",
  "examples/uc/order.yaml",
  "examples/products/order-ryoncil.yaml",
  "examples/products/order-casgevy.yaml",
  "examples/protocol/order-per-m2.yaml",
  "examples/protocol/order-of-trial-per-m2.yaml",
];

export const readOrderFile = (file: string): OrderFile => parse(readFileSync(file, "utf8")) as OrderFile;

/** The slips, each by what a right number is multiplied with. */
const TENS: Readonly<Record<string, number>> = {
  "× 10": 10,
  "× 100": 100,
  "× 1000": 1000,
  "/ 10": 0.1,
  "/ 100": 0.01,
  "/ 1000": 0.001,
};
const KILOGRAMS = { "lb for kg": 2.2046 };
const CENTIMETRES = { "inches for cm": 0.3937, "m for cm": 0.01, "mm for cm": 10 };
const MINUTES = { "h for min": 1 / 60, "s for min": 60 };
const RATES = { "mL/h for mL/min": 60 };

function slipsOf(path: string): Readonly<Record<string, number>> {
  if (/Kg$|expectedKg/u.test(path)) return { ...TENS, ...KILOGRAMS };
  if (path.endsWith("Cm")) return { ...TENS, ...CENTIMETRES };
  if (/[mM]inutes$|stability$/u.test(path)) return { ...TENS, ...MINUTES };
  if (/rate/iu.test(path)) return { ...TENS, ...RATES };
  return TENS;
}

const NUMBER = /^\d+(?:\.\d+)?(?:E\d+)?/u;

/** The text with its first number multiplied; a whole number stays one. */
function multiplied(value: string | number, factor: number): string | number | undefined {
  const written = NUMBER.exec(String(value))?.[0];
  if (written === undefined || Number(written) === 0) return undefined;
  const product = Number((Number(written) * factor).toPrecision(12));
  if (typeof value === "number") return Number.isInteger(product) ? product : undefined;
  const text =
    product >= 1e6 ? `${Number((product / 1e6).toPrecision(12))}E6` : product.toFixed(12).replace(/\.?0+$/u, "");
  return value.replace(NUMBER, text);
}

/** Numbers that are names, or are no measure. */
const NAMES = /identification|lot$|\.by$|reason|Overrides|overrides|source|name|method|On$|At$|window|leanMale/u;

function numbersOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value === "number" || typeof value === "string") {
    return NAMES.test(path.join(".")) || !NUMBER.test(String(value)) ? [] : [path];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, [...path, key]));
}

const at = (tree: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Tree)[key], tree);

function withValue(tree: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(tree))
    return tree.map((each: unknown, index) => (String(index) === key ? withValue(each, rest, value) : each));
  return { ...(tree as Tree), [key]: withValue((tree as Tree)[key], rest, value) };
}

/** What a preparation says: the codes and places of its warnings, or that it is refused. */
export function outcome({ trial, part, arm, assumptions = {}, order }: OrderFile): readonly string[] | "refused" {
  try {
    const rest = Object.fromEntries(Object.entries(order).filter(([key]) => key !== "overrides"));
    const dose =
      trial === undefined
        ? order["dose"]
        : {
            ...(order["dose"] as Tree),
            trial: resolveTrialDose({
              trial: trial.endsWith(".yaml")
                ? defineTrial(parse(readFileSync(`examples/protocol/${trial}`, "utf8")))
                : trialById(trial),
              arm: arm ?? "",
              ...(part === undefined ? {} : { part }),
              assumptions,
            }),
          };
    return prepareWithoutSteps(parsePreparationOrder({ ...rest, dose })).warnings.map(
      ({ code, path }) => `${code} ${path}`,
    );
  } catch (error) {
    if (AllocellError.is(error)) return "refused";
    throw error;
  }
}

/** A slip that nothing is said of: field (`*` for a place in a list) and slip. */
export function unseenSlips(file: OrderFile): readonly string[] {
  const right = outcome(file);
  const paths = [
    ...numbersOf(file.order, ["order"]),
    ...Object.keys(file.assumptions ?? {}).flatMap((key) =>
      numbersOf(file.assumptions?.[key]?.value, ["assumptions", key, "value"]),
    ),
  ];
  return paths.flatMap((path) => {
    const field = path
      .slice(1)
      .map((key) => (/^\d+$/u.test(key) ? "*" : key))
      .filter((key) => key !== "value")
      .join(".");
    return Object.entries(slipsOf(field)).flatMap(([slip, factor]) => {
      const value = multiplied(at(file, path) as string | number, factor);
      if (value === undefined) return [];
      const found = outcome(withValue(file, path, value) as OrderFile);
      const isSeen = found === "refused" || (right !== "refused" && found.some((warning) => !right.includes(warning)));
      return isSeen ? [] : [`${path[0] === "assumptions" ? "answer " : ""}${field} | ${slip}`];
    });
  });
}

const lot = (more: Tree): Tree => ({
  lot: "L1",
  expiresOn: "2027-01-31",
  isReleased: true,
  containers: 4,
  recovery: "1",
  fillMl: "20",
  extractableMl: "20",
  ...more,
});

/** An order of a licensed product for one person, as a hospital would type it. */
const ofProduct = (
  product: string,
  kind: string,
  kg: string,
  ageYears: string,
  theLot: Tree,
  more: { readonly dose?: Tree; readonly order?: Tree } = {},
): OrderFile => ({
  order: {
    preparedOn: "2026-02-27",
    participant: { ageYears },
    weight: { descriptor: "actual", weightKg: kg, weighedOn: "2026-02-26", weighedBy: "nurse A" },
    dose: { from: "product", product, ...more.dose },
    product: { name: productById(product).name, mayMixLots: false, source: "label" },
    lots: [lot({ counted: kind, ...theLot })],
    draw: { graduationMl: "0.2", overfillPercent: "0" },
    infusion: { minutes: "20" },
    ...more.order,
  },
});

const cellsOf = (kind: string, dose: Tree = {}): { readonly dose: Tree } => ({ dose: { countBasis: kind, ...dose } });
const asked = (kind: string, amount: string, unitKind: string, more: Tree = {}): { readonly dose: Tree } => ({
  dose: { rule: { kind, amount, unitKind }, ...more },
});
const CAR = "car-positive-cells";
/** A bag is drawn with a large syringe. */
const LARGE = { order: { draw: { graduationMl: "1", overfillPercent: "0" } } };

/** All that is at hand is given: the sources state no dose, so the order states hard limits. */
const ofWhole = (
  product: string,
  kind: string,
  kg: string,
  ageYears: string,
  theLot: Tree,
  [least, most]: readonly [string, string],
): OrderFile => {
  const flat = (amount: string): Tree => ({ kind: "flat", amount });
  const dose = {
    countBasis: kind,
    rule: { kind: "whole-containers", unitKind: kind },
    hard: { minimum: flat(least), maximum: flat(most) },
  };
  const made = ofProduct(product, kind, kg, ageYears, { containers: 1, ...theLot }, { dose });
  return { order: Object.fromEntries(Object.entries(made.order).filter(([key]) => key !== "draw")) };
};

/** One order of each product that has one. */
export const OF_PRODUCTS: Readonly<Record<string, OrderFile>> = {
  temcell: ofProduct(
    "temcell",
    "viable-cells",
    "36",
    "12",
    { content: "72E6", fillMl: "10.8", extractableMl: "10.8" },
    cellsOf("viable-cells"),
  ),
  ebvallo: ofProduct(
    "ebvallo",
    "viable-cells",
    "70",
    "40",
    { content: "3E7", fillMl: "1", extractableMl: "1", measuredPerMl: "2.8E7", containers: 6 },
    cellsOf("viable-cells"),
  ),
  yescarta: ofProduct(
    "yescarta",
    CAR,
    "70",
    "40",
    { content: "1.5E8", fillMl: "68", extractableMl: "68", containers: 1 },
    { ...cellsOf(CAR), ...LARGE },
  ),
  kymriah: ofProduct(
    "kymriah",
    CAR,
    "38",
    "11",
    { content: "1.5E8", fillMl: "30", extractableMl: "30", containers: 1 },
    { ...asked("flat", "1E8", CAR, { regimen: "paediatric" }), order: { infusion: { minutes: "2" } } },
  ),
  carvykti: ofProduct(
    "carvykti",
    CAR,
    "70",
    "60",
    { content: "6E7", fillMl: "30", extractableMl: "30", containers: 1 },
    asked("per-kg", "0.75E6", CAR, { countBasis: CAR }),
  ),
  breyanzi: ofProduct(
    "breyanzi",
    CAR,
    "70",
    "60",
    { content: "60E6", fillMl: "4.6", extractableMl: "4.6", containers: 2 },
    cellsOf(CAR, { regimen: "eu" }),
  ),
  aucatzyl: ofProduct(
    "aucatzyl",
    CAR,
    "70",
    "40",
    { content: "100E6", fillMl: "20", containers: 2 },
    asked("flat", "100E6", CAR, { countBasis: CAR }),
  ),
  lantidra: ofProduct(
    "lantidra",
    "islet-equivalents",
    "60",
    "45",
    { content: "6E5", fillMl: "200", extractableMl: "200", containers: 2 },
    {
      ...asked("per-kg", "6000", "islet-equivalents", {
        regimen: "first",
        hard: { maximum: { kind: "flat", amount: "1E6" } },
      }),
      ...LARGE,
    },
  ),
  hemacord: ofProduct(
    "hemacord",
    "total-nucleated-cells",
    "20",
    "5",
    { content: "8E8", fillMl: "25", extractableMl: "25", containers: 1 },
    asked("per-kg", "3E7", "total-nucleated-cells", { hard: { maximum: { kind: "flat", amount: "1E9" } } }),
  ),
  lenmeldy: ofProduct(
    "lenmeldy",
    "cd34-cells",
    "8",
    "0.75",
    { content: "5E7", fillMl: "15", extractableMl: "15", containers: 2 },
    asked("per-kg", "1E7", "cd34-cells", { regimen: "minimum-4.2" }),
  ),
  skysona: ofProduct(
    "skysona",
    "cd34-cells",
    "25",
    "8",
    { content: "1E8", containers: 2 },
    asked("per-kg", "6E6", "cd34-cells", { hard: { maximum: { kind: "flat", amount: "5E8" } } }),
  ),
  casgevy: ofProduct(
    "casgevy",
    "cd34-cells",
    "60",
    "20",
    { content: "1E8", containers: 3 },
    asked("per-kg", "4E6", "cd34-cells", { hard: { maximum: { kind: "flat", amount: "1E9" } } }),
  ),
  tecartus: ofProduct(
    "tecartus",
    CAR,
    "70",
    "60",
    { content: "1.5E8", fillMl: "68", extractableMl: "68", containers: 1 },
    { ...cellsOf(CAR), ...LARGE, dose: { ...cellsOf(CAR).dose, regimen: "mcl" } },
  ),
  omisirge: ofWhole("omisirge", "viable-cells", "65", "34", { content: "900E6" }, ["600E6", "2000E6"]),
  dli: ofWhole("dli", "cd3-cells", "70", "50", { content: "7E7", containers: 1 }, ["5E7", "1E8"]),
  rethymic: ofWhole(
    "rethymic",
    "tissue-mm2",
    "8",
    "0.75",
    { content: "4000", containers: 1, fillMl: "50", extractableMl: "50" },
    ["1500", "6600"],
  ),
};

/** A dose of a product that is a volume by the weight: it has no order, and the weight alone can be typed wrong. */
export const BY_VOLUME: readonly (readonly [product: string, kg: string])[] = [
  ["zolgensma", "8.2"],
  ["elevidys", "22.4"],
];

/** Slips of a weight by which a volume is computed that are neither refused nor give another volume. */
export function unseenVolumes(product: string, kg: string): readonly string[] {
  const volumeAt = (weight: string): string => {
    try {
      return computeProductVolume(product, weight).volumeMl;
    } catch (error) {
      if (AllocellError.is(error)) return "refused";
      throw error;
    }
  };
  return Object.entries(slipsOf("weightKg")).flatMap(([slip, factor]) =>
    volumeAt(String(multiplied(kg, factor))) === "refused" ? [] : [`weight of ${product} | ${slip}`],
  );
}
