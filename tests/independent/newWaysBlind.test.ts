// A third computation of the newer ways of dosing, written from docs/preparation.md alone: body surface, whole
// containers, diluent for each container, several components. Own fractions, own random numbers; the only thing taken
// from the package is `prepare`, whose written numbers are compared as fractions.

import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { prepare } from "../../src/dose/index.js";

// Fractions: numerator and denominator above 0, not always in lowest terms.
type Fraction = readonly [bigint, bigint];
type Made = ReturnType<typeof prepare>;

/** A map of an order file. */
interface Entry {
  readonly [field: string]: unknown;
  readonly participant?: unknown;
  readonly weight?: unknown;
  readonly dose?: unknown;
  readonly rule?: unknown;
  readonly lots?: unknown;
  readonly infusion?: unknown;
  readonly then?: unknown;
}

const TENTH = 10n;

function read(text: string): Fraction {
  const [mantissa = "", power = "0"] = text.split("E");
  const [whole = "", decimals = ""] = mantissa.split(".");
  return [BigInt(whole + decimals) * TENTH ** BigInt(power), TENTH ** BigInt(decimals.length)];
}
const whole = (n: number): Fraction => [BigInt(n), 1n];
const plus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
const minus = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1] - b[0] * a[1], a[1] * b[1]];
const times = (a: Fraction, b: Fraction): Fraction => [a[0] * b[0], a[1] * b[1]];
const over = (a: Fraction, b: Fraction): Fraction => [a[0] * b[1], a[1] * b[0]];
const isAtMost = (a: Fraction, b: Fraction): boolean => a[0] * b[1] <= b[0] * a[1];
const isSame = (a: Fraction, b: Fraction): boolean => a[0] * b[1] === b[0] * a[1];
const sum = (list: readonly Fraction[]): Fraction => list.reduce(plus, whole(0));
const floor = (a: Fraction): bigint => a[0] / a[1];
const ceiling = (a: Fraction): bigint => (a[0] + a[1] - 1n) / a[1];
const halfUp = (a: Fraction, step: Fraction): Fraction => times([floor(plus(over(a, step), [1n, 2n])), 1n], step);
const forReading = (a: Fraction): Fraction => halfUp(a, [1n, 100n]);

/** What is written of an exact value: itself where it ends, else 40 significant digits, half-up. */
function written(a: Fraction): Fraction {
  let digits = 0n;
  for (; digits <= 60n; digits += 1n) if ((a[0] * TENTH ** digits) % a[1] === 0n) return a;
  let places = 0;
  for (; a[0] * TENTH ** BigInt(places) < a[1] * TENTH ** 39n; places += 1);
  return halfUp(a, [1n, TENTH ** BigInt(places)]);
}

// Random numbers: a linear congruential generator.
let state = 20_260_310;
function below(n: number): number {
  state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
  return Math.floor((state / 4_294_967_296) * n);
}
function pick<T>(list: readonly T[]): T {
  const chosen = list[below(list.length)];
  if (chosen === undefined) throw new Error("an empty list");
  return chosen;
}
/** A decimal number from lo to hi with so many decimals, as text. */
const decimal = (lo: number, hi: number, places: number): string =>
  (lo + (below(10 ** 6) / 10 ** 6) * (hi - lo)).toFixed(places);
const count = (lo: number, hi: number): string => String((lo + below(hi - lo + 1)) * 1000);

const example = (name: string): Entry =>
  (parse(readFileSync(`examples/${name}.yaml`, "utf8")) as { order: Entry }).order;

interface Lot {
  readonly entry: Entry;
  readonly containers: number;
  readonly usable: Fraction;
  readonly perMl: Fraction;
  readonly extractable: Fraction;
}

