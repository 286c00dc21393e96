import { AllocellError, deepFreeze, fail, requireFields, throwIfAny, type Issue } from "../../foundation/index.js";
import type { PreparationOrder } from "../preparation/model.js";
import { parsePreparationOrder } from "../preparation/orderSchema.js";
import { prepareWithoutSteps } from "../preparation/prepare.js";
import { comparableFields, folded } from "./comparableFields.js";
import type { CheckComparison, CheckDifference, CheckFault, PreparationCheck } from "./model.js";

/** Parts that everybody takes from one place: the trial's closed dose is no input of a person. */
const SHARED = new Set(["trial"]);

/** Whether an object of one order is the very same object in the other. */
function sharesObject(a: unknown, b: unknown): boolean {
  const seen = new Set<object>();
  const collect = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    seen.add(value);
    for (const [key, inner] of Object.entries(value)) if (!SHARED.has(key)) collect(inner);
  };
  const meets = (value: unknown): boolean => {
    if (typeof value !== "object" || value === null) return false;
    if (seen.has(value)) return true;
    return Object.entries(value).some(([key, inner]) => !SHARED.has(key) && meets(inner));
  };
  collect(a);
  return meets(b);
}

function requireIndependent(first: PreparationCheck, second: PreparationCheck): void {
  const refuse = (path: string, why: string): never =>
    fail("dose.check_not_independent", path, `${why} A second check is entered anew, from the checker's own sources.`);
  for (const [name, check] of [
    ["first", first],
    ["second", second],
  ] as const) {
    if (check.by.trim() === "") refuse(`${name}.by`, "A check names who made it.");
    if (check.enteredFrom.trim() === "") refuse(`${name}.enteredFrom`, "A check names its sources.");
    if (check.copiedFrom !== undefined) refuse(`${name}.copiedFrom`, `This check was copied from ${check.copiedFrom}.`);
  }
  if (first === second || sharesObject(first.order, second.order))
    refuse("second.order", "The second check was given the first one's numbers.");
  if (folded(first.by) === folded(second.by)) refuse("second.by", `${first.by} made both checks.`);
}

/** Why an order cannot be prepared at all, or else the warnings that are open in it. */
function outcomeOf(
  by: string,
  order: PreparationOrder,
): { readonly faults: readonly CheckFault[]; readonly open: readonly CheckFault[] } {
  const ofPerson = (issues: readonly Issue[]): readonly CheckFault[] => issues.map((issue) => ({ by, issue }));
  try {
    const { warnings } = prepareWithoutSteps(order);
    return { faults: [], open: ofPerson(warnings.filter(({ override }) => override === undefined)) };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return { faults: ofPerson(error.issues), open: [] };
  }
}

/**
 * Compares two independent checks of one preparation field by field.
 *
 * White space and capitals of a text, the order of the lots and of an assumptions file's lines, and each person's overrides and
 * comments are no difference. Two orders that agree and cannot be prepared do not agree: `faults` says why. Both may
 * share one slip: `openWarnings` are those that wait for a reason and a name.
 *
 * @returns frozen: every difference with both values side by side; a field that only one of them states is one too
 * @throws AllocellError `dose.check_not_independent` if the second was given the first one's inputs (the same object
 *   anywhere in both, or marked as copied), or both are by one person; the codes of an order that cannot be read
 */
export function compareChecks(first: PreparationCheck, second: PreparationCheck): CheckComparison {
  for (const check of [first, second]) {
    requireFields(check, "a check of a preparation", { by: "text", enteredFrom: "text" });
  }
  requireIndependent(first, second);
  const orders = [parsePreparationOrder(first.order), parsePreparationOrder(second.order)] as const;
  const [a, b] = comparableFields(
    { order: orders[0], document: first.document },
    { order: orders[1], document: second.document },
  );
  const names = new Set([...a.keys(), ...b.keys()]);
  const differences = [...names].flatMap((field): CheckDifference[] => {
    const [mine, theirs] = [a.get(field), b.get(field)];
    return mine?.folded === theirs?.folded ? [] : [{ field, first: mine?.text, second: theirs?.text }];
  });
  const outcomes = [outcomeOf(first.by, orders[0]), outcomeOf(second.by, orders[1])];
  const faults = outcomes.flatMap((outcome) => outcome.faults);
  const { subject, kit } = orders[0].identification ?? {};
  return deepFreeze({
    ...(subject === undefined ? {} : { subject }),
    ...(kit === undefined ? {} : { kit }),
    first: first.by,
    second: second.by,
    agree: differences.length === 0 && faults.length === 0,
    fieldsCompared: names.size,
    differences,
    faults,
    openWarnings: outcomes.flatMap(({ open }) => open),
  });
}

/**
 * Stops at any difference between two checks, and at an order that cannot be prepared.
 *
 * @throws AllocellError `dose.checks_differ`, one issue for each field with both values; the issues of an order that
 *   cannot be prepared; those of {@link compareChecks}
 */
export function requireChecksAgree(first: PreparationCheck, second: PreparationCheck): CheckComparison {
  const comparison = compareChecks(first, second);
  const differing = comparison.differences.map(
    ({ field, first: mine = "nothing", second: theirs = "nothing" }): Issue => ({
      code: "dose.checks_differ",
      path: field,
      message: `The two checks differ in "${field}": ${comparison.first} has ${mine}, ${comparison.second} has ${theirs}.`,
      expected: mine,
      received: theirs,
      parameters: { first: comparison.first, second: comparison.second },
    }),
  );
  throwIfAny([...differing, ...comparison.faults.map(({ issue }) => issue)]);
  return comparison;
}
