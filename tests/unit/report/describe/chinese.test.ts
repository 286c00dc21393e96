/* The documents of a list in two languages: the same tables, places and values, and no word of the other language. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generateList, parseDynamicPlan, parsePlan, unblindedManifest, type Plan } from "../../../../src/list/index.js";
import {
  toBlindingRecord,
  toListRecord,
  toListSpecification,
  toProtocolParagraph,
  toSealedCode,
  toUnblindingRecord,
  type Language,
  type ListDescription,
} from "../../../../src/report/index.js";
import { issueOf } from "../../../support/issueOf.js";
import { auditSle, example, sle, sleFiles, testSeed } from "../../audit/exampleAudit.js";

type Maker = (description: ListDescription, language: Language) => string;
const MAKERS: Readonly<Record<string, Maker>> = {
  protocol: toProtocolParagraph,
  specification: toListSpecification,
  "sealed-code": toSealedCode,
  "blinding-record": toBlindingRecord,
  "unblinding-record": toUnblindingRecord,
  record: toListRecord,
};

const BLANK = "______________________";
const generation = { at: "2026-01-10T08:00:00.000Z", by: "N. Berg", runtime: "v20" };
const files = [{ file: "1.csv", sha256: "ab".repeat(32) }];
function described(plan: Plan, trial = sle.trial): ListDescription {
  const list = generateList({ plan, trial, seed: testSeed });
  const manifest = unblindedManifest(list, "cd".repeat(32), files, generation);
  return { plan, trial, manifest, kits: files, audit: auditSle(sleFiles) };
}

const PROCEDURES: readonly object[] = [
  { kind: "complete" },
  { kind: "random-allocation-rule" },
  { kind: "permuted-block", sizes: [2, 4], weights: "pascal", lastBlock: "fill" },
  { kind: "ordered-blocks", sizes: [4, 2], lastBlock: "cut" },
  { kind: "truncated-binomial", size: 6 },
  { kind: "maximal", tolerance: 3 },
  { kind: "big-stick", tolerance: 3 },
  { kind: "efron", probability: "2/3" },
  { kind: "chen", probability: "3/4", tolerance: 3 },
  { kind: "ehrenfest", tolerance: 4 },
  { kind: "adjustable-biased-coin", steepness: "3/2" },
  { kind: "generalized-biased-coin", exponent: "5/2" },
  { kind: "wei", initial: 1, added: 2 },
  { kind: "bayesian-biased-coin", gamma: "1/10" },
  { kind: "hadamard", lastBlock: "cut" },
  { kind: "block-urn", lambda: 2 },
  { kind: "mass-weighted-urn", alpha: "5/2" },
  { kind: "drop-the-loser", immigration: 1 },
  { kind: "doubly-adaptive", gamma: "3/2" },
  { kind: "maximum-entropy", eta: "1/2" },
  { kind: "minimum-quadratic-distance", eta: "1/2", mergedArms: true },
  { kind: "brick-tunnel" },
];
const two = (procedure: object): ListDescription =>
  described(
    parsePlan({ ...sle.plan, arms: { low: 1, placebo: 1 }, procedure, strata: [], length: 12, stream: "arc4" }),
  );
const dynamic = (procedure: object, factors: readonly object[], arms: object): ListDescription => ({
  plan: parseDynamicPlan({
    ...{ trial: sle.trial.id, part: "single-dose", list: "Q1" },
    procedure,
    factors,
    arms,
    length: 20,
  }),
  trial: sle.trial,
});
const site = { factor: "site", levels: ["01", "02"] };
const FOUR = { low: 1, medium: 1, high: 1, placebo: 1 };
const PAIR = { low: 1, placebo: 1 };

const DESCRIPTIONS: Readonly<Record<string, ListDescription>> = {
  "a list in strata": described(sle.plan),
  "a plan without a list": { plan: sle.plan, trial: sle.trial },
  "an open trial": { ...example("t1d") },
  "masking by level": { ...example("uc") },
  ...Object.fromEntries(PROCEDURES.map((one) => [(one as { kind: string }).kind, two(one)])),
  minimization: dynamic(
    { kind: "minimization", measure: "sd", law: { kind: "fixed", probability: "0.8", ties: "share" } },
    [{ ...site, weight: 2 }],
    FOUR,
  ),
  "minimization by rank": dynamic(
    { kind: "minimization", measure: "range", law: { kind: "rank", q: "1/2" } },
    [site],
    FOUR,
  ),
  "minimization, proportional": dynamic(
    { kind: "minimization", measure: "variance", law: { kind: "proportional", t: "1/2" } },
    [site],
    FOUR,
  ),
  "hu-hu": dynamic(
    { kind: "hu-hu", overallWeight: 1, stratumWeight: 1, probability: "0.8" },
    [{ ...site, weight: 1 }],
    PAIR,
  ),
  atkinson: dynamic({ kind: "atkinson" }, [site], PAIR),
};

/** What stands in both languages: names of files, programs, codes and keys, and symbols. */
const SHARED =
  /\b(?:allocell(?: (?:verify|script|audit)|-[a-z]+-\d)?|SHA-256|TEST|LIVE|ISO|MOD|SPIRIT|Python|arc4|SE|UNBLINDED|NCT\d+)\b|[0-9a-f]{16,}|（[a-z]+(?:-[a-z]+)*）|\b(?:allocation|parts|masking|placebo|dose|product|infusion|schedule|deviation|selection|escalation)\.[A-Za-z.]+|\d{4}-\d{2}-\d{2}T[\d:.]+Z|(?<![A-Za-z])[A-Za-z](?![A-Za-z])/g;

