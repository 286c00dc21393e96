import { requireMasterList } from "../../list/index.js";
import { fail, foldId, requireFields } from "../../foundation/index.js";
import type { MasterList } from "../../list/index.js";
import type { Seed } from "../../random/index.js";
import type { AssumptionInputs, MaskedRole, Trial } from "../../trial/index.js";
import type { KitList } from "../../supply/index.js";
import { dmcView, type CommitteeView } from "./committeeView.js";
import type { BoundNumbers, Levels } from "./issued.js";
import { unblindedIssuedView, type IssuedView } from "./issuedView.js";
import { maskingOf, type UnblindedRole } from "./masking.js";
import { assessorView, participantView, type MaskedPersonView } from "./participantView.js";
import { pharmacyView, requireTrial, type PharmacyView } from "./pharmacyView.js";
import { siteView, type SiteView } from "./siteView.js";
import { sponsorView } from "./sponsorView.js";
import { unblindedStatisticianView, type StatisticianView } from "./statisticianView.js";
import type { ViewRole } from "../../list/index.js";

/** What {@link viewFor} takes; which of it is needed depends on the role. */
export interface ViewRequest {
  readonly master: MasterList;
  readonly trial: Trial;
  /** Answers of the trial's assumptions, among them who is masked and who is not. */
  readonly assumptions: AssumptionInputs;
  /** What was issued so far; all roles but the statistician, the pharmacy and masked persons need it. */
  readonly issued?: BoundNumbers;
  /** The levels of one site; without it the rows of all sites. */
  readonly where?: Levels;
  /** The one participant that an unmasked participant's view is for. */
  readonly participant?: string;
  /** For the pharmacy. */
  readonly kits?: KitList;
  /** For the committee. */
  readonly seed?: Seed;
}

/** Any view of a list; `world` tells which kind. */
export type ListView = StatisticianView | PharmacyView | IssuedView | SiteView | MaskedPersonView | CommitteeView;

/**
 * The view of a list for a role, by the masking of the list's own part.
 *
 * | role | masked | not masked |
 * | --- | --- | --- |
 * | statistician | everything | everything |
 * | pharmacy | refused | number, arm, dose rule, kits |
 * | site, care-provider, investigator, sponsor | issued numbers | issued numbers with arms |
 * | participant | nothing of the list | the own treatment |
 * | outcomes-assessor | nothing of the list | issued numbers with arms |
 * | committee | issued numbers with letters | issued numbers with arms |
 *
 * A site is masked if either its care providers or its investigators are. Pharmacy, sponsor and committee are masked
 * unless the assumptions's `masking.unblindedRoles` names them. Nobody but statistician and pharmacy ever sees a row that is
 * not issued, in an open part either.
 *
 * @throws AllocellError `blinding.role_masked` (a masked pharmacy), `blinding.input_missing`, and what {@link maskingOf}
 *   and the views throw
 */
export function viewFor(role: ViewRole, request: ViewRequest): ListView {
  requireFields(request, "what a view is made from", { master: "a map", trial: "a map", assumptions: "a map" });
  requireMasterList(request.master);
  const { master, trial, assumptions, where } = request;
  const list = master.blinded();
  requireTrial(list.trial, trial);
  const masking = maskingOf(trial, list.part, assumptions);
  const { masked, unblinded } = masking;
  const isMasked = (...roles: readonly MaskedRole[]): boolean => roles.some((own) => masked.includes(own));
  const isUnblinded = (own: UnblindedRole): boolean => unblinded.includes(own);
  const siteOrIssued = (hidden: boolean, own: "site" | "care-provider" | "investigator"): SiteView | IssuedView => {
    const issued = needed(request.issued, "issued");
    return hidden ? siteView(list, issued, where, own) : unblindedIssuedView(master, issued, where, own);
  };
  switch (role) {
    case "statistician":
      return unblindedStatisticianView(master);
    case "pharmacy":
      if (!isUnblinded("pharmacy")) {
        return fail("blinding.role_masked", "role", `The pharmacy of part "${list.part}" is not named as unblinded.`, {
          expected: "pharmacy among masking.unblindedRoles",
          parameters: { part: list.part },
        });
      }
      return pharmacyView(master, trial, needed(request.kits, "kits"));
    case "site":
      return siteOrIssued(isMasked("care-provider", "investigator"), role);
    case "care-provider":
    case "investigator":
      return siteOrIssued(isMasked(role), role);
    case "sponsor":
      return sponsorView(master, needed(request.issued, "issued"), masking);
    case "participant":
      return isMasked(role) ? participantView(list) : ownTreatment(request);
    case "outcomes-assessor":
      if (isMasked(role)) return assessorView(list);
      return unblindedIssuedView(master, needed(request.issued, "issued"), where, role);
    case "committee": {
      const issued = needed(request.issued, "issued");
      if (isUnblinded("committee")) return unblindedIssuedView(master, issued, where, role);
      return dmcView(master, needed(request.seed, "seed"), issued);
    }
  }
}

/** An unmasked participant knows their own treatment, and nobody else's. */
function ownTreatment({ master, issued, participant }: ViewRequest): IssuedView {
  const own = needed(participant, "participant");
  const { bindings, participants: all } = needed(issued, "issued");
  const participants = all.filter((entry) => foldId(entry.participant) === foldId(own));
  if (participants.length === 0) {
    fail("blinding.participant_unknown", "participant", "This participant has not been issued a number.");
  }
  return unblindedIssuedView(master, { participants, bindings }, {}, "participant");
}

function needed<T>(value: T | undefined, path: string): T {
  return (
    value ?? fail("blinding.input_missing", path, `The view of this role needs "${path}".`, { received: "nothing" })
  );
}
