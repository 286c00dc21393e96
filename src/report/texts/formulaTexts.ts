import type { FormulaId } from "../../dose/index.js";

/** A formula's title and line in Chinese; braces and ⟨ ⟩ as in the table of formulas. */
interface FormulaText {
  readonly title: string;
  readonly line: string;
}

const TARGET = "单次给药目标剂量";
const DOSING_WEIGHT = "剂量计算体重";
const DURATION = "输注时长";
const DELIVERED = "按修约后体积的实配剂量";
const DMSO = "当日 DMSO 总量";
const FACTORS = "回收率 r⟨ × 细胞活率 {v}⟩⟨ × 纯度 {p}⟩";
const bases = "B = 50（男）或 45.5（女）";
const ideal = "基数 B + 2.3 × (身高 h / 2.54 − 60)";
const reweigh = "d% = 100 × (现体重 − 参考体重 r) / r；采用新体重的条件：|d%| {comparison} 阈值 T";
const cap = "目标剂量 = min(封顶前目标剂量 T, 上限 M)";
const concentration = "实际浓度，批号 {lot}";
const emptied = "批号 {lot} 的细胞数（抽尽）";
const byExpiry =
  "按有效期先后依次取用各批，直至 Σ 容器数 n × 可用细胞数 u ≥ 目标剂量 × (1 + 富余量 o / 100)；同一批内先取容器数最少者，再取剩余量最少者";

