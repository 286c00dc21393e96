// The exosomes of 60E6 cells are given whatever the participant weighs, and are counted as cell-equivalents.
import { prescribe, uc } from "allocell";

const once = { "dose.administrations": "1" }; // EXAMPLE: the record does not say how often
console.log(prescribe({ trial: uc, arm: "exosome", assumptions: once }).target.words);
console.log(prescribe({ trial: uc, arm: "exosome", weightKg: "103.5", assumptions: once }).target.words);
const light = prescribe({ trial: uc, arm: "exosome", weightKg: "38.5", assumptions: once });
console.log(light.warnings.map(({ code }) => code).join());

// Output:
// 60 million cell-equivalents
// 60 million cell-equivalents
// dose.weight_outside_eligibility
