import { resolve } from "node:path";
import { Seed } from "../../random/index.js";
import { exists, failAt, writeOneFile } from "../../store/disk/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";

export interface SeedCommandOptions extends CommonOptions {
  readonly out?: string;
  /** For a seed of several parties: see `commitSeed.ts`. */
  readonly share?: string;
  readonly combine?: readonly string[];
  readonly commitments?: string;
  readonly beaconSource?: string;
  readonly beaconValue?: string;
}

/** `allocell seed`: 32 bytes from the platform's cryptographic generator, as text or into a file of its owner alone. */
export async function seed(io: Io, options: SeedCommandOptions): Promise<number> {
  const { out, share, combine } = options;
  if (share !== undefined || combine !== undefined) {
    const { seedCombine, seedShare } = await import("./commitSeed.js");
    return combine === undefined ? seedShare(io, share ?? "", options) : seedCombine(io, combine, options);
  }
  if (out !== undefined && exists(resolve(io.cwd, out), out)) {
    failAt({
      code: "cli.output_exists",
      path: "--out",
      file: out,
      message: "This file exists already, and a seed is never written over anything.",
      expected: "the name of a new file",
    });
  }
  const text = Seed.live(io.entropy(32)).revealText();
  if (out === undefined) {
    await io.stdout.write(options.json === true ? jsonText({ command: "seed", seed: text }) : `${text}\n`);
  } else {
    writeOneFile({ path: resolve(io.cwd, out), shown: out, content: `${text}\n`, mode: 0o600 });
    await io.stdout.write(options.json === true ? jsonText({ command: "seed", file: out }) : `${out}\n`);
  }
  if (options.json !== true) await io.stderr.write(adviceText(out));
  return 0;
}

function adviceText(out: string | undefined): string {
  return [
    "This is the secret of one live randomization list. Whoever has it and the plan has the list.",
    ...(out === undefined
      ? ["  - Put it into a file that only you can read; the list command takes no seed on the command line."]
      : ["  - Only you can read this file. Leave it so."]),
    "  - Keep it with the unblinded records, never with the trial team, in an e-mail or in a shared folder.",
    "  - Keep a second copy elsewhere: without it the list cannot be verified.",
    "  - A new list gets a new seed.",
    `Next: allocell list PLAN.yaml --seed-file ${out ?? "FILE"}`,
    "",
  ].join("\n");
}
