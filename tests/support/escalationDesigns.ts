import type {
  BoinSpec,
  EscalationDesign,
  EscalationRuleSpec,
  I3Plus3Spec,
  MTpi2Spec,
  OwnTableSpec,
  TargetRules,
  ThreePlusThreeSpec,
} from "../../src/escalation/index.js";

/** Edge rules as the R package BOIN has them. */
export const EDGES: Omit<TargetRules, "target"> = {
  cohorts: [3],
  maxTotal: 18,
  lastCohort: "cut",
  atLowest: "stay",
  atHighest: "stay",
  reescalation: "allowed",
  minToEscalate: 0,
  maxAtLevel: "none",
  earlyStop: "none",
  stopCohortWhenDecided: false,
  elimination: { cutoff: "0.95", minimum: 3 },
  extraSafe: "none",
  selection: { kind: "isotonic", mustNotExceed: "none" },
};

const times = (share: string, tenths: number): string => {
  const [top = "0", bottom = "1"] = share.split("/");
  return `${Number(top) * tenths}/${Number(bottom) * 10}`;
};

/** BOIN with the default boundaries 0.6 and 1.4 of the target, which is "a/b". */
export const boinSpec = (target: string, other: Partial<BoinSpec> = {}): BoinSpec => ({
  ...EDGES,
  ...{ kind: "boin", target, tooLow: times(target, 6), tooHigh: times(target, 14) },
  ...other,
});

export const i3plus3Spec = (target: string, half: string, other: Partial<I3Plus3Spec> = {}): I3Plus3Spec => ({
  ...EDGES,
  ...{ kind: "i3+3", target, equivalence: { below: half, above: half } },
  ...other,
});

export const mtpi2Spec = (target: string, half: string, other: Partial<MTpi2Spec> = {}): MTpi2Spec => ({
  ...EDGES,
  ...{ kind: "mtpi-2", target, equivalence: { below: half, above: half }, shortIntervals: "kept" },
  ...other,
});

export const threePlusThreeSpec = (
  variant: ThreePlusThreeSpec["variant"],
  needSixAtMtd = false,
  other: Partial<ThreePlusThreeSpec> = {},
): ThreePlusThreeSpec => ({
  ...{ kind: "3+3", variant, needSixAtMtd, maxTotal: "none", stopCohortWhenDecided: false },
  ...other,
});

/** Cohorts of three that go up on fewer than `stopAt` DLTs and otherwise stop; the level below is recommended. */
export const threeByThreeSpec = (stopAt: number, other: Partial<OwnTableSpec> = {}): OwnTableSpec => {
  const { cohorts, lastCohort, atLowest, reescalation, minToEscalate, maxAtLevel, earlyStop, stopCohortWhenDecided } =
    EDGES;
  return {
    ...{ kind: "own-table", cohorts, lastCohort, atLowest, reescalation, minToEscalate, maxAtLevel, earlyStop },
    ...{ stopCohortWhenDecided, maxTotal: 60, atHighest: "stop", selection: { kind: "below-stop" } },
    cells: [0, 1, 2, 3].map((dlt) => ({ n: 3, dlt, decision: dlt < stopAt ? "escalate" : "stop" })),
    ...other,
  };
};

export const designOf = (levels: number, rule: EscalationRuleSpec, startLevel = 1): EscalationDesign => ({
  levels: Array.from({ length: levels }, (_, i) => ({ label: String(i + 1) })),
  startLevel,
  rule,
});
