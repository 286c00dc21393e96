import { requireBlindedList } from "../../list/index.js";
import { deepFreeze } from "../../foundation/index.js";
import type { BlindedList } from "../../list/index.js";
import { issuedRows, type IssuedNumbers, type IssuedRow, type Levels } from "./issued.js";
import { marked, type Blinded } from "../../list/index.js";

/** What people at a site may hold of a list while they are masked: the numbers that were issued, and no more. */
export interface SiteView extends Blinded {
  readonly format: "allocell-site-view-1";
  readonly role: "site" | "care-provider" | "investigator" | "sponsor";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  /** In the order of issue. */
  readonly rows: readonly IssuedRow[];
}

/**
 * The view of a site: participants with their numbers and strata. It is made from the blinded list, so that no
 * treatment, ratio or block can get into it; and it has no row that is not issued, nor how many there are: the end of a
 * list is the end of a block.
 *
 * @param where - the site's own level, such as `{ site: "01" }`; without it the rows of all sites
 * @throws AllocellError `blinding.number_unknown`, `blinding.number_repeated`, `blinding.levels_unknown`
 */
export function siteView(
  list: BlindedList,
  issued: IssuedNumbers,
  where: Levels = {},
  role: SiteView["role"] = "site",
): SiteView {
  requireBlindedList(list);
  const { status, trial, part } = list;
  return marked(
    deepFreeze({
      world: "blinded",
      format: "allocell-site-view-1",
      role,
      status,
      trial,
      part,
      list: list.list,
      rows: issuedRows(list, issued, where),
    } as const),
  );
}
