import * as z from "zod";
import { escalationDesignSchema, type ConductedDesign } from "../escalation/index.js";
import { isGivenNumber } from "../list/index.js";
import type { ConductEvent } from "./event.js";

const line = (most: number): z.ZodString =>
  z
    .string("must be text")
    .max(most, `must have at most ${most} characters`)
    .refine((text) => text.trim() !== "", "must not be empty")
    .refine((text) => text === text.trim() && text === text.normalize("NFC"), "must have no spaces at its ends (NFC)")
    .refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(text), "must be one line without control characters");

const participant = z
  .string("must be text")
  .regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._/-]{0,62}[\p{L}\p{N}._/-])?$/u,
    "must be 1 to 64 letters, digits, spaces or . _ / -, beginning with a letter or digit",
  )
  .refine((text) => text === text.normalize("NFC"), "must be in Unicode form NFC");
const reason = line(500);
const arm = line(64);
const hash = z.string().regex(/^[0-9a-f]{64}$/, "must be 64 hex digits");
const rows = z.int("must be a whole number").min(1).max(50_000_000);
const text = line(200);
const levels = z.record(z.string(), line(40));

const head = {
  seq: z.int().min(1),
  at: z.iso
    .datetime({ offset: true, error: "must be an instant such as 2026-03-01T09:30:00Z" })
    .refine((at) => !at.startsWith("0000"), "must be in the year 0001 or later"),
  actor: line(200),
  salt: z
    .string()
    .regex(/^[0-9a-f]{32}$/, "must be 32 random hex digits")
    .exactOptional(),
  request: z
    .string()
    .regex(/^[\x21-\x7e]{1,128}$/, "must be 1 to 128 visible ASCII characters without spaces")
    .exactOptional(),
  previous: hash,
  hash,
};
const cap = z.strictObject({ stratum: levels, most: z.int("must be a whole number").min(0).max(50_000_000) });
const shape = z.strictObject({
  levels: z.array(z.tuple([line(40), line(40)])),
  code: z.string().regex(/^\d{0,20}$/, "must be one or two digits a factor"),
  rows,
});
const factor = z.strictObject({ factor: line(40), levels: z.array(line(40)).min(1) });
const numbers = z.strictObject({
  prefix: z.string().regex(/^[A-Z]{1,4}$/),
  digits: z.int().min(3).max(8),
  levelDigits: z.literal(1).exactOptional(),
  mask: z
    .string()
    .regex(/^[A-Z]*(\{(sequence|stratum|check)\}[A-Z]*)+$/)
    .exactOptional(),
  shuffle: z
    .string()
    .regex(/^[A-Za-z0-9-]{8,40}$/)
    .exactOptional(),
  given: z.record(z.string().regex(/^\d*$/), z.array(z.string().refine(isGivenNumber)).min(1)).exactOptional(),
});
const opened = {
  ...head,
  type: z.literal("opened"),
  format: z.literal("allocell-log-1"),
  status: z.enum(["LIVE", "TEST"]),
  trial: text,
  part: text,
  list: text,
  numbers,
  caps: z.array(cap).max(10_000),
  waitsFor: text.exactOptional(),
};
const date = z.iso.date("must be a date such as 2026-03-01");
const override = z.strictObject({ reason, by: line(200) }).exactOptional();
const level = z.int("must be a whole number").min(1).max(20);
const people = z.int("must be a whole number").min(0).max(1000);
const conducted = escalationDesignSchema.refine(
  ({ trial, part, conduct }) => trial !== undefined && part !== undefined && conduct !== undefined,
  "must name trial and part, and have the block conduct",
) as z.ZodType<ConductedDesign>;
const proposal = z.strictObject({
  action: z.enum(["escalate", "stay", "de-escalate", "eliminate", "stop", "wait"]),
  level: level.nullable(),
  size: people,
  recommended: level.nullable().exactOptional(),
});
const decided = { dataCut: date, decidedOn: date, decidedBy: line(200) };
const position = { stratum: levels, sequence: rows, number: line(20), arm: arm.exactOptional() };
const extended = { ...head, type: z.literal("extended"), reason };

