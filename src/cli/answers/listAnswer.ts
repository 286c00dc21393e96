import { sep } from "node:path";
import type { Issue } from "../../foundation/index.js";
import {
  LIST_FILES,
  blindedRowCount,
  stratumText,
  type HashedFile,
  type ListFileNames,
  type MasterList,
  listFileNames,
} from "../../list/index.js";
import { textTable } from "../textTable.js";
import { planAnswerText } from "./planAnswer.js";
import { countIn, sayIn, wrapIn, type Say, type Texts } from "./say.js";
import type { Speech } from "./speech.js";

/** More strata than that are counted, not shown. */
const SHOWN_STRATA = 60;

const TEXTS = {
  title: {
    en: "{status} LIST {list}{adopted} (UNBLINDED: this page shows ratio and balance)",
    zh: "{status} 随机分配表 {list}{adopted}（非盲：含分配比例和均衡情况）",
  },
  adopted: { en: ", ADOPTED", zh: "，接收自其他系统" },
  rows: { en: "{rows} for part {part} of {trial}, {what}", zh: "{trial}，试验部分 {part}，共 {rows}，{what}" },
  algorithm: { en: "algorithm {algorithm}", zh: "算法 {algorithm}" },
  takenOver: { en: "taken over from {file}{system}; it has no seed", zh: "接收自 {file}{system}；没有种子" },
  system: { en: " ({system})", zh: "（{system}）" },
  test: { en: "Made from a TEST seed: never for participants.", zh: "由 TEST 种子生成：绝不可用于受试者。" },
  markedTest: { en: "Marked TEST: never for participants.", zh: "标为 TEST：绝不可用于受试者。" },
  balance: { en: "Balance", zh: "均衡情况" },
  stratum: { en: "stratum", zh: "层" },
  rowsColumn: { en: "rows", zh: "行数" },
  imbalance: { en: "imbalance", zh: "不均衡" },
  more: { en: "... and {count} more strata", zh: "……另有 {count} 层" },
  warnings: { en: "Warnings", zh: "警示" },
  warning: { en: "{code}: {message}", zh: "{code}：{message}" },
  none: { en: "none", zh: "无" },
  assumptions: { en: "Assumptions (not stated by the trial's sources)", zh: "假设（试验资料未载明）" },
  reason: { en: " ({reason})", zh: "（{reason}）" },
  files: { en: "Files", zh: "文件" },
  unblinded: { en: "for unblinded people only", zh: "仅限非盲人员" },
  toHandOut: { en: "to hand out", zh: "可以发出" },
  keep: {
    en: "Keep with the trial's records the SHA-256 of the unblinded manifest:",
    zh: "请将非盲清单文件的 SHA-256 存入试验记录：",
  },
  check: { en: "Check the files at any time: {command}", zh: "可随时核对这些文件：{command}" },
} as const satisfies Texts;

/** The names of the files that blinded people may have. */
function blindedNames(names: ListFileNames): readonly string[] {
  const keys = Object.keys(names) as (keyof ListFileNames)[];
  return keys.filter((key) => LIST_FILES[key].isBlinded).map((key) => names[key]);
}

/** A list that was made or taken over, for unblinded people. */
export function listText(
  made: MasterList,
  folder: string,
  files: readonly HashedFile[],
  warnings: readonly Issue[],
  speech: Speech,
): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  const { plan, assumptions } = made.unblindedRecord();
  const names = listFileNames(made.list, made.status);
  const blinded = blindedNames(names);
  const balance = made.unblindedBalance();
  const arms = plan.arms.map(({ arm }) => arm);
  const rows = balance
    .slice(0, SHOWN_STRATA)
    .map(({ stratum, rows: count, counts, imbalance }) => [
      stratumText(stratum),
      String(count),
      ...arms.map((arm) => String(counts[arm] ?? 0)),
      String(Number(imbalance.toFixed(2))),
    ]);
  const bullets = (items: readonly string[]): readonly string[] =>
    items.length === 0 ? [`  ${say("none")}`] : items.flatMap((item) => wrapIn(language)(item, "  - "));
  const paths = (wanted: readonly HashedFile[]): string[] => wanted.map(({ file }) => `    ${folder}${sep}${file}`);
  const { title, what, remark, check } = provenance(made, folder, say);
  const count = countIn(language, blindedRowCount(made.blinded()), "row", "行");
  return [
    title,
    "",
    `  ${say("rows", { rows: count, part: plan.part, trial: plan.trial, what })}`,
    ...(remark === undefined ? [] : [`  ${remark}`]),
    "",
    say("balance"),
    textTable([say("stratum"), say("rowsColumn"), ...arms, say("imbalance")], rows).trimEnd(),
    ...(balance.length > SHOWN_STRATA ? [`  ${say("more", { count: balance.length - SHOWN_STRATA })}`] : []),
    "",
    say("warnings"),
    ...bullets(warnings.map((warning) => say("warning", { code: warning.code, message: speech.issue(warning) }))),
    "",
    say("assumptions"),
    ...bullets(
      assumptions.map(
        ({ key, value, reason }) =>
          planAnswerText(language, key, value, plan) + (reason === undefined ? "" : say("reason", { reason })),
      ),
    ),
    "",
    say("files"),
    `  ${say("unblinded")}`,
    ...paths(files.filter(({ file }) => !blinded.includes(file))),
    `  ${say("toHandOut")}`,
    ...paths(files.filter(({ file }) => blinded.includes(file))),
    "",
    say("keep"),
    `  ${files.find(({ file }) => file === names.unblindedManifest)?.sha256 ?? ""}`,
    say("check", { command: check }),
    "",
  ].join("\n");
}

interface Provenance {
  readonly title: string;
  readonly what: string;
  readonly remark: string | undefined;
  /** The command that checks the files. */
  readonly check: string;
}

/** Where the rows come from, and how the files are checked. */
function provenance(made: MasterList, folder: string, say: Say<typeof TEXTS>): Provenance {
  const { list, status } = made;
  const { algorithm, adopted } = made.unblindedRecord();
  const isTest = status === "TEST";
  if (adopted === undefined) {
    return {
      title: say("title", { status, list }),
      what: say("algorithm", { algorithm }),
      remark: isTest ? say("test") : undefined,
      check: `allocell verify ${folder} ${isTest ? "--test-seed TEXT" : "--seed-file FILE"}`,
    };
  }
  const { source, system } = adopted;
  return {
    title: say("title", { status, list, adopted: say("adopted") }),
    what: say("takenOver", { file: source.file, system: system === undefined ? "" : say("system", { system }) }),
    remark: isTest ? say("markedTest") : undefined,
    check: `allocell verify ${folder} --source ${source.file}`,
  };
}
