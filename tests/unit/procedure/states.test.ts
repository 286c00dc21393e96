import { describe, expect, it } from "vitest";
import { bigStick } from "../../../src/procedure/bigStick.js";
import { blockUrn } from "../../../src/procedure/blockUrn.js";
import { brickTunnel } from "../../../src/procedure/brickTunnel.js";
import { chen } from "../../../src/procedure/chen.js";
import { complete } from "../../../src/procedure/complete.js";
import { drawBall } from "../../../src/procedure/draw.js";
import { dropTheLoser } from "../../../src/procedure/dropTheLoser.js";
import { efron } from "../../../src/procedure/efron.js";
import { ehrenfest } from "../../../src/procedure/ehrenfest.js";
import { generateSequence } from "../../../src/procedure/generateSequence.js";
import { hadamard } from "../../../src/procedure/hadamard.js";
import { massWeightedUrn } from "../../../src/procedure/massWeightedUrn.js";
import { maximal } from "../../../src/procedure/maximal.js";
import { mergedArms } from "../../../src/procedure/mergedArms.js";
import { permutedBlock } from "../../../src/procedure/permutedBlock.js";
import { randomAllocationRule } from "../../../src/procedure/randomAllocationRule.js";
import { stateText } from "../../../src/procedure/stateText.js";
import { truncatedBinomial } from "../../../src/procedure/truncatedBinomial.js";
import type { Urn } from "../../../src/procedure/urn.js";
import { wei } from "../../../src/procedure/wei.js";
import { arc4Stream, type WordSource } from "../../../src/random/index.js";

const ratio = [1, 1];
const urns: readonly (readonly [string, unknown])[] = [
  ["CR 2:1", complete({ ratio: [2, 1] })],
  ["RAR", randomAllocationRule({ totals: [400, 200] })],
  ["TBD", truncatedBinomial({ ratio: [2, 1], totals: [400, 200] })],
  ["TBD blocks", truncatedBinomial({ ratio: [1, 1, 1], size: 12 })],
  ["MP", maximal({ ratio: [2, 1], rows: 600, tolerance: 3 })],
  ["BSD", bigStick({ ratio, tolerance: 3 })],
  ["EBC", efron({ ratio, probability: "2/3" })],
  ["CHEN", chen({ ratio, probability: "0.7", tolerance: 4 })],
  ["EUD", ehrenfest({ ratio, tolerance: 5 })],
  ["UD", wei({ ratio: [1, 1, 1], initial: 0, added: 1 })],
  ["HADA", hadamard({ ratio })],
  ["BUD", blockUrn({ ratio: [3, 2, 1], lambda: 2 })],
  ["MWUD", massWeightedUrn({ ratio: [3, 2, 1], alpha: "7/2" })],
  ["DL", dropTheLoser({ ratio: [2, 1], immigration: 1 })],
  ["BTR", brickTunnel({ ratio: [5, 3] })],
  ["merged BUD", mergedArms({ ratio: [3, 2], procedure: (r) => blockUrn({ ratio: r, lambda: 2 }) })],
  ["merged PBR", mergedArms({ ratio: [2, 1], procedure: (r) => permutedBlock({ ratio: r, sizes: [3, 6] }) })],
  ["merged DL", mergedArms({ ratio: [2, 1], procedure: (r) => dropTheLoser({ ratio: r, immigration: 1 }) })],
];

function source(digit: string): WordSource {
  return arc4Stream(digit.repeat(64));
}

describe.each(urns)("%s", (_, made) => {
  const urn = made as Urn<unknown>;
  const rows = 600;

  it("gives the same list through the tables as ball by ball", () => {
    const tabled = generateSequence(urn, { rows }, { allocation: source("a"), blockSizes: source("b") });
    const allocation = source("a");
    const blockSizes = source("b");
    const arms: number[] = [];
    let state = urn.start;
    while (arms.length < rows) {
      const balls = urn.balls(state, undefined);
      const canAssign = balls.slice(0, urn.arms).some((count) => count > 0);
      const ball = drawBall(balls, canAssign ? allocation : blockSizes);
      if (ball < urn.arms) arms.push(ball);
      state = urn.after(state, ball, undefined);
    }
    expect([...tabled.arms]).toEqual(arms);
    expect(new Set(arms).size).toBe(urn.arms);
  });

  it("leaves its states as they were and gives none negative", () => {
    const words = source("c");
    let state = urn.start;
    for (let i = 0; i < 200; i += 1) {
      const before = stateText(state);
      const balls = urn.balls(state, undefined);
      expect(balls.every((count) => count >= 0)).toBe(true);
      const next = urn.after(state, drawBall(balls, words), undefined);
      expect(stateText(state)).toBe(before);
      if (typeof next === "object") expect(Object.isFrozen(next)).toBe(true);
      state = next;
    }
  });
});

/** All states that can be reached, up to a limit that an unbounded procedure would pass. */
function reachable(urn: Urn<unknown>, limit = 5000): number {
  const seen = new Set([stateText(urn.start)]);
  const open = [urn.start];
  for (let state = open.pop(); state !== undefined && seen.size < limit; state = open.pop()) {
    urn.balls(state, undefined).forEach((count, ball) => {
      if (count <= 0) return;
      const next = urn.after(state, ball, undefined);
      const key = stateText(next);
      if (seen.has(key)) return;
      seen.add(key);
      open.push(next);
    });
  }
  return seen.size;
}

describe("states that a list of any length needs", () => {
  it.each<readonly [string, unknown, number]>([
    ["CR", complete({ ratio: [3, 2, 1] }), 1],
    ["BSD 3", bigStick({ ratio, tolerance: 3 }), 7],
    ["CHEN 4", chen({ ratio, probability: "2/3", tolerance: 4 }), 9],
    ["EUD 5", ehrenfest({ ratio, tolerance: 5 }), 11],
    ["HADA", hadamard({ ratio }), 1 + 22 * 12],
    ["TBD blocks of 6", truncatedBinomial({ ratio, size: 6 }), 15],
    ["BUD 3", blockUrn({ ratio, lambda: 3 }), 7],
    ["BTR 2:1", brickTunnel({ ratio: [2, 1] }), 5],
  ])("%s", (_, urn, states) => {
    expect(reachable(urn as Urn<unknown>)).toBe(states);
  });

  it.each<readonly [string, unknown]>([
    ["BUD 2 at 3:2:1", blockUrn({ ratio: [3, 2, 1], lambda: 2 })],
    ["MWUD 7/2 at 3:2:1", massWeightedUrn({ ratio: [3, 2, 1], alpha: "7/2" })],
    ["merged BUD", mergedArms({ ratio: [2, 1], procedure: (r) => blockUrn({ ratio: r, lambda: 2 }) })],
  ])("%s: finitely many", (_, urn) => {
    expect(reachable(urn as Urn<unknown>)).toBeLessThan(2000);
  });
});

describe("blocks", () => {
  it("a block begins where blockAt says, and nowhere else", () => {
    const hada = hadamard({ ratio });
    expect(hada.blockAt?.(0)).toBe(0);
    expect(hada.blockAt?.(hada.after(0, 5, undefined))).toBe(12);
    const blocks = truncatedBinomial({ ratio, size: 4 });
    expect(blocks.blockAt?.(blocks.start)).toBe(4);
    expect(blocks.blockAt?.([1, 2])).toBe(0);
    expect("blockAt" in truncatedBinomial({ ratio, totals: [2, 2] })).toBe(false);
    expect("blockAt" in blockUrn({ ratio, lambda: 3 })).toBe(false);
  });
});
