import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { nodeStatus } from "../../../src/cli/commands/iq.js";
import { firstDifference } from "../../../src/cli/qualification/caseFile.js";
import { readCaseFiles } from "../../../src/cli/qualification/readCaseFiles.js";
import { missingCases, SUITE } from "../../../src/cli/qualification/suite.js";
import { checkFiles } from "../../../src/cli/qualification/checkFiles.js";
import { runCases } from "../../../src/cli/qualification/runCases.js";
import { run } from "../../../src/cli/run.js";
import { signatureFacts, signatureFaults } from "../../../src/cli/answers/iqSignature.js";
import { checkDependencies } from "../../../src/cli/qualification/checkDependencies.js";
import { checkSignature } from "../../../src/cli/qualification/checkSignature.js";
import { parseAllowedSigners } from "../../../src/cli/signing/allowedSigners.js";
import { readPrivateKey } from "../../../src/cli/signing/keys.js";
import { RELEASE_NAMESPACE, toSshSignature } from "../../../src/cli/signing/sshsig.js";
import { TEST_PUBLIC_KEY, TEST_SIGNING_KEY } from "../../support/signingKey.js";
import { makeDesk } from "./harness.js";

describe("allocell oq", { tags: ["SYS-002"] }, () => {
  it("passes every shipped case, ends with the verdict, and writes a report to be signed", async () => {
    const desk = makeDesk();
    const { code, stdout } = await desk.run("oq", "--out", "Q", "--lang", "zh");
    const cases = readCaseFiles().files.flatMap((file) => file.cases).length;
    expect(stdout.split("\n\n说明")[0]?.split("\n").at(-1)).toMatch(
      new RegExp(`^OQ 通过：${cases} 个用例中通过 ${cases} 个，allocell .*，用例 sha256 [0-9a-f]{64}$`),
    );
    expect(code).toBe(0);
    const report = JSON.parse(desk.read("Q/oq.json")) as { verdict: string; results: { isPassed: boolean }[] };
    expect(report.verdict).toMatch(
      new RegExp(`^OQ PASSED ${cases} of ${cases}, allocell .*, cases sha256 [0-9a-f]{64}$`),
    );
    expect(report.results).toHaveLength(cases);
    const html = desk.read("Q/oq.zh.html");
    expect(html.match(/<tr>/g)).toHaveLength(cases + 1);
    expect(html).toContain("运行确认");
  });

  it("fails on a wrong expected value, on a case that cannot run and on a call that does not exist", async () => {
    const one = { requirement: "X-1", given: { text: "72.4 kg" } };
    const file = { group: "Z", title: "", titleZh: "", source: "" };
    const results = await runCases(
      [
        {
          ...file,
          cases: [
            { ...one, id: "Z-1", call: "read a weight", expected: "72.4" },
            { ...one, id: "Z-2", call: "read a weight", expected: "72.5" },
            { ...one, id: "Z-3", call: "prepare", expected: {} },
            { ...one, id: "Z-4", call: "no such call", expected: {} },
            { ...one, id: "Z-5", call: "read a weight", given: {}, expected: { refused: "quantity.not_text" } },
            { ...one, id: "Z-6", call: "law", given: { law: "none", runs: 1 }, expected: "holds" },
          ],
        },
      ],
      run,
    );
    expect(results.map(({ isPassed }) => isPassed)).toEqual([true, false, false, false, true, false]);
  });

  it("fails where a case file is not there, cannot be read, has fewer cases or is none of the suite", () => {
    const { files } = readCaseFiles();
    expect(Object.fromEntries(files.map(({ group, cases }) => [group, cases.length]))).toEqual(SUITE);
    const folder = mkdtempSync(join(tmpdir(), "allocell-cases-"));
    cpSync("docs/validation/oq", folder, { recursive: true });
    rmSync(join(folder, "D.json"));
    writeFileSync(join(folder, "P.json"), "{");
    writeFileSync(join(folder, "N.json"), JSON.stringify({ ...files.find(({ group }) => group === "N"), cases: [] }));
    writeFileSync(join(folder, "Z.json"), JSON.stringify({ ...files[0], group: "Z", cases: files[0]?.cases.slice(1) }));
    const faults = readCaseFiles(folder).files.flatMap((file) => missingCases(file.group, file));
    rmSync(folder, { recursive: true });
    expect(faults.map(({ id, expected, found, isPassed }) => [id, expected, found, isPassed])).toEqual([
      ["D-all", 120, 0, false],
      ["N-all", 2, 0, false],
      ["P-all", 16, 0, false],
      ["Z-all", 0, 11, false],
    ]);
  });

  it("refuses a group that does not exist, and says of a part that it is one", async () => {
    const desk = makeDesk();
    expect((await desk.run("oq", "--group", "ZZ")).code).toBe(2);
    expect((await desk.run("oq", "--group", "n")).stdout).toContain("groups N alone");
    const { stdout } = await desk.run("oq", "--group", "n", "--detailed", "--lang", "zh");
    expect(stdout).toMatch(
      /^运行确认（OQ）\n[^]* 测试用例 +通过 +共\n[^]*：预期\s[^]*实测一致，通过\n[^]*，仅 N 组，allocell /u,
    );
  });

  it("compares numbers within what is published, and says where two answers differ", () => {
    expect(firstDifference({ a: [1, { near: "0.5", within: 1e-9 }] }, { a: [1, 0.5], b: 2 })).toBeUndefined();
    expect(firstDifference({ a: [1, { near: "0.5", within: 1e-9 }] }, { a: [1, 0.51] })).toBe(".a.1");
    expect(firstDifference([1, 2], [1])).toBe("");
    expect(firstDifference({ a: 1 }, undefined)).toBe("");
    expect(firstDifference({ a: {} }, { a: { b: 1 } })).toBe(".a");
    expect(firstDifference({ a: 1 }, { a: 1, refused: "dose.expired" })).toBe("");
  });
});

