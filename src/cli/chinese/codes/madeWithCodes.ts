import type { ChineseCodes } from "./chineseCode.js";

export const MADE_WITH_CODES_ZH: ChineseCodes<"madeWith"> & ChineseCodes<"script"> = {
  "madeWith.duplicate_ids": ["警示：另一程序给多行编了同一编号。", "确认其随机分配表能否使用。"],
  "madeWith.more_rows_than_n": ["警示：另一程序生成的行数多于要求。", "确认是否有意如此。"],
  "madeWith.options_conflict": ["选项互相排斥，或另一程序会忽略其中之一。", "给出该程序当时读取的选项。"],
  "madeWith.options_invalid": ["另一程序的选项有误。", "更正所示字段。"],
  "madeWith.program_unknown": ["不能重现此程序的随机分配表。", "`blockrand`、`randotools` 或 `randomizeR`。"],
  "madeWith.rows_invalid": ["各行不是记录的列表。", "每行按列名给出单元格。"],
  "madeWith.strata_invalid": ["另一程序不能使用此因素或其水平。", "名称不是数字、不与列名相同，且水平各不相同。"],
  "madeWith.uneven_block_too_even": ["警示：应当不均衡的区组却是均衡的。", "查阅另一程序的说明。"],
  "madeWith.unsupported": ["此处由另一程序自身的舍入或记法决定，不能重现。", "见原文。"],
  "script.algorithm_unknown": ["此版本不能为该随机分配表的算法写出程序。", "使用清单文件所示的 allocell 版本。"],
  "script.procedure_unsupported": ["该语言的数值无法精确重现此随机化方法。", "写出另一种语言的程序。"],
  "script.stream_test_only": ["正式（LIVE）随机分配表不使用 R 的随机数流。", "给出 TEST 随机分配表。"],
};
