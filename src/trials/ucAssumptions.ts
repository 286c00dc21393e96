import type { Assumption, Contradiction } from "../trial/index.js";
import {
  allocationAssumptions,
  maskedRolesAssumption,
  productAssumptions,
  SCHEDULE_ASSUMPTIONS,
  UNBLINDED_ROLES_ASSUMPTION,
} from "./commonAssumptions.js";

/** What the record of NCT06853522 leaves open. */
export const UC_ASSUMPTIONS: readonly Assumption[] = [
  ...allocationAssumptions({
    ratioHint: "40 = 20 + 20 under 1:1",
    blockHint: "at 1:1, blocks of 2, 4, 8 or 10 fill 40; blocks of 6 leave 4 over",
    sizeHint: "all 40 are in one part; 20 + 20 under 1:1",
  }),
  {
    key: "dose.administrations",
    question: "How often is the treatment given, and how many days apart if more than once?",
    neededFor: ["dose", "schedule"],
    format: "administrations",
  },
  ...productAssumptions(["exosome"], "cell-equivalents, particles or protein"),
  {
    key: "infusion.finalVolume",
    question: "Which volume is given, and is the equal amount of placebo an equal volume or an equal mass?",
    neededFor: ["preparation"],
    format: "volume",
  },
  {
    key: "placebo.infusions",
    question: "Is the placebo given as often, and at the same times, as the exosomes?",
    neededFor: ["schedule", "blinding"],
    arms: ["placebo"],
    format: "text",
  },
  {
    key: "route",
    question: "How is the localized treatment delivered?",
    neededFor: ["preparation"],
    format: "text",
  },
  ...SCHEDULE_ASSUMPTIONS,
  maskedRolesAssumption("single"),
  UNBLINDED_ROLES_ASSUMPTION,
];

/** What does not add up in the record of NCT06853522. */
export const UC_CONTRADICTIONS: readonly Contradiction[] = [
  {
    id: "groups-of-twenty",
    bearsOn: ["list"],
    statement: "40 participants are 20 and 20 only under an assumed 1:1; the record states no ratio.",
    sources: ["registry", "inference"],
  },
  {
    id: "masked-role",
    bearsOn: ["masking"],
    statement: "The masking is single, but the record does not say who is masked.",
    sources: ["registry"],
  },
  {
    id: "equal-amount",
    bearsOn: ["dose"],
    arms: ["placebo"],
    statement: "The equal amount of placebo may be an equal volume or an equal mass.",
    sources: ["registry", "inference"],
  },
  {
    id: "amount-not-described",
    bearsOn: ["dose"],
    askedAs: "product.vialContent",
    statement:
      "The record states no repeat dosing, no volume and no particle or protein content of the exosome product.",
    sources: ["registry"],
  },
  {
    id: "garbled-names",
    bearsOn: ["eligibility"],
    statement: 'Some drug names in the record are garbled, for example "ulinumab".',
    sources: ["registry"],
  },
  {
    id: "first-criterion-missing",
    bearsOn: ["eligibility"],
    statement: "The record's lists of criteria start at item 2; the text of item 1 is missing.",
    sources: ["registry"],
  },
];
