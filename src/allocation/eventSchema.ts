import * as z from "zod/mini";
import { escalationDesignSchema, type ConductedDesign } from "../escalation/index.js";
import { daySchema, instantSchema } from "../foundation/index.js";
import { isGivenNumber } from "../list/index.js";
import type { ConductEvent } from "./event.js";

const line = (most: number): z.ZodMiniString =>
  z.string("must be text").check(
    z.maxLength(most, `must have at most ${most} characters`),
    z.refine((text) => text.trim() !== "", "must not be empty"),
    z.refine((text) => text === text.trim() && text === text.normalize("NFC"), "must have no spaces at its ends (NFC)"),
    z.refine((text) => !/[\p{Cc}\p{Zl}\p{Zp}\p{Surrogate}]/u.test(text), "must be one line without control characters"),
  );

const participant = z.string("must be text").check(
  z.regex(
    /^[\p{L}\p{N}](?:[\p{L}\p{N} ._/-]{0,62}[\p{L}\p{N}._/-])?$/u,
    "must be 1 to 64 letters, digits, spaces or . _ / -, beginning with a letter or digit",
  ),
  z.refine((text) => text === text.normalize("NFC"), "must be in Unicode form NFC"),
);
const reason = line(500);
const arm = line(64);
const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"));
const rows = z.int("must be a whole number").check(z.minimum(1), z.maximum(50_000_000));
const text = line(200);
const levels = z.record(z.string(), line(40));

const head = {
  seq: z.int().check(z.minimum(1)),
  at: instantSchema("must be an instant such as 2026-03-01T09:30:00Z").check(
    z.refine((at) => !at.startsWith("0000"), "must be in the year 0001 or later"),
  ),
  actor: line(200),
  salt: z.exactOptional(z.string().check(z.regex(/^[0-9a-f]{32}$/, "must be 32 random hex digits"))),
  request: z.exactOptional(
    z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/, "must be 1 to 128 visible ASCII characters without spaces")),
  ),
  previous: hash,
  hash,
};
const cap = z.strictObject({
  stratum: levels,
  most: z.int("must be a whole number").check(z.minimum(0), z.maximum(50_000_000)),
});
const shape = z.strictObject({
  levels: z.array(z.tuple([line(40), line(40)])),
  code: z.string().check(z.regex(/^\d{0,20}$/, "must be one or two digits a factor")),
  rows,
});
const factor = z.strictObject({ factor: line(40), levels: z.array(line(40)).check(z.minLength(1)) });
const numbers = z.strictObject({
  prefix: z.string().check(z.regex(/^[A-Z]{1,4}$/)),
  digits: z.int().check(z.minimum(3), z.maximum(8)),
  levelDigits: z.exactOptional(z.literal(1)),
  mask: z.exactOptional(z.string().check(z.regex(/^[A-Z]*(\{(sequence|stratum|check)\}[A-Z]*)+$/))),
  shuffle: z.exactOptional(z.string().check(z.regex(/^[A-Za-z0-9-]{8,40}$/))),
  given: z.exactOptional(
    z.record(
      z.string().check(z.regex(/^\d*$/)),
      z.array(z.string().check(z.refine(isGivenNumber))).check(z.minLength(1)),
    ),
  ),
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
  caps: z.array(cap).check(z.maxLength(10_000)),
  waitsFor: z.exactOptional(text),
};
const date = daySchema("must be a date such as 2026-03-01");
const override = z.exactOptional(z.strictObject({ reason, by: line(200) }));
const level = z.int("must be a whole number").check(z.minimum(1), z.maximum(20));
const people = z.int("must be a whole number").check(z.minimum(0), z.maximum(1000));
const conducted = escalationDesignSchema.check(
  z.refine(
    ({ trial, part, conduct }) => trial !== undefined && part !== undefined && conduct !== undefined,
    "must name trial and part, and have the block conduct",
  ),
) as z.ZodMiniType<ConductedDesign>;
const proposal = z.strictObject({
  action: z.enum(["escalate", "stay", "de-escalate", "eliminate", "stop", "wait"]),
  level: z.nullable(level),
  size: people,
  recommended: z.exactOptional(z.nullable(level)),
});
const decided = { dataCut: date, decidedOn: date, decidedBy: line(200) };
const position = { stratum: levels, sequence: rows, number: line(20), arm: z.exactOptional(arm) };
const extended = { ...head, type: z.literal("extended"), reason };

/** Strict schema of one event. Whether it fits into the log is {@link checkEvent}'s business. */
export const eventSchema: z.ZodMiniType<ConductEvent> = z.discriminatedUnion(
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
      z.strictObject({
        ...opened,
        kind: z.literal("list"),
        strata: z.array(shape).check(z.minLength(1), z.maxLength(100_000)),
        binding: hash,
      }),
      z.strictObject({
        ...opened,
        kind: z.literal("dynamic"),
        algorithm: text,
        planHash: hash,
        ruleHash: hash,
        seedMark: z.string().check(z.regex(/^[0-9a-f]{16}$/)),
        arms: z.array(arm).check(z.minLength(2)),
        factors: z.array(factor).check(z.minLength(1)),
        length: rows,
      }),
    ]),
    z.discriminatedUnion("kind", [
      z.strictObject({
        ...extended,
        kind: z.literal("list"),
        strata: z.array(shape).check(z.minLength(1), z.maxLength(100_000)),
        binding: hash,
        extends: hash,
      }),
      z.strictObject({
        ...extended,
        kind: z.literal("dynamic"),
        planHash: hash,
        factors: z.array(factor).check(z.minLength(1)),
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
      sequence: z.exactOptional(rows),
      number: z.exactOptional(line(20)),
      arm: z.exactOptional(arm),
      reason,
    }),
    z.strictObject({ ...head, type: z.literal("skipped"), stratum: levels, sequence: rows, reason }),
    z.strictObject({ ...head, type: z.literal("wrong-stratum"), participant, trueStratum: levels, reason }),
    z.strictObject({ ...head, type: z.literal("wrong-treatment"), participant, given: z.exactOptional(arm), reason }),
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
      administration: z.int("must be a whole number").check(z.minimum(1), z.maximum(9999)),
      kit: line(40),
    }),
    z.strictObject({ ...head, type: z.literal("cap-set"), ...cap.shape, reason }),
    z.strictObject({ ...head, type: z.literal("gate-opened"), part: text, basis: hash, ...decided }),
    z.strictObject({
      ...head,
      type: z.literal("cohort-opened"),
      cohort: people,
      level,
      size: people.check(z.minimum(1)),
      override,
    }),
    z.strictObject({
      ...head,
      type: z.literal("entered"),
      participant,
      cohort: people,
      dosedOn: date,
      replaces: z.exactOptional(participant),
      override,
    }),
    z.strictObject({
      ...head,
      type: z.literal("dlt-assessed"),
      participant,
      outcome: z.enum(["dlt", "no-dlt", "not-evaluable"]),
      on: date,
      assessedBy: line(200),
      reason: z.exactOptional(reason),
    }),
    z.strictObject({ ...head, type: z.literal("late-dlt"), participant, on: date, assessedBy: line(200) }),
    z.strictObject({
      ...head,
      type: z.literal("cohort-decided"),
      ...decided,
      rule: proposal,
      level: z.nullable(level),
      reason: z.exactOptional(reason),
    }),
    z.strictObject({
      ...head,
      type: z.literal("part-closed"),
      ...decided,
      recommended: z.nullable(level),
      level: z.nullable(level),
      reason: z.exactOptional(reason),
    }),
  ],
  { error: "is no known kind of event" },
);
