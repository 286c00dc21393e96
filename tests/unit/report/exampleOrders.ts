import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { prepare, resolveTrialDose, type Preparation, type PreparationOrder } from "../../../src/dose/index.js";
import type { DocumentDetails } from "../../../src/report/index.js";
import { defineTrial, type AssumptionInputs, type Trial } from "../../../src/trial/index.js";
import { trialById } from "../../../src/trials/index.js";

/** A built-in trial, or the file of one beside its order. */
const trialOf = (name: string): Trial =>
  name.endsWith(".yaml")
    ? defineTrial(parse(readFileSync(new URL(`../../../examples/protocol/${name}`, import.meta.url), "utf8")))
    : trialById(name);

interface Example {
  readonly trial?: string;
  readonly part?: string;
  readonly arm?: string;
  readonly assumptions?: AssumptionInputs;
  readonly order: PreparationOrder;
  readonly document: DocumentDetails;
}

export const EXAMPLES: readonly string[] = [
  "sle/order.yaml",
  "uc/order.yaml",
  "t1d/order.yaml",
  "t2d/order.yaml",
  "products/order-ryoncil.yaml",
];

/** Examples of further ways of dosing: what they print is not frozen yet. */
export const WAYS: readonly string[] = [
  ...["casgevy", "breyanzi", "omisirge"].map((id) => `products/order-${id}.yaml`),
  "protocol/order-per-m2.yaml",
  "protocol/order-of-trial-per-m2.yaml",
];

/** What the label of examples/sle/order.yaml says in its code. */
export const SLE_BAG = {
  trialCode: "NCT07041801",
  kit: "K-1047",
  administration: "1",
  subject: "S02-003",
  startBy: "2026-03-19T12:15",
  expiresAt: "2026-03-19T13:00",
};

/**
 * An example's preparation as a program makes it, without the command line; changed at will.
 *
 * @param answers - of the trial, in place of the example's
 */
export function prepareExample(
  name: string,
  change: (order: PreparationOrder) => PreparationOrder = (order) => order,
  arm?: string,
  answers: AssumptionInputs = {},
): { readonly preparation: Preparation; readonly document: DocumentDetails } {
  const example = parse(readFileSync(`examples/${name}`, "utf8")) as Example;
  const { trial, part, assumptions = {}, document } = example;
  const ofPlacebo = arm === "placebo" ? { "placebo.composition": "saline" } : {};
  const order =
    trial === undefined
      ? example.order
      : {
          ...example.order,
          dose: {
            ...example.order.dose,
            from: "trial" as const,
            trial: resolveTrialDose({
              trial: trialOf(trial),
              arm: arm ?? example.arm ?? "",
              ...(part === undefined ? {} : { part }),
              assumptions: { ...assumptions, ...answers, ...ofPlacebo },
            }),
          },
        };
  return { preparation: prepare(change(order)), document };
}

/** Text of a document without its tags and its style. */
export const plainText = (html: string): string =>
  html
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
