import {
  assess,
  assessDynamic,
  suggest,
  type Assessment,
  type Guesser,
  type Suggestion,
} from "../../src/assessment/index.js";
import { AllocellError } from "../../src/foundation/index.js";

import { parseDynamicPlan, parsePlan, type DynamicPlan, type Plan } from "../../src/list/index.js";
import {
  assessmentPlots,
  dynamicTables,
  toPlotSvg,
  measureTable,
  recommendation,
  suggestionTable,
  tableBlocks,
  toAssessmentMarkdown,
} from "../../src/report/index.js";
import { TRIALS } from "../../src/trials/index.js";

/** A part of a trial whose design is chosen here. */
interface WorkedPart {
  readonly heading: string;
  /** What the sources say, and what is assumed because they do not. */
  readonly setting: string;
  readonly plan: Readonly<Record<string, unknown>>;
  /** Whether the plan is that of a dynamic allocation. */
  readonly isDynamic?: true;
  readonly participants: number;
  readonly strata?: number;
  readonly factors?: readonly number[];
  readonly sites?: number;
  readonly guesser?: Guesser;
  /** Whether the groups must end within one of their share. */
  readonly fixedSizes: boolean;
  /** What is asked of the design; a choice of this example. */
  readonly limits: {
    readonly forcedShare: number;
    readonly imbalance?: number;
    readonly pooled?: number;
    readonly predictability?: number;
  };
  /** What the literature says to the recommendation, with its sources. */
  readonly literature: string;
}

export interface WorkedTrial {
  /** Name of the page, to which the pages of further parts add the part's. */
  readonly name: string;
  /** A built-in trial, or the title of one that is made up. */
  readonly trial: string | { readonly title: string };
  readonly parts: readonly WorkedPart[];
}

const EXAMPLE = "Ratio, design, number of sites and limits are EXAMPLES; no source states them.";

