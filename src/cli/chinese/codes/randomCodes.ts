import type { ChineseCodes } from "./chineseCode.js";

export const RANDOM_CODES_ZH: ChineseCodes<"random"> = {
  "random.bound_invalid": ["抽取的范围不是整数个数值。", "从 1 起的整数。"],
  "random.key_invalid": ["随机数流的密钥不是 64 位小写十六进制数字。", "由随机种子导出。"],
  "random.name_invalid": ["名称含有半个字符。", "用完整的字符。"],
  "random.r_bound_invalid": ["R 的下标须取整数个数值，最多 2^47。", "给出这样的数。"],
  "random.r_kind_unknown": ["R 没有此种抽样方式。", "`Rejection` 或 `Rounding`。"],
  "random.r_probability_invalid": ["概率不在 0～1 之内。", "0～1 的数。"],
  "random.r_range_invalid": ["runif 的参数不是抽取个数和两个端点。", "个数从 0 起，min 不大于 max。"],
  "random.r_sample_invalid": ["sample 的参数不符。", "更正所示字段。"],
  "random.r_seed_invalid": ["R 的种子不是 32 位以内的整数。", "-2147483647 至 2147483647 的整数。"],
  "random.r_weights_invalid": ["sample 的权重为负或非有限，或大于 0 的太少。", "从 0 起的有限数值。"],
  "random.seed_invalid": ["测试种子的文本含有半个字符。", "用完整的字符。"],
  "random.seed_looks_live": ["测试种子的文本看起来像正式种子，而正式种子必须保密。", "改用其他文本。"],
  "random.seed_missing": ["没有给出随机种子，程序从不自行编造。", "给出正式种子，或 TEST 种子的文本。"],
  "random.seed_mistyped": ["种子的校验数字不符：有一位错误或缺失。", "照 `allocell seed` 写出的文本原样给出。"],
  "random.seed_not_live": [
    "正式随机分配表只接受 `allocell seed` 所生成形式的种子。",
    "64 位十六进制数字、一个连字符和 8 位校验数字。",
  ],
  "random.seed_not_whole": ["此随机数流以整数为种子。", "用文本为 32 位以内整数的 TEST 种子。"],
  "random.seed_test": ["测试种子没有正式种子的文本形式。", "给出正式种子。"],
  "random.seed_weak": ["正式种子不是 32 字节，或其字节有重复。", "从密码学随机数发生器取 32 字节。"],
};
