/* The completion of each shell, read by the shell itself. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { makeDesk } from "../unit/cli/harness.js";

const SHELLS = [
  ["zsh", ["-n"], "zsh"],
  ["fish", ["-n"], "fish"],
  ["pwsh", ["-NoProfile", "-File"], "powershell"],
] as const;

/** Debian has no PowerShell: it is read where somebody installed it. */
const isAbsent = (program: string): boolean => spawnSync(program, ["--version"]).status !== 0;

describe("allocell completion", () => {
  for (const [program, options, shell] of SHELLS) {
    const absent = isAbsent(program);
    if (absent) console.warn(`SKIPPED: completion read by ${program}, which is not there.`);
    it.skipIf(absent)(`is read by ${program}`, async () => {
      const desk = makeDesk();
      const { stdout } = await desk.run("completion", shell);
      const file = desk.write(shell === "powershell" ? "complete.ps1" : "complete", stdout);
      const { status, stderr } = spawnSync(program, [...options, desk.path(file)], { encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
      // What cannot be read is refused: the check can fail.
      const broken = desk.write(shell === "powershell" ? "broken.ps1" : "broken", `${stdout}\nif (((\n`);
      expect(spawnSync(program, [...options, desk.path(broken)]).status).not.toBe(0);
    });
  }
});
