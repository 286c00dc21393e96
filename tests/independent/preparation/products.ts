import { volumeOf } from "./bag.js";
import { divided, downTo, isAbove, isBelow, isSame, read } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import { compute } from "./secondProgram.js";
import type { Computed } from "./secondProgram.js";
import type { Band, Kind, Limit, Order, Range, Rule, Warning } from "./shape.js";

export interface ProductOrder extends Omit<Order, "dose"> {
  readonly dose: {
    readonly from: "product";
    readonly product: string;
    readonly regimen?: string;
    readonly countBasis?: Kind;
    readonly rule?: Rule;
    readonly hard?: Range;
    readonly soft?: Range;
  };
}

interface Regimen {
  readonly target?: Limit;
  readonly range?: Range | readonly Band[];
  readonly cap?: string;
}

/** What the table "Products" states; `least` and `most` are ends, `only` the numbers that it names. */
export interface Fact {
  readonly what: "dose" | "content" | "fillMl" | "perMl" | "rate" | "minutes" | "stability" | "percentVv" | "mgPerMl";
  readonly least?: string;
  readonly most?: string;
  readonly only?: readonly string[];
  readonly wholeNumberOf?: string;
}

export interface Product {
  readonly name: string;
  readonly kind: Kind;
  readonly regimens: Readonly<Record<string, Regimen>>;
  readonly facts: readonly Fact[];
  readonly isByActualConcentration?: true;
}

const perKg = (amount: string): Limit => ({ kind: "per-kg", amount });
const flat = (amount: string): Limit => ({ kind: "flat", amount });
const label = (regimen: Regimen): Product["regimens"] => ({ label: regimen });
const carT: Regimen = { target: perKg("2E6"), range: { minimum: perKg("1E6"), maximum: perKg("2E6") }, cap: "2E8" };
const cd34 = (least: string): Regimen => ({ range: { minimum: perKg(least), maximum: perKg("30E6") } });

