// NCT06727721 has 10 participants in three arms. An EXAMPLE ratio of 1:1:1 gives three blocks of 3 and a rest.
import { generateList, Seed, t2d } from "allocell";

for (const lastBlock of ["cut", "whole"]) {
  const list = generateList({
    trial: t2d,
    seed: Seed.test("example"),
    plan: {
      trial: "NCT06727721",
      part: "main",
      list: "T2D-01",
      arms: { placebo: 1, control: 1, experimental: 1 },
      procedure: { kind: "permuted-block", sizes: [3], lastBlock },
      length: 10,
    },
  });
  const groups = Object.values(list.unblindedBalance()[0]?.counts ?? {}).sort((a, b) => b - a);
  console.log(`${lastBlock}: ${list.unblindedRowCount} rows, groups of ${groups.join(", ")}`);
  for (const { code } of list.unblindedRecord().warnings) console.log(`  ${code}`);
}

// Output:
// cut: 10 rows, groups of 4, 3, 3
//   list.last_block_cut
// whole: 12 rows, groups of 4, 4, 4
//   list.longer_than_asked
