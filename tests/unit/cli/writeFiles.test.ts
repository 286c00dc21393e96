import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolders } from "../../../src/store/disk/makeFolders.js";
import { chunksOf, writeFolder, writeNewFile } from "../../../src/store/disk/index.js";
import { sha256Hex } from "../../../src/foundation/index.js";
import { makeDesk } from "./harness.js";

const put = (name: string, text: string) => (folder: string) => {
  writeFileSync(join(folder, name), text);
};

describe("writeFolder", { tags: ["FILE-001"] }, () => {
  it("makes a folder, with those above it", async () => {
    const { cwd } = makeDesk();
    await writeFolder(join(cwd, "a", "b"), "a/b", false, put("f", "1"));
    expect(readFileSync(join(cwd, "a", "b", "f"), "utf8")).toBe("1");
    expect(readdirSync(join(cwd, "a"))).toEqual(["b"]);
  });

  it.runIf(existsSync("/proc/self"))(
    "answers where the system lets no folder be made, and does not wait for ever",
    () => {
      // In /proc the system says that there is no such folder, again and again, to whoever makes all of a path at once.
      expect(() => makeFolders("/proc/none/such")).toThrow(/ENOENT|EACCES|EPERM|EROFS/);
    },
  );

  it.each([false, true])(
    "leaves nothing, and what was there, if filling fails half-way (replace: %s)",
    async (replace) => {
      const { cwd } = makeDesk();
      if (replace) {
        mkdirSync(join(cwd, "list"));
        writeFileSync(join(cwd, "list", "old"), "old");
      }
      const before = readdirSync(cwd, { recursive: true });
      const failing = (folder: string): void => {
        writeNewFile(join(folder, "new"), ["half"], 0o600);
        throw new Error("no space left");
      };
      await expect(writeFolder(join(cwd, "list"), "list", replace, failing)).rejects.toThrow("no space left");
      expect(readdirSync(cwd, { recursive: true })).toEqual(before);
    },
  );

  it("leaves nothing if a file's text fails half-way", async () => {
    const { cwd } = makeDesk();
    function* failing(): Generator<string> {
      yield "x".repeat(100_000);
      throw new Error("half-way");
    }
    await expect(
      writeFolder(join(cwd, "list"), "list", false, (at) => writeNewFile(join(at, "f"), failing(), 0o600)),
    ).rejects.toThrow("half-way");
    expect(readdirSync(cwd)).toEqual([]);
  });

  it("does not replace a folder that appeared meanwhile", async () => {
    const { cwd } = makeDesk();
    const target = join(cwd, "list");
    await expect(
      writeFolder(target, "list", false, (folder) => {
        put("f", "new")(folder);
        mkdirSync(target);
        writeFileSync(join(target, "theirs"), "theirs");
      }),
    ).rejects.toThrow();
    expect(readdirSync(cwd, { recursive: true })).toEqual(["list", "list/theirs"]);
  });

  it("puts the old folder back if the new one cannot take its place", async () => {
    const { cwd } = makeDesk();
    const target = join(cwd, "list");
    mkdirSync(target);
    writeFileSync(join(target, "old"), "old");
    await expect(
      writeFolder(target, "list", true, (folder) => {
        put("f", "new")(folder);
        // The new folder vanishes before it is renamed.
        renameAway(folder);
      }),
    ).rejects.toThrow();
    expect(readFileSync(join(target, "old"), "utf8")).toBe("old");
  });
});

function renameAway(folder: string): void {
  // A file instead of the folder: syncing it works, renaming a file over a folder's old name too, so it is removed.
  rmSync(folder, { recursive: true });
}

describe("writeNewFile", { tags: ["FILE-001"] }, () => {
  it("writes pieces with the mode asked for, and tells their hash", { tags: ["SEC-003"] }, () => {
    const path = join(makeDesk().cwd, "f");
    const pieces = Array.from({ length: 5000 }, (_, i) => `${i} é€😀\n`);
    expect(writeNewFile(path, pieces, 0o600)).toBe(sha256Hex(pieces.join("")));
    expect(readFileSync(path, "utf8")).toBe(pieces.join(""));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(() => writeNewFile(path, ["x"], 0o600)).toThrow("EEXIST");
  });

  it("joins small pieces", () => {
    expect([...chunksOf(Array<string>(100_000).fill("xy"))].map((chunk) => chunk.length)).toEqual([
      65536, 65536, 65536, 3392,
    ]);
    expect([...chunksOf([])]).toEqual([]);
  });
});
