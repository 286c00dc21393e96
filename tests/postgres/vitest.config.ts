import { resolve } from "node:path";
import { defineConfig } from "vitest/config";
import { fileText, traced } from "../../vitest.config.js";

/** Needs Debian's `postgresql`, which `npm test` must not: `npm run test:postgres`. */
export default defineConfig({
  root: resolve(import.meta.dirname, "../.."),
  plugins: [fileText],
  test: { ...traced, include: ["tests/postgres/*.postgres.ts"], testTimeout: 300_000, hookTimeout: 60_000 },
});
