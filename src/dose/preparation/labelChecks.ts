import { fail } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  floorTo,
  type Fraction,
  groupThousands,
  over,
  readFraction,
} from "../../quantity/index.js";
import type { Cited, Indication, LabelQuantity, LabelValue, Product } from "../products/model.js";
import type { LotOrder, PreparationOrder } from "./model.js";
import { timedAt } from "./timing.js";
import { readable } from "../shown.js";
import type { Trace } from "./trace.js";

/** A value of the order, with its field. */
interface Stated {
  readonly path: string;
  readonly value: Fraction;
  readonly text: string;
}

const UNITS: Readonly<Record<LabelQuantity, string>> = {
  dose: "in one administration",
  content: "a container",
  fillMl: "mL",
  perMl: "per mL",
  rateMlPerMin: "mL/min",
  minutes: "min",
  stabilityMinutes: "min",
  dmsoPercentVv: "% v/v",
  dmsoMgPerMl: "mg/mL",
  viability: "viable",
};

/** What is computed; of the infusion nothing where the order says neither rate nor minutes. */
export interface Computed {
  readonly target: Fraction;
  readonly minutes?: Fraction;
  readonly rate?: Fraction;
}

function statedAt(path: string, text: string | number | undefined): readonly Stated[] {
  return text === undefined ? [] : computedAt(path, readFraction(String(text)));
}

function computedAt(path: string, value: Fraction | undefined): readonly Stated[] {
  return value === undefined ? [] : [{ path, value, text: readable(decimalText(value)) }];
}

function ofLots(
  order: PreparationOrder,
  field: string,
  read: (lot: LotOrder) => string | undefined,
): readonly Stated[] {
  return (order.lots ?? []).flatMap((lot, index) => statedAt(`lots.${index}.${field}`, read(lot)));
}

const ofContent = ({ content, fillMl }: LotOrder, index: number): readonly Stated[] =>
  computedAt(`lots.${index}.content`, over(readFraction(content), readFraction(fillMl)));

/** What an order says of a quantity. */
function statedOf(quantity: LabelQuantity, order: PreparationOrder, computed: Computed): readonly Stated[] {
  const { infusion, clock, product } = order;
  const { dmso } = product ?? {};
  switch (quantity) {
    case "dose":
      return computedAt("dose", computed.target);
    case "content":
      return ofLots(order, "content", ({ content }) => content);
    case "fillMl":
      return ofLots(order, "fillMl", ({ fillMl }) => fillMl);
    case "perMl":
      return [
        ...ofLots(order, "measuredPerMl", ({ measuredPerMl }) => measuredPerMl),
        ...ofLots(order, "labelPerMl", ({ labelPerMl }) => labelPerMl),
        // Of whole containers nothing else tells a content in which a power of ten slipped.
        ...(order.draw === undefined ? (order.lots ?? []).flatMap(ofContent) : []),
      ];
    case "viability":
      return ofLots(order, "testedViability.fraction", ({ testedViability }) => testedViability?.fraction);
    case "rateMlPerMin":
      return computedAt(timedAt(infusion), computed.rate);
    case "minutes":
      return computedAt(timedAt(infusion), computed.minutes);
    case "stabilityMinutes":
      return statedAt("clock.stabilityMinutes", clock?.stabilityMinutes);
    case "dmsoPercentVv":
      return dmso !== undefined && "percentVv" in dmso ? statedAt("product.dmso.percentVv", dmso.percentVv) : [];
    case "dmsoMgPerMl":
      return dmso !== undefined && "mgPerMl" in dmso ? statedAt("product.dmso.mgPerMl", dmso.mgPerMl) : [];
  }
}

function holds({ minimum, maximum, oneOf, multipleOf }: LabelValue, value: Fraction): boolean {
  if (multipleOf !== undefined) return compare(floorTo(value, readFraction(multipleOf)), value) === 0;
  if (oneOf !== undefined) return oneOf.some((one) => compare(value, readFraction(one)) === 0);
  const isBelow = minimum !== undefined && compare(value, readFraction(minimum)) < 0;
  const isAbove = maximum !== undefined && compare(value, readFraction(maximum)) > 0;
  return !isBelow && !isAbove;
}

