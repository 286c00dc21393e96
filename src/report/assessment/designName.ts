import type { ProcedureSpec } from "../../procedure/index.js";
import type { Language } from "../texts/language.js";
import { parameterName, parameterText, PROCEDURE_NAMES } from "../texts/procedureTexts.js";
import { trialTableWords } from "../texts/trialTableTexts.js";

/** What families of designs share in a picture: one sign each. */
export type DesignFamily = "no restriction" | "blocks" | "tolerance" | "biased coin" | "urn";

interface DesignNames {
  /** In words, with the parameters. */
  readonly name: string;
  /** For a label in a picture, such as `PB 4, 8`. */
  readonly label: string;
  readonly family: DesignFamily;
}

const listed = (values: readonly number[]): string =>
  values.length < 2 ? values.join("") : `${values.slice(0, -1).join(", ")} and ${String(values[values.length - 1])}`;

const LAST = { whole: "", cut: ", the last block cut", fill: ", filling the list exactly" } as const;

const NAMES: {
  readonly [Kind in ProcedureSpec["kind"]]: (spec: Extract<ProcedureSpec, { kind: Kind }>) => DesignNames;
} = {
  complete: () => ({ name: "complete randomization", label: "CR", family: "no restriction" }),
  "random-allocation-rule": ({ totals }) => ({
    name: `random allocation rule${totals === undefined ? "" : ` with totals ${totals.join(":")}`}`,
    label: totals === undefined ? "RAR" : `RAR ${totals.join(":")}`,
    family: "no restriction",
  }),
  "permuted-block": (spec) => {
    const { sizes, weights, lastBlock = "whole" } = spec;
    const chances =
      weights === undefined ? "" : weights === "pascal" ? " (binomial weights)" : ` (weights ${weights.join(":")})`;
    return {
      name: `permuted blocks of ${listed(sizes)}${chances}${LAST[lastBlock]}`,
      label: `PB ${sizes.join(", ")}`,
      family: "blocks",
    };
  },
  "ordered-blocks": ({ sizes, lastBlock = "whole" }) => ({
    name: `permuted blocks in the order ${sizes.join(", ")}${LAST[lastBlock]}`,
    label: `OB ${sizes.join(", ")}`,
    family: "blocks",
  }),
  "truncated-binomial": (spec) =>
    spec.size === undefined
      ? { name: "truncated binomial design", label: "TB", family: "no restriction" }
      : { name: `truncated binomial design in blocks of ${spec.size}`, label: `TB ${spec.size}`, family: "blocks" },
  hadamard: () => ({ name: "Hadamard randomization", label: "HADA", family: "blocks" }),
  maximal: (spec) => ({
    name: `maximal procedure, tolerance ${spec.tolerance}`,
    label: `MP ${spec.tolerance}`,
    family: "tolerance",
  }),
  "big-stick": (spec) => ({
    name: `big stick design, tolerance ${spec.tolerance}`,
    label: `BSD ${spec.tolerance}`,
    family: "tolerance",
  }),
  chen: (spec) => ({
    name: `Chen's biased coin design, p = ${spec.probability}, tolerance ${spec.tolerance}`,
    label: `Chen ${spec.probability}, ${spec.tolerance}`,
    family: "tolerance",
  }),
  ehrenfest: (spec) => ({
    name: `Ehrenfest urn design, tolerance ${spec.tolerance}`,
    label: `EUD ${spec.tolerance}`,
    family: "tolerance",
  }),
  efron: (spec) => ({
    name: `Efron's biased coin, p = ${spec.probability}`,
    label: `EBC ${spec.probability}`,
    family: "biased coin",
  }),
  "adjustable-biased-coin": (spec) => ({
    name: `adjustable biased coin, steepness ${spec.steepness}`,
    label: `ABC ${spec.steepness}`,
    family: "biased coin",
  }),
  "generalized-biased-coin": (spec) => ({
    name: `generalized biased coin, exponent ${spec.exponent}`,
    label: `GBC ${spec.exponent}`,
    family: "biased coin",
  }),
  "bayesian-biased-coin": (spec) => ({
    name: `Bayesian biased coin, gamma ${spec.gamma}`,
    label: `BBC ${spec.gamma}`,
    family: "biased coin",
  }),
  "doubly-adaptive": (spec) => ({
    name: `doubly adaptive biased coin, gamma ${spec.gamma}`,
    label: `DBC ${spec.gamma}`,
    family: "biased coin",
  }),
  "maximum-entropy": (spec) => ({
    name: `maximum entropy design, eta ${spec.eta}`,
    label: `ME ${spec.eta}`,
    family: "biased coin",
  }),
  "minimum-quadratic-distance": (spec) => ({
    name: `minimum quadratic distance design, eta ${spec.eta}`,
    label: `MQD ${spec.eta}`,
    family: "biased coin",
  }),
  "brick-tunnel": () => ({ name: "brick tunnel randomization", label: "BT", family: "tolerance" }),
  wei: (spec) => ({
    name: `Wei's urn, ${spec.initial} and ${spec.added}`,
    label: `UD ${spec.initial}, ${spec.added}`,
    family: "urn",
  }),
  "block-urn": (spec) => ({
    name: `block urn design, lambda ${spec.lambda}`,
    label: `BUD ${spec.lambda}`,
    family: "urn",
  }),
  "mass-weighted-urn": (spec) => ({
    name: `mass weighted urn, alpha ${spec.alpha}`,
    label: `MWU ${spec.alpha}`,
    family: "urn",
  }),
  "drop-the-loser": (spec) => ({
    name: `drop-the-loser rule, ${spec.immigration} immigrating`,
    label: `DL ${spec.immigration}`,
    family: "urn",
  }),
};

/** A design with its parameters, in the words of the literature. UNBLINDED: it holds block sizes. */
export function designNames(procedure: ProcedureSpec): DesignNames {
  const names = (NAMES[procedure.kind] as (spec: ProcedureSpec) => DesignNames)(procedure);
  return procedure.mergedArms === true ? { ...names, name: `${names.name}, over equal arms that are merged` } : names;
}

/** A design with its parameters, in a language: in Chinese one by one behind its name. UNBLINDED: it holds block sizes. */
export function designName(procedure: ProcedureSpec, language: Language): string {
  if (language === "en") return designNames(procedure).name;
  const { kind, ...parameters } = procedure;
  const isOrder = (name: string): boolean => kind === "ordered-blocks" && name === "sizes";
  const texts = Object.entries(parameters).map(([name, value]) => {
    const title = isOrder(name) ? trialTableWords(language)("name.order") : parameterName(language, name);
    return `${title} ${parameterText(language, value)}`;
  });
  const name = PROCEDURE_NAMES[kind][language];
  return texts.length === 0 ? name : `${name}（${texts.join("；")}）`;
}
