import type { Assessment, Distribution, Estimate, Measures } from "../../assessment/index.js";
import type { ProcedureSpec } from "../../procedure/index.js";
import { designNames } from "./designName.js";
import { estimateText, number, percentText, probability } from "./numbers.js";

/** A table of texts under its title, for a terminal, a page or a document. */
export interface ReportTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What has to be known to read it. */
  readonly note?: string;
}

/** Where a number is not given: it takes too much work, or it was simulated and has no standard error. */
export const NONE = "not computed";

/** What tells the procedure of a stratum of its own from the others, after a comma; nothing where all have one. */
const ownDesign = (procedure: ProcedureSpec | undefined): string =>
  procedure === undefined ? "" : `, ${designNames(procedure).label}`;

/** Operating characteristics of one or several plans beside each other: one column for each length of list. */
export function measureTable(assessments: readonly Assessment[]): ReportTable {
  const columns = assessments.flatMap((assessment) =>
    assessment.lists.map(({ length, measures, procedure }) => ({
      title:
        assessment.lists.length === 1
          ? assessment.plan.list
          : `${assessment.plan.list}, ${length} rows${ownDesign(procedure)}`,
      assessment,
      measures,
    })),
  );
  const row = (name: string, value: (measures: Measures, assessment: Assessment) => string): readonly string[] => [
    name,
    ...columns.map(({ measures, assessment }) => value(measures, assessment)),
  ];
  const share = (estimate: Estimate | undefined): string => (estimate === undefined ? NONE : percentText(estimate));
  const size = (estimate: Estimate | undefined, digits = 3): string =>
    estimate === undefined ? NONE : estimateText(estimate, digits);
  return {
    title: "Operating characteristics of one list",
    columns: ["Measure", ...columns.map(({ title }) => title)],
    rows: [
      row("Design", (_, { procedure }) => designNames(procedure).name),
      row("Ratio", ({ ratio }, { arms }) => `${ratio.join(":")} (${arms.join(", ")})`),
      row("Rows of a list; lists", ({ rows }, { lists }) => {
        return `${rows}; ${String(lists.find(({ length }) => length === rows)?.strata.length ?? 1)}`;
      }),
      row("Correct guesses: convergence strategy (Blackwell-Hodges)", ({ correctGuesses }) =>
        share(correctGuesses.convergence),
      ),
      row("Correct guesses: divergence strategy", ({ correctGuesses }) => share(correctGuesses.divergence)),
      row("Correct guesses: best guess, design known", ({ correctGuesses }) =>
        share(correctGuesses.maximumProbability),
      ),
      row("Deterministic allocations", ({ forcedShare }) => share(forcedShare)),
      row("Entropy per allocation (nats)", ({ entropy }) => size(entropy)),
      row("Forcing index", ({ forcingIndex }) => size(forcingIndex)),
      row("Proportion of allocations at exact balance", ({ balancedShare }) => share(balancedShare)),
      row("Imbalance at the end, expected", ({ finalAbsolute }) => size(finalAbsolute)),
      row("Largest imbalance at any row, expected", ({ maximal }) => size(maximal)),
      row("Largest imbalance at any row, 95 % quantile", ({ maximalDistribution, method }) =>
        maximalDistribution === undefined || method === "simulated"
          ? NONE
          : number(quantile(maximalDistribution, 0.95), 2),
      ),
      row("All groups within one of their share at the end", (measures) => share(withinOne(measures))),
      row("Loss", ({ loss }) => size(loss)),
      row("Largest deviation of P(arm) from the ratio, exact", ({ largestRatioDeviation }) =>
        largestRatioDeviation === undefined ? NONE : number(largestRatioDeviation.value, 3),
      ),
      row("States; method", (measures) => `${measures.states}; ${methodText(measures)}`),
    ],
    note: scaleNote(columns.map(({ measures }) => measures)),
  };
}

