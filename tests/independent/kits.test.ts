// Double programming of kit codes, kit lists and the draw of a dispensed kit, from docs/kits.md and docs/algorithm.md
// alone: keys by node:crypto, ARC4 and everything after it by hand.
import { hkdfSync } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignKit, checkKitCode, generateKits, kitCheckCharacter } from "../../src/supply/index.js";
import { Seed } from "../../src/index.js";
import { generateList, listBinding } from "../../src/list/index.js";
import { uc } from "../../src/trials/index.js";

const ALPHABET = "23456789CDFHJKMNPRTVWXY";
const LETTERS = ALPHABET.slice(8);

const field = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};
const textField = (text: string): Buffer => field(Buffer.from(text.normalize("NFC"), "utf8"));

const keyOf = (seed: Buffer, list: string, purpose: string, pairs: readonly string[]): string => {
  const place = field(Buffer.concat(pairs.map(textField)));
  const info = Buffer.concat([textField("allocell-kit-1"), textField(list), textField(purpose), place]);
  return Buffer.from(hkdfSync("sha256", seed, Buffer.alloc(0), info, 32)).toString("hex");
};

/** ARC4 on the characters of the key, 256 bytes dropped; then whole numbers from four bytes each. */
const drawsOf = (key: string): ((n: number) => number) => {
  const box = Array.from({ length: 256 }, (_, place) => place);
  let [i, j] = [0, 0];
  const swap = (): void => {
    [box[i], box[j]] = [box[j]!, box[i]!];
  };
  for (i = 0; i < 256; i += 1) {
    j = (j + box[i]! + key.charCodeAt(i % key.length)) % 256;
    swap();
  }
  [i, j] = [0, 0];
  const byte = (): number => {
    i = (i + 1) % 256;
    j = (j + box[i]!) % 256;
    swap();
    return box[(box[i]! + box[j]!) % 256]!;
  };
  for (let dropped = 0; dropped < 256; dropped += 1) byte();
  return (n) => {
    const limit = 2 ** 32 - (2 ** 32 % n);
    for (;;) {
      const word = ((byte() * 256 + byte()) * 256 + byte()) * 256 + byte();
      if (word < limit) return word % n;
    }
  };
};

/** Places from the right, the check character being place 1: the sum of place × number is 0 modulo 23. */
const weighted = (code: string): number =>
  Array.from(code).reduce((sum, character, place) => sum + (code.length - place) * ALPHABET.indexOf(character), 0);
const checkOf = (unchecked: string): string => ALPHABET[(23 - (weighted(`${unchecked}2`) % 23)) % 23]!;

interface Share {
  readonly arm: string;
  readonly count: number;
}
interface Kit {
  readonly code: string;
  readonly batch: number;
  readonly arm: string;
}

const secondList = (
  seed: Buffer,
  isTest: boolean,
  list: string,
  prefix: string,
  batches: readonly (readonly Share[])[],
): readonly Kit[] => {
  const drawCode = drawsOf(keyOf(seed, list, "kits", ["use", "codes"]));
  const drawn = new Set<string>();
  const nextCode = (): string => {
    for (;;) {
      let unchecked = `${isTest ? "T" : ""}${prefix}`;
      for (let place = 0; place < 6; place += 1) unchecked += ALPHABET[drawCode(23)]!;
      const check = checkOf(unchecked);
      if (LETTERS.includes(check) || drawn.has(unchecked)) continue;
      drawn.add(unchecked);
      return unchecked + check;
    }
  };
  return batches.flatMap((shares, place) => {
    const drawArm = drawsOf(keyOf(seed, list, "kits", ["use", "arms", "batch", String(place + 1)]));
    const urn = shares.flatMap(({ arm, count }) => Array.from({ length: count }, () => arm));
    const kits: Kit[] = [];
    while (urn.length > 0) {
      const code = nextCode();
      kits.push({ code, batch: place + 1, arm: urn.splice(drawArm(urn.length), 1)[0]! });
    }
    return kits.sort((one, other) => (one.code < other.code ? -1 : 1));
  });
};

const HAND = [
  { arm: "active", count: 2 },
  { arm: "placebo", count: 2 },
];

const character = fc.constantFrom(...Array.from(ALPHABET));
const prefixes = fc
  .tuple(fc.constantFrom(...Array.from(LETTERS.replace("T", ""))), fc.constantFrom(...Array.from(LETTERS)))
  .map(([one, two]) => one + two);

