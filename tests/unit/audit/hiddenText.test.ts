import { Buffer } from "node:buffer";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSecrets } from "../../../src/audit/hiddenText.js";

const secret = [{ text: "hUC-MSC high", what: "arm" }] as const;

describe("rule 3: hidden texts", () => {
  it("finds a secret as base64 wherever it stands, in standard and URL alphabet", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 9 }),
        fc.uint8Array({ maxLength: 9 }),
        fc.boolean(),
        (before, after, isUrl) => {
          const bytes = Buffer.concat([before, Buffer.from("hUC-MSC high"), after]);
          expect(findSecrets(`x ${bytes.toString(isUrl ? "base64url" : "base64")} y`, secret)).not.toEqual([]);
        },
      ),
    );
  });

  it.each([
    ["upper case", "THE HUC-MSC HIGH ARM"],
    ["lower case in base64", Buffer.from("  huc-msc high").toString("base64")],
    ["hex", Buffer.from("hUC-MSC high").toString("hex")],
    ["upper-case hex", Buffer.from("xxhUC-MSC highyy").toString("hex").toUpperCase()],
    ["full-width letters", "ｈＵＣ-ＭＳＣ high"],
    ["a part of a file name", "list_hUC-MSC high.csv"],
  ])("finds it in %s", (_, text) => {
    expect(findSecrets(text, secret)).toHaveLength(1);
  });

  it("takes a Chinese letter for the end of a word, and a Chinese name anywhere", () => {
    const arms = [
      { text: "MSC", what: "arm" },
      { text: "高剂量", what: "arm" },
      { text: "MSC组", what: "arm" },
    ] as const;
    expect(findSecrets("贮存MSC悬液", arms)).toEqual(['arm "MSC"']);
    expect(findSecrets("第2次ＭＳＣ 组访视", arms)).toEqual(['arm "MSC"', 'arm "MSC组"']);
    expect(findSecrets("本次高剂量输注", arms)).toEqual(['arm "高剂量"']);
    expect(findSecrets("a3MSC9f, SMSC", arms)).toEqual([]);
  });

  it("takes whole words only", () => {
    expect(findSecrets("below, lowest, fellow", [{ text: "low", what: "arm" }])).toEqual([]);
    expect(findSecrets("site 01: low.", [{ text: "low", what: "arm" }])).toEqual(['arm "low"']);
    expect(findSecrets("number 31000000", [{ text: "1000000", what: "dose" }])).toEqual([]);
  });
});
