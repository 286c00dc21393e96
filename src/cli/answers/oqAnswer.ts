import type { OqFile } from "../qualification/caseFile.js";
import { short } from "../qualification/asQualification.js";
import type { OqResult } from "../qualification/runCase.js";
import { SUITE } from "../qualification/suite.js";
import type { Language } from "../../report/index.js";
import { textTable } from "../textTable.js";
import { sayIn, wrapIn, type Texts } from "./say.js";

const TEXTS = {
  title: { en: "OPERATIONAL QUALIFICATION", zh: "运行确认（OQ）" },
  cases: { en: "cases", zh: "测试用例" },
  passed: { en: "passed", zh: "通过" },
  of: { en: "of", zh: "共" },
  line: {
    en: "{id} {requirement} {call}: expected {expected} found {found} {result}",
    zh: "{id} {requirement} {call}：预期 {expected}，实测{found}，{result}",
  },
  same: { en: "the same", zh: "一致" },
  differs: { en: "{found} at {place}", zh: " {found}（位置 {place}）" },
  pass: { en: "PASS", zh: "通过" },
  fail: { en: "FAIL", zh: "未通过" },
  verdict: {
    en: "OQ {result} {passed} of {cases}{part}, allocell {version}, {environment}, cases sha256 {sha256}",
    zh: "OQ {result}：{cases} 个用例中通过 {passed} 个{part}，allocell {version}，{environment}，用例 sha256 {sha256}",
  },
  allPassed: { en: "PASSED", zh: "通过" },
  failed: { en: "FAILED", zh: "未通过" },
  part: { en: ", groups {groups} alone", zh: "，仅 {groups} 组" },
} as const satisfies Texts;

/** What a run of the cases came to. */
export interface OqRun {
  readonly results: readonly OqResult[];
  readonly isPassed: boolean;
  /** The groups that were run, where others were not. */
  readonly groups: readonly string[] | undefined;
  readonly version: string;
  readonly environment: string;
  readonly sha256: string;
}

/** The last line of the answer. */
export function oqVerdict({ results, isPassed, groups, ...run }: OqRun, language: Language): string {
  const say = sayIn(TEXTS, language);
  return say("verdict", {
    ...run,
    result: say(isPassed ? "allPassed" : "failed"),
    passed: results.filter((one) => one.isPassed).length,
    cases: results.length,
    part: groups === undefined ? "" : say("part", { groups: groups.join(language === "zh" ? "、" : ",") }),
  });
}

/** The groups with their numbers, and the cases that did not pass, or all of them. */
export function oqText(
  files: readonly OqFile[],
  results: readonly OqResult[],
  isDetailed: boolean,
  language: Language,
): string {
  const say = sayIn(TEXTS, language);
  const failed = results.filter(({ isPassed }) => !isPassed);
  const table = files.map(({ group, title, titleZh, cases }) => {
    const passed = results.filter((one) => one.group === group && one.isPassed).length;
    return [group, language === "zh" ? titleZh : title, String(passed), String(SUITE[group] ?? cases.length)];
  });
  const lineOf = ({ id, requirement, call, expected, found, isPassed, differsAt = "" }: OqResult): string =>
    say("line", {
      ...{ id, requirement, call, expected: short(expected) },
      found: isPassed ? say("same") : say("differs", { found: short(found), place: differsAt }),
      result: say(isPassed ? "pass" : "fail"),
    });
  return [
    say("title"),
    "",
    textTable(["", say("cases"), say("passed"), say("of")], table).trimEnd(),
    "",
    ...(isDetailed ? results : failed).flatMap((one) => wrapIn(language)(lineOf(one), "  ", 120)),
    "",
  ].join("\n");
}