/** The four trials as they are worked through in docs/assessments. */
export const WORKED: readonly WorkedTrial[] = [
  {
    name: "sle",
    trial: "NCT07041801",
    parts: [
      {
        heading: "Single-dose part",
        setting:
          "58 participants in two parts: three doses and placebo first, the double dose after a decision. 58 fits neither five equal groups nor four; how it is divided is not stated. Assumed: 48 in the first part, twelve a group at 1:1:1:1, randomized at two sites.",
        plan: {
          trial: "NCT07041801",
          part: "single-dose",
          list: "SLE-SD",
          arms: { low: 1, medium: 1, high: 1, placebo: 1 },
          procedure: { kind: "permuted-block", sizes: [4, 8] },
          strata: [{ factor: "site", levels: ["01", "02"] }],
          length: 24,
        },
        participants: 48,
        sites: 2,
        fixedSizes: false,
        limits: { forcedShare: 0.1, imbalance: 1.6 },
        literature:
          "Blocks of two sizes in the strata of the sites are what ICH E9 (1998, 2.3.2) asks for: lengths that investigators cannot use, and stratification by centre. The planned design is of that kind. Zhao and Weng (2011, Contemp Clin Trials 32:953) made the block urn design so that it keeps the tolerance of a block of eight with less that can be guessed; the table shows it, 0.210 against 0.306, at the price of a larger imbalance, and weights that count prediction more would put it first. Minimization by one factor of two levels is near it in rank, but has no list, and its use is where factors are many (Therneau 1993, Control Clin Trials 14:98).",
      },
      {
        heading: "Multiple-dose part",
        setting:
          "The remaining 10 of the 58, double dose against placebo. The part is closed until a decision record exists, and its ratio is not stated. Assumed: 1:1, one list.",
        plan: {
          trial: "NCT07041801",
          part: "multiple-dose",
          list: "SLE-MD",
          arms: { double: 1, placebo: 1 },
          procedure: { kind: "permuted-block", sizes: [2, 4], lastBlock: "fill" },
          length: 10,
          numbers: { prefix: "M" },
        },
        participants: 10,
        fixedSizes: true,
        limits: { forcedShare: 0.25, imbalance: 2.5 },
        literature:
          "For ten participants and sizes that must be equal the literature has little choice: the random allocation rule, blocks of mixed sizes, or the maximal procedure. Berger, Ivanova and Deloria Knoll (2003, Stat Med 22:3017) prefer the maximal procedure to blocks because less of it is deterministic; here it has a wider tolerance, and so a larger imbalance on the way. ICH E9 (1998, 2.3.2) advises two or more block sizes. A block of two among them is what Berger and others warn of in open trials: two arrangements, of which the second allocation is always known.",
      },
    ],
  },
  {
    name: "uc",
    trial: "NCT06853522",
    parts: [
      {
        heading: "The trial",
        setting: "40 participants in two groups; 20 and 20 under an assumed 1:1, one list.",
        plan: {
          trial: "NCT06853522",
          part: "main",
          list: "UC",
          arms: { exosome: 1, placebo: 1 },
          procedure: { kind: "permuted-block", sizes: [2, 4], lastBlock: "fill" },
          length: 40,
        },
        participants: 40,
        fixedSizes: false,
        limits: { forcedShare: 0.25, imbalance: 3 },
        literature:
          "Zhao, Weng, Wu and Palesch (2012, Pharm Stat 11:39) compared 260 scenarios of 14 designs by largest imbalance and correct guesses: the big stick design of Soares and Wu (1983, Commun Stat Theory Methods 12:2017) was the best border of the region, Efron's coin was the worst, and permuted blocks were in between. The rank is the same. A tolerance of 3, the second in rank, makes fewer allocations deterministic.",
      },
    ],
  },
  {
    name: "t1d",
    trial: "NCT06407297",
    parts: [
      {
        heading: "Randomized part",
        setting:
          "24 participants, of whom 9 are treated openly; 15 are randomized. 15 is odd, so 1:1 is impossible. Assumed: 2:1, 10 and 5, one list.",
        plan: {
          trial: "NCT06407297",
          part: "randomized",
          list: "T1D",
          arms: { experimental: 2, placebo: 1 },
          procedure: { kind: "permuted-block", sizes: [3, 6], lastBlock: "fill" },
          length: 15,
        },
        participants: 15,
        fixedSizes: true,
        limits: { forcedShare: 0.25, imbalance: 1.5 },
        literature:
          "At an unequal ratio Kuznetsova and Tymofyeyev (2011, Stat Med 30:812) ask that every allocation has the ratio before anything is known, which permuted blocks and the brick tunnel do, and the block urn and many biased coins do not (Kuznetsova and Tymofyeyev 2012, Stat Med 31:701); over equal arms that are merged the block urn does too. All of those are in the table. That the groups end at 10 and 5 decides for blocks that fill the list; without that condition the block urn of Zhao and Weng (2011, Contemp Clin Trials 32:953) would be a rival with less to guess.",
      },
    ],
  },
  {
    name: "t2d",
    trial: "NCT06727721",
    parts: [
      {
        heading: "The trial",
        setting: "10 participants in three groups. Assumed: 1:1:1, which makes groups of 4, 3 and 3 at best; one list.",
        plan: {
          trial: "NCT06727721",
          part: "main",
          list: "T2D",
          arms: { placebo: 1, control: 1, experimental: 1 },
          procedure: { kind: "permuted-block", sizes: [3], lastBlock: "cut" },
          length: 10,
        },
        participants: 10,
        fixedSizes: true,
        limits: { forcedShare: 0.25, imbalance: 1.5 },
        literature:
          "For groups that must end at 4, 3 and 3 the classical choice is the random allocation rule (Lachin 1988, Control Clin Trials 9:289). Ten is not a multiple of three; a block of nine, and one more allocation, is as near to that rule as can be. Blocks of 3 and 6, and the block urn of Zhao and Weng (2011, Contemp Clin Trials 32:953), which was made to take the place of blocks with the same tolerance, have higher ranks, but end at 4, 4 and 2 in some lists. Rosenberger and Lachin (2016, Randomization in Clinical Trials, 2nd edition) advise against small blocks of one size: of the planned blocks of three every third allocation would be known. One size of nine is less of a fault in a list of ten, whose end is known anyway.",
      },
    ],
  },
  {
    name: "twelve-centres",
    trial: { title: "A made-up trial: 240 participants in 12 centres and 2 strata" },
    parts: [
      {
        heading: "The trial",
        setting:
          "240 participants at 2:1 in 12 centres and 2 strata by severity: 24 lists of ten participants on average. Whoever enrols is not masked, and gets to know the allocations of his own centre.",
        plan: {
          trial: "EXAMPLE-240",
          part: "main",
          list: "C12",
          arms: { cells: 2, placebo: 1 },
          procedure: { kind: "permuted-block", sizes: [3], lastBlock: "cut" },
          strata: [
            { factor: "site", levels: Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, "0")) },
            { factor: "severity", levels: ["mild", "severe"] },
          ],
          length: 18,
        },
        participants: 240,
        strata: 2,
        sites: 12,
        guesser: "own-centre",
        fixedSizes: false,
        limits: { forcedShare: 0.25, pooled: 3, predictability: 0.3 },
        literature:
          "Stratification works while the strata are few: Therneau (1993, Control Clin Trials 14:98) found by simulation that blocks in strata begin to fail when the strata are more than about half of the participants, and that minimization goes on working with 10 to 20 factors. Here 24 strata are a tenth of 240, so that blocks are in their range. Hallstrom and Davis (1988, Control Clin Trials 9:375) give the variance of the imbalance over all strata, which grows with the number of strata and with the size of the blocks; the pooled deviation of the table is that quantity, and the reason for small sizes, and for a limit on it. ICH E9 (1998, 2.3.2) asks that investigators do not know the length, and suggests two or more. At 2:1 the design must keep the ratio at every allocation (Kuznetsova and Tymofyeyev 2012, Stat Med 31:701), which blocks do and minimization does not. So two sizes, small and mixed, are what this literature would choose, and blocks of three alone are outside the limit. Minimization has the smaller deviation by level, and would be its choice if there were more factors.",
      },
    ],
  },
  {
    name: "three-arms",
    trial: { title: "A made-up trial: 300 participants in three arms, many factors" },
    parts: [
      {
        heading: "The trial",
        setting:
          "300 participants at 1:1:1 in ten centres, and three factors of two levels each: 80 strata of fewer than four participants on average. Whoever enrols knows the allocations of his own centre.",
        plan: {
          trial: "EXAMPLE-300",
          part: "main",
          list: "M300",
          arms: { low: 1, high: 1, placebo: 1 },
          procedure: { kind: "minimization", measure: "range", law: { kind: "fixed", probability: "0.8" } },
          factors: [
            { factor: "site", levels: Array.from({ length: 10 }, (_, i) => String(i + 1).padStart(2, "0")) },
            { factor: "sex", levels: ["F", "M"] },
            { factor: "age", levels: ["below 50", "from 50"] },
            { factor: "severity", levels: ["mild", "severe"] },
          ],
          length: 300,
        },
        isDynamic: true,
        participants: 300,
        factors: [2, 2, 2],
        sites: 10,
        guesser: "own-centre",
        fixedSizes: false,
        limits: { forcedShare: 0.25, pooled: 3 },
        literature:
          "One complete block of six in each of the 80 strata would need 480 participants, and there are 300. Therneau (1993, Control Clin Trials 14:98) found that stratified blocks fail when the strata are about half as many as the participants; here they are about a quarter, and the deviation over all strata is already large, as the table shows. Minimization balances the levels of many factors one by one (Pocock and Simon 1975, Biometrics 31:103; Scott et al. 2002, Control Clin Trials 23:662). The recommendation is the same. Taves (1974, Clin Pharmacol Ther 15:443) had no random element; ICH E9 (1998, 2.3.2) asks for one, and the guideline of EMA on baseline covariates (2015, EMA/CHMP/295050/2013) for a justification and for an analysis that adjusts for the factors. Pocock and Simon and those who follow them take 0.7 to 0.9 for the preferred arm. These stand next to each other in the table, 0.8 and 0.9 nearer than the error of the simulation, so that 0.8 can be had as well: more of it balances more and tells more to somebody who knows all allocations, while somebody who knows his own centre gains little by either. Blocks in the centres alone, which is the usual alternative, leave the other factors to chance.",
      },
    ],
  },
];

