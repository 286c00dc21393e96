import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { beginUnfinished, endUnfinished, takeLeftoverNotes } from "../../../src/store/disk/index.js";
import { makeDesk } from "./harness.js";

/** The name that this process gives, with the parts of its mark. */
function ownName(cwd: string): { readonly machine: string; readonly start: string; readonly name: string } {
  const path = beginUnfinished(join(cwd, "list"), "list");
  const [, machine = "", start = ""] = /unfinished-([0-9a-f]{8})-\d+-([0-9a-f]{8})-[0-9a-f]{8}$/.exec(path) ?? [];
  endUnfinished(path);
  return { machine, start, name: path.slice(cwd.length + 1) };
}

function notesOf(cwd: string): readonly string[] {
  endUnfinished(beginUnfinished(join(cwd, "other"), "other"));
  return takeLeftoverNotes();
}

describe("what a run may have left", () => {
  const other = "00000000";

  it("is named if its process number belongs to a process that started at another time, as in a container", () => {
    const { cwd } = makeDesk();
    const { machine, start } = ownName(cwd);
    const name = (pid: number, started: string, what = ""): string =>
      `.list.unfinished-${machine}-${pid}-${started}-aaaaaaaa${what}`;
    mkdirSync(join(cwd, name(process.pid, start)));
    expect(notesOf(cwd)).toEqual([]);
    if (process.platform !== "linux") return;
    mkdirSync(join(cwd, name(process.pid, other)));
    expect(notesOf(cwd)).toEqual([expect.stringMatching(/^\.list\.unfinished-.* was left by a run that was killed/)]);
  });

  it("is named as what it is: unfinished, the former folder, or what remains of that", () => {
    const { cwd } = makeDesk();
    const { machine } = ownName(cwd);
    // No process has this number.
    for (const what of ["", "-replaced", "-removed"]) {
      mkdirSync(join(cwd, `.list.unfinished-${machine}-4194999-${other}-aaaaaaaa${what}`));
    }
    const [unfinished, removed, replaced] = notesOf(cwd);
    expect(unfinished).toContain("while it wrote: it is not whole, and nothing uses it. Remove it.");
    expect(removed).toContain("while it removed a former folder: it is not whole");
    expect(replaced).toContain("it is the former one, whole. Keep or remove it.");
  });

  it("of another machine or container is named, and that nobody here can tell", () => {
    const { cwd } = makeDesk();
    mkdirSync(join(cwd, `.list.unfinished-${other}-1-${other}-aaaaaaaa`));
    expect(notesOf(cwd)).toEqual([expect.stringContaining("First make sure that nobody is writing it.")]);
    expect(readdirSync(cwd)).toHaveLength(1);
  });
});