/** The products of docs/products.md that can be computed. "About" and "are added" are no numbers of an order. */
export const products: Readonly<Record<string, Product>> = {
  ryoncil: {
    name: "Ryoncil",
    kind: "cells",
    regimens: label({ target: perKg("2E6") }),
    facts: [
      { what: "content", only: ["25E6"] },
      { what: "fillMl", only: ["3.8"] },
    ],
  },
  temcell: {
    name: "Temcell",
    kind: "cells",
    regimens: label({ target: perKg("2E6") }),
    facts: [
      { what: "content", only: ["72E6"] },
      { what: "fillMl", only: ["10.8"] },
    ],
  },
  ebvallo: {
    name: "Ebvallo",
    kind: "cells",
    regimens: label({ target: perKg("2E6") }),
    facts: [{ what: "perMl", least: "2.8E7", most: "7.3E7" }],
    isByActualConcentration: true,
  },
  lantidra: {
    name: "Lantidra",
    kind: "islet-equivalents",
    regimens: {
      first: { range: { minimum: perKg("5000"), maximum: flat("1E6") } },
      later: { range: { minimum: perKg("4500"), maximum: flat("1E6") } },
    },
    facts: [{ what: "content", most: "1E6" }],
  },
  yescarta: { name: "Yescarta", kind: "cells", regimens: label(carT), facts: [] },
  tecartus: {
    name: "Tecartus",
    kind: "cells",
    regimens: { mcl: carT, all: { target: perKg("1E6"), cap: "1E8" } },
    facts: [{ what: "minutes", most: "30" }],
  },
  kymriah: {
    name: "Kymriah",
    // The docs do not say so; the reference's rule D2 counts its CAR-positive cells.
    kind: "car-positive-cells",
    regimens: {
      paediatric: {
        range: [
          { below: { kg: "50", included: true }, range: { minimum: perKg("0.2E6"), maximum: perKg("5.0E6") } },
          { above: { kg: "50", included: false }, range: { minimum: flat("0.1E8"), maximum: flat("2.5E8") } },
        ],
      },
      adult: { range: { minimum: flat("0.6E8"), maximum: flat("6.0E8") } },
    },
    facts: [
      { what: "rate", least: "10", most: "20" },
      { what: "stability", most: "30" },
      { what: "percentVv", only: ["7.5"] },
      { what: "fillMl", least: "10", most: "50" },
    ],
  },
  carvykti: {
    name: "Carvykti",
    kind: "cells",
    regimens: label({ range: { minimum: perKg("0.5E6"), maximum: perKg("1.0E6") }, cap: "1E8" }),
    facts: [
      { what: "stability", most: "150" },
      { what: "minutes", most: "30" },
    ],
  },
  breyanzi: {
    name: "Breyanzi",
    kind: "cells",
    regimens: {
      us: { range: { minimum: flat("50E6"), maximum: flat("110E6") } },
      eu: { target: flat("100E6"), range: { minimum: flat("44E6"), maximum: flat("120E6") } },
    },
    facts: [
      { what: "fillMl", only: ["4.6"] },
      { what: "content", least: "6.9E6", most: "322E6" },
      { what: "perMl", least: "1.5E6", most: "70E6" },
    ],
  },
  aucatzyl: {
    name: "Aucatzyl",
    kind: "cells",
    // Two days share 410E6 and the smallest bag is 10E6: from which the least of a day follows too.
    regimens: { day: { range: { minimum: flat("10E6"), maximum: flat("400E6") } } },
    facts: [
      { what: "content", only: ["10E6", "100E6", "300E6"] },
      { what: "dose", wholeNumberOf: "10E6" },
    ],
  },
  hemacord: {
    name: "Hemacord",
    kind: "total-nucleated-cells",
    regimens: label({ range: { minimum: perKg("2.5E7") } }),
    facts: [
      { what: "content", least: "5E8" },
      // Or 24 h at 4 °C if washed: an order does not say whether it is washed.
      { what: "stability", most: "240" },
    ],
  },
  lenmeldy: {
    name: "Lenmeldy / Libmeldy",
    kind: "cd34-cells",
    regimens: { "minimum-4.2": cd34("4.2E6"), "minimum-9": cd34("9E6"), "minimum-6.6": cd34("6.6E6") },
    facts: [
      { what: "perMl", least: "2E6", most: "10E6" },
      { what: "fillMl", least: "10", most: "20" },
      { what: "mgPerMl", only: ["55"] },
    ],
  },
  skysona: {
    name: "Skysona",
    kind: "cd34-cells",
    regimens: label({ range: { minimum: perKg("5.0E6") } }),
    facts: [],
  },
  casgevy: {
    name: "Casgevy",
    kind: "cd34-cells",
    regimens: label({ range: { minimum: perKg("3E6") } }),
    facts: [{ what: "perMl", least: "4E6", most: "13E6" }],
  },
};
/** Those that the docs know and no order can ask for. */
const NOT_COMPUTED = ["rethymic", "zolgensma", "elevidys", "dli", "omisirge"];

type Stated = readonly (readonly [text: string | undefined, path: string])[];

/** What an order says about one fact: each number, and where it stands. */
const statedFor = ({ what }: Fact, order: ProductOrder, made: Computed): readonly (readonly [Fraction, string])[] => {
  const { infusion, clock, product } = order;
  const lots = order.lots ?? [];
  const ofLots = (field: "content" | "fillMl" | "labelPerMl" | "measuredPerMl"): Stated =>
    lots.map((lot, place) => [lot[field], `lots.${place}.${field}`]);
  const known = (stated: Stated): readonly (readonly [Fraction, string])[] =>
    stated.flatMap(([text, path]) => (text === undefined ? [] : [[read(text), path] as const]));
  const where = infusion.rateMlPerMin === undefined ? "infusion.minutes" : "infusion.rateMlPerMin";
  const volume = volumeOf(order as unknown as Order, made.drawn);
  switch (what) {
    case "dose":
      return made.ordered === undefined ? [] : [[made.ordered.target, "dose"]];
    case "content":
    case "fillMl":
      return known(ofLots(what));
    case "perMl":
      return [...known(ofLots("labelPerMl")), ...known(ofLots("measuredPerMl"))];
    case "rate":
      return made.minutes === undefined || volume === undefined ? [] : [[divided(volume, made.minutes), where]];
    case "minutes":
      return made.minutes === undefined ? [] : [[made.minutes, where]];
    case "stability":
      return clock === undefined ? [] : [[read(String(clock.stabilityMinutes)), "clock.stabilityMinutes"]];
    case "percentVv":
      return product?.dmso !== undefined && "percentVv" in product.dmso
        ? [[read(product.dmso.percentVv), "product.dmso.percentVv"]]
        : [];
    case "mgPerMl":
      return product?.dmso !== undefined && "mgPerMl" in product.dmso
        ? [[read(product.dmso.mgPerMl), "product.dmso.mgPerMl"]]
        : [];
  }
};

