import { defineConfig } from "vitest/config";
import base, { traced } from "../../vitest.config.js";

/** The pages in a real browser. Not part of `npm test`: they need Debian's chromium, and take minutes. */
export default defineConfig({
  ...base,
  test: {
    ...traced,
    include: ["tests/pages/**/*.pages.ts"],
    globalSetup: ["tests/pages/globalSetup.ts"],
    testTimeout: 1_200_000,
    hookTimeout: 120_000,
    fileParallelism: false,
  },
});