/** Strict schema of one event. Whether it fits into the log is {@link checkEvent}'s business. */
export const eventSchema: z.ZodType<ConductEvent> = z.discriminatedUnion(
  "type",
  [
    z.discriminatedUnion("kind", [
      z.strictObject({
        ...head,
        type: z.literal("opened"),
        kind: z.literal("escalation"),
        format: z.literal("allocell-log-1"),
        status: z.enum(["LIVE", "TEST"]),
        design: conducted,
      }),
      z.strictObject({ ...opened, kind: z.literal("list"), strata: z.array(shape).min(1).max(100_000), binding: hash }),
      z.strictObject({
        ...opened,
        kind: z.literal("dynamic"),
        algorithm: text,
        planHash: hash,
        ruleHash: hash,
        seedMark: z.string().regex(/^[0-9a-f]{16}$/),
        arms: z.array(arm).min(2),
        factors: z.array(factor).min(1),
        length: rows,
      }),
    ]),
    z.discriminatedUnion("kind", [
      z.strictObject({
        ...extended,
        kind: z.literal("list"),
        strata: z.array(shape).min(1).max(100_000),
        binding: hash,
        extends: hash,
      }),
      z.strictObject({
        ...extended,
        kind: z.literal("dynamic"),
        planHash: hash,
        factors: z.array(factor).min(1),
        length: rows,
      }),
    ]),
    z.strictObject({ ...head, type: z.literal("assigned"), participant, ...position }),
    z.strictObject({ ...head, type: z.literal("replaced"), participant, by: participant, ...position, reason }),
    z.strictObject({
      ...head,
      type: z.literal("forced"),
      participant,
      stratum: levels,
      position: z.enum(["used", "skipped", "none"], "must be used, skipped or none"),
      sequence: rows.exactOptional(),
      number: line(20).exactOptional(),
      arm: arm.exactOptional(),
      reason,
    }),
    z.strictObject({ ...head, type: z.literal("skipped"), stratum: levels, sequence: rows, reason }),
    z.strictObject({ ...head, type: z.literal("wrong-stratum"), participant, trueStratum: levels, reason }),
    z.strictObject({ ...head, type: z.literal("wrong-treatment"), participant, given: arm.exactOptional(), reason }),
    z.strictObject({
      ...head,
      type: z.enum(["withdrawn", "ineligible-kept", "code-broken"]),
      participant,
      reason,
    }),
    z.strictObject({
      ...head,
      type: z.literal("dispensed"),
      participant,
      administration: z.int("must be a whole number").min(1).max(9999),
      kit: line(40),
    }),
    z.strictObject({ ...head, type: z.literal("cap-set"), ...cap.shape, reason }),
    z.strictObject({ ...head, type: z.literal("gate-opened"), part: text, basis: hash, ...decided }),
    z.strictObject({ ...head, type: z.literal("cohort-opened"), cohort: people, level, size: people.min(1), override }),
    z.strictObject({
      ...head,
      type: z.literal("entered"),
      participant,
      cohort: people,
      dosedOn: date,
      replaces: participant.exactOptional(),
      override,
    }),
    z.strictObject({
      ...head,
      type: z.literal("dlt-assessed"),
      participant,
      outcome: z.enum(["dlt", "no-dlt", "not-evaluable"]),
      on: date,
      assessedBy: line(200),
      reason: reason.exactOptional(),
    }),
    z.strictObject({ ...head, type: z.literal("late-dlt"), participant, on: date, assessedBy: line(200) }),
    z.strictObject({
      ...head,
      type: z.literal("cohort-decided"),
      ...decided,
      rule: proposal,
      level: level.nullable(),
      reason: reason.exactOptional(),
    }),
    z.strictObject({
      ...head,
      type: z.literal("part-closed"),
      ...decided,
      recommended: level.nullable(),
      level: level.nullable(),
      reason: reason.exactOptional(),
    }),
  ],
  { error: "is no known kind of event" },
);
