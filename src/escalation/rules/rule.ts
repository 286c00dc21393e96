import type { Fraction } from "../../quantity/index.js";
import type { Letter, Situation, Step } from "../model.js";

/** A rule with its parameters read. It holds no state but what it has computed once. */
export interface Rule {
  /** The decision at a level by its own counts, before the edge rules; undefined where the rule's table has no cell. */
  readonly letter: (n: number, dlt: number) => Letter | undefined;
  /** The next step after a complete cohort, edge rules applied. */
  readonly step: (situation: Situation) => Step;
  /** Whether these counts close a level, and all above it, for ever. */
  readonly isClosedBy: (n: number, dlt: number) => boolean;
  /** Most participants that one level can come to. */
  readonly mostAtLevel: number;
  /** The boundaries of BOIN. */
  readonly boundaries?: { readonly escalate: Fraction; readonly deescalate: Fraction };
  /** Whether the rest of a cohort is left out where every outcome of it leads down or to a stop. */
  readonly stopsCohortWhenDecided: boolean;
}
