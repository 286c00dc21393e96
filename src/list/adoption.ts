import { fail, requireFields } from "../foundation/index.js";
import { Seed } from "../random/index.js";

/** Where a list comes from that another system made. It stands in the unblinded manifest in the place of a seed's mark. */
export interface Adoption {
  /** Who made the list, in the words of whoever adopted it: a vendor, a system, a version. */
  readonly system?: string;
  /** The table as it was given: the name of its file, the SHA-256 of its bytes, and of a workbook the sheet. */
  readonly source: { readonly file: string; readonly sha256: string; readonly sheet?: string };
  /** How columns and codes of the table were read; absent where a program read it. */
  readonly map?: Readonly<Record<string, unknown>>;
  /**
   * 64 random hex digits, drawn when the list was adopted. The binding of the list, the keys of its envelopes and the
   * letters of its committee are derived from them, as those of other lists are from the seed. They made no row. UNBLINDED.
   */
  readonly key: string;
}

/** What stands for an algorithm where no algorithm of this package drew the rows. */
export const ADOPTED_ALGORITHM = "adopted";

/** A list's provenance, as far as the question goes whether it has a seed. */
interface Provenance {
  readonly adopted?: Adoption;
}

/**
 * Refuses a list that was not made from a seed: nothing can make it again.
 *
 * @param what - what needs the seed, as the beginning of a sentence
 * @throws AllocellError `list.adopted_has_no_seed`
 */
export function requireMadeFromSeed(list: Provenance, what: string, path = "seed"): void {
  requireFields(list, "the record of a list", {});
  if (list.adopted === undefined) return;
  fail(
    "list.adopted_has_no_seed",
    path,
    `${what} needs the seed of the list, and this list was adopted: it has none.`,
    {
      expected: "a list that `allocell list` made; an adopted list is proven by its manifest and its source table",
    },
  );
}

/** The key as a seed of the list's kind. A text for TEST, which never has 40 hex digits in a row. */
export function keyFrom(hex: string, status: "LIVE" | "TEST"): Seed {
  const pairs = hex.match(/../g) ?? [];
  if (status === "LIVE") return Seed.live(Uint8Array.from(pairs, (pair) => parseInt(pair, 16)));
  return Seed.test(`adopted ${pairs.join(" ")}`);
}
