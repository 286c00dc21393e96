import { AllocellError } from "../../foundation/index.js";
import { failAt } from "../../store/disk/index.js";
import {
  computeProductVolume,
  productById,
  productQuestions,
  PRODUCTS,
  productSources,
  regimenDose,
  type Indication,
  type Product,
  type Regimen,
} from "../../dose/index.js";
import { groupThousands, UNIT_KINDS } from "../../quantity/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { padTo, sayIn, wrapIn, type Say, type Texts } from "../answers/say.js";
import { countText, type Language } from "../../report/index.js";
import { textTable } from "../textTable.js";
import { asWeightFault, readWeight } from "../weightFault.js";
import { relocated } from "../../store/disk/index.js";

export interface ProductsOptions extends CommonOptions {
  readonly weight?: string;
}

const COLUMNS = 100;

/** `allocell products [PRODUCT]`: what is known of the licensed products, or of one, with what it gives at a weight. */
export async function products(io: Io, id: string | undefined, options: ProductsOptions): Promise<number> {
  const isJson = options.json === true;
  if (id === undefined) {
    if (options.weight !== undefined) {
      failAt({ code: "cli.usage", path: "--weight", message: "A weight is computed for one product: name it." });
    }
    const answer = { command: "products", products: PRODUCTS.map((product) => known(product)) };
    await io.stdout.write(isJson ? jsonText(answer) : productsText(wordsIn(io.language ?? "en")));
    return 0;
  }
  const product = productNamed(id);
  const kg = options.weight === undefined ? undefined : weightOf(options.weight);
  const given = kg === undefined ? undefined : givenAt(product, kg);
  const atWeight = kg === undefined || given === undefined ? {} : { atWeight: { weightKg: kg, given } };
  const answer = { command: "products", product: known(product), ...atWeight };
  await io.stdout.write(
    isJson ? jsonText(answer) : productText(product, kg, given ?? [], wordsIn(io.language ?? "en")),
  );
  return 0;
}

function placed<T>(path: string, act: () => T): T {
  return relocated((issue) => ({ ...asWeightFault(issue, '"72.4 kg"'), path }), act);
}

const productNamed = (id: string): Product => placed("PRODUCT", () => productById(id));
const weightOf = (text: string): string => placed("--weight", () => readWeight(text, "--weight"));

const known = (product: Product): object => ({
  ...product,
  sources: productSources(product),
  notStated: productQuestions(product),
});

/** What one regimen, or the product's volume, is at a weight; where nothing is right, why. */
interface Given {
  readonly regimen?: string;
  readonly target?: string;
  readonly isCapped?: true;
  readonly minimum?: string;
  readonly maximum?: string;
  readonly volumeMl?: string;
  readonly vials?: string;
  readonly refused?: string;
}

function givenAt(product: Product, weightKg: string): readonly Given[] {
  const tried = (name: object, compute: () => Given): Given => {
    try {
      return { ...name, ...compute() };
    } catch (error) {
      if (!AllocellError.is(error)) throw error;
      return { ...name, refused: error.message };
    }
  };
  const ofVolume = (): Given => {
    const { volumeMl, vials } = computeProductVolume(product.id, weightKg);
    return { volumeMl, vials };
  };
  return [
    ...product.regimens.map((regimen) =>
      tried({ regimen: regimen.id }, () => regimenDose(regimen, product.unitKind, weightKg)),
    ),
    ...(product.volume === undefined ? [] : [tried({}, ofVolume)]),
  ];
}

