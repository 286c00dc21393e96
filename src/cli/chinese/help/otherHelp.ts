import type { HelpOfCommands } from "./commandHelp.js";

const REPORT = {
  "--lang": "报告的语言：英文或中文",
  "--out": "将报告写入该文件夹：供打印签名的 HTML，以及 JSON",
};

/** The program itself, validation, codes and completion. */
export const OTHER_HELP = {
  "": {
    description: "细胞治疗随机试验：可逐步手工核对的剂量，可证明的随机分配表。",
    options: { "--version": "显示版本" },
  },
  iq: {
    description: "安装确认：按清单核对程序包的每个文件，以及运行环境和依赖",
    options: {
      ...REPORT,
      "--signers": "可签署软件包的人：从其他途径取得的允许的签名人（ssh-keygen 的格式）",
      "--accept-platform": "平台不在已测试之列时继续的理由",
    },
  },
  oq: {
    description: "运行确认：由已安装的程序包运行随附用例，不需网络",
    options: { ...REPORT, "--group": "只运行若干组用例，以逗号分隔", "--detailed": "显示每个用例" },
  },
  sign: {
    description: "签署报告或清单文件：姓名、含义、时间和 SHA-256，用您的 SSH 密钥（Ed25519）",
    arguments: { file: "要签署的文件；不作改动" },
    options: {
      "--name": "您的姓名（正楷）",
      "--meaning": "签名的含义，例如已复核、已批准",
      "--key": "您的私钥（OpenSSH，Ed25519，无口令）",
      "--detached": "只写出待签内容，由 ssh-keygen 或贵机构的系统签名",
      "--out": "写待签内容的新文件（默认：当前文件夹中，文件名加 .signature.json）",
    },
  },
  "verify-signature": {
    description: "何人、何时、为何签署该文件，以及此后是否有字节被改动",
    arguments: { file: "已签署的文件" },
    options: {
      "--signers": "允许的签名人：每行一人及其公钥（ssh-keygen 的格式）",
      "--signature": "所签内容（默认：当前文件夹中，文件名加 .signature.json）",
    },
  },
  codes: {
    description: "错误和警示代码的含义及处理",
    arguments: { code: "一个代码，例如 list.plan_invalid；或某一前缀的全部代码，例如 list" },
  },
  completion: { description: "在 shell 中补全命令和选项的脚本", arguments: { shell: "您的 shell" } },
} as const satisfies Partial<HelpOfCommands>;
