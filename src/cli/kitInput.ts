import { fail } from "../foundation/index.js";
import type { Seed } from "../random/index.js";
import { generateKits, type KitList } from "../supply/index.js";
import { inFile, readDataFile } from "./dataFile.js";
import type { Io } from "./io.js";
import { readSeed } from "./seedInput.js";

export interface KitOptions {
  readonly kits?: string;
  readonly kitsSeedFile?: string;
  readonly kitsTestSeed?: string;
}

/** A kit list, made again from its plan and its own seed; undefined where none is named. */
export async function readKits(
  io: Io,
  { kits, kitsSeedFile: seedFile, kitsTestSeed: testSeed }: KitOptions,
): Promise<{ readonly kits: KitList; readonly seed: Seed } | undefined> {
  if (kits === undefined) return undefined;
  if ((seedFile ?? testSeed) === undefined) {
    fail("cli.option_missing", "--kits", "A kit list is made again from its plan and its own seed.", {
      expected: "--kits-seed-file FILE, or --kits-test-seed TEXT",
    });
  }
  const { seed } = readSeed(io, {
    ...(seedFile === undefined ? {} : { seedFile }),
    ...(testSeed === undefined ? {} : { testSeed }),
  });
  const source = await readDataFile(io, kits);
  return { kits: inFile(source, "", () => generateKits(source.data, seed)), seed };
}
