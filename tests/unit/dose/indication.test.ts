import { describe, expect, it } from "vitest";
import { prepare, productById, PRODUCTS, type Preparation } from "../../../src/dose/index.js";
import { issueOf } from "../../support/issueOf.js";
import { lot, ofProduct, order, weighed } from "./preparationOrders.js";

const basis = { countBasis: "viable-cells" } as const;
const kymriah = {
  rule: { kind: "flat", amount: "100000000", unitKind: "car-positive-cells" },
} as const;

const given = (product: string, change: object, ageYears: string | undefined, kg = "60"): Preparation =>
  prepare(
    order({
      ...(ageYears === undefined ? {} : { participant: { ageYears } }),
      weight: weighed(kg),
      dose: ofProduct(product, change),
      lots: [lot(product === "kymriah" ? { counted: "car-positive-cells", content: "100000000" } : {})],
    }),
  );
const outside = (product: string, change: object, ageYears?: string, kg?: string): readonly object[] =>
  given(product, change, ageYears, kg).warnings.filter(
    ({ code, path }) => code === "dose.differs_from_label" && path === "participant.ageYears",
  );

describe("an order against those for whom a regimen is", { tags: ["PROD-001"] }, () => {
  it("Kymriah for adults is warned of at 8 years, with both and the source", () => {
    expect(outside("kymriah", { ...kymriah, regimen: "adult" }, "8", "30")).toEqual([
      {
        code: "dose.differs_from_label",
        path: "participant.ageYears",
        message:
          "The order says 8 years; the sources of Kymriah (pipeline-evidence.pages.dev; Blood Advances 4 (2020) 5414) say: Adults with relapsed or refractory large B-cell or follicular lymphoma.",
        expected: "from 18 years",
        received: "8 years",
        parameters: { name: "Kymriah", source: "pipeline-evidence.pages.dev; Blood Advances 4 (2020) 5414" },
      },
    ]);
  });

  it.each([
    ["kymriah", { ...kymriah, regimen: "adult" }, ["17.9"], ["18", "80"]],
    ["kymriah", { ...kymriah, regimen: "paediatric" }, ["26", "40"], ["3", "25", "25.99"]],
    ["tecartus", { ...basis, regimen: "mcl" }, ["17"], ["18"]],
    ["tecartus", { ...basis, regimen: "all" }, ["17"], ["18"]],
    ["yescarta", basis, ["17.99"], ["18"]],
    ["ryoncil", basis, ["0.15", "18"], ["0.16", "17"]],
    ["temcell", basis, [], ["1", "90"]],
  ])("%s: the ends of the ages, and nothing where the sources state none", (product, change, out, within) => {
    for (const age of out) expect(outside(product, change, age), age).toHaveLength(1);
    for (const age of within) expect(outside(product, change, age), age).toEqual([]);
    expect(outside(product, change)).toEqual([]);
  });

  it("no source states a weight for a regimen: those of products by volume are held by computeProductVolume", () => {
    for (const { regimens } of PRODUCTS)
      for (const { indication } of regimens) expect(indication?.weightKg).toBeUndefined();
  });

  it("waits for a reason and a name, as every warning", () => {
    expect(given("yescarta", basis, "12").isReady).toBe(false);
  });

  it("an order that names no regimen gets all of them with their doses", () => {
    const issue = issueOf(() => given("tecartus", basis, "40"));
    expect(issue.code).toBe("dose.regimen_needed");
    for (const { id, title } of productById("tecartus").regimens) expect(issue.message).toContain(`${id}: ${title}`);
  });

  it.each([
    ["adult", "29.9", true],
    ["adult", "30", false],
    ["paediatric", "12", false],
  ])("without an age the ages of regimen %s say that %s kg is unusual: %s", (regimen, kg, isUnusual) => {
    const { warnings } = given(
      "kymriah",
      { ...kymriah, rule: { ...kymriah.rule, amount: "60000000" }, regimen },
      undefined,
      kg,
    );
    const found = warnings.some(({ code, path }) => code === "dose.unlikely_value" && path === "weight.weightKg");
    expect(found).toBe(isUnusual);
  });
});
