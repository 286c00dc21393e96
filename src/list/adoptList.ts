import { deepFreeze, fail, requireEach, requireFields, throwIfAny, type Issue } from "../foundation/index.js";
import type { Seed } from "../random/index.js";
import type { ClosedAssumption, Trial } from "../trial/index.js";
import { ADOPTED_ALGORITHM, keyFrom, type Adoption } from "./adoption.js";
import type { AdoptedRow, ColumnTitles } from "./adoptedRow.js";
import { readAdoptedRows, type ReadRows } from "./adoptedRows.js";
import { checkPlan, openingOf } from "./generateList.js";
import { planHash, type ReadManifest } from "./manifest.js";
import { MasterList, type MasterRow } from "./masterList.js";
import type { NumberFormat } from "./numbers.js";
import { parsePlan, trialInPlan, type Plan } from "./plan.js";
import { requireMasterList } from "./requireList.js";
import { spreadsheetReads } from "./spreadsheet.js";
import { stratumText } from "./strata.js";

/** What {@link adoptList} takes. */
export interface AdoptRequest {
  /** A plan as a plan file holds it, or one that was read: it says which rows the table must have. */
  readonly plan: unknown;
  /** The trial, with the decisions recorded that open the plan's arms; may be left out where the plan states it in short. */
  readonly trial?: Trial;
  /** LIVE for the list of the trial, TEST for one that was made to try things: nothing in a table says it. */
  readonly status: "LIVE" | "TEST";
  /** The rows in the order of the table. */
  readonly rows: readonly AdoptedRow[];
  /** Titles of the table's columns, for faults. */
  readonly titles?: ColumnTitles;
  readonly source: Adoption["source"];
  readonly system?: string;
  readonly map?: Adoption["map"];
  /** 32 bytes from a cryptographic generator: see {@link Adoption.key}. */
  readonly entropy: Uint8Array;
}

/**
 * Takes over a list that another system made. Nothing is drawn: the rows are held to the plan, and all faults are told
 * at once. They must be complete, have numbers that are unique, fit the plan's strata, lengths and arms, be balanced in
 * each block where blocks are given, and be rows that the plan's procedure can give.
 *
 * The result is a master list like any other, but with its provenance in place of a seed's: what needs the seed refuses
 * it (`list.adopted_has_no_seed`).
 *
 * @throws AllocellError `list.adopted_*`, `list.arm_unknown` and what the cells of the rows have against them, each at
 *   its line and column; what {@link generateList} says of plan and trial; `random.seed_weak` for the entropy
 */
export function adoptList(request: AdoptRequest): MasterList {
  requireFields(request, "what adoptList takes: plan, trial, status, rows, source and entropy", {
    plan: "anything",
    status: "text",
    rows: "a list",
    source: "a map",
    entropy: "anything",
  });
  const { rows, status, source, system, map } = request;
  requireEach(rows, "a row of the table", {});
  requireFields(source, "the file of the table", { file: "text", sha256: "text" });
  const trial = request.trial ?? trialInPlan(request.plan);
  requireFields({ trial }, "what adoptList takes: plan, trial, status, rows, source and entropy", { trial: "a map" });
  const plan = parsePlan(request.plan);
  const { assumptions, warnings } = checkPlan(plan, trial as Trial);
  const key = hexOf(request.entropy);
  const adopted: Adoption = deepFreeze({
    ...(system === undefined ? {} : { system }),
    source: { ...source },
    ...(map === undefined ? {} : { map }),
    key,
  });
  const read = readAdoptedRows(plan, rows, request.titles ?? {});
  throwIfAny(read.issues);
  return listOf({ plan, status, adopted, read, assumptions, warnings });
}

/**
 * An adopted list once more, from its manifest and the rows of one of its master files. Whether these are the rows that
 * were adopted, their SHA-256 in the manifest says.
 *
 * @param trial - where it is known as it was then: assumptions and warnings are then derived too
 * @throws AllocellError `list.not_adopted`, `list.manifest_altered`; `list.adopted_*` for rows that cannot be the list's
 */
export function adoptedAgain(manifest: ReadManifest, rows: Iterable<MasterRow>, trial?: Trial): MasterList {
  requireFields(manifest, "an unblinded manifest that was read", { plan: "a map", status: "text" });
  const isGiven = manifest.plan.numbers.given !== undefined;
  const made = again(
    manifest,
    Array.from(rows, (row) => rowOf(row, isGiven)),
    {},
    trial,
  );
  const found = planHash(made.unblindedRecord().plan);
  if (found === manifest.planHash) return made;
  return fail("list.manifest_altered", "planHash", "Plan and rows are not those that were adopted.", {
    expected: manifest.planHash,
    received: found,
  });
}

/**
 * What a table gives under the manifest of an adopted list, to compare that list with the table it was taken from.
 *
 * @throws AllocellError `list.not_adopted`; `list.adopted_*` and what the cells of the rows have against them
 */
export function adoptedFromTable(
  manifest: Pick<ReadManifest, "plan" | "status" | "adopted">,
  rows: readonly AdoptedRow[],
  titles: ColumnTitles,
): MasterList {
  requireFields(manifest, "an unblinded manifest that was read", { plan: "a map", status: "text" });
  requireEach(rows, "a row of the table", {});
  return again(manifest, rows, titles);
}

