import * as z from "zod/mini";
import {
  type Issue,
  deepFreeze,
  digestOf,
  fail,
  parseWith,
  requireEach,
  requireFields,
  requireString,
} from "../foundation/index.js";
import { requireMasterList } from "./requireList.js";
import type { ClosedAssumption } from "../trial/index.js";
import { VERSION } from "../version.js";
import type { Adoption } from "./adoption.js";
import type { MasterList } from "./masterList.js";
import type { NumberFormat } from "./numbers.js";
import type { Factor, Plan } from "./plan.js";
import { parsePlan } from "./plan.js";
import type { Stratum } from "./strata.js";

/** A file of the list, named by the SHA-256 of its bytes. */
export interface HashedFile {
  readonly file: string;
  readonly sha256: string;
}

/** Who made the list, where and when: facts that the core cannot know. */
export interface Generation {
  /** ISO 8601 instant. */
  readonly at?: string;
  readonly by?: string;
  /** Such as `node 20.20.2`. */
  readonly runtime?: string;
}

/** The unblinded record of a list: all that is needed, with the seed, to derive it again. */
export interface UnblindedManifest {
  readonly format: "allocell-unblinded-manifest-1";
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  readonly allocell: string;
  readonly plan: PlanFile;
  readonly planHash: string;
  readonly trialHash: string;
  /** Absent of an adopted list, which has no seed. */
  readonly seedMark?: string;
  readonly adopted?: Adoption;
  /** The secret that opens the binding of the blinded manifest. */
  readonly opening: string;
  /** Binding of the shorter list that this one extends. */
  readonly extends?: string;
  /** Rows of the list. */
  readonly rows: number;
  readonly assumptions: readonly ClosedAssumption[];
  readonly warnings: readonly Issue[];
  readonly files: readonly HashedFile[];
  readonly generation: Generation;
}

/** The plan as a plan file would hold it, arms as ordered pairs because the order of a map's keys is easily lost. */
export type PlanFile = Omit<Plan, "arms"> & {
  readonly arms: readonly { readonly arm: string; readonly ratio: number }[];
};

/**
 * The record of a blinded list. It has no arm, ratio, block size, seed or plan, and no hash of any of these either: a
 * plan has so few possible block sizes that its hash would tell them to whoever tries them all.
 */
export interface BlindedManifest {
  readonly format: "allocell-blinded-manifest-1";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  /** Present where another system made the list. */
  readonly origin?: "adopted";
  readonly allocell: string;
  readonly numbers: NumberFormat;
  readonly factors: readonly Factor[];
  readonly strata: readonly { readonly stratum: Stratum["levels"]; readonly rows: number }[];
  /** The `allocation.` questions that were answered, without the answers, and without keys that name an arm. */
  readonly assumptions: readonly string[];
  /** The value that ties a log to this list: see `bindingOf`. */
  readonly binding: string;
  /** Binding of the shorter list that this one extends. */
  readonly extends?: string;
  readonly files: readonly HashedFile[];
}

/** Hash of everything in a plan, the order of its arms, factors and levels included. */
export function planHash(plan: Plan): string {
  return digestOf(plan);
}

/**
 * The unblinded record of a list.
 *
 * @param trialHash - digest of the trial: see `trialHashOf`
 * @param files - of the list, with their SHA-256
 */
export function unblindedManifest(
  list: MasterList,
  trialHash: string,
  files: readonly HashedFile[],
  generation: Generation = {},
): UnblindedManifest {
  requireMasterList(list);
  requireEach(files, "a file with its hash", { file: "text", sha256: "text" });
  requireFields(generation, "what generated the list", {});
  const { plan, status, algorithm, assumptions, warnings, seedMark, opening, ...more } = list.unblindedRecord();
  const { adopted, extends: before } = more;
  return deepFreeze({
    format: "allocell-unblinded-manifest-1",
    status,
    algorithm,
    allocell: VERSION,
    plan,
    planHash: planHash(plan),
    trialHash,
    ...(adopted === undefined ? { seedMark } : { adopted }),
    opening,
    ...(before === undefined ? {} : { extends: before }),
    rows: list.unblindedRowCount,
    assumptions,
    warnings,
    files: files.map(({ file, sha256 }) => ({ file, sha256 })),
    generation: { ...generation },
  });
}

/**
 * The record of the blinded list. Built by allow-list from the blinded list; the plan gives only its factors.
 *
 * @param binding - of the list: see `listBinding`
 */
