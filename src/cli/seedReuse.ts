import { closeSync, openSync, readdirSync, readFileSync, readSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Issue } from "../foundation/index.js";
import { markOf, parseUnblindedManifest, listOfFileName } from "../list/index.js";
import type { Seed } from "../random/index.js";

/** More folders than these are not looked into, and the first line of a log is not longer than these bytes. */
const MOST_FOLDERS = 1000;
const LONGEST_LINE = 1_000_000;

/** A list, or the log of a dynamic allocation: either is made from a seed. */
export interface Seeded {
  readonly kind: "list" | "log";
  readonly trial: string;
  readonly part: string;
  readonly list: string;
}

/**
 * Warns of lists and of logs of dynamic allocations that the same seed made: those beside what is made now, and those in
 * the folders beside it. Their unblinded files hold a mark by which their seed is recognised, so nothing else has to be
 * kept. A list that is made again is not warned of; a second log of one dynamic allocation is, because it gives the same
 * numbers to other people.
 *
 * @param target - absolute path of what is made: the folder of a list, or the file of a log
 */
export function seedReuse(target: string, made: Seeded, seed: Seed): readonly Issue[] {
  const nameOf = ({ trial, part, list }: Seeded): string => [trial, part, list].join(" ");
  return madeBeside(target)
    .filter((other) => made.kind === "log" || other.kind === "log" || nameOf(other) !== nameOf(made))
    .filter(({ algorithm, list, seedMark }) => markOf(seed, algorithm, list) === seedMark)
    .map((other) => {
      const why =
        other.list === made.list && other.kind === made.kind
          ? "Two of one id and one seed have the same draws: give each an id and a seed of its own."
          : "Whoever learns it for one has both: give each a seed of its own.";
      const what = other.kind === "list" ? "made list" : "is that of the log of";
      const message = `The seed ${what} ${other.list} of ${other.trial}, part ${other.part}, too (${other.place}). ${why}`;
      return {
        code: "list.seed_reused",
        path: "seed",
        message,
        parameters: { list: other.list, trial: other.trial, part: other.part, place: other.place },
      };
    });
}

interface Found extends Seeded {
  readonly algorithm: string;
  readonly seedMark: string;
  /** Where it is, for the message. */
  readonly place: string;
}

function madeBeside(target: string): readonly Found[] {
  const parent = dirname(target);
  const entries = unlessUnreadable(() => readdirSync(parent, { withFileTypes: true })).filter(
    ({ name }) => name !== basename(target) && !name.startsWith("."),
  );
  const folders = entries.filter((entry) => entry.isDirectory()).slice(0, MOST_FOLDERS);
  return [
    ...entries.filter((entry) => entry.isFile()).flatMap(({ name }) => readMade(parent, name, `file ${name}`)),
    ...folders.flatMap(({ name: folder }) =>
      unlessUnreadable(() => readdirSync(join(parent, folder))).flatMap((name) =>
        readMade(join(parent, folder), name, `folder ${folder}`),
      ),
    ),
  ];
}

/** Reads what the name of an unblinded file promises; what lies there may be anything, and must not stop a list. */
function readMade(folder: string, name: string, place: string): readonly Found[] {
  if (!name.includes("UNBLINDED")) return [];
  return unlessUnreadable(() => {
    if (listOfFileName(name) === undefined) return readOpening(firstLine(join(folder, name)), place);
    if (!name.endsWith(".manifest.json")) return [];
    const { plan, algorithm, seedMark } = parseUnblindedManifest(JSON.parse(readFileSync(join(folder, name), "utf8")));
    const { trial, part, list } = plan;
    return [{ kind: "list", trial, part, list, algorithm, seedMark, place }];
  });
}

function readOpening(line: string, place: string): readonly Found[] {
  const event = JSON.parse(line) as Readonly<Record<string, unknown>>;
  const { kind, trial, part, list, algorithm, seedMark } = event;
  if (kind !== "dynamic") return [];
  const texts = { trial, part, list, algorithm, seedMark };
  if (!Object.values(texts).every((text) => typeof text === "string")) return [];
  return [{ kind: "log", ...(texts as Record<keyof typeof texts, string>), place }];
}

function firstLine(path: string): string {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(LONGEST_LINE);
    const [line = ""] = bytes.toString("utf8", 0, readSync(file, bytes, 0, LONGEST_LINE, 0)).split("\n", 1);
    return line;
  } finally {
    closeSync(file);
  }
}

function unlessUnreadable<T>(read: () => readonly T[]): readonly T[] {
  try {
    return read();
  } catch {
    return [];
  }
}
