// The low-dose arm of NCT07041801: 1E6 cells/kg. What the record leaves open is stated here as an EXAMPLE.
import { prescribe, sle } from "allocell";

const prescription = prescribe({
  trial: sle,
  arm: "low",
  weightKg: "72.4",
  assumptions: {
    "dose.countBasis": "viable-cells",
    "dose.weightDescriptor": "actual",
    "dose.cap": "none",
    "dose.administrations": "1",
  },
});
console.log(prescription.target.words);
for (const step of prescription.steps) console.log(`${step.title}: ${step.worked}`);

// Output:
// 72.4 million viable cells
// Dosing weight: w = 72.4 kg
// Target of one administration: 1,000,000 × 72.4 = 72,400,000 viable cells
// Planned cumulative exposure: 72,400,000 × 1 = 72,400,000 viable cells
// Planned cumulative exposure per kg: 72,400,000 / 72.4 = 1,000,000 viable cells/kg
