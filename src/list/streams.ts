import { requirePlan } from "./requireList.js";
import { fail } from "../foundation/index.js";
import { ALGORITHMS, type SequenceSources } from "../procedure/index.js";
import { arc4Stream, deriveStreamKey, rWordSource, type Seed, type WordSource } from "../random/index.js";
import type { Plan } from "./plan.js";
import type { Stratum } from "./strata.js";

/** The frozen name of everything that decides the rows: the procedure's, and the stream's where it is not the default. */
export function algorithmOf(plan: Plan): string {
  requirePlan(plan);
  const procedure = ALGORITHMS[plan.procedure.kind];
  return plan.stream === "r-mersenne-twister" ? `${procedure}/r-mt-1` : procedure;
}

/**
 * The streams of a list, by stratum.
 *
 * `arc4`: every stratum and purpose has a stream of its own, derived from the seed. `r-mersenne-twister`: one stream,
 * set.seed(n) with n the whole number that the text of the TEST seed says, serves all draws of all strata one after the
 * other. R's seed has 32 bits and can be guessed, so it makes TEST lists only; and a stratum that is not the last one
 * cannot be lengthened without changing those that follow.
 *
 * @throws AllocellError `list.stream_test_only` for a LIVE seed with R's stream; `random.seed_not_whole`
 */
export function streamsOf(plan: Plan, seed: Seed): (stratum: Stratum) => SequenceSources {
  if (plan.stream === "r-mersenne-twister") {
    if (seed.kind === "LIVE") {
      fail("list.stream_test_only", "stream", "R's stream has a seed of 32 bits, which can be guessed: no LIVE list.", {
        expected: "a TEST seed that is a whole number, or the default stream",
        received: "a LIVE seed",
      });
    }
    const stream = rWordSource(seed.wholeNumber());
    return () => ({ allocation: stream, blockSizes: stream });
  }
  const algorithm = algorithmOf(plan);
  return ({ levels }) => {
    const stream = (purpose: "allocation" | "block-sizes"): WordSource =>
      arc4Stream(deriveStreamKey(seed, { algorithm, list: plan.list, purpose, stratum: levels }));
    return { allocation: stream("allocation"), blockSizes: startedLate(() => stream("block-sizes")) };
  };
}

/** A source whose stream is keyed only when its first word is asked for: many procedures never ask. */
function startedLate(start: () => WordSource): WordSource {
  let source: WordSource | undefined;
  return { nextWord: () => (source ??= start()).nextWord() };
}
