/* What a program gets that uses one name of a room: what is built joins many modules, and a bundler leaves out what it may. */
import { build, type BuildOptions } from "esbuild";
import { describe, expect, it } from "vitest";
import { pureConstants, withPureConstants } from "../../build/pureConstants.js";

async function textOf(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    ...{ bundle: true, write: false, format: "esm", platform: "neutral", mainFields: ["module", "main"] },
    external: ["@noble/hashes", "decimal.js", "preact", "seedrandom"],
  });
  return outputFiles[0]?.text ?? "";
}

/** The program that uses one name of a module whose text is given. */
const programWith = (name: string, module: string): Promise<string> =>
  textOf({
    stdin: { contents: `import { ${name} } from "module"; globalThis.${name} = ${name};` },
    minify: true,
    plugins: [
      {
        name: "module",
        setup: (own) => {
          own.onResolve({ filter: /^module$/ }, ({ path }) => ({ path, namespace: "given" }));
          own.onLoad({ filter: /./, namespace: "given" }, () => ({ contents: module }));
        },
      },
    ],
  });

const builtRoom = (room: string): Promise<string> =>
  textOf({ entryPoints: [`src/${room}/index.ts`], tsconfig: "tsconfig.node.json", plugins: [pureConstants] });

describe("the constants of what is built", { tags: ["FILE-002"] }, () => {
  const source = `
const base = { a: named("a") };
export const unused = strict({ ...base, b: named("b").check(least(1)) });
export const table = [...new Map([[base.a, "of " + base]]).keys()];
export const used = base.a;
`;

  it("are left out where nothing uses them, whatever computes them", async () => {
    const least = await programWith("used", withPureConstants(source));
    expect(least).toMatch(/^var (\w+)=\{a:named\("a"\)\};var (\w+)=\1\.a;globalThis\.used=\2;\n$/u);
    expect(await programWith("used", source)).toContain("strict(");
  });

  it("keep their types, and functions and texts stay as they are", () => {
    expect(withPureConstants('export const A: readonly string[] = ["x"] as const;\nconst f = () => [1];\n')).toBe(
      'export const A: readonly string[] = /* @__PURE__ */ (() => (["x"] as const))();\nconst f = () => [1];\n',
    );
    expect(withPureConstants('const A = "x", B = g(A);\nlet c: string;\n')).toBe(
      'const A = "x", B = /* @__PURE__ */ (() => (g(A)))();\nlet c: string;\n',
    );
  });

  it("come with the job that uses them alone", { timeout: 60_000 }, async () => {
    const has = (text: string, word: string): boolean => text.includes(word);
    const dose = await builtRoom("dose");
    const ofProducts = "drugs.com; MHRA SmPC";
    const prescribing = await programWith("prescribe", dose);
    expect([has(dose, ofProducts), has(prescribing, ofProducts)]).toEqual([true, false]);
    const ofPreparation = "Drops in a millilitre";
    expect([has(dose, ofPreparation), has(prescribing, ofPreparation)]).toEqual([true, false]);
    const ofJsonSchema = "length_equals";
    expect([has(dose, ofJsonSchema), has(prescribing, ofJsonSchema)]).toEqual([true, false]);
    const list = await builtRoom("list");
    const ofDynamicPlan = "needs at least one factor";
    expect([has(list, ofDynamicPlan), has(await programWith("generateList", list), ofDynamicPlan)]).toEqual([
      true,
      false,
    ]);
  });
});
