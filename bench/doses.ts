import { prescribe, prescriber } from "../src/dose/index.js";
import { sle } from "../src/trials/index.js";
import { prepareRuns } from "./fullOrder.js";
import { measure, printTable, show, type Timing } from "./measure.js";

// A process of its own: code that a list of ten million rows has compiled for its shapes is slower for all others.
const smoke = process.argv.includes("--smoke");
const rounds = smoke ? 3 : 7;
const repeat = smoke ? 50 : 2_000;
const table: string[][] = [["what", "median", "best", "baseline", "ratio", "target"]];

const times = (act: () => unknown): Timing =>
  measure(rounds, repeat, () => {
    for (let i = 0; i < repeat; i += 1) act();
  });

const assumptions = {
  "dose.countBasis": "viable-cells",
  "dose.weightDescriptor": "actual",
  "dose.cap": "none",
  "dose.administrations": "1",
};
const plainDose = measure(rounds, 100_000, () => {
  let sum = 0;
  for (let i = 0; i < 100_000; i += 1) sum += 1e6 * (60 + (i % 7));
  return sum;
}).median;
function report(what: string, act: () => unknown, target: string): void {
  const { median, best } = times(act);
  table.push([what, show(median), show(best), show(plainDose), (median / plainDose).toFixed(0), target]);
}

const ofArm = prescriber({ trial: sle, arm: "low", assumptions });
report("a dose with its steps, of an arm that was read", () => ofArm({ weightKg: "72.4" }), "<= 10 µs");
report(
  "  arm and assumptions read anew",
  () => prescribe({ trial: sle, arm: "low", weightKg: "72.4", assumptions }),
  "",
);
const { read, whole, withoutSteps } = prepareRuns();
report("a full preparation with its trace", read, "<= 40 µs");
report("  with the reading of its order", whole, "");
report("  of an order that was read, without steps", withoutSteps, "");

printTable(table);
