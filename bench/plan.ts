import { parsePlan, type Plan } from "../src/list/index.js";

/** Five arms in blocks of 5 and 10, cut at the end. */
export function benchPlan(rows: number): Plan {
  return parsePlan({
    trial: "BENCH",
    part: "main",
    list: "BENCH-1",
    arms: { low: 1, medium: 1, high: 1, double: 1, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [5, 10], lastBlock: "cut" },
    length: rows,
    numbers: { digits: 8 },
  });
}