/** The pages of one trial, one a part, and their pictures, by file name. */
export function workTrial({ name, trial: told, parts }: WorkedTrial): ReadonlyMap<string, string> {
  const trial = typeof told === "string" ? TRIALS.find((own) => own.id === told) : { id: name, title: told.title };
  if (trial === undefined) throw new Error("there is no such trial");
  const files = new Map<string, string>();
  for (const [i, part] of parts.entries()) {
    const worked = part.isDynamic === true ? workDynamic(part) : workLists(part, files);
    const { participants, setting, limits } = part;
    const asked = [
      `at most ${100 * limits.forcedShare} % of the rows certain`,
      ...(limits.imbalance === undefined ? [] : [`an expected largest imbalance of at most ${limits.imbalance}`]),
      ...(limits.pooled === undefined
        ? []
        : [`a standard deviation of a group's size of at most ${limits.pooled} at the end of the trial`]),
      ...(limits.predictability === undefined
        ? []
        : [
            `a guesser who closes at most ${100 * limits.predictability} % of the gap between guessing by the ratio and certainty`,
          ]),
      part.fixedSizes
        ? "every group within one participant of its share at the end of the list"
        : "groups whose sizes may differ by chance",
    ];
    const assumed = typeof told === "string" ? EXAMPLE : "Everything about this trial is an EXAMPLE.";
    const blocks = [
      `# Worked assessment: ${trial.id}${i === 0 ? "" : `, ${worked.plan.part}`}`,
      `${trial.title}.`,
      `This page is made by the program from the plan shown here; a test compares it with what the code gives. ${assumed} The page names block sizes: of a live trial it would be UNBLINDED.`,
      `## ${part.heading}: ${participants} participants at ${worked.plan.arms.map(({ ratio }) => ratio).join(":")}`,
      setting,
      `Asked of the design: ${asked.join(", ")}.`,
      ...(part.guesser === undefined
        ? [
            "Prediction is weighed for somebody who knows the design and all earlier allocations, whatever the masking of the part: the strictest case. Where investigators are masked it weighs less or nothing (`--guesser`, or `--trial` and `--part`), and designs with less imbalance come first.",
          ]
        : []),
      "### Recommendation",
      ...worked.recommended,
      `### Beside the literature`,
      part.literature,
      ...worked.ranked,
      `## ${part.heading}: the plan as it is now`,
      ["```json", JSON.stringify(part.plan), "```"].join("\n"),
      ...worked.assessed,
    ];
    files.set(`${name}${i === 0 ? "" : `-${worked.plan.part}`}.md`, `${blocks.join("\n\n")}\n`);
  }
  return files;
}

