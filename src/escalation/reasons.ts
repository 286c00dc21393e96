import type { Reason } from "./model.js";

/** The one text of each reason. Levels and numbers stand beside it. */
export const REASONS: Readonly<Record<Reason, string>> = Object.freeze({
  start: "Nobody was treated yet: the first cohort is treated at the starting level.",
  "complete-cohort": "The cohort is not complete.",
  escalate: "Few enough DLTs: the next higher level.",
  "escalate-blocked": "Few enough DLTs, but there is no open level above: the same level again.",
  "minimum-not-reached": "Few enough DLTs, but too few participants at this level to go up.",
  stay: "The share of DLTs is near the target: the same level again.",
  "three-more": "1 of 3 had a DLT: three more at this level.",
  "six-needed": "A level is recommended only with six participants: three more at this level.",
  "de-escalate": "Too many DLTs: the next lower level.",
  "three-more-below": "Two or more had a DLT: this level is closed, and the level below gets more participants.",
  "lowest-again": "Too many DLTs, but there is no level below: the lowest level again.",
  eliminate: "Far too many DLTs: this level and all above it are closed permanently.",
  "top-or-closed-above": "Few enough DLTs, and there is no open level above: the part ends.",
  "level-below": "Two or more had a DLT: the part ends, and the level below is recommended.",
  "highest-with-six": "Two or more had a DLT, and the level below has six participants: the part ends.",
  "lowest-too-toxic": "The lowest level has too many DLTs: the part ends without a dose.",
  "no-level-below": "Too many DLTs at the lowest level: the part ends without a dose.",
  "own-stop": "The table says stop: the part ends.",
  "early-stop": "This level has as many participants as the early stop asks for: the part ends.",
  "level-full": "The next cohort would bring its level above the most it may have: the part ends.",
  "total-reached": "No places are left for another cohort: the part ends.",
  pending: "Participants whose outcome is not known yet can change the decision: wait.",
});
