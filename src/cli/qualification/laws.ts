import {
  applyEvent,
  assignNext,
  chainEvent,
  EMPTY_CONDUCT,
  openListLog,
  readLog,
  toLogLine,
} from "../../allocation/index.js";
import { findWeightBorders, parsePreparationOrder, prepare, prescribe } from "../../dose/index.js";
import { AllocellError, fail } from "../../foundation/index.js";
import {
  boundList,
  compareListFile,
  generateList,
  type MasterList,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
} from "../../list/index.js";
import { Seed } from "../../random/index.js";
import { sle, uc } from "../../trials/index.js";

/** What must hold for every seed and weight, tried at fixed ones: the answer is the first breach, or nothing. */
const LAWS: Readonly<Record<string, (runs: number) => string | undefined>> = {
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
  "one changed character of an allocation log is found": (runs) => {
    const log = logText();
    return first(runs, (run) => {
      const at = (run * 41) % log.lastIndexOf("\n");
      return isRefused(() => readLog(changed(log, at)), log) ? undefined : `character ${at}`;
    });
  },
  "the target is the dose per kg times the weight": (runs) =>
    first(runs, (run) => {
      const tenths = 5 + run * 7;
      const { target } = prescribe({ trial: sle, arm: "low", weightKg: kgOf(tenths), assumptions: ANSWERS });
      return target.amount === String(tenths * 100_000) ? undefined : `${kgOf(tenths)} kg`;
    }),
  "a capped dose never exceeds its cap, before and after rounding": (runs) =>
    first(runs, (run) => {
      const { target, delivered } = prepare(capped(kgOf(300 + run * 11)));
      const most = Math.max(Number(target.amount.amount), Number(delivered.amount.amount));
      return most <= 60_000_000 ? undefined : `${kgOf(300 + run * 11)} kg`;
    }),
  "the borders of a preparation hold every change of containers": (runs) => {
    const found = findWeightBorders(parsePreparationOrder(capped("70")), {
      fromKg: "20",
      toKg: kgOf(200 + runs),
      stepKg: "0.1",
    });
    const told = new Set(found.rows.filter(({ changes }) => changes.includes("containers")).map((row) => row.weightKg));
    const countAt = (tenths: number): number =>
      prepare(capped(kgOf(tenths))).containers.reduce((sum, { containers }) => sum + containers, 0);
    return first(runs, (run) => {
      const isChange = countAt(200 + run) !== countAt(199 + run);
      return run === 0 || isChange === told.has(kgOf(200 + run)) ? undefined : `${kgOf(200 + run)} kg`;
    });
  },
};

/** @throws AllocellError `cli.internal` for a law that is none */
export const lawNamed = (name: string): ((runs: number) => unknown) => {
  const law = LAWS[name];
  return law === undefined ? fail("cli.internal", name, "There is no such law.") : (runs) => law(runs) ?? "holds";
};

const ANSWERS = {
  "dose.countBasis": "viable-cells",
  "dose.weightDescriptor": "actual",
  "dose.cap": "none",
  "dose.administrations": "1",
};

const first = (runs: number, breach: (run: number) => string | undefined): string | undefined =>
  Array.from({ length: runs }, (_, run) => breach(run)).find((found) => found !== undefined);

const kgOf = (tenths: number): string => String(tenths / 10);

const changed = (text: string, at: number): string =>
  `${text.slice(0, at)}${text[at] === "1" ? "2" : "1"}${text.slice(at + 1)}`;

const listOf = (run: number, arms: Readonly<Record<string, number>>): MasterList =>
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

/** A log of one list with three participants. */
function logText(): string {
  const stamp = { at: "2026-03-02T09:00:00Z", actor: "Desk" };
  let state = EMPTY_CONDUCT;
  let text = "";
  const add = (body: Parameters<typeof chainEvent>[1]): void => {
    const event = chainEvent(state, body, stamp);
    state = applyEvent(state, event);
    text += toLogLine(event);
  };
  add(openListLog(boundList(listOf(0, { exosome: 1, placebo: 1 }))));
  for (const participant of ["S-01", "S-02", "S-03"]) add(assignNext(state, { participant, stratum: { site: "01" } }));
  return text;
}

/** Whether a log is refused, or is read as something else than it was. */
function isRefused(read: () => ReturnType<typeof readLog>, original: string): boolean {
  try {
    return read().events.length < original.split("\n").length - 1;
  } catch (error) {
    return AllocellError.is(error);
  }
}

const capped = (weightKg: string): Parameters<typeof prepare>[0] => {
  const rule = { kind: "per-kg", amount: "1000000", unitKind: "viable-cells" } as const;
  return {
    preparedOn: "2026-03-19",
    weight: { descriptor: "actual", weightKg, weighedOn: "2026-03-19", weighedBy: "OQ" },
    dose: {
      from: "protocol",
      rule,
      levels: [rule],
      source: "OQ",
      cap: { amount: "60000000", unitKind: "viable-cells" },
    },
    product: { name: "OQ", mayMixLots: false, source: "OQ" },
    lots: [
      {
        ...{ lot: "OQ-1", expiresOn: "2027-01-31", isReleased: true, containers: 20, content: "10000000" },
        ...{ counted: "viable-cells", recovery: "0.83", fillMl: "2", extractableMl: "1.9" },
      },
    ],
    draw: { graduationMl: "0.1", overfillPercent: "5", whenAbove: "one-graduation-less" },
    infusion: { finalVolumeMl: "100" },
  };
};
