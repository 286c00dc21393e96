import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import {
  combineSeeds,
  commitList,
  commitShare,
  envelopeKeyCards,
  generateList,
  openCommitment,
  openEnvelope,
  parseEnvelopes,
  parseLiveSeed,
  parsePlan,
  parseRowProof,
  proveRow,
  sealEnvelopes,
  sealWithPassphrase,
  Seed,
  toEnvelopesJson,
  TRIALS,
  unsealWithPassphrase,
  verifyRowProof,
} from "../../src/index.js";
import { canonical } from "./custody/secondBytes.js";
import {
  commitmentOf,
  committedText,
  nonceOf,
  proofHolds,
  proofOf,
  rowRoot,
  type CommittedHead,
  type CommittedRow,
  type Proof,
} from "./custody/secondCommitment.js";
import {
  envelopeKey,
  keyCard,
  openSealed,
  plaintextBytes,
  sealEnvelope,
  type EnvelopeFile,
} from "./custody/secondEnvelopes.js";
import { sealFile, unsealFile } from "./custody/secondSealed.js";
import { combined, liveSeedText, shareCommitment } from "./custody/secondSeeds.js";

// Double programming: tests/independent/custody/second*.ts is written from docs/custody.md and docs/algorithm.md alone,
// by somebody who has not read the package. Both are run on random lists, keys and files.

const { subtle } = globalThis.crypto;
const trial = TRIALS.find(({ id }) => id === "NCT07041801")!;

/** 32 bytes that look random, for reproducible cases: no run of one value and no constant step. */
const random32 = fc
  .string()
  .map((text) => new Uint8Array(createHash("sha256").update(`custody blind ${text}`).digest()));

/** A seed as the package takes it, and its bytes as docs/algorithm.md gives them. */
const seeds = fc.oneof(
  random32.map((bytes) => ({ seed: parseLiveSeed(liveSeedText(bytes)), bytes, status: "LIVE" })),
  fc
    .constantFrom("plain", "Zürich", "Zu\u0308rich", "\u{1F600} TEST", "a\u030A b")
    .chain((text) => fc.nat().map((n) => `${text} ${n}`))
    .map((text) => ({ seed: Seed.test(text), bytes: Buffer.from(text.normalize("NFC"), "utf8"), status: "TEST" })),
);

const levels = fc.uniqueArray(
  fc.oneof(
    fc.constantFrom("01", "< 5", "≥ 5", "Zürich", "M", "40 %"),
    fc.stringMatching(/^[A-Z][A-Za-z0-9 ]{15,38}[a-z]$/),
  ),
  { minLength: 1, maxLength: 3 },
);
const factors = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,30}$/), {
  selector: (name) => name.toLowerCase(),
  maxLength: 4,
});

const plans = fc
  .record({
    strata: factors.chain((names) =>
      fc.tuple(
        ...names.map((factor) => levels.map((all) => ({ factor, levels: all.slice(0, names.length > 2 ? 1 : 3) }))),
      ),
    ),
    ratio: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 }),
    multiples: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }),
    length: fc.integer({ min: 1, max: 21 }),
    list: fc.stringMatching(/^[A-Z][A-Z0-9-]{0,10}[A-Z0-9]$/),
    complete: fc.boolean(),
  })
  .map(({ strata, ratio, multiples, length, list, complete }) => {
    const sum = ratio.reduce((total, share) => total + share, 0);
    const sizes = multiples.map((multiple) => multiple * sum);
    return parsePlan({
      trial: trial.id,
      part: "single-dose",
      list,
      ...(strata.length > 0 && { strata }),
      arms: { low: ratio[0], medium: ratio[1], high: ratio[2], placebo: ratio[3] },
      procedure: complete ? { kind: "complete" } : { kind: "permuted-block", sizes, lastBlock: "cut" },
      length,
      assumptions: { "allocation.ratio": "as in the plan" },
    });
  });

