import { canonicalJson, fail, requireFields } from "../../foundation/index.js";
import type { MaskedPersonView } from "./participantView.js";
import type { SiteView } from "./siteView.js";
import type { ListView } from "./viewFor.js";
import type { CommitteeOnly, Unblinded } from "../../list/index.js";

/**
 * A blinded view as canonical JSON with a line feed. Takes blinded views only.
 *
 * @throws AllocellError `blinding.world_differs` for a view of another world
 */
export function toBlindedViewJson(view: SiteView | MaskedPersonView): string {
  return textOf(view, "blinded");
}

/**
 * An unblinded view as canonical JSON with a line feed. UNBLINDED; takes unblinded views only.
 *
 * @throws AllocellError `blinding.world_differs` for a view of another world
 */
export function toUnblindedViewJson(view: ListView & Unblinded): string {
  return textOf(view, "unblinded");
}

/**
 * A committee's view as canonical JSON with a line feed, for its closed session only.
 *
 * @throws AllocellError `blinding.world_differs` for a view of another world
 */
export function toCommitteeViewJson(view: ListView & CommitteeOnly): string {
  return textOf(view, "committee-only");
}

function textOf(view: ListView, world: ListView["world"]): string {
  // The types say it already; a program without types is told here.
  requireFields(view, "a view", {});
  const { world: received } = view as { readonly world?: string };
  if (received === world) return `${canonicalJson(view)}\n`;
  return fail("blinding.world_differs", "view", `This writes ${world} views only.`, { expected: world });
}

/**
 * The name of a view's file. It says UNBLINDED where a treatment is in it, COMMITTEE-ONLY where letters are, and TEST
 * for a test list; a masked person's has no list in it either.
 */
export function viewFileName(view: ListView): string {
  requireFields(view, "a view", { world: "text", trial: "text", role: "text" });
  const base = "list" in view ? view.list : `${view.trial}.${view.part}`;
  const mark = { unblinded: "UNBLINDED", blinded: "blinded", "committee-only": "COMMITTEE-ONLY" }[view.world];
  return [base, ...(view.status === "TEST" ? ["TEST"] : []), mark, view.role, "json"].join(".");
}
