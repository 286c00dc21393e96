import * as z from "zod/mini";
import { deepFreeze, fail, parseWith, requireFields, requireString, sha256Hex } from "../../foundation/index.js";
import type { HashedFile } from "../../list/index.js";
import { VERSION } from "../../version.js";
import { kitFileName, toUnblindedKitCsv } from "./kitFile.js";
import { KitList, type Kit } from "./kitList.js";
import { kitPlanSchema, parseKitPlan, type KitPlan } from "./kitPlan.js";

/** The record of a kit list: its plan and the SHA-256 of its file, so that the file is the list, without the seed. UNBLINDED. */
export interface KitManifest {
  readonly format: "allocell-kit-manifest-1";
  readonly status: "LIVE" | "TEST";
  readonly algorithm: string;
  /** The version that made the list. */
  readonly allocell: string;
  /** 16 hex digits that follow from the seed and tell nothing of it: whether a seed is that of the list. */
  readonly seedMark: string;
  readonly plan: KitPlan;
  /** The list with its treatments, by the SHA-256 of its bytes. */
  readonly file: HashedFile;
}

const manifestSchema: z.ZodMiniType<KitManifest> = z.strictObject({
  format: z.literal("allocell-kit-manifest-1", { error: "is not the record of a kit list" }),
  status: z.enum(["LIVE", "TEST"]),
  algorithm: z.string(),
  allocell: z.string(),
  seedMark: z.string().check(z.regex(/^[0-9a-f]{16}$/, "must be 16 hex digits")),
  plan: kitPlanSchema,
  file: z.strictObject({
    file: z.string().check(z.regex(/^[^/\\]+$/, "must be a name without a folder")),
    sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/, "must be 64 hex digits")),
  }),
});

/**
 * The record of a kit list and of its file with treatments, as {@link toUnblindedKitCsv} writes it.
 *
 * @example
 * kitManifest(kits).file.file; // "KITS-A.TEST.UNBLINDED.kits.csv"
 */
export function kitManifest(kits: KitList): KitManifest {
  requireFields(kits, "a kit list", { unblindedKits: "a function", unblindedRecord: "a function" });
  const { status, algorithm, seedMark, plan } = kits.unblindedRecord();
  const list = kits.unblindedKits();
  const file = { file: kitFileName(list), sha256: sha256Hex([...toUnblindedKitCsv(list)].join("")) };
  return deepFreeze({
    ...{ format: "allocell-kit-manifest-1" as const, status, algorithm },
    ...{ allocell: VERSION, seedMark, plan, file },
  });
}

/** The name of the record of a kit list; of a TEST list it says TEST. */
export function kitManifestName(kits: KitList): string {
  requireFields(kits, "a kit list", { unblindedKits: "a function" });
  return kitFileName(kits.unblindedKits()).replace(/\.csv$/, ".json");
}

/**
 * Reads the record of a kit list.
 *
 * @throws AllocellError `blinding.kit_manifest_invalid`, or `blinding.kit_plan_invalid` for the plan in it
 */
export function parseKitManifest(input: unknown): KitManifest {
  const manifest = parseWith(manifestSchema, input, "blinding.kit_manifest_invalid", "The record of the kit list");
  return deepFreeze({ ...manifest, plan: parseKitPlan(manifest.plan) });
}

/**
 * The kit list of a file, without its seed: proven to be the file that the record names, and to hold what the plan in the
 * record says of each batch.
 *
 * @param input - the record, as {@link kitManifest} made it
 * @param text - the CSV with treatments, as {@link toUnblindedKitCsv} wrote it
 * @throws AllocellError `blinding.kit_list_altered`, with the line where one is at fault; as {@link parseKitManifest} does
 * @example
 * readKitList(manifest, csv).unblindedArmOf("TKMR4YN579"); // "active"
 */
export function readKitList(input: unknown, text: string): KitList {
  const { plan, status, algorithm, seedMark, file } = parseKitManifest(input);
  requireString(text, "text", "the file of a kit list");
  const sha256 = sha256Hex(text);
  if (sha256 !== file.sha256) {
    const message = "This file is not the kit list that its record names: the SHA-256 of the two differ.";
    fail("blinding.kit_list_altered", "file", message, { expected: file.sha256, received: sha256 });
  }
  const kits = rowsOf(text, status, plan.list);
  requireBatches(plan, kits);
  return new KitList({ plan, status, algorithm, seedMark, kits });
}

function rowsOf(text: string, status: string, list: string): readonly Kit[] {
  const [header, ...lines] = text.split("\r\n");
  const last = lines.pop();
  if (header !== "status,list,batch,code,arm" || last !== "") refuseLine(header === undefined || last === "" ? 1 : 2);
  const codes = new Set<string>();
  return lines.map((line, i) => {
    const [its, own, batch = "", code = "", arm = "", ...more] = line.split(",");
    if (its !== status || own !== list || more.length > 0 || !/^[1-9]\d*$/.test(batch) || codes.has(code)) {
      refuseLine(i + 2);
    }
    codes.add(code);
    return { code, batch: Number(batch), arm };
  });
}

function refuseLine(line: number): never {
  return fail("blinding.kit_list_altered", `line ${line}`, `Line ${line} is not a line of this kit list.`, {
    expected: "status,list,batch,code,arm of one kit, each code once",
  });
}

/** Each batch has as many kits of each arm as the plan says: a record whose plan was changed fits no file. */
function requireBatches(plan: KitPlan, kits: readonly Kit[]): void {
  const counts = new Map<string, number>();
  for (const { batch, arm } of kits) counts.set(`${batch},${arm}`, (counts.get(`${batch},${arm}`) ?? 0) + 1);
  const planned = plan.batches.flatMap((arms, b) => arms.map(({ arm, count }) => [`${b + 1},${arm}`, count] as const));
  const total = planned.reduce((sum, [, count]) => sum + count, 0);
  const wrong = planned.find(([key, count]) => counts.get(key) !== count);
  if (wrong === undefined && kits.length === total) return;
  fail("blinding.kit_list_altered", "plan.batches", "The plan in the record is not that of the file: counts differ.", {
    expected: "as many kits of each arm in each batch as the plan says",
  });
}
