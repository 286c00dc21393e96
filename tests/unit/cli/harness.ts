import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/cli/run.js";
import type { Io } from "../../../src/cli/io.js";
import { listFileNames } from "../../../src/list/index.js";
import { temporaryFolder } from "../../support/temporaryFolders.js";

/** What one run of the command line left behind. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Desk {
  readonly cwd: string;
  readonly path: (name: string) => string;
  readonly write: (name: string, text: string) => string;
  readonly read: (name: string) => string;
  readonly run: (...argv: string[]) => Promise<Outcome>;
  /** Runs with `--json` and reads the answer. */
  readonly json: (...argv: string[]) => Promise<{ code: number; answer: Record<string, unknown> }>;
}

/** 32 fixed bytes that show no pattern: a cryptographic generator's stand-in. */
export const ENTROPY: Uint8Array = Uint8Array.from({ length: 32 }, (_, i) => (i * i * 37 + i * 11 + 5) & 255);

/** An empty folder with a command line whose clock and entropy stand still. */
export function makeDesk(change: Partial<Io> = {}): Desk {
  const cwd = temporaryFolder("allocell-cli-");
  const path = (name: string): string => join(cwd, name);
  const runHere = async (...argv: string[]): Promise<Outcome> => {
    let stdout = "";
    let stderr = "";
    const io: Io = {
      stdout: { write: (text) => ((stdout += text), Promise.resolve()) },
      stderr: { write: (text) => ((stderr += text), Promise.resolve()) },
      cwd,
      env: {},
      now: () => new Date("2026-01-10T08:00:00Z"),
      entropy: () => ENTROPY,
      runtime: "node test",
      ...change,
    };
    const code = await run(argv, io);
    return { code, stdout, stderr };
  };
  return {
    cwd,
    path,
    write: (name, text) => {
      writeFileSync(path(name), text);
      return name;
    },
    read: (name) => readFileSync(path(name), "utf8"),
    run: runHere,
    json: async (...argv) => {
      const { code, stdout, stderr } = await runHere(...argv, "--json");
      return { code, answer: JSON.parse(stdout === "" ? stderr : stdout) as Record<string, unknown> };
    },
  };
}

export const PLAN = `trial: NCT07041801
part: single-dose
list: SLE-SD-01
arms: { low: 1, medium: 1, high: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [4, 8] }
strata:
  - factor: site
    levels: ["01", "02"]
length: 24
`;

export const ASSUMPTIONS = `trial: NCT07041801
assumptions:
  dose.countBasis: viable-cells
  dose.weightDescriptor: actual
  dose.cap: none
  dose.administrations: "1"
`;

export const DECISION = `arm: double
dataCut: "2026-01-15"
decidedBy: investigators and sponsor (example)
decidedOn: "2026-02-01"
dose: { kind: per-kg, amount: "3E6", unitKind: cells }
administrations: { count: 2, intervalDays: 28 }
`;

export const NAMES: readonly string[] = Object.values(listFileNames("SLE-SD-01", "TEST")).sort();
