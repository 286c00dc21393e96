import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Options } from "tsup";
import { directImports } from "./build/directImports.js";
import { pureConstants } from "./build/pureConstants.js";

/** package.json's `exports` is the one list of entries: `"./dose"` is built from src/dose/index.ts to dist/dose. */
const { exports } = JSON.parse(readFileSync("package.json", "utf8")) as { exports: Record<string, unknown> };
const rooms = Object.keys(exports)
  .filter((entry) => entry !== "." && entry !== "./package.json")
  .map((entry) => entry.slice("./".length));
const library = {
  index: "src/index.ts",
  ...Object.fromEntries(rooms.map((room) => [room, `src/${room}/index.ts`])),
};

const shared: Options = {
  target: "es2022",
  platform: "neutral",
  external: [/^node:/],
  // Shared chunks in both formats: without them `allocell` and `allocell/dose` would each carry an own error class.
  splitting: true,
  // The migrations of the store are SQL files, programs that are handed out are R and Python files: their text is part
  // of the program.
  loader: { ".sql": "text", ".py": "text", ".R": "text" },
  // For the licences of what is bundled: build/bundled.ts.
  metafile: true,
  treeshake: false,
  tsconfig: "tsconfig.node.json",
  silent: true,
};

export default defineConfig([
  // No maps: what is built is readable, and its sources lie beside it.
  // A program's bundler takes out of it what the program uses.
  { ...shared, entry: library, format: ["esm", "cjs"], esbuildPlugins: [pureConstants] },
  // The command is a program of its own, half as large, in chunks that it loads when it needs them.
  {
    ...shared,
    entry: ["src/cli/main.ts"],
    outDir: "dist/cli",
    format: "esm",
    platform: "node",
    minify: true,
    // For what is bundled as CommonJS and asks for a part of Node.
    banner: { js: 'import { createRequire as own } from "node:module"; const require = own(import.meta.url);' },
    // No command loads more of a room than it uses.
    esbuildPlugins: [directImports],
    esbuildOptions: (options) => {
      // What is bundled is bundled from its modules; those of yaml are its files for browsers.
      options.mainFields = ["module", "main"];
      options.alias = { yaml: fileURLToPath(new URL("node_modules/yaml/browser/index.js", import.meta.url)) };
    },
  },
  {
    ...shared,
    entry: library,
    format: ["esm", "cjs"],
    // TypeScript 6 refuses the `baseUrl` that tsup's declaration build sets, unless told otherwise (egoist/tsup#1388).
    dts: { only: true, compilerOptions: { ignoreDeprecations: "6.0", stripInternal: true } },
  },
]);
