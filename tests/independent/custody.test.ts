import { toMasterCsv, toMasterJson } from "../../src/list/index.js";
import { binding } from "./custody/secondBinding.js";
import { createCipheriv, createHash, hkdfSync, webcrypto, type CipherGCM } from "node:crypto";
import { describe, expect, it } from "vitest";
import {
  combineSeeds,
  commitList,
  commitShare,
  envelopeKeyCards,
  openEnvelope,
  proveRow,
  sealEnvelopes,
  verifyRowProof,
} from "../../src/custody/index.js";
import { draw, liveSeed, planOf, rowsOf } from "../support/plans.js";

/*
 * A second implementation of docs/custody.md, with node:crypto alone and built otherwise: the tree goes up level by
 * level, keys come from hkdfSync, ciphers are streams.
 */

const SEED = Buffer.from("c4a1f09be7d25338016fbe4e9a7c30d8b12f65e4730acd8896f1e25b4d3c07ea", "hex");
const sha = (...parts: readonly Uint8Array[]): Buffer => createHash("sha256").update(Buffer.concat(parts)).digest();
const four = (n: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(n);
  return bytes;
};
const field = (value: string | Uint8Array): Buffer => {
  const bytes = typeof value === "string" ? Buffer.from(value.normalize("NFC"), "utf8") : Buffer.from(value);
  return Buffer.concat([four(bytes.length), bytes]);
};
const hkdf = (ikm: Uint8Array, info: Uint8Array): Buffer =>
  Buffer.from(hkdfSync("sha256", ikm, Buffer.alloc(0), info, 32));
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === "object" && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, inner]) => [key, sorted(inner)]),
        )
      : value;
const json = (value: unknown): string => JSON.stringify(sorted(value));
const name = (list: string, purpose: string, stratum: readonly (readonly [string, string])[]): Buffer =>
  Buffer.concat([
    field("allocell-pb-1"),
    field(list),
    field(purpose),
    field(Buffer.concat(stratum.flat().map((text) => field(text)))),
  ]);

function gcm(key: Uint8Array, nonce: Uint8Array, aad: Uint8Array, plain: Uint8Array): Buffer {
  const cipher: CipherGCM = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(aad);
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}
/** RFC 6962's tree from below: pairs are joined level by level, and an odd node at the end moves up unchanged. */
function levelsOf(leaves: readonly Buffer[]): readonly (readonly Buffer[])[] {
  const levels = [leaves];
  for (let level = leaves; level.length > 1;) {
    const above: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i]!, level[i + 1]];
      above.push(right === undefined ? left : sha(Buffer.of(1), left, right));
    }
    levels.push(above);
    level = above;
  }
  return levels;
}
const pathOf = (levels: readonly (readonly Buffer[])[], index: number): readonly string[] =>
  levels.slice(0, -1).flatMap((level, height) => level[(index >> height) ^ 1]?.toString("hex") ?? []);

const factors = [{ factor: "site", levels: ["01", "Łódź"] }];
const madeOf = (length: number, lastBlock = "cut"): ReturnType<typeof draw> =>
  draw(planOf({ length, procedure: { kind: "permuted-block", sizes: [4], lastBlock }, strata: factors }), liveSeed);

describe("commitment and row proofs", { tags: ["CUST-001", "CUST-002"] }, () => {
  it.each(
    [1, 2, 3, 4, 5, 7, 8, 9, 13].flatMap((length) => [
      { length, lastBlock: "cut" },
      { length, lastBlock: "whole" },
    ]),
  )("of 2 x $length rows, last block $lastBlock, are what the document says", ({ length, lastBlock }) => {
    const list = madeOf(length, lastBlock);
    const { plan } = list.unblindedRecord();
    const rows = rowsOf(list).filter(({ sequence }) => sequence <= length);
    const surplus = rowsOf(list).filter(({ sequence }) => sequence > length);
    const head = {
      format: "allocell-committed-list-1",
      algorithm: "allocell-pb-1",
      list: "DEMO-1",
      part: "main",
      trial: "DEMO",
      status: "LIVE",
      rows: rows.length,
      plan,
    };
    const linesOf = (some: typeof rows): string =>
      some.map((row) => `${json({ ...row, stratum: Object.fromEntries(row.stratum) })}\n`).join("");
    const text = Buffer.from(`${json(head)}\n${linesOf(rows)}${linesOf(surplus)}`);
    const nonce = hkdf(SEED, Buffer.concat([name("DEMO-1", "salts", []), field(sha(text))]));
    const saltAt = (i: number): Buffer => hkdf(nonce, Buffer.concat([field("allocell-leaf-salt-1"), four(i)]));
    const salts = rows.map((_, i) => saltAt(i));
    const leaves = rows.map(({ arm, number, sequence, stratum }, i) => {
      const row = { arm, number, sequence, stratum: Object.fromEntries(stratum), list: "DEMO-1", status: "LIVE" };
      return sha(Buffer.of(0), salts[i]!, Buffer.from(json(row)));
    });
    leaves.push(sha(Buffer.of(0), saltAt(rows.length), Buffer.from(linesOf(surplus))));
    const levels = levelsOf(leaves);
    const { commitment, opening } = commitList(list, liveSeed);
    expect(opening).toEqual({ format: "allocell-opening-1", nonce: nonce.toString("hex"), text: text.toString() });
    expect(commitment).toEqual({
      format: "allocell-commitment-1",
      status: "LIVE",
      trial: "DEMO",
      part: "main",
      list: "DEMO-1",
      commitment: sha(Buffer.of(0), nonce, text).toString("hex"),
      root: levels.at(-1)![0]!.toString("hex"),
    });
    for (const [index, { number }] of rows.entries()) {
      const proof = proveRow(opening, number);
      expect(proof).toMatchObject({ index, rows: rows.length, salt: salts[index]!.toString("hex") });
      expect(proof.path).toEqual(pathOf(levels, index));
      expect(verifyRowProof(commitment, proof)).toBe(true);
    }
  });
});

