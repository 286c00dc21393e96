import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import * as fc from "fast-check";
import { parse, stringify } from "yaml";
import { describe, expect, it } from "vitest";
import { makeDesk } from "../unit/cli/harness.js";

const FILE = resolve("examples/sle/order-batch.yaml");
const COLUMNS = ["participant", "arm", "weight_kg", "weighed_on", "weighed_by"];

interface Template {
  readonly order: { readonly weight: object };
}

const template = parse(readFileSync(FILE, "utf8")) as Template;

/** A row of a table: much of it is refused. */
const anyRow = fc.record({
  arm: fc.constantFrom("low", "medium", "high", "placebo", "double", "nowhere"),
  weight_kg: fc.oneof(
    { arbitrary: fc.integer({ min: 400, max: 1200 }).map((tenths) => String(tenths / 10)), weight: 4 },
    { arbitrary: fc.constantFrom("", "0", "72,4", "160 lb", "0.4", "301", "7.24e1", "-60", "700", "16"), weight: 1 },
  ),
  weighed_on: fc.constantFrom("2026-03-01", "2026-03-18", "2026-03-19", "2026-03-19", "19.03.2026", ""),
  weighed_by: fc.constantFrom("N. Berg", "N. Berg", "N. Berg", ""),
});
type Row = typeof anyRow extends fc.Arbitrary<infer R> ? R : never;

/** What is said of all arms with cells, and of no placebo. */
const OF_CELLS = ["product", "lots", "draw", "dayTotals"];

/** The row as an order of its own. */
function orderOf({ arm, weight_kg, weighed_on, weighed_by }: Row): string {
  const cells = { weightKg: weight_kg, weighedOn: weighed_on, weighedBy: weighed_by };
  const stated = Object.entries(cells).filter(([, cell]) => cell !== "");
  const { weight: rule, ...others } = template.order;
  const weight = stated.length === 0 ? {} : { weight: { ...rule, ...Object.fromEntries(stated) } };
  const common = Object.entries(others).filter(([field]) => arm !== "placebo" || !OF_CELLS.includes(field));
  return stringify({ ...template, arm, order: { ...Object.fromEntries(common), ...weight } });
}

describe("a batch of random rows", { tags: ["PREP-010"] }, () => {
  it("has for each row what `prepare` gives for an order of its own, and one bad row changes no other", async () => {
    const rows = fc.sample(anyRow, { numRuns: 60, seed: 20261130 });
    const desk = makeDesk();
    const table = rows.map((row, i) => [
      `P-${i}`,
      ...COLUMNS.slice(1).map((column) => `"${row[column as keyof Row]}"`),
    ]);
    desk.write("b.csv", [COLUMNS, ...table].map((cells) => `${cells.join(",")}\n`).join(""));
    const { stdout, stderr } = await desk.run("prepare-batch", "b.csv", "--order", FILE);
    const answers: readonly Readonly<Record<string, string>>[] = parseCsv(stdout, { columns: true, bom: true });
    expect(
      answers.map(({ line }) => line),
      stderr,
    ).toEqual(rows.map((_, i) => String(i + 2)));
    const seen = new Set<string>();
    for (const [i, row] of rows.entries()) {
      desk.write("one.yaml", orderOf(row));
      const { answer } = await desk.json("prepare", "one.yaml");
      const { preparation } = answer as {
        preparation?: { delivered: { drawMl: string }; warnings: { code: string }[] };
      };
      const { status, draw_ml: draw } = answers[i]!;
      const named = JSON.stringify([row, answers[i], answer]).slice(0, 2000);
      if (preparation === undefined) expect(status, named).toBe("refused");
      else expect([status === "refused", draw], named).toEqual([false, preparation.delivered.drawMl]);
      seen.add(status!);
    }
    expect([...seen].sort()).toEqual(["open", "ready", "refused"]);
  });
});
