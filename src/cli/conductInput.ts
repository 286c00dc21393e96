import { readdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fail } from "../foundation/index.js";
import { blindedListOf, type ParticipantCap, type StratumLevels } from "../allocation/index.js";
import type { DynamicPlan } from "../list/index.js";
import { dynamicPlanOf } from "./planFile.js";
import { type BoundList, listFileNames, listOfFileName } from "../list/index.js";
import type { Seed } from "../random/index.js";
import { failAt, touching } from "../store/disk/index.js";
import { inFile, readDataFile } from "./dataFile.js";
import type { Io } from "./io.js";
import type { Writer } from "./logFile.js";
import { readSeed, type SeedOptions } from "./seedInput.js";

export interface WriterOptions {
  readonly actor: string;
  readonly at?: string;
}

/** Who writes, and when: as stated, or by the clock. */
export function writerOf(io: Io, { actor, at }: WriterOptions): Writer {
  return { actor, at: at ?? io.now().toISOString() };
}

/** Levels as typed: `site=01,sex=F`; nothing for a list without factors. @throws AllocellError `cli.stratum_invalid` */
export function parseLevels(text: string, option: string): StratumLevels {
  const levels = new Map<string, string>();
  for (const pair of text.split(",").filter((part) => part.trim() !== "")) {
    const at = pair.indexOf("=");
    const factor = pair.slice(0, Math.max(at, 0)).trim();
    const level = pair.slice(at + 1).trim();
    if (at < 1 || factor === "" || level === "" || levels.has(factor)) {
      fail("cli.stratum_invalid", option, `"${text}" does not name one level a factor.`, {
        expected: "factor=level pairs with commas between, such as site=01,sex=F",
        parameters: { text },
      });
    }
    levels.set(factor, level);
  }
  return Object.fromEntries(levels);
}

/** A cap as typed: `site=01:20`; `:60` for the whole list. @throws AllocellError `cli.cap_invalid` */
export function parseCap(text: string): ParticipantCap {
  const [, levels, most] = /^(.*):(\d{1,8})$/.exec(text) ?? [];
  if (levels === undefined || most === undefined) {
    return fail("cli.cap_invalid", "--cap", `"${text}" is no cap.`, {
      expected: "levels, a colon and a number: site=01:20",
      parameters: { text },
    });
  }
  return { stratum: parseLevels(levels, "--cap"), most: Number(most) };
}

/** The list of a folder that `allocell list` wrote, without its treatments. */
export async function readBlindedList(io: Io, folder: string): Promise<BoundList> {
  const found = touching(folder, () => readdirSync(resolve(io.cwd, folder))).flatMap(
    (name) => listOfFileName(name) ?? [],
  );
  const [first] = found;
  if (first === undefined || found.some(({ list, status }) => list !== first.list || status !== first.status)) {
    return failAt({
      code: "cli.not_a_list",
      path: folder,
      file: folder,
      message: "This folder does not hold the files of one list.",
      expected: "a folder that `allocell list` wrote, or the part of it for blinded people",
    });
  }
  const source = await readDataFile(io, join(folder, listFileNames(first.list, first.status).blindedManifest));
  return inFile(source, "", () => blindedListOf(source.data));
}

/** The plan of a dynamic allocation from its file. */
export async function readDynamicPlan(io: Io, file: string): Promise<DynamicPlan> {
  return dynamicPlanOf(await readDataFile(io, file));
}

export interface DynamicOptions extends SeedOptions {
  readonly plan?: string;
}

/** Plan and seed, which every allocation of a dynamic log needs; undefined for the log of a list. */
export async function readDynamicBasis(
  io: Io,
  options: DynamicOptions,
): Promise<{ readonly plan: DynamicPlan; readonly seed: Seed } | undefined> {
  if (options.plan === undefined) return undefined;
  return { plan: await readDynamicPlan(io, options.plan), seed: readSeed(io, options).seed };
}

/** @throws AllocellError `cli.plan_missing` where a dynamic log is to allocate without its plan */
export function requireBasis<T>(basis: T | undefined): T {
  return (
    basis ??
    fail("cli.plan_missing", "--plan", "The next participant of a dynamic allocation follows from its plan and seed.", {
      expected: "--plan FILE with --seed-file FILE (or --test-seed TEXT)",
    })
  );
}

/** Files with treatments say so in their names. @throws AllocellError `cli.log_name` */
export function requireUnblindedName(file: string): void {
  if (basename(file).includes("UNBLINDED")) return;
  failAt({
    code: "cli.log_name",
    path: file,
    file,
    message: "A log that names treatments says UNBLINDED in its file name; this one would not.",
    expected: "a name such as TRIAL.UNBLINDED.log; or, in the log of a list, the event without --arm",
  });
}
