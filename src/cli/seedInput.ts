import { statSync } from "node:fs";
import { resolve } from "node:path";
import { fail, type Issue } from "../foundation/index.js";
import { parseLiveSeed, Seed } from "../random/index.js";
import { relocated, touching } from "../store/disk/index.js";
import { readText } from "./dataFile.js";
import type { Io } from "./io.js";

export interface SeedOptions {
  readonly seedFile?: string;
  readonly testSeed?: string;
}

/**
 * The seed of a list: LIVE from a file only, because a command line stays in the shell's history; TEST from a text.
 *
 * @throws AllocellError `random.seed_*`, `cli.seed_twice`, `cli.file_*`; none of them shows the seed
 */
export function readSeed(io: Io, { seedFile, testSeed }: SeedOptions): { seed: Seed; warnings: readonly Issue[] } {
  if (seedFile !== undefined && testSeed !== undefined) {
    return fail("cli.seed_twice", "--seed-file", "A list has one seed: give --seed-file or --test-seed, not both.");
  }
  if (seedFile !== undefined) {
    const seed = inSeedFile(seedFile, () => parseLiveSeed(readText(io, seedFile, 4096)));
    return { seed, warnings: openToOthers(io, seedFile) };
  }
  if (testSeed !== undefined) return { seed: readTestSeed(testSeed), warnings: [] };
  return fail("random.seed_missing", "--seed-file", "A seed is required; none is ever made up.", {
    expected:
      "--seed-file FILE for a live list (`allocell seed --out FILE` makes one), or --test-seed TEXT for a list marked TEST",
  });
}

/** Says of each fault that it is one of the seed file: a wrong name, another file, a seed with a fault. */
function inSeedFile(file: string, read: () => Seed): Seed {
  const expected = "the name of a file that `allocell seed --out FILE` wrote";
  return relocated(
    (issue) => ({
      ...issue,
      file,
      ...(issue.code.startsWith("cli.") ? { message: `The seed file: ${lowerFirst(issue.message)}`, expected } : {}),
    }),
    read,
  );
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

function readTestSeed(text: string): Seed {
  if (text.trim() === "") {
    return fail("random.seed_missing", "--test-seed", "The text of the TEST seed is empty.", {
      expected: 'a text, for example --test-seed "first try"',
      received: "an empty text",
    });
  }
  return relocated(
    (issue) => ({ ...issue, path: "--test-seed" }),
    () => Seed.test(text),
  );
}

function openToOthers(io: Io, file: string): readonly Issue[] {
  const { mode } = touching(file, () => statSync(resolve(io.cwd, file)));
  // Windows has no such bits: there every file seems open.
  if ((mode & 0o077) === 0 || process.platform === "win32") return [];
  return [
    {
      code: "cli.seed_file_open",
      path: file,
      message: "Other users of this computer may read the seed file; `chmod 600` keeps it to you.",
    },
  ];
}
