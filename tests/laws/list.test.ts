import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  blindedManifest,
  blindedRows,
  compareListFile,
  parsePlan,
  planHash,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
  toMasterJson,
  unblindedManifest,
  type MasterList,
  type MasterRow,
  type Plan,
  strataOf,
} from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import { anyPlan, draw, liveSeed, planOf, rowsOf } from "../support/plans.js";

const join = (pieces: Iterable<string>): string => [...pieces].join("");
const stratumKey = (row: MasterRow): string => JSON.stringify(row.stratum);
function groupBy<Key>(rows: readonly MasterRow[], key: (row: MasterRow) => Key): Map<Key, MasterRow[]> {
  const groups = new Map<Key, MasterRow[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}
const byStratum = (list: MasterList): Map<string, MasterRow[]> => groupBy(rowsOf(list), stratumKey);
const seedText = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== "");
/** All that a blinded person may get. */
const blindedArtefacts = (list: MasterList): readonly string[] => {
  const blinded = list.blinded();
  return [
    join(toBlindedCsv(blinded)),
    join(toBlindedJson(blinded)),
    JSON.stringify(blinded),
    JSON.stringify([...blindedRows(blinded)]),
    // The binding hides all that it is computed from; it differs by purpose.
    JSON.stringify(blindedManifest(list, [{ file: "blinded.csv", sha256: "00" }], "")),
    inspect(blinded, { depth: 9, showHidden: true }),
  ];
};

describe("balance", { tags: ["LIST-002"] }, () => {
  it("is perfect in every complete block, whose size is a stated one", () => {
    fc.assert(
      fc.property(anyPlan, seedText, (plan, text) => {
        const ratioSum = plan.arms.reduce((sum, { ratio }) => sum + ratio, 0);
        if (plan.procedure.kind !== "permuted-block") throw new Error("not a plan of this test");
        const { sizes, lastBlock } = plan.procedure;
        for (const rows of byStratum(draw(plan, Seed.test(text))).values()) {
          const blocks = groupBy(rows, (row) => row.block);
          expect([...blocks.keys()]).toEqual(Array.from({ length: blocks.size }, (_, i) => i + 1));
          for (const [number, block] of blocks) {
            const size = block[0]!.blockSize;
            expect(sizes).toContain(size);
            expect(block.map(({ position, blockSize }) => [position, blockSize])).toEqual(
              block.map((_, i) => [i + 1, size]),
            );
            const isCut = block.length < size;
            if (isCut) expect([lastBlock, number]).toEqual(["cut", blocks.size]);
            for (const { arm, ratio } of plan.arms) {
              const [count, full] = [block.filter((row) => row.arm === arm).length, (ratio * size) / ratioSum];
              if (isCut) expect(count).toBeLessThanOrEqual(full);
              else expect(count).toBe(full);
            }
          }
        }
      }),
    );
  });

  it("is at every row within what the largest block allows, and as reported at the end", () => {
    fc.assert(
      fc.property(anyPlan, seedText, (plan, text) => {
        if (plan.procedure.kind !== "permuted-block") throw new Error("not a plan of this test");
        const ratioSum = plan.arms.reduce((sum, { ratio }) => sum + ratio, 0);
        const largest = Math.max(...plan.procedure.sizes);
        const list = draw(plan, Seed.test(text));
        const balances = list.unblindedBalance();
        [...byStratum(list).values()].forEach((rows, s) => {
          const counts = plan.arms.map(() => 0);
          let worst = 0;
          const beyond: string[] = [];
          rows.forEach((row, i) => {
            const k = plan.arms.findIndex(({ arm }) => arm === row.arm);
            counts[k] = counts[k]! + 1;
            worst = Math.max(...plan.arms.map(({ ratio }, j) => Math.abs(counts[j]! - ((i + 1) * ratio) / ratioSum)));
            // In an open block of B rows arm k is at most B p (1 - p) away from its share p.
            plan.arms.forEach(({ ratio }, j) => {
              const p = ratio / ratioSum;
              const away = Math.abs(counts[j]! - (i + 1) * p);
              if (!(away <= largest * p * (1 - p) + 1e-9)) beyond.push(`row ${i + 1}, arm ${j}: ${away}`);
            });
          });
          expect(beyond).toEqual([]);
          expect(balances[s]).toMatchObject({
            rows: rows.length,
            counts: Object.fromEntries(plan.arms.map(({ arm }, k) => [arm, counts[k]])),
          });
          expect(balances[s]!.imbalance).toBeCloseTo(worst, 9);
        });
      }),
    );
  });

  it("lengths: whole at least what was asked and less than a block more, cut and fill exactly", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        if (plan.procedure.kind !== "permuted-block") throw new Error("not a plan of this test");
        const { sizes, lastBlock } = plan.procedure;
        for (const { rows, asked } of draw(plan).unblindedBalance()) {
          if (lastBlock === "whole") {
            expect(rows).toBeGreaterThanOrEqual(asked);
            expect(rows).toBeLessThan(asked + Math.max(...sizes));
          } else expect(rows).toBe(asked);
        }
      }),
    );
  });
});

