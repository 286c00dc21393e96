import { assess, suggest, type Assessment, type Suggestion } from "../../src/assessment/index.js";
import { AllocellError } from "../../src/foundation/index.js";

import { parsePlan } from "../../src/list/index.js";
import type { ProcedureSpec } from "../../src/procedure/index.js";
import {
  assessmentPlots,
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
  readonly participants: number;
  readonly strata?: number;
  readonly sites?: number;
  /** Whether the groups must end within one of their share. */
  readonly fixedSizes: boolean;
  /** What is asked of the design; a choice of this example. */
  readonly limits: { readonly forcedShare: number; readonly imbalance: number };
}

export interface WorkedTrial {
  /** Name of the page, to which the pages of further parts add the part's. */
  readonly name: string;
  readonly trial: string;
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
      },
    ],
  },
];

/** The pages of one trial, one a part, and their pictures, by file name. */
export function workTrial({ name, trial: id, parts }: WorkedTrial): ReadonlyMap<string, string> {
  const trial = TRIALS.find((own) => own.id === id);
  if (trial === undefined) throw new Error(`there is no trial ${id}`);
  const files = new Map<string, string>();
  for (const [i, part] of parts.entries()) {
    const plan = parsePlan(part.plan);
    const assessment = assess(plan, undefined, { enrolment: { participants: part.participants } });
    const { procedure } = plan;
    const ratio = plan.arms.map((arm) => arm.ratio);
    const { strata = 1, sites = 1, limits } = part;
    const request = { n: part.participants, ratio, strata, sites, limits };
    const isPlanned = (own: Suggestion): boolean =>
      [own.procedure, ...own.alsoKnownAs].some((one) => isSame(one, procedure));
    const usual = suggest(request);
    const suggestions = usual.some(isPlanned) ? usual : suggest({ ...request, candidates: [procedure] });
    const planned = suggestions.find(isPlanned);
    const withDesign = (own: ProcedureSpec): Assessment =>
      assess({ ...part.plan, procedure: own, list: `${plan.list}-NEW` }, undefined, {
        enrolment: { participants: part.participants },
      });
    const chosen = recommendation(suggestions, {
      ...(planned === undefined ? {} : { against: planned }),
      fixedSizes: part.fixedSizes,
      fits: (own) => isPossible(() => withDesign(own)),
    });
    const pictures = assessmentPlots([assessment]);
    for (const { name: picture, plot } of pictures) files.set(`${picture}.svg`, toPlotSvg(plot));
    const sizes = part.fixedSizes
      ? "every group within one participant of its share at the end"
      : "groups whose sizes may differ by chance";
    const blocks = [
      `# Worked assessment: ${id}${i === 0 ? "" : `, ${plan.part}`}`,
      `${trial.title}.`,
      `This page is made by the program from the plan shown here; a test compares it with what the code gives. ${EXAMPLE} The page names block sizes: of a live trial it would be UNBLINDED.`,
      `## ${part.heading}: ${part.participants} participants at ${ratio.join(":")}`,
      part.setting,
      `Asked of the design: at most ${100 * limits.forcedShare} % of the rows certain, an expected largest imbalance of at most ${limits.imbalance}, ${sizes}.`,
      "### Recommendation",
      ...(chosen === undefined
        ? ["No design that was looked at does what is asked."]
        : [
            `**${chosen.headline}**`,
            chosen.reasons.map((reason) => `- ${reason}`).join("\n"),
            `For the protocol: ${chosen.forProtocol}`,
            `For the confidential specification: ${chosen.forSpecification}`,
          ]),
      ...tableBlocks(suggestionTable(suggestions)),
      ...(chosen === undefined
        ? []
        : [
            `Planned (${plan.list}) and recommended (${plan.list}-NEW) beside each other, over the rows of the plan:`,
            ...tableBlocks(measureTable([assessment, withDesign(chosen.design.procedure)])),
          ]),
      `## ${part.heading}: the plan as it is now`,
      ["```json", JSON.stringify(part.plan), "```"].join("\n"),
      toAssessmentMarkdown(assessment, pictures).trimEnd(),
    ];
    files.set(`${name}${i === 0 ? "" : `-${plan.part}`}.md`, `${blocks.join("\n\n")}\n`);
  }
  return files;
}

const isSame = (a: ProcedureSpec, b: ProcedureSpec): boolean => JSON.stringify(a) === JSON.stringify(b);

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
