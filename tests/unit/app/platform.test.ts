import * as path from "node:path";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import * as files from "../../../src/app/platform/fs.js";
import * as pagePath from "../../../src/app/platform/path.js";

const names = fc
  .array(fc.constantFrom("a", "b", "..", ".", "", "c.txt"), { maxLength: 5 })
  .map((parts) => parts.join("/"));

describe("paths in a page", () => {
  it("are those of node:path", () => {
    fc.assert(
      fc.property(names, names, (one, other) => {
        const [from, to] = [`/${one}`, `/${other}`];
        expect(pagePath.resolve(from, other)).toBe(path.posix.resolve(from, other));
        expect(pagePath.relative(pagePath.resolve(from), pagePath.resolve(to))).toBe(path.posix.relative(from, to));
        const whole = pagePath.resolve(from);
        expect(pagePath.dirname(whole)).toBe(path.posix.dirname(whole));
        expect(pagePath.basename(whole)).toBe(path.posix.basename(whole));
      }),
    );
    expect(pagePath.join("folder", "list.csv")).toBe("folder/list.csv");
  });
});

describe("the folder in memory", () => {
  beforeEach(() => {
    files.clearFiles();
  });

  it("writes a new file piece by piece, and never over another one", () => {
    const fd = files.openSync("/new.txt", "wx");
    files.writeSync(fd, new TextEncoder().encode("one "));
    files.writeSync(fd, new TextEncoder().encode("two"));
    files.closeSync(fd);
    expect(files.readFileSync("/new.txt", "utf8")).toBe("one two");
    expect(() => files.openSync("/new.txt", "wx")).toThrow(expect.objectContaining({ code: "EEXIST" }));
  });

  it("names a folder that was filled under another name, and refuses one that holds something", () => {
    files.mkdirSync("/unfinished");
    files.putFile("/unfinished/list.csv", "rows");
    files.renameSync("/unfinished", "/list");
    expect([...files.filesIn("/list").keys()]).toEqual(["list.csv"]);
    files.mkdirSync("/other");
    expect(() => {
      files.renameSync("/other", "/list");
    }).toThrow(expect.objectContaining({ code: "ENOTEMPTY" }));
    files.rmSync("/list", { recursive: true });
    expect(files.existsSync("/list/list.csv")).toBe(false);
  });

  it("tells a missing file and a missing folder as the system does", () => {
    expect(() => files.readFileSync("/none.txt")).toThrow(expect.objectContaining({ code: "ENOENT", syscall: "open" }));
    expect(() => {
      files.mkdirSync("/none/inner");
    }).toThrow(expect.objectContaining({ code: "ENOENT" }));
  });
});
