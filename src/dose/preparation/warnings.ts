import { AllocellError, fail, foldId, requireFields, throwIfAny, type Issue } from "../../foundation/index.js";
import type { Override } from "./model.js";
import type { Preparation, PreparationWarning } from "./result.js";

const accepts = ({ code, path }: Override, warning: Issue): boolean =>
  code === warning.code && (path === undefined || path === warning.path);

/**
 * Joins each warning with the override that names it.
 *
 * @param isOfBatch - the overrides are those of a whole batch: one that this row does not ask for is passed over
 * @throws AllocellError `dose.override_without_warning` for an override that no warning asks for: nothing is accepted
 *   in advance, and a hard error never; `dose.override_ambiguous` for one that would accept several warnings at once
 */
export function acceptWarnings(
  warnings: readonly Issue[],
  overrides: readonly Override[],
  isOfBatch: boolean,
): readonly PreparationWarning[] {
  overrides.forEach((override, index) => {
    const { code } = override;
    const meant = warnings.filter((warning) => accepts(override, warning));
    if (meant.length > 1) {
      const paths = meant.map(({ path }) => path).join(", ");
      const message = `${meant.length} warnings are ${code}: accept each by itself, with its path (${paths}).`;
      fail("dose.override_ambiguous", `overrides.${index}.path`, message, {
        expected: paths,
        received: "nothing",
        parameters: { meant: meant.length, code },
      });
    }
    if (meant.length === 1 || isOfBatch) return;
    fail(
      "dose.override_without_warning",
      `overrides.${index}.code`,
      `There is no warning ${code} to accept here: hard errors are never overridden, and nothing is accepted in advance.`,
      { expected: warnings.map((warning) => warning.code).join(", ") || "no override", received: code },
    );
  });
  return warnings.map((warning) => {
    const found = overrides.find((override) => accepts(override, warning));
    if (found === undefined) return warning;
    // A frozen object is copied by spreading many times faster than one that is not.
    return { ...Object.freeze(warning), override: { reason: found.reason, by: found.by } };
  });
}

/**
 * Lets a preparation pass whose every warning was accepted by somebody, with a reason.
 *
 * @returns the preparation itself
 * @throws AllocellError `dose.warning_open`, one issue for each open warning
 */
export function requireReady(preparation: Preparation): Preparation {
  requireFields(preparation, "a preparation, as prepare returns it", { warnings: "a list" });
  throwIfAny(
    preparation.warnings
      .filter(({ override }) => override === undefined)
      .map(({ code, path, message }) => ({
        code: "dose.warning_open",
        path,
        message: `The warning ${code} is open: ${message} Accept it with a reason and a name, or correct the order.`,
        expected: `an override of ${code}`,
        received: "nothing",
      })),
  );
  return preparation;
}

/**
 * Stops where the person or the kit at hand is not that of the preparation.
 *
 * @throws AllocellError `dose.wrong_subject_or_kit`, one issue for each field
 */
export function requireSubjectAndKit(
  preparation: Preparation,
  atHand: { readonly subject: string; readonly kit?: string },
): void {
  requireFields(preparation, "a preparation, as prepare returns it", { order: "a map" });
  requireFields(atHand, "what is at hand: subject and kit", { subject: "text" });
  const prepared = preparation.order.identification ?? {};
  const issues = (["subject", "kit"] as const).flatMap((field): Issue[] => {
    if (foldId(prepared[field] ?? "") === foldId(atHand[field] ?? "")) return [];
    const [expected, received] = [prepared[field] ?? "nothing", atHand[field] ?? "nothing"];
    const message = `The preparation is for ${field} ${expected}, and ${received} is at hand: stop.`;
    return [{ code: "dose.wrong_subject_or_kit", path: field, message, expected, received }];
  });
  const [first, ...others] = issues;
  if (first !== undefined) throw new AllocellError([first, ...others]);
}
