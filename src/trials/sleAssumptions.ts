import type { Assumption, Contradiction } from "../trial/index.js";
import {
  allocationAssumptions,
  cellDoseAssumptions,
  productAssumptions,
  SCHEDULE_ASSUMPTIONS,
  UNBLINDED_ROLES_ASSUMPTION,
} from "./commonAssumptions.js";

const CELL_ARMS = ["low", "medium", "high", "double"];
const ONLY_IF_COHORTS = 'Only if a cohort rule is used in the single-dose part (write "none" if not)';

/** What the sources of NCT07041801 leave open. */
export const SLE_ASSUMPTIONS: readonly Assumption[] = [
  ...allocationAssumptions({
    ratioHint: "58 = 2 x 29 fits no equal ratio in 3, 4 or 5 arms",
    blockHint: "with an equal ratio in the four arms of the single-dose part, multiples of 4",
    sizeHint: "58 in five groups is 11.6 each, in four 14.5 each",
  }),
  {
    key: "dose.administrations",
    question: "How often is the dose given in the single-dose part, and how many days apart if more than once?",
    neededFor: ["dose", "schedule"],
    arms: ["low", "medium", "high", "placebo"],
    parts: ["single-dose"],
    format: "administrations",
    hint: 'one, because the record calls it the "single-dose part"',
  },
  {
    key: "dose.administrations.placebo",
    question: "How many placebo infusions are given beside the double dose, and how far apart?",
    neededFor: ["dose", "schedule"],
    arms: ["placebo"],
    parts: ["multiple-dose"],
    format: "administrations",
    hint: "2 every 28 days, as the double dose tentatively has: fewer would unmask",
  },
  ...cellDoseAssumptions(CELL_ARMS),
  ...productAssumptions(CELL_ARMS, "cells"),
  {
    key: "infusion.finalVolume",
    question: "Which volume is infused, in each arm, placebo included?",
    neededFor: ["preparation"],
    format: "volume",
  },
  {
    key: "infusion.rate",
    question: "At which rate, or within which time, is it infused?",
    neededFor: ["preparation"],
    format: "rate-or-duration",
  },
  {
    key: "placebo.composition",
    question: "What does the placebo consist of?",
    neededFor: ["preparation", "blinding"],
    arms: ["placebo"],
    format: "text",
  },
  {
    key: "placebo.infusions",
    question:
      "Which placebo stands beside the double dose: one infusion or two, the placebo arm of the single-dose part or one of its own?",
    neededFor: ["schedule", "blinding"],
    arms: ["double", "placebo"],
    parts: ["multiple-dose"],
    format: "text",
    hint: "two infusions against one unmask, unless there is a dummy infusion",
  },
  ...SCHEDULE_ASSUMPTIONS,
  {
    key: "escalation.cohortSize",
    question: `${ONLY_IF_COHORTS}: how many participants does a cohort hold?`,
    neededFor: ["escalation"],
    parts: ["single-dose"],
    format: "text",
  },
  {
    key: "escalation.dltWindow",
    question: `${ONLY_IF_COHORTS}: over how many days are dose-limiting toxicities counted?`,
    neededFor: ["escalation"],
    parts: ["single-dose"],
    format: "text",
  },
  {
    key: "escalation.rule",
    question: `${ONLY_IF_COHORTS}: by which rule does the next level open?`,
    neededFor: ["escalation"],
    parts: ["single-dose"],
    format: "text",
  },
  {
    key: "selection.rule",
    question: "By which rule, from which data, is the superior dose of the single-dose part chosen?",
    neededFor: ["escalation"],
    format: "text",
  },
  UNBLINDED_ROLES_ASSUMPTION,
];

/** What does not add up in the sources of NCT07041801. */
export const SLE_CONTRADICTIONS: readonly Contradiction[] = [
  {
    id: "enrolment-not-divisible",
    bearsOn: ["list"],
    statement:
      "58 participants do not divide equally: five groups would hold 11.6 each, the four of the single-dose part 14.5.",
    sources: ["registry", "inference"],
  },
  {
    id: "five-way-randomization",
    bearsOn: ["list"],
    statement:
      "The news article randomizes into one of five groups; the registry chooses the double dose only after the single-dose part, so nobody can be randomized among all five at one time.",
    sources: ["news", "registry"],
  },
  {
    id: "placebo-of-double",
    bearsOn: ["schedule", "masking"],
    statement:
      "No source says what stands beside the double dose: one placebo infusion or two, shared or its own; two infusions against one unmask without a dummy infusion.",
    sources: ["registry", "inference"],
  },
  {
    id: "same-dose-twice",
    bearsOn: ["dose"],
    arms: ["double"],
    statement: "The medium dose and the tentative double dose are the same 3E6 cells/kg.",
    sources: ["registry"],
  },
  {
    id: "teae-window",
    bearsOn: ["schedule"],
    statement:
      "Adverse events count from Day 1 to Day 28; a second dose four weeks later falls on Day 29, outside the window, and no source says whether the window starts again.",
    sources: ["news", "registry", "inference"],
  },
  {
    id: "start-after-update",
    bearsOn: ["record"],
    statement: "The record of 2025-06-27 already says recruiting; the trial starts one day later, on 2025-06-28.",
    sources: ["registry"],
  },
  {
    id: "route-wording",
    bearsOn: ["schedule"],
    statement:
      "The news article says intravenous infusion; the registry page says injection administration and no more.",
    sources: ["news", "registry"],
  },
  {
    id: "first-criterion-missing",
    bearsOn: ["eligibility"],
    statement:
      "The registry's lists of criteria start at item 2; inclusion item 1 is informed consent by the description.",
    sources: ["registry", "inference"],
  },
];
