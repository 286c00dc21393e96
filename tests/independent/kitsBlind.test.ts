import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assignKit,
  checkKitCode,
  generateKits,
  kitCheckCharacter,
  kitFileName,
  toBlindedKitCsv,
  toUnblindedKitCsv,
} from "../../src/supply/index.js";
import { listBinding } from "../../src/list/index.js";
import { generateList, parseLiveSeed, parsePlan, Seed, TRIALS } from "../../src/index.js";
import { liveSeedText } from "./custody/secondSeeds.js";
import { ALPHABET, checkCharacter, dispense, judge, kitsOf } from "./kits/secondKits.js";
import { openStream } from "./kits/secondStream.js";

// Double programming: tests/independent/kits/second*.ts is written from docs/kits.md and docs/algorithm.md alone, by
// somebody who has not read the package. Both are run on random codes, plans and shelves.

const LETTERS = ALPHABET.slice(8);
const digest = (text: string) => createHash("sha256").update(text).digest();
const character = fc.constantFrom(...Array.from(ALPHABET));
const prefixes = fc
  .tuple(fc.constantFrom(...Array.from(LETTERS.replace("T", ""))), fc.constantFrom(...Array.from(LETTERS)))
  .map((pair) => pair.join(""));
const withoutCheck = fc
  .tuple(fc.constantFrom("", "T"), prefixes, fc.array(character, { minLength: 6, maxLength: 6 }))
  .map(([mark, prefix, body]) => mark + prefix + body.join(""));

const seeds = fc.oneof(
  fc.string().map((text) => ({ seed: parseLiveSeed(liveSeedText(digest(text))), bytes: digest(text), isTest: false })),
  fc
    .constantFrom("kits", "Zu\u0308rich", "Zürich", "\u{1F4A7}")
    .chain((text) => fc.nat().map((n) => `${text} ${n}`))
    .map((text) => ({ seed: Seed.test(text), bytes: Buffer.from(text.normalize("NFC")), isTest: true })),
);

const ARMS = ["low", "medium", "high", "placebo"];
const plans = fc.record({
  trial: fc.constant("NCT07041801"),
  list: fc.stringMatching(/^[A-Z][A-Z0-9-]{0,10}[A-Z0-9]$/),
  prefix: prefixes,
  batches: fc.array(
    fc
      .shuffledSubarray(ARMS, { minLength: 1 })
      .chain((arms) =>
        fc.tuple(...arms.map((arm) => fc.integer({ min: 1, max: 12 }).map((count) => ({ arm, count })))),
      ),
    { minLength: 1, maxLength: 4 },
  ),
});

/** The package's judgment in the words of the second program. */
function judgment(code: string): string {
  const [issue] = checkKitCode(code);
  return issue === undefined ? "sound" : issue.code.replace("blinding.kit_code_", "");
}

