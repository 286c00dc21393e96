import { requireListPlan } from "./requireList.js";
import { deepFreeze, describeReceived, fail, type Issue } from "../foundation/index.js";
import { answersOf } from "./generateList.js";
import type { Plan } from "./plan.js";

/** A line of an unblinded manifest's assumptions, as far as it is looked at. */
interface RecordedAssumption {
  readonly key: string;
  readonly value: string;
  readonly reason?: string;
}

/**
 * Compares the assumptions of an unblinded manifest with the plan in it, for a list whose trial is not at hand: a line
 * says what the plan says of its key or, where the plan says nothing, what a field of the plan answers.
 *
 * Which lines there must be follows from the trial's assumptions alone, so a line that was taken out is not found here.
 *
 * @param isThisVersion - whether this version of the package made the list: another one may word an answer otherwise
 * @returns one issue a line that differs, with the path in the manifest
 * @throws AllocellError `list.manifest_invalid` if these are no assumptions
 */
export function checkRecordedAssumptions(plan: Plan, assumptions: unknown, isThisVersion: boolean): readonly Issue[] {
  requireListPlan(plan);
  const answers: readonly (string | undefined)[] = Object.values(answersOf(plan));
  return deepFreeze(
    readAssumptions(assumptions).flatMap(({ key, value, reason }, index) => {
      const stated = Object.hasOwn(plan.assumptions, key) ? plan.assumptions[key] : undefined;
      const input = typeof stated === "string" ? { value: stated } : stated;
      const fault = (field: string, expected: string, received: string | undefined): readonly Issue[] => [
        {
          code: "list.assumption_differs",
          path: `assumptions.${index}.${field}`,
          message: `The manifest's ${field} of "${key}" is not what its plan says.`,
          expected,
          received: received ?? "nothing",
          parameters: { key },
        },
      ];
      if (input === undefined) {
        return !isThisVersion || answers.includes(value)
          ? []
          : fault("value", answers.map(describeReceived).join(" or "), value);
      }
      if (input.value !== value) return fault("value", input.value, value);
      return input.reason === reason ? [] : fault("reason", input.reason ?? "nothing", reason);
    }),
  );
}

function readAssumptions(assumptions: unknown): readonly RecordedAssumption[] {
  const isText = (value: unknown): boolean => typeof value === "string";
  const isLine = (line: unknown): line is RecordedAssumption =>
    typeof line === "object" &&
    line !== null &&
    ["key", "value", "question"].every((field) => isText((line as Record<string, unknown>)[field])) &&
    Object.keys(line).every((field) => ["key", "value", "question", "reason"].includes(field)) &&
    (!("reason" in line) || isText(line.reason));
  if (Array.isArray(assumptions) && assumptions.every(isLine)) return assumptions;
  return fail("list.manifest_invalid", "assumptions", "The manifest: its assumptions are not a list of assumptions.", {
    expected: "lines with key, value, question and, where stated, reason",
  });
}
