import {
  compareListFile,
  generateList,
  type MasterList,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
} from "../../../list/index.js";
import { Seed } from "../../../random/index.js";
import { uc } from "../../../trials/index.js";
import { changed, first, type Laws } from "./tried.js";

/** Of randomization lists: those of the statistics page, too. */
export const LIST_LAWS: Laws = {
  "exchanged arms leave the blinded files as they are": (runs) =>
    first(runs, (run) => {
      const [one, other] = [listOf(run, { exosome: 1, placebo: 1 }), listOf(run, { placebo: 1, exosome: 1 })];
      const isSame = blindedText(one) === blindedText(other) && masterText(one) !== masterText(other);
      return isSame ? undefined : `seed ${run}`;
    }),
  "the same plan and seed give the same bytes": (runs) =>
    first(runs, (run) => {
      const [one, other] = [listOf(run, { exosome: 1, placebo: 1 }), listOf(run, { exosome: 1, placebo: 1 })];
      return masterText(one) === masterText(other) ? undefined : `seed ${run}`;
    }),
  "every block holds the ratio": (runs) =>
    first(runs, (run) => {
      const blocks = new Map<string, number>();
      for (const row of listOf(run, { exosome: 1, placebo: 1 }).unblindedRows()) {
        const block = String(row.block);
        blocks.set(block, (blocks.get(block) ?? 0) + (row.arm === "exosome" ? 1 : -1));
      }
      return [...blocks.values()].every((sum) => sum === 0) ? undefined : `seed ${run}`;
    }),
  "a TEST list says so in every row": (runs) =>
    first(runs, (run) => {
      const lines = blindedText(listOf(run, { exosome: 1, placebo: 1 })).split("\n");
      return lines.slice(1, 40).every((line) => line === "" || line.includes("TEST")) ? undefined : `seed ${run}`;
    }),
  "one changed character of a list is found": (runs) =>
    first(runs, (run) => {
      const text = masterText(listOf(run, { exosome: 1, placebo: 1 }));
      const at = (run * 97) % text.length;
      return compareListFile([text], changed(text, at)) === undefined ? `character ${at}` : undefined;
    }),
};

/** The list of a run, for the arms in an order. */
export const listOf = (run: number, arms: Readonly<Record<string, number>>): MasterList =>
  generateList({
    plan: {
      ...{ trial: uc.id, part: "main", list: "OQ-01", arms, length: 20 },
      procedure: { kind: "permuted-block", sizes: [2, 4, 6], lastBlock: "whole" },
      strata: [{ factor: "site", levels: ["01", "02"] }],
    },
    trial: uc,
    seed: Seed.test(`oq ${run}`),
  });

const masterText = (list: MasterList): string => [...toMasterCsv(list)].join("");
const blindedText = (list: MasterList): string =>
  [...toBlindedCsv(list.blinded()), ...toBlindedJson(list.blinded())].join("");
