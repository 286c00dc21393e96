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
import { textTable, wrapText } from "../textTable.js";
import { asWeightFault, readWeight } from "../weightFault.js";
import { mapIssues } from "../../store/disk/index.js";

export interface ProductsOptions extends CommonOptions {
  readonly weight?: string;
}

const NOT_STATED = "not stated";
const COLUMNS = 100;

/** `allocell products [PRODUCT]`: what is known of the licensed products, or of one, with what it gives at a weight. */
export async function products(io: Io, id: string | undefined, options: ProductsOptions): Promise<number> {
  const isJson = options.json === true;
  if (id === undefined) {
    if (options.weight !== undefined) {
      failAt({ code: "cli.usage", path: "--weight", message: "A weight is computed for one product: name it." });
    }
    const answer = { command: "products", products: PRODUCTS.map((product) => known(product)) };
    await io.stdout.write(isJson ? jsonText(answer) : productsText());
    return 0;
  }
  const product = productNamed(id);
  const kg = options.weight === undefined ? undefined : weightOf(options.weight);
  const given = kg === undefined ? undefined : givenAt(product, kg);
  const atWeight = kg === undefined || given === undefined ? {} : { atWeight: { weightKg: kg, given } };
  const answer = { command: "products", product: known(product), ...atWeight };
  await io.stdout.write(isJson ? jsonText(answer) : productText(product, kg, given ?? []));
  return 0;
}

function placed<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    throw mapIssues(error, (issue) => ({ ...asWeightFault(issue, '"72.4 kg"'), path }));
  }
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

function agesText({ ageYears }: Partial<Indication> = {}): string {
  if (ageYears === undefined) return NOT_STATED;
  const { from, below } = ageYears;
  return [...(from === undefined ? [] : [`from ${from}`]), ...(below === undefined ? [] : [`below ${below}`])].join(
    ", ",
  );
}

function weightsText({ weightKg }: Partial<Indication> = {}): string {
  if (weightKg === undefined) return NOT_STATED;
  const { from, to } = weightKg;
  return [...(from === undefined ? [] : [`from ${from}`]), ...(to === undefined ? [] : [`to ${to}`])].join(" ");
}

const indicationsOf = ({ regimens, indication }: Product): readonly (Indication | undefined)[] =>
  regimens.length === 0 ? [indication] : regimens.map((regimen) => regimen.indication);

const joined = (texts: readonly string[]): string => [...new Set(texts)].join(" | ");

function productsText(): string {
  const rows = PRODUCTS.map((product) => [
    product.id,
    UNIT_KINDS[product.unitKind],
    product.regimens.map(({ id }) => id).join(" ") || (product.volume === undefined ? "none" : "by volume"),
    joined(indicationsOf(product).map(agesText)),
    joined(indicationsOf(product).map(weightsText)),
  ]);
  return [
    textTable(["product", "counts", "regimens", "age, years", "weight, kg"], rows, "").trimEnd(),
    "",
    'cells: the sources do not say which; an order declares it.  "not stated": the sources in hand do not say it.',
    'Next: allocell products kymriah --weight "38 kg"',
    "",
  ].join("\n");
}

const line = (name: string, text: string): readonly string[] => wrapText(text, `  ${name.padEnd(20)} `, COLUMNS);

function forWhom(indication: Indication | undefined): readonly string[] {
  return [
    ...line("for", indication === undefined ? NOT_STATED : `${indication.statement} (${indication.source})`),
    ...line("age, years", agesText(indication)),
    ...line("weight, kg", weightsText(indication)),
  ];
}

function regimenLines({ id, title, cap, indication, source }: Regimen): readonly string[] {
  return [
    `Regimen ${id}`,
    ...line("dose", `${title} (${source})`),
    ...line("most of one dose", cap === undefined ? "as the dose says" : groupThousands(cap)),
    ...forWhom(indication),
    "",
  ];
}

const TOPICS = {
  dose: "dose",
  containerContent: "container holds",
  containerVolume: "container's volume",
  concentration: "concentration",
  finalVolume: "final volume",
  rate: "rate",
  stability: "after thawing",
  dmso: "DMSO",
  minimumViability: "viability",
  lotMixing: "mixing of lots",
  administrations: "administrations",
  other: "also",
} as const;

function factLines({ facts, regimens, storage, expiry }: Product): readonly string[] {
  const topics = (Object.keys(TOPICS) as (keyof typeof TOPICS)[]).flatMap((topic) => {
    const own = facts.filter((fact) => fact.topic === topic);
    const isSaid = topic === "other" || (topic === "dose" && regimens.length > 0);
    if (own.length === 0) return isSaid ? [] : line(TOPICS[topic], NOT_STATED);
    return own.flatMap(({ statement, source }) => line(TOPICS[topic], `${statement} (${source})`));
  });
  const cited = (name: string, fact: Product["storage"]): readonly string[] =>
    line(name, fact === undefined ? NOT_STATED : `${fact.statement} (${fact.source})`);
  return [...topics, ...cited("storage", storage), ...cited("expiry", expiry)];
}

function givenLine(given: Given, unit: string): readonly string[] {
  const { regimen = "volume", refused, volumeMl, vials, target, isCapped, minimum, maximum } = given;
  if (refused !== undefined) return line(regimen, `none: ${refused}`);
  if (volumeMl !== undefined) return line(regimen, `${volumeMl} mL, ${vials ?? ""} vials`);
  const ends = [
    ...(minimum === undefined ? [] : [`at least ${groupThousands(minimum)}`]),
    ...(maximum === undefined ? [] : [`at most ${groupThousands(maximum)}`]),
  ].join(", ");
  const dose =
    target === undefined ? "no one dose" : `${groupThousands(target)}${isCapped === true ? " (the most)" : ""}`;
  return line(regimen, `${dose}${ends === "" ? "" : `; ${ends}`}; ${unit}`);
}

function productText(product: Product, kg: string | undefined, given: readonly Given[]): string {
  const unit = UNIT_KINDS[product.unitKind];
  const basis = product.unitKind === "cells" ? "cells; the sources do not say which: an order declares it" : unit;
  return [
    `${product.id}: ${product.name}`,
    ...line("counts", basis),
    "",
    ...product.regimens.flatMap(regimenLines),
    ...(product.regimens.length === 0
      ? ["No regimen that is computed from cells", ...forWhom(product.indication), ""]
      : []),
    "What the sources say",
    ...factLines(product),
    "",
    ...(kg === undefined ? [] : [`At ${kg} kg`, ...given.flatMap((each) => givenLine(each, unit))]),
    ...(kg === undefined ? [] : [...(given.length === 0 ? ["  nothing can be computed"] : []), ""]),
    "Sources",
    ...productSources(product).flatMap(({ source, readOn }) =>
      wrapText(`${source}, ${readOn === undefined ? "day of reading not recorded" : `read ${readOn}`}`, "  ", COLUMNS),
    ),
    "",
  ].join("\n");
}
