/** What stands before what was found, and before what was expected. */
export const FOUND_NAMES = {
  found: { en: "Found", zh: "实际值" },
  expected: { en: "Expected", zh: "要求" },
} as const;