describe("double programming of kits", { tags: ["KIT-001", "KIT-002"] }, () => {
  it("has the keys that the docs print", () => {
    const seed = Buffer.from("hand example TEST");
    expect(keyOf(seed, "KITS-A", "kits", ["use", "codes"])).toBe(
      "968f274d0c77beb57a1f059233fbfcae21856f63cd702d6f1cb4805e4ab8d6e4",
    );
    expect(keyOf(seed, "KITS-A", "kits", ["use", "arms", "batch", "1"])).toBe(
      "678d4afefea7b2f1ac823b6c238a2680c91a4026dfa01cb7eec67a10fde106ac",
    );
    expect(secondList(seed, true, "KITS-A", "KM", [HAND]).map(({ code }) => code)).toEqual([
      "TKM3NWT2M9",
      "TKMR4YN579",
      "TKMV8YP9P2",
      "TKMVJ36DM2",
    ]);
  });

  it("makes the same lists, TEST and LIVE, batch by batch", () => {
    const batch = fc
      .uniqueArray(fc.constantFrom("active", "placebo", "low", "high"), { minLength: 1, maxLength: 4 })
      .chain((arms) =>
        fc.tuple(...arms.map((arm) => fc.record({ arm: fc.constant(arm), count: fc.integer({ min: 1, max: 40 }) }))),
      );
    const live = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => new Set(bytes).size >= 24);
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ minLength: 1, maxLength: 20, unit: "grapheme-ascii" }), live),
        fc.constantFrom("KITS-A", "K2", "SUPPLY-1"),
        prefixes,
        fc.array(batch, { minLength: 1, maxLength: 3 }),
        (entropy, list, prefix, batches) => {
          const isTest = typeof entropy === "string";
          fc.pre(!isTest || entropy.trim() === entropy);
          const seed = isTest ? Seed.test(entropy) : Seed.live(entropy);
          const made = generateKits({ trial: "DEMO", list, prefix, batches }, seed);
          const second = secondList(Buffer.from(entropy), isTest, list, prefix, batches);
          expect(made.unblindedKits().kits).toEqual(second);
          expect(made.blinded().kits).toEqual(second.map(({ code, batch: number }) => ({ code, batch: number })));
          expect(made.status).toBe(isTest ? "TEST" : "LIVE");
        },
      ),
      { numRuns: 300 },
    );
  });

  it("judges codes alike: sound, mistyped, or no code at all", () => {
    const body = fc.array(character, { minLength: 6, maxLength: 6 }).map((all) => all.join(""));
    const sound = fc
      .tuple(fc.constantFrom("T", ""), prefixes, body)
      .map(([mark, prefix, rest]) => mark + prefix + rest)
      .map((unchecked) => unchecked + checkOf(unchecked));
    const spoilt = fc
      .tuple(sound, fc.nat({ max: 9 }), fc.constantFrom("swap", "wrong", "none", "drop", "double"), character)
      .map(([code, at, how, other]) => {
        const place = at % code.length;
        const [before, here, after] = [code.slice(0, place), code.slice(place, place + 1), code.slice(place + 1)];
        switch (how) {
          case "swap":
            return before + after.slice(0, 1) + here + after.slice(1);
          case "wrong":
            return before + other + after;
          case "drop":
            return before + after;
          case "double":
            return before + here + here + after;
          case "none":
            return code;
        }
      });
    const seen = new Set<string>();
    fc.assert(
      fc.property(spoilt, (code) => {
        const isFormed = new RegExp(`^T?[${LETTERS.replace("T", "")}][${LETTERS}][${ALPHABET}]{6}[2-9]$`).test(code);
        const expected = !isFormed
          ? "blinding.kit_code_form"
          : weighted(code) % 23 === 0
            ? "sound"
            : "blinding.kit_code_mistyped";
        expect(checkKitCode(code)[0]?.code ?? "sound").toBe(expected);
        expect(kitCheckCharacter(code.slice(0, -1))).toBe(checkOf(code.slice(0, -1)));
        seen.add(expected);
      }),
      { numRuns: 5_000 },
    );
    expect([...seen].sort()).toEqual(["blinding.kit_code_form", "blinding.kit_code_mistyped", "sound"]);
  });

  it("dispenses the same kits, drawn evenly from those of the arm on the shelf", () => {
    const listPlan = {
      trial: "NCT06853522",
      part: "main",
      list: "UC-01",
      arms: { exosome: 1, placebo: 1 },
      procedure: { kind: "permuted-block", sizes: [2, 4], lastBlock: "fill" },
      length: 40,
    };
    const master = generateList({ plan: listPlan, trial: uc, seed: Seed.test("rows") });
    const rows = [...master.unblindedRows()];
    const kitPlan = {
      trial: "NCT06853522",
      list: "KITS-A",
      prefix: "KM",
      batches: [
        [
          { arm: "exosome", count: 60 },
          { arm: "placebo", count: 60 },
        ],
      ],
    };
    const seed = Seed.test("shelf");
    const kits = generateKits(kitPlan, seed);
    const { kits: all } = kits.unblindedKits();
    const stock = all.map(({ code }) => code).filter((_, place) => place % 11 !== 0);
    const dispensed: { number: string; administration: number; code: string }[] = [];
    for (const administration of [1, 2]) {
      for (const { number, arm } of rows.slice(0, 20)) {
        const used = new Set(dispensed.map(({ code }) => code));
        const shelf = all
          .filter((kit) => kit.arm === arm && stock.includes(kit.code) && !used.has(kit.code))
          .map(({ code }) => code);
        const pairs = ["use", "dispense", "number", number, "administration", String(administration)];
        const drawn = shelf.sort()[drawsOf(keyOf(Buffer.from("shelf"), "KITS-A", "kits", pairs))(shelf.length)];
        const given = assignKit({
          master,
          kits,
          seed,
          number,
          bindings: [listBinding(master)],
          administration,
          stock: [...stock].reverse(),
          dispensed,
        });
        expect(given.code).toBe(drawn);
        dispensed.push({ number, administration, code: given.code });
      }
    }
    expect(dispensed).toHaveLength(40);
  });
});
