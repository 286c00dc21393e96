/* Signatures with name, meaning and time, by a key that everybody knows: no key of these tests may ever be used. */
import { mkdirSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAllowedSigners, refusalOf } from "../../../src/cli/signing/allowedSigners.js";
import { fingerprintOf, readPrivateKey } from "../../../src/cli/signing/keys.js";
import { isSignatureOf, parseSshSignature, toSshSignature } from "../../../src/cli/signing/sshsig.js";
import { issueOf } from "../../support/issueOf.js";
import { TEST_PUBLIC_KEY as TEST_PUBLIC, TEST_SIGNING_KEY as TEST_KEY } from "../../support/signingKey.js";
import { makeDesk, type Desk } from "./harness.js";

/** `printf 'a message\n' > m; ssh-keygen -Y sign -f KEY -n allocell m` of OpenSSH 9.2p1, with the key above. */
const BY_SSH_KEYGEN = `-----BEGIN SSH SIGNATURE-----
U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg11qYAYKxCrfVS/7TyWQHOg7hcv
PapiMlrwIaaPcHURoAAAAIYWxsb2NlbGwAAAAAAAAABnNoYTUxMgAAAFMAAAALc3NoLWVk
MjU1MTkAAABAS6XO5S3QPZ9tD6L8Yq0J1AtNJxNhIEZ4/v8rjjR1Lsgk0+l+ZFwKJP885w
GEQzRjTVTbNY0s58St/5x5GBroCg==
-----END SSH SIGNATURE-----
`;
const MESSAGE = Buffer.from("a message\n");
const SIGNERS = `# who may sign\ns.tatistician@sponsor.example namespaces="allocell" ${TEST_PUBLIC} TEST\n`;

function signedDesk(): Desk {
  const desk = makeDesk();
  desk.write("report.html", "<p>46 participants</p>\n");
  desk.write("key", TEST_KEY);
  desk.write("signers", SIGNERS);
  return desk;
}
const SIGN = ["--name", "S. Tatistician", "--meaning", "reviewed"];

describe("a signature of OpenSSH", { tags: ["SIGN-001"] }, () => {
  const key = readPrivateKey(TEST_KEY, "key");

  it("is the one that ssh-keygen makes, to the byte", () => {
    expect(fingerprintOf(key.publicBlob)).toBe("SHA256:bbXpuKG6zhzdmnxq256TlqzFBzRl2f6OOg722cYNbU8");
    expect(toSshSignature(MESSAGE, key)).toBe(BY_SSH_KEYGEN);
    const signature = parseSshSignature(BY_SSH_KEYGEN);
    expect(signature?.namespace).toBe("allocell");
    expect(isSignatureOf(MESSAGE, signature!)).toBe(true);
  });

  it("fits no other message, and no other signature fits the message", () => {
    const signature = parseSshSignature(BY_SSH_KEYGEN)!;
    for (let i = 0; i < MESSAGE.length; i += 1) {
      const other = Buffer.from(MESSAGE);
      other[i] = (other[i] ?? 0) ^ 1;
      expect(isSignatureOf(other, signature)).toBe(false);
    }
    const blob = Buffer.from(BY_SSH_KEYGEN.split("\n").slice(1, -2).join(""), "base64");
    for (let i = 0; i < blob.length; i += 1) {
      const other = Buffer.from(blob);
      other[i] = (other[i] ?? 0) ^ 1;
      const read = parseSshSignature(
        `-----BEGIN SSH SIGNATURE-----\n${other.toString("base64")}\n-----END SSH SIGNATURE-----\n`,
      );
      // What names the purpose is compared apart; anything else that was changed does not fit.
      expect(read !== undefined && isSignatureOf(MESSAGE, read), `byte ${i}`).toBe(false);
    }
    expect(parseSshSignature("no signature")).toBeUndefined();
  });

  it.each([
    ["a public key", TEST_PUBLIC, "cli.signing_key_invalid"],
    ["a key of age", "# created: now\nAGE-SECRET-KEY-1QQQ\n", "cli.signing_key_kind"],
    ["a key that was cut off", TEST_KEY.replace("4XLz2qYjJa8CGmj3B1EaAAAABFRFU1QB\n", ""), "cli.signing_key_invalid"],
    [
      "a key whose public part is another's",
      TEST_KEY.replace("QyNTUxOQAAACDXWpgB", "QyNTUxOQAAACDXWpgC"),
      "cli.signing_key_invalid",
    ],
  ])("refuses %s, and shows none of it", (_, text, code) => {
    const issue = issueOf(() => readPrivateKey(text, "key"));
    expect(issue.code).toBe(code);
    expect(JSON.stringify(issue)).not.toMatch(/SECRET-KEY-1|AAAAC3Nz|b3BlbnNz/u);
  });

  it("names the kind of a key that has a passphrase or is none of Ed25519", () => {
    const blob = Buffer.from(TEST_KEY.split("\n").slice(1, -2).join(""), "base64").toString("latin1");
    const armoured = (bytes: string): string =>
      `-----BEGIN OPENSSH PRIVATE KEY-----\n${Buffer.from(bytes, "latin1").toString("base64")}\n-----END OPENSSH PRIVATE KEY-----\n`;
    const locked = blob.replace("\0\0\0\u0004none\0\0\0\u0004none", "\0\0\0\naes256-ctr\0\0\0\u0006bcrypt");
    expect(issueOf(() => readPrivateKey(armoured(locked), "key")).code).toBe("cli.signing_key_locked");
    const other = blob.replaceAll("ssh-ed25519", "ssh-ed448xx");
    const issue = issueOf(() => readPrivateKey(armoured(other), "key"));
    expect([issue.code, issue.received]).toEqual(["cli.signing_key_kind", "ssh-ed448xx"]);
  });
});

