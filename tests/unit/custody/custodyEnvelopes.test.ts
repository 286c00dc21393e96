import { beforeAll, describe, expect, it } from "vitest";
import {
  envelopeKeyCards,
  openEnvelope,
  parseEnvelopes,
  sealEnvelopes,
  toEnvelopesJson,
  type EnvelopeFile,
} from "../../../src/custody/index.js";
import { unblind } from "../../../src/blinding/index.js";
import { AllocellError } from "../../../src/foundation/index.js";
import { Seed } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";
import { draw, liveSeed, planOf, rowsOf } from "../../support/plans.js";
import { AT, entropyOf, master, SALT, sixParticipants, subtle } from "./custodyFixture.js";

const source = { master, seed: liveSeed, salt: SALT };
const cards = [...envelopeKeyCards(source)];
const rows = rowsOf(master);
let file: EnvelopeFile;
beforeAll(async () => {
  file = await sealEnvelopes(source, subtle);
});

const codeOf = async (act: Promise<unknown>): Promise<string> => {
  try {
    await act;
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
  return "opened";
};

describe("envelopes", { tags: ["CUST-004"] }, () => {
  it("open with their own key", async () => {
    for (const [i, row] of rows.entries()) {
      const { number, sequence, stratum, arm } = await openEnvelope(file, row.number, cards[i]!.key, subtle);
      expect({ number, sequence, stratum, arm }).toEqual({
        number: row.number,
        sequence: row.sequence,
        stratum: row.stratum,
        arm: row.arm,
      });
    }
  });

  it("rule 21: opening one opens no other: every key on every envelope", async () => {
    expect(new Set(cards.map(({ key }) => key)).size).toBe(rows.length);
    for (const [i, row] of rows.entries()) {
      for (const [k, { key }] of cards.entries()) {
        const expected = i === k ? "opened" : "blinding.envelope_not_opened";
        expect(await codeOf(openEnvelope(file, row.number, key, subtle)), `${i} ${k}`).toBe(expected);
      }
    }
  });

  it("are all of one length, whatever the arm is called", () => {
    expect(new Set(file.envelopes.map(({ sealed }) => sealed.length))).toEqual(new Set([(256 + 16) * 2]));
    expect(new Set(rows.map(({ arm }) => arm.length)).size).toBe(2);
  });

  it("have a length that the plan decides and the drawn arm does not, also where a long arm needs more", async () => {
    const level = "試".repeat(40);
    const arms = { a: 1, ["b".repeat(40)]: 1 };
    const strata = [
      { factor: "site", levels: [level] },
      { factor: "other", levels: ["x".repeat(16)] },
    ];
    const plan = planOf({
      arms,
      strata,
      length: 1,
      procedure: { kind: "permuted-block", sizes: [2], lastBlock: "cut" },
    });
    const drawn = new Map<string, number>();
    for (let i = 0; i < 12; i += 1) {
      const seed = Seed.test(`length ${i}`);
      const list = draw(plan, seed);
      const [row] = rowsOf(list);
      const { envelopes } = await sealEnvelopes({ master: list, seed, salt: SALT }, subtle);
      const [card] = envelopeKeyCards({ master: list, seed, salt: SALT });
      drawn.set(row!.arm, envelopes[0]!.sealed.length);
      const content = (arm: string): number =>
        new TextEncoder().encode(JSON.stringify({ arm, number: row!.number, sequence: 1, stratum: row!.stratum }))
          .length;
      expect([content("a") + 2 <= 256, content("b".repeat(40)) + 2 > 256]).toEqual([true, true]);
      const file = await sealEnvelopes({ master: list, seed, salt: SALT }, subtle);
      expect((await openEnvelope(file, row!.number, card!.key, subtle)).stratum).toEqual(row!.stratum);
    }
    expect([...drawn.values()]).toEqual([(512 + 16) * 2, (512 + 16) * 2]);
  });

  it("show no treatment without a key", () => {
    expect(toEnvelopesJson(file)).not.toMatch(/verum|placebo|block|ratio/);
    expect(JSON.stringify(cards)).not.toMatch(/verum|placebo/);
  });

  it("cannot be swapped, and not moved to another file", async () => {
    const [a, b] = [file.envelopes[0]!, file.envelopes[1]!];
    const swapped = {
      ...file,
      envelopes: [
        { ...a, sealed: b.sealed },
        { ...b, sealed: a.sealed },
      ],
    };
    for (const { key } of cards.slice(0, 2)) {
      for (const { number } of [a, b]) {
        expect(await codeOf(openEnvelope(swapped, number, key, subtle))).toBe("blinding.envelope_not_opened");
      }
    }
    for (const change of [{ list: "OTHER" }, { trial: "OTHER" }, { part: "x" }, { status: "TEST" as const }]) {
      const moved = { ...file, ...change };
      expect(await codeOf(openEnvelope(moved, a.number, cards[0]!.key, subtle))).toBe("blinding.envelope_not_opened");
    }
  });

  it("refuse every flipped byte", async () => {
    const { number, sealed } = file.envelopes[0]!;
    for (let i = 0; i < sealed.length; i += 2) {
      const byte = (Number.parseInt(sealed.slice(i, i + 2), 16) ^ 1).toString(16).padStart(2, "0");
      const flipped = { ...file, envelopes: [{ number, sealed: sealed.slice(0, i) + byte + sealed.slice(i + 2) }] };
      expect(await codeOf(openEnvelope(flipped, number, cards[0]!.key, subtle))).toBe("blinding.envelope_not_opened");
    }
  });

  it("have new keys with every salt", () => {
    const other = [...envelopeKeyCards({ ...source, salt: entropyOf(5)(32) })];
    expect(other.some(({ key }) => cards.some((card) => card.key === key))).toBe(false);
  });

  it("break a code for whoever has one key card and no list", async () => {
    const { state } = sixParticipants;
    const at = rows.findIndex(({ number }) => number === "R010002");
    const opened = await openEnvelope(file, "R010002", cards[at]!.key, subtle);
    const request = { source: opened, state, reason: "SAE", actor: "Dr A", at: AT };
    expect(unblind({ ...request, participant: "P-3" }).codeBreak.arm).toBe(rows[at]!.arm);
    expect(issueOf(() => unblind({ ...request, participant: "P-1" })).code).toBe("blinding.position_missing");
  });

  it("name a mistyped key, another seed, weak entropy and a missing number", async () => {
    const { key } = cards[0]!;
    const wrong = `${key.startsWith("0") ? "1" : "0"}${key.slice(1)}`;
    const open = (text: string, number = file.envelopes[0]!.number): Promise<string> =>
      codeOf(openEnvelope(file, number, text, subtle));
    expect(await open(wrong)).toBe("blinding.envelope_key_mistyped");
    expect(await open(key.slice(1))).toBe("blinding.envelope_key_invalid");
    expect(await open(` ${key.toUpperCase().replace(/(.{8})/g, "$1 ")}\n`)).toBe("opened");
    expect(await open(key, "R999999")).toBe("blinding.envelope_missing");
    expect(await codeOf(sealEnvelopes({ ...source, seed: Seed.test("x") }, subtle))).toBe("blinding.seed_differs");
    expect(await codeOf(sealEnvelopes({ ...source, salt: new Uint8Array(32) }, subtle))).toBe("blinding.entropy_weak");
    expect(await codeOf(sealEnvelopes({ ...source, salt: SALT.slice(1) }, subtle))).toBe("blinding.entropy_weak");
  });

  it("are read strictly", () => {
    expect(parseEnvelopes(JSON.parse(toEnvelopesJson(file)))).toEqual(file);
    const [a] = file.envelopes;
    for (const input of [{ ...file, arm: 1 }, { ...file, envelopes: [a, a] }, { ...file, salt: "00" }, {}, null]) {
      expect(issueOf(() => parseEnvelopes(input)).code).toBe("blinding.envelopes_invalid");
    }
  });
});
