/** The calls of r-sample.json after `set.seed(...)`, as the draws that a case states. */
const n = (count: number): { n: number } => ({ n: count });
const CALLS: Readonly<Record<string, readonly object[]>> = {
  'sprintf("%.17g", runif(10))': [{ runif: 10 }],
  "rbinom(20,1,2/3)": [{ rbinom: [20, 2 / 3] }],
  "rbinom(20,1,0.5)": [{ rbinom: [20, 0.5] }],
  "head(sample(1000),20)": [{ sample: n(1000), first: 20 }],
  "sample(3, 12, replace=TRUE)": [{ sample: { n: 3, size: 12, replace: true } }],
  "sample(c(2,4,6), 10, replace=TRUE)": [{ sample: { n: 3, size: 10, replace: true }, labels: [2, 4, 6] }],
  "sample(c(2,4,6), 10, replace=TRUE, prob=c(.25,.5,.25))": [
    { sample: { n: 3, size: 10, replace: true, prob: [0.25, 0.5, 0.25] }, labels: [2, 4, 6] },
  ],
  "sample(0:3, 10, replace=TRUE, prob=c(1,1,2,4)/8)": [
    { sample: { n: 4, size: 10, replace: true, prob: [1 / 8, 1 / 8, 2 / 8, 4 / 8] }, labels: [0, 1, 2, 3] },
  ],
  "sample(5, 3, prob=c(.1,.2,.3,.25,.15))": [{ sample: { n: 5, size: 3, prob: [0.1, 0.2, 0.3, 0.25, 0.15] } }],
  'sample(c("A","A","B","B","C","C"))': [{ sample: n(6), labels: ["A", "A", "B", "B", "C", "C"] }],
  'unlist(lapply(1:6, function(i) sample(rep(c("P","L","M","H","X"),2))))': Array.from({ length: 6 }, () => ({
    sample: n(10),
    labels: ["P", "L", "M", "H", "X", "P", "L", "M", "H", "X"],
  })),
  "runif(1); .Random.seed[1:7]": [{ skip: 1 }, { randomSeed: 7 }],
};

/** What a call of R draws. */
export function rDraws(call: string): readonly object[] {
  const after = call.replace(/^set\.seed\([^)]*\); /, "").replace(/ {2}#.*$/, "");
  const plain = /^sample\((\d+)(?:, (\d+))?\)$/.exec(after);
  if (plain) {
    const size = plain[2] === undefined ? {} : { size: Number(plain[2]) };
    return [{ sample: { n: Number(plain[1]), ...size } }];
  }
  const draws = CALLS[after];
  if (draws === undefined) throw new Error(`no such call: ${after}`);
  return draws;
}
