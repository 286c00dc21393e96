import { describe, expect, it } from "vitest";
import {
  blindedManifest,
  compareListFile,
  deriveAgain,
  parseUnblindedManifest,
  planHash,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
  toMasterJson,
  unblindedManifest,
  type UnblindedManifest,
} from "../../../src/list/index.js";
import { Seed } from "../../../src/random/index.js";
import { issueOf } from "../../support/issueOf.js";
import { draw, liveSeed, planOf } from "../../support/plans.js";

const plan = planOf({
  arms: { zeta: 2, alpha: 1 },
  procedure: { kind: "permuted-block", sizes: [3, 6], lastBlock: "whole" },
  strata: [{ factor: "site", levels: ["01", "02"] }],
});
const seed = Seed.test("demo");
const list = draw(plan, seed);
const manifest = unblindedManifest(list, "ab".repeat(32), [{ file: "a.csv", sha256: "cd" }], { by: "somebody" });
const altered = (change: (data: Record<string, unknown>) => void): unknown => {
  const data = JSON.parse(JSON.stringify(manifest)) as Record<string, unknown>;
  change(data);
  return data;
};

describe("the blinded manifest", { tags: ["LIST-003", "LIST-004"] }, () => {
  it("has exactly the allowed fields", () => {
    const blinded = blindedManifest(list, [{ file: "a.csv", sha256: "cd", arm: "zeta" } as never], "");
    const keys: string[] = [];
    JSON.stringify(blinded, (key, value: unknown) => {
      if (!/^\d*$/.test(key)) keys.push(key);
      return value;
    });
    expect([...new Set(keys)].sort()).toEqual(
      [
        "allocell",
        "assumptions",
        "binding",
        "digits",
        "factor",
        "factors",
        "file",
        "files",
        "format",
        "levels",
        "list",
        "numbers",
      ].concat(["part", "prefix", "rows", "sha256", "status", "strata", "stratum", "trial"]),
    );
    expect(Object.isFrozen(blinded)).toBe(true);
  });

  it("does not freeze the caller's data", () => {
    const files = [{ file: "a.csv", sha256: "cd" }];
    blindedManifest(list, files, "");
    unblindedManifest(list, "", files);
    expect(Object.isFrozen(files) || Object.isFrozen(files[0])).toBe(false);
  });
});

describe("the list derived again", { tags: ["LIST-003", "LIST-004"] }, () => {
  it("is the same list", () => {
    const again = deriveAgain(parseUnblindedManifest(JSON.parse(JSON.stringify(manifest))), Seed.test("demo"));
    expect([...toMasterCsv(again)]).toEqual([...toMasterCsv(list)]);
    expect(again.unblindedArms()).toEqual(list.unblindedArms());
  });

  const cases: readonly [string, string, unknown, Seed][] = [
    ["list.seed_differs", "another seed", manifest, Seed.test("Demo")],
    ["list.seed_differs", "a live seed for a TEST list", manifest, liveSeed],
    ["list.seed_differs", "a status changed to LIVE", altered((data) => (data["status"] = "LIVE")), seed],
    ["list.seed_differs", "another mark", altered((data) => (data["seedMark"] = "00")), seed],
    [
      "list.manifest_altered",
      "another length",
      altered((data) => ((data["plan"] as { length: number }).length = 24)),
      seed,
    ],
    [
      "list.manifest_altered",
      "arms in another order",
      altered((data) => (data["plan"] as { arms: unknown[] }).arms.reverse()),
      seed,
    ],
    ["list.manifest_altered", "another plan hash", altered((data) => (data["planHash"] = "00")), seed],
    [
      "list.algorithm_unknown",
      "an algorithm of the future",
      altered((data) => (data["algorithm"] = "allocell-pb-2")),
      seed,
    ],
  ];
  it.each(cases)("throws %s for %s", (code, _, data, withSeed) => {
    const issue = issueOf(() => deriveAgain(parseUnblindedManifest(data), withSeed));
    expect(issue.code).toBe(code);
    expect(JSON.stringify(issue)).not.toContain("demo");
  });

  it.each([
    ["list.manifest_invalid", "", null],
    ["list.manifest_invalid", "format", blindedManifest(list, [], "")],
    [
      "list.manifest_invalid",
      "plan.arms",
      altered((data) => ((data["plan"] as { arms: unknown }).arms = { a: 1, b: 1 })),
    ],
    ["list.manifest_invalid", "files.0.sha256", altered((data) => (data["files"] = [{ file: "x" }]))],
    ["list.plan_invalid", "length", altered((data) => ((data["plan"] as { length: number }).length = 0))],
    [
      "list.plan_invalid",
      "arms.1.arm",
      altered((data) => ((data["plan"] as { arms: { arm: string }[] }).arms[1]!.arm = "zeta")),
    ],
  ])("reads no manifest: %s at %s", (code, path, data) => {
    expect(issueOf(() => parseUnblindedManifest(data))).toMatchObject({ code, path });
  });

  it("keeps what the manifest says of generation, files and hashes", () => {
    expect(manifest).toMatchObject({
      format: "allocell-unblinded-manifest-1",
      planHash: planHash(plan),
      rows: list.unblindedRowCount,
      generation: { by: "somebody" },
      files: [{ file: "a.csv", sha256: "cd" }],
    } satisfies Partial<UnblindedManifest>);
  });
});

describe("list files", { tags: ["LIST-003", "LIST-004"] }, () => {
  const text = (pieces: Iterable<string>): string => [...pieces].join("");

  it("have one line a row and these columns", () => {
    const [header, ...rows] = text(toMasterCsv(list)).split("\r\n");
    expect(header).toBe("status,list,site,sequence,number,block,block_size,position,arm");
    expect(rows).toHaveLength(list.unblindedRowCount + 1);
    expect(rows[0]).toMatch(/^TEST,DEMO-1,01,1,TR010001,1,[36],1,(zeta|alpha)$/);
    expect(text(toBlindedCsv(list.blinded())).split("\r\n").slice(0, 2)).toEqual([
      "status,list,site,sequence,number",
      "TEST,DEMO-1,01,1,TR010001",
    ]);
  });

  it("are JSON with the same rows", () => {
    const master = JSON.parse(text(toMasterJson(list))) as { format: string; rows: { arm: string; stratum: object }[] };
    expect(master.format).toBe("allocell-master-list-1");
    expect(master.rows.map(({ arm }) => arm)).toEqual([...list.unblindedRows()].map(({ arm }) => arm));
    expect(master.rows[0]!.stratum).toEqual({ site: "01" });
    const blinded = JSON.parse(text(toBlindedJson(list.blinded()))) as { rows: object[] };
    expect(Object.keys(blinded)).toEqual(["format", "list", "part", "status", "trial", "rows"]);
    expect(blinded.rows[0]).toEqual({ number: "TR010001", sequence: 1, stratum: { site: "01" } });
  });

  it("a shortened or empty file, and one of another list, are told apart", () => {
    const csv = text(toMasterCsv(list));
    expect(compareListFile([csv], "")).toMatchObject({ kind: "header", line: 1, received: "the end of the file" });
    expect(compareListFile([csv], text(toBlindedCsv(list.blinded())))).toMatchObject({ kind: "header", line: 1 });
    expect(compareListFile([csv], text(toMasterCsv(draw(plan, Seed.test("other")))))).toMatchObject({ kind: "edited" });
  });
});