describe("the same plan and seed", { tags: ["LIST-001"] }, () => {
  it("give the same bytes, and another seed or list id others", () => {
    fc.assert(
      fc.property(anyPlan, seedText, (plan, text) => {
        const bytes = (of: Plan, seed: string): string => join(toMasterCsv(draw(of, Seed.test(seed))));
        expect(bytes(parsePlan(structuredClone(plan)), text)).toBe(bytes(plan, text));
        const arms = (of: Plan, seed: string): string => draw(of, Seed.test(seed)).unblindedArms().join("");
        const long = {
          ...plan,
          length: 400 * plan.arms.length,
          lengths: [],
          procedure: { ...plan.procedure, lastBlock: "cut" as const },
        };
        expect(arms(long as Plan, `${text}x`)).not.toBe(arms(long as Plan, text));
        expect(arms({ ...long, list: "OTHER" }, text)).not.toBe(arms(long as Plan, text));
      }),
      { numRuns: 40 },
    );
  });

  it("give strata that do not share a sequence", () => {
    const plan = parsePlan({
      trial: "DEMO",
      part: "main",
      list: "L",
      arms: { a: 1, b: 1 },
      length: 120,
      procedure: { kind: "permuted-block", sizes: [4] },
      strata: [{ factor: "site", levels: ["1", "11", "111", "Ł", "A", "a b"] }],
    });
    const sequences = [...byStratum(draw(plan)).values()].map((rows) => rows.map((row) => row.arm).join());
    expect(new Set(sequences).size).toBe(6);
  });
});

describe("what was there stays", { tags: ["LIST-008"] }, () => {
  /** Every row of `before` is in `after` unchanged, number and block included. */
  const expectKept = (before: Plan, after: Plan, except?: (row: MasterRow) => boolean): void => {
    const later = byStratum(draw(after));
    for (const [stratum, rows] of byStratum(draw(before))) {
      const now = later.get(stratum)!;
      expect(rows.map((row, i) => (except?.(row) === true ? row : now[i]))).toEqual(rows);
    }
  };

  it("when a level is added at the end of any factor", () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(1), (plan, which) => {
        fc.pre(plan.strata.length > 0);
        const strata = plan.strata.map(({ factor, levels }, i) => ({
          factor,
          levels: i === which % plan.strata.length ? [...levels, "later"] : levels,
        }));
        expectKept(plan, parsePlan({ ...plan, strata }));
      }),
    );
  });

  // A number holds the place of the level, so a level before others moves the numbers; what was drawn stays.
  it("when a level is put in at any place: the arms and blocks, and the numbers of the strata before it", () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(1), fc.nat(3), (plan, which, place) => {
        fc.pre(plan.strata.length > 0);
        const changed = plan.strata[which % plan.strata.length]!;
        const at = place % (changed.levels.length + 1);
        const levels = [...changed.levels.slice(0, at), "later", ...changed.levels.slice(at)];
        const strata = plan.strata.map((factor) => (factor === changed ? { ...factor, levels } : factor));
        const later = byStratum(draw(parsePlan({ ...plan, strata })));
        for (const [stratum, rows] of byStratum(draw(plan))) {
          const level = rows[0]!.stratum.find(([factor]) => factor === changed.factor)![1];
          const isMoved = changed.levels.indexOf(level) >= at;
          const now = later.get(stratum)!;
          expect(now.map((row) => ({ ...row, number: "" }))).toEqual(rows.map((row) => ({ ...row, number: "" })));
          rows.forEach((row, i) => {
            if (isMoved) expect(now[i]!.number).not.toBe(row.number);
            else expect(now[i]!.number).toBe(row.number);
          });
        }
      }),
    );
  });

  it("when all strata, or one, are lengthened (whole and cut; the rows of a cut block included)", () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 1, max: 30 }), (plan, more) => {
        fc.pre(plan.procedure.kind === "permuted-block" && plan.procedure.lastBlock !== "fill");
        expectKept(
          plan,
          parsePlan({
            ...plan,
            length: plan.length + more,
            lengths: plan.lengths.map((own) => ({ ...own, length: own.length + more })),
          }),
        );
        expectKept(
          plan,
          parsePlan({ ...plan, lengths: plan.lengths.map((own) => ({ ...own, length: own.length + more })) }),
        );
      }),
    );
  });

  // A filled list is drawn for its exact length, so that lengthening it draws the sizes anew, and with them the rows.
  it("but not when a filled stratum is lengthened: its sizes are drawn anew", () => {
    const plan = parsePlan({
      trial: "DEMO",
      part: "main",
      list: "L",
      arms: { a: 1, b: 1 },
      length: 60,
      procedure: { kind: "permuted-block", sizes: [2, 4, 6], lastBlock: "fill" },
      strata: [{ factor: "site", levels: ["1", "2"] }],
      lengths: [{ stratum: { site: "2" }, length: 40 }],
    });
    const longer = parsePlan({ ...plan, length: 64 });
    const sizes = (of: Plan, stratum: number): number[] =>
      [...byStratum(draw(of)).values()][stratum]!.map((row) => row.blockSize);
    expect(sizes(longer, 0).slice(0, 60)).not.toEqual(sizes(plan, 0));
    expect(sizes(longer, 1)).toEqual(sizes(plan, 1));
  });
});

