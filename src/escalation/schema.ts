import * as z from "zod/mini";
import type { EscalationDesign, RuleSpec } from "./model.js";

const whole = (least: number, most: number): z.ZodMiniInt =>
  z
    .int(`must be a whole number from ${least} to ${most}`)
    .check(z.minimum(least, `must be at least ${least}`), z.maximum(most, `must be at most ${most}`));
const isTrue = z.boolean("must be true or false");
const share = z.string('must be a share as text, such as "0.25" or "1/4": put it in quotes');
const text = z.string("must be text").check(
  z.maxLength(200, "must have at most 200 characters"),
  z.refine((line) => line.trim() !== "" && line === line.trim(), "must say something, without spaces at its ends"),
  z.refine((line) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(line), "must be one line without control characters"),
);
const none = z.literal("none", 'must be "none" or a number');

/** No trial of this kind is larger; beyond it nothing could be enumerated either. */
const MOST = 1000;

const edges = {
  cohorts: z.array(whole(1, MOST)).check(z.minLength(1, "needs at least one cohort size"), z.maxLength(100)),
  maxTotal: whole(1, MOST),
  lastCohort: z.enum(["cut", "not-opened"]),
  atLowest: z.enum(["stay", "stop"]),
  atHighest: z.enum(["stay", "stop"]),
  reescalation: z.enum(["allowed", "never"]),
  minToEscalate: whole(0, MOST),
  maxAtLevel: z.union([none, whole(1, MOST)]),
  earlyStop: z.union([none, z.strictObject({ atLevel: whole(1, MOST), when: z.enum(["reached", "stay"]) })]),
  stopCohortWhenDecided: isTrue,
};
const mustNotExceed = z.enum(["none", "de-escalation-boundary"]);
const target = {
  ...edges,
  target: share,
  elimination: z.strictObject({ cutoff: share, minimum: whole(1, MOST) }),
  extraSafe: z.union([none, z.strictObject({ offset: share })]),
  selection: z.strictObject({ kind: z.literal("isotonic"), mustNotExceed }),
};
const equivalence = z.strictObject({ below: share, above: share });

const ruleSchema: z.ZodMiniType<RuleSpec> = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({
      kind: z.literal("3+3"),
      variant: z.enum(["escalate-only", "de-escalate"]),
      needSixAtMtd: isTrue,
      maxTotal: z.union([none, whole(1, MOST)]),
      stopCohortWhenDecided: isTrue,
    }),
    z.strictObject({
      kind: z.literal("own-table"),
      ...edges,
      cells: z
        .array(
          z.strictObject({
            n: whole(1, MOST),
            dlt: whole(0, MOST),
            decision: z.enum(["escalate", "stay", "de-escalate", "eliminate", "stop"]),
          }),
        )
        .check(z.minLength(1, "needs at least one cell")),
      selection: z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("below-stop") }),
        z.strictObject({ kind: z.literal("isotonic"), target: share, mustNotExceed: z.literal("none") }),
      ]),
    }),
    z.strictObject({ kind: z.literal("boin"), ...target, tooLow: share, tooHigh: share }),
    z.strictObject({ kind: z.literal("i3+3"), ...target, equivalence }),
    z.strictObject({
      kind: z.literal("mtpi-2"),
      ...target,
      equivalence,
      shortIntervals: z.enum(["kept", "dropped"]),
    }),
  ],
  { error: "must name a known rule: 3+3, own-table, boin, i3+3, mtpi-2" },
);

/** Strict schema of a design. What its values must be to each other is {@link checkEscalationDesign}'s business. @internal */
export const escalationDesignSchema: z.ZodMiniType<EscalationDesign> = z.strictObject({
  trial: z.exactOptional(text),
  part: z.exactOptional(text),
  levels: z
    .array(z.strictObject({ label: text, dose: z.exactOptional(text), administrations: z.exactOptional(text) }))
    .check(z.minLength(1, "needs at least one dose level"), z.maxLength(20, "must have at most 20 dose levels")),
  startLevel: whole(1, 20),
  rule: ruleSchema,
  conduct: z.exactOptional(
    z.strictObject({
      window: z.strictObject({
        throughStudyDay: whole(1, 3650),
        dosingIsDay: z.literal([0, 1], "must be 1 or 0: the study day of the dosing"),
      }),
      gapsDays: z.array(whole(0, 3650)).check(z.maxLength(100)),
      reviewDays: whole(0, 3650),
      lateDlt: z.enum(["flag", "count"]),
      mostReplacements: whole(0, MOST),
    }),
  ),
});