describe("the file of allowed signers", { tags: ["SIGN-001"] }, () => {
  it("says who, for what and when", () => {
    const [first, second] = parseAllowedSigners(
      `${SIGNERS}"a b,c" valid-after="20260101Z",valid-before="20261231235959Z" ${TEST_PUBLIC}`,
      "signers",
    );
    expect([first?.principals, first?.namespaces]).toEqual(["s.tatistician@sponsor.example", ["allocell"]]);
    expect(refusalOf(first!, new Date("2000-01-01"))).toBeUndefined();
    expect(refusalOf({ ...first!, namespaces: ["git"] }, new Date("2000-01-01"))?.en).toContain("for git only");
    expect(refusalOf(second!, new Date("2025-12-31T23:59:59Z"))?.en).toContain("valid after 2026-01-01");
    expect(refusalOf(second!, new Date("2026-06-01"))).toBeUndefined();
    expect(refusalOf(second!, new Date("2027-01-01"))?.zh).toContain("之前有效");
  });

  it.each([
    ["a line without a key", "somebody ssh-ed25519"],
    ["an option that is not known", `somebody cert-authority ${TEST_PUBLIC}`],
    ["a date that is none", `somebody valid-after="soon" ${TEST_PUBLIC}`],
  ])("refuses %s, with its line", (_, line) => {
    const issue = issueOf(() => parseAllowedSigners(`# first\n${line}\n`, "signers"));
    expect(issue).toMatchObject({ code: "cli.signers_invalid", line: 2 });
  });
});

