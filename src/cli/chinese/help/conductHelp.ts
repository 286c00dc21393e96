import type { HelpOfCommands } from "./commandHelp.js";

const LOG = "`allocell log open` 建立的随机分配记录";
const THE_LOG = "随机分配记录";
const LIVE_SEED = "其正式种子的文件";
const TEST_SEED = "其测试种子";
const STORE = {
  "--store": "数据库：postgres://USER@HOST/DATABASE",
  "--unblinded": "记录含有分组信息",
  "--identity-file": "age 私钥，用于加密的分组信息",
};
const DYNAMIC = { "--seed-file": LIVE_SEED, "--test-seed": TEST_SEED };
const RULE_LOG = "`allocell log open LOG --rule FILE` 建立的记录";
const RECORDER = {
  "--actor": "记录人",
  "--lang": "结果及其文件的语言：英文或中文",
  "--out": "该部分记录的新文件夹，含 CSV 文件和网页",
};
const DECIDED = { ...RECORDER, "--level": "所定剂量水平，或 none", "--reason": "与规则不同时须说明理由" };

/** The log of a list, kits that are dispensed, code breaks, and the conduct of an open part. */
export const CONDUCT_HELP = {
  log: { description: "随机分配记录：谁得到哪个位置" },
  "log export": {
    description: "将数据库中的记录写入新文件，并核对其事件链",
    arguments: { name: "数据库中记录的名称", file: "要建立的文件" },
    options: STORE,
  },
  "log import": {
    description: "将文件中数据库尚无的事件追加到数据库的记录",
    arguments: { file: THE_LOG, name: "数据库中记录的名称" },
    options: STORE,
  },
  "log open": {
    description: "建立新的记录，用于随机分配表或动态随机化",
    arguments: { log: "要建立的文件" },
    options: {
      ...DYNAMIC,
      "--list": "`allocell list` 写出的文件夹；读取其盲态清单文件",
      "--rule": "开放的剂量递增部分的规则文件，含 conduct 一节",
      "--test": "与 --rule 同用：记录标为 TEST",
      "--waits-for": "发放位置之前须先记录其决定的试验部分",
      "--cap": "具有这些水平的受试者数上限，site=01:20；可重复",
      "--trial": "您自己的试验，用于动态随机化",
    },
  },
  "log gate": {
    description: "记录该部分所等待的决定；此后开始发放位置",
    arguments: { log: "随机分配表的记录" },
    options: { "--open-part": "以确定剂量水平结束的开放部分的记录", "--decision": "选定剂量的决定记录" },
  },
  "log extend": {
    description: "增加位置或新中心；已发放的内容不变",
    arguments: { log: THE_LOG },
    options: {
      "--reason": "理由",
      "--list": "用 `allocell list PLAN --extends FOLDER` 生成的较长随机分配表",
      "--plan": "动态随机化的较长方案",
    },
  },
  "log record": {
    description: "记录发生的事件：退出、替换、强制分配、跳过、层录入错误、揭盲等",
    arguments: { log: LOG, kind: "事件类型" },
    options: {
      ...DYNAMIC,
      "--reason": "理由",
      "--by": "replaced：替补受试者",
      "--stratum": "replaced、forced、skipped、cap-set：水平，例如 site=01,sex=F",
      "--true-stratum": "wrong-stratum：真实的水平",
      "--position": "forced：used、skipped 或 none",
      "--arm": "forced、wrong-treatment：所用治疗；记录此后为非盲（UNBLINDED）",
      "--most": "cap-set：受试者数上限",
    },
  },
  "log show": {
    description: "谁得到哪个位置，不含分组信息",
    arguments: { log: THE_LOG },
    options: { "--unblinded": "同时显示记录所含的分组信息" },
  },
  "log verify": {
    description: "核对事件链；用 --head 核对未被截去；用 --plan 核对每次动态分配",
    arguments: { log: THE_LOG },
    options: {
      ...DYNAMIC,
      "--list": "证明该文件夹就是该记录的随机分配表，未经改动",
      "--head": "回执：此前答复给出的校验值",
    },
  },
  assign: {
    description: "给受试者分配下一个空余位置；写入磁盘后才答复",
    arguments: { log: LOG },
    options: {
      ...DYNAMIC,
      "--stratum": "每个分层因素一个水平，例如 site=01,sex=F",
      "--unblinded": "显示组别：取自该文件夹的非盲随机分配表，或动态随机化",
      "--store": "LOG 是此数据库中记录的名称：postgres://USER@HOST/DATABASE",
      "--request": "与 --store 同用：请求编号；再次给出时得到同一随机号",
      "--identity-file": "与 --store 同用：age 私钥，用于加密的分组信息",
    },
  },
  dispense: {
    description: "抽取一次给药的药物，先写入记录再显示",
    arguments: { who: "受试者编号，或随机号" },
    options: {
      "--log": THE_LOG,
      "--kits": "药物编码表的方案，或其文件的记录",
      "--kits-seed-file": "正式药物编码表的种子文件",
      "--kits-test-seed": "TEST 药物编码表的种子",
      "--list": "该记录的非盲随机分配表所在文件夹",
      "--stock": "库存药物编号的 CSV，含 code 列（默认：编码表的全部药物）",
      "--administration": "第几次给药（默认：上次已发药者的下一次）",
    },
  },
  unblind: {
    description: "一名受试者的紧急揭盲；事件写入磁盘后才显示治疗",
    arguments: { log: LOG },
    options: {
      "--reason": "揭盲原因",
      "--actor": "申请人",
      "--master": "非盲随机分配表所在文件夹",
      "--envelopes": "电子信封文件",
      "--key-file": "受试者密钥卡上的密钥",
      "--lang": "报告的语言：英文或中文",
    },
  },
  cohort: { description: "开放的剂量递增部分的实施" },
  "cohort open": {
    description: "开放已决定的队列",
    arguments: { log: RULE_LOG },
    options: { ...RECORDER, "--level": "越过规则时：另一剂量水平", "--size": "越过规则时：另一例数" },
  },
  "cohort enter": {
    description: "开放队列的一名受试者已给药",
    arguments: { log: RULE_LOG },
    options: { ...RECORDER, "--dosed-on": "给药日期", "--replaces": "所替换的同一队列受试者" },
  },
  "cohort assess": {
    description: "受试者是否发生 DLT",
    arguments: { log: RULE_LOG },
    options: {
      ...RECORDER,
      "--outcome": "判定：有 DLT（dlt）、无 DLT（no-dlt）、不可评价（not-evaluable）、迟发 DLT（late-dlt）",
      "--on": "DLT 日期，或判定无 DLT 的日期",
      "--by": "判定人",
      "--reason": "not-evaluable，或观察窗结束前判定 no-dlt：理由",
    },
  },
  "cohort decide": {
    description: "记录所作的决定，并列规则的建议",
    arguments: { log: RULE_LOG },
    options: DECIDED,
  },
  "cohort close": {
    description: "结束该部分，确定或不确定下一部分的剂量水平",
    arguments: { log: RULE_LOG },
    options: DECIDED,
  },
  "cohort status": {
    description: "下一步可做什么、何时可做、现在为何不可",
    arguments: { log: "开放部分的记录" },
    options: { "--on": "所问日期（默认：今日）", "--lang": RECORDER["--lang"], "--out": RECORDER["--out"] },
  },
  "cohort decision": {
    description: "将所定剂量写为决定记录，供 `dose`、`doses` 和配制指令使用",
    arguments: { log: "开放部分的记录" },
    options: {
      "--arm": "采用该剂量的试验组别",
      "--participant": "取该受试者所在队列的剂量水平（默认：为下一部分所定的水平）",
      "--out": "新文件，例如 decision.json",
    },
  },
} as const satisfies Partial<HelpOfCommands>;
