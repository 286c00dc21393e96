import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { traced } from "../../vitest.config.js";

/** Needs strace, which `npm test` must not: `npm run test:faults`. */
export default defineConfig({
  root: resolve(import.meta.dirname, "../.."),
  test: { ...traced, include: ["tests/faults/*.faults.ts"], testTimeout: 170_000, hookTimeout: 60_000 },
});