function scaleNote(all: readonly Measures[]): string {
  const isEvery = (scale: Measures["scale"]): boolean => all.every((own) => own.scale === scale);
  const difference = "the absolute difference of the two groups";
  const deviation = "the largest difference between the size of a group and its share by the ratio";
  const imbalance = isEvery("difference")
    ? difference
    : isEvery("deviation")
      ? deviation
      : `${difference} (two arms at 1:1), otherwise ${deviation}`;
  const knowledge = all[0]?.knowledge ?? "set-known";
  const KNOWN = {
    hidden: "the guesser knows the ratio and all earlier treatments, but not the design",
    "set-known": "the guesser knows the design and all earlier treatments, but no block's drawn size",
    seen: "the guesser knows the design, all earlier treatments and the size of each block",
  } as const;
  return `Imbalance is ${imbalance}, in participants. In all measures of prediction ${KNOWN[knowledge]}.`;
}

/** P(every group ends at most one participant from its share): 6 and 4 in place of 5 and 5 are within one. */
export function withinOne({ finalDistribution, scale, trials }: Measures): Estimate {
  const most = scale === "difference" ? 2 : 1;
  const total = finalDistribution.values.reduce(
    (sum, own, i) => (Math.abs(own) <= most + 1e-9 ? sum + (finalDistribution.probabilities[i] ?? 0) : sum),
    0,
  );
  return shareOfLists(total, trials);
}

/** A probability with its standard error: simulated lists are independent, so their number in it is binomial. */
function shareOfLists(probabilities: number, trials: number): Estimate {
  const value = Math.min(1, probabilities);
  return { value, standardError: trials === 0 ? 0 : Math.sqrt((value * (1 - value)) / trials) };
}

/** `exact`, or how many lists were simulated. */
export const methodText = ({ method, trials }: Measures): string =>
  method === "exact" ? "exact" : `${trials} simulated lists`;

/** The least value that is not exceeded with this probability. */
export function quantile({ values, probabilities }: Distribution, share: number): number {
  let sum = 0;
  for (const [i, value] of values.entries()) {
    sum += probabilities[i] ?? 0;
    if (sum >= share - 1e-12) return value;
  }
  return values[values.length - 1] ?? NaN;
}

/** Sizes of the groups at the end of each list. */
export function groupTable({ arms, lists, plan }: Assessment): ReportTable {
  return {
    title: `Group sizes at the end of a list: ${plan.list}`,
    columns: [
      "Rows",
      "Arm",
      "Mean",
      "Standard deviation",
      "5 % quantile",
      "95 % quantile",
      "P(as planned by the ratio)",
      "Method",
    ],
    rows: lists.flatMap(({ length, measures }) =>
      measures.byArm.map(({ mean, standardDeviation, distribution }, k) => {
        const { trials } = measures;
        const exact = (text: string): string => (trials === 0 ? text : NONE);
        const total = measures.ratio.reduce((sum, weight) => sum + weight, 0);
        const planned = (length * (measures.ratio[k] ?? 0)) / total;
        const hit = distribution.values.reduce(
          (sum, value, i) => (Math.abs(value - planned) < 1 - 1e-9 ? sum + (distribution.probabilities[i] ?? 0) : sum),
          0,
        );
        return [
          String(length),
          arms[k] ?? "",
          estimateText({ value: mean, standardError: trials === 0 ? 0 : standardDeviation / Math.sqrt(trials) }, 2),
          exact(number(standardDeviation, 2)),
          exact(number(quantile(distribution, 0.05), 0)),
          exact(number(quantile(distribution, 0.95), 0)),
          trials === 0 ? probability(Math.min(1, hit)) : percentText(shareOfLists(hit, trials)),
          methodText(measures),
        ];
      }),
    ),
    note: "As planned: the size of the group differs by less than one from its share.",
  };
}

/** That who comes was simulated, and how exact that is. */
function simulatedText({ trials, standardErrors }: NonNullable<Assessment["fill"]["simulated"]>): string {
  const { probability, participants, kits } = standardErrors;
  return (
    `Who comes was simulated in ${trials} trials; standard errors: of a probability at most ${number(probability, 4)}, ` +
    `of expected participants at most ${number(participants, 2)}, of kits left over ${number(kits, 2)}.`
  );
}

