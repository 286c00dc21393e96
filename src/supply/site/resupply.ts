import { deepFreeze, describeReceived, fail, requireFields, type Issue } from "../../foundation/index.js";
import { marked, type Unblinded } from "../../list/index.js";
import { demandOf, type SiteAllocation } from "./demand.js";
import type { SiteSupply } from "./siteSupply.js";
import { stockOutProbability } from "./stockOut.js";

/** What {@link resupplyPlan} takes. */
export interface ResupplyRequest {
  readonly first: SiteSupply;
  readonly allocation: SiteAllocation;
  /** Kits of each participant, at least 1. */
  readonly kitsPerParticipant: number;
  /** A shipment is sent whenever this many further participants were randomized at the site; at least 1. */
  readonly every: number;
  /** Participants who may be randomized between the order of a shipment and its arrival; 0 or more. */
  readonly lead: number;
  /** Participants that the site is to have in the end. */
  readonly participants: number;
}

/** A masked resupply, fixed before the first participant. UNBLINDED. */
export interface ResupplyPlan extends Unblinded {
  readonly format: "allocell-resupply-1";
  /** Participants between two shipments, at least 1. */
  readonly every: number;
  /** The same in every shipment. */
  readonly shipment: readonly { readonly arm: string; readonly kits: number }[];
  /** For each stretch between two arrivals: participants at its end, and the probability of having run out by then. */
  readonly periods: readonly { readonly participants: number; readonly stockOut: number }[];
  /** At most this probability to run out at any time: the sum over the periods, at most 1. */
  readonly stockOutBound: number;
  readonly warnings: readonly Issue[];
}

/**
 * A resupply that does not disclose: every shipment is the same, ceil(every x share / sum of shares) participants' kits
 * of each arm, whatever was used; and it is sent by the number of randomized participants, which the site knows anyway.
 *
 * One-for-one resupply, or filling up to a level, sends what was used: whoever sees the kit that replaces another knows
 * that two participants share a treatment.
 *
 * @throws AllocellError `blinding.supply_invalid`
 */
export function resupplyPlan(request: ResupplyRequest): ResupplyPlan {
  requireFields(request, "a request for resupply", { first: "a map", allocation: "a map" });
  requireFields(request.first, "a supply, as siteSupply returns it", { arms: "a list" });
  const { first, allocation, kitsPerParticipant, every, lead, participants } = request;
  requireWhole("every", every, 1);
  requireWhole("lead", lead, 0);
  requireWhole("participants", participants, 1);
  requireWhole("kitsPerParticipant", kitsPerParticipant, 1);
  const { shares } = demandOf(allocation);
  if (shares.length !== first.arms.length) {
    fail("blinding.supply_invalid", "first", "The first supply is not for the arms of this ratio.");
  }
  const sum = shares.reduce((a, b) => a + b, 0);
  const served = shares.map((share) => Math.ceil((every * share) / sum));
  const periods: { participants: number; stockOut: number }[] = [];
  for (let shipments = 0; ; shipments += 1) {
    // The next shipment is ordered after `every` more participants, and there after `lead` more.
    const until = Math.min(participants, every * (shipments + 1) + lead);
    const stock = first.arms.map((line, k) => line.servedParticipants + shipments * (served[k] ?? 0));
    periods.push({
      participants: until,
      stockOut: stockOutProbability(allocation, { count: until }, stock).probability,
    });
    if (until === participants) break;
  }
  const shipment = first.arms.map(({ arm }, k) => ({ arm, kits: (served[k] ?? 0) * kitsPerParticipant }));
  const warnings: Issue[] = served.some((kits) => kits < 2)
    ? [
        {
          code: "blinding.shipment_small",
          path: "every",
          message:
            "A shipment with kits for one participant of an arm: who guesses its make-up knows the last kit by the others.",
        },
      ]
    : [];
  return marked(
    deepFreeze({
      world: "unblinded",
      format: "allocell-resupply-1",
      every,
      shipment,
      periods,
      stockOutBound: Math.min(
        1,
        periods.reduce((total, { stockOut }) => total + stockOut, 0),
      ),
      warnings,
    } as const),
  );
}

/**
 * How many shipments are due at a site. It takes two numbers that the site knows, so it cannot disclose anything else.
 *
 * @param every - participants per shipment, at least 1
 * @param participants - randomized at the site so far
 * @param shipments - sent so far, the first supply not counted
 * @throws AllocellError `blinding.supply_invalid`
 */
export function shipmentsDue(every: number, participants: number, shipments: number): number {
  requireWhole("every", every, 1);
  requireWhole("participants", participants, 0);
  requireWhole("shipments", shipments, 0);
  return Math.max(0, Math.floor(participants / every) - shipments);
}

function requireWhole(path: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  fail("blinding.supply_invalid", path, `The supply: "${path}" cannot be used.`, {
    expected: `a whole number >= ${least}`,
    received: describeReceived(value),
  });
}
