/* The examples of docs/procedures-worked.md, computed from the procedures themselves. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { describe, expect, it } from "vitest";
import { definitionOf } from "../../src/procedure/definitions.js";
import {
  ALGORITHMS,
  procedureSchema,
  readyProcedure,
  type ProcedureKind,
  type Urn,
} from "../../src/procedure/index.js";

const PAGE = readFileSync(new URL("../../docs/procedures-worked.md", import.meta.url), "utf8");

/** The cells of the first table, without its head. */
const ROWS = PAGE.split("\n")
  .filter((line) => /^\| `(?!kind`)[a-z-]+`/u.test(line))
  .map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/u)
      .map((cell) => cell.trim().replaceAll("\\|", "|")),
  );

/** The balls that a row of the page should end with. */
function ballsOf([kind = "", parameters = "", ratioText = "", rows = "", soFar = ""]: readonly string[]): string {
  const options = parse(`{ kind: ${kind}, ${parameters} }`.replaceAll("`", "")) as unknown;
  const ratio = ratioText.split(":").map(Number);
  const { urn } = readyProcedure(procedureSchema.parse(options), ratio, Number(rows)) as { readonly urn: Urn<unknown> };
  let state = urn.start;
  for (const drawn of soFar.split(" ").filter(Boolean)) {
    const hidden = /^h(\d+)$/u.exec(drawn)?.[1];
    state = urn.after(
      state,
      hidden === undefined ? drawn.charCodeAt(0) - 65 : ratio.length + Number(hidden),
      undefined,
    );
  }
  const balls = urn.balls(state, undefined).map(String);
  const [arms, rest] = [balls.slice(0, ratio.length), balls.slice(ratio.length)];
  return [arms, ...(rest.length > 0 ? [rest] : [])].map((own) => own.join(" : ")).join(" | ");
}

describe("docs/procedures-worked.md", () => {
  it.each(ROWS.map((row) => [row.slice(0, 5).join(" "), row] as const))("%s", (_, row) => {
    expect(row).toHaveLength(7);
    expect(row[6]).toBe(ballsOf(row));
  });

  it("has an example of every procedure that a plan may name", () => {
    const kinds = new Set(ROWS.map(([kind = ""]) => kind.replaceAll("`", "")));
    expect([...kinds].sort()).toEqual(Object.keys(ALGORITHMS).sort());
  });
});

describe("docs/procedures.md", () => {
  it("has a row for every procedure that a plan may name: its function, algorithm id and parameters", () => {
    const page = readFileSync(new URL("../../docs/procedures.md", import.meta.url), "utf8");
    const rows = [...page.matchAll(/^\| `([^`]+)` +\| `([^`]+)` +\| `(allocell-[^`]+)` +\| (.+?) +\|$/gmu)].map(
      ([, kind = "", name, algorithm, parameters = ""]) =>
        [kind, [name, algorithm, [...parameters.matchAll(/`([^`]+)`/gu)].map(([, own]) => own).sort()]] as const,
    );
    const wanted = (Object.keys(ALGORITHMS) as ProcedureKind[]).map((kind) => {
      const name = kind.replace(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());
      return [kind, [name, ALGORITHMS[kind], Object.keys(definitionOf({ kind }).parameters()).sort()]] as const;
    });
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(wanted));
    expect(rows).toHaveLength(wanted.length);
  });
});
