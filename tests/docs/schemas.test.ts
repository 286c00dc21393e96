import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import { preparationOrderJsonSchema } from "../../src/dose/index.js";
import { planJsonSchema } from "../../src/list/index.js";
import { trialJsonSchema } from "../../src/trial/index.js";

const inProject = (path: string): URL => new URL(`../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(inProject(path), "utf8");
const EXAMPLES = ["sle", "uc", "t1d", "t2d"];

describe("docs/schema/preparation-order.json", () => {
  it("is what the code gives (ALLOCELL_UPDATE=1 rewrites the file), twice the same", () => {
    const path = "docs/schema/preparation-order.json";
    const text = `${JSON.stringify(preparationOrderJsonSchema(), null, 2)}\n`;
    if (process.env["ALLOCELL_UPDATE"] === "1") writeFileSync(inProject(path), text);
    expect(read(path)).toBe(text);
  });

  it.each([
    ["trial", trialJsonSchema],
    ["plan", planJsonSchema],
    ["preparation order", preparationOrderJsonSchema],
  ])("the schema of a %s is twice the same", (_, make) => {
    expect(make()).toEqual(make());
  });
});

/**
 * zod's own reader of JSON Schema: another program than the one that wrote it. It reads patterns without Unicode's
 * classes, which the standard asks for, so the letters and digits of the examples stand in their place.
 */
const checker = (schema: object): z.ZodType =>
  z.fromJSONSchema(
    JSON.parse(JSON.stringify(schema).replaceAll("\\\\p{L}\\\\p{N}", "A-Za-z0-9")) as z.core.JSONSchema.JSONSchema,
  );

describe("the schema of a plan", () => {
  const schema = checker(planJsonSchema());

  it.each(EXAMPLES)("takes the example plan of %s", (trial) => {
    expect(schema.safeParse(parse(read(`examples/${trial}/plan.yaml`))).error).toBeUndefined();
  });

  it.each([
    ["a field that is not known", { seed: "secret" }],
    ["a ratio of 0", { arms: { low: 0, medium: 1 } }],
    ["a ratio of 1.5", { arms: { low: 1.5, medium: 1 } }],
    ["an unknown procedure", { procedure: { kind: "coin" } }],
    ["a length as text", { length: "24" }],
    ["a level as a number", { strata: [{ factor: "site", levels: [1] }] }],
  ])("refuses %s", (_, change) => {
    const plan = parse(read("examples/sle/plan.yaml")) as object;
    expect(schema.safeParse({ ...plan, ...change }).success).toBe(false);
  });
});

describe("the schema of a preparation order", () => {
  const schema = checker(preparationOrderJsonSchema());
  const orderOf = (path: string): object => (parse(read(path)) as { order: object }).order;

  it("takes the order of a licensed product, and that of a trial once its dose is put in", () => {
    expect(schema.safeParse(orderOf("examples/products/order-ryoncil.yaml")).error).toBeUndefined();
    const order = { ...orderOf("examples/sle/order.yaml"), dose: { from: "trial", trial: {} } };
    expect(schema.safeParse(order).error).toBeUndefined();
  });

  it.each([
    ["a weight as a number", { weight: { descriptor: "actual", weightKg: 72.4, weighedOn: "x", weighedBy: "y" } }],
    ["a field that is not known", { draw: { graduationMl: "0.1", overfillPercent: "0", step: "1" } }],
    ["no lots in a list of lots", { lots: [] }],
  ])("refuses %s", (_, change) => {
    const order = orderOf("examples/products/order-ryoncil.yaml");
    expect(schema.safeParse({ ...order, ...change }).success).toBe(false);
  });
});
