import { statedSource, type StepSource, type SourcePart, type SourceWord } from "../formula/sources.js";
import { fail, ofFrozen } from "../../foundation/index.js";
import { CELL_KINDS, groupThousands, UNIT_KINDS, type Count, type UnitKind } from "../../quantity/index.js";
import type { ClosedAssumption, FlatDose, PerKgDose, SurfaceOrder } from "../../trial/index.js";
import { productById } from "../products/productById.js";
import { productQuestions } from "../products/questions.js";
import type { Indication, LabelDose, Product, Regimen } from "../products/model.js";
import { isPlacebo } from "../resolve.js";
import { surfaceText } from "../shown.js";
import type {
  Bounds,
  DoseLimits,
  DoseOrder,
  PerM2Dose,
  PreparedRule,
  ProductDoseOrder,
  ProtocolDoseOrder,
  TrialDose,
  TrialDoseOrder,
  WeightBand,
  WeightDescriptor,
  WholeContainers,
} from "./model.js";

/** What an order, a trial or a product says about the dose, in one form. */
export interface ResolvedDose {
  readonly rule: PreparedRule;
  /** Of whole containers: what the label aims at. */
  readonly aimedAt?: Regimen["target"];
  /** What the label says of the dose; of several components, of all of them. */
  readonly regimen?: LabelDose;
  readonly unitKind: UnitKind;
  readonly isPlacebo: boolean;
  readonly cap?: Count;
  readonly range?: Bounds | readonly WeightBand[];
  readonly hard?: Bounds;
  readonly soft?: Bounds;
  readonly besidePerKg?: string;
  readonly surface?: SurfaceOrder;
  /** The weight that is asked for; absent: the order's own declaration holds. */
  readonly descriptor?: WeightDescriptor;
  readonly trial?: TrialDose;
  /** The licensed product whose dose this is. */
  readonly product?: Product;
  /** For whom its regimen is. */
  readonly indication?: Indication;
  readonly sources: {
    readonly rule: StepSource;
    readonly weight: StepSource;
    readonly cap: StepSource;
    readonly range: StepSource;
  };
  readonly assumptions: readonly ClosedAssumption[];
  readonly openQuestions: readonly string[];
}

function requireCapUnit(cap: Count | undefined, unitKind: UnitKind): void {
  if (cap === undefined || cap.unitKind === unitKind) return;
  fail("dose.cap_unit_differs", "dose.cap", `The cap must count what the dose counts, ${UNIT_KINDS[unitKind]}.`, {
    expected: unitKind,
    received: cap.unitKind,
    parameters: { unitKind },
  });
}

function requireCounted(unitKind: UnitKind, path: string): void {
  if (unitKind !== "cells") return;
  fail("dose.count_basis_missing", path, 'The dose says "cells" and not which: declare what is counted.', {
    expected: "viable-cells, total-nucleated-cells, car-positive-cells, cd34-cells or cd3-cells",
    received: "cells",
  });
}

/** The limits that an order itself states. */
function limitsOf(order: Omit<DoseLimits, "cap">): Omit<DoseLimits, "cap"> {
  const { range, hard, soft, besidePerKg, surface } = order;
  return {
    ...(range === undefined ? {} : { range }),
    ...(hard === undefined ? {} : { hard }),
    ...(soft === undefined ? {} : { soft }),
    ...(besidePerKg === undefined ? {} : { besidePerKg }),
    ...(surface === undefined ? {} : { surface }),
  };
}

const PER: Readonly<Partial<Record<string, string>>> = { "per-kg": "/kg", "per-m2": "/m²" };

const levelText = ({ kind, amount }: { readonly kind: string; readonly amount: string }): string =>
  `${groupThousands(amount)}${PER[kind] ?? ""}`;

const THE_ORDER: SourceWord = "the order";
const LIMITED: Regimen = { id: "", title: "", source: THE_ORDER };

/** Of whole containers the range is the whole question. */
function requireHeld({ range, hard }: DoseLimits, path: "dose.range" | "dose.hard"): void {
  if (range !== undefined || hard !== undefined) return;
  const message = "Whole containers are held against the range of the protocol: state it.";
  fail("dose.range_missing", path, message, { expected: "a range, or hard limits", received: "nothing" });
}

