import { fail } from "../foundation/index.js";
import { below, type WordSource } from "../random/index.js";
import type { Balls } from "./urn.js";

/**
 * Draws one ball: x = below(number of balls), and the ball in whose run x lies when the runs are laid out in order.
 *
 * A bounded draw is made also when a single ball is left, so that every row of a list takes exactly one draw and can be
 * audited by itself.
 *
 * @param balls - counts >= 0, numbers or bigints (one bigint makes the draw a big one), with at least one ball
 * @returns index of the drawn ball
 * @throws AllocellError `procedure.urn_empty` if there is no ball
 */
export function drawBall(balls: readonly Balls[], source: WordSource): number {
  if (balls.every((count) => typeof count === "number")) {
    let total = 0;
    for (const count of balls) total += count;
    if (total <= 0) return emptyUrn();
    let x = below(source, total);
    for (let i = 0; i < balls.length; i += 1) {
      const count = balls[i] as number;
      if (x < count) return i;
      x -= count;
    }
  } else {
    let total = 0n;
    for (const count of balls) total += BigInt(count);
    if (total <= 0n) return emptyUrn();
    let x = below(source, total);
    for (let i = 0; i < balls.length; i += 1) {
      const count = BigInt(balls[i] as Balls);
      if (x < count) return i;
      x -= count;
    }
  }
  return emptyUrn();
}

function emptyUrn(): never {
  return fail("procedure.urn_empty", "balls", "The urn holds no ball: nobody more can be assigned.");
}
