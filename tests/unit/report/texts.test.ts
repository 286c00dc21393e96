import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PRODUCTS, productQuestions } from "../../../src/dose/index.js";
import { ESCALATION_REASONS } from "../../../src/escalation/index.js";
import { UNIT_KINDS } from "../../../src/quantity/index.js";
import { ESCALATION_TEXTS } from "../../../src/report/texts/escalationTexts.js";
import { RULE_TEMPLATE_TEXTS } from "../../../src/report/texts/ruleTemplateTexts.js";
import { CATALOGUE, questionText, warningText } from "../../../src/report/texts/catalogue.js";
import { requireLanguage } from "../../../src/report/texts/requireLanguage.js";
import { isRuleReason, reasonText } from "../../../src/report/texts/escalationReasonTexts.js";
import { DOSE_CODES } from "../../../src/codes/doseCodes.js";
import type { RoundingPart, StepSource, SourcePart } from "../../../src/dose/index.js";
import { roundingInWords } from "../../../src/dose/formula/rounding.js";
import { SOURCE_WORDS, sourceInWords, statedSource } from "../../../src/dose/formula/sources.js";
import { FORMULAS } from "../../../src/dose/formula/formulas.js";
import { FORMULA_TEXTS } from "../../../src/report/texts/formulaTexts.js";
import { valueText } from "../../../src/report/texts/valueText.js";
import { RECORD_WARNINGS_ZH } from "../../../src/report/record/issueText.js";
import { toWorksheetHtml } from "../../../src/report/index.js";
import { stepText } from "../../../src/report/texts/stepText.js";
import { issueOf } from "../../support/issueOf.js";
import { EXAMPLES, prepareExample, WAYS } from "./exampleOrders.js";

const PLACES = /\{\w+\}/g;
const HAN = /\p{Script=Han}/u;

/** Each form of a value that a warning has. */
const VALUES: readonly (readonly [string, string])[] = [
  ["at most 60,000,000 viable cells", "不超过 60,000,000 个活细胞"],
  ["-0.21 %", "−0.21%"],
  ["0.05 to 0.5 %", "0.05 至 0.5%"],
  ["1,000 to 5,000,000 cells/kg", "1,000 至 5,000,000 个细胞/kg"],
  ["24,948.2 viable cells/kg/min", "24,948.2 个活细胞/(kg·min)"],
  ["a difference of at most 1 %, and equal numbers of containers", "差异不超过 1%，且容器数相等"],
  ["2.5 %; 4 and 5", "2.5%；4 和 5"],
  ["less than 8,500,000 viable cells left over", "剩余低于 8,500,000 个活细胞"],
  ["0.5 to 1 of 1", "0.5 至 1（以 1 计）"],
  ["5 a container", "每个容器 5"],
  ["at least 2 at most 5 a container", "每个容器 不低于 2，不超过 5"],
  ["at least 1, at most 3", "不低于 1，不超过 3"],
  ["at least 4,000,000 at most 8,000,000 per mL", "不低于 4,000,000，不超过 8,000,000/mL"],
  ["a minimum of 18 years", "不低于 18 岁"],
  ["from 18 years, below 70 years", "不低于 18 岁，低于 70 岁"],
  ["0.85 (trypan blue)", "0.85（trypan blue）"],
  ["at least 0.8", "不低于 0.8"],
  ["a working day", "工作日（法定节假日及调休未计入）"],
  ["2026-03-21, Saturday", "2026-03-21（星期六）"],
  ["2026-03-18 to 2026-03-21, both included", "2026-03-18 至 2026-03-21（含首末日）"],
  ["2026-03-18 or later", "2026-03-18 或以后"],
  ["|d%| <= 10", "体重变化不超过 10%"],
  ["10 or 15 or 20 or 60 drops/mL", "10 或 15 或 20 或 60 滴/mL"],
  ["within 3 days of 2026-03-18", "与 2026-03-18 相差不超过 3 天"],
  ["a multiple of 2 in one administration", "2 的整数倍（单次给药）"],
  ["a draw from each lot that is thawed", "每个取用批次均有抽取"],
  ["about 4.4718 viable cells", "约 4.4718 个活细胞"],
  ["10 % v/v", "10%（体积分数）"],
];

