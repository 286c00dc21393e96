/* Signatures against the real ssh-keygen, in both directions. */
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkSignature } from "../../src/cli/qualification/checkSignature.js";
import { parseAllowedSigners } from "../../src/cli/signing/allowedSigners.js";
import { readPrivateKey } from "../../src/cli/signing/keys.js";
import { RELEASE_NAMESPACE, toSshSignature } from "../../src/cli/signing/sshsig.js";
import { makeDesk, type Desk } from "../unit/cli/harness.js";

const SSH_KEYGEN = process.env["ALLOCELL_SSH_KEYGEN"] ?? "ssh-keygen";
// Without arguments it would ask for a file; this one it refuses at once, if it is there.
const isAbsent = spawnSync(SSH_KEYGEN, ["-l", "-f", "/nowhere"], { encoding: "utf8" }).error !== undefined;
if (isAbsent) console.warn(`SKIPPED: signatures against OpenSSH, because ${SSH_KEYGEN} does not run.`);

const folder = mkdtempSync(join(tmpdir(), "allocell-ssh-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});
const keygen = (argv: readonly string[], input?: string): SpawnSyncReturns<string> =>
  spawnSync(SSH_KEYGEN, argv, { encoding: "utf8", ...(input === undefined ? {} : { input }) });

/** A new key of a kind, with or without passphrase. */
function newKey(name: string, kind: readonly string[], passphrase = ""): string {
  const file = join(folder, name);
  expect(keygen(["-q", "-t", ...kind, "-N", passphrase, "-C", "TEST", "-f", file]).status).toBe(0);
  return file;
}

function deskWith(key: string): Desk {
  const desk = makeDesk();
  desk.write("report.html", "<p>a report</p>\n");
  desk.write("signers", `stat@example namespaces="allocell" ${readFileSync(`${key}.pub`, "utf8")}`);
  return desk;
}
const SIGN = ["--name", "S. Tatistician", "--meaning", "reviewed"];
const STATEMENT = "report.html.signature.json";

describe.skipIf(isAbsent)("ssh-keygen", { tags: ["SIGN-001"] }, () => {
  it("verifies what allocell signs, and refuses it changed", async () => {
    for (const number of [1, 2, 3]) {
      const key = newKey(`ours-${number}`, ["ed25519"]);
      const desk = deskWith(key);
      expect((await desk.run("sign", "report.html", ...SIGN, "--key", key)).stderr).toBe("");
      const verify = ["-Y", "verify", "-f", desk.path("signers"), "-I", "stat@example", "-n", "allocell"];
      const by = [...verify, "-s", desk.path(`${STATEMENT}.sig`)];
      const good = keygen(by, desk.read(STATEMENT));
      expect([good.status, good.stderr, good.stdout.startsWith('Good "allocell" signature')]).toEqual([0, "", true]);
      expect(keygen(by, desk.read(STATEMENT).replace("reviewed", "approved")).status).not.toBe(0);
    }
  });

  it("signs what allocell prepares, and allocell verifies it, with a key that has a passphrase too", async () => {
    const key = newKey("theirs", ["ed25519"]);
    const desk = deskWith(key);
    expect((await desk.run("sign", "report.html", ...SIGN, "--detached")).code).toBe(0);
    expect(keygen(["-Y", "sign", "-q", "-f", key, "-n", "allocell", desk.path(STATEMENT)]).status).toBe(0);
    const { code, answer } = await desk.json("verify-signature", "report.html", "--signers", "signers");
    expect([code, answer["signer"], answer["meaning"]]).toEqual([0, "stat@example", "reviewed"]);
    writeFileSync(desk.path("report.html"), "<p>another report</p>\n");
    expect((await desk.run("verify-signature", "report.html", "--signers", "signers")).code).toBe(1);
    const locked = newKey("locked", ["ed25519"], "a passphrase");
    const refused = await desk.run("sign", "report.html", ...SIGN, "--key", locked, "--out", "x.json");
    expect(refused.stderr).toContain("cli.signing_key_locked");
  });

  it("makes signatures for other purposes and by other keys, which are refused by name", async () => {
    const desk = deskWith(newKey("purpose", ["ed25519"]));
    await desk.run("sign", "report.html", ...SIGN, "--detached");
    keygen(["-Y", "sign", "-q", "-f", join(folder, "purpose"), "-n", "git", desk.path(STATEMENT)]);
    const other = await desk.run("verify-signature", "report.html", "--signers", "signers");
    expect([other.code, other.stdout.includes('It was made for "git"')]).toEqual([1, true]);
    const rsa = newKey("rsa", ["rsa", "-b", "2048"]);
    expect((await desk.run("sign", "report.html", ...SIGN, "--key", rsa, "--out", "x.json")).stderr).toContain(
      "cli.signing_key_kind",
    );
    rmSync(desk.path(`${STATEMENT}.sig`));
    keygen(["-Y", "sign", "-q", "-f", rsa, "-n", "allocell", desk.path(STATEMENT)]);
    const { code, stdout } = await desk.run("verify-signature", "report.html", "--signers", "signers");
    expect([code, stdout.includes("Signatures of the kind ssh-rsa are not verified here")]).toEqual([1, true]);
  });
});

describe.skipIf(isAbsent)("ssh-keygen and the sums of a package", { tags: ["SYS-005"] }, () => {
  it("verifies the signature that the build makes, and makes one that iq verifies", () => {
    const key = newKey("release", ["ed25519"]);
    const line = `releases@example namespaces="${RELEASE_NAMESPACE}" ${readFileSync(`${key}.pub`, "utf8")}`;
    const [signers, dist] = [join(folder, "release-signers"), join(folder, "dist")];
    mkdirSync(dist);
    writeFileSync(signers, line);
    const sums = `${"0".repeat(64)}  docs/cli.md\n`;
    writeFileSync(join(dist, "SHA256SUMS"), sums);
    const signature = join(dist, "SHA256SUMS.sig");
    const ours = toSshSignature(Buffer.from(sums), readPrivateKey(readFileSync(key, "utf8"), key), RELEASE_NAMESPACE);
    writeFileSync(signature, ours);
    const verify = ["-Y", "verify", "-f", signers, "-I", "releases@example", "-n", RELEASE_NAMESPACE, "-s", signature];
    expect(keygen(verify, sums).status).toBe(0);
    expect(keygen(verify, `${sums} `).status).not.toBe(0);
    rmSync(signature);
    expect(keygen(["-Y", "sign", "-q", "-f", key, "-n", RELEASE_NAMESPACE, join(dist, "SHA256SUMS")]).status).toBe(0);
    expect(readFileSync(signature, "utf8")).toBe(ours);
    const found = checkSignature(folder, parseAllowedSigners(line, "signers"), new Date("2026-06-01"));
    expect([found.state, found.signer]).toEqual(["verified", "releases@example"]);
  });
});
