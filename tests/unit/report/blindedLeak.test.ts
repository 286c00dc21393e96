import { describe, expect, it } from "vitest";
import { toBlindedPreparation } from "../../../src/report/index.js";
import { AllocellError } from "../../../src/foundation/index.js";
import { leakSearch } from "../../../src/report/worksheet/requireNoLeak.js";
import { prepareExample } from "./exampleOrders.js";

const FIELDS = ["subject", "kit", "visit", "route", "storage"] as const;
type Field = (typeof FIELDS)[number];

/** The fields for which a text is refused, each tried by itself. */
function refused(text: string, fields: readonly Field[] = FIELDS, example = "sle/order.yaml"): readonly string[] {
  return fields.flatMap((field) => {
    const isDetail = field === "route" || field === "storage";
    const { preparation, document } = prepareExample(example, (order) =>
      isDetail ? order : { ...order, identification: { ...order.identification, [field]: text } },
    );
    try {
      toBlindedPreparation(preparation, isDetail ? { ...document, [field]: text } : document);
      return [];
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      expect(error.issues.map(({ code, path }) => [code, path])).toEqual([["report.blinded_leak", field]]);
      return [field];
    }
  });
}

const EVERYWHERE = [
  "1E6/kg",
  "1 million cells/kg",
  "72.4 million cells",
  "72,400,000",
  "72400000",
  "5 x 10^6 viable cells",
  "６０ million",
  "10 % DMSO",
  "5 vials",
  "5 瓶",
  "control group",
  "Arm B",
  "active arm",
  "placebo",
  "PLACEBO1",
  "安慰剂",
  "第1天对照组",
  "高剂量",
  "第2次访视低剂量",
  "low",
  "S-HIGH-01",
  "Double dose",
  "double",
  "medium_dose",
  "hUC-MSCs treatment (low  dose)",
  "dose level 2",
  "每公斤 1 百万",
  "EXAMPLE msc",
  "EX-2401",
  "lot EX-2401, cold",
  "8.5 mL drawn",
  "91.5mL",
  "72.4M cells",
  "five vials",
  "Vials: 5",
  "vial no 5 of 5",
  "cryovials 5",
  "五支",
  "Control arm",
  "Day 1, control",
  "CONTROL",
  "Group A",
  "group 1",
  "cohort 2",
  "armA",
  "treatment B",
  "Visit 2 (active)",
  "高组",
  "第一组",
  "1组",
  "对照",
  "PLACEBOS",
  "pla\u200Bcebo",
  "ｐｌａｃｅｂｏ",
  "PBO-12",
  "K-PBO-1",
  "saline only",
  "生理盐水",
  "highdose",
  "HIGHDOSE01",
  "low_dose",
  "2x dose",
  "dose x2",
  "twice the dose",
  "max dose",
  "dose escalation",
  "双倍剂量",
  "高浓度",
  "剂量2",
  "1 000 000",
  "1.000.000",
  "3,000,000",
  "10^6",
  "10⁶",
  "1·10^6",
  "1*10**6",
  "七千万",
  "hUC-MSC infusion",
  "stem cells",
  "no cells",
  "间充质干细胞",
  "细胞",
  "viability 93 %",
  "93% viable",
  "活率",
  "cells/mL",
  "10/mL",
  "EX2401",
  "ex 2401",
  "EX–2401",
  "Example-MSC",
  "pump at 140 mL/h",
];

