import { fail } from "../../foundation/index.js";
import { UNIT_KINDS, type Count, type UnitKind } from "../../quantity/index.js";
import type { ClosedAssumption, FlatDose, PerKgDose } from "../../trial/index.js";
import type { PrescribedRule } from "../model.js";
import { productById } from "../products/productById.js";
import { productQuestions } from "../products/questions.js";
import type { Regimen } from "../products/model.js";
import { isPlacebo } from "../resolve.js";
import type {
  Bounds,
  DoseLimits,
  DoseOrder,
  ProductDoseOrder,
  ProtocolDoseOrder,
  TrialDose,
  WeightBand,
  WeightDescriptor,
} from "./model.js";

/** What an order, a trial or a product says about the dose, in one form. */
export interface ResolvedDose {
  readonly rule: PrescribedRule;
  readonly unitKind: UnitKind;
  readonly isPlacebo: boolean;
  readonly cap?: Count;
  readonly range?: Bounds | readonly WeightBand[];
  readonly hard?: Bounds;
  readonly soft?: Bounds;
  readonly besidePerKg?: string;
  /** The weight that is asked for; absent: the order's own declaration holds. */
  readonly descriptor?: WeightDescriptor;
  readonly trial?: TrialDose;
  readonly sources: { readonly rule: string; readonly weight: string; readonly cap: string; readonly range: string };
  readonly assumptions: readonly ClosedAssumption[];
  readonly openQuestions: readonly string[];
}

function requireCapUnit(cap: Count | undefined, unitKind: UnitKind): void {
  if (cap === undefined || cap.unitKind === unitKind) return;
  fail("dose.cap_unit_differs", "dose.cap", `The cap must count what the dose counts, ${UNIT_KINDS[unitKind]}.`, {
    expected: unitKind,
    received: cap.unitKind,
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
  const { range, hard, soft, besidePerKg } = order;
  return {
    ...(range === undefined ? {} : { range }),
    ...(hard === undefined ? {} : { hard }),
    ...(soft === undefined ? {} : { soft }),
    ...(besidePerKg === undefined ? {} : { besidePerKg }),
  };
}

function ofProtocol(order: ProtocolDoseOrder): ResolvedDose {
  const { rule, levels, source, cap } = order;
  requireCounted(rule.unitKind, "dose.rule.unitKind");
  requireCapUnit(cap, rule.unitKind);
  const { unitKind } = rule;
  const common = {
    unitKind,
    sources: { rule: source, weight: "the order", cap: source, range: source },
    assumptions: [],
    openQuestions: [],
  };
  if (rule.kind === "placebo") return { rule: { kind: "placebo" }, isPlacebo: true, ...common, ...limitsOf(order) };
  const isLevel = levels.some(
    ({ kind, amount, unitKind }) => kind === rule.kind && amount === rule.amount && unitKind === rule.unitKind,
  );
  if (!isLevel) {
    const listed = levels.map((level) => `${level.amount}${level.kind === "per-kg" ? "/kg" : ""}`).join(", ");
    const received = `${rule.amount}${rule.kind === "per-kg" ? "/kg" : ""} ${rule.unitKind}`;
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
      ? `The sources state no dose of ${product} that can be reckoned here.`
      : `${product} has several regimens: say which one.`;
  return fail("dose.regimen_needed", "dose.regimen", message, { expected, received: stated ?? "nothing" });
}

function ofProduct(order: ProductDoseOrder): ResolvedDose {
  const product = productById(order.product);
  const regimen = requireRegimen(product.regimens, order.regimen, product.name);
  const unitKind = product.unitKind === "cells" ? (order.countBasis ?? "cells") : product.unitKind;
  requireCounted(unitKind, "dose.countBasis");
  if (order.countBasis !== undefined && order.countBasis !== unitKind) {
    return fail(
      "dose.count_basis_conflict",
      "dose.countBasis",
      `${product.name} is counted in ${UNIT_KINDS[unitKind]}.`,
      {
        expected: unitKind,
        received: order.countBasis,
      },
    );
  }
  const rule: PerKgDose | FlatDose | undefined =
    order.rule ?? (regimen.target === undefined ? undefined : { ...regimen.target, unitKind });
  if (rule === undefined) {
    return fail(
      "dose.rule_missing",
      "dose.rule",
      `${product.name} has a range of doses and no target: state the dose.`,
    );
  }
  if (rule.unitKind !== unitKind) {
    return fail("dose.count_basis_conflict", "dose.rule.unitKind", `The dose must count ${UNIT_KINDS[unitKind]}.`, {
      expected: unitKind,
      received: rule.unitKind,
    });
  }
  const source = `${product.name}: ${regimen.source}`;
  return {
    rule,
    unitKind,
    isPlacebo: false,
    ...(regimen.cap === undefined ? {} : { cap: { amount: regimen.cap, unitKind } }),
    ...limitsOf(order),
    ...(regimen.range === undefined ? {} : { range: regimen.range }),
    descriptor: "actual",
    sources: {
      rule: order.rule === undefined ? source : `the order, within ${source}`,
      weight: "label",
      cap: source,
      range: source,
    },
    assumptions: [],
    openQuestions: productQuestions(product),
  };
}

/**
 * @throws AllocellError `dose.level_not_in_protocol`, `dose.count_basis_missing`, `dose.count_basis_conflict`,
 *   `dose.cap_unit_differs`, `dose.product_unknown`, `dose.regimen_needed`, `dose.rule_missing`
 */
export function resolveDoseOrder(order: DoseOrder): ResolvedDose {
  if (order.from === "protocol") return ofProtocol(order);
  if (order.from === "product") return ofProduct(order);
  const { trial } = order;
  const source = "the order";
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
  };
}
