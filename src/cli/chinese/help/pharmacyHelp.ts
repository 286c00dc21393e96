import type { HelpOfCommands } from "./commandHelp.js";

const TRIAL = "试验登记号，或试验文件";
const ORDER = "配制指令文件（YAML 或 JSON）";
const PART = "试验部分（该组别在多个部分中均有规定时）";
const OUT_CSV = "将 CSV 写入该文件，而不显示在屏幕上";
const FORCE_OUT = "覆盖已有的 --out 文件";
const KITS_TEST_SEED = "TEST 药物编码表的种子";
const LANG_SHEET = "打印件的语言：英文或中文";

/** Trials, doses, preparation, second check and what was given. */
export const PHARMACY_HELP = {
  trials: {
    description: "内置试验；给出 TRIAL 时显示其试验部分、组别和资料未载明的事项",
    arguments: { trial: "试验登记号，或试验文件（YAML 或 JSON）" },
  },
  products: {
    description: "已上市产品的资料；给出 PRODUCT 时显示该产品及其来源",
    arguments: { product: "产品编号，例如 kymriah" },
    options: { "--weight": '体重及单位，例如 "38 kg"：显示该体重的剂量' },
  },
  assumptions: { description: "试验资料未载明的事项，作为问卷" },
  "assumptions export": {
    description: "试验的待定问题，供申办者回答",
    arguments: { trial: TRIAL },
    options: { "--to": "文件格式", "--out": "新文件（默认：试验编号加 .questions.csv 或 .questions.md）" },
  },
  "assumptions import": {
    description: "将填好的问卷转为假设文件",
    arguments: { file: "问卷：.csv、.xlsx 或 .md" },
    options: { "--trial": TRIAL, "--out": "新文件（默认：试验编号加 .assumptions.yaml）" },
  },
  eligible: {
    description: "按试验的数值界限核对一名受试者；文字标准逐条列出，供人工判断",
    arguments: { trial: TRIAL },
    options: {
      "--age": "周岁",
      "--weight": '体重（kg），例如 "72.4 kg"',
      "--height": '身高（cm），例如 "168 cm"',
      "--bmi": "体重指数（kg/m²）；未给出时由体重和身高计算",
      "--sex": "试验限定性别时填写",
    },
  },
  dose: {
    description: "一名受试者的剂量，列出每一步计算",
    arguments: { trial: TRIAL },
    options: {
      "--arm": "受试者的组别",
      "--weight": '实测体重及单位，例如 "72.4 kg"',
      "--weighed-on": "体重测量日期，YYYY-MM-DD",
      "--weighed-by": "体重测量人",
      "--age": "受试者年龄，用于核对体重",
      "--height": '身高及单位，例如 "170 cm"：用于按体表面积的剂量，并与体重核对',
      "--first": "首次给药的计划日期，YYYY-MM-DD",
      "--part": PART,
    },
  },
  doses: {
    description:
      "为 CSV 文件的每一行计算剂量（列：participant、arm、weight_kg；可选 part、age_years、height_cm、first_administration）",
    arguments: { "file.csv": "受试者文件" },
    options: { "--trial": TRIAL, "--out": OUT_CSV, "--force": FORCE_OUT, "--part": PART },
  },
  calendar: {
    description: "多次给药的日期，含时间窗，避开周末和节假日",
    options: {
      "--first": "首次给药的计划日期，YYYY-MM-DD",
      "--count": "给药次数",
      "--interval": "相邻两次给药的间隔天数",
      "--offsets": "代替间隔：各次给药距首次的天数，例如 0,3,7,10",
      "--early": "可提前的天数",
      "--late": "可推迟的天数",
      "--anchor": "时间窗以哪一天为准：计划日（planned）或实际首次给药日（actual-first）",
      "--spacing": "距前一次给药的最少天数",
      "--actual": "第 1 次、第 2 次……给药的实际日期；可重复",
      "--weekend": "遇休息日移至：不移（none）、前一日（previous）、后一日（next）、最近日（nearest）",
      "--holidays": "不给药的日期（YAML 或 JSON 文件）",
      "--weigh": "哪些给药须复测体重：每次（every-administration）或仅首次（first-only）",
    },
  },
  prepare: {
    description: "一次给药的配制：由剂量到输注袋，生成配制工作单、盲态配制记录和标签",
    arguments: { order: ORDER },
    options: {
      "--lang": "打印文件的语言：英文或中文",
      "--out": "将打印文件（HTML）写入该文件夹",
      "--site": "研究中心的 YAML 或 JSON 文件，载明每份文件上的研究中心、研究者、联系方式等",
      "--blinded-only": "不含分组信息：只有盲态配制记录和标签",
      "--kits": "药物编码表的方案，或其文件的记录：配制指令的药物须属该组，或由此抽取",
      "--kits-seed-file": "药物编码表的种子文件",
      "--kits-test-seed": KITS_TEST_SEED,
      "--stock": "库存药物编号的 CSV，从中抽取药物",
      "--dispensed": "已发放药物的 CSV：随机号、给药次序、药物编号",
    },
  },
  "prepare-batch": {
    description: "为 CSV 文件的每一行作配制（列：participant；可选 arm、part、weight_kg、kit、visit 等）",
    arguments: { "file.csv": "各次给药的文件" },
    options: { "--order": "各行共用内容的配制指令文件", "--out": OUT_CSV, "--force": FORCE_OUT },
  },
  check: {
    description: "独立复核：两人各自录入的配制指令逐字段比对",
    arguments: { first: "第一人的配制指令文件，含 `check:`", second: "第二人依据原始资料重新录入的配制指令文件" },
    options: { "--lang": LANG_SHEET, "--out": "将复核单写入该 HTML 文件，供打印签名" },
  },
  borders: {
    description: "配制随之变化的每一个体重，及其上下各一步：用于同时手工计算",
    arguments: { order: "配制指令文件（YAML 或 JSON）；不使用其中的体重" },
    options: {
      "--from": "最小体重；未指定时取配制指令的 expectedKg，或 0.5 kg",
      "--to": "最大体重；未指定时取配制指令的 expectedKg，或 300 kg",
      "--step": "体重秤的分度",
      "--only": "只要哪些变化：containers、draw、cap、band、limits，以逗号分隔",
      "--lang": LANG_SHEET,
      "--out": "在该文件夹写入手工计算单、预期值单和 CSV 文件",
    },
  },
  record: {
    description: "实际输注的内容，与计划比对；从不拒绝记录",
    arguments: { record: "给药记录文件，每次给药一份" },
    options: {
      "--order": "配制指令文件：补充该次给药记录未写的内容；可重复",
      "--most-per-kg": "各次给药合计的每公斤体重最大剂量",
      "--lang": LANG_SHEET,
      "--component": "配制指令有多个组分时，所给予的是哪一个",
      "--out": "将给药记录写入该 HTML 文件，供打印签名",
    },
  },
  scan: {
    description: "扫描的标签是否属于配制指令的输注袋和受试者，且在时限内；不透露分组",
    arguments: { text: "扫描所得文本" },
    options: {
      "--order": "该输注袋的配制指令文件",
      "--site": "研究中心的文件（其中载明试验代号时）",
      "--subject": "腕带上的受试者编号，也与标签核对",
      "--at": "当地时间 YYYY-MM-DDTHH:MM；未指定时用本机时钟",
    },
  },
  "shared-volume": {
    description: "非盲：设盲部分各组可共用同一输注袋的终体积",
    arguments: { file: "各组剂量、体重、浓度、注射器和限度（YAML 或 JSON 文件）" },
  },
  page: {
    description: "双击即可在浏览器中打开的网页，不需网络：药师用或统计师用",
    arguments: { page: "哪一个页面" },
    options: {
      "--out": "新的 HTML 文件",
      "--trial": "页面所用的试验：试验登记号，或试验文件",
      "--assumptions": "写入页面的试验假设，YAML 或 JSON 文件",
      "--lang": "打开时的语言",
    },
  },
} as const satisfies Partial<HelpOfCommands>;
