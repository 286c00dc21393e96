import { describe, expect, it } from "vitest";
import { toBlindedPreparation } from "../../../src/report/index.js";
import { AllocellError } from "../../../src/foundation/index.js";
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
];

const HARMLESS: Readonly<Record<Field, readonly string[]>> = {
  subject: ["S02-003", "001-0042", "CN-BJ-17", "SUBJ4E7", "P 12"],
  kit: ["K-1047", "4E7", "A1B2-C3", "100mL", "KIT 9"],
  visit: [
    "Visit 2 (day 29)",
    "Day 1",
    "Visit 3, Week 4",
    "C1D1",
    "Infusion 3 of 8",
    "dose 2 of 8",
    "control visit",
    "follow-up",
    "第2次访视（第29天）",
    "Unscheduled visit, slowly recovered",
  ],
  route: [
    "intravenous infusion",
    "IV, peripheral line, 20 G",
    "local, by endoscope",
    "rectal enema",
    "slow infusion, in-line filter 200 µm",
    "dilute to 100 mL",
    "静脉输注",
  ],
  storage: [
    "15 to 25 °C, do not refrigerate, do not shake",
    "2 to 8 °C",
    "store below 25 °C, protect from light",
    "20 ± 5 °C, use within 4 h of thawing",
    "15 至 25 °C，避免振摇，勿冷藏",
  ],
};

describe("texts on blinded documents", () => {
  it.each(EVERYWHERE)("refuse in every field: %s", (text) => {
    expect(refused(text)).toEqual([...FIELDS]);
  });

  it("refuse powers of ten in sentences, not in numbers of people and kits, which hold them by chance", () => {
    expect(refused("1E6")).toEqual(["visit", "route", "storage"]);
  });

  it("refuse the names of all the trial's arms, whichever is prepared", () => {
    expect(refused("control visit", ["visit"], "t2d/order.yaml")).toEqual(["visit"]);
    expect(refused("the experimental one", ["visit"], "t2d/order.yaml")).toEqual(["visit"]);
  });

  it.each(FIELDS)("take what people write as %s", (field) => {
    expect(HARMLESS[field].filter((text) => refused(text, [field]).length > 0)).toEqual([]);
  });
});
