import { drawBall } from "../../src/procedure/draw.js";
import type { Urn } from "../../src/procedure/urn.js";
import { ScriptedSource } from "./scriptedSource.js";
import { fraction, lowest, ONE, plus, times, type Fraction } from "../../src/quantity/index.js";

/** Draws one ball with every one of the words 0 ... total - 1 and counts how often each ball comes. */
export function tallyDraws(balls: readonly (number | bigint)[]): { total: number; tally: readonly number[] } {
  const total = balls.reduce((sum: number, count) => sum + Number(count), 0);
  if (!Number.isSafeInteger(total) || total > 100_000) throw new Error(`${total} words are too many to replay`);
  const tally = balls.map(() => 0);
  for (let word = 0; word < total; word += 1) {
    const source = new ScriptedSource([word]);
    const ball = drawBall(balls, source);
    if (source.used !== 1) throw new Error("a draw must take exactly one word");
    tally[ball] = (tally[ball] ?? 0) + 1;
  }
  return { total, tally };
}

/**
 * The exact law of the lists that `drawBall` makes: at every state all words below the number of balls are replayed,
 * and what each of them leads to is followed, hidden balls included. No ball count is used as a probability here.
 */
export function replayDraws<State>(urn: Urn<State>, rows: number): ReadonlyMap<string, Fraction> {
  const law = new Map<string, Fraction>();
  const walk = (state: State, arms: string, rowsDone: number, probability: Fraction, hidden: number): void => {
    if (rowsDone === rows) {
      const known = law.get(arms);
      law.set(arms, known === undefined ? probability : lowest(plus(known, probability)));
      return;
    }
    if (hidden > 8) throw new Error("too many hidden draws to replay");
    const { total, tally } = tallyDraws(urn.balls(state, undefined));
    tally.forEach((words, ball) => {
      if (words === 0) return;
      const share = lowest(times(probability, fraction(words, total)));
      const next = urn.after(state, ball, undefined);
      if (ball < urn.arms) walk(next, arms + String(ball), rowsDone + 1, share, 0);
      else walk(next, arms, rowsDone, share, hidden + 1);
    });
  };
  walk(urn.start, "", 0, ONE, 0);
  return law;
}

/** Runs every script of words to its end, none merged, and counts the lists: the number of scripts that give each. */
export function countScripts<State>(urn: Urn<State>, rows: number): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const walk = (state: State, arms: string): void => {
    if (arms.length === rows) {
      counts.set(arms, (counts.get(arms) ?? 0) + 1);
      return;
    }
    const balls = urn.balls(state, undefined);
    const total = balls.reduce((sum: number, count) => sum + Number(count), 0);
    for (let word = 0; word < total; word += 1) {
      const ball = drawBall(balls, new ScriptedSource([word]));
      walk(urn.after(state, ball, undefined), ball < urn.arms ? arms + String(ball) : arms);
    }
  };
  walk(urn.start, "");
  return counts;
}
