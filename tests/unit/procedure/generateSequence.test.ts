import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawBall, generateSequence, permutedBlock, type Sequence, type Urn } from "../../../src/procedure/index.js";
import { StateTable } from "../../../src/procedure/stateTable.js";
import { arc4Stream, type WordSource } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";
import { ScriptedSource } from "../../support/scriptedSource.js";

const keyOf = (n: number, use: string): string => (n.toString(16).padStart(8, "0") + use).padEnd(64, "7");
const sources = (n: number): { allocation: WordSource; blockSizes: WordSource } => ({
  allocation: arc4Stream(keyOf(n, "a")),
  blockSizes: arc4Stream(keyOf(n, "b")),
});
const zeros: WordSource = { nextWord: () => 0 };

/** A second calculation, without tables: straight from the urn's definition. */
function plainly<State>(urn: Urn<State>, rows: number, whole: boolean, from: ReturnType<typeof sources>): Sequence {
  const arms: number[] = [];
  const blockStarts: number[] = [];
  let blockEnd = 0;
  let state = urn.start;
  while (arms.length < (whole ? Math.max(rows, blockEnd) : rows)) {
    const block = urn.blockAt?.(state) ?? 0;
    if (block > 0) {
      blockStarts.push(arms.length);
      blockEnd = arms.length + block;
    }
    const balls = urn.balls(state, undefined);
    const isHidden = balls.slice(0, urn.arms).every((count) => Number(count) === 0);
    const ball = drawBall(balls, isHidden ? from.blockSizes : from.allocation);
    if (ball < urn.arms) arms.push(ball);
    state = urn.after(state, ball, undefined);
  }
  const ends = [...blockStarts.slice(1), blockEnd];
  return { arms: Uint8Array.from(arms), blockStarts, blockSizes: blockStarts.map((start, i) => ends[i]! - start) };
}

/** Balls that grow with every draw, so that no state comes twice: `step` more of the drawn arm. */
function growing(step: bigint | number, hidden: boolean): Urn<readonly (number | bigint)[]> {
  return {
    arms: 2,
    start: hidden ? [0, 0, 1] : [typeof step, typeof step].map((type) => (type === "bigint" ? 1n : 1)),
    balls: (state) => state,
    after: (state, ball) =>
      ball === 2
        ? [typeof step === "bigint" ? 1n : 1, typeof step === "bigint" ? 2n : 2, 0]
        : state.map((count, i) =>
            i === ball ? (typeof count === "bigint" ? count + BigInt(step) : count + Number(step)) : count,
          ),
  };
}

