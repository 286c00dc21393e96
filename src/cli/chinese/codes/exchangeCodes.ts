import type { ChineseCodes } from "./chineseCode.js";

export const EXCHANGE_CODES_ZH: ChineseCodes<"exchange"> = {
  "exchange.cell_invalid": ["单元格不符合该列的要求。", "见原文；更正随机分配表或文件。"],
  "exchange.cell_surplus": ["表中有一行的单元格多于标题行。", "每列只给一个单元格。"],
  "exchange.column_missing": ["文件缺少该表的某一列。", "导出全部列后重试。"],
  "exchange.column_twice": ["同一列在文件中出现两次。", "每列只出现一次。"],
  "exchange.column_untold": ["表中没有任何一列给出随机分配表必需的内容。", "使用每行都给出组别和层的表及对照文件。"],
  "exchange.ctgov_age_not_years": ["警示：年龄界限的单位不是岁。", "在试验文件中写明该界限。"],
  "exchange.ctgov_arm_of_two": ["警示：一个组别似乎包含两种治疗。", "每种治疗各设一组。"],
  "exchange.ctgov_masking_differs": ["警示：处于盲态的角色数与盲法级别不符。", "查阅试验方案，写明谁处于盲态。"],
  "exchange.ctgov_missing": ["警示：登记资料没有此项。", "在试验文件中替换 `TO-STATE`。"],
  "exchange.ctgov_names_differ": ["警示：组别与干预措施互相引用的名称不同。", "查阅登记资料，更正该组的干预措施。"],
  "exchange.ctgov_not_interventional": ["警示：该研究不是分组的干预性试验。", "选择另一条登记资料。"],
  "exchange.ctgov_one_arm": ["警示：随机试验少于两组。", "重新查阅登记资料。"],
  "exchange.ctgov_open_placebo": ["警示：有组别给予安慰剂，而无人处于盲态。", "重新查阅登记资料。"],
  "exchange.ctgov_unreadable": [
    "这不是 ClinicalTrials.gov（API v2）的研究资料。",
    "给出含 `protocolSection` 的单个研究的 JSON。",
  ],
  "exchange.ctgov_word_unknown": ["警示：登记资料中有程序不认识的词。", "确定其含义。"],
  "exchange.development_not_test": [
    "开发表须由 TEST 随机分配表生成，生产表须由 LIVE 随机分配表生成。",
    "调换两个文件夹，或生成所缺的随机分配表。",
  ],
  "exchange.format_unknown": ["没有此格式。", "可用的格式见 docs/exchange.md。"],
  "exchange.map_invalid": ["导出对照文件无法读取，或不是一一对应且完整。", "更正所示字段。"],
  "exchange.master_unreadable": ["有一行不属于该非盲随机分配表。", "给出 `allocell list` 写出、未经改动的文件。"],
  "exchange.no_blocks": ["该格式要求区组，而随机分配表没有区组。", "选择另一种格式。"],
  "exchange.number_twice": ["同一随机号在文件中出现两次。", "重新上传该表。"],
  "exchange.tables_equal": ["开发表与生产表相同。", "用另一随机种子生成 TEST 随机分配表。"],
  "exchange.too_many_rows": ["随机分配表的行数超过该系统的上限。", "生成较短的随机分配表。"],
};
