// The record of NCT06407297 states no dose, so none is prescribed until every open question is answered.
import { AllocellError, keysOfPath, prescribe, t1d } from "allocell";

try {
  prescribe({ trial: t1d, part: "randomized", arm: "experimental", weightKg: "38.2", assumptions: {} });
} catch (error) {
  if (!AllocellError.is(error)) throw error;
  for (const { code, path } of error.issues) console.log(`${code}: ${keysOfPath(path).join(" > ")}`);
}
const capped = prescribe({
  trial: t1d,
  part: "randomized",
  arm: "experimental",
  weightKg: "60.5",
  // All of these are EXAMPLES.
  assumptions: {
    "dose.levels.experimental": "1E6 viable cells/kg",
    "dose.administrations": "1",
    "dose.countBasis": "viable-cells",
    "dose.weightDescriptor": "actual",
    "dose.cap": "60E6 viable cells",
  },
});
console.log(capped.warnings[0]?.message);

// Output:
// trial.assumption_missing: assumptions > dose.levels.experimental
// trial.assumption_missing: assumptions > dose.administrations
// trial.assumption_missing: assumptions > dose.countBasis
// trial.assumption_missing: assumptions > dose.weightDescriptor
// trial.assumption_missing: assumptions > dose.cap
// The cap acts: 60,500,000 viable cells became 60,000,000 viable cells, which is about 991,735.54 viable cells/kg.
