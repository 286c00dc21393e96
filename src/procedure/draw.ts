import { fail, requireFields } from "../foundation/index.js";
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
  if (!Array.isArray(balls)) requireFields({ balls }, "the balls of an urn by arm", { balls: "a list" });
  let total = 0;
  for (const count of balls) {
    if (typeof count === "bigint") return drawBigBall(balls, source);
    total += count;
  }
  if (total <= 0) return emptyUrn();
  let x = below(source, total);
  let ball = 0;
  while (x >= (balls[ball] as number)) {
    x -= balls[ball] as number;
    ball += 1;
  }
  return ball;
}

function drawBigBall(balls: readonly Balls[], source: WordSource): number {
  const total = balls.reduce<bigint>((sum, count) => sum + BigInt(count), 0n);
  if (total <= 0n) return emptyUrn();
  let x = below(source, total);
  let ball = 0;
  while (x >= BigInt(balls[ball] as Balls)) {
    x -= BigInt(balls[ball] as Balls);
    ball += 1;
  }
  return ball;
}

function emptyUrn(): never {
  return fail("procedure.urn_empty", "balls", "The urn holds no ball: nobody more can be assigned.");
}
