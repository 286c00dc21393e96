import type { Assumption, Contradiction } from "../trial/index.js";
import {
  allocationAssumptions,
  cellDoseAssumptions,
  maskedRolesAssumption,
  productAssumptions,
  SCHEDULE_ASSUMPTIONS,
  UNBLINDED_ROLES_ASSUMPTION,
} from "./commonAssumptions.js";

/** What the record of NCT06407297 leaves open. */
export const T1D_ASSUMPTIONS: readonly Assumption[] = [
  ...allocationAssumptions({
    parts: ["randomized"],
    ratioHint: "2:1, which gives 10 and 5; 15 is odd, so 1:1 is impossible",
    blockHint: "15 at 2:1 is five blocks of 3, or two blocks of 6 and a truncated one of 3",
    sizeHint: "24 - 9 = 15 in the randomized part",
  }),
  {
    key: "dose.levels.experimental",
    question:
      "Which dose does the participant get, per kg or flat (in the open part: the level of the participant's cohort)?",
    neededFor: ["dose"],
    arms: ["experimental"],
    format: "dose",
  },
  {
    key: "dose.administrations",
    question: "How often is it infused, and how many days apart if more than once?",
    neededFor: ["dose", "schedule"],
    arms: ["experimental", "placebo"],
    format: "administrations",
  },
  ...cellDoseAssumptions(
    ["experimental"],
    "at 8 to 18 years, formulas of ideal or predicted weight for adults must not be used",
  ),
  ...productAssumptions(["experimental"], "cells"),
  {
    key: "infusion.finalVolume",
    question: "Which volume is infused, placebo included?",
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
    question: "Is the placebo infused as often, and at the same times, as the cells?",
    neededFor: ["schedule", "blinding"],
    arms: ["placebo"],
    format: "text",
  },
  ...SCHEDULE_ASSUMPTIONS,
  {
    key: "escalation.cohortSize",
    question: "How many participants does a cohort of the open part hold?",
    neededFor: ["escalation"],
    parts: ["open"],
    format: "text",
    hint: "fixed cohorts of 3 fill 9; 3+3 may need 18 for three levels",
  },
  {
    key: "escalation.dltWindow",
    question: "Over how many days are dose-limiting toxicities counted?",
    neededFor: ["escalation"],
    parts: ["open"],
    format: "text",
  },
  {
    key: "escalation.rule",
    question: "Which dose levels are there, and by which rule does the next one open?",
    neededFor: ["escalation"],
    parts: ["open"],
    format: "text",
  },
  {
    key: "selection.rule",
    question: "By which rule is the dose of the randomized part chosen from the data of the open part?",
    neededFor: ["escalation"],
    format: "text",
  },
  maskedRolesAssumption("quadruple", ["randomized"]),
  UNBLINDED_ROLES_ASSUMPTION,
];

/** What does not add up in the record of NCT06407297. */
export const T1D_CONTRADICTIONS: readonly Contradiction[] = [
  {
    id: "nine-not-randomized",
    bearsOn: ["list"],
    statement:
      "The design has 24 participants in two groups, one of them placebo; but 24 = 9 + 15, and the 9 are treated openly and not randomized.",
    sources: ["registry", "inference"],
  },
  {
    id: "fifteen-is-odd",
    bearsOn: ["list"],
    statement: "15 randomized participants cannot be split 1:1; 2:1 gives 10 and 5.",
    sources: ["registry", "inference"],
  },
  {
    id: "healthy-volunteers",
    bearsOn: ["eligibility"],
    statement: "The record accepts healthy volunteers, and also requires the diagnosis of type 1 diabetes.",
    sources: ["registry"],
  },
  {
    id: "randomized-within-six-months",
    bearsOn: ["eligibility"],
    statement:
      '"Randomized within 6 months of diagnosis" covers the second part only: the open part randomizes nobody.',
    sources: ["registry"],
  },
  {
    id: "open-cohorts",
    bearsOn: ["list"],
    statement: "9 open participants are fixed cohorts of 3; a 3+3 rule may need 18 for three levels.",
    sources: ["registry", "inference"],
  },
  {
    id: "one-masking-field",
    bearsOn: ["masking"],
    statement:
      "One masking field (quadruple; double-blinded in the text, roles not stated) stands for an open and a masked part.",
    sources: ["registry"],
  },
  {
    id: "weight-of-children",
    bearsOn: ["dose"],
    askedAs: "dose.weightDescriptor",
    statement: "At ages 8 to 18, formulas of ideal or predicted weight must not be used.",
    sources: ["inference"],
  },
  {
    id: "status-wording",
    bearsOn: ["record"],
    statement:
      'The page says "enrolling"; that is read as recruiting, although registries also know enrolling by invitation.',
    sources: ["registry", "inference"],
  },
];
