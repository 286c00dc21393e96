import type { Assumption, Contradiction } from "../trial/index.js";
import {
  allocationAssumptions,
  cellDoseAssumptions,
  maskedRolesAssumption,
  productAssumptions,
  SCHEDULE_ASSUMPTIONS,
  UNBLINDED_ROLES_ASSUMPTION,
} from "./commonAssumptions.js";

const CELL_ARMS = ["control", "experimental"];
const COMPARE =
  "NCT04441658 (Shanghai East Hospital) gave 0.75E6/kg, and its control the same volume of saline with albumin";

/** What the record of NCT06727721 leaves open. */
export const T2D_ASSUMPTIONS: readonly Assumption[] = [
  ...allocationAssumptions({
    ratioHint: "10 in three groups is unequal, 4, 3 and 3 under 1:1:1",
    blockHint: "10 at 1:1:1 is three blocks of 3 and a truncated one",
    sizeHint: "all 10 are in one part; 4, 3 and 3 under 1:1:1",
  }),
  {
    key: "dose.levels.control",
    question: "Which dose of mesenchymal stem cells does the control group get, per kg or flat?",
    neededFor: ["dose"],
    arms: ["control"],
    format: "dose",
    hint: COMPARE,
  },
  {
    key: "dose.levels.experimental",
    question: "Which dose of OCN-19 mesenchymal stem cells does the experimental group get, per kg or flat?",
    neededFor: ["dose"],
    arms: ["experimental"],
    format: "dose",
    hint: COMPARE,
  },
  {
    key: "dose.administrations",
    question: "How often is the treatment given, and how many days apart if more than once?",
    neededFor: ["dose", "schedule"],
    format: "administrations",
  },
  ...cellDoseAssumptions(CELL_ARMS),
  ...productAssumptions(CELL_ARMS, "cells"),
  {
    key: "infusion.finalVolume",
    question: "Which volume is given, in each arm, placebo included?",
    neededFor: ["preparation"],
    format: "volume",
  },
  {
    key: "infusion.rate",
    question: "At which rate, or within which time, is it given?",
    neededFor: ["preparation"],
    format: "rate-or-duration",
  },
  {
    key: "placebo.composition",
    question: "What does the placebo consist of, besides albumin, and in which concentration?",
    neededFor: ["preparation", "blinding"],
    arms: ["placebo"],
    format: "text",
  },
  {
    key: "placebo.infusions",
    question: "Is the placebo given as often, and at the same times, as the cells?",
    neededFor: ["schedule", "blinding"],
    arms: ["placebo"],
    format: "text",
  },
  {
    key: "route",
    question: "By which route is the treatment given?",
    neededFor: ["preparation"],
    format: "text",
    hint: 'infusion, because an exclusion speaks of what "may affect infusion results"',
  },
  ...SCHEDULE_ASSUMPTIONS,
  maskedRolesAssumption("triple"),
  UNBLINDED_ROLES_ASSUMPTION,
];

/** What does not add up in the record of NCT06727721. */
export const T2D_CONTRADICTIONS: readonly Contradiction[] = [
  {
    id: "ten-in-three",
    bearsOn: ["list"],
    statement: "10 participants in three groups are unequal groups (4, 3 and 3 perhaps); the record says no more.",
    sources: ["registry", "inference"],
  },
  {
    id: "two-age-ranges",
    bearsOn: ["eligibility"],
    statement: "The age field says 18 to 70, a criterion 30 to 75; both hold only from 30 to 70.",
    sources: ["registry", "inference"],
  },
  {
    id: "spelling",
    bearsOn: ["record"],
    statement: 'The product is written "OCN19" and "OCN-19".',
    sources: ["registry"],
  },
  {
    id: "which-control",
    bearsOn: ["dose", "list"],
    arms: ["placebo", "control"],
    statement:
      'The placebo arm is described with "the control group was given albumin", while another arm is named "The control group".',
    sources: ["registry"],
  },
  {
    id: "metformin-only",
    bearsOn: ["eligibility"],
    statement: '"Limited to metformin only" stands beside alpha-glycosidase inhibitors.',
    sources: ["registry"],
  },
  {
    id: "no-dose",
    bearsOn: ["dose"],
    askedAs: "dose.levels.experimental",
    statement: "The record states no dose for any arm.",
    sources: ["registry"],
  },
  {
    id: "small-phase-2",
    bearsOn: ["record"],
    statement: "A Phase 2 trial has 10 participants.",
    sources: ["registry"],
  },
  {
    id: "masked-role",
    bearsOn: ["masking"],
    askedAs: "masking.roles",
    statement: "The masking is triple, but the record does not say which three of four roles are masked.",
    sources: ["registry"],
  },
  {
    id: "status-wording",
    bearsOn: ["record"],
    statement:
      'The page says "enrolling"; that is read as recruiting, although registries also know enrolling by invitation.',
    sources: ["registry", "inference"],
  },
];