function again(
  { plan: recorded, status, adopted }: Pick<ReadManifest, "plan" | "status" | "adopted">,
  rows: readonly AdoptedRow[],
  titles: ColumnTitles,
  trial?: Trial,
): MasterList {
  if (adopted === undefined) {
    return fail("list.not_adopted", "manifest", "This list was made from a seed.", {
      expected: "its seed: deriveAgain(manifest, seed)",
    });
  }
  const numbers = Object.fromEntries(
    Object.entries(recorded.numbers).filter(([field]) => field !== "given"),
  ) as unknown as NumberFormat;
  const plan = deepFreeze({ ...recorded, numbers });
  const read = readAdoptedRows(plan, rows, titles);
  throwIfAny(read.issues);
  const checked = trial === undefined ? { assumptions: [], warnings: [] } : checkPlan(plan, trial);
  return listOf({ plan, status, adopted, read, ...checked });
}

/**
 * What takes the place of the seed of an adopted list wherever keys are derived: for envelopes, key cards, commitments
 * and the letters of a committee. UNBLINDED.
 *
 * @throws AllocellError `list.not_adopted`
 * @example sealEnvelopes({ master, seed: keyOfAdopted(master), salt }, crypto.subtle);
 */
export function keyOfAdopted(master: MasterList): Seed {
  requireMasterList(master);
  const { adopted, status } = master.unblindedRecord();
  if (adopted !== undefined) return keyFrom(adopted.key, status);
  return fail("list.not_adopted", "master", "This list was made from a seed, and its keys are derived from that.", {
    expected: "the seed of the list",
  });
}

function rowOf(
  { stratum, arm, number, sequence, block, blockSize, position }: MasterRow,
  isGiven: boolean,
): AdoptedRow {
  return {
    stratum: Object.fromEntries(stratum),
    arm,
    sequence,
    ...(isGiven ? { number } : {}),
    ...(block === 0 ? {} : { block: String(block), blockSize, position }),
  };
}

interface ListParts {
  readonly plan: Plan;
  readonly status: "LIVE" | "TEST";
  readonly adopted: Adoption;
  readonly read: ReadRows;
  readonly assumptions: readonly ClosedAssumption[];
  readonly warnings: readonly Issue[];
}

function listOf({ plan, status, adopted, read, assumptions, warnings }: ListParts): MasterList {
  const numbers: NumberFormat = read.given === undefined ? plan.numbers : { ...plan.numbers, given: read.given };
  const algorithm = ADOPTED_ALGORITHM;
  return new MasterList({
    plan: deepFreeze({ ...plan, numbers }),
    status,
    algorithm,
    assumptions,
    warnings: deepFreeze([...warnings, ...rowWarnings(plan, read)]),
    opening: openingOf(keyFrom(adopted.key, status), algorithm, plan.list),
    adopted,
    strata: read.strata,
  });
}

/** What somebody should know of the rows although they can be taken over. */
function rowWarnings(plan: Plan, { strata, given, guessedSizes, hasBlocks }: ReadRows): readonly Issue[] {
  const warnings: Issue[] = guessedSizes.map(({ levels }) => ({
    code: "list.adopted_block_cut",
    path: "rows",
    message: `${stratumText(levels)}: the last block is cut, and the table does not say how long it would have been; the shortest size that fits was written.`,
    parameters: { stratum: stratumText(levels) },
  }));
  if (!hasBlocks && strata.some(({ procedure }) => "sizes" in procedure)) {
    warnings.push({
      code: "list.adopted_no_blocks",
      path: "rows",
      message: "The table has no blocks: that some blocks of the plan's sizes fit the rows was checked, and no more.",
    });
  }
  if (given === undefined) return warnings;
  const numbers = Object.values(given).flat();
  const changed = numbers.filter((number) => spreadsheetReads(number) !== undefined || /^0\d+$/.test(number));
  const [first] = changed;
  if (first !== undefined) {
    const as = spreadsheetReads(first) ?? `the number ${String(Number(first))}`;
    warnings.push({
      code: "list.spreadsheet_changes",
      path: "rows",
      message: `A spreadsheet that opens the list changes ${changed.length} of its numbers: it reads "${first}" as ${as}.`,
      received: first,
      parameters: { readAs: as },
    });
  }
  return [...warnings, ...tellingNumbers(numbers, strata)];
}

/** What can be seen of a number without a key; a feature with few values could go with the arms. */
const FEATURES: readonly (readonly [what: string, of: (number: string) => string])[] = [
  ["letters", (number) => number.replace(/\d+/g, "0")],
  ["first character", (number) => number.charAt(0)],
  ["last character", (number) => number.slice(-1)],
  ["length", (number) => String(number.length)],
];

/** Rows fewer than these agree by chance too easily. */
const FEWEST_ROWS = 8;

/** A warning where something that can be seen of a number says its arm: a blinded person holds the numbers. */
function tellingNumbers(numbers: readonly string[], strata: ReadRows["strata"]): readonly Issue[] {
  const arms = strata.flatMap(({ arms: own }) => [...own]);
  if (numbers.length < FEWEST_ROWS) return [];
  const telling = FEATURES.find(([, of]) => {
    const armOf = new Map<string, Set<number>>();
    numbers.forEach((number, i) => {
      const known = armOf.get(of(number));
      if (known === undefined) armOf.set(of(number), new Set([arms[i] as number]));
      else known.add(arms[i] as number);
    });
    const isFew = armOf.size > 1 && armOf.size * 2 <= numbers.length;
    return isFew && [...armOf.values()].every((found) => found.size === 1);
  });
  if (telling === undefined) return [];
  const message = `The ${telling[0]} of a number says its arm: whoever holds the blinded list can read the treatments.`;
  return [
    { code: "list.adopted_numbers_tell", path: "rows", message, expected: "numbers that are independent of the arms" },
  ];
}

function hexOf(entropy: Uint8Array): string {
  return Array.from(entropy, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
