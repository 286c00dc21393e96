/*
 * A second allocell list, programmed from docs/algorithm.md alone (sections 6 and 7 here, the rest beside this file),
 * to be compared with the package byte for byte. Nothing of allocell is imported here.
 */
import { dealStratum, type BlockPlan, type DealtRow } from "./secondBlocks.js";
import { drawsOf, streamKey, type Purpose, type SecondSeed } from "./secondStream.js";

export interface SecondPlan {
  readonly trial: string;
  readonly part: string;
  readonly list: string;
  readonly arms: Readonly<Record<string, number>>;
  readonly procedure: BlockPlan & { readonly kind: "permuted-block" };
  readonly strata: readonly { readonly factor: string; readonly levels: readonly string[] }[];
  readonly length: number;
  readonly procedures?: readonly {
    readonly stratum: Readonly<Record<string, string>>;
    readonly procedure: BlockPlan;
  }[];
  readonly lengths?: readonly { readonly stratum: Readonly<Record<string, string>>; readonly length: number }[];
  readonly numbers?: { readonly prefix: string; readonly digits: number };
}

export interface SecondRow extends DealtRow {
  /** Whether the stratum's length asks for the row; the rest of a whole last block is not handed out. */
  readonly isAsked: boolean;
  readonly status: string;
  readonly levels: readonly string[];
  readonly sequence: number;
  readonly number: string;
}

const ALGORITHM = "allocell-pb-1";

/** All rows, stratum after stratum. */
export function secondList(plan: SecondPlan, seed: SecondSeed): SecondRow[] {
  const choices = plan.strata.map(({ levels }) => levels.map((_, place) => place));
  return places(choices).flatMap((stratum) => {
    const levels = stratum.map((place, factor) => plan.strata[factor]!.levels[place]!);
    const named = plan.strata.map(({ factor }, index): [string, string] => [factor, levels[index]!]);
    const drawsFor = (purpose: Purpose): ReturnType<typeof drawsOf> =>
      drawsOf(streamKey(seed, ALGORITHM, plan.list, purpose, named));
    const speaksOf = (entry: { readonly stratum: Readonly<Record<string, string>> }): boolean =>
      Object.entries(entry.stratum).every(([factor, level]) =>
        named.some(([name, own]) => name === factor && own === level),
      );
    const asked = plan.lengths?.find(speaksOf)?.length ?? plan.length;
    const procedure = plan.procedures?.find(speaksOf)?.procedure ?? plan.procedure;
    const dealt = dealStratum(plan.arms, procedure, asked, {
      allocation: drawsFor("allocation"),
      sizes: drawsFor("block-sizes"),
    });

    const { prefix, digits } = plan.numbers ?? { prefix: "R", digits: 4 };
    const front = [seed.status === "TEST" ? "T" : "", prefix, ...stratum.map((place) => padded(place + 1, 2))].join("");
    return dealt.map((row, index) => ({
      ...row,
      status: seed.status,
      levels,
      sequence: index + 1,
      isAsked: index < asked,
      number: front + padded(index + 1, digits),
    }));
  });
}

/** The Cartesian product, the last choice changing fastest; of nothing, one empty combination. */
function places(choices: readonly (readonly number[])[]): number[][] {
  return choices.reduce<number[][]>(
    (heads, choice) => heads.flatMap((head) => choice.map((place) => [...head, place])),
    [[]],
  );
}

function padded(value: number, digits: number): string {
  return String(value).padStart(digits, "0");
}

export function secondMasterCsv(plan: SecondPlan, rows: readonly SecondRow[]): string {
  const last = ["block", "block_size", "position", "arm"];
  return csv(plan, rows, last, (row) => [row.block, row.blockSize, row.position, row.arm]);
}

export function secondBlindedCsv(plan: SecondPlan, rows: readonly SecondRow[]): string {
  const handedOut = rows.filter(({ isAsked }) => isAsked);
  return csv(plan, handedOut, [], () => []);
}

function csv(
  plan: SecondPlan,
  rows: readonly SecondRow[],
  last: readonly string[],
  lastOf: (row: SecondRow) => readonly (string | number)[],
): string {
  const factors = plan.strata.map(({ factor }) => factor);
  const header = ["status", "list", ...factors, "sequence", "number", ...last];
  const lines = rows.map((row) => [row.status, plan.list, ...row.levels, row.sequence, row.number, ...lastOf(row)]);
  return [header, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

/** RFC 4180: a field with a comma, a quote or a line break stands in quotes, and its quotes are doubled. */
function cell(value: string | number): string {
  const text = String(value);
  return /[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
