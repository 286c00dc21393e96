import type { ChineseCodes } from "./chineseCode.js";

export const ASSESSMENT_CODES_ZH: ChineseCodes<"assessment"> = {
  "assessment.block_of_one_ratio_set": [
    "警示：最小区组中各组的例数恰为分配比例，因此区组最后一个分配是确定的。",
    "最小区组长度至少取其两倍。",
  ],
  "assessment.enrolment_invalid": ["预期受试者数或其构成比不可用。", "受试者数填整数，构成比之和为 1。"],
  "assessment.forced_share_high": [
    "警示：对了解设计的人而言，超过四分之一的分配是确定的。",
    "增大区组长度，或改用不分区组的随机化方法。",
  ],
  "assessment.fractions_too_long": ["要求以分数精确表示的行数超过 200。", "减少行数，或改用小数。"],
  "assessment.measure_undefined": ["该指标对此随机化方法无意义，原文说明是哪一个及原因。", "去掉该指标。"],
  "assessment.model_invalid": ["应答模型中有数值超出范围。", "更正所示字段。"],
  "assessment.nothing_to_compare": ["没有给出可比较的设计。", "至少给出一个设计。"],
  "assessment.one_block_size": [
    "警示：所有区组长度相同，猜中长度的人即知道每个区组在何处结束。",
    "规定两种或两种以上的区组长度。",
  ],
  "assessment.option_conflict": ["两个选项互相排斥。", "只给出其中一个。"],
  "assessment.option_invalid": ["选项的值不可用。", "更正所示字段。"],
  "assessment.precision_invalid": ["要求的精度不大于 0。", "填写大于 0 的数。"],
  "assessment.ratio_differs": ["分配比例与随机化方法的组数不同。", "使两者一致。"],
  "assessment.rows_beyond_end": ["要求的行数超出该随机化方法的终点。", "减少行数。"],
  "assessment.rows_invalid": ["没有给出行数，或行数过多。", "行数应在原文所示范围内。"],
  "assessment.seed_invalid": ["模拟没有随机种子，或种子不可用。", "以文本给出随机种子。"],
  "assessment.sequence_invalid": ["该分配序列不可能由此随机化方法产生。", "组别用从 0 开始的序号表示。"],
  "assessment.strata_too_many": [
    "警示：层数乘以最大区组长度超过受试者数的一半，会有许多区组不完整。",
    "减少层数、缩短区组，或改用最小化法。",
  ],
  "assessment.strategy_unknown": ["没有此猜测策略。", "用 `convergence` 或 `divergence`。"],
  "assessment.too_many_arms": ["组数超过 255，或在比较多个设计时超过 12。", "减少组数。"],
  "assessment.too_many_states": ["精确计算所需的状态数超过上限。", "改用模拟。"],
  "assessment.trend_unknown": ["没有此类时间趋势。", "用 `linear`、`log` 或 `step`。"],
  "assessment.trial_frame_differs": [
    "要并列比较的两个随机化方案，其组别、比例、分层因素或水平不同。",
    "给出同一试验的随机化方案。",
  ],
  "assessment.trial_differs": ["随机化方案属于另一试验，与所给试验不符。", "给出该方案所属的试验。"],
  "assessment.trials_invalid": ["模拟的试验次数过少，或不是整数。", "填写原文所示范围内的整数。"],
};
