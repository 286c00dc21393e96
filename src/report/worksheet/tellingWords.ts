/** Where a word tells: everywhere; in sentences only (a number of a kit may hold it by chance); in numbers only. */
export type TellsIn = "everywhere" | "sentences" | "codes";

/** Words that tell a treatment in any trial, whatever its arms are called. Each language has its own. */
export interface TellingWords {
  /** What a text with such a word names. */
  readonly what: string;
  readonly tellsIn: TellsIn;
  /** Lower or upper case; a space is any separator or none: "high dose" is in "HIGH_DOSE" and "highdose", too. */
  readonly en: readonly string[];
  readonly zh: readonly string[];
}

const each = (first: readonly string[], joint: string, second: readonly string[]): readonly string[] =>
  first.flatMap((one) => second.map((other) => `${one}${joint}${other}`));

const TREATMENTS: TellingWords = {
  what: "a treatment",
  tellsIn: "everywhere",
  en: [
    ...["placebo", "PBO", "plcb", "sham", "dummy", "mock", "verum", "comparator"],
    ...["blinded arm", "unblinded arm", "treatment arm", "treatment group", "standard of care", "usual care"],
    ...each(
      ["active", "control", "controls", "experimental", "test", "intervention", "vehicle", "saline", "reference"],
      " ",
      ["arm", "group", "dose", "drug", "product", "treatment", "only"],
    ),
  ],
  zh: [
    ...["安慰剂", "安慰劑", "对照", "對照", "溶媒", "赋形剂", "活性药", "阳性药", "标准治疗", "常规治疗"],
    ...each(["假", "模拟"], "", ["手术", "治疗", "注射", "输注", "给药", "药", "剂"]),
    ...each(["试验", "实验", "治疗", "干预", "给药", "用药", "剂量", "空白", "低", "中", "高"], "", ["组", "組"]),
  ],
};

const TREATMENTS_IN_CODES: TellingWords = {
  what: "a treatment",
  tellsIn: "codes",
  en: ["active", "control", "ctrl", "experimental"],
  zh: [],
};

const GIVEN: TellingWords = {
  what: "what is given",
  tellsIn: "everywhere",
  en: [
    ...["cells", "MSC", "mesenchymal", "stromal", "exosome", "extracellular vesicle", "EVs", "secretome", "CAR-T"],
    ...["hUC-MSC", "UC-MSC", "BM-MSC", "AD-MSC", "WJ-MSC", "iPSC", "islets", "umbilical cord", "cord blood", "adipose"],
    ...["allogeneic", "autologous", "stem cell", "T cell", "NK cell", "progenitor cell"],
    ...each(["cell"], " ", [
      "suspension",
      "product",
      "preparation",
      "infusion",
      "injection",
      "dose",
      "count",
      "number",
    ]),
    ...["cell bag", "cell equivalent"],
  ],
  zh: [
    ...[
      "干细胞",
      "幹細胞",
      "间充质",
      "間充質",
      "细胞",
      "細胞",
      "外泌体",
      "外泌體",
      "囊泡",
      "胰岛",
      "胰島",
      "脐带",
      "脐血",
    ],
    ...["脂肪来源", "自体", "自體", "异体", "異體", "同种异体"],
  ],
};

const SIZES = [
  ...["low", "lower", "lowest", "medium", "middle", "mid", "intermediate", "high", "higher", "highest", "top"],
  ...["double", "triple", "single", "half", "full", "reduced", "escalated", "starting", "max", "maximum", "maximal"],
  ...["min", "minimum", "minimal"],
];

const LEVELS: TellingWords = {
  what: "a dose level",
  tellsIn: "everywhere",
  en: [
    ...each(SIZES, " ", ["dose", "dosing"]),
    ...each(["twice", "half", "double", "triple"], " ", ["the dose"]),
    ...each(["dose"], " ", ["level", "group", "cohort", "escalation", "de-escalation", "cap", "capped", "reduction"]),
    ...["dosage level", "capped"],
  ],
  zh: [
    ...each(
      ["低", "中", "高", "双", "雙", "单", "單", "倍", "半", "全", "大", "小", "最大", "最高", "最低", "起始"],
      "",
      ["剂量", "劑量", "浓度", "濃度"],
    ),
    ...[
      "剂量水平",
      "剂量级",
      "劑量水平",
      "剂量递增",
      "剂量爬坡",
      "双倍",
      "雙倍",
      "两倍",
      "三倍",
      "倍量",
      "加倍",
      "减半",
    ],
  ],
};

const OF_CELLS_ONLY: TellingWords = {
  what: "what only a product with cells holds",
  tellsIn: "everywhere",
  en: ["DMSO", "dimethyl sulfoxide", "dimethyl sulphoxide", "cryoprotectant", "cryopreserved"],
  zh: ["二甲基亚砜", "二甲亚砜", "二甲基亞碸", "冻存液", "凍存液", "冷冻保护剂"],
};

const MEASURED: TellingWords = {
  what: "what is measured of a product",
  tellsIn: "everywhere",
  en: ["viability", "viable", "potency", "concentration", "recovery rate", "titer", "titre", "diluent"],
  zh: ["活率", "存活率", "活力", "浓度", "濃度", "效价", "效價", "滴度", "稀释液", "稀釋液"],
};

/** All of them, in the order in which they are looked for. */
export const TELLING_WORDS: readonly TellingWords[] = [
  TREATMENTS,
  TREATMENTS_IN_CODES,
  GIVEN,
  LEVELS,
  OF_CELLS_ONLY,
  MEASURED,
];

/** Words that tell where they stand alone between two commas, colons, brackets or ends: "Day 1, control". */
export const TELLING_ALONE: readonly string[] = [
  ...["active", "control", "controls", "experimental", "investigational", "treated", "untreated"],
  ...["saline", "normal saline", "0.9 % saline", "0.9% saline", "vehicle", "生理盐水", "生理鹽水", "活性"],
];

/**
 * Everyday words that hold a telling one: they are taken out of a sentence before it is searched. A trial may call an arm
 * "double" and still ask for a double check; a hospital has a cell therapy unit.
 */
export const EVERYDAY_WORDS: { readonly en: readonly string[]; readonly zh: readonly string[] } = {
  en: [
    ...each(["low", "medium", "high"], " ", [
      ...["temperature", "humidity", "light", "care", "dependency", "protein", "binding", "flow"],
      "efficiency",
    ]),
    ...each(["double", "single"], " ", ["check", "checked", "bag", "bagged", "lumen", "wrapped"]),
    ...["cart", "cell therapy unit", "stem cell unit", "capped syringe"],
  ],
  zh: [
    ...["核对照片", "核對照片", "对照医嘱", "对照腕带", "对照标签"],
    ...each(["细胞", "細胞"], "", ["治疗", "治療", "室", "中心", "科", "实验", "實驗"]),
  ],
};
