/* Every procedure of the table can be used by a program: its function is public, under the name of its kind. */
import { describe, expect, it } from "vitest";
import { PLAN_CARRIED, planSections } from "../../../src/cli/fields/planFields.js";
import { sle } from "../../../src/trials/index.js";
import { definitionOf } from "../../../src/procedure/definitions.js";
import * as procedures from "../../../src/procedure/index.js";
import { ALGORITHMS } from "../../../src/procedure/index.js";

const camelCase = (kind: string): string => kind.replace(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase());

describe("every procedure", { tags: ["LIST-006"] }, () => {
  it.each(Object.keys(ALGORITHMS))("%s is a public function", (kind) => {
    expect((procedures as Readonly<Record<string, unknown>>)[camelCase(kind)]).toBeTypeOf("function");
  });

  it("can be chosen in the form of a plan, and each of its parameters has a field there", () => {
    const kinds = Object.keys(ALGORITHMS) as procedures.ProcedureKind[];
    expect([...procedures.PROCEDURE_KINDS].sort()).toEqual([...kinds].sort());
    const fields = planSections(sle, "single-dose").flatMap((section) => section.fields);
    const missing = kinds.flatMap((kind) =>
      Object.keys(definitionOf({ kind }).parameters()).filter((name) => {
        const own = fields.filter(({ path }) => path === `procedure.${name}`);
        const isShown = own.some(({ when }) => when?.path !== "procedure.kind" || when.is?.includes(kind));
        return !isShown && !PLAN_CARRIED.some((path) => path === `procedure.${name}`);
      }),
    );
    expect(missing).toEqual([]);
  });
});