function ofProtocol(order: ProtocolDoseOrder): ResolvedDose {
  const { rule, levels, cap } = order;
  const source: StepSource = [statedSource(order.source)];
  requireCounted(rule.unitKind, "dose.rule.unitKind");
  requireCapUnit(cap, rule.unitKind);
  const { unitKind } = rule;
  const common = {
    unitKind,
    sources: { rule: source, weight: [{ key: THE_ORDER }] as const, cap: source, range: source },
    assumptions: [],
    openQuestions: [],
  };
  if (rule.kind === "whole-containers") {
    requireHeld(order, "dose.range");
    return { rule, isPlacebo: false, ...common, ...(cap === undefined ? {} : { cap }), ...limitsOf(order) };
  }
  if (rule.kind === "placebo") return { rule: { kind: "placebo" }, isPlacebo: true, ...common, ...limitsOf(order) };
  const isLevel = levels.some(
    ({ kind, amount, unitKind }) => kind === rule.kind && amount === rule.amount && unitKind === rule.unitKind,
  );
  if (!isLevel) {
    const listed = levels.map(levelText).join(", ");
    const received = `${levelText(rule)} ${UNIT_KINDS[rule.unitKind]}`;
    return fail(
      "dose.level_not_in_protocol",
      "dose.rule",
      `${received} is no dose level of the protocol (${listed}).`,
      {
        expected: listed,
        received,
      },
    );
  }
  return { rule, isPlacebo: false, ...common, ...(cap === undefined ? {} : { cap }), ...limitsOf(order) };
}

function requireRegimen(regimens: readonly Regimen[], stated: string | undefined, product: string): Regimen {
  const only = regimens.length === 1 && stated === undefined ? regimens[0] : undefined;
  const found = only ?? regimens.find(({ id }) => id === stated);
  if (found !== undefined) return found;
  const expected = regimens.map(({ id }) => id).join(", ");
  const message =
    regimens.length === 0
      ? `The sources state no dose of ${product} that can be computed here.`
      : stated === undefined
        ? `${product} has several regimens: say which one (${regimens.map(({ id, title }) => `${id}: ${title}`).join("; ")}).`
        : `${product} has no regimen "${stated}".`;
  return fail("dose.regimen_needed", "dose.regimen", message, {
    expected,
    received: stated ?? "nothing",
    parameters: { product },
  });
}

/** What the order counts: the product's own kind, or the kind of cells that the order declares where sources say "cells". */
function countedAs({ name, unitKind }: Product, countBasis: UnitKind | undefined): UnitKind {
  const isOpen = unitKind === "cells";
  if (countBasis === undefined) {
    requireCounted(unitKind, "dose.countBasis");
    return unitKind;
  }
  if (isOpen ? CELL_KINDS.includes(countBasis) : countBasis === unitKind) return countBasis;
  const expected = isOpen ? CELL_KINDS.join(", ") : unitKind;
  const message = `${name} is counted in ${isOpen ? "cells of one kind" : UNIT_KINDS[unitKind]}.`;
  return fail("dose.count_basis_conflict", "dose.countBasis", message, {
    expected,
    received: countBasis,
    parameters: { name, unitKind },
  });
}

/**
 * The dose that is ordered, or the label's. Another dose than the label's is allowed where the label has a range, in
 * which it then has to lie; a slip of a factor ten has nothing else to be caught by.
 */
function ruleOf(
  { name }: Product,
  { target, range, cap }: Regimen,
  order: ProductDoseOrder,
  unitKind: UnitKind,
): PerKgDose | PerM2Dose | FlatDose | WholeContainers {
  const stated = order.rule;
  if (stated === undefined) {
    if (target !== undefined) return { kind: target.kind, amount: target.amount, unitKind };
    return fail("dose.rule_missing", "dose.rule", `${name} has a range of doses and no target: state the dose.`, {
      parameters: { name },
    });
  }
  if (stated.unitKind !== unitKind) {
    return fail("dose.count_basis_conflict", "dose.rule.unitKind", `The dose must count ${UNIT_KINDS[unitKind]}.`, {
      expected: unitKind,
      received: stated.unitKind,
      parameters: { unitKind },
    });
  }
  if (stated.kind === "whole-containers") return stated;
  if (target !== undefined && range === undefined && levelText(stated) !== levelText(target)) {
    const [expected, received] = [
      `${levelText(target)} ${UNIT_KINDS[unitKind]}`,
      `${levelText(stated)} ${UNIT_KINDS[unitKind]}`,
    ];
    const message = `${received} is not the dose of ${name}, ${expected}.`;
    return fail("dose.level_not_in_protocol", "dose.rule", message, { expected, received, parameters: { name } });
  }
  const hasMaximum = range !== undefined && ("length" in range || range.maximum !== undefined);
  if (target === undefined && !hasMaximum && cap === undefined && order.hard?.maximum === undefined) {
    const message = `The sources of ${name} name a least dose and no greatest one: state the most that may be given.`;
    return fail("dose.maximum_missing", "dose.hard.maximum", message, {
      expected: "a maximum",
      received: "nothing",
      parameters: { name },
    });
  }
  return stated;
}

/** The product at hand must be the product that was ordered. */
function requireNamed({ name }: Product, atHand: string | undefined): void {
  if (atHand === undefined) return;
  const names = name.toLowerCase().split(" / ");
  if (names.some((one) => atHand.toLowerCase().includes(one))) return;
  const message = `The dose is that of ${name}, and the product is named "${atHand}".`;
  fail("dose.product_name_differs", "product.name", message, { expected: name, received: atHand });
}

