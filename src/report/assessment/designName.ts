import type { ProcedureSpec } from "../../procedure/index.js";

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

/** A design with its parameters, in the words of the literature. UNBLINDED: it holds block sizes. */
export function designNames(procedure: ProcedureSpec): DesignNames {
  const names = plainNames(procedure);
  return procedure.mergedArms === true ? { ...names, name: `${names.name}, over equal arms that are merged` } : names;
}

function plainNames(spec: ProcedureSpec): DesignNames {
  switch (spec.kind) {
    case "complete":
      return { name: "complete randomization", label: "CR", family: "no restriction" };
    case "random-allocation-rule":
      return { name: "random allocation rule", label: "RAR", family: "no restriction" };
    case "permuted-block": {
      const { sizes, weights, lastBlock = "whole" } = spec;
      const chances =
        weights === undefined ? "" : weights === "pascal" ? " (binomial weights)" : ` (weights ${weights.join(":")})`;
      return {
        name: `permuted blocks of ${listed(sizes)}${chances}${LAST[lastBlock]}`,
        label: `PB ${sizes.join(", ")}`,
        family: "blocks",
      };
    }
    case "truncated-binomial":
      return spec.size === undefined
        ? { name: "truncated binomial design", label: "TB", family: "no restriction" }
        : { name: `truncated binomial design in blocks of ${spec.size}`, label: `TB ${spec.size}`, family: "blocks" };
    case "hadamard":
      return { name: "Hadamard randomization", label: "HADA", family: "blocks" };
    case "maximal":
      return {
        name: `maximal procedure, tolerance ${spec.tolerance}`,
        label: `MP ${spec.tolerance}`,
        family: "tolerance",
      };
    case "big-stick":
      return {
        name: `big stick design, tolerance ${spec.tolerance}`,
        label: `BSD ${spec.tolerance}`,
        family: "tolerance",
      };
    case "chen":
      return {
        name: `Chen's biased coin design, p = ${spec.probability}, tolerance ${spec.tolerance}`,
        label: `Chen ${spec.probability}, ${spec.tolerance}`,
        family: "tolerance",
      };
    case "ehrenfest":
      return {
        name: `Ehrenfest urn design, tolerance ${spec.tolerance}`,
        label: `EUD ${spec.tolerance}`,
        family: "tolerance",
      };
    case "efron":
      return {
        name: `Efron's biased coin, p = ${spec.probability}`,
        label: `EBC ${spec.probability}`,
        family: "biased coin",
      };
    case "adjustable-biased-coin":
      return {
        name: `adjustable biased coin, steepness ${spec.steepness}`,
        label: `ABC ${spec.steepness}`,
        family: "biased coin",
      };
    case "generalized-biased-coin":
      return {
        name: `generalized biased coin, exponent ${spec.exponent}`,
        label: `GBC ${spec.exponent}`,
        family: "biased coin",
      };
    case "bayesian-biased-coin":
      return { name: `Bayesian biased coin, gamma ${spec.gamma}`, label: `BBC ${spec.gamma}`, family: "biased coin" };
    case "doubly-adaptive":
      return {
        name: `doubly adaptive biased coin, gamma ${spec.gamma}`,
        label: `DBC ${spec.gamma}`,
        family: "biased coin",
      };
    case "maximum-entropy":
      return { name: `maximum entropy design, eta ${spec.eta}`, label: `ME ${spec.eta}`, family: "biased coin" };
    case "minimum-quadratic-distance":
      return {
        name: `minimum quadratic distance design, eta ${spec.eta}`,
        label: `MQD ${spec.eta}`,
        family: "biased coin",
      };
    case "brick-tunnel":
      return { name: "brick tunnel randomization", label: "BT", family: "tolerance" };
    case "wei":
      return {
        name: `Wei's urn, ${spec.initial} and ${spec.added}`,
        label: `UD ${spec.initial}, ${spec.added}`,
        family: "urn",
      };
    case "block-urn":
      return { name: `block urn design, lambda ${spec.lambda}`, label: `BUD ${spec.lambda}`, family: "urn" };
    case "mass-weighted-urn":
      return { name: `mass weighted urn, alpha ${spec.alpha}`, label: `MWU ${spec.alpha}`, family: "urn" };
    case "drop-the-loser":
      return {
        name: `drop-the-loser rule, ${spec.immigration} immigrating`,
        label: `DL ${spec.immigration}`,
        family: "urn",
      };
  }
}
