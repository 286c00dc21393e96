import { describe, expect, it } from "vitest";
import { parsePositiveDecimal, parseWeightKg } from "../../../src/quantity/index.js";
import { issueOf } from "../../support/issueOf.js";

describe("parsePositiveDecimal", { tags: ["QTY-002"] }, () => {
  it.each([
    ["1000000", "1000000"],
    ["72.4", "72.4"],
    ["1E6", "1000000"],
    ["1e6", "1000000"],
    ["1.5E6", "1500000"],
    ["3x10^6", "3000000"],
    ["3 x 10^6", "3000000"],
    ["3X10^6", "3000000"],
    ["60×10^6", "60000000"],
    ["60×10\\^6", "60000000"],
    ["60×10⁶", "60000000"],
    ["1.1 × 10¹⁴", "110000000000000"],
    ["3 million", "3000000"],
    ["0.3 million", "300000"],
    [" 5 ", "5"],
    ["0.50", "0.5"],
    ["5.0", "5"],
    ["0.0000001", "0.0000001"],
    ["100000000000000000", "100000000000000000"],
    ["999999999999999", "999999999999999"],
  ])("reads %j as %s", (text, expected) => {
    expect(parsePositiveDecimal(text, "dose")).toBe(expected);
  });

  it.each([
    ["2 x 106", "lost_superscript"],
    ["2x106", "lost_superscript"],
    ["1.1 x 1014", "lost_superscript"],
    ["2 x 10 6", "lost_superscript"],
    ["2 × 10", "lost_superscript"],
    ["15.107", "lost_superscript"],
    ["15·107", "lost_superscript"],
    ["10 107", "lost_superscript"],
    ["1,5", "comma"],
    ["1,500", "comma"],
    ["1,000,000", "comma"],
    ["3M", "ambiguous_suffix"],
    ["3 MM", "ambiguous_suffix"],
    ["3m", "ambiguous_suffix"],
    ["500k", "ambiguous_suffix"],
    ["3 billion", "ambiguous_suffix"],
    ["NaN", "not_finite"],
    ["Infinity", "not_finite"],
    ["-Infinity", "not_finite"],
    ["", "empty"],
    ["   ", "empty"],
    ["0", "zero"],
    ["0.00", "zero"],
    ["0E6", "zero"],
    ["-5", "negative"],
    ["−5", "negative"],
    ["3 x 10-6", "negative_exponent"],
    ["x 10-6", "negative_exponent"],
    ["3x10^-6", "negative_exponent"],
    ["3×10⁻⁶", "negative_exponent"],
    ["1E-6", "negative_exponent"],
    [".5", "bare_point"],
    ["1.", "bare_point"],
    ["+5", "malformed"],
    ["1E+6", "malformed"],
    ["007", "malformed"],
    ["1_000", "malformed"],
    ["0x1F", "malformed"],
    ["1 000 000", "malformed"],
    ["1.2.3", "malformed"],
    ["10^6", "malformed"],
    ["3 x 1000", "malformed"],
    ["1E6 cells", "malformed"],
    ["1E6E6", "malformed"],
    ["٣", "malformed"],
    ["1234567890123456", "too_many_digits"],
    ["1E18", "too_many_digits"],
    ["0.0000000000000001", "too_many_digits"],
    ["9".repeat(5000), "too_many_digits"],
    [5, "not_text"],
    [null, "not_text"],
    [undefined, "not_text"],
    [{}, "not_text"],
  ])("refuses %j as quantity.%s", (text, reason) => {
    const issue = issueOf(() => parsePositiveDecimal(text, "arms.0.dose"));
    expect(issue.code).toBe(`quantity.${reason}`);
    expect(issue.path).toBe("arms.0.dose");
    expect(issue.message).toMatch(/[.!]$/);
  });

  it("shows what a lost superscript probably meant, and how to write it", () => {
    expect(issueOf(() => parsePositiveDecimal("2 x 106", "")).message).toContain('write "2E6" or "2x10^6"');
    expect(issueOf(() => parsePositiveDecimal("15.107", "")).message).toContain('write "15E7"');
    expect(issueOf(() => parsePositiveDecimal("10 107", "")).message).toContain('write "10E7"');
  });

  it("says that a JavaScript number has already lost digits", () => {
    expect(issueOf(() => parsePositiveDecimal(1e6, "")).message).toContain("lost digits");
  });
});

describe("parseWeightKg", { tags: ["QTY-001"] }, () => {
  it.each([
    ["72.4 kg", "72.4"],
    ["72.4kg", "72.4"],
    ["3.105 kg", "3.105"],
    ["0.5 kg", "0.5"],
    ["300 kg", "300"],
    ["70.0 kg", "70"],
  ])("reads %j as %s kg", (text, expected) => {
    expect(parseWeightKg(text, "weight")).toBe(expected);
    expect(parseWeightKg(text, "weightKg", { unitInName: true })).toBe(expected);
  });

  it("takes a bare number only where the field's name carries the unit", () => {
    expect(parseWeightKg("72.4", "weightKg", { unitInName: true })).toBe("72.4");
    expect(issueOf(() => parseWeightKg("72.4", "weight")).code).toBe("quantity.unit_missing");
  });

  it.each([
    ["160 lb", "weight_unit"],
    ["160lbs", "weight_unit"],
    ["160 LBS", "weight_unit"],
    ["160 pounds", "weight_unit"],
    ["11 stone", "weight_unit"],
    ["72400 g", "weight_unit"],
    ["72400 grams", "weight_unit"],
    ["5 oz", "weight_unit"],
    ["145 jin", "weight_unit"],
    ["72,4 kg", "comma"],
    ["-72 kg", "negative"],
    ["0 kg", "zero"],
    ["", "empty"],
    [".5 kg", "bare_point"],
    ["7.24E1 kg", "malformed"],
    ["seventy kg", "malformed"],
    ["72.4 Kg", "malformed"],
    ["0.49 kg", "weight_out_of_range"],
    ["300.001 kg", "weight_out_of_range"],
    ["72400 kg", "weight_out_of_range"],
    [72.4, "not_text"],
    [undefined, "not_text"],
  ])("refuses %j as quantity.%s", (text, reason) => {
    expect(issueOf(() => parseWeightKg(text, "weightKg", { unitInName: true })).code).toBe(`quantity.${reason}`);
  });

  it("names the unit that it refuses", () => {
    expect(issueOf(() => parseWeightKg("122 lb", "weight")).message).toContain('"lb"');
  });
});
