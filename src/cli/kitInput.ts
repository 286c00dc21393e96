import { dirname, join, resolve } from "node:path";
import { fail } from "../foundation/index.js";
import type { Seed } from "../random/index.js";
import { generateKits, parseKitManifest, readKitList, type KitList } from "../supply/index.js";
import { inFile, readDataFile, readText } from "./dataFile.js";
import type { Io } from "./io.js";
import { readSeed } from "./seedInput.js";

export interface KitOptions {
  readonly kits?: string;
  readonly kitsSeedFile?: string;
  readonly kitsTestSeed?: string;
}

/** A kit list as a command is given it. */
export interface GivenKits {
  readonly kits: KitList;
  /** Absent where the list was read from its own files: no kit can be drawn then. */
  readonly seed?: Seed;
}

const SEED_OPTIONS = "--kits-seed-file FILE, or --kits-test-seed TEXT";
/** 100,000 kits with long names. */
const LARGEST_BYTES = 20_000_000;

/** A kit list, made again from its plan and its own seed, or read from its files; undefined where none is named. */
export async function readKits(
  io: Io,
  { kits: file, kitsSeedFile: seedFile, kitsTestSeed: testSeed }: KitOptions,
): Promise<GivenKits | undefined> {
  if (file === undefined) return undefined;
  const source = await readDataFile(io, file);
  const isRecord = (source.data as { format?: unknown } | null | undefined)?.format !== undefined;
  const seed =
    (seedFile ?? testSeed) === undefined
      ? undefined
      : readSeed(io, {
          ...(seedFile === undefined ? {} : { seedFile }),
          ...(testSeed === undefined ? {} : { testSeed }),
        }).seed;
  if (isRecord) {
    const record = inFile(source, "", () => parseKitManifest(source.data));
    const list = resolve(io.cwd, join(dirname(file), record.file.file));
    const kits = inFile(source, "", () => readKitList(record, readText(io, list, LARGEST_BYTES)));
    return { kits, ...(seed === undefined ? {} : { seed }) };
  }
  if (seed === undefined) {
    return fail("cli.option_missing", "--kits", "A kit list is made again from its plan and its own seed.", {
      expected: `${SEED_OPTIONS}; or the record of the list (NAME.UNBLINDED.kits.json) in the place of its plan`,
    });
  }
  return { kits: inFile(source, "", () => generateKits(source.data, seed)), seed };
}

/** The seed by which a kit is drawn. @throws AllocellError `cli.option_missing` */
export function requireKitSeed({ seed }: GivenKits): Seed {
  return (
    seed ??
    fail("cli.option_missing", "--kits", "A kit is drawn by the seed of the kit list.", { expected: SEED_OPTIONS })
  );
}