/** A lot of other numbers than the example's; now and then the label counts all nucleated cells. */
function changedLot(
  old: Entry,
  containers: number,
  content: readonly [number, number],
  fill: readonly [number, number],
): Lot {
  const fillMl = decimal(fill[0], fill[1], 1);
  const extractableMl = pick([fillMl, fillMl, (Number(fillMl) - 0.1 - below(3) / 10).toFixed(1)]);
  const recovery = pick(["1", "0.85", "0.9", "0.773"]);
  const thousands = count(content[0], content[1]);
  const nucleated = below(4) === 0 ? { viability: decimal(0.7, 1, 2), purity: decimal(0.5, 1, 3) } : undefined;
  const factors = [recovery, nucleated?.viability ?? "1", nucleated?.purity ?? "1"].map(read);
  const usable = factors.reduce(times, read(thousands));
  return {
    entry: {
      ...old,
      containers,
      content: thousands,
      recovery,
      fillMl,
      extractableMl,
      ...(nucleated === undefined ? {} : { ...nucleated, counted: "total-nucleated-cells" }),
    },
    containers,
    usable,
    perMl: over(usable, read(fillMl)),
    extractable: read(extractableMl),
  };
}

interface Drawn {
  readonly containers: bigint;
  readonly exact: Fraction;
  readonly draw: Fraction;
  readonly delivered: Fraction;
}

/** Steps containers, concentration, draw and delivered, of one lot. */
function drawn(target: Fraction, lot: Lot, graduation: Fraction, overfill: Fraction): Drawn {
  const needed = times(target, plus(whole(1), over(overfill, whole(100))));
  const exact = over(target, lot.perMl);
  const draw = halfUp(exact, graduation);
  const byContent = ceiling(over(needed, lot.usable));
  const byVolume = ceiling(over(draw, lot.extractable));
  return {
    containers: byContent > byVolume ? byContent : byVolume,
    exact,
    draw,
    delivered: times(draw, lot.perMl),
  };
}

// Body surface. s is the multiple k of the step with (k - 1/2) step <= exact < (k + 1/2) step. The powers are fractions
// of a common denominator n, so both sides are raised to n and compared as whole numbers.
const FORMULAS = {
  mosteller: { power: 2n, factor: [1n, 1n], constant: [1n, 3600n], w: 1n, h: 1n },
  "du-bois": { power: 40n, factor: read("0.007184"), constant: [1n, 1n], w: 17n, h: 29n },
  haycock: { power: 5000n, factor: read("0.024265"), constant: [1n, 1n], w: 2689n, h: 1982n },
} as const;
type Formula = keyof typeof FORMULAS;

function surface(formula: Formula, kg: string, cm: string, steps: readonly Fraction[]): Fraction[] {
  const { power, factor, constant, w, h } = FORMULAS[formula];
  const [weight, height] = [read(kg), read(cm)];
  const top = factor[0] ** power * constant[0] * weight[0] ** w * height[0] ** h;
  const bottom = factor[1] ** power * constant[1] * weight[1] ** w * height[1] ** h;
  // A first guess by floating point, which the exact comparison then moves to its place.
  const guess =
    (Number(factor[0]) / Number(factor[1])) *
    Math.pow(Number(constant[0]) / Number(constant[1]), 1 / Number(power)) *
    Math.pow(Number(kg), Number(w) / Number(power)) *
    Math.pow(Number(cm), Number(h) / Number(power));
  // Whole numbers of 20,000 digits decide only where floating point is too near to tell.
  const isNotAbove = (a: Fraction): boolean => {
    const distance = Number(a[0]) / Number(a[1]) / guess - 1;
    if (Math.abs(distance) > 1e-9) return distance < 0;
    return a[0] ** power * bottom <= top * a[1] ** power;
  };
  return steps.map((step) => {
    let k = BigInt(Math.round((guess * Number(step[1])) / Number(step[0])));
    const edge = (n: bigint): Fraction => [(2n * n - 1n) * step[0], 2n * step[1]];
    while (!isNotAbove(edge(k))) k -= 1n;
    while (isNotAbove(edge(k + 1n))) k += 1n;
    return times([k, 1n], step);
  });
}

