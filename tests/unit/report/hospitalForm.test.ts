// What a form of a Chinese hospital always has, item by item, and on which paper it stands.
import { describe, expect, it } from "vitest";
import type { PreparationOrder } from "../../../src/dose/index.js";
import {
  toBlindedPreparation,
  toBlindedRecordHtml,
  toProcessRecordHtml,
  toWorksheetHtml,
} from "../../../src/report/index.js";
import { plainText, prepareExample } from "./exampleOrders.js";

const { preparation, document } = prepareExample("sle/order.yaml");
const texts = { site: "某医院", sponsor: "某公司", trialTitle: "某试验", formNumber: "F-012 第3版 2026-01-05" };
/** An arm without cells has no product, lots and draw. */
const OF_CELLS = ["product", "lots", "draw", "dayTotals"];
const withoutCells = (order: PreparationOrder): PreparationOrder =>
  Object.fromEntries(Object.entries(order).filter(([key]) => !OF_CELLS.includes(key))) as unknown as PreparationOrder;
const PAPERS = {
  worksheet: plainText(toWorksheetHtml(preparation, document, "zh")),
  process: plainText(toProcessRecordHtml(preparation, document, texts, "zh")),
  record: plainText(toBlindedRecordHtml(toBlindedPreparation(preparation, document, texts), "zh")),
} as const;

/** Item, paper, and the words that say it. */
const ITEMS: readonly (readonly [item: string, paper: keyof typeof PAPERS, words: readonly string[]])[] = [
  ["institution, trial, sponsor", "process", ["研究中心 某医院", "试验名称 某试验", "申办者 某公司"]],
  ["institution, trial, sponsor", "record", ["研究中心 某医院", "试验名称 某试验", "申办者 某公司"]],
  ["ward", "process", ["科室/病区"]],
  ["ward", "record", ["科室/病区"]],
  ["number, version and date of the form", "process", ["文件编号、版本号、版本日期 F-012"]],
  ["number, version and date of the form", "record", ["文件编号、版本号、版本日期 F-012"]],
  ["initials, sex, age, randomization number", "process", ["受试者姓名缩写、性别、年龄、随机号"]],
  ["initials, sex, age, randomization number", "record", ["受试者姓名缩写、性别、年龄、随机号"]],
  ["prescription, investigator's signature", "process", ["专用处方号", "研究者签名"]],
  ["certificate, passage, donor", "process", ["质检报告（放行单）编号", "细胞代次", "供者识别编号"]],
  [
    "clean room, cabinet, bath, syringes",
    "process",
    ["洁净室编号、温度、湿度", "生物安全柜编号", "水浴箱编号", "注射器"],
  ],
  ["clearance", "process", ["配制前清场：清场人、检查人", "配制后清场：清场人、检查人"]],
  ["begin and end, temperature of the bath", "process", ["配制开始时间", "配制完成时间", "水浴温度"]],
  ["each step seen by two", "process", ["复苏", "抽取", "稀释", "贴签", "操作人", "核对人"]],
  ["counts and verdict", "process", ["计数结果", "结论：□合格 □不合格"]],
  ["labels printed, used, destroyed", "process", ["标签打印/使用/销毁数"]],
  ["labels printed, used, destroyed", "worksheet", ["标签打印/使用/销毁数"]],
  ["what is left, witness", "process", ["剩余药品处理、见证人"]],
  ["what is left, witness", "record", ["剩余药品处理、见证人"]],
  ["hand-over", "process", ["交出人、接收人、时间、温度"]],
  ["hand-over", "record", ["交出人、接收人、时间、温度"]],
  ["infusion: filter, begin and end, vital signs", "record", ["输血器滤网", "输注开始", "输注结束", "生命体征"]],
  ["corrections", "process", ["更正须划线"]],
  ["corrections", "record", ["更正须划线"]],
];

describe("what a Chinese hospital's form has", { tags: ["PAPER-001"] }, () => {
  it.each(ITEMS)("%s stands on the %s", (_, paper, words) => {
    const text = PAPERS[paper].replace(/\s+/gu, " ");
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });

  it("keeps what tells the arm off the blinded page", () => {
    expect(PAPERS.record).not.toMatch(/质检报告|细胞代次|供者|复苏|抽取|稀释/u);
  });

  it("asks a placebo for no certificate, passage, donor, thawing or draw", () => {
    const { preparation: placebo } = prepareExample("sle/order.yaml", withoutCells, "placebo");
    expect(placebo.isPlacebo).toBe(true);
    const text = plainText(toProcessRecordHtml(placebo, document, {}, "zh"));
    expect(text).not.toMatch(/质检报告|细胞代次|供者|复苏|抽取/u);
  });

  it("gives each component a sheet, and a licensed product no mark of blinding", () => {
    const { preparation: two, document: own } = prepareExample("products/order-breyanzi.yaml");
    const html = toProcessRecordHtml(two, own, {}, "zh");
    expect(html.match(/<main/gu)).toHaveLength(2);
    expect(html).not.toContain("非盲");
  });
});
