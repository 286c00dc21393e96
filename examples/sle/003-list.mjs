// A TEST list for two sites, its balance, and the blinded list that sites may see. The ratio is an EXAMPLE.
import { generateList, Seed, sle, toBlindedCsv } from "allocell";

const list = generateList({
  trial: sle,
  seed: Seed.test("allocell demo"),
  plan: {
    trial: "NCT07041801",
    part: "single-dose",
    list: "SLE-SD-01",
    arms: { low: 1, medium: 1, high: 1, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [4, 8] },
    strata: [{ factor: "site", levels: ["01", "02"] }],
    length: 24,
  },
});
for (const { stratum, counts } of list.unblindedBalance()) console.log(JSON.stringify({ stratum, counts }));
const lines = [...toBlindedCsv(list.blinded())];
console.log(lines.slice(0, 3).join("").trimEnd());
console.log(String(list)); // a stray log shows no treatment

// Output:
// {"stratum":[["site","01"]],"counts":{"low":6,"medium":6,"high":6,"placebo":6}}
// {"stratum":[["site","02"]],"counts":{"low":6,"medium":6,"high":6,"placebo":6}}
// status,list,site,sequence,number
// TEST,SLE-SD-01,01,1,TR010001
// TEST,SLE-SD-01,01,2,TR010002
// [master list: unblinded]
