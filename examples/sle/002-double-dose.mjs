// The double-dose arm is closed until a decision is recorded. This decision is an EXAMPLE.
import { AllocellError, isOpen, prescribe, recordDecision, requireArm, sle } from "allocell";

console.log(`open: ${isOpen(requireArm(sle, "double"))}`);
const opened = recordDecision(sle, {
  arm: "double",
  dataCut: "2026-01-15",
  decidedBy: "investigators and sponsor (example)",
  decidedOn: "2026-02-01",
  dose: { kind: "per-kg", amount: "3E6", unitKind: "cells" },
  administrations: { count: 2, intervalDays: 28 },
});
const order = {
  arm: "double",
  weightKg: "60",
  firstAdministration: "2026-09-08",
  assumptions: { "dose.countBasis": "viable-cells", "dose.weightDescriptor": "actual", "dose.cap": "none" },
};
for (const { date, studyDay, target } of prescribe({ ...order, trial: opened }).administrations) {
  console.log(`Day ${studyDay}, ${date ?? ""}: ${target.words}`);
}
try {
  prescribe({ ...order, trial: sle });
} catch (error) {
  if (AllocellError.is(error)) console.log(error.code);
}

// Output:
// open: false
// Day 1, 2026-09-08: 180 million viable cells
// Day 29, 2026-10-06: 180 million viable cells
// trial.arm_closed
