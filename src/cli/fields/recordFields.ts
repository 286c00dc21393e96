import { UNIT_KINDS } from "../../quantity/index.js";
import { field, further, type Section } from "./fields.js";

/** Every field of a record of an administration, in the order in which it happens. */
export const RECORD_SECTIONS: readonly Section[] = [
  {
    id: "record-who",
    title: { en: "At the bedside", zh: "床旁" },
    fields: [
      field("number", "whole", "Administration no.", "第几次给药"),
      further("component", "text", "Component", "组分"),
      field("subject", "text", "Subject no., as read", "受试者编号（现场核对）"),
      field("kit", "text", "Kit / preparation no., as read", "药物编号/配制编号（现场核对）"),
      field("administeredOn", "date", "Given on", "给药日期"),
      field("administeredBy", "text", "Given by", "给药人"),
      field("startedAt", "time", "Started at", "开始时间"),
      field("endedAt", "time", "Ended at", "结束时间"),
      field("infusedMl", "amount", "Volume given", "实际输注体积", { unit: "mL" }),
      field("reason", "text", "Deviation and reason", "偏差及原因"),
    ],
  },
  {
    id: "record-plan",
    title: { en: "What was planned and prepared", zh: "计划与配制" },
    fields: [
      field("unitKind", "choice", "What is counted", "计数单位", { choices: Object.keys(UNIT_KINDS) }),
      field("planned", "count", "Planned dose", "计划剂量"),
      field("preparedAtInfusion", "count", "In the bag at the infusion", "输注时袋内数量"),
      field("preparedMl", "amount", "Volume of the bag", "袋内体积", { unit: "mL" }),
      field("weightKg", "amount", "Dosing weight", "剂量计算体重", { unit: "kg" }),
      further("preparedOn", "date", "Prepared on", "配制日期"),
      further("startBy", "time", "Start by", "输注最迟开始时间"),
      further("expiresAt", "time", "End by", "输注最迟结束时间"),
      further("plannedFor.subject", "text", "Prepared for subject no.", "配制对象：受试者编号"),
      further("plannedFor.kit", "text", "Prepared as kit no.", "配制对象：药物编号"),
      further("range.minimum", "count", "Allowed dose: least", "允许剂量：下限"),
      further("range.maximum", "count", "Allowed dose: most", "允许剂量：上限"),
      further("window.from", "date", "Window: first day", "给药时间窗：首日"),
      further("window.to", "date", "Window: last day", "给药时间窗：末日"),
      further("deviation.minorPercent", "amount", "Minor deviation from", "轻微偏差界限", { unit: "%" }),
      further("deviation.majorPercent", "amount", "Major deviation from", "重大偏差界限", { unit: "%" }),
      further("deviation.comparison", "choice", "The limit itself", "界限比较方式", { choices: [">", ">="] }),
    ],
  },
];
