import { existsSync, readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { readFileSync } from "node:fs";
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { describe, expect, it } from "vitest";
import { NAMES, PLAN, makeDesk, type Desk } from "../cli/harness.js";
import { entropyOf } from "./custodyFixture.js";

const SEED = ["--test-seed", "custody"];

/** A desk with a list in `SLE-SD-01`. */
async function deskWithList(): Promise<Desk> {
  const desk = makeDesk({ entropy: entropyOf() });
  desk.write("plan.yaml", PLAN);
  expect((await desk.run("list", "plan.yaml", ...SEED)).code).toBe(0);
  return desk;
}
const modeOf = (desk: Desk, name: string): number => statSync(desk.path(name)).mode & 0o777;
const folder = "SLE-SD-01";
const PASSPHRASE = "zinc owl paper drum lake";

/** The same, sealed with fewer rounds of scrypt: what `seal` makes takes more than a second to open, each time. */
async function sealedWithFewerRounds(sealed: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(PASSPHRASE);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(PASSPHRASE);
  encrypter.setScryptWorkFactor(10);
  return encrypter.encrypt(await decrypter.decrypt(sealed));
}

describe("allocell commit, open, prove-row", () => {
  it("prove the list and one row of it", async () => {
    const desk = await deskWithList();
    expect((await desk.run("commit", folder, ...SEED, "--out", "c.json")).code).toBe(0);
    expect(desk.read("c.json")).not.toMatch(/placebo|low|sizes|"rows"/);
    const with_ = ["--commitment", "c.json"];
    const opened = await desk.run("open", folder, ...SEED, ...with_, "--out", "o.UNBLINDED.json");
    expect(opened.stdout).toMatch(/^PROVEN/);
    expect(modeOf(desk, "o.UNBLINDED.json")).toBe(0o600);
    expect((await desk.run("open", "o.UNBLINDED.json", ...with_)).code).toBe(0);
    expect((await desk.run("prove-row", folder, "TR010003", ...SEED, ...with_, "--out", "p.json")).code).toBe(0);
    expect(desk.read("p.json")).not.toContain("TR010004");
    expect((await desk.run("prove-row", "p.json", ...with_)).stdout).toMatch(/^PROVEN/);
    expect((await desk.run("prove-row", "p.json", "TR010004", ...with_)).code).toBe(1);
    desk.write("p.json", desk.read("p.json").replace(/"arm": "\w+"/, '"arm": "nothing"'));
    expect((await desk.run("prove-row", "p.json", ...with_)).code).toBe(1);
    desk.write("o.UNBLINDED.json", desk.read("o.UNBLINDED.json").replace("TR010003", "TR010009"));
    const { code, answer } = await desk.json("open", "o.UNBLINDED.json", ...with_);
    expect(code).toBe(1);
    expect(answer).toMatchObject({ proven: false, issues: [{ code: "blinding.commitment_differs" }] });
  });

  it("refuse an altered list, another seed, and a file that is there", async () => {
    const desk = await deskWithList();
    const refused = async (code: string, ...argv: string[]): Promise<void> => {
      const { answer } = await desk.json(...argv);
      expect(answer["error"]).toMatchObject({ code });
    };
    await refused("list.seed_differs", "commit", folder, "--test-seed", "other", "--out", "c.json");
    await desk.run("commit", folder, ...SEED, "--out", "c.json");
    await refused("cli.output_exists", "commit", folder, ...SEED, "--out", "c.json");
    await refused("cli.option_missing", "prove-row", folder, ...SEED, "--commitment", "c.json");
    const json = `${folder}/${NAMES[2]!}`;
    writeFileSync(desk.path(json), desk.read(json).replace("placebo", "low"));
    await refused("cli.list_differs", "commit", folder, ...SEED, "--out", "d.json");
    expect(existsSync(desk.path("d.json"))).toBe(false);
  });
});

describe("allocell seal, unseal", { tags: ["CUST-003", "SEC-003"] }, () => {
  it("rule 23: give the same files back, and refuse what was altered", async () => {
    const desk = await deskWithList();
    desk.write("pass.txt", `${PASSPHRASE}\n`);
    const { answer } = await desk.json("seal", folder, "--passphrase-file", "pass.txt", "--out", "s");
    expect(modeOf(desk, "s")).toBe(0o600);
    const manifest = String(answer["manifestSha256"]);
    const unseal = (...more: string[]): ReturnType<Desk["json"]> =>
      desk.json("unseal", "s", "--passphrase-file", "pass.txt", ...more);
    expect((await unseal("--out", "back", "--manifest", manifest)).code).toBe(0);
    expect(readdirSync(desk.path("back")).sort()).toEqual(NAMES.slice(0, 3));
    for (const name of NAMES.slice(0, 3)) {
      expect(desk.read(`back/${name}`)).toBe(desk.read(`${folder}/${name}`));
      expect(modeOf(desk, `back/${name}`)).toBe(0o600);
    }
    const refused = async (code: string, ...more: string[]): Promise<void> => {
      expect((await unseal("--out", "again", ...more)).answer["error"]).toMatchObject({ code });
      expect(existsSync(desk.path("again"))).toBe(false);
    };
    writeFileSync(desk.path("s"), await sealedWithFewerRounds(readFileSync(desk.path("s"))));
    await refused("cli.manifest_differs", "--manifest", "0".repeat(64));
    await refused("cli.key_surplus", "--identity-file", "pass.txt");
    desk.write("pass.txt", "zinc owl paper drum lane\n");
    await refused("cli.age_not_opened");
    desk.write("pass.txt", `${PASSPHRASE}\n`);
    truncateSync(desk.path("s"), 2000);
    await refused("cli.age_not_opened");
    desk.write("s", "no sealed file");
    await refused("cli.not_sealed");
  });

  it("refuse a short passphrase, none at all, one on the command line, and a list that is not its manifest's", async () => {
    const desk = await deskWithList();
    desk.write("short.txt", "short\n");
    desk.write("pass.txt", `${PASSPHRASE}\n`);
    const refused = async (code: string, ...more: string[]): Promise<void> => {
      const { answer } = await desk.json("seal", folder, "--out", "s", ...more);
      expect(answer["error"]).toMatchObject({ code });
      expect(existsSync(desk.path("s"))).toBe(false);
    };
    await refused("cli.passphrase_short", "--passphrase-file", "short.txt");
    await refused("cli.usage", "--passphrase", PASSPHRASE);
    await refused("cli.recipient_invalid", "--recipient", "AGE-SECRET-KEY-1ABC");
    await refused("cli.key_twice", "--recipient", "age1x", "--passphrase-file", "pass.txt");
    if (!process.stdin.isTTY) await refused("cli.passphrase_missing");
    const csv = `${folder}/${NAMES[1]!}`;
    writeFileSync(desk.path(csv), desk.read(csv).replace("placebo", "low"));
    await refused("cli.list_differs", "--passphrase-file", "pass.txt");
  });

  it("work with recipients' public keys, and every flipped byte is refused", async () => {
    const desk = await deskWithList();
    const [own, other] = [await generateX25519Identity(), await generateX25519Identity()];
    const recipients = [await identityToRecipient(own), await identityToRecipient(other)];
    desk.write("own.txt", `# created\n${own}\n`);
    desk.write("stranger.txt", `${await generateX25519Identity()}\n`);
    const to = recipients.flatMap((key) => ["--recipient", key]);
    expect((await desk.run("seal", folder, ...to, "--out", "s.age")).code).toBe(0);
    const unseal = (key: string, file = "s.age", out = "none"): ReturnType<Desk["json"]> =>
      desk.json("unseal", file, "--identity-file", key, "--out", out);
    expect((await unseal("own.txt", "s.age", "back")).code).toBe(0);
    expect(desk.read(`back/${NAMES[1]!}`)).toBe(desk.read(`${folder}/${NAMES[1]!}`));
    expect((await unseal("stranger.txt")).answer["error"]).toMatchObject({ code: "cli.age_not_opened" });
    expect((await unseal("plan.yaml")).answer["error"]).toMatchObject({ code: "cli.identity_invalid" });
    const bytes = readFileSync(desk.path("s.age"));
    for (let i = 0; i < bytes.length; i += i < 600 ? 29 : 32_771) {
      const flipped = Buffer.from(bytes);
      flipped[i]! ^= 4;
      writeFileSync(desk.path("flipped"), flipped);
      const { code, answer } = await unseal("own.txt", "flipped");
      expect(code, String(i)).toBe(2);
      expect(JSON.stringify(answer)).toMatch(/cli\.age_not_opened|cli\.not_sealed/);
    }
    writeFileSync(desk.path("flipped"), bytes.subarray(0, -5000));
    expect((await unseal("own.txt", "flipped")).answer["error"]).toMatchObject({ code: "cli.age_not_opened" });
    expect(existsSync(desk.path("none"))).toBe(false);
  });
});

describe("allocell envelopes, unblind", { tags: ["CUST-004", "SEC-003"] }, () => {
  it("rule 21: break one code from the list or from one envelope, and record it first", async () => {
    const desk = await deskWithList();
    const open = await desk.run("log", "open", "t.log", "--list", folder, "--actor", "site");
    expect(open, open.stderr).toMatchObject({ code: 0 });
    for (const id of ["P-1", "P-2"]) {
      await desk.run("assign", "t.log", "--participant", id, "--stratum", "site=01", "--actor", "site");
    }
    expect((await desk.run("envelopes", folder, ...SEED, "--out", "env")).code).toBe(0);
    expect(modeOf(desk, "env/SLE-SD-01.TEST.UNBLINDED.key-cards.jsonl")).toBe(0o600);
    const cards = desk.read("env/SLE-SD-01.TEST.UNBLINDED.key-cards.jsonl").split("\n");
    const cardOf = (number: string): string =>
      (JSON.parse(cards.find((line) => line.includes(`"${number}"`))!) as { key: string }).key;
    desk.write("key.txt", cardOf("TR010002"));
    const who = ["--reason", "SAE 4", "--actor", "Dr A"];
    const lines = (): number => desk.read("t.log").split("\n").length - 1;
    const envelope = ["--envelopes", "env/SLE-SD-01.TEST.envelopes.json", "--key-file", "key.txt"];

    const byEnvelope = await desk.json("unblind", "t.log", "--participant", "P-2", ...who, ...envelope);
    expect(byEnvelope).toMatchObject({ code: 0, answer: { codeBreak: { participant: "P-2", number: "TR010002" } } });
    expect(lines()).toBe(4);
    expect(desk.read("t.log")).not.toMatch(/placebo|medium|high/);
    const byList = await desk.run("unblind", "t.log", "--participant", "P-2", ...who, "--master", folder);
    const { arm } = byEnvelope.answer["codeBreak"] as { arm: string };
    expect(byList.stdout).toMatch(new RegExp(`Allocated arm +${arm}\n`));
    expect(lines()).toBe(5);

    // Where there is no answer, there is no event either.
    const refused = async (code: string, ...argv: string[]): Promise<void> => {
      expect((await desk.json("unblind", "t.log", ...argv)).answer["error"]).toMatchObject({ code });
      expect(lines()).toBe(5);
    };
    await refused("blinding.envelope_not_opened", "--participant", "P-1", ...who, ...envelope);
    await refused("blinding.list_differs", "--participant", "P-1", ...who);
    await refused("cli.usage", "--participant", "P-1", "--reason", "x", "--master", folder);
    await refused("blinding.participant_unknown", "--participant", "P-7", ...who, "--master", folder);
  });
});

describe("allocell seed --share, --combine", () => {
  it("makes one seed of several parties' shares", async () => {
    const desk = makeDesk({ entropy: entropyOf() });
    const lines: string[] = [];
    for (const party of ["sponsor", "site"]) {
      const { answer } = await desk.json("seed", "--share", party, "--out", `${party}.json`);
      lines.push(`${party}: ${String(answer["commitment"])}\n`);
      expect(modeOf(desk, `${party}.json`)).toBe(0o600);
    }
    desk.write("c.yaml", lines.join(""));
    const combine = (...more: string[]): ReturnType<Desk["json"]> => desk.json("seed", "--combine", ...more);
    const both = ["sponsor.json", "site.json"];
    expect((await combine(...both, "--commitments", "c.yaml", "--out", "a")).code).toBe(0);
    expect((await combine(...[...both].reverse(), "--commitments", "c.yaml", "--out", "b")).code).toBe(0);
    expect(desk.read("a")).toBe(desk.read("b"));
    expect(desk.read("a")).toMatch(/^[0-9a-f]{64}-[0-9a-f]{8}\n$/);
    expect(modeOf(desk, "a")).toBe(0o600);
    const beacon = ["--beacon-source", "drand 1", "--beacon-value", "00112233445566778899aabbccddeeff"];
    expect((await combine(...both, "--commitments", "c.yaml", "--out", "d", ...beacon)).code).toBe(0);
    expect(desk.read("d")).not.toBe(desk.read("a"));
    const refused = async (code: string, ...argv: string[]): Promise<void> => {
      expect((await combine(...argv, "--out", "e")).answer["error"]).toMatchObject({ code });
      expect(existsSync(desk.path("e"))).toBe(false);
    };
    await refused("blinding.shares_too_few", "site.json", "--commitments", "c.yaml");
    await refused("cli.option_missing", ...both);
    await refused("blinding.share_not_committed", ...both, "--commitments", desk.write("x.yaml", lines[0]!));
  });
});
