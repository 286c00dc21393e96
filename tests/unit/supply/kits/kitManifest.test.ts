import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AllocellError } from "../../../../src/index.js";
import { Seed } from "../../../../src/random/index.js";
import {
  generateKits,
  kitManifest,
  kitManifestName,
  parseKitManifest,
  readKitList,
  toUnblindedKitCsv,
  type KitList,
} from "../../../../src/supply/index.js";
import { sha256Hex } from "../../../../src/foundation/index.js";

const seed = Seed.test("kits TEST");
const PLAN = {
  trial: "DEMO",
  list: "KITS-1",
  prefix: "KM",
  batches: [
    [
      { arm: "active", count: 3 },
      { arm: "placebo", count: 2 },
    ],
    [{ arm: "placebo", count: 1 }],
  ],
};
const fileOf = (kits: KitList): string => [...toUnblindedKitCsv(kits.unblindedKits())].join("");
const recordOf = (kits: KitList): object => JSON.parse(JSON.stringify(kitManifest(kits))) as object;
const kits = generateKits(PLAN, seed);
const [file, record] = [fileOf(kits), recordOf(kits)];
const faultOf = (act: () => unknown): readonly [code: string, path: string] => {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return [error.code, error.issues[0].path];
    throw error;
  }
  return ["nothing thrown", ""];
};
/** The record of an altered file, as somebody who may write both would make it. */
const fitting = (text: string, own: object = record): object => ({
  ...own,
  file: { file: "KITS-1.TEST.UNBLINDED.kits.csv", sha256: sha256Hex(text) },
});

describe("a kit list, read from its own file", { tags: ["KIT-002"] }, () => {
  it("is the list that was made, for any plan", () => {
    const plans = fc.array(
      fc.uniqueArray(fc.record({ arm: fc.constantFrom("a", "b", "c"), count: fc.integer({ min: 1, max: 9 }) }), {
        selector: ({ arm }) => arm,
        minLength: 1,
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(plans, fc.string({ minLength: 1 }), (batches, text) => {
        fc.pre(text.trim() !== "" && !/\p{Surrogate}/u.test(text));
        const made = generateKits({ ...PLAN, batches }, Seed.test(text));
        const read = readKitList(recordOf(made), fileOf(made));
        expect(read.unblindedKits()).toEqual(made.unblindedKits());
        expect(read.unblindedRecord()).toEqual(made.unblindedRecord());
        expect(read.blinded()).toEqual(made.blinded());
      }),
      { numRuns: 100 },
    );
  });

  it("is refused with any one character changed, left out or added", () => {
    for (let at = 0; at <= file.length; at += 1) {
      const rests = [file.slice(0, at) + "9" + file.slice(at), file.slice(0, at) + file.slice(at + 1)];
      const changed = file[at] === "9" ? [] : [`${file.slice(0, at)}9${file.slice(at + 1)}`];
      for (const text of [...rests, ...changed].filter((other) => other !== file)) {
        expect(
          faultOf(() => readKitList(record, text)),
          text,
        ).toEqual(["blinding.kit_list_altered", "file"]);
      }
    }
  });

  it.each([
    ["an arm changed to another", file.replace(/,active\r/, ",placebo\r"), "plan.batches"],
    ["a kit less", file.replace(/\r\n[^\r]*\r\n$/, "\r\n"), "plan.batches"],
    ["a kit twice", file.replace(/([^\n]*)\r\n$/, "$1\r\n$1\r\n"), "line 8"],
    ["another list's row", file.replace(/KITS-1(?=,2)/, "KITS-2"), "line 7"],
    ["a LIVE row", file.replace(/\r\nTEST/, "\r\nLIVE"), "line 2"],
    ["a column more", file.replace(/active\r/, "active,x\r"), /^line \d$/],
    ["other columns", file.replace("batch,", "block,"), "line 1"],
    ["no end of the last line", file.slice(0, -2), "line 2"],
  ])("is refused with %s, also where the record was made to fit", (_, text, path) => {
    expect(text).not.toBe(file);
    const [code, where] = faultOf(() => readKitList(fitting(text), text));
    expect(code).toBe("blinding.kit_list_altered");
    if (typeof path === "string") expect(where).toBe(path);
    else expect(where).toMatch(path);
  });

  it("is refused with a record whose plan was changed", () => {
    const batches = [[...PLAN.batches[0]!].reverse(), [{ arm: "placebo", count: 2 }]];
    expect(faultOf(() => readKitList({ ...record, plan: { ...PLAN, batches } }, file))[1]).toBe("plan.batches");
  });
});

describe("the record of a kit list", { tags: ["KIT-002"] }, () => {
  it("names the file, the plan and the mark of the seed, and says TEST", () => {
    expect(record).toMatchObject({ format: "allocell-kit-manifest-1", status: "TEST", plan: PLAN });
    expect(kitManifestName(kits)).toBe("KITS-1.TEST.UNBLINDED.kits.json");
    expect(JSON.stringify(record)).not.toContain("kits TEST");
  });

  it.each([
    ["another format", { format: "allocell-kit-list-1" }, "format"],
    ["a field that is not known", { extra: 1 }, "extra"],
    ["a file in another folder", { file: { file: "../x.csv", sha256: "0".repeat(64) } }, "file.file"],
    ["no digest", { file: { file: "x.csv", sha256: "" } }, "file.sha256"],
  ])("is refused with %s", (_, change, path) => {
    expect(faultOf(() => parseKitManifest({ ...record, ...change }))).toEqual(["blinding.kit_manifest_invalid", path]);
  });
});