/** The preparation, or none where the order is refused. */
function made(order: Entry): Made | undefined {
  try {
    return prepare(order as unknown as Parameters<typeof prepare>[0]);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** Compares what is written with what was computed here; tells the order where they differ. */
function compare(order: Entry, pairs: Record<string, readonly [string | undefined, Fraction]>): void {
  for (const [name, [text, own]] of Object.entries(pairs)) {
    if (text !== undefined && isSame(read(text), own)) continue;
    const shown = `${String(own[0])} / ${String(own[1])}`;
    expect.unreachable(`${name}: written ${text ?? "nothing"}, here ${shown}; order ${JSON.stringify(order)}`);
  }
}

function pairsOfDraw(
  name: string,
  one: Made,
  target: Fraction,
  own: Drawn,
): Record<string, readonly [string | undefined, Fraction]> {
  return {
    [`${name} target`]: [one.target.amount.amount, written(target)],
    [`${name} containers`]: [String(one.containers[0]?.containers), [own.containers, 1n]],
    [`${name} exact draw`]: [one.delivered.exactDrawMl, written(own.exact)],
    [`${name} draw`]: [one.delivered.drawMl, own.draw],
    [`${name} delivered`]: [one.delivered.amount.amount, written(own.delivered)],
  };
}

const ORDERS = 300;
const LEAST = 150;

interface PerM2 {
  readonly order: Entry;
  /** Whether the documents refuse it: too few containers, or above the hard limit for each m². */
  readonly isRefused: boolean;
  readonly target: Fraction;
  readonly surfaces: readonly Fraction[];
  readonly own: Drawn;
}

function orderPerM2(base: Entry, formula: Formula, infusion: Entry): PerM2 {
  const [old] = base.lots as readonly [Entry];
  const weightKg = decimal(10, 60, below(3));
  const heightCm = decimal(80, 170, below(2));
  const roundedToM2 = pick(["0.01", "0.1", "0.05", "0.001"]);
  const amount = pick(["10E6", "25E6"]);
  const graduationMl = pick(["0.1", "0.2", "0.5", "0.05"]);
  const overfillPercent = pick(["0", "5", "10", "12.5"]);
  const lot = changedLot(old, 2 + below(12), [8000, 40_000], [2, 6]);
  const surfaces = surface(formula, weightKg, heightCm, [read(roundedToM2), [1n, TENTH ** 10n]]);
  const target = times(read(amount), surfaces[0] ?? whole(0));
  const own = drawn(target, lot, read(graduationMl), read(overfillPercent));
  const greatest = times(read("30E6"), surfaces[0] ?? whole(0));
  const dose = base.dose as Entry;
  return {
    isRefused: own.containers > BigInt(lot.containers) || !isAtMost(own.delivered, greatest),
    order: {
      ...base,
      participant: { ...(base.participant as Entry), heightCm },
      weight: { ...(base.weight as Entry), weightKg },
      dose: { ...dose, rule: { ...(dose.rule as Entry), amount }, surface: { formula, roundedToM2 } },
      lots: [lot.entry],
      draw: { graduationMl, overfillPercent },
      infusion: { ...(base.infusion as Entry), ...infusion },
    },
    target,
    surfaces,
    own,
  };
}

interface Whole {
  readonly order: Entry;
  /** Whether the documents refuse it: below the label's 3E6 for each kilogram. */
  readonly isRefused: boolean;
  readonly weightKg: string;
  readonly lots: readonly Lot[];
  readonly target: Fraction;
  readonly draw: Fraction;
}

function orderWhole(base: Entry, infusion: Entry): Whole {
  const [first, second] = base.lots as readonly [Entry, Entry];
  const weightKg = decimal(35, 95, below(3));
  const lots = [
    changedLot(first, 1 + below(4), [60_000, 220_000], [12, 22]),
    changedLot(second, 1 + below(3), [50_000, 150_000], [7, 15]),
  ];
  const volumes = lots.map((lot) => times(whole(lot.containers), lot.extractable));
  const target = sum(lots.map((lot, i) => times(volumes[i] ?? whole(0), lot.perMl)));
  return {
    isRefused: !isAtMost(times(read("3E6"), read(weightKg)), target),
    order: {
      ...base,
      weight: { ...(base.weight as Entry), weightKg },
      lots: lots.map((lot) => lot.entry),
      infusion: { ...(base.infusion as Entry), ...infusion },
    },
    weightKg,
    lots,
    target,
    draw: sum(volumes),
  };
}

describe("the newer ways of dosing, from the documents alone", { tags: ["PREP-001", "DOSE-001"] }, () => {
  for (const formula of ["mosteller", "du-bois", "haycock"] as const) {
    it(`computes a dose per m² by ${formula}`, { timeout: 120_000 }, () => {
      const base = example("protocol/order-per-m2");
      let computed = 0;
      for (let i = 0; i < ORDERS; i += 1) {
        const finalVolumeMl = decimal(40, 90, 1);
        const { order, isRefused, target, surfaces, own } = orderPerM2(base, formula, { finalVolumeMl });
        const one = made(order);
        expect(one === undefined, JSON.stringify(order)).toBe(isRefused);
        if (one === undefined) continue;
        computed += 1;
        const step = one.steps.find(({ id }) => id === "surface");
        const volume = read(finalVolumeMl);
        compare(order, {
          surface: [one.surface?.m2, surfaces[0] ?? whole(0)],
          "surface to ten decimals": [step?.exact, surfaces[1] ?? whole(0)],
          ...pairsOfDraw("one", one, target, own),
          diluent: [one.infusion.diluentMl, minus(volume, own.draw)],
          concentration: [one.infusion.concentrationPerMl, forReading(over(own.delivered, volume))],
        });
      }
      expect(computed).toBeGreaterThanOrEqual(LEAST);
    });
  }

  it("takes a surface and a draw that lie in the middle up", () => {
    const base = example("protocol/order-per-m2");
    const dose = base.dose as Entry;
    const [old] = base.lots as readonly [Entry];
    // √(100 × 36.3609 / 3600) = 1.005 m² → 1.01; 25E6 × 1.01 / 5E6 per mL = 5.05 mL → 5.1.
    const one = made({
      ...base,
      participant: { ...(base.participant as Entry), heightCm: "100" },
      weight: { ...(base.weight as Entry), weightKg: "36.3609" },
      dose: { ...dose, surface: { formula: "mosteller", roundedToM2: "0.01" } },
      lots: [{ ...old, recovery: "1" }],
    });
    expect(one?.surface?.m2).toBe("1.01");
    expect(one?.delivered.exactDrawMl).toBe("5.05");
    expect(one?.delivered.drawMl).toBe("5.1");
  });

  it("computes whole containers", () => {
    const base = example("products/order-casgevy");
    let computed = 0;
    for (let i = 0; i < ORDERS; i += 1) {
      const { order, isRefused, weightKg, lots, target, draw } = orderWhole(base, {});
      const one = made(order);
      expect(one === undefined, JSON.stringify(order)).toBe(isRefused);
      if (one === undefined) continue;
      computed += 1;
      // 5 % v/v of the largest extractable volume at 1.10 g/mL; 1 g for each kilogram.
      const largest = lots.map((lot) => lot.extractable).reduce((a, b) => (isAtMost(a, b) ? b : a));
      const dmsoOfOne = times(largest, read("0.055"));
      compare(order, {
        target: [one.target.amount.amount, written(target)],
        delivered: [one.delivered.amount.amount, written(target)],
        draw: [one.delivered.drawMl, draw],
        "final volume": [one.infusion.finalVolumeMl, draw],
        concentration: [one.infusion.concentrationPerMl, forReading(over(target, draw))],
        "most containers": [one.dayTotals?.mostContainers, [floor(over(read(weightKg), dmsoOfOne)), 1n]],
      });
    }
    expect(computed).toBeGreaterThanOrEqual(LEAST);
  });

  it("computes the diluent for each container, of drawn and of whole containers", () => {
    const perM2 = example("protocol/order-per-m2");
    const casgevy = example("products/order-casgevy");
    const infusionOfM2 = Object.fromEntries(
      Object.entries(perM2.infusion as Entry).filter(([field]) => field !== "finalVolumeMl"),
    );
    let [computed, computedWhole] = [0, 0];
    for (let i = 0; i < 2 * ORDERS; i += 1) {
      const diluentPerContainerMl = decimal(1, 20, below(3));
      const each = read(diluentPerContainerMl);
      const isWhole = i % 2 === 1;
      const drawnOne = orderPerM2({ ...perM2, infusion: infusionOfM2 }, "mosteller", { diluentPerContainerMl });
      const wholeOne = orderWhole(casgevy, { diluentPerContainerMl });
      const { order } = isWhole ? wholeOne : drawnOne;
      const one = made(order);
      const containers: Fraction = isWhole
        ? sum(wholeOne.lots.map((lot) => whole(lot.containers)))
        : [drawnOne.own.containers, 1n];
      const draw = isWhole ? wholeOne.draw : drawnOne.own.draw;
      const delivered = isWhole ? wholeOne.target : drawnOne.own.delivered;
      const diluent = times(containers, each);
      const volume = plus(draw, diluent);
      // Thaw + 120 minutes is not before start (30 minutes later) + minutes at 2 mL/min, up, + 5 of flush.
      const isInTime = isWhole || ceiling(over(volume, whole(2))) <= 85n;
      const isRefused = isWhole ? wholeOne.isRefused : drawnOne.isRefused || !isInTime;
      expect(one === undefined, JSON.stringify(order)).toBe(isRefused);
      if (one === undefined) continue;
      if (isWhole) computedWhole += 1;
      else computed += 1;
      compare(order, {
        draw: [one.delivered.drawMl, draw],
        "final volume": [one.infusion.finalVolumeMl, volume],
        diluent: [one.infusion.diluentMl, diluent],
        concentration: [one.infusion.concentrationPerMl, forReading(over(delivered, volume))],
      });
    }
    expect(computed).toBeGreaterThanOrEqual(LEAST);
    expect(computedWhole).toBeGreaterThanOrEqual(LEAST);
  });

  it("computes two components, each by itself, and their sum", () => {
    const base = example("products/order-breyanzi");
    const [later] = base.then as readonly [Entry];
    let computed = 0;
    for (let i = 0; i < ORDERS; i += 1) {
      const parts = [base, later].map((part) => {
        const [old] = part.lots as readonly [Entry];
        const dose = part.dose as Entry;
        const amount = count(24_000, 58_000);
        const graduationMl = pick(["0.1", "0.2", "0.05", "0.01"]);
        const overfillPercent = pick(["0", "5", "10"]);
        const lot = changedLot(old, 1 + below(5), [15_000, 200_000], [3, 6]);
        return {
          part: {
            ...part,
            dose: { ...dose, rule: { ...(dose.rule as Entry), amount } },
            lots: [lot.entry],
            draw: { graduationMl, overfillPercent },
            infusion: { rateMlPerMin: "2" },
          },
          target: read(amount),
          lot,
          own: drawn(read(amount), lot, read(graduationMl), read(overfillPercent)),
        };
      });
      const [first, second] = parts;
      if (first === undefined || second === undefined) throw new Error("two components were made");
      const weight = { ...(base.weight as Entry), weightKg: decimal(40, 120, 1) };
      const order: Entry = { ...first.part, weight, then: [second.part] };
      const one = made(order);
      // The containers at hand; the second starts 15 minutes after the first, which ends after its minutes and 5 of flush;
      // the label's range of the sum, 44E6 to 120E6.
      const together = plus(first.own.delivered, second.own.delivered);
      const isRefused =
        parts.some(({ lot, own }) => own.containers > BigInt(lot.containers)) ||
        ceiling(over(first.own.draw, whole(2))) > 10n ||
        !isAtMost(read("44E6"), together) ||
        !isAtMost(together, read("120E6"));
      expect(one === undefined, JSON.stringify(order)).toBe(isRefused);
      const two = one?.then?.[0];
      if (one === undefined) continue;
      computed += 1;
      if (two === undefined) throw new Error("the second component is missing");
      compare(order, {
        ...pairsOfDraw("first", one, first.target, first.own),
        ...pairsOfDraw("second", two, second.target, second.own),
        together: [one.together?.amount, written(together)],
      });
    }
    expect(computed).toBeGreaterThanOrEqual(LEAST);
  });
});