/** Texts of the trial, of the plan and of people. */
const ownOf = ({ plan, trial }: ListDescription): readonly string[] => [
  ...[trial.title, plan.list, "N. Berg", "v20", "site", "1.csv"],
  ...trial.arms.map(({ label }) => label),
  ...trial.parts.map(({ title }) => title),
  ...trial.assumptions.map(({ question }) => question),
  ...Object.values(plan.assumptions).flatMap((one) =>
    typeof one === "string" ? [one] : [one.value, one.reason ?? ""],
  ),
];

function bare(text: string, own: readonly string[]): string {
  const left = [...own]
    .filter((one) => one !== "")
    .sort((a, b) => b.length - a.length)
    .reduce((rest, one) => rest.replaceAll(one, ""), text.replaceAll("\\", "").replaceAll(BLANK, ""));
  return left.replace(SHARED, "");
}

/** The cells of all tables, row by row. */
const cellsOf = (text: string): readonly (readonly string[])[] =>
  text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) => line.slice(2, -2).split(/(?<!\\) \| /));

/** The numbers and hashes of a cell. */
const factsOf = (cell: string): string => (cell.match(/[0-9a-f]{16,}|\d+(?:\.\d+)?/g) ?? []).sort().join(" ");

describe.each(Object.entries(DESCRIPTIONS))("documents of %s", { tags: ["DOC-001", "PAPER-002"] }, (_, description) => {
  it.each(Object.keys(MAKERS))("%s has the same fields, places and values in both languages", (name) => {
    const [english, chinese] = (["en", "zh"] as const).map((language) => MAKERS[name]!(description, language));
    const own = ownOf(description);
    expect(bare(chinese!, own).match(/[A-Za-z]{2,}.{0,20}/gu)).toBeNull();
    expect(english).not.toMatch(/\p{Script=Han}/u);
    const [left, right] = [cellsOf(english!), cellsOf(chinese!)];
    expect(right.map((row) => row.length)).toEqual(left.map((row) => row.length));
    left.forEach((row, i) => {
      row.forEach((cell, j) => {
        const other = right[i]![j]!;
        expect(other === BLANK, `${cell} / ${other}`).toBe(cell === BLANK);
        // The assumptions that the plan itself answers: the Chinese document says where they stand.
        const isReference = /见上文|另行保管/u.test(other);
        if (j > 0 && !isReference && row.length === 2) expect(factsOf(other), cell).toBe(factsOf(cell));
      });
    });
    expect(chinese!.split("\n\n")).toHaveLength(english!.split("\n\n").length);
  });
});

/** Headings that are customary in the Chinese documents of a blinded trial. */
const CUSTOMARY: Readonly<Record<string, readonly string[]>> = {
  specification: [
    ...["方案编号、版本号、版本日期", "试验设计", "组别", "分配比例", "样本量", "随机化方法", "区组长度", "分层因素"],
    ...["随机号编码规则", "随机化规定", "不得跳号", "软件", "种子数的产生与保管", "药物编号（配制编号）"],
    ...["盲底与应急信件的制作、份数、保管", "揭盲规定", "权限", "编制（独立的随机化统计师）", "审核", "批准", "日期"],
  ],
  "sealed-code": [
    ...["一式两份", "第 1 份，共 2 份", "第 2 份，共 2 份", "组长单位（临床试验机构）", "申办者", "骑缝处签名及时间"],
    ...["产生随机数的参数", "区组长度", "随机种子及其保管", "非盲随机分配表", "药物编码表", "编盲人", "盲底封存人"],
    ...["盲底发放人", "审核人"],
  ],
  "blinding-record": [
    ...[
      "标签、应急信件和信纸的准备",
      "随机数字的产生",
      "随机化方法",
      "区组长度",
      "种子标识",
      "药物编码（配制编号）的分配",
    ],
    ...["操作者", "核对者", "开始时间", "结束时间", "清场", "制作应急信件", "封存盲底，一式两份", "销毁剩余标签"],
    ...["盲底封存人", "审核人", "盲底发放人", "监督人", "编盲人员不参与本试验的其他工作"],
  ],
  "unblinding-record": [
    ...["数据库锁定日期", "盲态审核决议", "封口是否完好", "应急信件发放数", "已拆阅数", "第一次揭盲", "第二次揭盲"],
    ...["参加人", "揭盲地点、时间", "主要研究者", "申办者（注册申请人）", "统计师", "盲底保管人"],
  ],
};

