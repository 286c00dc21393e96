import { fileURLToPath } from "node:url";
import type { BuildOptions } from "esbuild";
import { directImports } from "./directImports.js";

/** How the command is built: by `npm run build`, and by tests that start it as a program. */
export const commandBuild = {
  platform: "node",
  format: "esm",
  target: "es2022",
  minify: true,
  // What is bundled is bundled from its modules; those of yaml are its files for browsers.
  mainFields: ["module", "main"],
  alias: { yaml: fileURLToPath(new URL("../node_modules/yaml/browser/index.js", import.meta.url)) },
  // For what is bundled as CommonJS and asks for a part of Node.
  banner: { js: 'import { createRequire as own } from "node:module"; const require = own(import.meta.url);' },
  // No command loads more of a room than it uses.
  plugins: [directImports],
} satisfies BuildOptions;

/** The migrations of the store are SQL files, programs that are handed out are R and Python files: their text is part of the program. */
export const fileTexts = { ".sql": "text", ".py": "text", ".R": "text" } as const;