/** How the lists of the strata are used up. */
export function fillTable({ fill, plan }: Assessment): ReportTable {
  const { participants, sharesAssumed, byStratum, anyRunOutProbability, runOutLimit, kits, simulated } = fill;
  return {
    title: `Filling of the strata: ${plan.list}`,
    columns: [
      "Stratum",
      "Share",
      "Rows",
      "Expected participants",
      "5 % to 95 %",
      "P(list runs out)",
      `Rows for P <= ${runOutLimit}`,
    ],
    rows: byStratum.map((own) => [
      own.stratum,
      number(own.share, 3),
      String(own.length),
      number(own.expectedParticipants, 1),
      `${String(own.participantBands[0])} to ${String(own.participantBands[4])}`,
      probability(own.runOutProbability),
      String(own.sufficientLength),
    ]),
    note:
      `${participants} participants, ${sharesAssumed ? "equal shares ASSUMED" : "shares as stated"}. ` +
      `P(any list runs out) = ${probability(anyRunOutProbability)}. ` +
      `Kits, one for each row: ${kits.packed} packed, ${number(kits.expectedOverage, 1)} left over on average.` +
      (simulated === undefined ? "" : ` ${simulatedText(simulated)}`),
  };
}

/** Imbalance of participants pooled over strata. */
export function pooledTable({ pooled, arms, plan }: Assessment): ReportTable {
  return {
    title: `Imbalance pooled over strata: ${plan.list}`,
    columns: ["Participants of", "Arm", "Expected absolute deviation from the ratio", "Standard deviation"],
    rows: pooled.flatMap(({ of, byArm }) =>
      byArm.map(({ expectedAbsolute, standardDeviation }, k) => [
        of,
        arms[k] ?? "",
        number(expectedAbsolute, 3),
        number(standardDeviation, 3),
      ]),
    ),
  };
}

/** Rejection probabilities of the t test under bias. */
export function testTable({ tests, plan }: Assessment): ReportTable {
  return {
    title: `Two-sided t test: ${plan.list}`,
    columns: ["Selection bias", "Trend", "Effect", "Level", "P(rejection)"],
    rows: tests.map(({ model: { selection, trend, effect, alpha }, rejection, method }) => [
      selection === undefined ? "none" : `eta ${selection.eta}, ${selection.strategy ?? "convergence"}`,
      trend === undefined
        ? "none"
        : `${trend.kind} ${trend.theta}${trend.kind === "step" ? ` after row ${trend.after}` : ""}`,
      String(effect ?? 0),
      String(alpha ?? 0.05),
      `${estimateText(rejection, 4)}${method === "simulated" ? ", simulated" : ""}`,
    ]),
    note: "Sizes in standard deviations of the response. Without an effect P(rejection) is the type I error.",
  };
}

/** Every table of a report that has something to say, in order. */
export function assessmentTables(assessments: readonly Assessment[]): readonly ReportTable[] {
  return [
    measureTable(assessments),
    ...assessments.flatMap((assessment) => [
      groupTable(assessment),
      ...(assessment.fill.byStratum.length > 1 || assessment.fill.participants !== assessment.totalRows
        ? [fillTable(assessment)]
        : []),
      ...(assessment.pooled.length > 0 ? [pooledTable(assessment)] : []),
      ...(assessment.tests.length > 0 ? [testTable(assessment)] : []),
    ]),
  ];
}

/** What is not computed, and why. */
export function undefinedLines(assessment: Assessment): readonly string[] {
  const own = assessment.undefinedMeasures.map(({ measure, reason }) => `${measure}: ${reason}`);
  const ofLists = assessment.lists.flatMap(({ length, measures }) =>
    measures.undefinedMeasures.map(
      ({ measure, reason }) => `${measure}${assessment.lists.length > 1 ? ` (${length} rows)` : ""}: ${reason}`,
    ),
  );
  return [...own, ...ofLists];
}
