import { describe, expect, it } from "vitest";
import { type CohortSeen, type EscalationRuleSpec, type NextStep } from "../../src/escalation/index.js";
import { stepsOf } from "../../src/escalation/nextStep.js";
import { arc4Stream, below } from "../../src/random/index.js";
import {
  boinSpec,
  designOf,
  i3plus3Spec,
  mtpi2Spec,
  threeByThreeSpec,
  threePlusThreeSpec,
} from "../support/escalationDesigns.js";
import { secondAnswer, secondPending, type SecondCohort, type SecondDesign } from "./escalation/secondProgram.js";

/** 10,000 histories of each rule, in parts, so that a slow machine ends each of them in time. */
const HISTORIES = 1_000;
const PARTS = Array.from({ length: 10 }, (_, part) => String(part));

type Draw = (n: number) => number;
const pick = <T>(draw: Draw, values: readonly T[]): T => values[draw(values.length)]!;

/** Edge rules at random. */
const edges = (draw: Draw) => ({
  cohorts: pick(draw, [[3], [1, 2, 3], [2]]),
  maxTotal: pick(draw, [9, 12, 17, 24]),
  lastCohort: pick(draw, ["cut", "not-opened"] as const),
  atLowest: pick(draw, ["stay", "stop"] as const),
  atHighest: pick(draw, ["stay", "stop"] as const),
  reescalation: pick(draw, ["allowed", "never"] as const),
  minToEscalate: pick(draw, [0, 3]),
  maxAtLevel: pick(draw, ["none", 9] as const),
  earlyStop: pick(draw, ["none", { atLevel: 6, when: "reached" }, { atLevel: 6, when: "stay" }] as const),
  stopCohortWhenDecided: draw(2) === 1,
});
const targets = (draw: Draw) => ({ ...edges(draw), extraSafe: pick(draw, ["none", { offset: "0.05" }] as const) });
const SHARES = ["1/5", "1/4", "3/10"];

const RULES: Readonly<Record<string, (draw: Draw) => EscalationRuleSpec>> = {
  "3+3": (draw) => {
    const variant = pick(draw, ["escalate-only", "de-escalate"] as const);
    const six = variant === "de-escalate" && draw(2) === 1;
    const maxTotal = pick(draw, ["none", 9, 15] as const);
    return threePlusThreeSpec(variant, six, { maxTotal, stopCohortWhenDecided: draw(2) === 1 });
  },
  "own-table": (draw) =>
    threeByThreeSpec(pick(draw, [1, 2]), {
      ...edges(draw),
      cohorts: [3],
      maxAtLevel: 3,
      maxTotal: pick(draw, [9, 12]),
    }),
  boin: (draw) => boinSpec(pick(draw, SHARES), targets(draw)),
  "i3+3": (draw) => i3plus3Spec(pick(draw, SHARES), "1/20", targets(draw)),
  "mtpi-2": (draw) => mtpi2Spec(pick(draw, SHARES), "1/20", targets(draw)),
};

const seenOf = ({ level, safe, toxic, pending = 0 }: SecondCohort & { readonly pending?: number }): CohortSeen => ({
  level,
  without: safe,
  dlt: toxic,
  pending,
});

const plain = ({ action, level, size, recommended }: NextStep): object => ({
  action,
  level,
  size,
  ...(recommended === undefined ? {} : { recommended }),
});

/** Now and then up to two outcomes of a cohort are not known yet. */
function hidden(draw: Draw, { safe, toxic }: SecondCohort): { safe: number; toxic: number; pending: number } {
  const [lessSafe, lessToxic] = draw(4) === 0 ? [Math.min(safe, draw(2)), Math.min(toxic, draw(2))] : [0, 0];
  return { safe: safe - lessSafe, toxic: toxic - lessToxic, pending: lessSafe + lessToxic };
}

describe(
  "a second program, written from docs/escalation.md alone by somebody who had not read src",
  { tags: ["ESC-001", "ESC-002", "ESC-003", "ESC-004", "ESC-005"] },
  () => {
    it.each(Object.keys(RULES).flatMap((kind) => PARTS.map((part) => [kind, part] as const)))(
      "agrees on 1,000 random histories of %s, part %s",
      (kind, part) => {
        const stream = arc4Stream(part.repeat(64));
        const draw: Draw = (n) => below(stream, n);
        let [seen, stops] = [0, 0];
        while (seen < HISTORIES) {
          const levels = 2 + draw(3);
          const design = designOf(levels, RULES[kind]!(draw), 1 + draw(2));
          const nextAfter = stepsOf(design);
          const history: SecondCohort[] = [];
          for (let k = 0; k < 8; k += 1) {
            const mine = nextAfter(history.map(seenOf));
            const theirs = secondAnswer(design, history);
            const { level, size } = mine;
            expect(theirs, JSON.stringify([design, history])).toEqual(plain(mine));
            // The same with outcomes that are not known yet.
            const waiting = history.map((cohort, i) => {
              // A table of one's own has cells for whole cohorts at the levels that it leads to, and for no others.
              const isKnown = kind === "own-table" && i < history.length - 1;
              return { ...cohort, ...(isKnown ? { pending: 0 } : hidden(draw, cohort)) };
            });
            expect(secondPending(design as SecondDesign, waiting), JSON.stringify([design, waiting])).toEqual(
              plain(nextAfter(waiting.map(seenOf))),
            );
            seen += 1;
            if (level === null) {
              stops += 1;
              break;
            }
            // Now and then people treat at another level than the rule said; a cohort may be open.
            const at = kind !== "own-table" && draw(8) === 0 ? 1 + draw(levels) : level;
            const people = at === level && draw(5) === 0 ? 1 + draw(size) : size;
            const toxic = Array.from({ length: people }, () => draw(4)).filter((face) => face === 0).length;
            history.push({ level: at, safe: people - toxic, toxic });
          }
        }
        expect(stops).toBeGreaterThan(10);
      },
    );
  },
);
