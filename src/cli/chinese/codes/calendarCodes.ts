import type { ChineseCodes } from "./chineseCode.js";

export const CALENDAR_CODES_ZH: ChineseCodes<"calendar"> = {
  "calendar.anchor_missing": ["没有说明时间窗以哪一天为准。", "填写 `planned` 或 `actual-first`。"],
  "calendar.date_invalid": ["日期不是 `YYYY-MM-DD` 格式。", "按此格式填写日期。"],
  "calendar.days_invalid": ["天数不是整数。", "填写整数。"],
  "calendar.interval_missing": ["有多次给药，但没有间隔天数。", "填写 `intervalDays`。"],
  "calendar.minutes_invalid": ["分钟数不是整数。", "填写整数。"],
  "calendar.no_day_zero": ["研究日为 0。", "第 1 天的前一天是第 -1 天。"],
  "calendar.no_such_day": ["该日期不存在。", "核对日期。"],
  "calendar.out_of_range": ["日期超出公元 0001～9999 年。", "核对天数。"],
  "calendar.outside_window": ["警示：配制或给药日期超出时间窗。", "按方案偏离记录。"],
  "calendar.plan_invalid": ["次数或天数超出范围，实际给药日期多于给药次数，或休息日处理方式未知。", "更正所示字段。"],
  "calendar.planned_day_differs": ["警示：所填计划给药日期与本次给药不符，或超出时间窗。", "更正其中一个日期。"],
  "calendar.spacing_without_window": ["有最短间隔而没有时间窗。", "给出时间窗。"],
  "calendar.time_invalid": ["时间不是 `YYYY-MM-DDTHH:MM` 格式。", "按此格式填写时间。"],
  "calendar.weekend": ["警示：时间窗内没有工作日，给药日为星期六或星期日。", "予以记录，或放宽时间窗。"],
  "calendar.window_empty": ["按最短间隔已没有允许的给药日。", "放宽时间窗，或重新安排。"],
};
