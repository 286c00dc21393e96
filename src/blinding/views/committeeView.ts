import { requireMasterList, requireSeed } from "../../list/index.js";
import { deepFreeze, fail, type Issue } from "../../foundation/index.js";
import type { MasterList } from "../../list/index.js";
import { arc4Stream, below, deriveStreamKey, type Seed } from "../../random/index.js";
import { listBinding, requireBoundList, unblindedArmsOf } from "../../list/index.js";
import { issuedRows, type BoundNumbers, type IssuedRow } from "./issued.js";
import { marked, type CommitteeOnly } from "../../list/index.js";

/** The list of a data monitoring committee: arms as letters, only as far as issued. For its closed session only. */
export interface CommitteeView extends CommitteeOnly {
  readonly format: "allocell-committee-view-1";
  readonly role: "committee";
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  /** Participants so far by letter, in the order of the letters. */
  readonly groups: readonly { readonly group: string; readonly participants: number }[];
  readonly rows: readonly (IssuedRow & { readonly group: string })[];
}

/**
 * The view of a data monitoring committee: the arms are called A, B, C ... in an order drawn from a stream of its own
 * (purpose `committee`, no stratum), so that letters follow neither the plan's order nor anything else of the list.
 *
 * The letters hide names, not groups: see {@link checkCommitteeLetters}.
 *
 * @param seed - the seed of the list
 * @throws AllocellError `blinding.seed_differs` (not the seed of this list); `blinding.number_unknown`,
 *   `blinding.number_repeated`
 */
export function dmcView(master: MasterList, seed: Seed, issued: BoundNumbers): CommitteeView {
  requireMasterList(master);
  const { status, trial, part, list } = master.blinded();
  requireBoundList(issued, listBinding(master), "issued");
  const letters = unblindedLetters(master, seed);
  const arms = unblindedArmsOf(master);
  const rows = issuedRows(master.blinded(), issued).map((row) => ({
    ...row,
    group: letters.get(arms.get(row.number) ?? "") ?? "",
  }));
  const groups = [...letters.values()]
    .sort((a, b) => (a < b ? -1 : 1))
    .map((group) => ({ group, participants: rows.filter((row) => row.group === group).length }));
  return marked(
    deepFreeze({
      world: "committee-only",
      format: "allocell-committee-view-1",
      role: "committee",
      status,
      trial,
      part,
      list,
      groups,
      rows,
    } as const),
  );
}

/**
 * The letter of each arm: for k = K, K - 1, ... 1 the letter number K - k (from A) goes to the arm at place `below(k)`
 * among those still without one, in the plan's order. UNBLINDED: it is what opens a committee's report.
 *
 * @throws AllocellError `blinding.seed_differs`
 */
export function unblindedLetters(master: MasterList, seed: Seed): ReadonlyMap<string, string> {
  requireMasterList(master);
  requireSeed(seed);
  const { plan, algorithm, seedMark } = master.unblindedRecord();
  const key = (purpose: "committee" | "seed-mark"): string =>
    deriveStreamKey(seed, { algorithm, list: plan.list, purpose, stratum: [] });
  if (seed.kind !== master.status || key("seed-mark").slice(0, 16) !== seedMark) {
    fail("blinding.seed_differs", "seed", "This is not the seed that made the list: the marks differ.");
  }
  const stream = arc4Stream(key("committee"));
  const left = plan.arms.map(({ arm }) => arm);
  const letters = new Map<string, string>();
  while (left.length > 0) {
    const [arm] = left.splice(below(stream, left.length), 1);
    if (arm !== undefined) letters.set(arm, letterOf(letters.size));
  }
  return letters;
}

/** A ... Z, then A1, B1 ...: a plan may have more than 26 arms. */
function letterOf(place: number): string {
  const round = Math.floor(place / 26);
  return String.fromCharCode(65 + (place % 26)) + (round === 0 ? "" : String(round));
}

/** A warning where the letters of a committee can be read from their counts, because the arms' shares differ. */
export function checkCommitteeLetters(master: MasterList): readonly Issue[] {
  requireMasterList(master);
  const { plan } = master.unblindedRecord();
  const shares = plan.arms.map(({ ratio }) => ratio);
  if (shares.every((share) => share === shares[0])) return [];
  const message = "The arms have unequal shares, so their letters show in how many participants each has.";
  return deepFreeze([{ code: "blinding.letters_show", path: "arms", message }]);
}
