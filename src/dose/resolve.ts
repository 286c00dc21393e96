import { fail, pathTo } from "../foundation/index.js";
import { CELL_KINDS, parseCountText, parseDoseText, UNIT_KINDS, type Count, type UnitKind } from "../quantity/index.js";
import {
  parseAdministrations,
  sourceOf,
  type Administrations,
  type Arm,
  type AssumptionFormat,
  type ClosedAssumption,
  type Trial,
} from "../trial/index.js";
import type { PrescribedRule } from "./model.js";
import { statedSource, type StepSource, type SourcePart, type SourceWord } from "./formula/sources.js";

/** What the trial and the stated assumptions say together about the dose of one arm. */
export interface ResolvedRule {
  readonly rule: PrescribedRule;
  readonly unitKind: UnitKind;
  readonly administrations: Administrations;
  readonly cap?: Count;
  /** The weight by which a dose per kg goes, where the assumptions were asked. */
  readonly descriptor?: string;
  /** Of the steps; none for a cap that nobody asked for. */
  readonly sources: {
    readonly rule: StepSource;
    readonly administrations: StepSource;
    readonly weight: StepSource;
    readonly cap: StepSource;
  };
}

/** Whether the arm gets none of the active ingredient. */
export function isPlacebo(rule: PrescribedRule): rule is Exclude<PrescribedRule, { readonly amount: string }> {
  return rule.kind === "equal-amount-placebo" || rule.kind === "placebo";
}

/** The one answer of a format; a trial whose assumptions ask two of a kind for one arm cannot be read. */
function answer(
  trial: Trial,
  closed: readonly ClosedAssumption[],
  format: AssumptionFormat,
): ClosedAssumption | undefined {
  const keys = new Set(trial.assumptions.filter((line) => line.format === format).map((line) => line.key));
  const answers = closed.filter((line) => keys.has(line.key));
  if (answers.length > 1) {
    const names = answers.map((line) => line.key).join(", ");
    return fail(
      "dose.assumption_ambiguous",
      "assumptions",
      `The assumptions ask one thing twice for this arm: ${names}.`,
      { parameters: { names } },
    );
  }
  return answers[0];
}

function resolveRule(trial: Trial, arm: Arm, level: ClosedAssumption | undefined): PrescribedRule {
  const stated = arm.dose;
  if (stated === undefined) {
    if (level !== undefined) return parseDoseText(level.value, pathTo("assumptions", level.key));
    // What a placebo holds follows from the word; how much of it is given does not.
    if (arm.type === "placebo-comparator") return Object.freeze({ kind: "placebo" });
    return fail(
      "dose.rule_missing",
      pathTo("arms", arm.id, "dose"),
      `Trial ${trial.id} states no dose for arm "${arm.id}", and its assumptions have no line for it: add "dose.levels.${arm.id}" to the assumptions, or a dose to the arm.`,
      { expected: "a dose rule", received: "nothing", parameters: { trial: trial.id } },
    );
  }
  if (stated.kind === "none" || stated.kind === "deferred") {
    return fail(
      "dose.nothing_to_prescribe",
      "arm",
      `In arm "${arm.id}" nothing is administered, so there is no dose to prescribe.`,
      { parameters: { arm: arm.id } },
    );
  }
  return stated;
}

function resolveUnitKind(rule: PrescribedRule, trial: Trial, basis: ClosedAssumption | undefined): UnitKind {
  const path = basis === undefined ? "assumptions" : pathTo("assumptions", basis.key);
  if (basis !== undefined && !CELL_KINDS.includes(basis.value as UnitKind)) {
    return fail("dose.count_basis_invalid", path, `Cells cannot be counted as ${basis.value}.`, {
      expected: `one of ${CELL_KINDS.join(", ")}`,
      received: basis.value,
    });
  }
  if (isPlacebo(rule)) {
    // A placebo has no count of its own: it shows a zero of what the other arms count.
    const stated = trial.arms.flatMap((arm) =>
      arm.dose !== undefined && "unitKind" in arm.dose ? [arm.dose.unitKind] : [],
    );
    const kind = stated[0] ?? "cells";
    return kind === "cells" && basis !== undefined ? (basis.value as UnitKind) : kind;
  }
  if (rule.kind !== "flat" && rule.unitKind === "cell-equivalents") {
    return fail(
      "dose.unit_never_per_kg",
      "rule",
      "Cell-equivalents are a flat dose: no rule counts them for each kilogram or m².",
    );
  }
  if (rule.unitKind !== "cells") {
    if (basis === undefined || basis.value === rule.unitKind) return rule.unitKind;
    return fail(
      "dose.count_basis_conflict",
      path,
      `The dose counts ${UNIT_KINDS[rule.unitKind]}; kinds never convert.`,
      {
        expected: rule.unitKind,
        received: basis.value,
        parameters: { unitKind: rule.unitKind },
      },
    );
  }
  if (basis !== undefined) return basis.value as UnitKind;
  return fail(
    "dose.count_basis_missing",
    "rule",
    'The dose says "cells" and not which: add a line such as "dose.countBasis" to the assumptions, or the kind to the dose.',
    { expected: `one of ${CELL_KINDS.join(", ")}`, received: "cells" },
  );
}

