// The randomized part of NCT06407297 has 15 participants. An EXAMPLE ratio of 2:1 gives 10 and 5.
import { generateList, Seed, t1d } from "allocell";

for (const [sizes, lastBlock] of [
  [[3], "whole"],
  [[6], "cut"],
  [[3, 6], "fill"],
]) {
  const list = generateList({
    trial: t1d,
    seed: Seed.test("example"),
    plan: {
      trial: "NCT06407297",
      part: "randomized",
      list: "T1D-R-01",
      arms: { experimental: 2, placebo: 1 },
      procedure: { kind: "permuted-block", sizes, lastBlock },
      length: 15,
    },
  });
  const blocks = new Map([...list.unblindedRows()].map(({ block, blockSize }) => [block, blockSize]));
  const sum = [...blocks.values()].reduce((a, b) => a + b, 0);
  console.log(`${sizes.join(" and ")}, ${lastBlock}: ${list.unblindedRowCount} rows of blocks that hold ${sum}`);
}

// Output:
// 3, whole: 15 rows of blocks that hold 15
// 6, cut: 15 rows of blocks that hold 18
// 3 and 6, fill: 15 rows of blocks that hold 15
