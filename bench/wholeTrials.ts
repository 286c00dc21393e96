import { spawnSync } from "node:child_process";
import { assess, compile, exactMeasures, simulateTrial, suggest, type TrialFrame } from "../src/assessment/index.js";
import { readyProcedure, type ProcedureSpec } from "../src/procedure/index.js";
import { measure, printTable, show } from "./measure.js";

/** Minimization by four factors in base R, as one would write it: a table of counts for each factor, a range, a coin. */
const IN_R = `
trials <- as.integer(commandArgs(TRUE)[1])
levels <- c(10L, 2L, 2L, 2L)
one <- function() {
  counts <- lapply(levels, function(l) matrix(0L, l, 3L))
  for (i in seq_len(300L)) {
    own <- vapply(levels, function(l) sample.int(l, 1L), 1L)
    score <- vapply(1:3, function(k) {
      sum(vapply(1:4, function(f) { x <- counts[[f]][own[f], ]; x[k] <- x[k] + 1L; diff(range(x)) }, 1))
    }, 1)
    best <- which(score == min(score))
    wanted <- best[sample.int(length(best), 1L)]
    arm <- if (runif(1) < 0.8) wanted else sample(setdiff(1:3, wanted), 1L)
    for (f in 1:4) counts[[f]][own[f], arm] <- counts[[f]][own[f], arm] + 1L
  }
  sum(counts[[2]])
}
set.seed(1)
cat(system.time(for (t in seq_len(trials)) one())[["elapsed"]])
`;

/** Nanoseconds that base R takes for one such trial; undefined where there is no Rscript. */
function inRNs(trials: number): number | undefined {
  const { status, stdout } = spawnSync("Rscript", ["--vanilla", "-e", IN_R, String(trials)], { encoding: "utf8" });
  const seconds = Number(stdout);
  return status === 0 && Number.isFinite(seconds) && seconds > 0 ? (seconds * 1e9) / trials : undefined;
}

const levels = (count: number): readonly string[] => Array.from({ length: count }, (_, i) => String(i + 1));
const FRAME: TrialFrame = {
  arms: ["a", "b", "c"].map((arm) => ({ arm, ratio: 1 })),
  factors: [10, 2, 2, 2].map((count, i) => ({ factor: i === 0 ? "site" : `factor${i}`, levels: levels(count) })),
};

/** Prints times of whole trials, and of the measures of plans with hidden block sizes. */
function benchWholeTrials(smoke: boolean): void {
  const table: string[][] = [["what", "median", "best", "baseline", "ratio", "target"]];
  const row = (what: string, act: () => unknown, target: string, baseline?: number): void => {
    const { median, best } = measure(smoke ? 1 : 3, 1, act);
    const beside = baseline === undefined ? ["", ""] : [show(baseline), (median / baseline).toFixed(3)];
    table.push([what, show(median), show(best), ...beside, target]);
  };
  const hidden = (spec: ProcedureSpec, ratio: readonly number[], rows: number): void => {
    const design = "sizes" in spec ? `hidden blocks ${spec.sizes.join(", ")}` : `${spec.kind}, merged arms`;
    const name = `all measures, ${ratio.join(":")}, ${design}, ${rows} rows`;
    row(name, () => exactMeasures(compile(readyProcedure(spec, ratio, rows).urn, { ratio, rows })), "<= 2 s");
  };
  const blocks = (sizes: readonly number[], lastBlock: "cut" | "fill"): ProcedureSpec => ({
    kind: "permuted-block",
    sizes,
    lastBlock,
  });
  hidden(blocks([4, 6], "cut"), [1, 1], 300);
  hidden(blocks([2, 4, 6], "fill"), [1, 1], 300);
  hidden(blocks([4, 8, 12], "cut"), [1, 1, 1, 1], 120);
  hidden(blocks([3, 6, 9], "cut"), [2, 1], 120);
  hidden({ kind: "block-urn", lambda: 2, mergedArms: true }, [3, 3, 3, 1], 30);
  const plan = {
    trial: "BENCH",
    part: "main",
    list: "B-1",
    arms: { a: 2, b: 1 },
    procedure: blocks([3, 6], "cut"),
    strata: [
      { factor: "site", levels: levels(12) },
      { factor: "sex", levels: ["f", "m"] },
    ],
    length: 24,
  };
  row(
    "a plan of 24 strata, pooled, 240 participants",
    () => assess(plan, undefined, { enrolment: { participants: 240 } }),
    "<= 1 s",
  );
  const trials = smoke ? 200 : 1000;
  const perTrial = inRNs(smoke ? 2 : 20);
  row(
    `minimization: ${trials} trials, 300 participants, 4 factors, 3 arms`,
    () =>
      simulateTrial(
        FRAME,
        {
          kind: "dynamic",
          procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
          factors: FRAME.factors,
        },
        { participants: 300 },
        { seed: "bench", trials, responses: {} },
      ),
    "<= 2 s (1,000)",
    perTrial === undefined ? undefined : perTrial * trials,
  );
  table.push([
    `  baseline: the allocations alone in base R${perTrial === undefined ? ": skipped, no Rscript" : ""}`,
    "",
    "",
    "",
    "",
    "",
  ]);
  row(
    "suggest: 300 participants, 10 sites, 3 factors",
    () => suggest({ n: 300, ratio: [1, 1, 1], sites: 10, factors: [2, 2, 2] }),
    "",
  );
  printTable(table);
}

benchWholeTrials(process.argv.includes("--smoke"));
