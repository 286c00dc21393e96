// NCT06853522 has 40 participants. At an assumed 1:1, blocks of 6 never make 40; blocks of 2 and 4 do.
import { AllocellError, generateList, Seed, uc } from "allocell";

function balanceWith(sizes) {
  try {
    const list = generateList({
      trial: uc,
      seed: Seed.test("example"),
      plan: {
        trial: "NCT06853522",
        part: "main",
        list: "UC-01",
        arms: { exosome: 1, placebo: 1 },
        procedure: { kind: "permuted-block", sizes },
        length: 40,
      },
    });
    return JSON.stringify(list.unblindedBalance()[0]?.counts);
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
}
console.log(balanceWith([6]));
console.log(balanceWith([4]));

// Output:
// procedure.length_not_covered
// {"exosome":20,"placebo":20}
