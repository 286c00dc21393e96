import { requireMasterList } from "../../list/index.js";
import { fail, requireFields } from "../../foundation/index.js";
import type { MasterList } from "../../list/index.js";
import type { BoundNumbers } from "./issued.js";
import { unblindedIssuedView, type IssuedView } from "./issuedView.js";
import type { PartMasking } from "./masking.js";
import { siteView, type SiteView } from "./siteView.js";

/**
 * The view of the sponsor's study team by the masking of the part: the issued numbers of all sites; with their arms in
 * an open part, or where the assumptions name the sponsor as unblinded.
 *
 * @throws AllocellError `blinding.part_differs`, `blinding.number_unknown`, `blinding.number_repeated`
 */
export function sponsorView(master: MasterList, issued: BoundNumbers, masking: PartMasking): SiteView | IssuedView {
  requireMasterList(master);
  requireFields(masking, "the masking of a part, as maskingOf returns it", { part: "text", unblinded: "a list" });
  const list = master.blinded();
  if (masking.part !== list.part) {
    fail(
      "blinding.part_differs",
      "masking",
      `The list is for part "${list.part}", the masking for "${masking.part}".`,
      {
        expected: list.part,
        received: masking.part,
      },
    );
  }
  if (masking.unblinded.includes("sponsor")) return unblindedIssuedView(master, issued, {}, "sponsor");
  return siteView(list, issued, {}, "sponsor");
}
