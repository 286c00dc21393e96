import { describe, expect, it } from "vitest";
import { brickTunnel } from "../../../src/procedure/brickTunnel.js";

describe("brickTunnel", () => {
  it("has the balls of its table at every state, 2:1", () => {
    const urn = brickTunnel({ ratio: [2, 1] });
    // State 2 (n mod 3) + (N_A - f). n = 0: r = 0, r + 2 < 3; n = 1: r = 2; n = 2: r = 1, r + 2 = 3.
    expect([0, 2, 3, 4, 5].map((state) => urn.balls(state, undefined))).toEqual([
      [2, 1],
      [1, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ]);
  });

  it.each([
    [2, 1],
    [5, 7],
    [1, 4],
    [1000, 999],
  ])("%i:%i: the first arm is always one of the two whole numbers next to its share", (first, second) => {
    const urn = brickTunnel({ ratio: [first, second] });
    const sum = first + second;
    for (const preferred of [0, 1]) {
      let state = urn.start;
      let inFirst = 0;
      for (let n = 1; n <= 3 * sum; n += 1) {
        const balls = urn.balls(state, undefined);
        const arm = balls[preferred]! > 0 ? preferred : 1 - preferred;
        state = urn.after(state, arm, undefined);
        if (arm === 0) inFirst += 1;
        expect(Math.abs(inFirst * sum - n * first)).toBeLessThan(sum);
      }
      expect(inFirst).toBe(3 * first);
      expect(state).toBe(urn.start);
    }
  });
});
