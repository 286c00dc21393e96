/* The examples in the docstrings of the entry `allocell`: each runs, and gives what it says. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import { runBlock } from "./runBlock.js";

const { values } = (
  JSON.parse(readFileSync("tests/architecture/exports.json", "utf8")) as Readonly<
    Record<string, { readonly values: readonly string[] }>
  >
)["."] ?? { values: [] };

/** The names that the examples use without making them. */
const PRELUDE = `
import { ${values.join(", ")} } from "allocell";
import { chainEvent, EMPTY_CONDUCT } from "allocell/allocation";
import { boundList } from "allocell/list";
import { readFileSync } from "node:fs";
import { parse } from "yaml";
const input = { trial: "NCT07041801", part: "single-dose", list: "SLE-SD-01", length: 24,
  arms: { low: 1, medium: 1, high: 1, placebo: 1 }, procedure: { kind: "permuted-block", sizes: [4, 8] },
  strata: [{ factor: "site", levels: ["01", "02"] }] };
const [plan, trial, seed, at] = [parsePlan(input), sle, Seed.test("TEST docstrings"), "2026-11-30T08:00:00Z"];
const assumptions = parse(readFileSync("examples/sle/assumptions.yaml", "utf8")).assumptions;
const order = {
  preparedOn: "2026-02-27",
  weight: { descriptor: "actual", weightKg: "85", weighedOn: "2026-02-26", weighedBy: "nurse A" },
  dose: { from: "protocol", rule: { kind: "per-kg", amount: "1E6", unitKind: "viable-cells" }, source: "protocol 2.0",
    levels: [{ kind: "per-kg", amount: "1E6", unitKind: "viable-cells" }] },
  product: { name: "MSC", mayMixLots: false, source: "product file 7" },
  lots: [{ lot: "L1", expiresOn: "2027-01-31", isReleased: true, containers: 20, content: "1E7", counted: "viable-cells",
    recovery: "0.85", fillMl: "2", extractableMl: "2" }],
  draw: { graduationMl: "0.5", overfillPercent: "10" },
  infusion: { finalVolumeMl: "100", rateMlPerMin: "4" },
};
const list = generateList({ plan, trial, seed });
const event = chainEvent(EMPTY_CONDUCT, openListLog(boundList(list)), { at, actor: "N. Berg" });
const opened = readLog(toLogLine(event)).state;
const second = chainEvent(opened, assignNext(opened, { participant: "P-1", stratum: { site: "01" } }), { at, actor: "N. Berg" });
const state = readLog(toLogLine(event) + toLogLine(second)).state;
`;

interface Documented {
  readonly name: string;
  readonly file: string;
  readonly examples: readonly string[];
  readonly hasParameters: boolean;
}

/** The functions of the entry, where they are declared, and the examples in their docstrings. */
function documentedFunctions(): readonly Documented[] {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .map((name) => join("src", name))
    .filter((file) => file.endsWith(".ts") && !/^src.(?:cli|app|store)/u.test(file));
  return files.flatMap((file) =>
    ts
      .createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true)
      .statements.filter(ts.isFunctionDeclaration)
      .filter(({ name }) => name !== undefined && values.includes(name.text))
      .map((own) => {
        const tags = ts.getJSDocTags(own);
        const examples = tags
          .filter(({ tagName }) => tagName.text === "example")
          .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "");
        const hasParameters = tags.some(({ tagName }) => tagName.text === "param");
        return { name: own.name?.text ?? "", file, examples, hasParameters };
      }),
  );
}

const functions = documentedFunctions();

describe("the docstrings of the entry", () => {
  it.each(functions.flatMap(({ name, file, examples }) => examples.map((code) => [name, file, code] as const)))(
    "%s of %s: its example runs",
    async (_, file, code) => {
      // In a block of its own: an example may use a name again.
      expect(await runBlock({ file, line: 0, code: `${PRELUDE}{\n${code}\n}` })).toBeGreaterThanOrEqual(1);
    },
  );

  it("say what three of four functions take, and show three of five", () => {
    const share = (some: readonly Documented[]): number => some.length / functions.length;
    expect(share(functions.filter((own) => own.hasParameters))).toBeGreaterThanOrEqual(0.75);
    expect(share(functions.filter(({ examples }) => examples.length > 0))).toBeGreaterThanOrEqual(0.6);
  });
});
