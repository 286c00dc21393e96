import { describe, expect, it } from "vitest";
import { parseCountText, parseDoseText, UNIT_KINDS } from "../../../src/quantity/index.js";
import { issueOf } from "../../support/issueOf.js";

describe("parseDoseText", { tags: ["QTY-002"] }, () => {
  it.each([
    ["1E6 viable cells/kg", "per-kg", "1000000", "viable-cells"],
    ["1E6 viable cells / kg", "per-kg", "1000000", "viable-cells"],
    ["1E6 viable cells per kg", "per-kg", "1000000", "viable-cells"],
    ["1 million cells/kg", "per-kg", "1000000", "cells"],
    ["3x10^6 cells/kg", "per-kg", "3000000", "cells"],
    ["3E6 CD34+ cells/kg", "per-kg", "3000000", "cd34-cells"],
    ["1E7 CD3+ cells/kg", "per-kg", "10000000", "cd3-cells"],
    ["2E6 CAR-positive cells/kg", "per-kg", "2000000", "car-positive-cells"],
    ["2.5E7 total nucleated cells/kg", "per-kg", "25000000", "total-nucleated-cells"],
    ["5000 EIN/kg", "per-kg", "5000", "islet-equivalents"],
    ["1.1×10¹⁴ vg/kg", "per-kg", "110000000000000", "vector-genomes"],
    ["60x10^6 cell-equivalents", "flat", "60000000", "cell-equivalents"],
    ["60×10⁶ cell equivalents", "flat", "60000000", "cell-equivalents"],
    ["100 million viable cells", "flat", "100000000", "viable-cells"],
  ])("reads %j", (text, kind, amount, unitKind) => {
    const dose = parseDoseText(text, "dose");
    expect(dose).toEqual({ kind, amount, unitKind });
    expect(Object.isFrozen(dose)).toBe(true);
  });

  it("knows every unit kind by the name in which it is shown", () => {
    for (const [unitKind, name] of Object.entries(UNIT_KINDS)) {
      expect(parseCountText(`12 ${name}`, "count")).toEqual({ amount: "12", unitKind });
    }
  });

  it.each([
    ["3 x 106 cells/kg", "lost_superscript"],
    ["106 cells/kg", "lost_superscript"],
    ["1014 vg/kg", "lost_superscript"],
    ["15.107 cells", "lost_superscript"],
    ["10 107 cells", "lost_superscript"],
    ["1,5E6 cells/kg", "comma"],
    ["5M cells/kg", "ambiguous_suffix"],
    ["5M/kg", "ambiguous_suffix"],
    ["3 x 10-6/kg", "negative_exponent"],
    ["1E6", "unit_missing"],
    ["1E6/kg", "unit_missing"],
    ["5 million/kg", "unit_missing"],
    ["2 mg/kg", "unit_unknown"],
    ["1E6 cells/lb", "unit_unknown"],
    ["1E6 cells/kg/day", "unit_unknown"],
    ["1E6 nucleated cells/kg", "unit_unknown"],
    ["1E6 dead cells/kg", "unit_unknown"],
    ["210CARpositive", "unit_unknown"],
    ["1E6cells/kg", "unit_unknown"],
    ["cells/kg", "malformed"],
    ["0 cells/kg", "zero"],
    ["-1 cells/kg", "negative"],
    ["", "empty"],
    [1e6, "not_text"],
  ])("refuses %j as quantity.%s", (text, reason) => {
    expect(issueOf(() => parseDoseText(text, "dose")).code).toBe(`quantity.${reason}`);
  });

  it("shows how a dose with a lost superscript is written", () => {
    expect(issueOf(() => parseDoseText("3 x 106 cells/kg", "dose")).message).toContain('write "3E6" or "3x10^6"');
  });
});

describe("parseCountText", { tags: ["QTY-002"] }, () => {
  it("reads a total and refuses a dose per kg", () => {
    expect(parseCountText("300E6 viable cells", "cap")).toEqual({ amount: "300000000", unitKind: "viable-cells" });
    expect(issueOf(() => parseCountText("5E6 cells/kg", "cap")).code).toBe("quantity.per_kg_unexpected");
  });
});
