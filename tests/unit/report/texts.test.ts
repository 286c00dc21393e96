import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { PRODUCTS, productQuestions } from "../../../src/dose/index.js";
import { ESCALATION_REASONS } from "../../../src/escalation/index.js";
import { UNIT_KINDS } from "../../../src/quantity/index.js";
import { ESCALATION_TEXTS } from "../../../src/report/texts/escalationTexts.js";
import { RULE_TEMPLATE_TEXTS } from "../../../src/report/texts/ruleTemplateTexts.js";
import { CATALOGUE, questionText, requireLanguage, warningText } from "../../../src/report/texts/catalogue.js";
import { isRuleReason, reasonText } from "../../../src/report/texts/escalationReasonTexts.js";
import { PHRASES } from "../../../src/report/texts/phrases.js";
import { sourceText, stepText } from "../../../src/report/texts/stepText.js";
import { issueOf } from "../../support/issueOf.js";
import { EXAMPLES, prepareExample, WAYS } from "./exampleOrders.js";

const PLACES = /\{\w+\}/g;
const HAN = /\p{Script=Han}/u;

describe("the catalogue of texts", () => {
  it.each(Object.entries({ ...CATALOGUE, ...ESCALATION_TEXTS, ...RULE_TEMPLATE_TEXTS }))(
    "has %s in both languages, with the same places for values",
    (_, { en, zh }) => {
      expect(en.trim()).not.toBe("");
      expect(zh).toMatch(HAN);
      expect(en).not.toMatch(HAN);
      expect(zh.match(PLACES)).toEqual(en.match(PLACES));
      expect(zh.match(/\d+/g)).toEqual(en.match(/\d+/g));
    },
  );

  it("has every reason of a rule of escalation in both languages", () => {
    for (const [reason, text] of Object.entries(ESCALATION_REASONS)) {
      if (!isRuleReason(reason)) throw new Error(`no text for ${reason}`);
      expect(reasonText("en", reason)).toBe(text);
      expect(reasonText("zh", reason)).toMatch(HAN);
    }
  });

  it("knows every unit kind", () => {
    for (const [kind, unit] of Object.entries(UNIT_KINDS)) {
      expect(CATALOGUE[`unit.${kind as keyof typeof UNIT_KINDS}`].en).toBe(unit);
    }
  });

  it("knows every warning that a preparation can give", () => {
    const folder = "src/dose/preparation";
    const sources = readdirSync(folder).map((file) => readFileSync(`${folder}/${file}`, "utf8"));
    const codes = sources.flatMap((text) =>
      [...text.matchAll(/warnings\.push\(\{\s*code: (?:"([^"]+)"|`dose\.\$\{measure\}_(\w+)`)/g)].flatMap(
        ([, code, measured]) => (code === undefined ? [`dose.weight_${measured}`, `dose.age_${measured}`] : [code]),
      ),
    );
    const decided = readFileSync("src/dose/decidedDose.ts", "utf8").matchAll(/code: "([^"]+)"/g);
    codes.push(...[...decided].map(([, code = ""]) => code));
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => warningText("zh", code) === undefined)).toEqual([]);
    const pushes = sources.join("").match(/warnings\.push\(/g) ?? [];
    expect(new Set(codes).size).toBeGreaterThanOrEqual(pushes.length);
  });

  it("knows every question that a product leaves open, in the words of the dose room", () => {
    for (const question of PRODUCTS.flatMap(productQuestions)) {
      expect(questionText("en", question)).toBe(question);
      expect(questionText("zh", question)).toMatch(HAN);
    }
  });

  it("refuses another language", () => {
    expect(issueOf(() => requireLanguage("fr")).code).toBe("report.language_unknown");
  });
});