const SENTENCES: readonly string[] = [
  "Visit 2 (day 29)",
  "Day 1",
  "Visit 3, Week 4",
  "C1D1",
  "Infusion 3 of 8",
  "dose 2 of 8",
  "first dose",
  "control visit",
  "Treatment visit 1",
  "follow-up, 6 M",
  "第2次访视（第29天）",
  "Unscheduled visit, slowly recovered",
  "high-care ward",
  "cell therapy unit, bed 4",
  "ward 5, group session",
  "intravenous infusion",
  "IV infusion of study drug",
  "IV, peripheral line, 20 G",
  "IV, left arm 18 G cannula",
  "double lumen catheter",
  "local, by endoscope",
  "rectal enema",
  "slow infusion, in-line filter 200 µm",
  "low-protein-binding filter",
  "dilute to 100 mL",
  "pump at 150 mL/h",
  "2.5 mL/min",
  "flush with 20 mL saline",
  "double-check identity before infusion",
  "静脉输注，使用输液泵",
  "输注后用 20 mL 生理盐水冲管",
  "核对照片和腕带",
  "15 to 25 °C, do not refrigerate, do not shake",
  "2 to 8 °C, do not shake",
  "store below 25 °C, protect from light",
  "controlled room temperature",
  "20 ± 5 °C, use within 4 h of thawing",
  "do not use active warming",
  "low-light room, low humidity",
  "15 至 25 °C，避免振摇，勿冷藏",
  "室温避光保存",
];
const CODES: readonly string[] = [
  "S02-003",
  "001-0042",
  "CN-BJ-17",
  "SUBJ4E7",
  "P 12",
  "K-1047",
  "4E7",
  "A1B2-C3",
  "100mL",
  "KIT 9",
  "S-A-01",
  "B12",
  "1000234",
  "2026-0319-07",
  "LOWELL-03",
  "HIGHGATE 3",
  "TEST-001",
];
const HARMLESS: Readonly<Record<Field, readonly string[]>> = {
  subject: CODES,
  kit: CODES,
  visit: SENTENCES,
  route: SENTENCES,
  storage: SENTENCES,
};

describe("texts on blinded documents", { tags: ["BLIND-002"] }, () => {
  it.each(EVERYWHERE)("refuse in every field: %s", (text) => {
    expect(refused(text)).toEqual([...FIELDS]);
  });

  it("refuse powers of ten in sentences, not in numbers of people and kits, which hold them by chance", () => {
    for (const text of ["1E6", "DL2", "72.4 M", "5000000"])
      expect(refused(text)).toEqual(["visit", "route", "storage"]);
  });

  it("refuse the names of all the trial's arms, whichever is prepared", () => {
    expect(refused("control visit", ["visit"], "t2d/order.yaml")).toEqual(["visit"]);
    expect(refused("the experimental one", ["visit"], "t2d/order.yaml")).toEqual(["visit"]);
  });

  // One field of each sort: the three of sentences share their rules, and so do the two of numbers.
  it.each([
    ["kit", ", "],
    ["kit", " ("],
    ["route", ", "],
    ["route", " ("],
  ] as const)("refuse a leak in %s before and after each harmless text, joined by '%s'", (field, joint) => {
    const search = leakSearch(prepareExample("sle/order.yaml").preparation);
    const plain = { subject: "S02-003", kit: "K-1047", visit: "Visit 2", route: "infusion", storage: "2 to 8 °C" };
    const isRefused = (text: string): boolean => search({ ...plain, [field]: text })[0]?.path === field;
    for (const text of HARMLESS[field]) {
      const wronglyRefused = HARMLESS[field].filter((other) => isRefused(`${text}${joint}${other}`));
      const wronglyTaken = EVERYWHERE.filter(
        (leak) => !isRefused(`${text}${joint}${leak}`) || !isRefused(`${leak}${joint}${text}`),
      );
      expect({ text, wronglyRefused, wronglyTaken }).toEqual({ text, wronglyRefused: [], wronglyTaken: [] });
    }
  });

  it("refuse in subject and kit what in a sentence may be an everyday word", () => {
    for (const text of ["ACTIVE-3", "S-CONTROL-1", "CTRL9"]) expect(refused(text)).toEqual(["subject", "kit"]);
    for (const text of ["double-check identity", "low-light room"]) expect(refused(text)).toEqual(["subject", "kit"]);
  });

  it.each(FIELDS)("take what people write as %s", (field) => {
    expect(HARMLESS[field].filter((text) => refused(text, [field]).length > 0)).toEqual([]);
  });
});
