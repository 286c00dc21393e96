import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { generateList, parseLiveSeed, parsePlan, Seed, TRIALS } from "../../../src/index.js";
import type { CommittedHead, CommittedRow } from "./secondCommitment.js";
import { liveSeedText } from "./secondSeeds.js";

// Random seeds, plans and lists on which both programs are compared.

export const trial = TRIALS.find(({ id }) => id === "NCT07041801")!;

/** 32 bytes that look random, for reproducible cases: no run of one value and no constant step. */
export const random32 = fc
  .string()
  .map((text) => new Uint8Array(createHash("sha256").update(`custody blind ${text}`).digest()));

/** A seed as the package takes it, and its bytes as docs/algorithm.md gives them. */
export const seeds = fc.oneof(
  random32.map((bytes) => ({ seed: parseLiveSeed(liveSeedText(bytes)), bytes, status: "LIVE" })),
  fc
    .constantFrom("plain", "Zürich", "Zu\u0308rich", "\u{1F600} TEST", "a\u030A b")
    .chain((text) => fc.nat().map((n) => `${text} ${n}`))
    .map((text) => ({ seed: Seed.test(text), bytes: Buffer.from(text.normalize("NFC"), "utf8"), status: "TEST" })),
);

export const levels = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom("01", "< 5", "≥ 5", "Zürich", "M", "40 %"),
    fc.stringMatching(/^[A-Z][A-Za-z0-9 ]{15,38}[a-z]$/),
  ),
  { minLength: 1, maxLength: 3 },
);
export const factors = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,30}$/), {
  selector: (name) => name.toLowerCase(),
  maxLength: 4,
});

export const plans = fc
  .record({
    strata: factors.chain((names) =>
      fc.tuple(
        ...names.map((factor) => levels.map((all) => ({ factor, levels: all.slice(0, names.length > 2 ? 1 : 3) }))),
      ),
    ),
    ratio: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
    multiples: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    length: fc.integer({ min: 1, max: 21 }),
    list: fc.stringMatching(/^[A-Z][A-Z0-9-]{0,10}[A-Z0-9]$/),
    complete: fc.boolean(),
    lastBlock: fc.constantFrom("cut", "whole"),
  })
  .map(({ strata, ratio, multiples, length, list, complete, lastBlock }) => {
    const sum = ratio.reduce((total, share) => total + share, 0);
    const sizes = multiples.map((multiple) => multiple * sum);
    return parsePlan({
      trial: trial.id,
      part: "single-dose",
      list,
      ...(strata.length > 0 && { strata }),
      arms: { low: ratio[0], medium: ratio[1], high: ratio[2], placebo: ratio[3] },
      procedure: complete ? { kind: "complete" } : { kind: "permuted-block", sizes, lastBlock },
      length,
    });
  });

/** A list of the package, its seed, and what the second program needs to know of it. */
export const lists = fc.record({ plan: plans, made: seeds }).map(({ plan, made }) => {
  const master = generateList({ plan, trial, seed: made.seed });
  const all = [...master.unblindedRows()] as readonly CommittedRow[];
  const rows = all.filter(({ sequence }) => sequence <= plan.length);
  const surplus = all.filter(({ sequence }) => sequence > plan.length);
  const head: CommittedHead = {
    algorithm: plan.procedure.kind === "complete" ? "allocell-cr-1" : "allocell-pb-1",
    list: plan.list,
    part: plan.part,
    plan,
    status: made.status,
    trial: plan.trial,
  };
  return { ...made, plan, master, rows, surplus, head };
});

export function flipped(hex: string, bit: number): string {
  const bytes = Buffer.from(hex, "hex");
  const place = bit % (bytes.length * 8);
  bytes[place >> 3]! ^= 1 << (place & 7);
  return bytes.toString("hex");
}