it.each(Object.entries(CUSTOMARY))(
  "%s has the headings that are customary in China",
  { tags: ["PAPER-002"] },
  (name, words) => {
    const text = MAKERS[name]!(described(sle.plan), "zh");
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  },
);

describe("confidential things", { tags: ["DOC-001", "BLIND-005"] }, () => {
  const whole = described(sle.plan);
  it.each(["en", "zh"] as const)("stand inside of the sealed code and not outside: %s", (language) => {
    const text = toSealedCode(whole, language);
    const [, first = "", second = "", ...inside] = text.split(/^## /mu);
    const { seedMark, planHash } = whole.manifest!;
    const { sizes } = sle.plan.procedure as { sizes: readonly number[] };
    for (const outside of [first, second]) {
      expect(outside).not.toContain(seedMark);
      expect(outside).not.toContain(planHash);
      expect(outside).not.toMatch(/permuted|区组|4[,、] ?8/u);
    }
    for (const secret of [seedMark, planHash, ...sizes.map(String)]) expect(inside.join("")).toContain(secret);
    expect(text).toMatch(/UNBLINDED, CONFIDENTIAL|非盲，保密/u);
  });

  it.each(["en", "zh"] as const)(
    "stand nowhere in the unblinding record before people write them in: %s",
    (language) => {
      const text = toUnblindingRecord(whole, language);
      const { seedMark, planHash } = whole.manifest!;
      for (const secret of [seedMark, planHash, ...sle.trial.arms.map(({ id }) => id)])
        expect(text).not.toContain(secret);
      expect(text).not.toMatch(/permuted|区组|4[,、] ?8/u);
      // A code for each of the four arms, and each of its two unblindings.
      expect(text.match(/\| (?:Code|编码) [A-Z] \|/gu)).toHaveLength(4);
      for (const word of language === "en" ? ["First", "Second"] : ["第一次揭盲", "第二次揭盲", "数据库锁定"]) {
        expect(text).toContain(word);
      }
    },
  );

  it("are not in the Chinese protocol: the same text whatever sizes, weights and length are", () => {
    const procedure = { kind: "permuted-block", sizes: [8, 12], lastBlock: "cut" };
    const other = parsePlan({ ...sle.plan, procedure, length: 77 });
    expect(toProtocolParagraph({ plan: other, trial: sle.trial }, "zh")).toBe(
      toProtocolParagraph({ plan: sle.plan, trial: sle.trial }, "zh"),
    );
  });

  it("and a third language is refused", () => {
    for (const maker of Object.values(MAKERS)) {
      expect(issueOf(() => maker(whole, "fr" as Language)).code).toBe("report.language_unknown");
    }
  });
});

describe("a name that people gave", { tags: ["DOC-001"] }, () => {
  const MARK = "ZQXJKVW";
  const name = fc.oneof(
    fc.stringMatching(/^[A-Za-z]$/u),
    fc.constantFrom("list", "{list}", "$1", "whole", "单次给药部分", "blank", "permuted blocks", "Seed"),
    fc.stringMatching(/^[A-Za-z][A-Za-z0-9 {}$-]{0,8}[A-Za-z0-9]$/u),
  );
  const paper = (maker: Maker, language: Language, title: string): string =>
    maker({ plan: sle.plan, trial: { ...sle.trial, title } }, language);

  it.each(["en", "zh"] as const)("changes no other word of a document in %s", (language) => {
    const makers = [toProtocolParagraph, toSealedCode, toBlindingRecord, toListRecord];
    const marked = makers.map((maker) => paper(maker, language, MARK));
    fc.assert(
      fc.property(name, (given) => {
        makers.forEach((maker, i) => {
          expect(paper(maker, language, given)).toBe(marked[i]!.replaceAll(MARK, () => given));
        });
      }),
      { numRuns: 100, seed: 20261130 },
    );
  });
});
