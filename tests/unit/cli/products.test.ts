import { describe, expect, it } from "vitest";
import { PRODUCTS, productSources } from "../../../src/dose/index.js";
import { makeDesk } from "./harness.js";

const show = async (...argv: string[]): Promise<string> => (await makeDesk().run("products", ...argv)).stdout;

describe("products", () => {
  it("lists the 19 with what they count, regimens, ages and weights", async () => {
    const text = await show();
    for (const { id, regimens } of PRODUCTS) {
      expect(text).toMatch(new RegExp(`^${id} `, "mu"));
      for (const regimen of regimens) expect(text).toContain(regimen.id);
    }
    expect(text).toMatch(/^zolgensma +vector genomes +by volume +below 2 +from 2.6 to 21$/mu);
    expect(text).toMatch(/^temcell +cells +label +not stated +not stated$/mu);
    const { answer } = await makeDesk().json("products");
    expect(answer).toMatchObject({ command: "products" });
    expect(answer["products"]).toHaveLength(19);
  });

  it("shows of each what is stated and, by name, what is not", async () => {
    for (const product of PRODUCTS) {
      const text = (await show(product.id)).replace(/\s+/gu, " ");
      for (const { statement, source } of product.facts) expect(text).toContain(`${statement} (${source})`);
      for (const { title, source } of product.regimens) expect(text).toContain(`${title} (${source})`);
      for (const name of ["storage", "expiry", "age, years", "weight, kg", "Sources"]) expect(text).toContain(name);
      for (const { source, readOn } of productSources(product))
        expect(text).toContain(`${source}, ${readOn === undefined ? "day of reading not recorded" : `read ${readOn}`}`);
    }
    expect(await show("yescarta")).toMatch(/^ {2}storage +not stated$/mu);
    expect(await show("ryoncil")).toMatch(/^ {2}storage +At -135 °C/mu);
  });

  it("computes what each regimen gives at a weight, within its range and its most", async () => {
    const tecartus = await show("tecartus", "--weight", "110 kg");
    expect(tecartus).toMatch(/^ {2}mcl +200,000,000 \(the most\); at least 110,000,000, at most 200,000,000; cells$/mu);
    expect(tecartus).toMatch(/^ {2}all +100,000,000 \(the most\); at most 100,000,000; cells$/mu);
    expect(await show("kymriah", "--weight", "38 kg")).toContain(
      "no one dose; at least 7,600,000, at most 190,000,000",
    );
    expect(await show("elevidys", "--weight", "10.5 kg")).toContain("110 mL, 11 vials");
    const { answer } = await makeDesk().json("products", "tecartus", "--weight", "70 kg");
    expect(answer).toMatchObject({
      command: "products",
      product: { id: "tecartus", readOn: {} },
      atWeight: {
        weightKg: "70",
        given: [
          { regimen: "mcl", target: "140000000" },
          { regimen: "all", target: "70000000" },
        ],
      },
    });
  });

  it("says why a regimen gives nothing at a weight", async () => {
    const text = (await show("tecartus", "--weight", "201 kg")).replace(/\s+/gu, " ");
    expect(text).toContain("mcl none: The least dose at this weight, 201,000,000 cells, is above the cap");
    expect(await show("omisirge", "--weight", "70 kg")).toContain("nothing can be computed");
  });

  it("refuses an unknown product, a weight without its unit, and a weight without a product", async () => {
    const at = async (...argv: string[]): Promise<unknown> => (await makeDesk().json("products", ...argv)).answer;
    expect(await at("kymria")).toMatchObject({
      error: { code: "dose.product_unknown", issues: [{ path: "PRODUCT" }] },
    });
    expect(await at("kymriah", "--weight", "38")).toMatchObject({
      error: { code: "quantity.unit_missing", issues: [{ path: "--weight" }] },
    });
    expect(await at("--weight", "38 kg")).toMatchObject({
      error: { code: "cli.usage", issues: [{ path: "--weight" }] },
    });
  });
});

describe("sources of products", () => {
  it("has a day of reading for sources that are cited, and for no others", () => {
    for (const product of PRODUCTS) {
      const cited = productSources(product).map(({ source }) => source);
      for (const source of Object.keys(product.readOn)) expect(cited, product.id).toContain(source);
    }
  });
});
