import * as z from "zod";
import { parseIsoDate, type VisitWindow } from "../calendar/index.js";
import { describeReceived, fail, parseWith } from "../foundation/index.js";
import { parseWeightKg } from "../quantity/index.js";
import { requireOpenArm, requirePart, type Arm, type Trial } from "../trial/index.js";
import type { DosingWeight, Order } from "./model.js";

const text = z.string("must be text");
const days = z.int("must be a whole number of days");

/** The fields of an order by shape; their own rooms read what is in them. */
const orderSchema = z.strictObject({
  part: text.exactOptional(),
  arm: text,
  weightKg: z.unknown().optional(),
  weighedOn: text.exactOptional(),
  weighedBy: text.regex(/\S/u, "must name somebody, or be left out").exactOptional(),
  firstAdministration: text.exactOptional(),
  window: z
    .strictObject({ earlyDays: days, lateDays: days, anchor: z.unknown().optional() })
    .transform((window) => window as VisitWindow)
    .exactOptional(),
  minimumSpacingDays: days.exactOptional(),
  actual: z.array(text).exactOptional(),
});

/** An order whose fields can be relied on; the trial and the assumptions are checked where they are used. */
export interface ReadOrder extends Omit<
  Order,
  "part" | "trial" | "assumptions" | "arm" | "weightKg" | "weighedOn" | "weighedBy"
> {
  readonly arm: Arm;
  readonly part: string;
  readonly weight?: DosingWeight;
}

/** The part in which the arm is dosed. */
export function resolvePart(trial: Trial, arm: Arm, stated: string | undefined): string {
  if (stated !== undefined) {
    if (requirePart(trial, stated).arms.includes(arm.id)) return stated;
    return fail("dose.arm_not_in_part", "part", `Part "${stated}" of trial ${trial.id} has no arm "${arm.id}".`);
  }
  const parts = trial.parts.filter((part) => part.arms.includes(arm.id)).map((part) => part.id);
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  return fail("dose.part_needed", "part", `Arm "${arm.id}" stands in ${parts.length} parts: say which one.`, {
    expected: parts.join(" or "),
    received: "nothing",
  });
}

/**
 * @throws AllocellError `dose.order_invalid`, `dose.arm_not_in_part`, `dose.part_needed`, `dose.dates_without_first`, `dose.weight_missing`
 *   (a weighing without a weight), those of {@link requireOpenArm}, {@link requirePart}, of a weight and of a date
 */
export function readOrder(input: Order): ReadOrder {
  const trial: Trial | undefined = (input as Partial<Order> | undefined)?.trial;
  if (trial === undefined || !Array.isArray(trial.arms)) {
    return fail("dose.order_invalid", "trial", "An order holds the trial that it is for.", {
      expected: "a trial as defineTrial returns it",
      received: describeReceived(trial),
    });
  }
  // The trial and the assumptions keep their own readers.
  const rest = Object.fromEntries(
    Object.entries(input).filter(([key, value]) => key !== "trial" && key !== "assumptions" && value !== undefined),
  );
  const order = parseWith(orderSchema, rest, "dose.order_invalid", "The order");
  const arm = requireOpenArm(trial, order.arm);
  const part = resolvePart(trial, arm, order.part);
  const { weightKg, weighedOn, weighedBy, firstAdministration, window, minimumSpacingDays, actual } = order;
  if (firstAdministration === undefined && (window ?? minimumSpacingDays ?? actual) !== undefined) {
    return fail(
      "dose.dates_without_first",
      "firstAdministration",
      "A window, a spacing or actual dates need the planned date of the first administration.",
      { expected: "a date such as 2025-06-28", received: "nothing" },
    );
  }
  if (weightKg === undefined && (weighedOn ?? weighedBy) !== undefined) {
    return fail("dose.weight_missing", "weightKg", "A weighing was recorded without a weight: give weightKg.");
  }
  return {
    arm,
    part,
    ...(weightKg === undefined
      ? {}
      : {
          weight: {
            weightKg: parseWeightKg(weightKg, "weightKg", { unitInName: true }),
            ...(weighedOn === undefined ? {} : { weighedOn: parseIsoDate(weighedOn, "weighedOn") }),
            ...(weighedBy === undefined ? {} : { weighedBy }),
          },
        }),
    ...(firstAdministration === undefined
      ? {}
      : { firstAdministration: parseIsoDate(firstAdministration, "firstAdministration") }),
    ...(window === undefined ? {} : { window }),
    ...(minimumSpacingDays === undefined ? {} : { minimumSpacingDays }),
    ...(actual === undefined ? {} : { actual }),
  };
}