/** What of a page follows from the measures. */
interface WorkedPlan {
  readonly plan: Plan | DynamicPlan;
  readonly recommended: readonly string[];
  readonly ranked: readonly string[];
  readonly assessed: readonly string[];
}

/** Designs for a part by rank, the planned one among them. */
function rankFor(
  part: WorkedPart,
  plan: Plan | DynamicPlan,
): { readonly suggestions: readonly Suggestion[]; readonly planned: Suggestion | undefined } {
  const { procedure } = plan;
  const { strata, factors, sites = 1, limits, guesser } = part;
  const request = {
    n: part.participants,
    ratio: plan.arms.map((arm) => arm.ratio),
    sites,
    limits,
    ...(strata === undefined ? {} : { strata }),
    ...(factors === undefined ? {} : { factors }),
    ...(guesser === undefined ? {} : { guesser }),
  };
  const isPlanned = (own: Suggestion): boolean =>
    [own.procedure, ...own.alsoKnownAs].some((one) => isSame(one, procedure));
  const usual = suggest(request);
  const suggestions = usual.some(isPlanned) ? usual : suggest({ ...request, candidates: [procedure] });
  return { suggestions, planned: suggestions.find(isPlanned) };
}

const saidOf = (chosen: ReturnType<typeof recommendation>): readonly string[] =>
  chosen === undefined
    ? ["No design that was looked at does what is asked."]
    : [
        `**${chosen.headline}**`,
        chosen.reasons.map((reason) => `- ${reason}`).join("\n"),
        `For the protocol: ${chosen.forProtocol}`,
        `For the confidential specification: ${chosen.forSpecification}`,
      ];

function workLists(part: WorkedPart, files: Map<string, string>): WorkedPlan {
  const plan = parsePlan(part.plan);
  const enrolment = { participants: part.participants };
  const assessment = assess(plan, undefined, { enrolment });
  const { suggestions, planned } = rankFor(part, plan);
  const withDesign = (own: Suggestion["procedure"]): Assessment =>
    assess({ ...part.plan, procedure: own, list: `${plan.list}-NEW` }, undefined, { enrolment });
  const chosen = recommendation(suggestions, {
    ...(planned === undefined ? {} : { against: planned }),
    fixedSizes: part.fixedSizes,
    fits: (own) => isPossible(() => withDesign(own)),
  });
  const pictures = assessmentPlots([assessment]);
  for (const { name, plot } of pictures) files.set(`${name}.svg`, toPlotSvg(plot));
  return {
    plan,
    recommended: saidOf(chosen),
    ranked: [
      ...tableBlocks(suggestionTable(suggestions)),
      ...(chosen === undefined
        ? []
        : [
            `Planned (${plan.list}) and recommended (${plan.list}-NEW) beside each other, over the rows of the plan:`,
            ...tableBlocks(measureTable([assessment, withDesign(chosen.design.procedure)])),
          ]),
    ],
    assessed: [toAssessmentMarkdown(assessment, pictures).trimEnd()],
  };
}

function workDynamic(part: WorkedPart): WorkedPlan {
  const plan = parseDynamicPlan(part.plan);
  const { suggestions, planned } = rankFor(part, plan);
  const chosen = recommendation(suggestions, planned === undefined ? {} : { against: planned });
  const assessment = assessDynamic(plan, { simulation: { seed: "a worked assessment", responses: {} } });
  return {
    plan,
    recommended: saidOf(chosen),
    ranked: tableBlocks(suggestionTable(suggestions)),
    assessed: dynamicTables(assessment).flatMap(tableBlocks),
  };
}

const isSame = (a: object, b: object): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Whether a plan with another design can be made at all. */
function isPossible(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (AllocellError.is(error)) return false;
    throw error;
  }
}
