declare const MADE: unique symbol;

/**
 * The mark of whatever holds a treatment and was made for unblinded people. Only the functions of this room set it, so
 * that an export which names a treatment can ask for it by type; `world` says the same at run time.
 */
export interface Unblinded {
  readonly world: "unblinded";
  readonly [MADE]: "unblinded";
}

/** The mark of what blinded people may hold: there is no treatment in it, not even in memory. */
export interface Blinded {
  readonly world: "blinded";
  readonly [MADE]: "blinded";
}

/**
 * The mark of what a data monitoring committee may hold in its closed session: no treatment by name, but which
 * participants share one. It is neither blinded nor unblinded, and no export takes it for either.
 */
export interface CommitteeOnly {
  readonly world: "committee-only";
  readonly [MADE]: "committee-only";
}

/** Whom a view is made for. `care-provider` and `investigator` are the two kinds of people at a site. */
export type ViewRole =
  | "statistician"
  | "pharmacy"
  | "site"
  | "care-provider"
  | "investigator"
  | "participant"
  | "outcomes-assessor"
  | "committee"
  | "sponsor";

/** Sets the mark that exists in types only; `world` must be there already. */
export function marked<World extends Unblinded | Blinded | CommitteeOnly, T extends Pick<World, "world">>(
  value: T,
): T & World {
  return value as T & World;
}
