import { AllocellError, fail } from "../../foundation/index.js";
import { parsePositiveDecimal } from "../../quantity/index.js";
import { compare, decimalOf, exact, over, times, type Exact } from "../exact.js";
import type { LotOrder, PreparationOrder, TrialDose } from "./model.js";

/** A field of the order with its value. */
interface Field {
  readonly path: string;
  readonly value: Exact;
}

/** One number of a ledger line, and the fields of an order that must say the same. */
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

const field = (path: string, text: string | number | undefined): readonly Field[] =>
  text === undefined ? [] : [{ path, value: exact(String(text)) }];

const ofLots =
  (name: string, read: (lot: LotOrder) => string | undefined) =>
  ({ lots = [] }: PreparationOrder): readonly Field[] =>
    lots.flatMap((lot, index) => field(`lots.${index}.${name}`, read(lot)));

function rateOf({ infusion: { rateMlPerMin, minutes, finalVolumeMl } }: PreparationOrder): readonly Field[] {
  if (rateMlPerMin !== undefined) return field("infusion.rateMlPerMin", rateMlPerMin);
  if (minutes === undefined || finalVolumeMl === undefined) return [];
  return [{ path: "infusion.minutes", value: over(exact(finalVolumeMl), exact(minutes)) }];
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
    fields: ({ clock }) => field("clock.stabilityMinutes", clock?.stabilityMinutes),
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

/** The number of a ledger line in the unit of the order; undefined where the line is no plain number with its unit. */
function numberOf({ pattern, factors }: Shared, line: string): Exact | undefined {
  const groups = pattern.exec(line)?.groups;
  if (groups === undefined) return undefined;
  try {
    const number = exact(parsePositiveDecimal(groups["number"], ""));
    const factor = factors?.[groups["unit"] ?? ""];
    return factor === undefined ? number : times(number, exact(factor));
  } catch (error) {
    if (AllocellError.is(error)) return undefined;
    throw error;
  }
}

/**
 * Where a line of the ledger is a plain number with its unit ("100 mL", "0.85", "20E6 viable cells in 2 mL"), the order
 * must say the same; of the stability it may say less. Final volume, rate and least viability must be in the order, or the
 * ledger would be printed and not kept.
 *
 * @throws AllocellError `dose.assumption_conflict`
 */
export function requireLedgerAgrees(trial: TrialDose, order: PreparationOrder): void {
  for (const shared of SHARED) {
    const line = trial.assumptions.find(({ key }) => key === shared.key);
    const said = line === undefined ? undefined : numberOf(shared, line.value);
    if (line === undefined || said === undefined) continue;
    const fields = shared.fields(order);
    const needed = shared.needed?.(order);
    if (fields.length === 0 && needed !== undefined) {
      const message = `The ledger says ${line.key} = "${line.value}", and the order leaves it out.`;
      fail("dose.assumption_conflict", needed, message, { expected: line.value, received: "nothing" });
    }
    for (const { path, value } of fields) {
      const difference = compare(value, said);
      if (difference === 0 || (shared.rule === "at most" && difference < 0)) continue;
      const received = decimalOf(value);
      fail(
        "dose.assumption_conflict",
        path,
        `The ledger says ${line.key} = "${line.value}", the order says ${received}.`,
        { expected: line.value, received },
      );
    }
  }
}
