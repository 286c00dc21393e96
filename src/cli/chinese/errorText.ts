import type { CommanderError } from "commander";
import type { AllocellError } from "../../foundation/index.js";
import { groupThousands } from "../../quantity/index.js";
import { assumptionText, fieldName } from "../../report/index.js";
import { mostShown, type LocatedIssue } from "../../store/disk/index.js";
import type { RecordedFault } from "../recorded.js";
import { keyOf } from "../trialInput.js";
import { ERROR_CODES_ZH, type ChineseCode } from "./codes/index.js";
import { dataText } from "./dataText.js";
import { wrapWide } from "./wrapWide.js";

const COLUMNS = 100;
/** As wide as the longest name of a line, 英文原文. */
const NAME_PLACES = 4;

/** Rooms whose paths are fields of an order or a record, which have names in Chinese. */
const OF_ORDERS = /^(?:dose|quantity|calendar|report)\./u;

/** A field with its name before its path; an option and any other path as it is. */
function fieldText({ code, path }: LocatedIssue): string {
  const key = keyOf(path) ?? /^--assume (.+)$/u.exec(path)?.[1];
  if (key === undefined) return OF_ORDERS.test(code) ? fieldName("zh", path) : path;
  const name = assumptionText("zh", key, "").replace(/ = $/u, "");
  return name === key ? path : `${name}（${path}）`;
}

function placeText(issue: LocatedIssue): string {
  const { file, line, column, path } = issue;
  const place = [
    ...(file === undefined ? [] : [file]),
    ...(line === undefined ? [] : [`第 ${line} 行`]),
    ...(column === undefined ? [] : [`第 ${column} 列`]),
    ...(path === "" || path === file ? [] : [fieldText(issue)]),
  ];
  return place.join("，");
}

/** What `describeReceived` says of what is no text. */
function receivedText(received: string | undefined): string | undefined {
  if (received === undefined) return undefined;
  const fixed: Readonly<Record<string, string>> = {
    nothing: "无",
    "a map": "一组字段",
    "a long hexadecimal text, not shown": "一长串十六进制文本，不显示",
  };
  const items = /^a list of (\d+)$/u.exec(received)?.[1];
  return (
    fixed[received] ??
    (items === undefined ? received.replace(/^(?:number|boolean|bigint) /u, "") : `${items} 项的列表`)
  );
}

/** One fault as lines: what, where, what to do; last the English sentence, which has the numbers of this case. */
function issueLines(issue: LocatedIssue, indent: string, [meaning, remedy]: ChineseCode): readonly string[] {
  const field = (name: string, text: string | undefined): readonly string[] => {
    if (text === undefined || text === "") return [];
    return wrapWide(text, `${indent}${name}${" ".repeat(2 * (NAME_PLACES - name.length))}  `, COLUMNS);
  };
  const { message, expected, received } = issue;
  return [
    ...field("问题", meaning),
    ...field("位置", placeText(issue)),
    ...field("数据", dataText(issue)),
    ...field("处理", remedy),
    ...field("收到", message.includes(received ?? "") ? undefined : receivedText(received)),
    ...field("代码", issue.code),
    ...field("英文原文", message),
    ...field("", message.includes(expected ?? "") ? undefined : `right: ${expected ?? ""}`),
  ];
}

const textOf = ({ code }: LocatedIssue): ChineseCode => ERROR_CODES_ZH[code];

/**
 * An error for people who read Chinese.
 *
 * @param usage - the fault of the command line behind it, which has texts of its own
 */
export function toChineseErrorText(error: AllocellError, usage?: CommanderError): string {
  const { issues } = error;
  const chinese = usage === undefined ? textOf : (issue: LocatedIssue) => usageText(usage, issue);
  const lines =
    issues.length === 1
      ? ["allocell：无法执行", ...issueLines(issues[0], "  ", chinese(issues[0]))]
      : [
          `allocell：无法执行，共 ${issues.length} 处问题`,
          ...issues
            .slice(0, mostShown(issues))
            .flatMap((issue, i) => [`${i + 1}.`, ...issueLines(issue, "  ", chinese(issue))]),
        ];
  const more = issues.length - mostShown(issues);
  if (more > 0) lines.push(`另有 ${groupThousands(String(more))} 处`);
  if (issues.some(({ code }) => code === "trial.assumption_missing")) {
    lines.push(
      "请写在随机化方案或假设文件（--assumptions FILE）的 `assumptions:` 之下；计算剂量时也可用 --assume KEY=VALUE。",
    );
  }
  return `${lines.join("\n")}\n`;
}

/** What stands in `of` of a fault of the command line, by commander's code. */
const USAGE: Readonly<Record<string, (of: string) => string>> = {
  "commander.unknownOption": (of) => `没有选项 ${of}。`,
  "commander.unknownCommand": (of) => `没有命令 ${of}。`,
  "commander.missingArgument": (of) => `缺少参数 ${of}。`,
  "commander.optionMissingArgument": (of) => `选项 ${of} 没有值。`,
  "commander.missingMandatoryOptionValue": (of) => `缺少必需的选项 ${of}。`,
  "commander.invalidArgument": (of) => `${of} 的值不在可选值之内。`,
  "commander.excessArguments": () => "参数过多。",
};

function usageText({ code }: CommanderError, issue: LocatedIssue): ChineseCode {
  const [meaning, remedy] = textOf(issue);
  const { expected = "" } = issue;
  const meant = /^Did you mean (?:one of )?([^?]+)\?/u.exec(expected)?.[1];
  const choices = /Allowed choices are (.+)\.$/u.exec(expected)?.[1];
  const help = /`(allocell help[^`]*)`/u.exec(expected)?.[1];
  const toDo = [
    ...(meant === undefined ? [] : [`是否指 ${meant.split(", ").join("、")}？`]),
    ...(choices === undefined ? [] : [`可选值：${choices.split(", ").join("、")}。`]),
    ...(help === undefined ? [] : [`查看 \`${help} --lang zh\`。`]),
  ];
  return [USAGE[code]?.(issue.path) ?? meaning, toDo.join("") || remedy];
}

/** An event that is in the log, although the command was not finished. */
export const toChineseRecordedText = ({ issue }: RecordedFault): string =>
  `allocell：已写入记录，但未能完成\n${issueLines(issue, "  ", textOf(issue)).join("\n")}\n`;

/** A fault of the program itself. */
export function toChineseOwnFaultText(message: string, trace: string): string {
  const lines = [
    "allocell：程序自身出错",
    "  操作没有完成。请报告此问题；设置 ALLOCELL_DEBUG=1 可显示出错位置。",
    `  英文原文  ${message}`,
  ];
  return `${lines.join("\n")}\n${trace}`;
}

/** What killed runs left behind; each note says in English which file or folder it is. */
export const toChineseLeftoverText = (notes: readonly string[]): string =>
  notes
    .map((note) => `提示：${ERROR_CODES_ZH["cli.left_over"][0].replace(/^警示：/u, "")}\n  英文原文  ${note}\n`)
    .join("");
