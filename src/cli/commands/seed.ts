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
  if (options.json !== true) {
    const { seedAdviceText } = await import("../answers/seedAnswer.js");
    await io.stderr.write(seedAdviceText(out, io.language ?? "en"));
  }
  return 0;
}