describe("envelopes", { tags: ["CUST-004"] }, () => {
  const list = madeOf(5);
  const salt = sha(Buffer.from("salt"));
  const head = {
    format: "allocell-envelopes-1",
    status: "LIVE",
    trial: "DEMO",
    part: "main",
    list: "DEMO-1",
    binding: binding({
      seed: SEED,
      algorithm: list.unblindedRecord().algorithm,
      list: "DEMO-1",
      plan: list.unblindedRecord().plan,
      csv: [...toMasterCsv(list)].join(""),
      json: [...toMasterJson(list)].join(""),
    }),
    salt: salt.toString("hex"),
  };
  const envelopes = rowsOf(list).map(({ arm, number, sequence, stratum }) => {
    const info = Buffer.concat([name("DEMO-1", "envelopes", stratum), field(salt), field(four(sequence))]);
    const key = hkdf(SEED, info);
    const content = Buffer.from(json({ arm, number, sequence, stratum }));
    const plain = Buffer.alloc(256);
    plain.writeUInt16BE(content.length);
    content.copy(plain, 2);
    const sealed = gcm(key, Buffer.alloc(12), Buffer.from(json({ ...head, number })), plain).toString("hex");
    const hex = key.toString("hex");
    const check = sha(Buffer.from(`allocell envelope key check 1:${hex}`))
      .toString("hex")
      .slice(0, 8);
    return { number, sealed, key: `${hex}-${check}` };
  });

  it("are sealed and opened as the document says", async () => {
    const source = { master: list, seed: liveSeed, salt: Uint8Array.from(salt) };
    const file = await sealEnvelopes(source, webcrypto.subtle);
    expect(file).toEqual({ ...head, envelopes: envelopes.map(({ number, sealed }) => ({ number, sealed })) });
    expect([...envelopeKeyCards(source)].map(({ key }) => key)).toEqual(envelopes.map(({ key }) => key));
    const { number, key } = envelopes[7]!;
    expect((await openEnvelope(file, number, key, webcrypto.subtle)).arm).toBe(rowsOf(list)[7]!.arm);
  });
});

describe("a seed of several parties", { tags: ["CUST-005"] }, () => {
  it("is what the document says", () => {
    const shares = ["sponsor", "Site", "Żary", "a"].map((party) => ({
      party,
      secret: Uint8Array.from(sha(Buffer.from(party))),
    }));
    const commitments = shares.map(({ party, secret }) => ({
      party,
      commitment: sha(field("allocell-seed-share-1"), field(party), field(secret)).toString("hex"),
    }));
    expect(shares.map(commitShare)).toEqual(commitments);
    const inOrder = ["Site", "a", "sponsor", "Żary"].map((party) => shares.find((share) => share.party === party)!);
    const ikm = (...end: readonly Uint8Array[]): Buffer =>
      Buffer.concat([four(4), ...inOrder.flatMap(({ party, secret }) => [field(party), field(secret)]), ...end]);
    const textOf = (bytes: Uint8Array): string => hkdf(bytes, field("allocell-combined-seed-1")).toString("hex");
    expect(combineSeeds({ shares, commitments }).revealText().slice(0, 64)).toBe(textOf(ikm(Buffer.of(0))));
    const beacon = { source: "drand 1", value: Uint8Array.from(sha(Buffer.from("beacon"))) };
    const mixed = ikm(Buffer.of(1), field("drand 1"), field(beacon.value));
    expect(combineSeeds({ shares, commitments, beacon }).revealText().slice(0, 64)).toBe(textOf(mixed));
  });
});
