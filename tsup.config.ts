import { readFileSync } from "node:fs";
import { defineConfig, type Options } from "tsup";
import { commandBuild, fileTexts } from "./build/command.js";
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
  loader: fileTexts,
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
    format: commandBuild.format,
    platform: commandBuild.platform,
    minify: commandBuild.minify,
    banner: commandBuild.banner,
    esbuildPlugins: commandBuild.plugins,
    esbuildOptions: (options) => {
      options.mainFields = commandBuild.mainFields;
      options.alias = commandBuild.alias;
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
