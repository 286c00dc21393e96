import { assumptionName } from "../texts/assumptionTexts.js";
import type { Language } from "../texts/language.js";
import { bracketed } from "../texts/signs.js";

/** What a field of an order or a record is called in Chinese, by the last part of its path. */
const NAMES_ZH: Readonly<Record<string, string>> = {
  subject: "受试者编号",
  kit: "药物编号/配制编号",
  visit: "访视",
  administration: "第几次给药",
  number: "第几次给药",
  preparedOn: "配制日期",
  plannedOn: "计划给药日期",
  protocol: "方案编号",
  protocolVersion: "方案版本",
  randomizationNumber: "随机号",
  weightKg: "实测体重",
  weighedOn: "测量日期",
  weighedBy: "测量人",
  descriptor: "体重类型",
  ageYears: "年龄",
  sex: "性别",
  heightCm: "身高",
  lot: "批号",
  expiresOn: "有效期至",
  isReleased: "已放行",
  containers: "容器数",
  content: "标示含量",
  counted: "计数口径",
  recovery: "回收率",
  viability: "细胞活率",
  purity: "纯度",
  fillMl: "标示装量",
  extractableMl: "可抽取体积",
  labelPerMl: "标示浓度",
  measuredPerMl: "实测浓度",
  fraction: "检测值",
  method: "检测方法",
  graduationMl: "注射器刻度",
  overfillPercent: "富余量",
  deadVolumeMl: "死体积",
  finalVolumeMl: "终体积",
  rateMlPerMin: "输注速度",
  rateMlPerHour: "输注速度",
  minutes: "输注时长",
  dropsPerMl: "滴系数",
  thawedAt: "复苏时间",
  startAt: "开始输注时间",
  stabilityMinutes: "复苏后稳定时限",
  lineFlushMinutes: "冲管时间",
  arm: "组别",
  part: "试验部分",
  trial: "试验登记号",
  unitKind: "计数口径",
  amount: "剂量",
  kind: "剂量类型",
  cap: "单次剂量上限",
  source: "来源",
  name: "名称",
  route: "给药途径",
  storage: "贮存条件",
  maker: "生产（制备）单位",
  receivedOn: "接收日期",
  storedIn: "冻存位置",
  mayMixLots: "允许混用批次",
  minimumViability: "最低细胞活率",
  expectedViability: "预期细胞活率",
  deviation: "偏差限度",
  expiresAt: "输注最迟结束时间",
  startBy: "输注最迟开始时间",
  planned: "计划剂量",
  range: "允许剂量范围",
  window: "给药时间窗",
  preparedAtInfusion: "输注时袋内数量",
  component: "组分",
  startFrom: "前一组分输注结束时间",
  infusedMl: "输注体积",
  preparedMl: "配制体积",
  administeredOn: "给药日期",
  administeredBy: "给药人",
  startedAt: "输注开始时间",
  endedAt: "输注结束时间",
  percentVv: "DMSO 体积分数",
  mgPerMl: "DMSO 含量",
  indication: "适应证",
  regimen: "用药方案",
};

/** A field by its path; in Chinese with its name before the path, by which the file has it. */
export function fieldName(language: Language, path: string): string {
  if (language === "en") return path;
  const assumption = /^assumptions\[(?<key>[\w.]+)\]$/u.exec(path)?.groups?.["key"];
  const last = path.split(".").at(-1) ?? "";
  const name =
    assumption === undefined
      ? Object.hasOwn(NAMES_ZH, last)
        ? NAMES_ZH[last]
        : undefined
      : assumptionName(language, assumption);
  return name === undefined ? path : `${name}${bracketed(language, path)}`;
}
