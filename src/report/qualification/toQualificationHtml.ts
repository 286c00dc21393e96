import { requireFields } from "../../foundation/index.js";
import { lines, paper, part, rowsTable } from "../record/paper.js";
import { requireLanguage } from "../texts/requireLanguage.js";
import type { Language } from "../texts/language.js";

/** What a qualification did: of the installation (`iq`) or of the operation (`oq`). */
export interface Qualification {
  readonly kind: "iq" | "oq";
  /** The last line of the answer. */
  readonly verdict: string;
  readonly isPassed: boolean;
  /** What was qualified, and by what. */
  readonly facts: readonly string[];
  readonly rows: readonly {
    readonly id: string;
    readonly requirement: string;
    readonly what: string;
    readonly expected: string;
    readonly found: string;
    readonly isPassed: boolean;
  }[];
}

const TEXTS = {
  iq: { en: "Installation qualification", zh: "安装确认（IQ）" },
  oq: { en: "Operational qualification", zh: "运行确认（OQ）" },
  purpose: { en: "What was qualified", zh: "确认对象与依据" },
  results: { en: "Results, what did not pass first", zh: "结果（未通过者在前）" },
  case: { en: "Case", zh: "编号" },
  requirement: { en: "Requirement", zh: "需求" },
  what: { en: "What is tried", zh: "测试内容" },
  expected: { en: "Expected", zh: "预期" },
  found: { en: "Found (= as expected)", zh: "实测（= 与预期一致）" },
  verdict: { en: "Verdict", zh: "判定" },
  pass: { en: "pass", zh: "通过" },
  failed: { en: "FAIL", zh: "未通过" },
  deviations: { en: "Deviations, by number, with their assessment", zh: "偏差编号及评估" },
  conclusion: { en: "Conclusion", zh: "结论" },
  choices: {
    en: "□ passed   □ passed with the deviations above   □ failed   Computer: ____________________",
    zh: "□ 通过   □ 有上述偏差通过   □ 未通过   计算机名称：____________________",
  },
  performed: { en: "Performed by (name, signature)", zh: "执行人（姓名、签名）" },
  reviewed: { en: "Reviewed by (name, signature)", zh: "审核人（姓名、签名）" },
  note: { en: "Signed by hand: this file holds no electronic signature.", zh: "须手写签名；本文件不含电子签名。" },
} as const;

const BLANK_LINES = 3;

/**
 * The report of a qualification as A4 pages with places for deviations, conclusion and two signatures.
 *
 * @throws AllocellError `report.language_unknown`, `input.invalid`
 */
export function toQualificationHtml(qualification: Qualification, language: Language): string {
  requireFields(qualification, "a qualification", { kind: "text", verdict: "text", facts: "a list", rows: "a list" });
  const { kind, verdict, facts, rows, isPassed } = qualification;
  requireLanguage(language);
  const say = (key: keyof typeof TEXTS): string => TEXTS[key][language];
  const columns = (["case", "requirement", "what", "expected", "found", "verdict"] as const).map(say);
  const cells = rows.map((row) => [
    ...[row.id, row.requirement, row.what, row.expected, row.found],
    say(row.isPassed ? "pass" : "failed"),
  ]);
  return paper(
    language,
    { title: say(kind), note: say("note"), mark: say(isPassed ? "pass" : "failed") },
    [say("performed"), say("reviewed")],
    [
      part(say("purpose"), lines([verdict, ...facts])),
      part(say("results"), [rowsTable(columns, cells)]),
      part(say("deviations"), lines(Array.from({ length: BLANK_LINES }, () => "_".repeat(100)))),
      part(say("conclusion"), lines([say("choices")])),
    ],
  );
}
