import type { ChineseCodes } from "./chineseCode.js";

export const QUANTITY_CODES_ZH: ChineseCodes<"quantity"> = {
  "quantity.ambiguous_suffix": ["数值用了 M、MM、k、billion 等有歧义的缩写。", "写作 `3E6` 或 `3 million`。"],
  "quantity.bare_point": ["小数点一侧没有数字，如 `.5` 或 `1.`。", "小数点两侧都写数字。"],
  "quantity.comma": ["数值中有逗号。", "小数用点，千位不加符号。"],
  "quantity.division_by_zero": ["除数为零。", "核对除数。"],
  "quantity.empty": ["没有填写内容。", "填写数值。"],
  "quantity.lost_superscript": ["10 的幂失去了上标。", "写作 `3E6` 或 `3x10^6`。"],
  "quantity.malformed": ["不是可接受的写法。", "见文档中的写法表。"],
  "quantity.negative": ["有负号。", "填写大于零的数。"],
  "quantity.negative_exponent": ["10 的幂为负。", "幂不用负号，或写作普通小数。"],
  "quantity.not_decimal": ["参与运算的不是普通小数文本。", "先读作数值。"],
  "quantity.not_finite": ["数值为 NaN 或 Infinity。", "填写有限数值。"],
  "quantity.not_fraction": ["精确运算的参数不是分数。", "给出 `fraction` 或 `readFraction` 的返回值。"],
  "quantity.not_text": ["收到的不是文本。", "以加引号的文本给出数值。"],
  "quantity.per_kg_unexpected": ["此处要求总量，而给出的是每公斤体重剂量。", "填写总量。"],
  "quantity.places_invalid": ["小数位数超出范围。", "填写 0～1000 的整数。"],
  "quantity.too_many_digits": [
    "有效数字或小数位超过 15 位，数值达到 10^18；或结果不能以 40 位数字精确表示。",
    "核对数值。",
  ],
  "quantity.unit_missing": ["数值没有单位。", "写明单位。"],
  "quantity.unit_unknown": ["单位不是已知的计数单位。", "用已知的计数单位之一。"],
  "quantity.weight_out_of_range": ["体重低于 0.5 kg 或高于 300 kg。", "核对体重及其单位。"],
  "quantity.weight_unit": ["体重用了其他单位。", "换算为千克（kg），并由他人核对。"],
  "quantity.zero": ["数值为零。", "填写大于零的数。"],
};
