/*
 * A second allocell list, programmed from docs/algorithm.md alone (sections 6 and 7 here, the rest beside this file),
 * to be compared with the package byte for byte. Nothing of allocell is imported here.
 */
import { createHash } from "node:crypto";
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
  readonly numbers?: SecondNumbers;
}

export interface SecondNumbers {
  readonly prefix: string;
  readonly digits: number;
  readonly levelDigits?: 1;
  readonly mask?: string;
  readonly shuffle?: string;
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

    const numbers = plan.numbers ?? { prefix: "R", digits: 4 };
    const front = `${seed.status === "TEST" ? "T" : ""}${numbers.prefix}`;
    const code = stratum.map((place) => padded(place + 1, numbers.levelDigits ?? 2)).join("");
    return dealt.map((row, index) => ({
      ...row,
      status: seed.status,
      levels,
      sequence: index + 1,
      isAsked: index < asked,
      number: front + numberOf(numbers, code, index + 1),
    }));
  });
}

/** Section 6: what stands behind the prefix. */
function numberOf(
  { digits, mask = "{stratum}{sequence}", shuffle }: SecondNumbers,
  code: string,
  place: number,
): string {
  const shown = shuffle === undefined ? padded(place, digits) : inOrderOf(shuffle, code, padded(place, digits));
  return mask.replace(/\{(\w+)\}/g, (_, what: string) =>
    what === "stratum" ? code : what === "sequence" ? shown : checkDigitOf(code + shown),
  );
}

/** The digit c that ISO 7064 MOD 11,10 asks for: the one with which the whole run leaves the remainder 1. */
function checkDigitOf(digits: string): string {
  const remainder = (run: string): number =>
    Array.from(run).reduce((before, digit, index) => {
      const doubled = index === 0 ? 10 : ((before === 0 ? 10 : before) * 2) % 11;
      return (doubled + Number(digit)) % 10;
    }, 0);
  return "0123456789".split("").find((c) => remainder(digits + c) === 1)!;
}

/** Ten rounds over the halves of the digits; of an odd number the left half is longer. */
function inOrderOf(text: string, code: string, place: string): string {
  const cut = Math.ceil(place.length / 2);
  const halves = [place.slice(0, cut), place.slice(cut)];
  for (let round = 0; round < 10; round += 1) {
    const [changed, other] = [round % 2, 1 - (round % 2)];
    const name = `allocell-number-order-1:${text}:${code}:${round}:${Number(halves[other])}`;
    const added = BigInt(`0x${createHash("sha256").update(name).digest("hex").slice(0, 8)}`);
    const half = halves[changed]!;
    halves[changed] = padded(Number((BigInt(half) + added) % 10n ** BigInt(half.length)), half.length);
  }
  return halves.join("");
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
