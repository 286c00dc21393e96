import { defineConfig } from "tsup";

/** One entry a room, so that a browser page takes only what it needs. Subpath exports follow the folders. */
const rooms = ["quantity", "random", "trial", "trials", "calendar", "dose", "procedure", "list"];
const library = {
  index: "src/index.ts",
  ...Object.fromEntries(rooms.map((room) => [room, `src/${room}/index.ts`])),
};

export default defineConfig({
  entry: { ...library, "cli/main": "src/cli/main.ts" },
  format: ["esm", "cjs"],
  target: "es2022",
  platform: "neutral",
  external: [/^node:/],
  // Shared chunks in both formats: without them `allocell` and `allocell/dose` would each carry an own error class.
  splitting: true,
  sourcemap: true,
  clean: true,
  treeshake: false,
  tsconfig: "tsconfig.node.json",
  // TypeScript 6 refuses the `baseUrl` that tsup's declaration build sets, unless told otherwise (egoist/tsup#1388).
  dts: { entry: library, compilerOptions: { ignoreDeprecations: "6.0" } },
});
