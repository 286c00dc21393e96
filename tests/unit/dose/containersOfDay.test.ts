// Diluent for each container, and how many containers the limit of DMSO leaves for one day.
import { describe, expect, it } from "vitest";
import { prepare, type PreparationOrder } from "../../../src/dose/index.js";
import { issueOf } from "../../support/issueOf.js";
import { flat, lot, order, weighed } from "./preparationOrders.js";

const product = { name: "MSC", mayMixLots: true, source: "product file" };
const without = (given: PreparationOrder, key: string): PreparationOrder =>
  Object.fromEntries(Object.entries(given).filter(([name]) => name !== key)) as never;

describe("diluent for each container", () => {
  const bag = lot({ content: "72000000", containers: 4, fillMl: "10.8", extractableMl: "10.8" });
  const diluted = (cells: string, change: Partial<PreparationOrder> = {}) =>
    prepare(order({ dose: flat(cells), lots: [bag], infusion: { diluentPerContainerMl: "18" }, ...change }));

  it("makes the final volume: 21.6 + 2 × 18 = 57.6 mL", () => {
    const made = diluted("144000000");
    expect(made.infusion).toMatchObject({ finalVolumeMl: "57.6", diluentMl: "36", concentrationPerMl: "2500000" });
    expect(made.steps.filter(({ id }) => /volume|diluent/u.test(id)).map(({ worked }) => worked)).toEqual([
      "21.6 + 2 × 18 = 57.6 mL",
      "57.6 - 21.6 = 36 mL",
    ]);
    expect(made.warnings).toEqual([]);
  });

  it("goes by the containers that are thawed, in part drawn or whole, and of several lots", () => {
    expect(diluted("72000001").infusion).toMatchObject({ finalVolumeMl: "46.8", diluentMl: "36" });
    expect(diluted("36000000").infusion).toMatchObject({ finalVolumeMl: "23.4", diluentMl: "18" });
    const lots = [
      { ...bag, containers: 1 },
      { ...bag, lot: "L2", containers: 2 },
    ];
    expect(diluted("216000000", { lots, product }).infusion.diluentMl).toBe("54");
    const range = { maximum: { kind: "flat", amount: "300000000" } } as const;
    const whole = { kind: "whole-containers", unitKind: "viable-cells" } as const;
    const dose = { from: "protocol", rule: whole, levels: [], source: "protocol", range } as const;
    const given = prepare(without(order({ dose, product, lots, infusion: { diluentPerContainerMl: "18" } }), "draw"));
    expect(given.infusion).toMatchObject({ finalVolumeMl: "86.4", diluentMl: "54" });
  });

  it("stands in place of a final volume, and holds arms to one volume", () => {
    const both = { diluentPerContainerMl: "18", finalVolumeMl: "57.6" };
    expect(issueOf(() => diluted("144000000", { infusion: both }))).toMatchObject({
      code: "dose.preparation_invalid",
      path: "infusion.diluentPerContainerMl",
    });
    const arms = (finalVolumeMl: string) => ({
      infusion: { diluentPerContainerMl: "18", otherArms: [{ arm: "placebo", finalVolumeMl }] },
    });
    expect(diluted("144000000", arms("57.6")).isReady).toBe(true);
    expect(issueOf(() => diluted("144000000", arms("57.5"))).code).toBe("dose.arm_volumes_differ");
    const rule = { kind: "placebo", unitKind: "viable-cells" } as const;
    const placebo = order({
      dose: { from: "protocol", rule, levels: [], source: "protocol" },
      infusion: { diluentPerContainerMl: "18" },
    });
    const bare = ["product", "lots", "draw"].reduce(without, placebo);
    expect(issueOf(() => prepare(bare)).code).toBe("dose.final_volume_missing");
  });
});

describe("containers of one day by the limit of DMSO", () => {
  const bag = lot({ content: "100000000", fillMl: "100", extractableMl: "100" });
  const dayTotals = { otherDmsoG: "0", otherEndotoxinEu: "0" };
  const dmso = { dmso: { percentVv: "10" } };
  const range = { maximum: { kind: "flat", amount: "2000000000" } } as const;
  const whole = { kind: "whole-containers", unitKind: "viable-cells" } as const;
  const bags = (kg: string, containers: number, change: Partial<PreparationOrder> = {}) =>
    prepare(
      without(
        order({
          dose: { from: "protocol", rule: whole, levels: [], source: "protocol", range },
          weight: weighed(kg),
          product: { ...product, ...dmso },
          lots: [{ ...bag, containers }],
          infusion: {},
          dayTotals,
          ...change,
        }),
        "draw",
      ),
    );

  // 100 mL × 10 % × 1.10 = 11 g a bag: six are 66 g.
  it.each([
    ["66", "6"],
    ["65.9", "5"],
    ["76.9", "6"],
    ["77", "7"],
  ])("at %s kg are %s bags of 100 mL with 10 %", (kg, most) => {
    const made = bags(kg, Number(most));
    expect(made.dayTotals?.mostContainers).toBe(most);
    expect(made.steps.find(({ id }) => id === "dmso-most-containers")?.worked).toContain(`(1 × ${kg} - 0) / 11 = `);
    expect(issueOf(() => bags(kg, Number(most) + 1))).toMatchObject({
      code: "dose.dmso_above_limit",
      parameters: { limit: "1", most },
    });
  });

  it("go by a stricter limit, by what else is given, by mg/mL, and by the largest of several sizes", () => {
    expect(bags("66", 3, { dayTotals: { ...dayTotals, dmsoLimitGPerKg: "0.5" } }).dayTotals?.mostContainers).toBe("3");
    expect(bags("66", 4, { dayTotals: { ...dayTotals, otherDmsoG: "22" } }).dayTotals?.mostContainers).toBe("4");
    const heavy = { product: { ...product, dmso: { mgPerMl: "110" } } };
    expect(bags("66", 6, heavy).dayTotals?.mostContainers).toBe("6");
    const sizes = [
      { ...bag, containers: 1 },
      { ...bag, lot: "L2", containers: 1, content: "50000000", fillMl: "50", extractableMl: "50" },
    ];
    expect(bags("66", 1, { lots: sizes }).dayTotals?.mostContainers).toBe("6");
    const over = { dayTotals: { ...dayTotals, otherDmsoG: "67" } };
    expect(issueOf(() => bags("66", 1, over)).parameters).toMatchObject({ most: "0" });
  });

  it("are told in the refusal of a drawn dose too, and change nothing else of it", () => {
    const drawn = (cells: string) =>
      prepare(
        order({
          dose: flat(cells),
          weight: weighed("65.9"),
          product: { ...product, ...dmso },
          lots: [{ ...bag, containers: 10 }],
          infusion: {},
          dayTotals,
        }),
      );
    expect(issueOf(() => drawn("600000000"))).toMatchObject({ parameters: { most: "5" }, expected: "at most 1 g/kg" });
    const fits = drawn("500000000");
    expect(fits.dayTotals).not.toHaveProperty("mostContainers");
    expect(fits.steps.map(({ id }) => id)).not.toContain("dmso-most-containers");
  });

  it("are not said of a product without DMSO", () => {
    const made = bags("66", 2, { product, dayTotals: { ...dayTotals, otherDmsoG: "1" } });
    expect(made.dayTotals).not.toHaveProperty("mostContainers");
  });
});