describe("the files of a package", { tags: ["SYS-001"] }, () => {
  const place = mkdtempSync(join(tmpdir(), "allocell-files-"));
  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });
  const made = (name: string): string => {
    const folder = join(place, name);
    mkdirSync(join(folder, "dist"), { recursive: true });
    mkdirSync(join(folder, "docs"));
    for (const name of ["plan.json", "trial.json"]) cpSync(`docs/schema/${name}`, join(folder, "docs", name));
    const lines = ["docs/plan.json", "docs/trial.json"].map((file) => {
      const sum = createHash("sha256")
        .update(readFileSync(join(folder, file)))
        .digest("hex");
      return `${sum}  ${file}\n`;
    });
    writeFileSync(join(folder, "dist/SHA256SUMS"), lines.join(""));
    return folder;
  };

  it("are as built, or the changed, missing or added one is named", () => {
    expect(checkFiles(made("good"))).toEqual({ files: 2, faults: [] });
    const folder = made("bad");
    const bytes = readFileSync(join(folder, "docs/plan.json"));
    bytes[100] = (bytes[100] ?? 0) ^ 1;
    writeFileSync(join(folder, "docs/plan.json"), bytes);
    rmSync(join(folder, "docs/trial.json"));
    writeFileSync(join(folder, "docs/other.txt"), "");
    expect(checkFiles(folder).faults).toMatchObject([
      { file: "docs/plan.json", fault: "changed" },
      { file: "docs/trial.json", fault: "missing" },
      { file: "docs/other.txt", fault: "not of the package" },
    ]);
  });
});

