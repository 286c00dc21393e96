import {
  deepFreeze,
  describeReceived,
  fail,
  foldId,
  requireEach,
  requireFields,
  requireString,
} from "../../foundation/index.js";
import type { MasterList } from "../../list/index.js";
import { arc4Stream, below, deriveStreamKey, type Seed } from "../../random/index.js";
import { listBinding, requireBoundList, requireMasterList, requireSeed, unblindedArmsOf } from "../../list/index.js";
import { marked, type Blinded } from "../../list/index.js";
import { KIT_ALGORITHM } from "./generateKits.js";
import type { KitList } from "./kitList.js";

/** Which kit a randomization number gets for one administration. It names no treatment. */
export interface DispensedKit extends Blinded {
  readonly number: string;
  /** Number of the administration, from 1. */
  readonly administration: number;
  readonly code: string;
}

/** What {@link assignKit} takes. */
export interface KitRequest {
  readonly master: MasterList;
  readonly kits: KitList;
  /** The seed of the kit list. */
  readonly seed: Seed;
  readonly number: string;
  /** Of the log that issued the number: `bindings` of `blindedConduct`. Only its own list says which treatment it is. */
  readonly bindings: readonly string[];
  /** Number of the administration, from 1. */
  readonly administration: number;
  /** The codes on the shelf of the site. */
  readonly stock: readonly string[];
  /** What was dispensed before, at any site. */
  readonly dispensed: readonly { readonly number: string; readonly administration: number; readonly code: string }[];
}

/**
 * The kit that a participant gets: among the kits of the right treatment on the shelf, by code, the one at place
 * `below(how many)` of a stream named by number and administration.
 *
 * At random, and not the lowest code or the oldest: if the lowest were taken, every lower code that stays on the shelf
 * would be known to be of another treatment. Drawn evenly, a dispensed code makes no remaining kit more or less likely
 * to be of any treatment than the counts do. Neither list alone, nor the record of dispensed kits, then leads from a
 * participant to a treatment.
 *
 * @throws AllocellError `blinding.kit_none`, which does not say of what; `blinding.number_unknown`,
 *   `blinding.kit_unknown`, `blinding.kit_repeated`, `blinding.kit_dispensed` (this administration had its kit),
 *   `blinding.administration_invalid`, `blinding.seed_differs`, `blinding.trial_differs`, `blinding.status_differs`;
 *   `custody.list_differs` if the master list is not the unaltered one of the log that issued the number
 */
export function assignKit(request: KitRequest): DispensedKit {
  requireFields(request, "a request for a kit", { master: "a map", bindings: "a list" });
  requireDrawn(request);
  const { master, kits, number } = request;
  requireSameTrial(master, kits);
  requireBoundList(request, listBinding(master), "master");
  const arm = unblindedArmsOf(master).get(number);
  if (arm === undefined) {
    return fail("blinding.number_unknown", "number", `List ${master.list} has no such randomization number.`, {
      expected: `a number of list ${master.list}`,
      received: describeReceived(number),
    });
  }
  return drawKit(request, arm);
}

/**
 * As {@link assignKit}, for whoever has proven otherwise which arm the number has: the unblinded pharmacy, which holds
 * the files of the list and not its seed. Takes the treatment, so it is for unblinded people; the answer names none.
 *
 * @throws AllocellError as {@link assignKit}, but for what concerns the master list
 */
export function drawKit(request: Omit<KitRequest, "master" | "bindings">, arm: string): DispensedKit {
  requireDrawn(request);
  const { kits, seed, number, administration, stock, dispensed } = request;
  requireSeedOf(kits, seed);
  if (!Number.isSafeInteger(administration) || administration < 1) {
    fail("blinding.administration_invalid", "administration", "Administrations are counted by whole numbers from 1.", {
      expected: "a whole number >= 1",
      received: describeReceived(administration),
    });
  }
  const own = dispensed.filter((other) => foldId(other.number) === foldId(number));
  if (own.some((other) => other.administration === administration)) {
    const message = "This administration has had its kit; a further one needs a record.";
    const received = `number ${number}, administration ${administration}`;
    fail("blinding.kit_dispensed", "administration", message, { received });
  }
  const used = new Set(dispensed.map(({ code }) => foldId(code)));
  const shelf = new Set(stock.map(foldId));
  if (shelf.size !== stock.length) fail("blinding.kit_repeated", "stock", "A kit stands twice in the stock.");
  const ofArm = [...shelf].filter((code) => kits.unblindedArmOf(code) === arm && !used.has(code));
  if (ofArm.length === 0) {
    fail("blinding.kit_none", "stock", "No kit can be dispensed to this number here; the site needs a shipment.");
  }
  const wanted = ofArm.map((code) => kits.spelled(code)).sort((a, b) => (a < b ? -1 : 1));
  const stratum = [
    ["use", "dispense"],
    ["number", number],
    ["administration", String(administration)],
  ] as const;
  const stream = arc4Stream(
    deriveStreamKey(seed, { algorithm: KIT_ALGORITHM, list: kits.list, purpose: "kits", stratum }),
  );
  const code = wanted[below(stream, wanted.length)] ?? "";
  return marked(deepFreeze({ world: "blinded", number, administration, code } as const));
}

function requireDrawn(request: Omit<KitRequest, "master" | "bindings">): void {
  requireFields(request, "a request for a kit", {
    kits: "a map",
    seed: "a map",
    number: "text",
    stock: "a list",
    dispensed: "a list",
  });
  requireEach(request.dispensed, "a kit that was dispensed", { number: "text", code: "text" });
  request.stock.forEach((code, i) => {
    requireString(code, `stock.${i}`, "the code of a kit");
  });
  requireSeed(request.seed);
}

function requireSeedOf(kits: KitList, seed: Seed): void {
  const { plan, algorithm, seedMark, status } = kits.unblindedRecord();
  const mark = deriveStreamKey(seed, { algorithm, list: plan.list, purpose: "seed-mark", stratum: [] }).slice(0, 16);
  if (seed.kind !== status || mark !== seedMark) {
    fail("blinding.seed_differs", "seed", "This is not the seed that made the kit list: the marks differ.");
  }
}

/**
 * Holds that kits and randomization list are of one trial, and both LIVE or both TEST.
 *
 * @throws AllocellError `blinding.trial_differs`, `blinding.status_differs`
 */
export function requireSameTrial(master: MasterList, kits: KitList): void {
  requireMasterList(master);
  requireFields(kits, "a kit list, as generateKits returns it", { status: "text", unblindedRecord: "a function" });
  const { trial } = kits.unblindedRecord().plan;
  const wanted = master.blinded().trial;
  if (trial !== wanted) {
    fail(
      "blinding.trial_differs",
      "kits",
      `The kit list is for trial ${trial}, the randomization list for ${wanted}.`,
      {
        expected: wanted,
        received: trial,
      },
    );
  }
  if (kits.status === master.status) return;
  fail("blinding.status_differs", "kits", "TEST kits never serve a LIVE list, nor LIVE kits a TEST list.", {
    expected: master.status,
    received: kits.status,
  });
}
