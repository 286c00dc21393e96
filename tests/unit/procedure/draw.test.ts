import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawBall } from "../../../src/procedure/index.js";
import { issueOf } from "../../support/issueOf.js";
import { ScriptedSource } from "../../support/scriptedSource.js";

describe("drawBall", () => {
  it("lays the balls out in order and takes the one in whose run x lies", () => {
    const balls = [2, 0, 3, 1];
    const drawn = [0, 1, 2, 3, 4, 5, 6].map((word) => drawBall(balls, new ScriptedSource([word])));
    expect(drawn).toEqual([0, 0, 2, 2, 2, 3, 0]);
  });

  it("takes one bounded draw also when a single ball is left", () => {
    const source = new ScriptedSource([4_000_000_000, 5]);
    expect(drawBall([0, 1, 0], source)).toBe(1);
    expect(source.used).toBe(1);
  });

  it("draws the same from numbers and bigints as long as they fit one word", () => {
    const counts = fc
      .array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 })
      .filter((all) => all.some((n) => n > 0));
    fc.assert(
      fc.property(counts, fc.integer({ min: 0, max: 2 ** 32 - 1 }), (balls, word) => {
        const number = drawBall(balls, new ScriptedSource([word, 0]));
        expect(drawBall(balls.map(BigInt), new ScriptedSource([word, 0]))).toBe(number);
        expect(
          drawBall(
            balls.map((n, i) => (i === 0 ? BigInt(n) : n)),
            new ScriptedSource([word, 0]),
          ),
        ).toBe(number);
        expect(balls[number]).toBeGreaterThan(0);
      }),
    );
  });

  it("draws from more balls than a number holds", () => {
    const balls = [2n ** 64n, 2n ** 64n];
    expect(drawBall(balls, new ScriptedSource([0, 2 ** 32 - 1, 2 ** 32 - 1]))).toBe(0);
    expect(drawBall(balls, new ScriptedSource([1, 0, 0]))).toBe(1);
  });

  it.each([[[0, 0]], [[0n, 0n]], [[]]])("finds no ball in %o", (balls) => {
    expect(issueOf(() => drawBall(balls, new ScriptedSource([])))).toMatchObject({ code: "procedure.urn_empty" });
  });
});