describe("randomization numbers", { tags: ["LIST-009"] }, () => {
  it("are unique over all strata of a list, of one length, and LIVE ones never those of a TEST", () => {
    fc.assert(
      fc.property(anyPlan, fc.integer({ min: 3, max: 6 }), (plan, digits) => {
        const of = parsePlan({ ...plan, numbers: { prefix: "AB", digits } });
        const numbers = [Seed.test("x"), liveSeed].flatMap((seed) => rowsOf(draw(of, seed)).map((row) => row.number));
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(new Set(numbers.map((number) => number.replace(/^T/, "").length)).size).toBe(1);
      }),
    );
  });

  it("are unique in the widest plans, and over the parts of a trial with prefixes of their own", () => {
    const levelsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `L${i + 1}`);
    const wide = (counts: readonly number[], prefix: string): string[] =>
      rowsOf(
        draw(
          planOf({
            strata: counts.map((count, i) => ({ factor: `f${i}`, levels: levelsOf(count) })),
            length: 4,
            numbers: { prefix, digits: 3 },
          }),
        ),
      ).map((row) => row.number);
    const numbers = [
      ...[[99], [99, 99], [12, 99], [99, 12], [11, 11, 11], [1, 11, 1, 11]].map((counts, i) =>
        wide(counts, "ABCDEF".charAt(i)),
      ),
    ].flat();
    expect(numbers).toHaveLength(4 * (99 + 99 * 99 + 2 * 12 * 99 + 11 ** 3 + 121));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});

describe("blinding", { tags: ["BLIND-001"] }, () => {
  it("permuting the treatment labels changes no byte of what a blinded person holds", () => {
    const turns = fc.integer({ min: 1, max: 5 });
    fc.assert(
      fc.property(anyPlan, turns, (plan, turn) => {
        const arms = plan.arms.map(({ ratio }, k) => ({ arm: plan.arms[(k + turn) % plan.arms.length]!.arm, ratio }));
        const permuted = parsePlan({ ...plan, arms });
        expect(blindedArtefacts(draw(permuted))).toEqual(blindedArtefacts(draw(plan)));
        expect(join(toMasterCsv(draw(permuted))) === join(toMasterCsv(draw(plan)))).toBe(
          arms.every(({ arm }, k) => arm === plan.arms[k]!.arm),
        );
      }),
    );
  });

  it("neither does another draw of the same lengths", () => {
    fc.assert(
      fc.property(anyPlan, seedText, (plan, text) => {
        fc.pre(plan.procedure.kind === "permuted-block" && plan.procedure.lastBlock !== "whole");
        expect(blindedArtefacts(draw(plan, Seed.test(text)))).toEqual(
          blindedArtefacts(draw(plan, Seed.test("another"))),
        );
      }),
    );
  });

  it("no arm, ratio, size, plan hash or seed mark is in it, in any common coding", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const list = draw(plan);
        const secrets = [
          ...plan.arms.map(({ arm }) => arm),
          planHash(plan),
          list.unblindedRecord().seedMark,
          list.unblindedRecord().algorithm,
          "permuted",
        ];
        const coded = secrets.flatMap((secret) => {
          const bytes = Buffer.from(secret);
          return [
            secret,
            bytes.toString("hex"),
            bytes.toString("base64").replace(/=+$/, "").slice(0, -1),
            secret.split("-").reverse().join("-"),
          ];
        });
        for (const artefact of blindedArtefacts(list)) {
          const text = artefact.toLowerCase();
          for (const secret of coded) expect(text).not.toContain(secret.toLowerCase());
          expect(text).not.toMatch(/ratio|block|sizes|weights|seed|hash|position|"arms?"|procedure|asked|"length"/);
        }
      }),
    );
  });

  it("a master list shows nothing by accident", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const list = draw(plan);
        const shown = [
          JSON.stringify(list),
          JSON.stringify({ list: [list] }),
          inspect(list),
          inspect({ list }, { depth: 9, showHidden: true, getters: true }),
          inspect(list, { customInspect: false, showHidden: true, depth: 9, getters: true }),
          String(list),
          // eslint-disable-next-line @typescript-eslint/no-misused-spread -- what a spread gives away is the question
          JSON.stringify({ ...list }),
          JSON.stringify(Object.assign({}, list)),
          Object.keys(list).join(),
          Reflect.ownKeys(list).map(String).join(),
          JSON.stringify(structuredClone(list)),
          JSON.stringify(Object.getOwnPropertyDescriptors(list)),
          Object.entries(list).join(),
        ].join("\n");
        for (const { arm } of plan.arms) expect(shown).not.toContain(arm);
        expect(shown).not.toMatch(/permuted|sizes|ratio|seedMark|arms/);
        expect(Object.keys(list)).toEqual(["status", "list"]);
      }),
      { numRuns: 30 },
    );
  });
});

