import * as z from "zod/mini";
import { parseIsoDate, type VisitWindow } from "../calendar/index.js";
import { describeReceived, fail, parseWith, requireFields } from "../foundation/index.js";
import { parseWeightKg } from "../quantity/index.js";
import { parseAge, parseHeightCm } from "./plausibility/person.js";
import { requireOpenArm, requirePart, type Arm, type Trial } from "../trial/index.js";
import type { ArmOrder, DosingWeight, ParticipantOrder } from "./model.js";

const text = z.string("must be text");
const days = z.int("must be a whole number of days");

const armSchema = z.strictObject({ part: z.exactOptional(text), arm: text });

/** The fields of a participant's order by shape; their own rooms read what is in them. */
const participantSchema = z.strictObject({
  weightKg: z.exactOptional(z.unknown()),
  weighedOn: z.exactOptional(text),
  weighedBy: z.exactOptional(text.check(z.regex(/\S/u, "must name somebody, or be left out"))),
  ageYears: z.exactOptional(z.unknown()),
  heightCm: z.exactOptional(z.unknown()),
  firstAdministration: z.exactOptional(text),
  // The calendar reads the anchor.
  window: z.exactOptional(
    z.strictObject({
      earlyDays: days,
      lateDays: days,
      anchor: z.exactOptional(z.unknown()),
    }) as z.ZodMiniType<VisitWindow>,
  ),
  minimumSpacingDays: z.exactOptional(days),
  actual: z.exactOptional(z.array(text)),
});

/** A participant's order whose fields can be relied on. */
export interface ReadParticipant extends Omit<
  ParticipantOrder,
  "weightKg" | "weighedOn" | "weighedBy" | "ageYears" | "heightCm"
> {
  readonly weight?: DosingWeight;
  readonly ageYears?: string;
  readonly heightCm?: string;
}

const ARM_FIELDS: ReadonlySet<string> = new Set(["trial", "part", "arm", "assumptions"]);

/** The part in which the arm is dosed. */
export function resolvePart(trial: Trial, arm: Arm, stated: string | undefined): string {
  if (stated !== undefined) {
    if (requirePart(trial, stated).arms.includes(arm.id)) return stated;
    return fail("dose.arm_not_in_part", "part", `Part "${stated}" of trial ${trial.id} has no arm "${arm.id}".`, {
      parameters: { stated, trial: trial.id, arm: arm.id },
    });
  }
  const parts = trial.parts.filter((part) => part.arms.includes(arm.id)).map((part) => part.id);
  if (parts.length === 1 && parts[0] !== undefined) return parts[0];
  return fail("dose.part_needed", "part", `Arm "${arm.id}" stands in ${parts.length} parts: say which one.`, {
    expected: parts.join(" or "),
    received: "nothing",
    parameters: { arm: arm.id, parts: parts.length },
  });
}

/** A caller without types may give anything. */
function fieldsOf(input: unknown): Partial<ArmOrder> {
  return typeof input === "object" && input !== null ? input : {};
}

/**
 * The arm and the part of an order; the trial and the assumptions are checked where they are used.
 *
 * @throws AllocellError `dose.order_invalid`, `dose.arm_not_in_part`, `dose.part_needed`, those of {@link requireOpenArm}
 *   and {@link requirePart}
 */
export function readArm(input: ArmOrder): { readonly arm: Arm; readonly part: string } {
  const given = fieldsOf(input);
  const { trial } = given;
  if (!Array.isArray(trial?.arms)) {
    return fail("dose.order_invalid", "trial", "An order holds the trial that it is for.", {
      expected: "a trial as defineTrial returns it",
      received: describeReceived(trial),
    });
  }
  const { part, arm: armId } = given;
  const order = parseWith(
    armSchema,
    { ...(part === undefined ? {} : { part }), arm: armId },
    "dose.order_invalid",
    "The order",
  );
  const arm = requireOpenArm(trial, order.arm);
  return { arm, part: resolvePart(trial, arm, order.part) };
}

/**
 * What an order says of the participant. Fields of {@link ArmOrder} may stand beside and are passed over.
 *
 * @throws AllocellError `dose.order_invalid`, `dose.dates_without_first`, `dose.weight_missing` (a weighing without a
 *   weight), those of a weight and of a date
 */
export function readParticipant(input: ParticipantOrder): ReadParticipant {
  requireFields(input, "an order of a dose", {});
  // What is undefined is absent; the arm's fields have their own readers.
  const own = Object.entries(input).filter(([key, value]) => value !== undefined && !ARM_FIELDS.has(key));
  const order = parseWith(participantSchema, Object.fromEntries(own), "dose.order_invalid", "The order");
  const { weightKg, weighedOn, weighedBy, ageYears, heightCm, firstAdministration, ...dates } = order;
  if (firstAdministration === undefined && (dates.window ?? dates.minimumSpacingDays ?? dates.actual) !== undefined) {
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
    ...(weightKg === undefined ? {} : { weight: readWeighing(weightKg, weighedOn, weighedBy) }),
    ...(ageYears === undefined ? {} : { ageYears: parseAge(ageYears, "ageYears") }),
    ...(heightCm === undefined ? {} : { heightCm: parseHeightCm(heightCm, "heightCm") }),
    ...(firstAdministration === undefined
      ? {}
      : { firstAdministration: parseIsoDate(firstAdministration, "firstAdministration") }),
    ...dates,
  };
}

function readWeighing(weightKg: unknown, weighedOn: string | undefined, weighedBy: string | undefined): DosingWeight {
  return Object.freeze({
    weightKg: parseWeightKg(weightKg, "weightKg", { unitInName: true }),
    ...(weighedOn === undefined ? {} : { weighedOn: parseIsoDate(weighedOn, "weighedOn") }),
    ...(weighedBy === undefined ? {} : { weighedBy }),
  });
}
