import type { Argument, Command, Option } from "commander";
import { PERSONS, type Person } from "../../commandTable.js";
import { groupByPerson } from "../../people.js";
import { widthOf } from "../../textTable.js";
import { wrapWide } from "../wrapWide.js";
import { COMMON_OPTIONS, type CommandHelp, type HelpOfCommands } from "./commandHelp.js";
import { CONDUCT_HELP } from "./conductHelp.js";
import { OTHER_HELP } from "./otherHelp.js";
import { PHARMACY_HELP } from "./pharmacyHelp.js";
import { STATISTICIAN_HELP } from "./statisticianHelp.js";

/** The Chinese help of every command; a missing or a surplus command is a type error, and a test finds a missing or surplus argument or option. */
export const HELP_ZH: HelpOfCommands = { ...OTHER_HELP, ...PHARMACY_HELP, ...STATISTICIAN_HELP, ...CONDUCT_HELP };

/** What stands over the commands of each kind of person. */
export const PERSONS_ZH: Readonly<Record<Person, string>> = {
  pharmacist: "药师和细胞实验室",
  statistician: "统计师",
  conduct: "试验实施",
  validation: "验证",
  developer: "开发人员",
};

/** Headings and words of the library that prints the help. */
const WORDS: Readonly<Record<string, string>> = {
  "Usage:": "用法：",
  "Arguments:": "参数：",
  "Options:": "选项：",
  "Commands:": "命令：",
  none: "无",
  "by the guesser": "依 --guesser 而定",
};
const word = (text: string): string => WORDS[text] ?? text;

/** What stands below the help of the program itself. */
export const AFTER_HELP_ZH = `
退出码：0 正常；1 答案为“否”；2 输入有误，未写入任何内容；
4 事件已写入记录，但未能显示。
从此开始：allocell trials --lang zh`;

const inWords = (usage: string): string => usage.replace("[options]", "[选项]").replace("[command]", "[命令]");

const choicesText = ({ argChoices, defaultValue, defaultValueDescription }: Option | Argument): string => {
  const told = [
    ...(argChoices === undefined ? [] : [`可选值：${argChoices.join("、")}`]),
    ...(defaultValue === undefined ||
    typeof defaultValue === "boolean" ||
    isEmpty(defaultValue, defaultValueDescription)
      ? []
      : [`默认：${word(defaultValueDescription ?? String(defaultValue))}`]),
  ];
  return told.length === 0 ? "" : `（${told.join("；")}）`;
};

const isEmpty = (value: unknown, description: string | undefined): boolean =>
  description === undefined && (value === "" || (Array.isArray(value) && value.length === 0));

/** Gives a program the Chinese help in place of the English one. */
export function inChinese(program: Command): void {
  program.helpOption("-h, --help", "显示本帮助");
  walk(program, "");
  groupByPerson(program, (person) => `${PERSONS_ZH[person]}，例如：${PERSONS[person].example}`, "命令的选项");
}

function walk(command: Command, path: string): void {
  const help = (HELP_ZH as Readonly<Record<string, CommandHelp>>)[path];
  command.description(help?.description ?? "");
  for (const argument of command.registeredArguments) argument.description = help?.arguments?.[argument.name()] ?? "";
  for (const option of command.options) {
    const flag = option.long ?? "";
    option.description = help?.options?.[flag] ?? COMMON_OPTIONS[flag] ?? "";
  }
  if (path !== "") command.helpOption("-h, --help", "显示本帮助");
  if (path !== "" && command.commands.length > 0) command.helpCommand("help [command]", "命令的选项");
  command.configureHelp({
    showGlobalOptions: false,
    displayWidth: widthOf,
    // The library breaks lines at spaces, which Chinese has none of.
    boxWrap: (text, columns) => wrapWide(text, "", columns).join("\n"),
    styleTitle: word,
    styleUsage: inWords,
    styleSubcommandTerm: inWords,
    optionDescription: (option) => `${option.description}${choicesText(option)}`,
    argumentDescription: (argument) => `${argument.description}${choicesText(argument)}`,
  });
  for (const sub of command.commands) walk(sub, `${path} ${sub.name()}`.trim());
}