function resolveCap(cap: ClosedAssumption | undefined, unitKind: UnitKind): Count | undefined {
  if (cap === undefined || cap.value === "none") return undefined;
  const path = pathTo("assumptions", cap.key);
  const limit = parseCountText(cap.value, path);
  if (limit.unitKind === unitKind) return limit;
  // A bare "cells" takes the same declared basis as that of the dose.
  if (limit.unitKind === "cells" && CELL_KINDS.includes(unitKind)) return { amount: limit.amount, unitKind };
  return fail("dose.cap_unit_differs", path, `The cap must count what the dose counts, ${UNIT_KINDS[unitKind]}.`, {
    expected: UNIT_KINDS[unitKind],
    received: UNIT_KINDS[limit.unitKind],
  });
}

const NO_OTHER_WEIGHT: SourceWord = "the order (no other weight is asked for)";

function resolveAdministrations(trial: Trial, arm: Arm, often: ClosedAssumption | undefined): Administrations {
  if (arm.administrations !== undefined) return arm.administrations;
  if (often !== undefined) return parseAdministrations(often.value, pathTo("assumptions", often.key));
  return fail(
    "dose.administrations_missing",
    pathTo("arms", arm.id, "administrations"),
    `Trial ${trial.id} does not say how often arm "${arm.id}" is dosed, and its assumptions have no line for it: add "dose.administrations" to the assumptions, or administrations to the arm.`,
    { expected: '"1", or "2 every 28 days"', received: "nothing", parameters: { trial: trial.id } },
  );
}

const byAssumption = ({ key, value }: ClosedAssumption): SourcePart => ({
  key: "assumption",
  question: key,
  answer: value,
});

/**
 * Joins what the trial states with what was assumed; nothing has a default.
 *
 * @param closed - the closed assumptions of use "dose" for this arm
 * @param options.anyDescriptor - true where the formulas of the other weights are at hand
 * @throws AllocellError `dose.rule_missing`, `dose.nothing_to_prescribe`, `dose.unit_never_per_kg`,
 *   `dose.count_basis_missing`, `dose.count_basis_invalid`, `dose.count_basis_conflict`,
 *   `dose.weight_descriptor_unsupported`, `dose.cap_unit_differs`, `dose.administrations_missing`,
 *   `dose.assumption_ambiguous`
 */
export function resolveDose(
  trial: Trial,
  arm: Arm,
  closed: readonly ClosedAssumption[],
  options: { readonly anyDescriptor?: boolean } = {},
): ResolvedRule {
  const level = answer(trial, closed, "dose");
  const basis = answer(trial, closed, "count-basis");
  const rule = resolveRule(trial, arm, level);
  const unitKind = resolveUnitKind(rule, trial, basis);
  const isBasisUsed = "unitKind" in rule && rule.unitKind !== unitKind && basis !== undefined;

  const descriptor = answer(trial, closed, "weight-descriptor");
  const isOther = descriptor !== undefined && descriptor.value !== "actual";
  if ((rule.kind === "per-kg" || rule.kind === "per-m2") && isOther && options.anyDescriptor !== true) {
    return fail(
      "dose.weight_descriptor_unsupported",
      pathTo("assumptions", descriptor.key),
      `A prescription goes by the actual (measured) weight; prepare() computes with the ${descriptor.value} weight.`,
      { expected: "actual", received: descriptor.value },
    );
  }

  const often = answer(trial, closed, "administrations");
  const administrations = resolveAdministrations(trial, arm, often);
  const capLine = answer(trial, closed, "cap");
  const cap = isPlacebo(rule) ? undefined : resolveCap(capLine, unitKind);
  const toldBy = (field: string, isStated: boolean, line: ClosedAssumption | undefined): SourcePart =>
    isStated || line === undefined
      ? statedSource(sourceOf(trial, `arms.${arm.id}.${field}`).citation)
      : byAssumption(line);
  return {
    rule,
    unitKind,
    administrations,
    ...(cap === undefined ? {} : { cap }),
    ...(descriptor === undefined ? {} : { descriptor: descriptor.value }),
    sources: {
      rule: [
        toldBy(rule.kind === "placebo" ? "type" : "dose", arm.dose !== undefined, level),
        ...(isBasisUsed ? [byAssumption(basis)] : []),
      ],
      administrations: [toldBy("administrations", arm.administrations !== undefined, often)],
      weight: [descriptor === undefined ? { key: NO_OTHER_WEIGHT } : byAssumption(descriptor)],
      cap: capLine === undefined ? [] : [byAssumption(capLine)],
    },
  };
}
