import { binding } from "./custody/secondBinding.js";
import { toMasterCsv, toMasterJson, type MasterList } from "../../src/list/index.js";
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  envelopeKeyCards,
  openEnvelope,
  parseEnvelopes,
  sealEnvelopes,
  toEnvelopesJson,
} from "../../src/custody/index.js";
import { generateList, parsePlan, Seed } from "../../src/index.js";
import { flipped, lists, random32, trial } from "./custody/randomLists.js";
import { canonical } from "./custody/secondBytes.js";
import type { CommittedRow } from "./custody/secondCommitment.js";
import {
  envelopeKey,
  keyCard,
  openSealed,
  plaintextBytes,
  sealEnvelope,
  type EnvelopeFile,
} from "./custody/secondEnvelopes.js";

// Double programming: custody/second*.ts is written from docs/custody.md and docs/algorithm.md alone, by somebody who
// has not read the package. Both are run on the same random lists.

const { subtle } = globalThis.crypto;

/** The binding of a list by the second program, from the texts of its files. */
function bindingHere(master: MasterList, seed: Uint8Array): string {
  const { plan, algorithm } = master.unblindedRecord();
  const [csv, json] = [[...toMasterCsv(master)].join(""), [...toMasterJson(master)].join("")];
  return binding({ seed, algorithm, list: master.list, plan, csv, json });
}

describe("envelopes, by another programmer", { tags: ["BLIND-003", "CUST-004"] }, () => {
  it("derives every key card and seals every envelope to the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(lists, random32, async ({ master, seed, bytes, head, rows, plan }, salt) => {
        const file = await sealEnvelopes({ master, seed, salt }, subtle);
        const named = { ...head, binding: bindingHere(master, bytes), salt: Buffer.from(salt).toString("hex") };
        const arms = plan.arms.map(({ arm }) => arm);
        const keys = rows.map((row) => envelopeKey(bytes, head.algorithm, named, row));
        const length = plaintextBytes(rows, arms);
        const mine = {
          format: "allocell-envelopes-1",
          status: head.status,
          trial: head.trial,
          part: head.part,
          list: head.list,
          binding: named.binding,
          salt: named.salt,
          envelopes: rows.map((row, place) => ({
            number: row.number,
            sealed: sealEnvelope(keys[place]!, named, row, length),
          })),
        };
        expect([...envelopeKeyCards({ master, seed, salt })].map(({ key }) => key)).toEqual(keys.map(keyCard));
        expect(toEnvelopesJson(file)).toBe(`${canonical(mine)}\n`);
      }),
      { numRuns: 40 },
    );
  });

  it("changes the length where two bytes and the longest content pass 256", async () => {
    const reached = new Set<number>();
    for (let extra = 1; extra <= 32; extra += 1) {
      const name = (letter: string, length: number) => letter.repeat(length);
      const plan = parsePlan({
        trial: trial.id,
        part: "single-dose",
        list: "EDGE",
        strata: [
          { factor: name("a", 30), levels: [name("b", 40)] },
          { factor: name("c", 30), levels: [name("d", 40)] },
          { factor: name("e", extra), levels: ["01"] },
        ],
        arms: { low: 1, medium: 1, high: 1, placebo: 1 },
        procedure: { kind: "permuted-block", sizes: [4] },
        length: 4,
      });
      const seed = Seed.test("edge");
      const master = generateList({ plan, trial, seed });
      const rows = [...master.unblindedRows()] as readonly CommittedRow[];
      const salt = new Uint8Array(createHash("sha256").update("edge").digest());
      const file = await sealEnvelopes({ master, seed, salt }, subtle);
      const mine = plaintextBytes(
        rows,
        plan.arms.map(({ arm }) => arm),
      );
      reached.add(mine);
      expect(file.envelopes.map(({ sealed }) => sealed.length / 2 - 16)).toEqual(rows.map(() => mine));
    }
    expect([...reached]).toEqual([256, 512]);
  });

  it("opens the package's envelopes, and the package opens these; altered ones are refused by both", async () => {
    await fc.assert(
      fc.asyncProperty(
        lists,
        random32,
        fc.nat(),
        fc.nat(),
        fc.constantFrom("sealed", "salt", "number", "list", "part", "trial", "status", "binding"),
        async ({ master, seed, bytes, head, rows, plan }, salt, at, bit, altered) => {
          const row = rows[at % rows.length]!;
          const content = { arm: row.arm, number: row.number, sequence: row.sequence, stratum: row.stratum };
          const cards = [...envelopeKeyCards({ master, seed, salt })];
          const card = cards[at % rows.length]!.key;
          const file = await sealEnvelopes({ master, seed, salt }, subtle);
          expect(openSealed(file, row.number, card)).toEqual(content);

          const named = { ...head, binding: bindingHere(master, bytes), salt: file.salt };
          const sealed = sealEnvelope(
            envelopeKey(bytes, head.algorithm, named, row),
            named,
            row,
            plaintextBytes(
              rows,
              plan.arms.map(({ arm }) => arm),
            ),
          );
          const mine: EnvelopeFile = {
            ...file,
            envelopes: file.envelopes.map((one) => ({ ...one, ...(one.number === row.number && { sealed }) })),
          };
          const parsed = parseEnvelopes(JSON.parse(JSON.stringify(mine)));
          expect((await openEnvelope(parsed, row.number, card, subtle)).arm).toBe(row.arm);

          const other = alterFile(file, row.number, altered, bit);
          const number = altered === "number" ? `${row.number}9` : row.number;
          expect(() => openSealed(other, number, card)).toThrow();
          await expect(openEnvelope(other as typeof file, number, card, subtle)).rejects.toMatchObject({
            code: "blinding.envelope_not_opened",
          });
        },
      ),
      { numRuns: 30 },
    );
  });
});

function alterFile(file: EnvelopeFile, number: string, what: string, bit: number): EnvelopeFile {
  const envelopes = file.envelopes.map((one) => {
    if (one.number !== number) return one;
    if (what === "sealed") return { ...one, sealed: flipped(one.sealed, bit) };
    return what === "number" ? { ...one, number: `${number}9` } : one;
  });
  if (what === "salt" || what === "binding") return { ...file, [what]: flipped(file[what], bit) };
  if (what === "status") return { ...file, status: file.status === "LIVE" ? "TEST" : "LIVE" };
  if (what === "list" || what === "part" || what === "trial") return { ...file, [what]: `${file[what]}X` };
  return { ...file, envelopes };
}
