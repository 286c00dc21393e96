import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import type { Plugin } from "esbuild";

const IMPORT = /^import \{([^}]*)\} from "([^"]+\/index\.js)";$/gmu;
const EXPORT = /^export \{([^}]*)\} from "(\.[^"]+)\.js";$/gmu;

/** What stands between the braces of an import or an export, without types, by the name that it has outside. */
const namesIn = (list: string): readonly (readonly [outside: string, clause: string])[] =>
  list
    .split(",")
    .map((clause) => clause.trim())
    .filter((clause) => clause !== "" && !clause.startsWith("type "))
    .map((clause) => [clause.split(" as ").at(-1) ?? clause, clause] as const);

/** Which module of a room has each name that the room's index exports. */
function modulesOf(index: string): ReadonlyMap<string, readonly [module: string, own: string]> {
  return new Map(
    [...readFileSync(index, "utf8").matchAll(EXPORT)].flatMap(([, list = "", module = ""]) =>
      namesIn(list).map(
        ([name, clause]) => [name, [join(dirname(index), module), clause.split(" as ")[0] ?? name]] as const,
      ),
    ),
  );
}

/**
 * The text of a source file whose imports from a room's index go to the modules behind it. A bundler that splits into
 * chunks puts all that one index exports into one chunk, so that each command would load everything of a room, with the
 * libraries that only some commands need. What the index does not export by name from a module stays as it is.
 *
 * @param path - of the file, absolute
 */
export function withDirectImports(path: string, text: string): string {
  return text.replace(IMPORT, (whole, list: string, from: string) => {
    const modules = modulesOf(join(dirname(path), from.replace(/\.js$/u, ".ts")));
    const wanted = namesIn(list);
    if (wanted.some(([, clause]) => !modules.has(clause.split(" as ")[0] ?? ""))) return whole;
    return wanted
      .map(([local, clause]) => {
        const [module = "", own = ""] = modules.get(clause.split(" as ")[0] ?? "") ?? [];
        const target = relative(dirname(path), module).replaceAll("\\", "/");
        return `import { ${own}${own === local ? "" : ` as ${local}`} } from "${target.startsWith(".") ? "" : "./"}${target}.js";`;
      })
      .join(" ");
  });
}

/** {@link withDirectImports} for every source file of a build. */
export const directImports: Plugin = {
  name: "direct-imports",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => ({
      contents: withDirectImports(path, readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
};