describe("the catalogue of texts", { tags: ["PAPER-002"] }, () => {
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
    // A code that is a warning says so in the page of codes.
    const warnings = Object.entries(DOSE_CODES).flatMap(([code, [meaning]]) =>
      meaning.startsWith("Warning:") ? [code] : [],
    );
    expect(warnings.length).toBeGreaterThan(10);
    const isTold = (code: string): boolean =>
      warningText("zh", code) !== undefined || Object.hasOwn(RECORD_WARNINGS_ZH, code);
    // The exposure over several doses is on no paper.
    expect(warnings.filter((code) => !isTold(code))).toEqual(["dose.cumulative_above_cap"]);
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

describe("the words of the steps", { tags: ["PAPER-002"] }, () => {
  // Symbols, units, file formats and acronyms stay; everything else that has letters is a word.
  const KEPT =
    /(?<![A-Za-z])(?:DMSO|EU|kg|mL|min|mg|cm|CAR|CD\d+|TNC|IEQ|vg|Mosteller|Du Bois|Haycock|Σ|lo|hi|[A-Za-z]|d%|e%)(?![A-Za-z])/g;
  const PLACE = /\{(\w+)\}/g;

  it("have each formula in Chinese, with the numbers and the names of its English line", () => {
    for (const [id, { title, line }] of Object.entries(FORMULAS)) {
      const chinese = FORMULA_TEXTS[id as keyof typeof FORMULAS];
      expect(`${chinese.title} ${chinese.line}`.replace(PLACE, "").replace(KEPT, ""), id).not.toMatch(/[A-Za-z]{2,}/);
      const numbers = (text: string): readonly string[] => (text.match(/\d+(?:\.\d+)?/g) ?? []).sort();
      expect(numbers(chinese.line), id).toEqual(numbers(line));
      const named = (text: string): readonly string[] =>
        [...text.matchAll(PLACE)].flatMap(([, name = ""]) => (name === "thaw" ? [] : [name]));
      expect(named(chinese.title), id).toEqual(named(title));
    }
  });

  it("leave no English word in the steps of the examples", () => {
    const left = [...EXAMPLES, ...WAYS]
      .flatMap((name) => {
        const { preparation } = prepareExample(name);
        const all = [preparation, ...(preparation.then ?? [])];
        const own = all.flatMap(({ order: { lots = [] } }) => lots.map(({ lot }) => lot));
        return all
          .flatMap(({ steps, unitKind }) => steps.map((step) => stepText("zh", step, unitKind)))
          .flatMap(({ title, formula, worked, rounding }) => [title, formula, worked, rounding])
          .map((text) => own.reduce((said, kept) => said.replaceAll(kept, ""), text).replace(KEPT, ""));
      })
      .filter((text) => /[A-Za-z]{2,}/.test(text));
    expect(left).toEqual([]);
  });

  it("say an amount, a limit and a time that a warning found or expected", () => {
    const said = VALUES.map(([text]) => valueText("zh", text));
    expect(said).toEqual(VALUES.map(([, chinese]) => chinese));
    expect(valueText("en", "at most 5 mL")).toBe("at most 5 mL");
    expect(valueText("zh", "at-most-one")).toBe("at-most-one");
  });

  it("say thawing of cells and of what is no cell", () => {
    const { preparation } = prepareExample("sle/order.yaml");
    const step = preparation.steps.find(({ id }) => id === "containers")!;
    expect(stepText("zh", step, "viable-cells").title).toBe("需复苏的容器数");
    expect(stepText("zh", step, "cell-equivalents").title).toBe("需解冻的容器数");
    const sheet = (name: string): string => {
      const made = prepareExample(name);
      return toWorksheetHtml(made.preparation, made.document, "zh");
    };
    expect(sheet("uc/order.yaml")).not.toContain("复苏");
    expect(sheet("uc/order.yaml")).toContain("需解冻数量");
    expect(sheet("sle/order.yaml")).not.toContain("解冻");
    expect(sheet("sle/order.yaml")).toContain("需复苏数量");
    expect(warningText("zh", "dose.nothing_drawn_from_lot", "vector-genomes")).toBe("该批将被解冻，但未从中抽取。");
  });

  const [step] = prepareExample("sle/order.yaml").preparation.steps;
  /** A source in Chinese, as a paper says it. */
  const chineseOf = (source: StepSource): string =>
    stepText("zh", { ...step!, parts: { rounding: [], source } }, "viable-cells").source;

  it("leave no English word in the sources that the dose room writes", () => {
    expect(SOURCE_WORDS.filter((key) => !HAN.test(chineseOf([{ key }])))).toEqual([]);
    const ofExamples = [...EXAMPLES, ...WAYS].flatMap((name) =>
      prepareExample(name).preparation.steps.map((own) => stepText("zh", own, "viable-cells").source),
    );
    // Words of ours; what else is in a source is a citation or somebody's own text.
    const ours =
      /\b(?:the order|within|practice from|formula|label|assumption|version of|definition|measurement|declared)\b/;
    expect(ofExamples.filter((source) => ours.test(source))).toEqual([]);
  });

  it("say each part of a source in both languages", () => {
    const parts: readonly (readonly [SourcePart, string, string])[] = [
      [{ key: "the order" }, "the order", "配制指令"],
      [
        { key: "within", text: "Kymriah: drugs.com" },
        "the order, within Kymriah: drugs.com",
        "配制指令，不超出 Kymriah: drugs.com",
      ],
      [{ key: "labelOf", text: "Casgevy" }, "Casgevy: label", "Casgevy：标签"],
      [{ key: "withinLabelOf", text: "Casgevy" }, "the order, within Casgevy: label", "配制指令，不超出 Casgevy：标签"],
      [{ key: "formula", text: "PMC4411565" }, "formula: PMC4411565", "公式：PMC4411565"],
      [
        { key: "assumption", question: "dose.cap", answer: "none" },
        'assumption dose.cap = "none"',
        "假设：单次剂量上限 = 无",
      ],
      [
        statedSource("NCT07041801, version of 2025-06-27"),
        "NCT07041801, version of 2025-06-27",
        "NCT07041801，版本日期 2025-06-27",
      ],
    ];
    for (const [part, english, chinese] of parts)
      expect([sourceInWords([part]), chineseOf([part])]).toEqual([english, chinese]);
    const all = parts.map(([part]) => part);
    expect(sourceInWords(all)).toBe(parts.map(([, english]) => english).join("; "));
    expect(chineseOf(all)).toBe(parts.map(([, , chinese]) => chinese).join("；"));
  });

  it("leave what people wrote as it is, whatever words are in it", () => {
    const words = fc.array(
      fc.constantFrom(...SOURCE_WORDS, ", version of ", "2025-01-01", "{text}", "; ", "$1", ": label", "formula: "),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          words.map((own) => own.join("")),
          fc.string(),
        ),
        (text) => {
          expect(sourceInWords([statedSource(text)])).toBe(text);
          expect(
            chineseOf([
              { key: "citation", text },
              { key: "formula", text },
            ]),
          ).toBe(`${text}；公式：${text}`);
          expect(chineseOf([{ key: "within", text }])).toBe(`配制指令，不超出 ${text}`);
        },
      ),
    );
  });

  it("say how is rounded, with each rule in Chinese", () => {
    const to = "0.1 mL";
    const rounding: readonly RoundingPart[] = [{ key: "halfUp", to }, { key: "oneLess" }];
    expect(roundingInWords(rounding)).toBe(
      "half-up to 0.1 mL, then one graduation less because the cap or maximum would be crossed",
    );
    const said = stepText("zh", { ...step!, parts: { rounding, source: [] } }, "viable-cells").rounding;
    expect(said).toBe("四舍五入至 0.1 mL，因超出上限或最大值而再减一个刻度");
  });
});
