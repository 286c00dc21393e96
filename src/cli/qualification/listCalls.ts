import { sha256Hex } from "../../foundation/index.js";
import { generateList, toBlindedCsv, toMasterCsv } from "../../list/index.js";
import { arc4Stream, Seed } from "../../random/index.js";
import { trialById } from "../../trials/index.js";
import type { Calls } from "./runCase.js";

/** Calls of lists and of the stream that they are drawn from: those of the statistics page, too. */
export const LIST_CALLS: Calls = {
  "words of the default stream": ({ key, count }: { key: string; count: number }) => {
    const stream = arc4Stream(key);
    return Array.from({ length: count }, () => stream.nextWord());
  },
  "randomization list": ({ plan, testSeed }: { plan: { trial: string }; testSeed: string }) => {
    const master = generateList({ plan, trial: trialById(plan.trial), seed: Seed.test(testSeed) });
    const [masterCsv, blindedCsv] = [[...toMasterCsv(master)].join(""), [...toBlindedCsv(master.blinded())].join("")];
    const arms = [...master.unblindedRows()].slice(0, 12).map(({ arm }) => arm);
    return { arms, master: sha256Hex(masterCsv), blinded: sha256Hex(blindedCsv) };
  },
};
