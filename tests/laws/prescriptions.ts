import type { Order } from "../../src/dose/index.js";
import { recordDecision } from "../../src/trial/index.js";
import { sle, uc } from "../../src/trials/index.js";

const ONCE = { "dose.administrations": "1" };
const CELLS = { "dose.countBasis": "viable-cells", "dose.weightDescriptor": "actual", "dose.cap": "none" };
const opened = recordDecision(sle, {
  arm: "double",
  dataCut: "2026-01-15",
  decidedBy: "committee",
  decidedOn: "2026-02-01",
  dose: { kind: "per-kg", amount: "3E6", unitKind: "cells" },
  administrations: { count: 2, intervalDays: 28 },
});

/** One prescription of every kind of rule, date and warning. */
export const PRESCRIPTIONS: Readonly<Record<string, Order>> = {
  "a dose per kg": { trial: sle, arm: "low", weightKg: "60", assumptions: { ...CELLS, ...ONCE } },
  "a cap that acts, a weighing, a weight outside the criteria": {
    trial: sle,
    arm: "high",
    weightKg: "299.9",
    weighedOn: "2026-01-02",
    weighedBy: "nurse",
    assumptions: { ...CELLS, ...ONCE, "dose.cap": "200 million viable cells" },
  },
  "two administrations with a window, one outside it, before the decision": {
    trial: opened,
    arm: "double",
    weightKg: "60",
    firstAdministration: "2026-01-15",
    window: { earlyDays: 2, lateDays: 2, anchor: "planned" },
    actual: ["2026-01-15", "2026-03-15"],
    assumptions: CELLS,
  },
  "a placebo": { trial: sle, part: "single-dose", arm: "placebo", assumptions: { ...CELLS, ...ONCE } },
  "a flat dose": { trial: uc, arm: "exosome", assumptions: ONCE },
};