function expectedText({ of, minimum, maximum, oneOf, multipleOf }: LabelValue): string {
  const unit = UNITS[of];
  if (multipleOf !== undefined) return `a multiple of ${groupThousands(multipleOf)} ${unit}`;
  if (oneOf !== undefined) return `${oneOf.map(groupThousands).join(" or ")} ${unit}`;
  const low = minimum === undefined ? [] : [`at least ${groupThousands(minimum)}`];
  const high = maximum === undefined ? [] : [`at most ${groupThousands(maximum)}`];
  return `${[...low, ...high].join(", ")} ${unit}`;
}

function warnOf(trace: Trace, name: string, fact: Cited, value: LabelValue, stated: Stated): void {
  if (holds(value, stated.value)) return;
  differs(trace, name, fact, stated, UNITS[value.of], expectedText(value));
}

function differs(trace: Trace, name: string, fact: Cited, stated: Stated, unit: string, expected: string): void {
  const received = `${stated.text} ${unit}`;
  trace.warnings.push({
    code: "dose.differs_from_label",
    path: stated.path,
    message: `The order says ${received}; the sources of ${name} (${fact.source}) say: ${fact.statement}`,
    expected,
    received,
    parameters: { name, source: fact.source },
  });
}

/**
 * Warns of a participant for whom the regimen is not, where the order states an age. A physician may give it all the
 * same; somebody has to say so.
 */
export function warnOfIndication(
  trace: Trace,
  { name }: Product,
  indication: Indication | undefined,
  { participant }: PreparationOrder,
): void {
  if (indication?.ageYears === undefined) return;
  const { from, below } = indication.ageYears;
  const expected = [
    ...(from === undefined ? [] : [`from ${from} years`]),
    ...(below === undefined ? [] : [`below ${below} years`]),
  ].join(", ");
  for (const age of statedAt("participant.ageYears", participant?.ageYears)) {
    const isYounger = from !== undefined && compare(age.value, readFraction(from)) < 0;
    const isOlder = below !== undefined && compare(age.value, readFraction(below)) >= 0;
    if (isYounger || isOlder) differs(trace, name, indication, age, "years", expected);
  }
}

/**
 * Warns where an order of a licensed product differs from a number that the product's sources state: the content of a
 * vial, a rate, a time. It may be right, of a lot or in a country; somebody has to say so.
 */
export function warnOfLabel(trace: Trace, { name, facts }: Product, order: PreparationOrder, computed: Computed): void {
  for (const fact of facts) {
    for (const value of fact.says ?? []) {
      for (const stated of statedOf(value.of, order, computed)) warnOf(trace, name, fact, value, stated);
    }
  }
}

/** Whether the sources of a product state a quantity. */
export function statesOf({ facts }: Product, quantity: LabelQuantity): boolean {
  return facts.some(({ says = [] }) => says.some(({ of }) => of === quantity));
}

/**
 * Of a product whose drawn volume goes by the concentration of the very lot, that concentration must be there.
 *
 * @throws AllocellError `dose.actual_concentration_missing`
 */
export function requireActualConcentration(
  { name, goesByActualConcentration }: Product,
  order: PreparationOrder,
): void {
  if (goesByActualConcentration !== true) return;
  const missing = (order.lots ?? []).findIndex(({ measuredPerMl }) => measuredPerMl === undefined);
  if (missing < 0) return;
  fail(
    "dose.actual_concentration_missing",
    `lots.${missing}.measuredPerMl`,
    `${name} is drawn by the actual concentration on lot sheet and carton, not by a nominal one: give it.`,
    { expected: "the lot's actual concentration per mL", received: "nothing", parameters: { name } },
  );
}
