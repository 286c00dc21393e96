import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    exclude: ["tests/e2e/consumers/**", "node_modules/**"],
    setupFiles: ["tests/setup.ts"],
    testTimeout: 60_000,
    typecheck: { enabled: true, include: ["tests/types/**/*.test-d.ts"], tsconfig: "tsconfig.node.json" },
  },
});
