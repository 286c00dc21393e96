import type { Assumption } from "../trial/index.js";

interface AllocationFacts {
  /** The parts that are randomized, where not all are. */
  readonly parts?: readonly string[];
  /** What a reader might infer about ratio, blocks and sizes. */
  readonly ratioHint: string;
  readonly blockHint: string;
  readonly sizeHint: string;
}

/** What no registry record says about an allocation: the first lines of the assumptions of each trial. */
export function allocationAssumptions(facts: AllocationFacts): readonly Assumption[] {
  const scope = facts.parts === undefined ? {} : { parts: facts.parts };
  const ofPlan = { neededFor: ["list"], format: "text", ...scope } as const;
  return [
    {
      key: "allocation.ratio",
      question: "In which ratio are participants allocated to the arms?",
      ...ofPlan,
      answeredBy: "plan.arms",
      hint: facts.ratioHint,
    },
    {
      key: "allocation.method",
      question: "By which randomization procedure are participants allocated?",
      ...ofPlan,
      answeredBy: "plan.procedure",
    },
    {
      key: "allocation.blockSizes",
      question: "Which block sizes are used, if blocks are used?",
      ...ofPlan,
      answeredBy: "plan.procedure",
      hint: facts.blockHint,
    },
    {
      key: "allocation.truncatedBlocks",
      question: "May the last block be cut off, and how?",
      ...ofPlan,
      answeredBy: "plan.procedure",
    },
    {
      key: "allocation.strata",
      question: "By which factors is the randomization stratified, if by any?",
      ...ofPlan,
      answeredBy: "plan.strata",
    },
    {
      key: "allocation.seed",
      question: "From which seed is the list generated, and who holds it?",
      ...ofPlan,
      answeredBy: "seed",
    },
    {
      key: "parts.sizes",
      question: "How many participants does each part hold, and each of its arms?",
      ...ofPlan,
      answeredBy: "plan.length",
      hint: facts.sizeHint,
    },
  ];
}

/** How a dose in cells is counted and tied to a weight; `arms` are those that receive cells. */
export function cellDoseAssumptions(arms: readonly string[], weightHint?: string): readonly Assumption[] {
  return [
    {
      key: "dose.countBasis",
      question: "Which cells does the dose count: viable cells, total nucleated cells, or others?",
      neededFor: ["dose"],
      arms,
      format: "count-basis",
    },
    {
      key: "dose.weightDescriptor",
      question: "Which weight does a dose per kg go by: actual, ideal, predicted, adjusted or lean?",
      neededFor: ["dose"],
      arms,
      format: "weight-descriptor",
      ...(weightHint === undefined ? {} : { hint: weightHint }),
    },
    {
      key: "dose.cap",
      question: "What is the most that one administration may hold, if there is a most?",
      neededFor: ["dose"],
      arms,
      format: "cap",
    },
    {
      key: "dose.reweighRule",
      question: "When is a participant weighed again, and which change of weight changes the dose?",
      neededFor: ["schedule"],
      arms,
      format: "text",
    },
    {
      key: "product.minViability",
      question: "Below which viability is the product not administered?",
      neededFor: ["preparation"],
      arms,
      format: "fraction",
    },
    {
      key: "product.recovery",
      question: "Which fraction of the cells is recovered on thawing and preparation?",
      neededFor: ["preparation"],
      arms,
      format: "fraction",
      byLot: true,
    },
    // Of every arm: the time on the label of a placebo must not tell it from cells.
    {
      key: "product.stability",
      question: "How long may the product wait after thawing and after preparation, and at which temperature?",
      neededFor: ["preparation"],
      format: "duration",
    },
  ];
}

/** What the pharmacy needs to know of the product, whatever it contains. */
export function productAssumptions(arms: readonly string[], content: string): readonly Assumption[] {
  const ofProduct = { neededFor: ["preparation"], arms, byLot: true } as const;
  return [
    {
      key: "product.concentration",
      question: `Which concentration does the product have (${content})?`,
      ...ofProduct,
      format: "concentration",
    },
    {
      key: "product.vialContent",
      question: `What does one vial contain (${content}, and volume)?`,
      ...ofProduct,
      format: "content-in-volume",
    },
    {
      key: "product.extractableVolume",
      question: "Which volume can be drawn from a vial?",
      ...ofProduct,
      format: "volume",
    },
  ];
}

/** Visits and the limits beyond which something is a deviation. */
export const SCHEDULE_ASSUMPTIONS: readonly Assumption[] = [
  {
    key: "schedule.anchor",
    question: "From which event are the study days counted, and is its day Day 0 or Day 1?",
    neededFor: ["schedule"],
    format: "text",
  },
  {
    key: "schedule.window",
    question: "Within which window around its day must a visit or an administration take place?",
    neededFor: ["schedule"],
    format: "text",
  },
  {
    key: "deviation.limits",
    question: "From which difference between target and administered dose, time or volume is it a protocol deviation?",
    neededFor: ["record"],
    format: "text",
  },
];

/** Who may know the treatments; no record says it. */
export const UNBLINDED_ROLES_ASSUMPTION: Assumption = {
  key: "masking.unblindedRoles",
  question: "Which roles are unblinded (pharmacy, statistician of the list, safety committee)?",
  neededFor: ["blinding"],
  format: "text",
};

/** Who is masked, where a record names the level only. */
export function maskedRolesAssumption(level: string, parts?: readonly string[]): Assumption {
  return {
    key: "masking.roles",
    question: `Who is masked? The record says "${level}" and names no role.`,
    neededFor: ["blinding"],
    ...(parts === undefined ? {} : { parts }),
    format: "text",
  };
}
