import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Issue } from "../foundation/index.js";
import { markOf, parseUnblindedManifest, type MasterList, type ReadManifest } from "../list/index.js";
import type { Seed } from "../random/index.js";
import { listOfFileName } from "./listFiles.js";

/** More folders beside a list than these are not looked into. */
const MOST_FOLDERS = 1000;

/**
 * Warns of lists in the folders beside this one that the same seed made under another id, or for another trial or part.
 * Their unblinded manifests hold a mark by which their seed is recognised, so nothing else has to be kept.
 *
 * @param target - absolute path of the folder of `made`
 */
export function seedReuse(target: string, made: MasterList, seed: Seed): readonly Issue[] {
  const { plan } = made.unblindedRecord();
  const nameOf = (of: ReadManifest["plan"]): string => [of.trial, of.part, of.list].join(" ");
  const others = manifestsBeside(target).filter(
    (other) =>
      nameOf(other.manifest.plan) !== nameOf(plan) &&
      markOf(seed, other.manifest.algorithm, other.manifest.plan.list) === other.manifest.seedMark,
  );
  return others.map(({ folder, manifest }) => {
    const { trial, part, list } = manifest.plan;
    const isSameStream = list === plan.list;
    const why = isSameStream
      ? "Two lists of one id and one seed have the same draws: give this list an id and a seed of its own."
      : "Whoever learns it for one list has both: give each list a seed of its own.";
    const message = `The seed of this list made list ${list} of ${trial}, part ${part}, too (folder ${folder}). ${why}`;
    return { code: "list.seed_reused", path: "seed", message };
  });
}

interface FoundManifest {
  readonly folder: string;
  readonly manifest: ReadManifest;
}

function manifestsBeside(target: string): readonly FoundManifest[] {
  const parent = dirname(target);
  const folders = unlessUnreadable(() => readdirSync(parent, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory() && entry.name !== basename(target) && !entry.name.startsWith("."))
    .slice(0, MOST_FOLDERS);
  return folders.flatMap(({ name: folder }) =>
    unlessUnreadable(() => readdirSync(join(parent, folder)))
      .filter((name) => listOfFileName(name) !== undefined && name.endsWith(".UNBLINDED.manifest.json"))
      .flatMap((name) =>
        unlessUnreadable(() => [
          { folder, manifest: parseUnblindedManifest(JSON.parse(readFileSync(join(parent, folder, name), "utf8"))) },
        ]),
      ),
  );
}

/** What lies beside a list may be anything, and must not stop it. */
function unlessUnreadable<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch {
    return [];
  }
}
