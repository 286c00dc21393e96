import type { CommandHelp, HelpOfCommands } from "./commandHelp.js";

const FOLDER = "`allocell list` 写出的文件夹";
const PLAN = "随机化方案文件（YAML 或 JSON）";
const OUT = "新文件";
const OUT_OF_LIST = "新文件（默认：以随机分配表命名）";
const OUT_FOLDER = "新文件夹";
const SEED_FILE = "正式随机分配表的种子文件（由 `allocell seed` 生成）";
const TEST_SEED = "任意文本；随机分配表标为 TEST";
const COMMITMENT = "已公布的承诺文件";
const KITS_PLAN = "药物编码表的方案";
const RULE = "规则文件（YAML 或 JSON）";
const LANG_ANSWER = "结果及其文件的语言：英文或中文";
const OUT_REPORT = "新文件夹：CSV 表、图和试验方案附录页";

const template = (what: string, kind: string, options: Readonly<Record<string, string>> = {}): CommandHelp => ({
  description: what,
  arguments: { trial: `内置试验的登记号，或试验文件${kind === "trial" ? "；或新的试验编号" : ""}` },
  options: { ...options, "--out": `新文件（默认：试验编号加 .${kind}.yaml）` },
});

/** Design, list, proofs, documents, exchange, kits, and the rule of an open part. */
export const STATISTICIAN_HELP = {
  suggest: {
    description: "为试验的各种随机化设计排序，并说明理由；给出方案时与其本身的设计并列",
    arguments: { plan: "随机分配表或动态随机化的方案（YAML 或 JSON），代替对试验的描述" },
    options: {
      "--n": "试验的受试者数（默认：方案的长度）",
      "--ratio": "分配比例，例如 2:1；没有方案时必须给出",
      "--strata": "研究中心以外的层数（默认：1）",
      "--factors": "研究中心以外各因素的水平数，以逗号分隔，代替 --strata：2,3",
      "--sites": "按研究中心分层时的中心数（默认：1）",
      "--factor-weights": "最小化法中各因素的权重，研究中心在前：1,2,2（默认：各为 1）",
      "--limit-forced": "确定性分配所占比例的上限（默认：0.25）",
      "--limit-imbalance": "随机分配表预期最大不均衡的上限",
      "--limit-final": "随机分配表期末预期不均衡的上限",
      "--limit-pooled": "期末一组例数与应有例数之差的标准差上限",
      "--limit-predictability": "该猜测者在比例之外可猜部分中猜中的比例上限，0 至 1",
      "--trial": "内置试验或试验文件：猜测者所知由其部分的设盲得出",
      "--part": "该试验有多个随机化部分时的部分",
      "--shares": "各随机分配表（层×中心）的预期构成比或入组速度，以逗号分隔（默认：相等）",
      "--late": "入组若干例后才启动的中心（编号 1 至 --sites）：2=30,3=60",
      "--most-per-centre": "每个中心的受试者数上限",
      "--dropout": "受试者在随机化前退出的概率",
      "--guesser": "盲法之下猜测者知道什么：全部此前分配（everything）、本中心的（own-centre）或全不知道（nothing）",
      "--weight": "准则的权重：predictability、deterministic、imbalance、pooled、margins；可重复",
      "--fixed-sizes": "只推荐各组例数与应得例数之差始终不超过 1 的设计",
      "--candidate": "另加一种参与排序的随机化方法，写法同方案；可重复",
      "--top": "给出理由的设计个数",
      "--plots": "写入全部设计的图（SVG）及其数据（CSV）的文件夹",
    },
  },
  assess: {
    description: "方案的随机分配表有多均衡、多可预测；多个方案并列比较",
    arguments: { plans: PLAN },
    options: {
      "--list": "代替方案：已抽取的随机分配表，与其设计的全部可能表比较（非盲）",
      "--log": "与 --list 同用：至今的分配，以及揭盲对后续分配透露的信息",
      "--html": "写出带图的报告，一个不需网络的新文件",
      "--plots": "写出每幅图（SVG）及其数据（CSV）",
      "--knowledge": "猜测者对设计的了解：不知（hidden）、知道区组长度集合（set-known）、看到已有分配（seen）",
      "--fractions": "同时给出精确分数，用于较短的表",
      "--simulate": "模拟，最多该个数的随机分配表（默认：精确计算）",
      "--precision": "各比例的标准误均小于此值时停止模拟",
      "--stream": "模拟所用随机数流的名称",
      "--participants": "实际入组的受试者数（默认：试验部分的例数，否则为全部行）",
      "--shares": "各层的预期构成比，以逗号分隔；动态方案按因素：site=5,3,2;sex=1,1（默认：相等）",
      "--late": "入组若干例后才启动的中心：03=60,04=100",
      "--most-per-centre": "一个中心最多的受试者数",
      "--dropout": "受试者在随机化前退出的概率",
      "--factor-effect": "动态方案：各因素对应答的效应，首水平与末水平之差",
      "--run-out": "表长足够时所容许的随机号用完概率（默认：0.05）",
      "--site-share": "多中心共用一表时某中心所占比例：仅由该中心能猜出多少",
      "--selection": "t 检验的选择偏倚，以标准差计",
      "--trend": "t 检验的时间趋势：linear:SIZE、log:SIZE 或 step:SIZE@ROW",
      "--effect": "计算检验效能的效应，以标准差计",
    },
  },
  seed: {
    description: "生成一份正式随机分配表的秘密种子",
    options: {
      "--out": "写入只有您能读取的新文件",
      "--share": "生成一方的种子份额及其承诺值",
      "--combine": "由各方的份额文件生成种子",
      "--commitments": "各方的承诺值，每行一个 `party: commitment`",
      "--beacon-source": "要混入的公开随机数的来源",
      "--beacon-value": "该公开随机数",
    },
  },
  list: {
    description: "由随机化方案生成随机分配表",
    arguments: { plan: PLAN },
    options: {
      "--seed-file": SEED_FILE,
      "--test-seed": TEST_SEED,
      "--extends": "要延长的较短随机分配表：编号和种子相同，已有各行不变",
      "--out": "新建的文件夹（默认：随机分配表编号）",
      "--force": "替换含有随机分配表的文件夹",
      "--by": "生成人，供记录",
      "--quiet": "只显示行数",
    },
  },
  adopt: {
    description: "原样接收另一系统生成的随机分配表；它没有随机种子",
    arguments: { file: "该表的文件：CSV 或 .xlsx" },
    options: {
      "--map": "各列和代码的含义：导出用的对照文件（allocell init map）",
      "--plan": "随机化方案文件（YAML 或 JSON）：表中应有的各行",
      "--test": "将随机分配表标为 TEST：绝不用于受试者",
      "--system": "由谁、用何系统生成，供记录",
      "--out": "新建的文件夹（默认：随机分配表编号）",
      "--decision": "批准启用某组的决定记录",
      "--by": "接收人，供记录",
    },
  },
  verify: {
    description: "重新生成随机分配表，并比对其全部文件；接收的随机分配表按其清单文件核对",
    arguments: { folder: "`allocell list` 写出的文件夹；用 --made-with 时为另一程序的随机分配表 CSV" },
    options: {
      "--seed-file": SEED_FILE,
      "--test-seed": TEST_SEED,
      "--made-with": "生成该表的 R 软件包",
      "--options": "与 --made-with 同用：R 种子和调用参数的 YAML 或 JSON 文件",
      "--trial": "您自己的试验，用于同时比对假设",
      "--decision": "随机分配表所依据的决定",
      "--source": "接收的随机分配表：逐行比对其来源文件",
      "--uploaded": "逐行比对另一系统导出的文件；不需种子",
      "--from": "与 --uploaded 同用：另一系统",
      "--map": "与 --uploaded 同用：导出时的对照文件",
    },
  },
  audit: {
    description: "在随机分配表的文件夹中，或在尚无随机分配表的方案中，查找泄盲之处",
    arguments: { "folder-or-plan": "`allocell list` 写出的文件夹及要发出的其他文件；或随机化方案文件" },
    options: {
      "--seed-file": "正式随机分配表的种子文件：用于须重新生成的规则",
      "--other": "LIVE 表旁的 TEST 表，或相反",
      "--assumptions": "剂量及给药日所依据的假设",
      "--assume": "其中一项假设；可重复",
      "--facts": "配制、药物编号、哨兵受试者、阈值（YAML 或 JSON 文件）",
      "--log": "随机分配记录",
    },
  },
  describe: {
    description: "写出关于随机分配表的文档（Markdown），留有待填处；usdm 为 JSON",
    arguments: { "folder-or-plan": "`allocell list` 写出的文件夹，或随机化方案文件" },
    options: {
      "--document": "protocol、spirit、m11 和 usdm 不含区组长度；其余为非盲（UNBLINDED）",
      "--lang": "文档的语言：英文或中文（spirit、consort、m11、usdm 只有英文）",
    },
  },
  export: {
    description: "非盲：供 REDCap 等其他系统使用的随机分配表",
    arguments: { folder: "`allocell list` 写出的文件夹；xlsx 也可用 `allocell kits` 写出的文件夹" },
    options: {
      "--to": "另一系统",
      "--map": "另一系统对组别、因素和水平的命名（allocell init map）；xlsx 不用",
      "--sheets": "用于 xlsx：全部行在一张工作表（one），或每层一张（strata）",
      "--development": "LIVE 表旁用于开发表的 TEST 随机分配表文件夹",
      "--out": OUT_FOLDER,
      "--log": "用于 edc-core：随机分配记录，导出其中的分配",
    },
  },
  import: { description: "由另一系统的资料起草试验文件" },
  "import ctgov": {
    description: "ClinicalTrials.gov 的研究（API v2，JSON）：剂量只引用原文，不采用",
    arguments: { file: "JSON 格式的登记资料" },
    options: { "--out": "新文件（默认：NCT 编号加 .trial.yaml）" },
  },
  script: {
    description: "写出不依赖 allocell 而重新生成随机分配表或重新计算剂量的 Python 或 R 程序",
    arguments: { "folder-or-plan": "`allocell list` 写出的文件夹，或动态随机化的方案" },
    options: {
      "--dose": "重新计算 `allocell prepare --json` 结果的程序",
      "--log": "用于动态方案：程序要重现的随机分配记录",
      "--lang": "程序的语言",
      "--out": OUT_OF_LIST,
    },
  },
  view: {
    description: "按试验部分的盲法，某一角色可持有的随机分配表内容；文件名标明盲态或非盲",
    arguments: { folder: FOLDER },
    options: {
      "--role": "角色",
      "--log": "随机分配记录：除统计师和药房外，各角色只看到已发放的随机号",
      "--where": "某一中心的行，例如 site=01",
      "--participant": "未设盲的受试者视图所属的受试者",
      "--kits": "用于药房：药物编码表的方案及其种子，或其文件的记录",
      "--kits-seed-file": "药物编码表的种子文件",
      "--kits-test-seed": "TEST 药物编码表的种子",
      "--seed-file": "随机分配表的种子文件",
      "--out": "新文件（默认：以随机分配表、盲态和角色命名）",
    },
  },
  kits: {
    description: "由方案生成药物编码表：含分组信息的（非盲）和不含的各一份",
    arguments: { plan: `${KITS_PLAN}（YAML 或 JSON）：试验、编号、前缀、批次` },
    options: {
      "--seed-file": "药物编码表的种子文件，不同于随机分配表的种子",
      "--test-seed": "任意文本；药物编码表标为 TEST",
      "--out": "新文件夹（默认：药物编码表编号）",
    },
  },
  supply: {
    description: "非盲：研究中心启动时每组所需药物数",
    arguments: { file: "中心的组别、分配方法、受试者数和可接受的风险（YAML 或 JSON 文件）" },
  },
  resupply: {
    description: "非盲：不透露分组的补充供药，及其来不及的概率",
    arguments: { file: "与 supply 相同的文件，另含 resupply: { every, lead, participants }" },
  },
  commit: {
    description: "生成随机分配表的承诺值，在首例受试者之前公布",
    arguments: { folder: FOLDER },
    options: { "--out": OUT_OF_LIST, "--no-row-proofs": "不含可证明单行的树根" },
  },
  open: {
    description: "数据库锁定后揭示承诺，或核对揭示文件",
    arguments: { path: "随机分配表文件夹（及其种子），或揭示文件" },
    options: { "--commitment": COMMITMENT, "--out": "揭示文件（默认：以随机分配表命名）" },
  },
  "prove-row": {
    description: "证明已承诺随机分配表的一行而不显示其他行，或核对此种证明",
    arguments: { path: "随机分配表文件夹（及其种子），或证明文件", number: "该行的随机号" },
    options: { "--commitment": COMMITMENT, "--out": "证明文件（默认：以随机分配表和行命名）" },
  },
  seal: {
    description: "将随机分配表的非盲文件密封为一个文件（age），其大小不透露信息",
    arguments: { folder: FOLDER },
    options: {
      "--passphrase-file": "一行，16 个字符以上（默认：在终端输入）",
      "--recipient": "可打开者的公钥（age1...）；可重复",
      "--out": OUT,
    },
  },
  unseal: {
    description: "将密封文件中的各文件取出到新文件夹",
    arguments: { file: "`allocell seal` 写出的文件" },
    options: {
      "--passphrase-file": "口令文件（默认：在终端输入）",
      "--identity-file": "收件人私钥的文件",
      "--manifest": "备案的非盲清单文件的 SHA-256；不同则拒绝",
      "--out": OUT_FOLDER,
    },
  },
  envelopes: {
    description: "将盲态随机号列表的每一行以各自的密钥密封为电子信封",
    arguments: { folder: FOLDER },
    options: { "--out": OUT_FOLDER },
  },
  cards: {
    description: "打印应急信件（紧急揭盲卡），盲态随机号列表每行一页，供折叠封口（非盲）",
    arguments: { folder: FOLDER },
    options: { "--out": "新的 HTML 文件", "--lang": "应急信件的语言：英文或中文" },
  },
  escalation: { description: "开放的剂量递增部分的规则" },
  "escalation table": {
    description: "每个剂量水平上各 DLT 例数对应的决定",
    arguments: { rule: "规则文件（YAML 或 JSON）；`allocell init escalation` 可写出一份" },
    options: { "--out": OUT_REPORT, "--lang": LANG_ANSWER },
  },
  "escalation assess": {
    description: "若真实 DLT 发生率如所给，推荐哪一剂量水平、多少人接受给药",
    arguments: { rule: "规则文件" },
    options: {
      "--truth": "每个剂量水平的真实发生率，例如 0.08,0.16,0.32；可重复",
      "--more-than": "P（给药人数超过 n）；默认：试验部分的例数",
      "--overdose-above": "视为过量的真实发生率；默认：规则的目标值",
      "--fractions": "同时给出精确分数",
      "--simulate": "设计过大而不能穷举时，模拟该次数",
      "--stream": "模拟所用随机数流的名称",
      "--out": OUT_REPORT,
      "--lang": LANG_ANSWER,
    },
  },
  "escalation paths": {
    description: "当前步骤，以及下几个队列每种结果之后的步骤",
    arguments: { rule: "规则文件" },
    options: {
      "--history": '至今的经过，例如 "1NNN 2NNT"：N 无 DLT，T 有 DLT，P 待定',
      "--depth": "几个队列深，1～4",
      "--all": "直到该部分结束的每一条路径",
      "--truth": "每个剂量水平的真实发生率，用于计算概率",
      "--places": "该部分的例数；默认：试验部分的例数",
      "--out": OUT_REPORT,
      "--lang": LANG_ANSWER,
    },
  },
  select: {
    description: "非盲：随机部分之后规则建议的剂量，及规则的操作特性",
    arguments: { rule: RULE },
    options: {
      "--results": "非盲：dataCut 和各组计数的文件",
      "--truth": "某组的真实发生率，例如 low=12:0.35:0.05；可重复",
      "--out": "决定以校验值引用的报告，新文件；文件名含 UNBLINDED",
      "--lang": "结果的语言：英文或中文",
    },
  },
  init: { description: "写出带注释、待填写的文件" },
  "init trial": template("试验文件：已知试验（每个字段注明来源），或新的试验", "trial"),
  "init plan": template("试验部分的随机化方案", "plan", {
    "--part": "试验部分（默认：随机部分）",
    "--procedure": "随机化方法",
  }),
  "init assumptions": template("对试验资料未载明事项的回答", "assumptions"),
  "init order": template("一次给药的配制指令文件", "order"),
  "init record": template("实际输注内容的给药记录", "record"),
  "init kits": template("药物编码表的方案", "kits", { "--part": "试验部分（默认：随机部分）" }),
  "init escalation": {
    description: "开放的剂量递增部分的规则文件",
    options: {
      "--trial": "内置试验的登记号，或试验文件",
      "--rule": "规则",
      "--levels": "剂量水平数",
      "--out": OUT,
      "--lang": "文件注释及结果的语言：英文或中文",
    },
  },
  "init map": {
    description: "方案名称与另一系统名称的对照文件，用于导出",
    arguments: { plan: "随机化方案文件，或 `allocell list` 写出的文件夹" },
    options: { "--to": "另一系统", "--out": OUT },
  },
} as const satisfies Partial<HelpOfCommands>;
