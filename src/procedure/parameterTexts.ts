/* What the parameters are called that procedures have. */
import type { ParameterTexts } from "./offer.js";

export const PROBABILITY: ParameterTexts = {
  name: { en: "Probability of the preferred arm", zh: "优先组的分配概率" },
  field: { kind: "text", en: "Probability, such as 2/3", zh: "概率，如 2/3" },
};
export const SIZES: ParameterTexts = {
  name: { en: "Block sizes", zh: "区组长度" },
  field: { kind: "numbers", en: "Block sizes", zh: "区组长度" },
};
export const SIZE: ParameterTexts = {
  name: { en: "Block size", zh: "区组长度" },
  field: { kind: "number", en: "Block size", zh: "区组长度（单一）" },
};
export const WEIGHTS: ParameterTexts = { name: { en: "Selection weights", zh: "区组长度的抽取权重" } };
export const LAST_BLOCK: ParameterTexts = {
  name: { en: "Last block", zh: "末区组" },
  field: { kind: "choice", en: "The last block is", zh: "末区组", choices: ["whole", "cut", "fill"] },
};
export const TOTALS: ParameterTexts = {
  name: { en: "Totals by arm", zh: "各组例数" },
  field: { kind: "numbers", en: "Totals by arm", zh: "各组总数", isFurther: true },
};
export const TOLERANCE: ParameterTexts = {
  name: { en: "tolerance", zh: "最大可容许不均衡" },
  field: { kind: "number", en: "Tolerance", zh: "最大可容许不均衡" },
};
export const STEEPNESS: ParameterTexts = {
  name: { en: "steepness", zh: "陡度参数" },
  field: { kind: "text", en: "Steepness", zh: "陡度" },
};
export const EXPONENT: ParameterTexts = {
  name: { en: "exponent", zh: "指数参数" },
  field: { kind: "text", en: "Exponent", zh: "指数" },
};
export const INITIAL: ParameterTexts = {
  name: { en: "initial", zh: "各组初始球数" },
  field: { kind: "number", en: "Balls at the start", zh: "初始球数" },
};
export const ADDED: ParameterTexts = {
  name: { en: "added", zh: "每次加入球数" },
  field: { kind: "number", en: "Balls added", zh: "每次加球数" },
};
export const GAMMA: ParameterTexts = {
  name: { en: "gamma", zh: "参数 γ" },
  field: { kind: "text", en: "γ", zh: "γ 参数" },
};
export const LAMBDA: ParameterTexts = {
  name: { en: "lambda", zh: "参数 λ" },
  field: { kind: "number", en: "λ", zh: "λ 参数" },
};
export const ALPHA: ParameterTexts = {
  name: { en: "alpha", zh: "参数 α" },
  field: { kind: "text", en: "α", zh: "α 参数" },
};
export const IMMIGRATION: ParameterTexts = {
  name: { en: "immigration", zh: "每次加入的各组球数" },
  field: { kind: "number", en: "Immigration", zh: "补入数" },
};
export const ETA: ParameterTexts = {
  name: { en: "eta", zh: "参数 η" },
  field: { kind: "text", en: "η", zh: "η 参数" },
};
