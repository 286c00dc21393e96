import { AllocellError, fail, ofFrozen } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  type Fraction,
  over,
  parsePositiveDecimal,
  readFraction,
  times,
} from "../../quantity/index.js";
import type { LotOrder, PreparationOrder, TrialDose } from "./model.js";

/** A field of the order with its number in plain decimal text. */
interface Field {
  readonly path: string;
  readonly text: string;
  /** Where the number is computed and its text may be rounded. */
  readonly value?: Fraction;
}

/** One number of a assumption, and the fields of an order that must say the same. */
interface Shared {
  readonly key: string;
  /** The number stands in the group `number`, where a unit has to be told in the group `unit`. */
  readonly pattern: RegExp;
  /** What the number is multiplied with, by its unit; absent: 1. */
  readonly factors?: Readonly<Record<string, string>>;
  /** `at most`: a stricter order is no contradiction. */
  readonly rule?: "at most";
  /** The field without which the line would be printed and not kept; absent where an order may leave it open. */
  readonly needed?: (order: PreparationOrder) => string | undefined;
  readonly fields: (order: PreparationOrder) => readonly Field[];
}

const field = (path: string, text: string | undefined): readonly Field[] =>
  text === undefined ? [] : [{ path, text }];

const ofLots =
  (name: string, read: (lot: LotOrder) => string | undefined) =>
  ({ lots = [] }: PreparationOrder): readonly Field[] =>
    lots.flatMap((lot, index) => field(`lots.${index}.${name}`, read(lot)));

function rateOf({ infusion: { rateMlPerMin, minutes, finalVolumeMl } }: PreparationOrder): readonly Field[] {
  if (rateMlPerMin !== undefined) return field("infusion.rateMlPerMin", rateMlPerMin);
  if (minutes === undefined || finalVolumeMl === undefined) return [];
  const value = over(readFraction(finalVolumeMl), readFraction(minutes));
  return [{ path: "infusion.minutes", text: decimalText(value), value }];
}

const SHARED: readonly Shared[] = [
  {
    key: "infusion.finalVolume",
    pattern: /^(?<number>\S+) mL$/u,
    needed: () => "infusion.finalVolumeMl",
    fields: ({ infusion }) => field("infusion.finalVolumeMl", infusion.finalVolumeMl),
  },
  { key: "infusion.rate", pattern: /^(?<number>\S+) mL\/min$/u, needed: () => "infusion.rateMlPerMin", fields: rateOf },
  {
    key: "product.recovery",
    pattern: /^(?<number>\S+)$/u,
    // A lot that was measured after thawing goes by no recovery.
    fields: ofLots("recovery", ({ recovery, measuredPerMl }) => (measuredPerMl === undefined ? recovery : undefined)),
  },
  {
    key: "product.minViability",
    pattern: /^(?<number>\S+)$/u,
    needed: ({ product }) => (product === undefined ? undefined : "product.minimumViability"),
    fields: ({ product }) => field("product.minimumViability", product?.minimumViability),
  },
  {
    key: "product.stability",
    pattern: /^(?<number>\S+) (?<unit>min|minutes|h|hours)\b/u,
    factors: { h: "60", hours: "60" },
    rule: "at most",
    fields: ({ clock }) => field("clock.stabilityMinutes", clock?.stabilityMinutes.toString()),
  },
  {
    key: "product.concentration",
    pattern: /^(?<number>\S+) [^0-9]*\/mL$/u,
    fields: ofLots("labelPerMl", ({ labelPerMl }) => labelPerMl),
  },
  {
    key: "product.vialContent",
    pattern: /^(?<number>\S+) [^0-9]* in \S+ mL$/u,
    fields: ofLots("content", ({ content }) => content),
  },
  {
    key: "product.vialContent",
    pattern: /^\S+ [^0-9]* in (?<number>\S+) mL$/u,
    fields: ofLots("fillMl", ({ fillMl }) => fillMl),
  },
  {
    key: "product.extractableVolume",
    pattern: /^(?<number>\S+) mL$/u,
    fields: ofLots("extractableMl", ({ extractableMl }) => extractableMl),
  },
];

/** An assumption that is a plain number with its unit, in the unit of the order. */
interface StatedNumber {
  readonly shared: Shared;
  readonly line: string;
  readonly text: string;
}

function statedNumber(shared: Shared, line: string): readonly StatedNumber[] {
  const { pattern, factors } = shared;
  const groups = pattern.exec(line)?.groups;
  if (groups === undefined) return [];
  try {
    const number = parsePositiveDecimal(groups["number"], "");
    const factor = factors?.[groups["unit"] ?? ""];
    return [
      {
        shared,
        line,
        text: factor === undefined ? number : decimalText(times(readFraction(number), readFraction(factor))),
      },
    ];
  } catch (error) {
    if (AllocellError.is(error)) return [];
    throw error;
  }
}

/** One trial's dose is that of many orders: its lines are read once. */
const numbersOf = ofFrozen((trial: TrialDose): readonly StatedNumber[] =>
  SHARED.flatMap((shared) =>
    trial.assumptions.filter(({ key }) => key === shared.key).flatMap(({ value }) => statedNumber(shared, value)),
  ),
);

function requireSame({ shared, line, text }: StatedNumber, { path, text: ordered, value }: Field): void {
  if (ordered === text) return;
  const difference = compare(value ?? readFraction(ordered), readFraction(text));
  if (difference === 0 || (shared.rule === "at most" && difference < 0)) return;
  const message = `The assumptions say ${shared.key} = "${line}", the order says ${ordered}.`;
  fail("dose.assumption_conflict", path, message, { expected: line, received: ordered });
}

/** All that an assumption of the trial is compared with. */
const PARTS = ["product", "lots", "infusion", "clock"] as const;
/**
 * The parts of the last order that agreed: those of a batch share them, frozen as they are, and are not read line by
 * line again. The parts alone, so that nobody's order is kept.
 */
const agreedOf = ofFrozen<TrialDose, { parts?: readonly unknown[] }>(() => ({}));

/**
 * Where an assumption of the trial is a plain number with its unit ("100 mL", "0.85", "20E6 viable cells in 2 mL"), the order
 * must say the same; of the stability it may say less. Final volume, rate and least viability must be in the order, or the
 * answer would be printed and not kept.
 *
 * @throws AllocellError `dose.assumption_conflict`
 */
export function requireAnswersAgree(trial: TrialDose, order: PreparationOrder): void {
  const agreed = agreedOf(trial);
  if (PARTS.every((part, index) => agreed.parts !== undefined && agreed.parts[index] === order[part])) return;
  for (const stated of numbersOf(trial)) {
    const { shared, line } = stated;
    const fields = shared.fields(order);
    const needed = fields.length === 0 ? shared.needed?.(order) : undefined;
    if (needed !== undefined) {
      const message = `The assumptions say ${shared.key} = "${line}", and the order leaves it out.`;
      fail("dose.assumption_conflict", needed, message, { expected: line, received: "nothing" });
    }
    for (const each of fields) requireSame(stated, each);
  }
  const parts = PARTS.map((part) => order[part]);
  if (parts.every((part) => Object.isFrozen(part))) agreed.parts = parts;
}