/** A list of the package, its seed, and what the second program needs to know of it. */
const lists = fc.record({ plan: plans, made: seeds }).map(({ plan, made }) => {
  const master = generateList({ plan, trial, seed: made.seed });
  const rows = [...master.unblindedRows()] as readonly CommittedRow[];
  const head: CommittedHead = {
    algorithm: plan.procedure.kind === "complete" ? "allocell-cr-1" : "allocell-pb-1",
    list: plan.list,
    part: plan.part,
    plan,
    status: made.status,
    trial: plan.trial,
  };
  return { ...made, plan, master, rows, head };
});

describe("envelopes, by another programmer", () => {
  it("derives every key card and seals every envelope to the same bytes", async () => {
    await fc.assert(
      fc.asyncProperty(lists, random32, async ({ master, seed, bytes, head, rows, plan }, salt) => {
        const file = await sealEnvelopes({ master, seed, salt }, subtle);
        const named = { ...head, salt: Buffer.from(salt).toString("hex") };
        const arms = plan.arms.map(({ arm }) => arm);
        const keys = rows.map((row) => envelopeKey(bytes, head.algorithm, named, row));
        const length = plaintextBytes(rows, arms);
        const mine = {
          format: "allocell-envelopes-1",
          status: head.status,
          trial: head.trial,
          part: head.part,
          list: head.list,
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
        assumptions: { "allocation.ratio": "equal" },
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
        fc.constantFrom("sealed", "salt", "number", "list", "part", "trial", "status"),
        async ({ master, seed, bytes, head, rows, plan }, salt, at, bit, altered) => {
          const row = rows[at % rows.length]!;
          const content = { arm: row.arm, number: row.number, sequence: row.sequence, stratum: row.stratum };
          const cards = [...envelopeKeyCards({ master, seed, salt })];
          const card = cards[at % rows.length]!.key;
          const file = await sealEnvelopes({ master, seed, salt }, subtle);
          expect(openSealed(file, row.number, card)).toEqual(content);

          const named = { ...head, salt: file.salt };
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

function flipped(hex: string, bit: number): string {
  const bytes = Buffer.from(hex, "hex");
  const place = bit % (bytes.length * 8);
  bytes[place >> 3]! ^= 1 << (place & 7);
  return bytes.toString("hex");
}

function alterFile(file: EnvelopeFile, number: string, what: string, bit: number): EnvelopeFile {
  const envelopes = file.envelopes.map((one) => {
    if (one.number !== number) return one;
    if (what === "sealed") return { ...one, sealed: flipped(one.sealed, bit) };
    return what === "number" ? { ...one, number: `${number}9` } : one;
  });
  if (what === "salt") return { ...file, salt: flipped(file.salt, bit) };
  if (what === "status") return { ...file, status: file.status === "LIVE" ? "TEST" : "LIVE" };
  if (what === "list" || what === "part" || what === "trial") return { ...file, [what]: `${file[what]}X` };
  return { ...file, envelopes };
}

describe("commitment of a list, by another programmer", () => {
  it("gives the same text, nonce, commitment and root", () => {
    fc.assert(
      fc.property(lists, ({ master, seed, bytes, head, rows }) => {
        const { commitment, opening } = commitList(master, seed);
        const text = committedText(head, rows);
        const nonce = nonceOf(bytes, head.algorithm, head.list, text);
        expect(opening.text).toBe(text);
        expect(opening.nonce).toBe(nonce.toString("hex"));
        expect(commitment.commitment).toBe(commitmentOf(nonce, text));
        expect(commitment.root).toBe(rowRoot(nonce, head, rows));
        const again = { ...opening, text, nonce: nonce.toString("hex") };
        expect(openCommitment(commitment, again)).toEqual({ proven: true, issues: [] });
      }),
      { numRuns: 60 },
    );
  });

  it("names the stream of a list that follows R in the algorithm id", () => {
    const plan = parsePlan({
      trial: trial.id,
      part: "single-dose",
      list: "DEMO-R",
      arms: { low: 1, medium: 1, high: 1, placebo: 1 },
      procedure: { kind: "permuted-block", sizes: [4] },
      stream: "r-mersenne-twister",
      length: 8,
      assumptions: { "allocation.ratio": "equal" },
    });
    const seed = Seed.test("20260101");
    const master = generateList({ plan, trial, seed });
    const rows = [...master.unblindedRows()] as readonly CommittedRow[];
    const { list, part } = plan;
    const head = { algorithm: "allocell-pb-1/r-mt-1", list, part, plan, status: "TEST", trial: trial.id };
    const { commitment, opening } = commitList(master, seed);
    const text = committedText(head, rows);
    const nonce = nonceOf(Buffer.from("20260101"), head.algorithm, list, text);
    expect(opening).toMatchObject({ text, nonce: nonce.toString("hex") });
    expect(commitment.root).toBe(rowRoot(nonce, head, rows));
  });

  it("refuses an opening in which one bit of text or nonce is another, or whose commitment or root is", () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.constantFrom("text", "nonce", "commitment", "root"), (made, bit, what) => {
        const { commitment, opening } = commitList(made.master, made.seed);
        // A letter of the text becomes the other case, which the form allows everywhere.
        const letters = [...opening.text.matchAll(/[a-z]/g)].map(({ index }) => index);
        const at = letters[bit % letters.length]!;
        const text = opening.text.slice(0, at) + opening.text[at]!.toUpperCase() + opening.text.slice(at + 1);
        const given =
          what === "text"
            ? { ...opening, text }
            : what === "nonce"
              ? { ...opening, nonce: flipped(opening.nonce, bit) }
              : opening;
        const published = {
          ...commitment,
          ...(what === "commitment" && { commitment: flipped(commitment.commitment, bit) }),
          ...(what === "root" && { root: flipped(commitment.root!, bit) }),
        };
        expect(proven(() => openCommitment(published, given).proven)).toBe(false);
        expect(
          commitmentOf(Buffer.from(given.nonce, "hex"), given.text) === published.commitment &&
            rowRoot(Buffer.from(given.nonce, "hex"), made.head, made.rows) === published.root,
        ).toBe(false);
      }),
      { numRuns: 60 },
    );
  });

  it("gives the same proof of every row, and each verifies the other's", () => {
    fc.assert(
      fc.property(lists, ({ master, seed, bytes, head, rows }) => {
        const { commitment, opening } = commitList(master, seed);
        const nonce = nonceOf(bytes, head.algorithm, head.list, committedText(head, rows));
        for (const [index, row] of rows.slice(0, 25).entries()) {
          const theirs = proveRow(opening, row.number);
          const mine = proofOf(nonce, head, rows, index);
          expect(theirs).toEqual({ format: "allocell-row-proof-1", ...mine });
          expect(proofHolds(commitment.root!, theirs)).toBe(true);
          expect(verifyRowProof(commitment, parseRowProof({ format: "allocell-row-proof-1", ...mine }))).toBe(true);
        }
      }),
      { numRuns: 25 },
    );
  });

  const alterations = fc.oneof(
    fc.constantFrom(
      "arm",
      "list",
      "number",
      "status",
      "sequence",
      "stratum",
      "index",
      "rows",
      "path shorter",
      "path longer",
    ),
    fc.constantFrom("salt", "path", "root"),
  );

  it("decides on every altered proof as the package does, and refuses every altered row, salt, path and root", () => {
    fc.assert(
      fc.property(lists, fc.nat(), fc.nat(), alterations, (made, at, bit, what) => {
        const { commitment, opening } = commitList(made.master, made.seed);
        const row = made.rows[at % made.rows.length]!;
        const proof = proveRow(opening, row.number);
        const other = alterProof(proof, what, bit);
        const root = what === "root" ? flipped(commitment.root!, bit) : commitment.root!;
        fc.pre(what === "root" || canonical(other) !== canonical(proof));
        const mine = proofHolds(root, other);
        expect(proven(() => verifyRowProof({ ...commitment, root }, other as typeof proof))).toBe(mine);
        // Index and number of rows only say where the hashes stand; a root of RFC 6962 binds neither by itself.
        if (what !== "index" && what !== "rows") expect(mine).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

const proven = (ask: () => boolean): boolean => {
  try {
    return ask();
  } catch {
    return false;
  }
};

function alterProof(proof: Proof, what: string, bit: number): Proof {
  const { row, path } = proof;
  const place = path.length === 0 ? 0 : bit % path.length;
  if (what === "arm" || what === "list" || what === "number")
    return { ...proof, row: { ...row, [what]: `${row[what]}X` } };
  if (what === "status") return { ...proof, row: { ...row, status: row.status === "LIVE" ? "TEST" : "LIVE" } };
  if (what === "sequence") return { ...proof, row: { ...row, sequence: row.sequence + 1 + (bit % 3) } };
  if (what === "stratum") return { ...proof, row: { ...row, stratum: { ...row.stratum, zone: "01" } } };
  if (what === "index") return { ...proof, index: bit % (2 * proof.rows) };
  if (what === "rows") return { ...proof, rows: 1 + (bit % (2 * proof.rows)) };
  if (what === "path shorter") return { ...proof, path: path.slice(1) };
  if (what === "path longer") return { ...proof, path: [...path, proof.salt] };
  if (what === "salt") return { ...proof, salt: flipped(proof.salt, bit) };
  if (what === "path")
    return { ...proof, path: path.map((hash, at) => (at === place ? flipped(hash, bit >> 3) : hash)) };
  return proof;
}

describe("seed of several parties, by another programmer", () => {
  const parties = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9._/-]{0,12}$/), {
    minLength: 1,
    maxLength: 6,
    selector: (name) => name.toLowerCase(),
  });
  const cases = parties
    .chain((names) =>
      fc.tuple(fc.constant(names), fc.string(), fc.boolean(), fc.uint8Array({ minLength: 16, maxLength: 80 })),
    )
    .map(([names, salt, withBeacon, value]) => ({
      shares: names.map((party) => ({
        party,
        secret: new Uint8Array(createHash("sha256").update(`${salt} ${party}`).digest()),
      })),
      ...((withBeacon || names.length === 1) && { beacon: { source: `drand round ${salt.length}`, value } }),
    }));

  it("gives the same commitments and the same seed", () => {
    fc.assert(
      fc.property(cases, ({ shares, beacon }) => {
        const commitments = shares.map(commitShare);
        expect(commitments).toEqual(
          shares.map((share) => ({ party: share.party, commitment: shareCommitment(share) })),
        );
        const seed = combineSeeds({ shares, commitments, ...(beacon && { beacon }) });
        expect(seed.kind).toBe("LIVE");
        expect(seed.revealText()).toBe(liveSeedText(combined(shares, beacon)));
      }),
      { numRuns: 200 },
    );
  });

  it("takes names with accents in form NFC, in the order of their UTF-8 bytes", () => {
    const shares = ["Zürich", "Zu\u0308g", "Zz", "étude", "\uFF21", "a"].map((party) => ({
      party,
      secret: new Uint8Array(createHash("sha256").update(party).digest()),
    }));
    const commitments = shares.map(commitShare);
    expect(commitments.map(({ commitment }) => commitment)).toEqual(shares.map(shareCommitment));
    expect(combineSeeds({ shares, commitments }).revealText()).toBe(liveSeedText(combined(shares)));
  });

  it("refuses a share of which one bit is not the one committed to", () => {
    fc.assert(
      fc.property(cases, fc.nat(), ({ shares, beacon }, bit) => {
        const commitments = shares.map((share) => ({ party: share.party, commitment: shareCommitment(share) }));
        const at = bit % shares.length;
        const altered = shares.map((share, place) => {
          const secret = Uint8Array.from(share.secret);
          if (place === at) secret[bit % 32]! ^= 1 << (bit % 8);
          return { ...share, secret };
        });
        expect(shareCommitment(altered[at]!)).not.toBe(commitments[at]!.commitment);
        expect(() => combineSeeds({ shares: altered, commitments, ...(beacon && { beacon }) })).toThrow();
      }),
    );
  });
});

describe("file sealed with a passphrase, by another programmer", () => {
  const passphrase = "Zu\u0308rich zinc owl paper";
  const digest = (text: string) => createHash("sha256").update(text).digest();
  const plaintext = Buffer.from("what nobody else may read ".repeat(400));
  const parts = {
    passphrase,
    status: "TEST",
    list: "DEMO-1",
    manifestSha256: digest("manifest").toString("hex"),
    iterations: 600_001,
    salt: digest("salt"),
    wrapNonce: digest("wrap").subarray(0, 12),
    nonce: digest("body").subarray(0, 12),
    dataKey: digest("data key"),
  };
  let theirs: Uint8Array;
  beforeAll(async () => {
    const entropy = (bytes: number) => globalThis.crypto.getRandomValues(new Uint8Array(bytes));
    theirs = await sealWithPassphrase(
      { plaintext, passphrase, list: parts.list, manifestSha256: parts.manifestSha256, status: "TEST" },
      { subtle, entropy },
    );
  });

  it("unseals the package's file, whatever form the passphrase has", () => {
    const { header, plaintext: read } = unsealFile(theirs, passphrase.normalize("NFC"));
    expect(read.equals(plaintext)).toBe(true);
    expect(header).toMatchObject({ format: "allocell-sealed-1", status: "TEST", list: "DEMO-1" });
  });

  // A plaintext that fills its pages to the last byte, one of a byte more, and none: the corners of the padding.
  it.each([[4092], [4093], [0]])("writes a file of %i bytes that the package unseals", async (length) => {
    const written = sealFile({ ...parts, plaintext: Buffer.alloc(length, 7) });
    const { plaintext: read, header } = await unsealWithPassphrase(written, passphrase, subtle);
    expect(Buffer.from(read).equals(Buffer.alloc(length, 7))).toBe(true);
    expect(header.kdf.iterations).toBe(600_001);
  });

  it("refuses, as the package does, a file with one altered bit, and one that was cut", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: theirs.length * 8 - 1 }), fc.nat({ max: theirs.length - 1 }), async (bit, cut) => {
        const altered = Uint8Array.from(theirs);
        altered[bit >> 3]! ^= 1 << (bit & 7);
        for (const file of [altered, theirs.subarray(0, cut)]) {
          expect(() => unsealFile(file, passphrase)).toThrow();
          await expect(unsealWithPassphrase(file, passphrase, subtle)).rejects.toMatchObject({
            code: expect.stringMatching(/^blinding\.sealed_/) as string,
          });
        }
      }),
    );
  });

  it("calls a body that was altered together with its checksum altered, and a forged header not opened", async () => {
    const forge = (place: number, byte: number) => {
      const file = Buffer.from(theirs);
      file[place] = byte;
      return Buffer.concat([file.subarray(0, -32), createHash("sha256").update(file.subarray(0, -32)).digest()]);
    };
    const body = theirs.length - 40;
    const altered = forge(body, theirs[body]! ^ 1);
    expect(() => unsealFile(altered, passphrase)).toThrow();
    await expect(unsealWithPassphrase(altered, passphrase, subtle)).rejects.toMatchObject({
      code: "blinding.sealed_altered",
    });
    const list = Buffer.from(theirs).indexOf("DEMO-1") + 5;
    await expect(unsealWithPassphrase(forge(list, 0x32), passphrase, subtle)).rejects.toMatchObject({
      code: "blinding.sealed_not_opened",
    });
  });
});
