import js from "@eslint/js";
import { defineConfig } from "eslint/config";
import sonarjs from "eslint-plugin-sonarjs";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist/", "coverage/", "examples/out/", "tests/e2e/consumers/"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: ["./tsconfig.node.json"] } },
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A count printed in a message is fine; an object is not.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // It asks for `!`, which no-non-null-assertion forbids.
      "@typescript-eslint/non-nullable-type-assertion-style": "off",
      // `record["key"]` is how noPropertyAccessFromIndexSignature wants an index signature to be read.
      "@typescript-eslint/dot-notation": "off",
    },
  },
  {
    // A function does one thing and fits a screen.
    files: ["src/**/*.{ts,tsx}"],
    plugins: { sonarjs },
    rules: {
      "max-lines-per-function": ["error", { max: 60, skipBlankLines: true, skipComments: true }],
      "sonarjs/cognitive-complexity": ["error", 15],
    },
  },
  {
    // The innermost loops of generation and of simulation, a few nanoseconds a row: what they hold in local variables, a
    // called function could not renew.
    files: ["src/procedure/generateSequence.ts", "src/assessment/walk.ts"],
    rules: { "sonarjs/cognitive-complexity": "off" },
  },
  {
    // The core is pure: no files, no clock, no ambient randomness, no locale.
    files: ["src/**/*.ts", "src/**/*.tsx"],
    ignores: ["src/app/**", "src/cli/**", "src/store/**"],
    rules: {
      "no-restricted-imports": ["error", { patterns: ["node:*"] }],
      "no-restricted-properties": [
        "error",
        { object: "Math", property: "random", message: "Randomness is an argument." },
        { object: "Date", property: "now", message: "Time is an argument." },
        { property: "toLocaleString", message: "No locale in the core." },
        { property: "localeCompare", message: "No locale in the core." },
      ],
      "no-restricted-globals": ["error", "Date", "Intl"],
    },
  },
  {
    files: ["**/*.js", "**/*.mjs", "**/*.cjs"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", URL: "readonly", fetch: "readonly", setTimeout: "readonly" },
    },
  },
  {
    files: ["tests/**/*.ts", "bench/**/*.ts"],
    rules: {
      // In tests a non-null assertion is itself an assertion: the test fails where it is wrong.
      "@typescript-eslint/no-non-null-assertion": "off",
    },
  },
);
