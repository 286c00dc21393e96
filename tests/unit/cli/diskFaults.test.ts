import type * as Fs from "node:fs";
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ASSUMPTIONS, makeDesk, NAMES, PLAN, type Desk } from "./harness.js";

/** What the file system is to do in the next calls. */
const disk = vi.hoisted(() => ({ writesLeft: Infinity, code: "ENOSPC", synced: [] as string[], openCode: "" }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof Fs>();
  const fault = (code: string): Error => Object.assign(new Error(code), { code, syscall: "write" });
  const paths = new Map<number, string>();
  return {
    ...fs,
    openSync: (path: string, flags: string, mode?: number) => {
      if (disk.openCode !== "" && flags === "wx") throw fault(disk.openCode);
      const fd = fs.openSync(path, flags, mode);
      paths.set(fd, path);
      return fd;
    },
    writeSync: (fd: number, bytes: Uint8Array, at: number) => {
      disk.writesLeft -= 1;
      if (disk.writesLeft < 0) throw fault(disk.code);
      // A little at a time, as a system may.
      return fs.writeSync(fd, bytes, at, Math.min(bytes.length - at, 1000));
    },
    fsyncSync: (fd: number) => {
      disk.synced.push(paths.get(fd) ?? "?");
      fs.fsyncSync(fd);
    },
  };
});

beforeEach(() => {
  Object.assign(disk, { writesLeft: Infinity, code: "ENOSPC", synced: [], openCode: "" });
});

function newDesk(): Desk {
  const desk = makeDesk();
  desk.write("plan.yaml", PLAN);
  desk.write("assumptions.yaml", ASSUMPTIONS);
  desk.write("people.csv", "participant,arm,weight_kg\nP1,low,72.4\n");
  return desk;
}

const SEED = ["seed", "--out", "seed.txt"];
const SHARE = ["seed", "--share", "Site A", "--out", "share.json"];
const LIST = ["list", "plan.yaml", "--test-seed", "x", "--out", "list"];
const DOSES = [
  "doses",
  "people.csv",
  "--trial",
  "NCT07041801",
  "--assumptions",
  "assumptions.yaml",
  "--out",
  "answer.csv",
];
const everything = (desk: Desk): readonly string[] => readdirSync(desk.cwd, { recursive: true }).map(String).sort();
const codeOf = (answer: Record<string, unknown>): string => (answer["error"] as { code: string }).code;

describe("a disk that fails", { tags: ["FILE-001"] }, () => {
  it.each([
    ["seed", SEED, 0],
    ["a share of a seed", SHARE, 0],
    ["list, at once", LIST, 0],
    ["list, in its last file", LIST, 12],
    ["a list in new folders", ["list", "plan.yaml", "--test-seed", "x", "--out", "a/b/list"], 3],
    ["doses", DOSES, 0],
  ])("full: %s leaves nothing and says so, with exit code 2", async (_, argv, writes) => {
    const desk = newDesk();
    const before = everything(desk);
    disk.writesLeft = writes;
    const { code, answer } = await desk.json(...argv);
    expect([code, codeOf(answer)]).toEqual([2, "cli.disk_full"]);
    expect(everything(desk)).toEqual(before);
  });

  it.each([
    ["EACCES", "cli.file_refused"],
    ["EROFS", "cli.file_refused"],
    ["ENAMETOOLONG", "cli.file_refused"],
    ["EDQUOT", "cli.disk_full"],
    ["EIO", "cli.file_failed"],
  ])("%s: %s, and nothing is left", async (system, expected) => {
    const desk = newDesk();
    const before = everything(desk);
    for (const argv of [SEED, SHARE, LIST, DOSES]) {
      disk.openCode = system;
      const { code, answer } = await desk.json(...argv);
      expect([code, codeOf(answer)]).toEqual([2, expected]);
      expect(everything(desk)).toEqual(before);
    }
  });

  it.each([
    ["a seed", "people.csv/seed.txt", ["seed", "--out"], "cli.folder_missing"],
    ["a seed in a folder that is not there", "none/seed.txt", ["seed", "--out"], "cli.folder_missing"],
    ["doses", "people.csv/answer.csv", DOSES.slice(0, -1), "cli.folder_missing"],
    ["a list", "people.csv/list", LIST.slice(0, -1), "cli.folder_missing"],
    ["a list in a new folder under a file", "people.csv/new/list", LIST.slice(0, -1), "cli.folder_missing"],
    ["a list over a file", "people.csv", LIST.slice(0, -1), "cli.output_exists"],
    ["a list over a file, by force", "people.csv", ["list", "--force", ...LIST.slice(1, -1)], "cli.folder_is_file"],
    ["doses over a folder", "folder", DOSES.slice(0, -1), "cli.file_is_folder"],
    ["doses over a folder, by force", "folder", ["doses", "--force", ...DOSES.slice(1, -1)], "cli.file_is_folder"],
    ["doses into a name of a folder", "new/", DOSES.slice(0, -1), "cli.file_is_folder"],
    [
      "doses over their input, by force",
      "people.csv",
      ["doses", "--force", ...DOSES.slice(1, -1)],
      "cli.output_is_input",
    ],
    ["doses over a link to it", "link.csv", ["doses", "--force", ...DOSES.slice(1, -1)], "cli.output_is_input"],
    [
      "doses over their assumptions",
      "assumptions.yaml",
      ["doses", "--force", ...DOSES.slice(1, -1)],
      "cli.output_is_input",
    ],
  ])("a place that is none, %s: %s", async (_, out, argv, expected) => {
    const desk = newDesk();
    mkdirSync(desk.path("folder"));
    symlinkSync(desk.path("people.csv"), desk.path("link.csv"));
    const before = everything(desk);
    const { code, answer } = await desk.json(...argv, out);
    expect([code, codeOf(answer)]).toEqual([2, expected]);
    expect(everything(desk)).toEqual(before);
  });
});

describe("a seed in a file", { tags: ["FILE-001", "SEC-003"] }, () => {
  it.each([
    ["seed.txt", SEED],
    ["share.json", SHARE],
  ])("%s is its owner's alone, and on the disk before it has its name, whose folder follows", async (name, argv) => {
    const desk = newDesk();
    const { code } = await desk.run(...argv);
    expect(code).toBe(0);
    expect(statSync(desk.path(name)).mode & 0o777).toBe(0o600);
    expect(disk.synced).toEqual([expect.stringMatching(new RegExp(`/\\.${name}\\.unfinished-`)), desk.cwd]);
    expect(everything(desk)).toEqual([name, "assumptions.yaml", "people.csv", "plan.yaml"].sort());
  });

  it("is written over nothing", async () => {
    const desk = newDesk();
    desk.write("seed.txt", "mine");
    const { code, answer } = await desk.json(...SEED);
    expect([code, codeOf(answer), readFileSync(desk.path("seed.txt"), "utf8")]).toEqual([
      2,
      "cli.output_exists",
      "mine",
    ]);
  });
});

describe("a list", { tags: ["FILE-001"] }, () => {
  it("has all its files and both folders on the disk when it is done", async () => {
    const desk = newDesk();
    await desk.run(...LIST);
    const written = disk.synced.map((path) => path.replace(/^.*\.unfinished-[^/]*\/?/, "in ").replace(desk.cwd, "cwd"));
    expect(written.slice(-2)).toEqual(["in ", "cwd"]);
    expect(written).toHaveLength(NAMES.length + 2);
  });
});
