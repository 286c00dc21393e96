import { requireFields } from "../foundation/index.js";
import type { Plan } from "../list/index.js";
import { TO_STATE } from "./exportMap.js";
import type { TableFormat } from "./tableFormat.js";

/**
 * A map file to be filled in, as YAML: every arm, factor and level of the plan, and a comment that says where its code is
 * to be read. Nothing is proposed: a code that is guessed would assign treatments.
 */
export function toMapTemplate(format: TableFormat, plan: Plan): string {
  requireFields(format, "a format of EXPORT_FORMATS", { template: "a list" });
  requireFields(plan, "a plan as parsePlan returns it", { arms: "a list", strata: "a list" });
  const codes = (names: readonly string[], indent: string): readonly string[] =>
    names.map((name) => `${indent}${JSON.stringify(name)}: ${TO_STATE}`);
  return [
    `# How ${format.title} names what plan ${plan.list} names. Replace each ${TO_STATE}; keep codes in quotes.`,
    `to: ${format.id}`,
    ...format.template,
    `arms: # ${format.armHint}`,
    ...codes(
      plan.arms.map(({ arm }) => arm),
      "  ",
    ),
    ...(plan.strata.length === 0 ? [] : [`factors: # ${format.factorHint}`]),
    ...plan.strata.flatMap(({ factor, levels }) => [
      `  ${JSON.stringify(factor)}:`,
      `    field: ${TO_STATE}`,
      "    codes:",
      ...codes(levels, "      "),
    ]),
    "",
  ].join("\n");
}
