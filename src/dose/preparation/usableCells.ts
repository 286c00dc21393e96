import { fail, ofFrozen } from "../../foundation/index.js";
import {
  compare,
  decimalText,
  type Fraction,
  over,
  readFraction,
  times,
  UNIT_KINDS,
  type UnitKind,
} from "../../quantity/index.js";
import type { Values } from "../formula/readFormulas.js";
import { type About, addStep } from "../formula/step.js";
import type { GoverningRule, LotOrder } from "./model.js";
import { readable } from "../shown.js";
import type { Trace } from "./trace.js";

/** One entry of the order with what can be computed from it alone. */
export interface UsableLot {
  readonly order: LotOrder;
  /** Index into the order's lots. */
  readonly entry: number;
  /** Labelled value × factor = usable in the kind of the dose. */
  readonly factor: Fraction;
  readonly byContent: Fraction;
  /** By label concentration × extractable volume; only where a concentration is labelled. */
  readonly byVolume?: Fraction;
  /** 100 × (label concentration - content / fill) / (content / fill). */
  readonly labelDifference?: Fraction;
  /** Of the rule that governs. */
  readonly usable: Fraction;
  /** Actual concentration per mL of drawn volume. */
  readonly concentration: Fraction;
}

const SUBSETS: readonly UnitKind[] = ["car-positive-cells", "cd34-cells", "cd3-cells"];

function requireFraction(value: string | undefined, path: string, what: string): Fraction {
  if (value !== undefined) return readFraction(value);
  return fail("dose.conversion_missing", path, `The ${what} is needed here: a fraction above 0 and at most 1.`, {
    expected: "a fraction such as 0.85",
    received: "nothing",
  });
}

/**
 * From what the label counts to what the dose counts. Viability enters only where total nucleated cells are counted
 * and the dose counts cells that live: a count of viable cells never meets it a second time.
 */
function conversion(
  lot: LotOrder,
  unitKind: UnitKind,
  path: string,
): { readonly factor: Fraction; readonly factors: Values } {
  const factors: { r: string; v?: string; p?: string } = { r: lot.recovery };
  let factor = requireFraction(lot.recovery, `${path}.recovery`, "recovery");
  const isSame = lot.counted === unitKind;
  const isNucleated = lot.counted === "total-nucleated-cells";
  const needsViability = isNucleated && !isSame && (unitKind === "viable-cells" || SUBSETS.includes(unitKind));
  const needsPurity = needsViability || (lot.counted === "viable-cells" && SUBSETS.includes(unitKind));
  if (!isSame && !needsPurity) {
    return fail(
      "dose.count_basis_conflict",
      `${path}.counted`,
      `The label counts ${UNIT_KINDS[lot.counted]}, the dose ${UNIT_KINDS[unitKind]}: no calculation leads from one to the other.`,
      { expected: UNIT_KINDS[unitKind], received: UNIT_KINDS[lot.counted] },
    );
  }
  if (!needsViability && lot.viability !== undefined) {
    return fail(
      "dose.viability_twice",
      `${path}.viability`,
      `The label counts ${UNIT_KINDS[lot.counted]}: viability would be applied a second time. Give it as testedViability, which is compared with the limits only.`,
      { parameters: { unitKind: lot.counted } },
    );
  }
  if (!needsPurity && lot.purity !== undefined) {
    return fail(
      "dose.purity_twice",
      `${path}.purity`,
      `The label counts what the dose counts, ${UNIT_KINDS[unitKind]}: no purity is applied.`,
      { parameters: { unitKind } },
    );
  }
  if (needsViability) {
    factor = times(factor, requireFraction(lot.viability, `${path}.viability`, "viability"));
    factors.v = lot.viability ?? "";
  }
  if (needsPurity) {
    factor = times(factor, requireFraction(lot.purity, `${path}.purity`, "purity"));
    factors.p = lot.purity ?? "";
  }
  return { factor, factors };
}

