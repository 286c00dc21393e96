import {
  ALGORITHMS,
  generateSequence,
  minimization,
  readyProcedure,
  type ProcedureKind,
} from "../src/procedure/index.js";
import { arc4Stream } from "../src/random/index.js";
import { below } from "../src/random/below.js";
import { measure, show } from "./measure.js";

/** Parameters with a small state, in which a procedure walks its tables; the others are in the second list. */
const SMALL: Partial<Record<ProcedureKind, object>> = {
  complete: {},
  "permuted-block": { sizes: [4, 8] },
  "truncated-binomial": { size: 4 },
  "big-stick": { tolerance: 3 },
  efron: { probability: "2/3" },
  chen: { probability: "2/3", tolerance: 3 },
  ehrenfest: { tolerance: 4 },
  "adjustable-biased-coin": { steepness: "3/2" },
  hadamard: { lastBlock: "cut" },
  "block-urn": { lambda: 3 },
  "mass-weighted-urn": { alpha: 4 },
  "drop-the-loser": { immigration: 1 },
  "maximum-entropy": { eta: "1/2" },
  "minimum-quadratic-distance": { eta: "1/2" },
  "brick-tunnel": {},
};
/** Procedures whose state grows with the list, over a list of ordinary length. */
const GROWING: Partial<Record<ProcedureKind, object>> = {
  "random-allocation-rule": {},
  maximal: { tolerance: 3 },
  "generalized-biased-coin": { exponent: "2" },
  wei: { initial: 1, added: 2 },
  "bayesian-biased-coin": { gamma: "1/10" },
  "doubly-adaptive": { gamma: "2" },
};

/** ns an allocation of every list procedure, 1:1, beside a plain fair coin; then minimization a participant. */
export function procedureRows(rounds: number, million: number): string[][] {
  const plain = measure(rounds, million, () => {
    const arms = new Uint8Array(million);
    let x = 1;
    for (let i = 0; i < million; i += 1) {
      x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
      arms[i] = x >>> 31;
    }
    return arms;
  }).median;
  const rowsOf = (kinds: Partial<Record<ProcedureKind, object>>, rows: number, target: string): string[][] =>
    Object.entries(kinds).map(([kind, parameters]) => {
      const { urn, wholeLastBlock } = readyProcedure({ kind, ...parameters } as never, [1, 1], rows);
      const time = measure(Math.min(rounds, 3), rows, () =>
        generateSequence(
          urn,
          { rows, wholeLastBlock },
          {
            allocation: arc4Stream("00".repeat(32)),
            blockSizes: arc4Stream("01".repeat(32)),
          },
        ),
      );
      return [
        `${ALGORITHMS[kind as ProcedureKind]}, of ${rows}`,
        show(time.median),
        show(time.best),
        show(plain),
        (time.median / plain).toFixed(1),
        target,
      ];
    });
  return [
    ...rowsOf(SMALL, million, "<= 150 ns"),
    ...rowsOf(GROWING, Math.min(million, 600), ""),
    minimizationRow(rounds, plain),
  ];
}

/** Pocock and Simon with 4 factors and 3 arms: balls, draw and count of each participant. */
function minimizationRow(rounds: number, plain: number): string[] {
  const participants = 2000;
  const urn = minimization({
    ratio: [1, 1, 1],
    factors: [{ levels: 2 }, { levels: 3 }, { levels: 2 }, { levels: 10 }],
    measure: "range",
    law: { kind: "fixed", probability: "0.8" },
  });
  const profiles = Array.from({ length: participants }, (_, i) => [i % 2, i % 3, (i >> 1) % 2, i % 10]);
  const time = measure(rounds, participants, () => {
    const stream = arc4Stream("00".repeat(32));
    let state = urn.start;
    for (const profile of profiles) {
      const balls = urn.balls(state, profile) as readonly number[];
      let x = below(
        stream,
        balls.reduce((sum, count) => sum + count, 0),
      );
      let arm = 0;
      while (x >= balls[arm]!) {
        x -= balls[arm]!;
        arm += 1;
      }
      state = urn.after(state, arm, profile);
    }
    return state;
  });
  return [
    "Pocock-Simon, 4 factors, 3 arms, a participant",
    show(time.median),
    show(time.best),
    show(plain),
    (time.median / plain).toFixed(0),
    "<= 5 µs",
  ];
}