describe("randomization numbers", { tags: ["LIST-009"] }, () => {
  it("are unique over the study, portable, the same for every draw, and disjoint between TEST and LIVE", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const numbers = (list: MasterList): string[] => rowsOf(list).map((row) => row.number);
        const [test, live] = [numbers(draw(plan)), numbers(draw(plan, liveSeed))];
        expect(new Set([...test, ...live]).size).toBe(test.length + live.length);
        for (const number of [...test, ...live]) {
          expect(number).toMatch(/^[A-Za-z][A-Za-z0-9]{2,14}$/);
          expect(Number(number)).toBeNaN();
          expect(number).not.toMatch(/^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|^(true|false)$/i);
        }
        expect(test.every((number) => number.startsWith("T")) && !live.some((number) => number.startsWith("T"))).toBe(
          true,
        );
        const blinded = [...blindedRows(draw(plan).blinded())];
        // The blinded list has the rows asked for; what a whole last block adds would tell how long blocks are.
        const { strata } = draw(plan).blinded();
        const asked = new Map(strata.map(({ levels, rows }) => [JSON.stringify(levels), rows]));
        expect(blinded).toEqual(
          rowsOf(draw(plan))
            .filter(({ stratum, sequence }) => sequence <= asked.get(JSON.stringify(stratum))!)
            .map(({ stratum, sequence, number }) => ({ stratum, sequence, number })),
        );
        expect(strata.map(({ rows }) => rows)).toEqual(
          strataOf(draw(plan).unblindedRecord().plan).map(({ length }) => length),
        );
      }),
    );
  });
});