describe("the words of the steps", () => {
  // Symbols, units, file formats and acronyms stay; everything else that has letters is a word.
  const KEPT =
    /(?<![A-Za-z])(?:DMSO|EU|kg|mL|min|mg|cm|CAR|CD\d+|TNC|IEQ|vg|Mosteller|Du Bois|Haycock|Σ|lo|hi|[A-Za-z]|d%|e%)(?![A-Za-z])/g;

  it("leave no English word in the steps of the examples", () => {
    const left = [...EXAMPLES, ...WAYS]
      .flatMap((name) => {
        const { preparation } = prepareExample(name);
        const all = [preparation, ...(preparation.then ?? [])];
        const own = all.flatMap(({ order: { lots = [] } }) => lots.map(({ lot }) => lot));
        const told = all
          .flatMap(({ steps }) => steps)
          .flatMap(({ title, formula, worked, rounding }) => [title, formula, worked, rounding]);
        return told.map((text) => {
          let said = stepText("zh", text, own);
          for (const kept of own) said = said.replaceAll(kept, "");
          return said.replace(/\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/g, "").replace(KEPT, "");
        });
      })
      .filter((text) => /[A-Za-z]{2,}/.test(text));
    expect(left).toEqual([]);
  });

  it("know every title, formula and rounding that the dose room can write", () => {
    const folder = "src/dose/preparation";
    const text = readdirSync(folder)
      .filter((file) => file !== "orderJsonSchema.ts") // its title is no step's
      .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
      .join("\n");
    const told = [...text.matchAll(/(?:title|formula|rounding): "([^"]+)"/g)].map(([, found = ""]) => found);
    expect(told.length).toBeGreaterThan(25);
    const left = told
      .map((found) => stepText("zh", found, []).replace(KEPT, ""))
      .filter((found) => /[A-Za-z]{2,}/.test(found));
    expect(left).toEqual([]);
  });

  it("change no lot, number or unit, whatever words are in a lot", () => {
    const lot = "target draw-7";
    const text = `Actual concentration of lot ${lot}`;
    expect(stepText("zh", text, [lot])).toBe(`实际浓度，批号 ${lot}`);
    expect(stepText("zh", "about 8.5176 → 8.5 mL", [])).toBe("约 8.5176 → 8.5 mL");
    expect(stepText("en", text, [])).toBe(text);
  });

  it("take the longest phrase, and no part of a word", () => {
    expect(stepText("zh", "drawn container", [])).toBe("drawn 个容器");
    expect(stepText("zh", "is not above", [])).toBe("不高于");
    expect(new Set(PHRASES.map(([english]) => english)).size).toBe(PHRASES.length);
  });

  it("leave no English word in the sources that the dose room writes", () => {
    const folder = "src/dose/preparation";
    const text = readdirSync(folder)
      .map((file) => readFileSync(`${folder}/${file}`, "utf8"))
      .join("\n");
    const literal = [...text.matchAll(/source: (?:[^,\n]*\? )?"([^"]+)"(?: : "([^"]+)")?/g)].flatMap(([, a, b]) =>
      [a, b].flatMap((found) => (found === undefined || found === "" ? [] : [found])),
    );
    expect(literal.length).toBeGreaterThan(8);
    const made = [
      "the order, within Kymriah: drugs.com",
      "the order; formula: PMC4411565",
      "label; formula: PMC4411565",
    ];
    const ofExamples = [...EXAMPLES, ...WAYS].flatMap((name) =>
      prepareExample(name).preparation.steps.map(({ source }) => source),
    );
    // Words of ours; what else is in a source is a citation or somebody's own text.
    const ours =
      /\b(?:the order|within|practice from|formula|label|assumption|version of|definition|measurement|declared)\b/;
    const left = [...literal, ...made, ...ofExamples].filter((source) => ours.test(sourceText("zh", source)));
    expect(left).toEqual([]);
  });

  it("leave citations alone", () => {
    expect(sourceText("zh", "PMC5079635: 5 EU/kg")).toBe("PMC5079635: 5 EU/kg");
    expect(sourceText("zh", 'assumption dose.cap = "none"')).toBe("假设：单次剂量上限 = 无");
    expect(sourceText("zh", "the order")).toBe("配制指令");
  });
});