describe("generateSequence", () => {
  const ratios = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 5 });
  const plan = ratios.chain((ratio) =>
    fc.record({
      ratio: fc.constant(ratio),
      multiples: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
      rows: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 490, max: 1200 })), // tables from 500 rows on
      whole: fc.boolean(),
      key: fc.nat(),
    }),
  );

  it("gives by tables what the urn's definition gives", () => {
    fc.assert(
      fc.property(plan, ({ ratio, multiples, rows, whole, key }) => {
        const sum = ratio.reduce((a, b) => a + b, 0);
        const urn = permutedBlock({ ratio, sizes: multiples.map((m) => m * sum) });
        const drawn = generateSequence(urn, { rows, wholeLastBlock: whole }, sources(key));
        expect(drawn).toEqual(plainly(urn, rows, whole, sources(key)));
      }),
      { numRuns: 200 },
    );
  });

  it("goes on without tables after 20,000 states, in the same words", () => {
    // A state each row: 30,000 rows leave the tables on the way.
    const urn = growing(1, false);
    expect(generateSequence(urn, { rows: 30_000 }, sources(1))).toEqual(plainly(urn, 30_000, false, sources(1)));
  });

  it("leaves the tables inside a block without losing it", () => {
    // Six arms of four have (4 + 1)^6 = 15,625 states, of eight and ten more: the tables overflow in a block.
    const options = { ratio: [1, 1, 1, 1, 1, 1], sizes: [48, 60] };
    const urn = permutedBlock(options);
    const drawn = generateSequence(urn, { rows: 40_000, wholeLastBlock: true }, sources(2));
    expect(drawn).toEqual(plainly(urn, 40_000, true, sources(2)));
    const table = new StateTable(urn);
    let at = 0;
    const from = sources(2);
    for (let row = 0; row < 40_000 && table.size <= 20_000; row += 1) {
      const state = table.state(at);
      at = table.follow(
        at,
        drawBall(urn.balls(state, undefined), state.size === 0 ? from.blockSizes : from.allocation),
      );
    }
    expect(table.size).toBeGreaterThan(20_000); // so that this test tests what it says
  });

  it.each([
    ["numbers beyond 2^31", 2 ** 30, false],
    ["numbers beyond 2^32", 2 ** 43, false],
    ["bigints within a word", 3n, false],
    ["bigints beyond 2^64", 2n ** 61n, false],
    ["bigints after a hidden ball", 2n ** 40n, true],
  ])("draws big balls as the definition does: %s", (_, step, hidden) => {
    const urn = growing(step, hidden);
    expect(generateSequence(urn, { rows: 60 }, sources(3))).toEqual(plainly(urn, 60, false, sources(3)));
    expect(generateSequence(urn, { rows: 500 }, sources(3))).toEqual(plainly(urn, 500, false, sources(3)));
  });

  it("fills exactly, with small and with big counts of fillings, as the definition does", () => {
    for (const fill of [12, 58, 300, 1000]) {
      const urn = permutedBlock({ ratio: [1, 1], sizes: [2, 4, 6], weights: [7, 5, 3], fill });
      const drawn = generateSequence(urn, { rows: fill, wholeLastBlock: true }, sources(fill));
      expect(drawn).toEqual(plainly(urn, fill, true, sources(fill)));
      expect(drawn.blockSizes.reduce((a, b) => a + b, 0)).toBe(fill);
    }
  });

  it("takes one allocation word a row and one size word a block, refusals apart", () => {
    const allocation = new ScriptedSource([0, 0, 2 ** 32 - 1, 0, 0]); // at 3 balls the last word is refused
    const blockSizes = new ScriptedSource([1]);
    const urn = permutedBlock({ ratio: [1, 1], sizes: [2, 4] });
    expect([...generateSequence(urn, { rows: 4 }, { allocation, blockSizes }).arms]).toEqual([0, 0, 1, 1]);
    const again = new ScriptedSource([0, 2 ** 32 - 1, 0, 0, 0]);
    generateSequence(urn, { rows: 4 }, { allocation: again, blockSizes: new ScriptedSource([1]) });
    expect([allocation.used, blockSizes.used, again.used]).toEqual([4, 1, 5]);
  });

  it("draws no size of a block that no row needs", () => {
    const blockSizes = new ScriptedSource([0, 0]);
    const urn = permutedBlock({ ratio: [1, 1], sizes: [2, 4] });
    const { blockStarts } = generateSequence(urn, { rows: 4 }, { allocation: zeros, blockSizes });
    expect(blockStarts).toEqual([0, 2]);
  });

  it("keeps the last block whole or cuts it, and says its full size", () => {
    const urn = permutedBlock({ ratio: [1, 1], sizes: [4] });
    const at = (rows: number, wholeLastBlock: boolean): Sequence =>
      generateSequence(urn, { rows, wholeLastBlock }, { allocation: zeros, blockSizes: zeros });
    expect(at(6, true)).toEqual({
      arms: Uint8Array.of(0, 0, 1, 1, 0, 0, 1, 1),
      blockStarts: [0, 4],
      blockSizes: [4, 4],
    });
    expect(at(6, false)).toEqual({ arms: Uint8Array.of(0, 0, 1, 1, 0, 0), blockStarts: [0, 4], blockSizes: [4, 4] });
    expect(at(8, true)).toEqual(at(8, false));
    expect(at(1, true).arms).toHaveLength(4);
  });

  it("has no blocks where the urn has none", () => {
    const coin: Urn<number> = { arms: 2, start: 0, balls: () => [1, 1], after: () => 0 };
    expect(generateSequence(coin, { rows: 3, wholeLastBlock: true }, sources(5))).toMatchObject({
      blockStarts: [],
      blockSizes: [],
    });
  });
});

describe("what generateSequence refuses", () => {
  const urn = permutedBlock({ ratio: [1, 1], sizes: [2] });
  it.each([0, -1, 1.5, NaN, Infinity, 100_000_001])("%s rows", (rows) => {
    expect(issueOf(() => generateSequence(urn, { rows }, sources(1)))).toMatchObject({
      code: "procedure.rows_invalid",
      path: "rows",
      received: String(rows),
    });
  });

  it("more than 256 arms, and not 256", () => {
    const wide = (arms: number): Urn<number> => ({
      arms,
      start: 0,
      balls: () => Array.from({ length: arms }, () => 1),
      after: () => 0,
    });
    expect(issueOf(() => generateSequence(wide(257), { rows: 1 }, sources(1))).code).toBe("procedure.arms_too_many");
    expect(Math.max(...generateSequence(wide(256), { rows: 5_000 }, sources(1)).arms)).toBe(255);
  });

  it("an urn that comes to its end", () => {
    const three: Urn<number> = { arms: 2, start: 3, balls: (left) => [left > 0 ? 1 : 0, 0], after: (left) => left - 1 };
    expect(generateSequence(three, { rows: 3 }, sources(1)).arms).toHaveLength(3);
    expect(issueOf(() => generateSequence(three, { rows: 4 }, sources(1)))).toMatchObject({
      code: "procedure.urn_empty",
      path: "rows",
      expected: "at most 3 rows",
      received: "4",
    });
  });

  it("an urn that gets more kinds of balls on its way, which would spoil the tables", () => {
    const widening: Urn<number> = { arms: 2, start: 0, balls: (n) => (n === 0 ? [1, 1] : [1, 1, 0]), after: () => 1 };
    expect(issueOf(() => generateSequence(widening, { rows: 500 }, sources(1))).code).toBe("procedure.urn_invalid");
  });
});