/** The numbers of a regimen. */
const labelDose = ({ target, range, cap }: Regimen): LabelDose => ({
  ...(target === undefined ? {} : { target }),
  ...(range === undefined ? {} : { range }),
  ...(cap === undefined ? {} : { cap }),
});

/** Of a product whose sources state no dose: all that it holds is given, within hard limits of the order. */
const isWholeWithoutDose = ({ regimens }: Product, { rule, regimen }: ProductDoseOrder): boolean =>
  regimens.length === 0 && regimen === undefined && rule?.kind === "whole-containers";

/** What a product's regimen says, and what an order says within it. */
function sourcesOf({ name }: Product, { source }: Regimen): readonly [of: SourcePart, within: SourcePart] {
  const text = `${name}: ${source}`;
  return source === "label"
    ? [
        { key: "labelOf", text: name },
        { key: "withinLabelOf", text: name },
      ]
    : [
        { key: "citation", text },
        { key: "within", text },
      ];
}

function ofProduct(order: ProductDoseOrder): ResolvedDose {
  const product = productById(order.product);
  const isWhole = isWholeWithoutDose(product, order);
  if (isWhole) requireHeld(order, "dose.hard");
  const regimen: Regimen = isWhole ? LIMITED : requireRegimen(product.regimens, order.regimen, product.name);
  const unitKind = countedAs(product, order.countBasis);
  const [source, within] = isWhole ? [{ key: THE_ORDER }] : sourcesOf(product, regimen);
  const { indication = product.indication } = regimen;
  return {
    rule: ruleOf(product, regimen, order, unitKind),
    unitKind,
    isPlacebo: false,
    product,
    sources: {
      rule: [order.rule === undefined ? source : (within ?? source)],
      weight: [{ key: "label" }],
      cap: [source],
      range: [source],
    },
    assumptions: [],
    openQuestions: productQuestions(product),
    descriptor: "actual",
    ...(isWhole ? {} : { regimen: labelDose(regimen) }),
    ...(regimen.target === undefined ? {} : { aimedAt: regimen.target }),
    ...(indication === undefined ? {} : { indication }),
    ...(regimen.cap === undefined ? {} : { cap: { amount: regimen.cap, unitKind } }),
    ...limitsOf(order),
    ...(regimen.range === undefined ? {} : { range: regimen.range }),
  };
}

function ofTrial(order: TrialDoseOrder): ResolvedDose {
  const { trial } = order;
  const source: StepSource = [{ key: THE_ORDER }];
  return {
    rule: trial.rule,
    unitKind: trial.unitKind,
    isPlacebo: isPlacebo(trial.rule),
    ...(trial.cap === undefined ? {} : { cap: trial.cap }),
    ...(trial.descriptor === undefined ? {} : { descriptor: trial.descriptor }),
    trial,
    sources: { rule: trial.sources.rule, weight: trial.sources.weight, cap: trial.sources.cap, range: source },
    assumptions: trial.assumptions,
    openQuestions: [],
    ...limitsOf(order),
    ...surfaceOfTrial(order),
  };
}

/** By the formula of the arm's dose, or for limits per m² alone by that of the order. */
function surfaceOfTrial({ trial: { rule }, surface }: TrialDoseOrder): Pick<ResolvedDose, "surface"> {
  if (rule.kind !== "per-m2") return surface === undefined ? {} : { surface };
  const { formula, roundedToM2 } = rule.surface;
  if (surface !== undefined && surfaceText(surface) !== surfaceText(rule.surface)) {
    const message = "The trial and the order name two ways to the body surface.";
    fail("dose.assumption_conflict", "dose.surface", message, {
      expected: `${formula}, to ${roundedToM2} m²`,
      received: `${surface.formula}, to ${surface.roundedToM2} m²`,
    });
  }
  return { surface: rule.surface };
}

const resolved = ofFrozen((order: DoseOrder): ResolvedDose => {
  if (order.from === "protocol") return ofProtocol(order);
  return order.from === "product" ? ofProduct(order) : ofTrial(order);
});

/**
 * @param productName - of the product at hand
 * @throws AllocellError `dose.level_not_in_protocol`, `dose.count_basis_missing`, `dose.count_basis_conflict`,
 *   `dose.cap_unit_differs`, `dose.product_unknown`, `dose.product_name_differs`, `dose.regimen_needed`,
 *   `dose.rule_missing`, `dose.maximum_missing`
 */
export function resolveDoseOrder(order: DoseOrder, productName: string | undefined): ResolvedDose {
  if (order.from === "product") requireNamed(productById(order.product), productName);
  return resolved(order);
}