/** More cells measured after thawing than the label has in all: a recovery above 1. */
function warnAboveLabel(trace: Trace, lot: LotOrder, { byContent, entry }: UsableLot, unit: string): void {
  if (lot.measuredPerMl === undefined) return;
  const labelled = over(byContent, readFraction(lot.recovery));
  const found = times(readFraction(lot.measuredPerMl), readFraction(lot.fillMl));
  if (compare(found, labelled) <= 0) return;
  const label = `${readable(decimalText(labelled))} ${unit}`;
  const [expected, received] = [`at most ${label}`, `${readable(decimalText(found))} ${unit}`];
  trace.warnings.push({
    code: "dose.measured_above_label",
    path: `lots.${entry}.measuredPerMl`,
    message: `A container of lot ${lot.lot} would hold ${received} after thawing, and its label has ${label}: check both.`,
    expected,
    received,
    parameters: { lot: lot.lot, label },
  });
}

/**
 * Usable cells of one container, by content and, where labelled, by concentration.
 *
 * by content: content × factor; by volume: label concentration × extractable volume × factor; factor = recovery, times
 * viability and purity where the label counts another kind. Actual concentration: measured; or, by content,
 * content × factor / fill; or, by volume, label concentration × factor.
 *
 * @throws AllocellError `dose.count_basis_conflict`, `dose.viability_twice`, `dose.purity_twice`,
 *   `dose.conversion_missing`, `dose.extractable_above_fill`, `dose.label_concentration_missing`
 */
export function usableOf(
  trace: Trace,
  lot: LotOrder,
  unitKind: UnitKind,
  governing: GoverningRule,
  entry: number,
): UsableLot {
  // With steps it is computed each time, since that writes them.
  const known = trace.steps === undefined ? knownOf(lot) : undefined;
  const key = `${unitKind} ${governing} ${entry}`;
  const usable = known?.get(key) ?? computeUsable(trace, lot, unitKind, governing, entry);
  known?.set(key, usable);
  warnAboveLabel(trace, lot, usable, UNIT_KINDS[unitKind]);
  return usable;
}

/** The rows of a batch share their lots. */
const knownOf = ofFrozen((): Map<string, UsableLot> => new Map());

function computeUsable(
  trace: Trace,
  lot: LotOrder,
  unitKind: UnitKind,
  governing: GoverningRule,
  entry: number,
): UsableLot {
  const path = `lots.${entry}`;
  const unit = UNIT_KINDS[unitKind];
  requireExtractable(lot, path);
  const { factor, factors } = conversion(lot, unitKind, path);
  const texts = { lot: lot.lot, counted: UNIT_KINDS[lot.counted] };
  const byContent = addStep(trace, "usable", { k: lot.content, ...factors }, { unit, texts });
  const byLabel = lot.labelPerMl === undefined ? undefined : usableByLabel(trace, lot, factors, { unit, texts });
  if (governing === "volume" && byLabel === undefined) {
    const message = `The volume rule governs, and no concentration is labelled on lot ${lot.lot}.`;
    return fail("dose.label_concentration_missing", `${path}.labelPerMl`, message, {
      expected: "the label's concentration, or the content rule",
      received: "nothing",
      parameters: { lot: lot.lot },
    });
  }
  const isByVolume = governing === "volume" && byLabel !== undefined;
  const concentration =
    lot.measuredPerMl !== undefined
      ? readFraction(lot.measuredPerMl)
      : isByVolume
        ? times(readFraction(lot.labelPerMl ?? "0"), factor)
        : over(byContent, readFraction(lot.fillMl));
  const usable = isByVolume ? byLabel.byVolume : byContent;
  return { order: lot, entry, factor, byContent, ...byLabel, usable, concentration };
}

function requireExtractable({ lot, fillMl, extractableMl }: LotOrder, path: string): void {
  if (compare(readFraction(extractableMl), readFraction(fillMl)) <= 0) return;
  const message = `No more than the ${fillMl} mL that a container of lot ${lot} holds can be drawn from it.`;
  fail("dose.extractable_above_fill", `${path}.extractableMl`, message, {
    expected: `at most ${fillMl} mL`,
    received: `${extractableMl} mL`,
    parameters: { lot },
  });
}

/** What the label's concentration says of a container, and how far it is from the label's content. */
function usableByLabel(
  trace: Trace,
  lot: LotOrder,
  factors: Values,
  about: About,
): { readonly byVolume: Fraction; readonly labelDifference: Fraction } {
  const { labelPerMl = "0" } = lot;
  const e = lot.extractableMl;
  const byVolume = addStep(trace, "usable-by-volume", { c: labelPerMl, e, ...factors }, about);
  const labelDifference = addStep(trace, "label-difference", { c: labelPerMl, k: lot.content, f: lot.fillMl }, about);
  return { byVolume, labelDifference };
}