describe("sign and verify-signature", { tags: ["SIGN-001"] }, () => {
  it("state who, why and when, and answer that again", async () => {
    const desk = signedDesk();
    const { answer } = await desk.json("sign", "report.html", ...SIGN, "--key", "key");
    expect(answer).toMatchObject({
      statement: "report.html.signature.json",
      signature: "report.html.signature.json.sig",
    });
    expect(JSON.parse(desk.read("report.html.signature.json"))).toEqual({
      format: "allocell-signature-1",
      file: "report.html",
      sha256: answer["sha256"],
      name: "S. Tatistician",
      meaning: "reviewed",
      at: "2026-01-10T08:00:00.000Z",
    });
    const checked = await desk.json("verify-signature", "report.html", "--signers", "signers");
    expect(checked.code).toBe(0);
    expect(checked.answer).toMatchObject({
      ...{ signed: true, signer: "s.tatistician@sponsor.example", name: "S. Tatistician", meaning: "reviewed" },
      ...{ at: "2026-01-10T08:00:00.000Z", faults: [], notes: [] },
    });
    const again = await desk.run("sign", "report.html", ...SIGN, "--key", "key");
    expect([again.code, again.stderr.includes("cli.output_exists")]).toEqual([2, true]);
    const second = ["--meaning", "approved", "--key", "key", "--out", "approved.json"];
    expect((await desk.run("sign", "report.html", "--name", "S. Tatistician", ...second)).code).toBe(0);
    const both = await desk.run(
      "verify-signature",
      "report.html",
      "--signers",
      "signers",
      "--signature",
      "approved.json",
    );
    expect(both.stdout).toContain("meaning  approved");
  });

  it("finds any byte that was changed: of the file, of the statement, of the signature", async () => {
    const desk = signedDesk();
    await desk.run("sign", "report.html", ...SIGN, "--key", "key");
    const statement = "report.html.signature.json";
    const changes: readonly (readonly [file: string, from: string, to: string, says: string])[] = [
      ["report.html", "46", "47", "is not the file that was signed"],
      [statement, "reviewed", "approved", "they do not fit"],
      [statement, "S. Tatistician", "A. N. Other", "they do not fit"],
      [statement, "2026-01-10", "2026-01-09", "they do not fit"],
      [`${statement}.sig`, "U1NIU0lHAAAAAQ", "U1NIU0lHAAAAAg", "no SSH signature"],
    ];
    for (const [file, from, to, says] of changes) {
      const before = desk.read(file);
      desk.write(file, before.replace(from, to));
      const { code, stdout } = await desk.run("verify-signature", "report.html", "--signers", "signers");
      expect([file, code, stdout.includes(says)]).toEqual([file, 1, true]);
      expect(stdout).toContain("NOT SIGNED");
      desk.write(file, before);
    }
    desk.write("others", SIGNERS.replace("INdam", "INdan"));
    const unknown = await desk.json("verify-signature", "report.html", "--signers", "others");
    expect([unknown.code, unknown.answer["signer"]]).toEqual([1, undefined]);
    expect(unknown.answer["faults"]).toEqual(["The key is not that of an allowed signer."]);
    desk.write("moved.html", desk.read("report.html"));
    const moved = await desk.json("verify-signature", "moved.html", "--signers", "signers", "--signature", statement);
    expect(moved.answer).toMatchObject({
      signed: true,
      notes: ["The file was called report.html when it was signed."],
    });
  });

  it("write into the current folder, not into that of the file, or where --out says", async () => {
    const desk = signedDesk();
    mkdirSync(desk.path("live"));
    mkdirSync(desk.path("signed"));
    desk.write("live/manifest.json", "{}\n");
    const signers = ["--signers", "signers"];
    await desk.run("sign", "live/manifest.json", ...SIGN, "--key", "key");
    expect(readdirSync(desk.path("live"))).toEqual(["manifest.json"]);
    expect(readdirSync(desk.path("."))).toEqual(
      expect.arrayContaining(["manifest.json.signature.json", "manifest.json.signature.json.sig"]),
    );
    expect((await desk.run("verify-signature", "live/manifest.json", ...signers)).code).toBe(0);
    const out = "signed/manifest.json";
    const elsewhere = await desk.run("sign", "live/manifest.json", ...SIGN, "--key", "key", "--out", out);
    expect(elsewhere.stdout).toContain(`--signers ALLOWED_SIGNERS --signature ${out}`);
    expect((await desk.run("verify-signature", "live/manifest.json", ...signers, "--signature", out)).code).toBe(0);
  });

  it("prepares what another system signs", async () => {
    const desk = signedDesk();
    const { code, stdout } = await desk.run("sign", "report.html", ...SIGN, "--detached");
    expect(code).toBe(0);
    expect(stdout).toContain("ssh-keygen -Y sign -f KEY -n allocell report.html.signature.json");
    const open = await desk.run("verify-signature", "report.html", "--signers", "signers");
    expect([open.code, open.stderr.includes("has no signature beside it")]).toEqual([2, true]);
    const key = readPrivateKey(TEST_KEY, "key");
    const message = Buffer.from(desk.read("report.html.signature.json"));
    desk.write("report.html.signature.json.sig", toSshSignature(message, key).replaceAll("\n", "\r\n"));
    expect((await desk.run("verify-signature", "report.html", "--signers", "signers")).code).toBe(0);
  });

  it.each([
    ["neither a key nor --detached", [...SIGN], "cli.option_missing"],
    ["a meaning of two lines", ["--name", "A", "--meaning", "a\nb", "--detached"], "cli.option_invalid"],
    ["an empty name", ["--name", " ", "--meaning", "reviewed", "--detached"], "cli.option_invalid"],
  ])("refuses %s, and writes nothing", async (_, options, code) => {
    const desk = signedDesk();
    const refused = await desk.run("sign", "report.html", ...options);
    expect([refused.code, refused.stderr.includes(code)]).toEqual([2, true]);
    expect((await desk.run("verify-signature", "report.html", "--signers", "signers")).stderr).toContain(
      "cli.file_missing",
    );
  });

  it("refuses a statement that is none", async () => {
    const desk = signedDesk();
    for (const text of ["{}", "[]", "no JSON", '{"format":"allocell-signature-2"}']) {
      desk.write("x.json", text);
      const { code, stderr } = await desk.run(
        "verify-signature",
        "report.html",
        "--signers",
        "signers",
        "--signature",
        "x.json",
      );
      expect([text, code, stderr.includes("cli.statement_invalid")]).toEqual([text, 2, true]);
    }
  });
});