const TEXTS = {
  notStated: { en: "not stated", zh: "未载明" },
  from: { en: "from {value}", zh: "{value} 起" },
  below: { en: "below {value}", zh: "低于 {value}" },
  to: { en: "to {value}", zh: "至 {value}" },
  product: { en: "product", zh: "产品" },
  counts: { en: "counts", zh: "计数口径" },
  regimens: { en: "regimens", zh: "用法" },
  age: { en: "age, years", zh: "年龄（岁）" },
  weight: { en: "weight, kg", zh: "体重（kg）" },
  none: { en: "none", zh: "无" },
  byVolume: { en: "by volume", zh: "按体积" },
  legend: {
    en: 'cells: the sources do not say which; an order declares it.  "not stated": the sources in hand do not say it.',
    zh: "个细胞：资料未说明是哪一种，由配制指令声明。未载明：现有资料没有说明。",
  },
  next: { en: "Next: {command}", zh: "下一步：{command}" },
  for: { en: "for", zh: "适应证" },
  cited: { en: "{statement} ({source})", zh: "{statement}（{source}）" },
  regimen: { en: "Regimen {id}", zh: "用法 {id}" },
  dose: { en: "dose", zh: "剂量" },
  most: { en: "most of one dose", zh: "单次剂量上限" },
  asDose: { en: "as the dose says", zh: "见剂量" },
  "topic.dose": { en: "dose", zh: "剂量" },
  "topic.containerContent": { en: "container holds", zh: "容器含量" },
  "topic.containerVolume": { en: "container's volume", zh: "容器装量" },
  "topic.concentration": { en: "concentration", zh: "浓度" },
  "topic.finalVolume": { en: "final volume", zh: "终体积" },
  "topic.rate": { en: "rate", zh: "输注速度" },
  "topic.stability": { en: "after thawing", zh: "复苏后稳定时限" },
  "topic.dmso": { en: "DMSO", zh: "DMSO" },
  "topic.minimumViability": { en: "viability", zh: "细胞活率" },
  "topic.lotMixing": { en: "mixing of lots", zh: "批次混用" },
  "topic.administrations": { en: "administrations", zh: "给药次数" },
  "topic.other": { en: "also", zh: "其他" },
  storage: { en: "storage", zh: "贮存条件" },
  expiry: { en: "expiry", zh: "有效期" },
  volume: { en: "volume", zh: "体积" },
  refused: { en: "none: {why}", zh: "不可计算（英文原文）：{why}" },
  vials: { en: "{volumeMl} mL, {vials} vials", zh: "{volumeMl} mL，{vials} 支" },
  atLeast: { en: "at least {value}", zh: "不低于 {value}" },
  atMost: { en: "at most {value}", zh: "不超过 {value}" },
  noOneDose: { en: "no one dose", zh: "没有单一剂量" },
  isMost: { en: "{dose} (the most)", zh: "{dose}（已达上限）" },
  title: { en: "{id}: {name}", zh: "{id}：{name}" },
  cells: {
    en: "cells; the sources do not say which: an order declares it",
    zh: "细胞；资料未说明是哪一种，由配制指令声明",
  },
  noRegimen: { en: "No regimen that is computed from cells", zh: "没有按细胞数计算的用法" },
  said: { en: "What the sources say", zh: "资料已载明的事项（资料原文）" },
  atWeight: { en: "At {kg} kg", zh: "体重 {kg} kg" },
  nothing: { en: "nothing can be computed", zh: "不能计算" },
  sources: { en: "Sources", zh: "资料来源" },
  readOn: { en: "{source}, read {readOn}", zh: "{source}，查阅日期 {readOn}" },
  notRecorded: { en: "{source}, day of reading not recorded", zh: "{source}，未记录查阅日期" },
} as const satisfies Texts;

/** How an answer is said, with its lines. */
interface Words {
  readonly language: Language;
  readonly say: Say<typeof TEXTS>;
  readonly line: (name: string, text: string) => readonly string[];
}

function wordsIn(language: Language): Words {
  const line = (name: string, text: string): readonly string[] =>
    wrapIn(language)(text, `  ${padTo(name, 20)} `, COLUMNS);
  return { language, say: sayIn(TEXTS, language), line };
}

function agesText({ ageYears }: Partial<Indication> = {}, { say, language }: Words): string {
  if (ageYears === undefined) return say("notStated");
  const { from, below } = ageYears;
  return [
    ...(from === undefined ? [] : [say("from", { value: from })]),
    ...(below === undefined ? [] : [say("below", { value: below })]),
  ].join(language === "zh" ? "，" : ", ");
}

function weightsText({ weightKg }: Partial<Indication> = {}, { say }: Words): string {
  if (weightKg === undefined) return say("notStated");
  const { from, to } = weightKg;
  return [
    ...(from === undefined ? [] : [say("from", { value: from })]),
    ...(to === undefined ? [] : [say("to", { value: to })]),
  ].join(" ");
}

const indicationsOf = ({ regimens, indication }: Product): readonly (Indication | undefined)[] =>
  regimens.length === 0 ? [indication] : regimens.map((regimen) => regimen.indication);

const joined = (texts: readonly string[]): string => [...new Set(texts)].join(" | ");

const unitIn = (language: Language, unitKind: Product["unitKind"]): string =>
  language === "zh" ? countText("zh", { amount: "0", unitKind }).replace(/^0 /u, "") : UNIT_KINDS[unitKind];