export function blindedManifest(list: MasterList, files: readonly HashedFile[], binding: string): BlindedManifest {
  requireMasterList(list);
  requireEach(files, "a file with its hash", { file: "text", sha256: "text" });
  requireString(binding, "binding", "the binding of the list");
  const { status, trial, part, list: id, numbers, strata } = list.blinded();
  const { plan, assumptions, adopted, extends: before } = list.unblindedRecord();
  return deepFreeze({
    format: "allocell-blinded-manifest-1",
    status,
    trial,
    part,
    list: id,
    ...(adopted === undefined ? {} : { origin: "adopted" }),
    allocell: VERSION,
    numbers,
    factors: plan.strata.map(({ factor, levels }) => ({ factor, levels: [...levels] })),
    strata: strata.map(({ levels, rows }) => ({ stratum: levels, rows })),
    assumptions: blindedAssumptionKeys(plan, assumptions),
    binding,
    ...(before === undefined ? {} : { extends: before }),
    files: files.map(({ file, sha256 }) => ({ file, sha256 })),
  });
}

/**
 * The assumption keys that a blinded person may see: those of the allocation that do not have an arm's id in them, such as
 * `allocation.ratio` but not `allocation.ratio.active`. Keys are compared word by word (`a-b`, `a.b` and `aB` are two).
 */
export function blindedAssumptionKeys(
  plan: Pick<Plan, "arms">,
  assumptions: readonly { readonly key: string }[],
): readonly string[] {
  requireFields(plan, "a plan", { arms: "a list" });
  requireEach(assumptions, "an assumption with its key", { key: "text" });
  const { arms } = plan;
  const words = (text: string): string =>
    ` ${text
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, " ")} `;
  return assumptions
    .map(({ key }) => key)
    .filter((key) => key.startsWith("allocation.") && !arms.some(({ arm }) => words(key).includes(words(arm))));
}

const hex64 = z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits"));
const adoptionSchema = z.strictObject({
  system: z.exactOptional(z.string()),
  source: z.strictObject({ file: z.string(), sha256: hex64, sheet: z.exactOptional(z.string()) }),
  map: z.exactOptional(z.record(z.string(), z.unknown())),
  key: hex64,
});
const manifestSchema = z.looseObject({
  format: z.literal("allocell-unblinded-manifest-1", { error: "is not the unblinded manifest of a list" }),
  status: z.enum(["LIVE", "TEST"]),
  algorithm: z.string(),
  plan: z.looseObject({ arms: z.array(z.strictObject({ arm: z.string(), ratio: z.number() })) }),
  planHash: z.string(),
  seedMark: z.exactOptional(z.string()),
  adopted: z.exactOptional(adoptionSchema),
  opening: hex64,
  extends: z.exactOptional(hex64),
  rows: z.number(),
  files: z.array(z.strictObject({ file: z.string(), sha256: z.string() })),
});

/** What verification needs of an unblinded manifest. */
export interface ReadManifest {
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  readonly plan: Plan;
  readonly planHash: string;
  /** Of the seed or, of an adopted list, of the key in its place. */
  readonly seedMark: string;
  /** Where a list comes from that another system made; absent: it was made from a seed. */
  readonly adopted?: Adoption;
  readonly opening: string;
  readonly extends?: string;
  /** Rows of the list. */
  readonly rows: number;
  readonly files: readonly HashedFile[];
}

/**
 * Reads an unblinded manifest.
 *
 * @throws AllocellError `list.manifest_invalid`, or `list.plan_invalid` for the plan in it
 */
export function parseUnblindedManifest(input: unknown): ReadManifest {
  const {
    status,
    algorithm,
    plan,
    planHash: hash,
    seedMark,
    adopted,
    opening,
    extends: before,
    rows,
    files,
  } = parseWith(manifestSchema, input, "list.manifest_invalid", "The manifest");
  if ((seedMark === undefined) === (adopted === undefined)) {
    fail("list.manifest_invalid", "seedMark", "The manifest: a list was made from a seed, or it was adopted.", {
      expected: "seedMark, or adopted",
    });
  }
  return deepFreeze({
    status,
    algorithm,
    plan: parsePlan(plan),
    planHash: hash,
    seedMark: seedMark ?? opening.slice(0, 16),
    ...(adopted === undefined ? {} : { adopted }),
    opening,
    ...(before === undefined ? {} : { extends: before }),
    rows,
    files,
  });
}