/** Every formula in Chinese: a missing one is a type error. */
export const FORMULA_TEXTS: Readonly<Record<FormulaId, FormulaText>> = {
  weight: { title: DOSING_WEIGHT, line: "w = 实测体重 a" },
  "weight:reference": { title: DOSING_WEIGHT, line: "w = 参考体重 a" },
  "weight:ideal": { title: `${DOSING_WEIGHT}：理想体重，{sex}`, line: `w = ${ideal}；${bases}` },
  "weight:predicted": {
    title: `${DOSING_WEIGHT}：预测体重，{sex}`,
    line: `w = 基数 B + 0.91 × (身高 h − 152.4)；${bases}`,
  },
  "weight:adjusted": {
    title: `${DOSING_WEIGHT}：校正体重，{sex}`,
    line: `w = (1 − 系数 f) × (${ideal}) + f × 实测体重 a；${bases}`,
  },
  "weight:lean": {
    title: `${DOSING_WEIGHT}：瘦体重，{sex}`,
    line: "w = 斜率 k × 实测体重 a − 常数 c × (a / 身高 h)²；k = 1.10（男）或 1.07（女），c = 148（女）",
  },
  "reweigh:stays": { title: "体重变化：沿用参考体重", line: reweigh },
  "reweigh:new": { title: "体重变化：采用新体重", line: reweigh },
  "surface:mosteller": { title: "体表面积：Mosteller", line: "s = √(身高 h × 体重 w / 3600)" },
  "surface:du-bois": { title: "体表面积：Du Bois", line: "s = 0.007184 × 体重 w^0.425 × 身高 h^0.725" },
  "surface:haycock": { title: "体表面积：Haycock", line: "s = 0.024265 × 体重 w^0.5378 × 身高 h^0.3964" },
  "target:placebo": { title: "目标剂量：安慰剂", line: "目标剂量 = 0" },
  "target:flat": { title: TARGET, line: "目标剂量 = 固定剂量 D" },
  "target:per-kg": { title: TARGET, line: "目标剂量 = 每公斤体重剂量 d × 体重 w" },
  "target:per-m2": { title: TARGET, line: "目标剂量 = 每平方米剂量 d × 体表面积 s" },
  "target:whole": { title: "目标剂量：全部容器的内容量", line: "目标剂量 = Σ y（各批合计）" },
  together: { title: "各组分合计", line: "合计 = Σ 实配剂量（各组分合计）" },
  "cap:acts": { title: "单次剂量上限：生效", line: cap },
  "cap:does-not-act": { title: "单次剂量上限：未生效", line: cap },
  "capped-per-kg": { title: "受上限限制后的每公斤体重剂量", line: "每公斤体重剂量 = 上限 M / 体重 w" },
  range: { title: "该体重允许的剂量范围", line: "⟨最小剂量 {lo} ≤ ⟩目标剂量⟨ ≤ 最大剂量 {hi}⟩" },
  usable: { title: "每个容器可用细胞数，批号 {lot}（按含量）", line: `u = 含量 k × ${FACTORS}` },
  "usable-by-volume": {
    title: "每个容器可用细胞数，批号 {lot}（按体积）",
    line: `u = 标示浓度 c × 可抽取体积 e × ${FACTORS}`,
  },
  "label-difference": {
    title: "标示值是否一致，批号 {lot}？",
    line: "差异 = 100 × (标示浓度 c − k / f) / (含量 k / 装量 f)",
  },
  containers: { title: "需{thaw}的容器数", line: "n = 向上取整(目标剂量 × (1 + 富余量 o / 100) / 可用细胞数 u)" },
  "containers:by-volume": {
    title: "需{thaw}的容器数（按可抽取体积）",
    line: "n = 向上取整(抽取体积 V / 可抽取体积 e)；大于 向上取整(目标剂量 × (1 + 富余量 o / 100) / 可用细胞数 u)",
  },
  "containers:several": { title: "需{thaw}的容器数", line: `容器数 = Σ n；${byExpiry}` },
  emptied: {
    title: emptied,
    line: "y = 抽尽体积 e × 浓度 C；e = 容器数 n × 可抽取体积 x，按刻度向下取整",
  },
  "emptied:whole": { title: emptied, line: "y = 抽尽体积 e × 浓度 C；e = 容器数 n × 可抽取体积 x" },
  "concentration:measured": { title: concentration, line: "C = {thaw}后实测" },
  "concentration:volume": { title: concentration, line: "C = 标示浓度 c × 系数 q" },
  "concentration:content": { title: concentration, line: "C = 可用细胞数 u / 装量 f" },
  draw: { title: "抽取体积", line: "抽取体积 = 目标剂量 / 浓度 C" },
  "draw:several": {
    title: "抽取体积：先抽尽较早批次，其余取自批号 {lot}",
    line: "抽取体积 = 抽尽各批体积 e + (目标剂量 − 抽尽各批细胞数 y) / 浓度 C（末批）",
  },
  residual: { title: "容器内残留量，不低于 {dead} mL", line: "残留量 = Σ n × 装量 − 抽取体积" },
  delivered: { title: DELIVERED, line: "实配剂量 = 抽取体积 × 浓度 C" },
  "delivered:several": { title: DELIVERED, line: "实配剂量 = 抽尽各批细胞数 y + 抽取体积 x × 浓度 C（末批）" },
  "rounding-error": { title: "修约误差", line: "e% = 100 × (实配剂量 − 目标剂量) / 目标剂量" },
  "given-per-kg": { title: "给予的每公斤剂量", line: "每公斤体重剂量 = 目标剂量 / 体重 w" },
  "final-volume": {
    title: "终体积（含每个容器的稀释液）",
    line: "V = 抽取体积 + 容器数 n × 每个容器的稀释液 d",
  },
  diluent: { title: "加至终体积所需的稀释液体积", line: "稀释液体积 = 终体积 V − 抽取体积" },
  "final-concentration": { title: "终浓度", line: "终浓度 = 实配剂量 / 终体积 V" },
  minutes: { title: DURATION, line: "输注时长 = 终体积 V / 输注速度 R" },
  "minutes:hourly": { title: DURATION, line: "输注时长 = 60 × 终体积 V / 输注速度 R" },
  rate: { title: "输注速度", line: "输注速度 = 终体积 V / 输注时长 t" },
  "ml-per-kg-per-hour": { title: "每公斤体重每小时输注体积", line: "60 × 输注速度 R / 体重 w" },
  "cells-per-kg-per-min": {
    title: "每公斤体重每分钟输注细胞数",
    line: "实配剂量 / (体重 w × 输注时长 t)",
  },
  "drops-per-min": { title: "滴速", line: "输注速度 R × 滴系数（滴/mL） F" },
  stability: {
    title: "输注及冲管结束时距稳定时限的剩余时间（min）",
    line: "剩余时间 = 稳定时限 − ({thaw}至开始输注 + 输注时长 + 冲管时间)",
  },
  "dmso:percent": { title: DMSO, line: "DMSO = 抽取体积 × p %（体积分数） / 100 × 1.10 g/mL + 其他" },
  "dmso:mg": { title: DMSO, line: "DMSO = 抽取体积 × m mg/mL / 1000 + 其他" },
  "dmso:others": { title: DMSO, line: "DMSO = 其他" },
  "dmso-per-kg": { title: "每公斤体重 DMSO 量（限度 {limit} g/kg）", line: "DMSO / 实测体重 b" },
  "dmso-most-containers": {
    title: "按 DMSO 限值计算的当日最多容器数",
    line: "(限值 L × b − 其他) / 最大容器的 DMSO g",
  },
  endotoxin: {
    title: "细菌内毒素（限度 {limit} EU）",
    line: "抽取体积 × E EU/mL + 其他；不超过 5 EU/kg × b",
  },
  "endotoxin:others": { title: "细菌内毒素（限度 {limit} EU）", line: "其他；不超过 5 EU/kg × b" },
  "band-volume:upper": { title: "按体重的体积", line: "V = 体重段上限 b × mL/kg m" },
  "band-volume:rounded": { title: "按体重的体积", line: "V = 修约后体重 b × mL/kg m" },
  vials: { title: "支数", line: "n = 向上取整(体积 V / 每支体积)" },
  "study-day": { title: "末次给药的研究日", line: "研究日 = 1 + (n − 1) × 间隔 i；首次给药为第 1 天，无第 0 天" },
  "cumulative:planned": { title: "计划累计给药剂量", line: "累计剂量 = 目标剂量 t × 给药次数 n" },
  "cumulative-per-kg:planned": {
    title: "每公斤体重计划累计给药剂量",
    line: "每公斤体重累计剂量 = 累计剂量 T / 体重 w",
  },
  administered: { title: "实际给药剂量", line: "实际剂量 = 输注体积 i / 配制体积 p × 实配细胞数 c" },
  deviation: { title: "与计划剂量的偏差", line: "偏差% = 100 × (实际剂量 − 计划剂量) / 计划剂量" },
  cumulative: { title: "累计给药剂量", line: "累计剂量 = Σ 实际剂量" },
  "cumulative-per-kg": { title: "每公斤体重累计给药剂量", line: "Σ 实际剂量 / w，各次按其剂量计算体重" },
};