const isAnother = (value: Fraction, { least, most, only, wholeNumberOf }: Fact): boolean =>
  (wholeNumberOf !== undefined && !isSame(downTo(value, read(wholeNumberOf)), value)) ||
  (least !== undefined && isBelow(value, read(least))) ||
  (most !== undefined && isAbove(value, read(most))) ||
  (only !== undefined && !only.some((one) => isSame(value, read(one))));

/** "Products" of docs/products.md, and then the whole chain by the product's rule, range and cap. */
export const computeProduct = (order: ProductOrder): Computed => {
  const { dose } = order;
  const refusals: string[] = [];
  const product = products[dose.product];
  if (product === undefined)
    refusals.push(NOT_COMPUTED.includes(dose.product) ? "dose.regimen_needed" : "dose.product_unknown");
  const regimens = Object.entries(product?.regimens ?? {});
  const named = regimens.find(([name]) => name === dose.regimen)?.[1];
  const regimen = dose.regimen === undefined && regimens.length === 1 ? regimens[0]?.[1] : named;
  if (product !== undefined && regimen === undefined) refusals.push("dose.regimen_needed");

  const isCounted = product?.kind !== "cells";
  const kind = isCounted ? product?.kind : dose.countBasis;
  if (!isCounted && dose.countBasis === undefined) refusals.push("dose.count_basis_missing");
  if (product !== undefined && isCounted && dose.countBasis !== undefined && dose.countBasis !== kind)
    refusals.push("dose.count_basis_conflict");
  if (dose.rule !== undefined && kind !== undefined && dose.rule.unitKind !== kind)
    refusals.push("dose.count_basis_conflict");

  const target = regimen?.target;
  const asked: Limit | undefined = dose.rule ?? target;
  if (regimen !== undefined && asked === undefined) refusals.push("dose.rule_missing");
  if (regimen !== undefined && regimen.range === undefined && dose.rule !== undefined && target !== undefined) {
    const isTarget = dose.rule.kind === target.kind && isSame(read(dose.rule.amount), read(target.amount));
    if (!isTarget) refusals.push("dose.level_not_in_protocol");
  }
  const hasLeastAlone =
    regimen?.range !== undefined && !("length" in regimen.range) && regimen.range.maximum === undefined;
  if (hasLeastAlone && dose.hard?.maximum === undefined) refusals.push("dose.maximum_missing");
  if (order.weight !== undefined && order.weight.descriptor !== "actual") refusals.push("dose.descriptor_differs");
  // The docs do not say how names are compared; the orders hold the very name, or another.
  const isKnown = product !== undefined || NOT_COMPUTED.includes(dose.product);
  if (isKnown && order.product !== undefined && order.product.name !== product?.name)
    refusals.push("dose.product_name_differs");
  if (product?.isByActualConcentration === true) {
    if ((order.lots ?? []).some(({ measuredPerMl }) => measuredPerMl === undefined))
      refusals.push("dose.actual_concentration_missing");
  }
  const unitKind: Kind = kind ?? dose.rule?.unitKind ?? "viable-cells";
  const rule: Rule = { ...(asked ?? flat("1E6")), unitKind };
  const { cap, range } = regimen ?? {};
  const asProtocol: Order = {
    ...order,
    dose: {
      from: "protocol",
      rule,
      levels: [rule],
      source: "label",
      // Whose ages the weight is held against.
      ...{ product: dose.product, ...(dose.regimen === undefined ? {} : { regimen: dose.regimen }) },
      ...(cap === undefined ? {} : { cap: { amount: cap, unitKind } }),
      ...(range === undefined ? {} : { range }),
      ...(dose.hard === undefined ? {} : { hard: dose.hard }),
      ...(dose.soft === undefined ? {} : { soft: dose.soft }),
    },
  };
  const label = {
    rate: product?.facts.some(({ what }) => what === "rate") === true,
    stability: product?.facts.some(({ what }) => what === "stability") === true,
  };
  const made = compute(asProtocol, undefined, label);
  const warnings: readonly Warning[] = (product?.facts ?? []).flatMap((fact) =>
    statedFor(fact, order, made)
      .filter(([value]) => isAnother(value, fact))
      .map(([, path]) => ({ code: "dose.differs_from_label", path })),
  );
  return compute(asProtocol, { refusals, warnings }, label);
};
