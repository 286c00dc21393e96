import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AllocellError } from "../../src/foundation/index.js";
import { requireNoLeak } from "../../src/report/worksheet/requireNoLeak.js";
import { TELLING_WORDS } from "../../src/report/worksheet/tellingWords.js";
import { prepareExample } from "../unit/report/exampleOrders.js";

const PLAIN = {
  subject: "S02-003",
  kit: "K-1047",
  visit: "Visit 2",
  route: "intravenous infusion",
  storage: "2 to 8 °C",
};
type Preparation = ReturnType<typeof prepareExample>["preparation"];
const { preparation: sle } = prepareExample("sle/order.yaml");

function refused(texts: Partial<typeof PLAIN>, preparation: Preparation = sle): readonly string[] {
  try {
    requireNoLeak({ ...PLAIN, ...texts }, preparation);
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    expect(error.issues.every(({ code }) => code === "report.blinded_leak")).toBe(true);
    return error.issues.map(({ path }) => path);
  }
}

/** A sentence with a place for a word, with or without spaces about it. */
const SENTENCES = [
  (word: string) => word,
  (word: string) => `keep ${word} cold`,
  (word: string) => `storage:${word},cold`,
  (word: string) => `Visit2(${word})`,
  (word: string) => `day 1 ${word}2`,
  (word: string) => `请将${word}置于室温`,
  (word: string) => `静脉输注 ${word}，缓慢`,
  (word: string) => `第2次访视（${word}）后`,
  (word: string) => `${word}输注`,
  (word: string) => `勿冷藏${word}`,
];
const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (sign) => String.fromCodePoint(sign.charCodeAt(0) + 0xfee0)).replace(/ /g, "\u3000");
const FORMS = [
  (text: string) => text,
  fullWidth,
  (text: string) => text.toUpperCase(),
  (text: string) => Array.from(text).join("\u200b"),
  (text: string) => text.replace(/ /g, "_"),
  (text: string) => text.replace(/ /g, ""),
];
/** In a number of a kit a word stands between signs, not in a sentence. */
const CODES = [
  (word: string) => word,
  (word: string) => `K-${word}-01`,
  (word: string) => `${word}12`,
  (word: string) => `第${word}号`,
];

const WORDS = TELLING_WORDS.flatMap(({ en, zh, tellsIn }) => [...en, ...zh].map((word) => ({ word, tellsIn })));

/** Every number in a value, by a walk of its own. */
function numbersIn(value: unknown): readonly string[] {
  if (typeof value === "number") return [String(value)];
  if (typeof value === "string") return /^\d+(\.\d+)?$/.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

describe("every word that tells a treatment", { tags: ["BLIND-002"] }, () => {
  it("is found in Chinese and in English sentences, with and without spaces, in every width", () => {
    for (const { word, tellsIn } of WORDS) {
      if (tellsIn === "codes") continue;
      fc.assert(
        fc.property(fc.constantFrom(...SENTENCES), fc.constantFrom(...FORMS), (sentence, form) => {
          const text = sentence(form(word));
          expect(refused({ storage: text }), text).toEqual(["storage"]);
        }),
        { numRuns: 6 },
      );
    }
  });

  it("is found in the numbers of participants and kits", () => {
    for (const { word, tellsIn } of WORDS) {
      if (tellsIn === "sentences") continue;
      fc.assert(
        fc.property(fc.constantFrom(...CODES), fc.constantFrom(...FORMS), (code, form) => {
          const text = code(form(word));
          expect(refused({ kit: text, subject: text }), text).toEqual(["subject", "kit"]);
        }),
        { numRuns: 4 },
      );
    }
  });
});

describe("every number that a preparation holds", { tags: ["BLIND-002"] }, () => {
  it.each(["sle", "uc", "t1d", "t2d"])("is found in numbers of kits and in sentences: %s", (trial) => {
    const { preparation } = prepareExample(`${trial}/order.yaml`);
    const { finalVolumeMl, rateMlPerMin = "", minutes = "" } = preparation.infusion;
    const shown = [finalVolumeMl, rateMlPerMin, minutes, String(Number(rateMlPerMin) * 60)].map(Number);
    const numbers = new Set(numbersIn({ ...preparation, order: { ...preparation.order, identification: undefined } }));
    const told = [...numbers].filter((number) => number.length >= 3 && !shown.includes(Number(number)));
    expect(told.length).toBeGreaterThanOrEqual(5);
    expect(told).toContain(preparation.delivered.amount.amount);
    for (const number of told) {
      const grouped = number.includes(".") ? number : number.replace(/(?<=\d)(?=(\d{3})+$)/g, "-");
      for (const kit of [number, `K${number}`, `0${number}`, `第${number}号`, fullWidth(number), grouped]) {
        expect(refused({ kit, storage: `no. ${number}; cold` }, preparation), kit).toEqual(["kit", "storage"]);
      }
    }
  });

  it("is found in a field that a later version adds", () => {
    const later = { ...sle, laterField: [{ laterAmount: "123456", laterCount: 987 }] };
    expect(refused({ kit: "K-123456", visit: "room 987" })).toEqual([]);
    expect(refused({ kit: "K-123456", visit: "room 987" }, later)).toEqual(["kit", "visit"]);
  });
});

describe("ordinary texts", { tags: ["BLIND-002"] }, () => {
  it.each([
    "静脉滴注，使用输液泵，滴速见医嘱",
    "左前臂外周静脉，20 G 留置针",
    "第3次访视（第29天±3天）",
    "2～8 ℃ 避光保存，勿冷冻，勿振摇",
    "输注前双人核对受试者身份",
    "使用 0.2 µm 或 200 µm 滤器输注",
    "请对照医嘱核对",
    "细胞治疗中心 3 号床",
    "软组织感染者勿用；高组织相容性",
    "输注后观察2小时，每15分钟测血压",
    "外周静脉；0.9% 氯化钠 20 mL 冲管",
    "medication cart 3, locked",
    "capped syringe, luer lock",
    "study drug as labelled; do not mix",
    "ward 12, control room, phone 1234",
    "below 25 °C, use within 240 min of receipt",
    "flow chart p. 3, slow drip",
  ])("are taken: %s", (text) => {
    expect(refused({ visit: text, route: text, storage: text })).toEqual([]);
  });
});
