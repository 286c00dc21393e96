// Whoever holds a worksheet can compute each of its lines again from the numbers that stand in it.
import { readFileSync } from "node:fs";
import { Decimal } from "decimal.js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  computeBandVolume,
  cumulativeExposure,
  prepare,
  prescribe,
  recordAdministration,
  type Preparation,
  type PreparationOrder,
  type Step,
} from "../../src/dose/index.js";
import { FORMULAS } from "../../src/dose/formula/formulas.js";
import { readable } from "../../src/dose/shown.js";
import { AllocellError } from "../../src/foundation/index.js";
import { orders } from "../independent/preparation/orders.js";
import { productOrders } from "../independent/preparation/productOrders.js";
import { severalOrders, wholeOrders } from "../independent/preparation/ways.js";
import { PRESCRIPTIONS } from "./prescriptions.js";
import { prepareExample } from "../unit/report/exampleOrders.js";
import { workedOut } from "../support/workedOut.js";

const ROUNDED = { kind: "rounded-weight", stepKg: "0.5", mlPerKg: "5.5", flatFromKg: "70" } as const;
const UPPER = { kind: "band-upper-limit", bandUpperKg: ["12", "15"], mlPerKg: "5.5", stepMl: "0.5" } as const;
const SEED = 20261130;
const ORDERS = Number(process.env["ALLOCELL_WORKED_ORDERS"] ?? "300");

/** The left side with the inputs' exact values in place of those that are shown "about". */
function inExactNumbers({ worked, inputs }: Step): string {
  const [, left = ""] = /^(?:.*: )?(.*?) = /u.exec(worked) ?? [];
  return left.replace(/about -?[\d,.]*\d/gu, (shown) => {
    const exact = inputs.find(({ value }) => readable(value) === shown)?.value;
    if (exact === undefined) throw new Error(`${shown} is no input of: ${worked}`);
    return exact.startsWith("-") ? `(0 - ${exact.slice(1)})` : exact;
  });
}

/** Where one quantity stands alone, the result is that input, or nothing. */
const isAlone = (left: string): boolean => !/\d/u.test(left);

/** What a division does not end is written with 40 digits. */
const isSame = (a: Decimal, b: Decimal): boolean => a.minus(b).abs().lessThanOrEqualTo(a.abs().plus(1).times("1e-30"));

function judge(step: Step): void {
  const left = inExactNumbers(step);
  if (isAlone(left)) {
    expect([...step.inputs.map(({ value }) => value), "0"]).toContain(step.exact);
    return;
  }
  const value = workedOut(left);
  // A root or a power ends nowhere: it is shown to ten places.
  if (step.id === "surface") expect(value.minus(step.exact).abs().toNumber()).toBeLessThanOrEqual(1e-10);
  else if (!isSame(value, new Decimal(step.exact))) expect(value.toFixed()).toBe(step.exact);
}

function attempt<T>(run: () => readonly T[]): readonly T[] {
  try {
    return run();
  } catch (error) {
    if (AllocellError.is(error)) return [];
    throw error;
  }
}

const stepsOf = (order: Parameters<typeof prepare>[0]): readonly Step[] =>
  attempt(() => {
    const made: Preparation = prepare(order);
    return [made, ...(made.then ?? [])].flatMap(({ steps }) => steps);
  });

/** Of the stored orders, of prescriptions, of what was given, and of volumes by weight. */
function otherSteps(): readonly Step[] {
  const file = new URL("../noreg/preparations/orders.json", import.meta.url);
  const {
    orders: stored,
    products,
    records,
  } = JSON.parse(readFileSync(file, "utf8")) as {
    readonly orders: readonly PreparationOrder[];
    readonly products: readonly PreparationOrder[];
    readonly records: readonly Parameters<typeof recordAdministration>[0][];
  };
  const given = records.map((record) => recordAdministration(record));
  const pairs = given.flatMap((dose, index) =>
    attempt(() => cumulativeExposure([dose, ...given.slice(index + 1, index + 2)]).steps),
  );
  return [
    ...prepareExample("products/order-casgevy.yaml").preparation.steps,
    ...[...stored, ...products].flatMap(stepsOf),
    ...Object.values(PRESCRIPTIONS).flatMap((order) => prescribe(order).steps),
    ...given.flatMap(({ steps }) => steps),
    ...pairs,
    ...[UPPER, ROUNDED].flatMap((rule) => computeBandVolume("13.55", rule, "5.5", "a label").steps),
  ];
}

describe("the worked line of each step", () => {
  it("can be computed again from what is printed in it", () => {
    const ids = new Set<string>();
    const any = fc.oneof(
      { weight: 12, arbitrary: orders },
      { weight: 4, arbitrary: productOrders },
      { weight: 1, arbitrary: wholeOrders },
      { weight: 1, arbitrary: severalOrders },
    );
    fc.assert(
      fc.property(any, (order) => {
        for (const step of stepsOf(order)) {
          ids.add(step.formulaId);
          judge(step);
        }
      }),
      { seed: SEED, numRuns: ORDERS },
    );
    for (const step of otherSteps()) {
      ids.add(step.formulaId);
      judge(step);
    }
    expect(Object.keys(FORMULAS).filter((id) => !ids.has(id))).toEqual([]);
  });
});
