import { readFileSync } from "node:fs";
import type { Plugin } from "esbuild";
import ts from "typescript";

/**
 * The text of a source file whose constants are marked as computed without side effects, so that a bundler leaves out
 * those that nothing uses. `sideEffects: false` says it of each file of src, but what is built joins many files in one,
 * and of that one a program with a single name would keep every table and every schema.
 */
export function withPureConstants(text: string): string {
  const tree = ts.createSourceFile("constants.ts", text, ts.ScriptTarget.ES2022);
  const values = tree.statements
    .filter(ts.isVariableStatement)
    .flatMap(({ declarationList }) => declarationList.declarations)
    .flatMap(({ initializer }) => initializer ?? [])
    // A function or a text is left out as it is.
    .filter((value) => !ts.isFunctionLike(value) && !ts.isLiteralExpression(value));
  let marked = "";
  let at = 0;
  for (const value of values) {
    const start = value.getStart(tree);
    // The mark is that of one call: in a bundle that is made small the function around the value is gone again.
    marked += `${text.slice(at, start)}/* @__PURE__ */ (() => (${text.slice(start, value.end)}))()`;
    at = value.end;
  }
  return marked + text.slice(at);
}

/** {@link withPureConstants} for every source file of a build, and for those of zod, which is built into it. */
export const pureConstants: Plugin = {
  name: "pure-constants",
  setup: (build) => {
    build.onLoad({ filter: /[\\/]src[\\/].*\.ts$|[\\/]zod[\\/].*\.js$/ }, ({ path }) => ({
      contents: withPureConstants(readFileSync(path, "utf8")),
      loader: "ts",
    }));
  },
};