describe("the signature of the sums", { tags: ["SYS-005"] }, () => {
  const place = mkdtempSync(join(tmpdir(), "allocell-signature-"));
  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });
  const SUMS = `${"0".repeat(64)}  docs/cli.md\n`;
  const NOW = new Date("2026-06-01T00:00:00Z");
  const KEY = "SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8";
  const by = (namespace: string, sums = SUMS): string =>
    toSshSignature(Buffer.from(sums), readPrivateKey(TEST_SIGNING_KEY, "key"), namespace);
  const folderWith = (signature: string | undefined): string => {
    const folder = mkdtempSync(join(place, "p-"));
    mkdirSync(join(folder, "dist"));
    writeFileSync(join(folder, "dist/SHA256SUMS"), SUMS);
    if (signature !== undefined) writeFileSync(join(folder, "dist/SHA256SUMS.sig"), signature);
    return folder;
  };
  const signersOf = (options: string, key = TEST_PUBLIC_KEY): ReturnType<typeof parseAllowedSigners> =>
    parseAllowedSigners(`releases@publisher.example ${options} ${key}\n`, "signers");
  const OURS = signersOf(`namespaces="${RELEASE_NAMESPACE}"`);

  it("is that of an allowed signer, who is named", () => {
    expect(checkSignature(folderWith(by(RELEASE_NAMESPACE)), OURS, NOW)).toEqual({
      ...{ state: "verified", key: KEY, signer: "releases@publisher.example", faults: [] },
    });
  });

  it("proves nothing where nobody said whose keys count, and the answer says so", () => {
    const found = checkSignature(folderWith(by(RELEASE_NAMESPACE)), undefined, NOW);
    expect(found).toEqual({ state: "not compared", key: KEY, faults: [] });
    const [fact] = signatureFacts(found);
    expect(fact?.en).toContain(`by the key ${KEY}. It was not held against a key from elsewhere`);
    expect(fact?.zh).toContain(`密钥 ${KEY}。未与从其他途径取得的密钥核对`);
  });

  it("is not there, and the answer says so", () => {
    for (const signers of [undefined, OURS]) {
      const found = checkSignature(folderWith(undefined), signers, NOW);
      expect(found).toEqual({ state: "none", faults: [] });
      expect(signatureFacts(found)[0]?.en).toMatch(/^This package is not signed/);
      expect(signatureFaults(found.faults).en).toBe("none: this package is not signed");
    }
  });

  it.each([
    ["no signature", "no signature", OURS, "unreadable", ""],
    ["one of other sums", by(RELEASE_NAMESPACE, `${SUMS} `), OURS, "changed", ""],
    ["one of a report", by("allocell"), OURS, "namespace", "allocell"],
    ["another's", by(RELEASE_NAMESPACE), signersOf("", TEST_PUBLIC_KEY.replace("INdam", "INdan")), "unknown", ""],
    ["by a key for reports", by(RELEASE_NAMESPACE), signersOf('namespaces="allocell"'), "refused", "for allocell only"],
    ["by a key of the past", by(RELEASE_NAMESPACE), signersOf('valid-before="20260101Z"'), "refused", "valid before"],
    ["one of other sums, nobody asked", by(RELEASE_NAMESPACE, "x"), undefined, "changed", ""],
    ["one of a report, nobody asked", by("allocell"), undefined, "namespace", "allocell"],
  ] as const)("is wrong: %s", (_, signature, signers, fault, detail) => {
    const found = checkSignature(folderWith(signature), signers, NOW);
    expect([found.state, found.signer]).toEqual(["wrong", undefined]);
    const [first] = found.faults;
    expect(first?.fault).toBe(fault);
    expect(first?.detail).toContain(detail);
    const { en, zh } = signatureFaults(found.faults);
    expect([en.length > 20, /\p{Script=Han}/u.test(zh)]).toEqual([true, true]);
  });
});

