import type { HelpOfCommands } from "./commandHelp.js";

const REPORT = {
  "--lang": "报告的语言：英文或中文",
  "--out": "将报告写入该文件夹：供打印签名的 HTML，以及 JSON",
};

/** The program itself, validation, codes and completion. */
export const OTHER_HELP: HelpOfCommands = {
  "": {
    description: "细胞治疗随机试验：可逐步手工核对的剂量，可证明的随机分配表。",
    options: { "--version": "显示版本" },
  },
  iq: {
    description: "安装确认：按清单核对程序包的每个文件，以及运行环境和依赖",
    options: { ...REPORT, "--accept-platform": "平台不在已测试之列时继续的理由" },
  },
  oq: {
    description: "运行确认：由已安装的程序包运行随附用例，不需网络",
    options: { ...REPORT, "--group": "只运行若干组用例，以逗号分隔", "--detailed": "显示每个用例" },
  },
  codes: {
    description: "错误和警示代码的含义及处理",
    arguments: { code: "一个代码，例如 list.plan_invalid；或某一前缀的全部代码，例如 list" },
  },
  completion: { description: "在 shell 中补全命令和选项的脚本", arguments: { shell: "您的 shell" } },
};