function productsText(words: Words): string {
  const { say, language } = words;
  const rows = PRODUCTS.map((product) => [
    product.id,
    unitIn(language, product.unitKind),
    product.regimens.map(({ id }) => id).join(" ") || say(product.volume === undefined ? "none" : "byVolume"),
    joined(indicationsOf(product).map((indication) => agesText(indication, words))),
    joined(indicationsOf(product).map((indication) => weightsText(indication, words))),
  ]);
  return [
    textTable([say("product"), say("counts"), say("regimens"), say("age"), say("weight")], rows, "").trimEnd(),
    "",
    say("legend"),
    say("next", { command: 'allocell products kymriah --weight "38 kg"' }),
    "",
  ].join("\n");
}

function forWhom(indication: Indication | undefined, words: Words): readonly string[] {
  const { say, line } = words;
  return [
    ...line(
      say("for"),
      indication === undefined
        ? say("notStated")
        : say("cited", { statement: indication.statement, source: indication.source }),
    ),
    ...line(say("age"), agesText(indication, words)),
    ...line(say("weight"), weightsText(indication, words)),
  ];
}

function regimenLines({ id, title, cap, indication, source }: Regimen, words: Words): readonly string[] {
  const { say, line } = words;
  return [
    say("regimen", { id }),
    ...line(say("dose"), say("cited", { statement: title, source })),
    ...line(say("most"), cap === undefined ? say("asDose") : groupThousands(cap)),
    ...forWhom(indication, words),
    "",
  ];
}

const TOPICS = [
  ...(["dose", "containerContent", "containerVolume", "concentration", "finalVolume", "rate", "stability"] as const),
  ...(["dmso", "minimumViability", "lotMixing", "administrations", "other"] as const),
];

function factLines({ facts, regimens, storage, expiry }: Product, { say, line }: Words): readonly string[] {
  const cited = ({ statement, source }: NonNullable<Product["storage"]>): string => say("cited", { statement, source });
  const topics = TOPICS.flatMap((topic) => {
    const own = facts.filter((fact) => fact.topic === topic);
    const isSaid = topic === "other" || (topic === "dose" && regimens.length > 0);
    const name = say(`topic.${topic}`);
    if (own.length === 0) return isSaid ? [] : line(name, say("notStated"));
    return own.flatMap((fact) => line(name, cited(fact)));
  });
  const stated = (name: string, fact: Product["storage"]): readonly string[] =>
    line(name, fact === undefined ? say("notStated") : cited(fact));
  return [...topics, ...stated(say("storage"), storage), ...stated(say("expiry"), expiry)];
}

function givenLine(given: Given, unit: string, { say, line, language }: Words): readonly string[] {
  const { regimen = say("volume"), refused, volumeMl, vials, target, isCapped, minimum, maximum } = given;
  if (refused !== undefined) return line(regimen, say("refused", { why: refused }));
  if (volumeMl !== undefined) return line(regimen, say("vials", { volumeMl, vials: vials ?? "" }));
  const [comma, semicolon] = language === "zh" ? ["，", "；"] : [", ", "; "];
  const ends = [
    ...(minimum === undefined ? [] : [say("atLeast", { value: groupThousands(minimum) })]),
    ...(maximum === undefined ? [] : [say("atMost", { value: groupThousands(maximum) })]),
  ].join(comma);
  const amount = target === undefined ? say("noOneDose") : groupThousands(target);
  const dose = target !== undefined && isCapped === true ? say("isMost", { dose: amount }) : amount;
  return line(regimen, [dose, ...(ends === "" ? [] : [ends]), unit].join(semicolon));
}

function productText(product: Product, kg: string | undefined, given: readonly Given[], words: Words): string {
  const { say, line, language } = words;
  const unit = unitIn(language, product.unitKind);
  const atWeight =
    kg === undefined ? [] : [say("atWeight", { kg }), ...given.flatMap((one) => givenLine(one, unit, words))];
  return [
    say("title", { id: product.id, name: product.name }),
    ...line(say("counts"), product.unitKind === "cells" ? say("cells") : unit),
    "",
    ...product.regimens.flatMap((regimen) => regimenLines(regimen, words)),
    ...(product.regimens.length === 0 ? [say("noRegimen"), ...forWhom(product.indication, words), ""] : []),
    say("said"),
    ...factLines(product, words),
    "",
    ...atWeight,
    ...(kg === undefined ? [] : [...(given.length === 0 ? [`  ${say("nothing")}`] : []), ""]),
    say("sources"),
    ...productSources(product).flatMap(({ source, readOn }) =>
      wrapIn(language)(say(readOn === undefined ? "notRecorded" : "readOn", { source, readOn }), "  ", COLUMNS),
    ),
    "",
  ].join("\n");
}
