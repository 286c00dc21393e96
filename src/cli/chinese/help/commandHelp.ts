import type { CommandName } from "../../commandTable.js";

/** The Chinese help of one command. An option that is not here has the text of {@link COMMON_OPTIONS}. */
export interface CommandHelp {
  readonly description: string;
  /** By name. */
  readonly arguments?: Readonly<Record<string, string>>;
  /** By the long flag. */
  readonly options?: Readonly<Record<string, string>>;
}

/** By the words of the command, such as `log open`; that of the program itself by none. */
export type HelpOfCommands = Readonly<Record<CommandName | "", CommandHelp>>;

/** Options that mean the same in every command that has no text of its own for them. */
export const COMMON_OPTIONS: Readonly<Record<string, string>> = {
  "--json": "以 JSON 给出结果（供程序读取，始终为英文）",
  "--lang": "帮助、错误和结果的语言",
  "--actor": "操作人",
  "--at": "操作时间，例如 2026-03-01T09:30:00Z（默认：当前时间）",
  "--assumptions": "含 `assumptions:` 及所需 `decisions:` 的 YAML 或 JSON 文件",
  "--decision": "批准启用某组的决定记录",
  "--assume": "对试验一个待定问题的回答；可重复",
  "--trial": "您自己的试验，YAML 或 JSON 文件",
  "--seed-file": "正式随机分配表的种子文件",
  "--test-seed": "TEST 随机分配表的种子",
  "--participant": "受试者编号",
  "--plan": "动态随机化的方案",
  "--separator": "输入文件和结果的列分隔符",
  "--decimal": "输入文件和结果的小数符号",
  "--date": "文件中日期的年月日次序，例如 02.03.2026",
  "--sheet": ".xlsx 文件的工作表；未指定时取第一张",
  "--keep": "将文件的其他列照录到结果",
  "--bom": "结果以字节顺序标记（BOM）开头，使 Excel 识别 UTF-8",
  "--complete": "文件已完整，尽管最后一行没有换行",
  "--recipient": "与 --identity-file 同用：另一持有人的公钥；可重复",
  "--log": "随机分配记录：组别取自配制指令的受试者编号或随机号",
  "--list": "该记录的非盲随机分配表所在文件夹，程序将核实其对应",
  "--data-cut": "数据截止日期",
  "--by": "作出决定的人",
  "--decided-on": "决定日期（默认：记录当日）",
  "--override": "尽管与规则或日期不符仍予记录的理由；永久显示",
  "--override-by": "对此负责的人",
};
