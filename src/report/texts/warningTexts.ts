/** What each warning of a preparation means, by its code; numbers stand beside it. */
export const WARNING_TEXTS = {
  "warning.dose.cap_applied": {
    en: "The cap acts: the target was lowered to it.",
    zh: "上限生效：目标剂量已降至上限。",
  },
  "warning.dose.flat_differs_from_per_kg": {
    en: "The flat dose differs from the dose per kg that a source also states.",
    zh: "固定剂量与资料中同时载明的按体重剂量不一致。",
  },
  "warning.dose.label_values_inconsistent": {
    en: "The label's content, volume and concentration do not agree.",
    zh: "标示含量、装量与浓度不一致。",
  },
  "warning.dose.long_infusion": {
    en: "The infusion is long: viability falls while the product waits.",
    zh: "输注时间较长：等待期间细胞活率下降。",
  },
  "warning.dose.outside_soft_limit": {
    en: "The dose is outside the soft limits.",
    zh: "剂量超出警戒限。",
  },
  "warning.dose.whole_differs_from_target": {
    en: "The whole containers hold another dose than the label aims at.",
    zh: "整袋内容物的总量与说明书目标剂量不一致。",
  },
  "warning.dose.registry_contradiction": {
    en: "The trial's sources contradict themselves: see that none of it concerns this dose.",
    zh: "试验登记资料存在矛盾，请确认与本次剂量无关。",
  },
  "warning.dose.rounding_error_high": {
    en: "Rounding to the graduation changes the dose by more than 1 %.",
    zh: "按刻度修约使剂量变化超过 1%。",
  },
  "warning.dose.viability_below_expected": {
    en: "The viability is below the expected one, and above the least allowed.",
    zh: "细胞活率低于预期值，但未低于最低允许值。",
  },
  "warning.dose.waste_high": {
    en: "One container less holds the drawn dose and its overfill.",
    zh: "少复苏一个容器即可满足抽取剂量及其富余量。",
  },
  "warning.dose.weight_changed": {
    en: "The weight changed beyond the threshold: the dose is computed anew.",
    zh: "体重变化超过阈值：剂量按新体重重新计算。",
  },
  "warning.dose.weight_too_old": {
    en: "The weight is older than allowed.",
    zh: "体重测量日期超过允许天数。",
  },
  "warning.dose.weight_outside_eligibility": {
    en: "The weight does not meet the trial's criterion.",
    zh: "体重不符合试验入选标准。",
  },
  "warning.dose.age_outside_eligibility": {
    en: "The age does not meet the trial's criterion.",
    zh: "年龄不符合试验入选标准。",
  },
  "warning.dose.administration_beyond_plan": {
    en: "More administrations than the arm has.",
    zh: "给药次数超过该组计划次数。",
  },
  "warning.dose.before_decision": {
    en: "The administration is before the decision that opened the arm.",
    zh: "给药日期早于批准启用该组的决定日期。",
  },
  "warning.dose.decided_level_unlisted": {
    en: "The decided dose is that of no other arm of the trial: see that no power of ten was slipped.",
    zh: "所定剂量与试验其他各组均不相同，请确认数量级无误。",
  },
  "warning.dose.differs_from_label": {
    en: "The order says another number than the product's sources: see carton and label.",
    zh: "配制指令中的数值与产品资料不一致，请核对外包装和标签。",
  },
  "warning.dose.long_hold": {
    en: "From thawing to the end of the infusion it is long: viability falls while the product waits.",
    zh: "从复苏到输注结束时间较长：等待期间细胞活率下降。",
  },
  "warning.dose.measured_above_label": {
    en: "More cells were measured after thawing than the label has in all: check both.",
    zh: "复苏后实测细胞数超过标示总量，请核对两者。",
  },
  "warning.dose.unlikely_value": {
    en: "A value outside what is usual: check it and its unit.",
    zh: "数值超出通常范围：请核对数值及其单位。",
  },
  "warning.dose.viabilities_differ": {
    en: "The lot is computed with another viability than was tested.",
    zh: "计算所用细胞活率与检测值不一致。",
  },
  "warning.dose.nothing_drawn_from_lot": {
    en: "A lot would be thawed, and nothing is drawn from it.",
    zh: "该批将被复苏，但未从中抽取。",
  },
  "warning.calendar.planned_day_differs": {
    en: "The planned day is not that of the administration, or lies outside its window.",
    zh: "所填计划给药日期与本次给药日期不符，或超出时间窗。",
  },
  "warning.calendar.outside_window": {
    en: "The administration is prepared for a day outside its window.",
    zh: "本次给药日期超出时间窗。",
  },
  "warning.calendar.weekend": {
    en: "The administration is prepared for a Saturday or Sunday.",
    zh: "本次给药日期为星期六或星期日。",
  },
} as const;

/** What a licensed product's sources do not say, by topic: the questions of the dose room, in both languages. */
export const QUESTION_TEXTS = {
  "question.countBasis": { en: "Which cells does the dose count?", zh: "剂量按哪类细胞计数？" },
  "question.dose": { en: "Which dose?", zh: "剂量是多少？" },
  "question.containerContent": { en: "How many cells does a container hold?", zh: "每个容器含多少细胞？" },
  "question.containerVolume": {
    en: "Which volume does a container hold, and how much of it can be drawn?",
    zh: "每个容器装量是多少？可抽取多少？",
  },
  "question.concentration": {
    en: "Which concentration is allowed in the final preparation?",
    zh: "最终制剂允许的浓度是多少？",
  },
  "question.finalVolume": { en: "Which final volume is infused?", zh: "输注的终体积是多少？" },
  "question.rate": { en: "At which rate, or within which time, is it infused?", zh: "输注速度或输注时限是多少？" },
  "question.stability": { en: "How long may it wait after thawing?", zh: "复苏后可放置多久？" },
  "question.dmso": { en: "How much DMSO does it hold?", zh: "DMSO 含量是多少？" },
  "question.minimumViability": { en: "Below which viability is it not given?", zh: "细胞活率低于多少时不得使用？" },
  "question.lotMixing": { en: "May lots be mixed for one dose?", zh: "同一次给药可否混用不同批次？" },
  "question.administrations": { en: "How often is it given, and how far apart?", zh: "共给药几次、间隔多久？" },
} as const;
