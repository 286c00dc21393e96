/*
 * The tables of docs/procedures.md and docs/procedures-worked.md that have a row for every procedure. They are written
 * from the definitions and the examples by ALLOCELL_UPDATE=1; each example's balls are computed from the procedure.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { definitionOf } from "../../src/procedure/definitions.js";
import {
  ALGORITHMS,
  procedureSchema,
  readyProcedure,
  type ProcedureKind,
  type Urn,
} from "../../src/procedure/index.js";
import { holdTable } from "./heldTable.js";
import { PROCEDURE_EXAMPLES, type Worked } from "../support/procedureExamples.js";

const KINDS = Object.keys(ALGORITHMS) as ProcedureKind[];
const nameOf = (kind: string): string => kind.replace(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());
const code = (text: string): string => `\`${text}\``;

/** The balls of a worked example. */
function ballsOf(kind: string, { parameters, ratio: ratioText, rows, soFar }: Worked): string {
  const ratio = ratioText.split(":").map(Number);
  const spec = procedureSchema.parse({ kind, ...parameters });
  const { urn } = readyProcedure(spec, ratio, rows) as { readonly urn: Urn<unknown> };
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

const EXAMPLES = KINDS.flatMap((kind) => PROCEDURE_EXAMPLES[kind].worked.map((own) => [kind, own] as const));

/** A parameter as a plan in YAML has it. */
const stated = ([name, value]: readonly [string, unknown]): string =>
  code(`${name}: ${Array.isArray(value) ? `[${value.join(", ")}]` : String(value)}`);

describe("docs/procedures-worked.md", () => {
  it.each(EXAMPLES.map(([kind, own]) => [kind, `${JSON.stringify(own.parameters)} ${own.soFar}`, own] as const))(
    "%s %s",
    (kind, _, own) => {
      expect(own.balls).toBe(ballsOf(kind, own));
    },
  );

  it("has the examples of every procedure that a plan may name", async () => {
    await holdTable(
      "procedures-worked.md",
      ["`kind`", "parameters", "ratio", "rows", "so far", "by the definition", "balls"],
      EXAMPLES.map(([kind, { parameters, ratio, rows, soFar, because, balls }]) => {
        return [
          code(kind),
          Object.entries(parameters).map(stated).join(", "),
          ratio,
          String(rows),
          soFar,
          because,
          balls,
        ];
      }),
    );
  });
});

describe("docs/procedures.md", () => {
  it("has a row for every procedure that a plan may name: its function, algorithm id and parameters", async () => {
    await holdTable(
      "procedures.md",
      ["`kind`", "Function", "Algorithm id", "Parameters in the plan"],
      KINDS.map((kind) => {
        const parameters = Object.entries(definitionOf({ kind }).parameters()).map(([name, schema]) => {
          return `${code(name)}${z.object({ [name]: schema }).safeParse({}).success ? " (optional)" : ""}`;
        });
        return [code(kind), code(nameOf(kind)), code(ALGORITHMS[kind]), parameters.join(", ") || "none"];
      }),
    );
  });

  it("or docs/procedures-adaptive.md says what every procedure does", () => {
    // Neither the overview nor the table above says what a procedure does.
    const pages = ["procedures.md", "procedures-adaptive.md"].map((page) =>
      readFileSync(`docs/${page}`, "utf8").replace(/^## (?:Overview|In a plan)\n[^]*?^(?=## )/gmu, ""),
    );
    const isDefined = (kind: string): boolean =>
      pages.some((page) => new RegExp(`^(?:#+ .*\\(\`${nameOf(kind)}\`\\)|\\| \`${nameOf(kind)}\`)`, "mu").test(page));
    // Permuted blocks have a page of their own.
    expect(KINDS.filter((kind) => kind !== "permuted-block" && !isDefined(kind))).toEqual([]);
  });
});
