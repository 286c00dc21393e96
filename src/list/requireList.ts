import { describeReceived, fail, requireFields } from "../foundation/index.js";
import type { Seed } from "../random/index.js";

// What is here stands below lists and plans, and names none of their types.
type With<Field extends string> = Readonly<Record<Field, unknown>>;

/** Holds what should be a master list to its outer shape. @throws AllocellError `input.invalid` */
export function requireMasterList(
  list: With<"list" | "status" | "unblindedRowCount" | "unblindedRecord" | "unblindedRows" | "blinded">,
): void {
  requireFields(list, "a master list as generateList returns it", {
    list: "text",
    status: "text",
    unblindedRowCount: "a number",
    unblindedRecord: "a function",
    unblindedRows: "a function",
    blinded: "a function",
  });
}

/** Holds what should be a blinded list to its outer shape. @throws AllocellError `input.invalid` */
export function requireBlindedList(list: With<"status" | "trial" | "part" | "list" | "numbers" | "strata">): void {
  requireFields(list, "a blinded list, as the method `blinded` of a master list returns it", {
    status: "text",
    trial: "text",
    part: "text",
    list: "text",
    numbers: "a map",
    strata: "a list",
  });
}

/** Holds what should be a plan that was read to its outer shape. @throws AllocellError `input.invalid` */
export function requirePlan(plan: With<"arms" | "procedure">): void {
  requireFields(plan, "a plan as parsePlan returns it", { arms: "a list", procedure: "a map" });
}

/** As {@link requirePlan}, of a plan of a list with its strata. */
export function requireListPlan(
  plan: With<"arms" | "procedure" | "list" | "strata" | "length" | "lengths" | "numbers" | "assumptions">,
): void {
  requirePlan(plan);
  requireFields(plan, "a plan as parsePlan returns it", {
    list: "text",
    strata: "a list",
    length: "a number",
    lengths: "a list",
    numbers: "a map",
    assumptions: "a map",
  });
}

/** As {@link requirePlan}, of the plan of a dynamic allocation. */
export function requireDynamicPlan(plan: With<"arms" | "procedure" | "list" | "factors" | "numbers">): void {
  requirePlan(plan);
  requireFields(plan, "a plan as parseDynamicPlan returns it", { list: "text", factors: "a list", numbers: "a map" });
}

/** Holds what should be a seed to its shape. @throws AllocellError `random.seed_missing` */
export function requireSeed(seed: Partial<Seed> | string | null | undefined): void {
  if (typeof seed === "object" && seed !== null && typeof seed.deriveHex === "function") return;
  fail("random.seed_missing", "seed", "A seed is needed, and none is ever made up.", {
    expected: "parseLiveSeed(text) of what `allocell seed` printed, or Seed.test(text)",
    received: seed === undefined ? "nothing" : "no seed",
  });
}

/** Holds what should be the pieces of a text to it. @throws AllocellError `input.invalid` */
export function requirePieces(text: unknown, what: string): void {
  const isText = typeof text === "object" && text !== null && Symbol.iterator in text && !ArrayBuffer.isView(text);
  if (isText) return;
  fail("input.invalid", "", `This is not ${what}.`, {
    expected: "a text, or its pieces in order",
    received: describeReceived(text),
  });
}