describe("what a package stands on", { tags: ["SYS-006"] }, () => {
  const place = mkdtempSync(join(tmpdir(), "allocell-components-"));
  afterAll(() => {
    rmSync(place, { recursive: true, force: true });
  });
  const sha512 = (text: string): Buffer => createHash("sha512").update(text).digest();
  const component = (name: string): object => ({
    ...{ "bom-ref": `${name}@1.0.0`, name, version: "1.0.0", licenses: [{ license: { id: "MIT" } }] },
    hashes: [{ alg: "SHA-512", content: sha512(name).toString("hex") }],
  });
  /** `allocell` stands on `direct`, and that on `other`; `installed` are their versions, `lock` what the lockfile hashes. */
  const made = (installed: Readonly<Record<string, string>>, lock?: Readonly<Record<string, string>>): string => {
    const modules = join(mkdtempSync(join(place, "c-")), "node_modules");
    const own = join(modules, "allocell");
    mkdirSync(join(own, "dist"), { recursive: true });
    const bill = {
      metadata: { component: { "bom-ref": "allocell@0.1.0" } },
      components: ["direct", "other"].map(component),
      dependencies: [
        { ref: "allocell@0.1.0", dependsOn: ["direct@1.0.0"] },
        { ref: "direct@1.0.0", dependsOn: ["other@1.0.0"] },
      ],
    };
    writeFileSync(join(own, "dist/sbom.cdx.json"), JSON.stringify(bill));
    for (const [name, version] of Object.entries(installed)) {
      mkdirSync(join(modules, name));
      writeFileSync(join(modules, name, "package.json"), JSON.stringify({ name, version, license: "MIT" }));
    }
    const packages = Object.entries(lock ?? {}).map(
      ([name, hashed]) =>
        [`node_modules/${name}`, { integrity: `sha512-${sha512(hashed).toString("base64")}` }] as const,
    );
    if (lock !== undefined) {
      writeFileSync(join(modules, ".package-lock.json"), JSON.stringify({ packages: Object.fromEntries(packages) }));
    }
    return own;
  };
  const BOTH = { direct: "1.0.0", other: "1.0.0" };

  it("is found as it was tested, by version and by the SHA-512 of npm's lockfile", () => {
    const same = { licence: "MIT", expected: "1.0.0", found: "1.0.0", isSameArchive: true };
    expect(checkDependencies(made(BOTH, { direct: "direct", other: "other" }))).toEqual([
      { ...same, name: "direct", isDirect: true },
      { ...same, name: "other", isDirect: false },
    ]);
    expect(checkDependencies(made(BOTH)).map(({ isSameArchive }) => isSameArchive)).toEqual([undefined, undefined]);
  });

  it("is found in another version, in another archive, or not at all", () => {
    const other = checkDependencies(made({ ...BOTH, other: "1.0.1" }, { direct: "direct", other: "another" }));
    expect(other).toMatchObject([
      { name: "direct", found: "1.0.0", isSameArchive: true },
      { name: "other", expected: "1.0.0", found: "1.0.1", isSameArchive: false },
    ]);
    expect(checkDependencies(made({ direct: "1.0.0" }))[1]).toEqual({
      ...{ name: "other", expected: "1.0.0", licence: "MIT", isDirect: false },
    });
  });
});

describe("the platforms", { tags: ["SYS-001"] }, () => {
  const known = parse(readFileSync("docs/validation/platforms.yml", "utf8")) as Parameters<typeof nodeStatus>[0];

  it("are a listed major from its lowest version on", () => {
    const statuses = ["v20.18.3", "v20.19.0", "v22.0.0", "v26.1.0", "v21.7.3", "v18.20.0", "bun"].map((runtime) =>
      nodeStatus(known, runtime),
    );
    expect(statuses).toEqual([undefined, "tested", "tested", "tested", undefined, undefined, undefined]);
  });

  it("are those that the packed package is tested on, and that package.json takes", () => {
    const majors = known.node.filter(({ status }) => status === "tested").map(({ major }) => major);
    expect(readFileSync("tests/e2e/main.ts", "utf8")).toContain(`NODE_MAJORS = [${majors.join(", ")}];`);
    const { engines } = JSON.parse(readFileSync("package.json", "utf8")) as {
      readonly engines: { readonly node: string };
    };
    expect(engines.node).toBe(`>=${known.node[0]?.from ?? ""}`);
    expect(readFileSync("docs/validation/supplier.md", "utf8")).toContain(
      `Node ${known.node[0]?.from ?? ""} and newer of ${majors.join(", ").replace(/, (?=\d+$)/u, " and ")} on Linux`,
    );
  });
});
