import { resolve } from "node:path";
import { defineConfig, type TestUserConfig } from "vitest/config";
import { readRequirements } from "./build/requirements.js";

/** The text of an SQL, Python or R file, as the build puts it into the program. */
export const fileText = {
  name: "file-text",
  enforce: "pre" as const,
  transform: (code: string, id: string): string | undefined =>
    /\.(?:sql|py|R)$/.test(id) ? `export default ${JSON.stringify(code)};` : undefined,
};

/** The package by its name, as the examples import it, leads to its sources. */
const src = resolve(import.meta.dirname, "src");
const alias = [
  { find: /^allocell$/, replacement: `${src}/index.ts` },
  { find: /^allocell\/([\w/]+)$/, replacement: `${src}/$1/index.ts` },
];

/** What every run of tests has in common, so that its results can be joined with the requirements: `npm run trace`. */
export const traced = {
  // A test names the requirements that it proves by their ids; one that is no requirement fails its file.
  tags: readRequirements().map(({ id, text }) => ({ name: id, description: text })),
  reporters:
    process.env["ALLOCELL_RESULTS"] === undefined
      ? ["default"]
      : ["default", ["json", { outputFile: process.env["ALLOCELL_RESULTS"] }]],
} satisfies TestUserConfig;

// These put a broken disk in the place of `node:fs`: they need modules of their own.
const apart = ["tests/unit/cli/diskFaults.test.ts", "tests/unit/cli/recorded.test.ts"];

export default defineConfig({
  resolve: { alias },
  plugins: [fileText],
  test: {
    setupFiles: ["tests/setup.ts"],
    // Long enough for a machine that is busy with other things: what hangs is found all the same.
    testTimeout: 180_000,
    // All cores: the default leaves one idle, half of a small machine.
    maxWorkers: "100%",
    ...traced,
    coverage: { provider: "v8", include: ["src/**"] },
    projects: [
      {
        extends: true,
        test: {
          name: "tests",
          include: ["tests/**/*.test.ts"],
          exclude: apart,
          // The core keeps no state between calls, so all files may share the modules that they import: half the time.
          isolate: false,
        },
      },
      { extends: true, test: { name: "apart", include: apart } },
    ],
  },
});
