/* Answers of `allocell prepare --json` for random orders of every way of dosing, for the tests beside this file. */
import { resolve } from "node:path";
import * as fc from "fast-check";
import { AllocellError } from "../../src/foundation/index.js";
import { prepare, type Preparation, type PreparationInput } from "../../src/dose/index.js";
import { orders } from "../independent/preparation/orders.js";
import { productOrders } from "../independent/preparation/productOrders.js";
import { severalOrders, wholeOrders } from "../independent/preparation/ways.js";
import { makeDesk } from "../unit/cli/harness.js";

export interface Answer {
  readonly command: "prepare";
  readonly isReady: boolean;
  readonly preparation: Preparation;
}

/** The shares of the ways of dosing, in tenths. */
const WAYS: readonly (readonly [share: number, orders: fc.Arbitrary<unknown>])[] = [
  [4, orders],
  [2, productOrders],
  [2, wholeOrders],
  [1, severalOrders],
];

function prepared(order: PreparationInput): readonly Answer[] {
  try {
    const preparation = prepare(order);
    return [{ command: "prepare", isReady: preparation.isReady, preparation }];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return [];
  }
}

/** So many answers; what the random orders have refused is not among them. */
function answersOf(arbitrary: fc.Arbitrary<unknown>, count: number): readonly Answer[] {
  const made: Answer[] = [];
  for (let seed = 1; made.length < count; seed += 1) {
    for (const order of fc.sample(arbitrary, { seed, numRuns: count }))
      made.push(...prepared(order as PreparationInput));
  }
  return made.slice(0, count);
}

/** Trials of both kinds of dose: their orders as the command reads them. */
const OF_TRIALS = ["examples/sle/order.yaml", "examples/protocol/order-of-trial-per-m2.yaml"];

/** The orders of trials at random weights. */
async function trialAnswers(count: number): Promise<readonly Answer[]> {
  const desk = makeDesk();
  const weights = fc.integer({ min: 400, max: 1400 }).map((tenths) => String(tenths / 10));
  const all: Answer[] = [];
  for (const file of OF_TRIALS) {
    const { answer } = await desk.json("prepare", resolve(file));
    const { order } = (answer as unknown as Answer).preparation;
    const { weight } = order;
    if (weight === undefined) throw new Error("an order of a trial has a weight");
    const random = weights.map((weightKg) => ({ ...order, weight: { ...weight, weightKg } }));
    all.push(...answersOf(random, Math.ceil(count / OF_TRIALS.length)));
  }
  return all.slice(0, count);
}

/** Answers of every way, one after the other so that any beginning holds all ways. */
export async function randomAnswers(count: number): Promise<readonly Answer[]> {
  const byWay = [
    ...WAYS.map(([share, own]) => answersOf(own, Math.ceil((count * share) / 10))),
    await trialAnswers(Math.ceil(count / 10)),
  ];
  const longest = Math.max(...byWay.map(({ length }) => length));
  const mixed = Array.from({ length: longest }, (_, i) => byWay.flatMap((own) => own[i] ?? []));
  return mixed.flat().slice(0, count);
}