describe("kit codes, by another programmer", { tags: ["KIT-001", "KIT-002"] }, () => {
  it("computes the same check character", () => {
    fc.assert(
      fc.property(withoutCheck, (code) => {
        expect(kitCheckCharacter(code)).toBe(checkCharacter(code));
      }),
      { numRuns: 2000 },
    );
  });

  it("judges codes, near codes and any text alike", () => {
    const near = fc
      .tuple(withoutCheck, fc.constantFrom("keep", "replace", "swap", "drop", "add", "small"), fc.nat(), character)
      .map(([start, what, at, other]) => {
        const code = Array.from(start + checkCharacter(start));
        const place = at % code.length;
        if (what === "replace") code[place] = other;
        if (what === "swap" && place > 0) [code[place], code[place - 1]] = [code[place - 1]!, code[place]!];
        if (what === "drop") code.splice(place, 1);
        if (what === "add") code.splice(place, 0, other);
        if (what === "small") code[place] = code[place]!.toLowerCase();
        return code.join("");
      });
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: near }, fc.string()), (code) => {
        seen.add(judge(code));
        expect(judgment(code)).toBe(judge(code));
      }),
      { numRuns: 4000 },
    );
    expect([...seen].sort()).toEqual(["form", "mistyped", "sound"]);
  });

  it("finds every single wrong character, exchange, missing and added character of a sound code", () => {
    const sound = withoutCheck.map((start) => start + checkCharacter(start)).filter((code) => judge(code) === "sound");
    fc.assert(
      fc.property(sound, (code) => {
        for (let at = 0; at <= code.length; at += 1) {
          const missing = code.slice(0, at) + code.slice(at + 1);
          if (at < code.length) expect(judgment(missing)).not.toBe("sound");
          for (const other of ALPHABET) {
            const wrong = code.slice(0, at) + other + code.slice(at + 1);
            if (at < code.length && wrong !== code) expect(judgment(wrong)).not.toBe("sound");
            expect(judgment(code.slice(0, at) + other + code.slice(at))).not.toBe("sound");
          }
          for (let to = at + 1; to < code.length; to += 1) {
            const characters = Array.from(code);
            [characters[at], characters[to]] = [characters[to]!, characters[at]!];
            const exchanged = characters.join("");
            if (exchanged !== code) expect(judgment(exchanged)).not.toBe("sound");
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("allocell-kit-1, by another programmer", { tags: ["KIT-001", "KIT-002"] }, () => {
  it("agrees with the example by hand", () => {
    const seed = Buffer.from("hand example TEST");
    const codes = openStream(seed, "KITS-A", [["use", "codes"]]);
    const arms = openStream(seed, "KITS-A", [
      ["use", "arms"],
      ["batch", "1"],
    ]);
    expect(codes.key).toBe("968f274d0c77beb57a1f059233fbfcae21856f63cd702d6f1cb4805e4ab8d6e4");
    expect(arms.key).toBe("678d4afefea7b2f1ac823b6c238a2680c91a4026dfa01cb7eec67a10fde106ac");
    expect(Array.from({ length: 6 }, () => codes.word())).toEqual([
      3334740709, 1838751059, 1024611075, 3724660876, 285391671, 3132178738,
    ]);
    expect([4, 3, 2, 1].map((balls) => arms.below(balls))).toEqual([2, 1, 1, 0]);
    expect(checkCharacter("TKMH7M7J8")).toBe("K");

    // The codes that stay are the 8th, 9th, 11th and 18th.
    const again = openStream(seed, "KITS-A", [["use", "codes"]]);
    const bodies = Array.from({ length: 18 }, () =>
      Array.from({ length: 6 }, () => ALPHABET[again.below(23)]!).join(""),
    );
    const staying = bodies
      .map((body) => checkCharacter(`TKM${body}`))
      .flatMap((check, at) => (/\d/.test(check) ? [at + 1] : []));
    expect(staying).toEqual([8, 9, 11, 18]);
    expect(staying.map((nth) => bodies[nth - 1])).toEqual(["V8YP9P", "VJ36DM", "3NWT2M", "R4YN57"]);
  });

  it("gives the same kits and files", () => {
    fc.assert(
      fc.property(plans, seeds, (plan, { seed, bytes, isTest }) => {
        const kits = generateKits(plan, seed);
        const mine = kitsOf(bytes, isTest, plan);
        const unblinded = kits.unblindedKits();
        expect(unblinded.kits).toEqual(mine);
        expect(kits.blinded().kits).toEqual(mine.map(({ code, batch }) => ({ code, batch })));
        const status = isTest ? "TEST" : "LIVE";
        const named = isTest ? `${plan.list}.TEST` : plan.list;
        expect([...toUnblindedKitCsv(unblinded)].join("")).toBe(
          [
            "status,list,batch,code,arm",
            ...mine.map((kit) => `${status},${plan.list},${kit.batch},${kit.code},${kit.arm}`),
            "",
          ].join("\r\n"),
        );
        expect([...toBlindedKitCsv(kits.blinded())].join("")).toBe(
          ["status,list,batch,code", ...mine.map((kit) => `${status},${plan.list},${kit.batch},${kit.code}`), ""].join(
            "\r\n",
          ),
        );
        expect(kitFileName(unblinded)).toBe(`${named}.UNBLINDED.kits.csv`);
        expect(kitFileName(kits.blinded())).toBe(`${named}.blinded.kits.csv`);
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same 20,000 kits, where codes are drawn a second time", () => {
    const plan = {
      trial: "DEMO",
      list: "KITS-Z",
      prefix: "CD",
      batches: [
        [
          { arm: "active", count: 10_000 },
          { arm: "placebo", count: 10_000 },
        ],
      ],
    };
    const kits = generateKits(plan, Seed.test("many"));
    expect(kits.unblindedKits().kits).toEqual(kitsOf(Buffer.from("many"), true, plan));
  });

  it("leaves every kit as it was when a batch is added", () => {
    fc.assert(
      fc.property(plans, seeds, (plan, { seed }) => {
        const more = { ...plan, batches: [...plan.batches, [{ arm: "low", count: 3 }]] };
        const before = generateKits(plan, seed).unblindedKits().kits;
        expect(generateKits(more, seed).unblindedKits().kits.slice(0, before.length)).toEqual(before);
      }),
      { numRuns: 30 },
    );
  });
});

describe("dispensing, by another programmer", { tags: ["KIT-001", "KIT-002"] }, () => {
  const trial = TRIALS.find(({ id }) => id === "NCT07041801")!;
  const listSeed = Seed.test("list of the kits");
  const master = generateList({
    plan: parsePlan({
      trial: trial.id,
      part: "single-dose",
      list: "DEMO-1",
      arms: { low: 1, medium: 1, high: 1, placebo: 1 },
      procedure: { kind: "permuted-block", sizes: [4] },
      length: 12,
    }),
    trial,
    seed: listSeed,
  });
  const rows = [...master.unblindedRows()];
  const plan = {
    trial: trial.id,
    list: "KITS-1",
    prefix: "KM",
    batches: [ARMS.map((arm) => ({ arm, count: 6 })), ARMS.map((arm) => ({ arm, count: 2 }))],
  };

  it("takes the same kits from the same shelf, one administration after the other", () => {
    const text = "kits of the list";
    const seed = Seed.test(text);
    const kits = generateKits(plan, seed);
    const mine = kitsOf(Buffer.from(text), true, plan);
    const shelves = fc.shuffledSubarray(
      mine.map(({ code }) => code),
      { minLength: 8 },
    );
    let empty = 0;
    fc.assert(
      fc.property(shelves, fc.shuffledSubarray(rows, { minLength: 1 }), (shelf, who) => {
        const dispensed: { number: string; administration: number; code: string }[] = [];
        for (const { number, arm } of who) {
          for (const administration of [1, 2]) {
            const expected = dispense(Buffer.from(text), plan.list, mine, {
              arm,
              number,
              administration,
              shelf,
              dispensed: dispensed.map(({ code }) => code),
            });
            const ask = () =>
              assignKit({
                master,
                kits,
                seed,
                number,
                bindings: [listBinding(master)],
                administration,
                stock: shelf,
                dispensed,
              });
            if (expected === undefined) {
              empty += 1;
              expect(ask).toThrow();
            } else {
              expect(ask().code).toBe(expected);
              dispensed.push({ number, administration, code: expected });
            }
          }
        }
      }),
      { numRuns: 40 },
    );
    expect(empty).toBeGreaterThan(0);
  });
});