describe("verification finds", { tags: ["LIST-004"] }, () => {
  const lineAt = (text: string, offset: number): number => text.slice(0, offset).split("\n").length;
  const firstDifference = (a: string, b: string): number => {
    let i = 0;
    while (i < a.length && a[i] === b[i]) i += 1;
    return i;
  };
  const file = (list: MasterList, kind: number): string =>
    join(
      [toMasterCsv(list), toMasterJson(list), toBlindedCsv(list.blinded()), toBlindedJson(list.blinded())][kind % 4]!,
    );
  const anyFile = fc.tuple(anyPlan, fc.nat(3)).map(([plan, kind]) => file(draw(plan), kind));

  it("nothing in an unchanged file", () => {
    fc.assert(
      fc.property(anyFile, (text) => {
        expect(compareListFile([text], text)).toBeUndefined();
      }),
      { numRuns: 30 },
    );
  });

  it("any character changed, taken out or put in, and names its line", () => {
    const character = fc.constantFrom(...'a Z 0 9 , " = ; é'.split(" "), " ", "\t");
    fc.assert(
      fc.property(anyFile, fc.nat(), character, fc.nat(2), (text, where, put, how) => {
        const at = where % text.length;
        fc.pre(text[at - 1] !== "\r"); // between CR and LF the line would end twice
        fc.pre(how === 1 || !/[\r\n]/.test(text[at]!));
        const edited = text.slice(0, at) + (how === 2 ? "" : put) + text.slice(how === 1 ? at : at + 1);
        fc.pre(edited !== text);
        const found = compareListFile([text], edited)!;
        expect(found.line).toBe(lineAt(text, firstDifference(text, edited)));
        // "1" for "01" is an edit too, of the kind that spreadsheets make.
        expect(found.line === 1 ? ["header"] : ["edited", "reformatted"]).toContain(found.kind);
      }),
      { numRuns: 300 },
    );
  });

  it("any cell edited, and names its column and both values", () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(), fc.nat(), (plan, row, column) => {
        const text = join(toMasterCsv(draw(plan)));
        const lines = text
          .split("\r\n")
          .slice(0, -1)
          .map((line) => line.split(","));
        const r = 1 + (row % (lines.length - 1));
        const c = column % lines[0]!.length;
        const right = lines[r]![c]!;
        lines[r]![c] = `${right}0`;
        const edited = lines.map((cells) => `${cells.join(",")}\r\n`).join("");
        expect(compareListFile([text], edited)).toMatchObject({
          kind: "edited",
          line: r + 1,
          column: lines[0]![c],
          expected: right,
          received: `${right}0`,
        });
      }),
    );
  });

  it("rows in another order, rows missing at the end, rows too many", () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(), fc.nat(), (plan, first, second) => {
        const text = join(toMasterCsv(draw(plan)));
        const lines = text.split("\r\n").slice(0, -1);
        const write = (of: readonly string[]): string => of.map((line) => `${line}\r\n`).join("");
        const [i, j] = [first, second].map((n) => 1 + (n % (lines.length - 1))).sort((a, b) => a - b) as [
          number,
          number,
        ];
        if (i !== j) {
          const swapped = [...lines];
          [swapped[i], swapped[j]] = [lines[j]!, lines[i]!];
          expect(compareListFile([text], write(swapped))).toMatchObject({ kind: "re-sorted", line: i + 1 });
        }
        const short = compareListFile([text], write(lines.slice(0, i)));
        expect(short).toMatchObject({
          kind: "truncated",
          line: i + 1,
          received: "the end of the file",
          expected: lines[i],
        });
        const more = compareListFile([text], write([...lines, lines[i]!]));
        expect(more).toMatchObject({ kind: "surplus-rows", line: lines.length + 1, expected: "the end of the file" });
        const inside = write(lines.slice(0, i)) + lines[i]!.slice(0, 3);
        expect(compareListFile([text], inside)).toMatchObject({ kind: "truncated", line: i + 1 });
      }),
    );
  });

  it("changed line ends and byte-order marks, on all lines or on one", () => {
    fc.assert(
      fc.property(anyPlan, fc.nat(), (plan, which) => {
        const text = join(toMasterCsv(draw(plan)));
        const lines = text.split("\r\n").slice(0, -1);
        expect(compareListFile([text], text.replaceAll("\r\n", "\n"))).toMatchObject({ kind: "line-ends", line: 1 });
        expect(compareListFile([text], text.replaceAll("\r\n", "\r"))).toMatchObject({ kind: "line-ends", line: 1 });
        expect(compareListFile([text], `\uFEFF${text}`)).toMatchObject({ kind: "line-ends", line: 1 });
        const one = which % lines.length;
        const edited = lines.map((line, i) => `${line}${i === one ? "\n" : "\r\n"}`).join("");
        expect(compareListFile([text], edited)).toMatchObject({ kind: "line-ends", line: one + 1 });
        expect(compareListFile([text], text.slice(0, -2))).toMatchObject({ kind: "line-ends", line: lines.length });
        expect(compareListFile([text], `${text}\r\n`)).toMatchObject({
          kind: "surplus-rows",
          line: lines.length + 1,
          received: "an empty line",
        });
      }),
      { numRuns: 40 },
    );
  });
});

describe("the unblinded manifest", { tags: ["LIST-003"] }, () => {
  it("is plain data that goes through JSON, and the plan in it comes back the same", () => {
    fc.assert(
      fc.property(anyPlan, (plan) => {
        const manifest = unblindedManifest(draw(plan), "00", []);
        const read = JSON.parse(JSON.stringify(manifest)) as { plan: unknown; planHash: string };
        expect(parsePlan(read.plan)).toEqual(plan);
        expect(planHash(parsePlan(read.plan))).toBe(read.planHash);
      }),
      { numRuns: 40 },
    );
  });
});
