import type { PageName } from "../../build/pages.js";

/** How many cases of each group of `allocell oq` a page runs; docs/validation/README.md says why no others. */
export const PAGE_CASES: readonly (readonly [page: PageName, byGroup: Readonly<Record<string, number>>])[] = [
  ["pharmacy", { D: 120, P: 16, Q: 66, T: 69, X: 2 }],
  ["statistics", { A: 12, L: 120, N: 2, S: 3, X: 5 }],
];
