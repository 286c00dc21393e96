/* What nobody can reach does not exist: every public function is used by a command, a page or an example. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** Public names that only a host's own program uses, by the reason. */
const FOR_PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  "A host draws it on a page of its own; the commands print the whole paper.": [
    ...["BagLabel", "toAssessmentMarkdown"],
  ],
  "A host that is an editor or another language reads it; docs/schema has the same as files.": [
    ...["planJsonSchema", "preparationOrderJsonSchema"],
  ],
  "A limit or a table that a host shows; the commands hold to it without naming it.": [
    "AUDIT_RULES",
    "MOST_SEQUENCES",
    "PLAUSIBLE",
  ],
  "Who writes a store of their own tests it by these, and walks a dynamic log by them.": ["STORE_LAWS", "dynamicPast"],
  "One step of what a command does whole: a host takes it where it has the rest itself.": [
    ...[
      "allocateNext",
      "armDaysOf",
      "daysOfPrescription",
      "earliestCalendar",
      "isotonicEstimates",
      "characteristicsGrid",
    ],
    ...["requireChecksAgree", "requireSubjectAndKit", "shipmentsDue"],
  ],
  "A host's own files are checked by it: letters of a committee, the kit lists of a study.": [
    ...["checkCommitteeLetters", "checkKitLists"],
  ],
  "Study of a procedure, sequence by sequence: it is done in a program, and has no file.": [
    ...["enumerateSequences", "ratioPreservation", "sequenceProbabilityBounds", "sequenceRejection"],
  ],
};

const { values } = Object;
const recorded = JSON.parse(readFileSync("tests/architecture/exports.json", "utf8")) as Readonly<
  Record<string, { readonly values: readonly string[] }>
>;
const publicNames = new Set(values(recorded).flatMap((entry) => entry.values));

/** The files below a folder with their texts, without comments; index files only hand on. */
function textsIn(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (path) => /\.(?:tsx?|mjs)$/u.test(path) && !/(?:^|[/\\])index\.ts$/u.test(path) && !path.includes("node_modules"),
  );
  return new Map(
    paths.map((path) => {
      const text = readFileSync(`${folder}/${path}`, "utf8").replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gmu, "");
      return [`${folder}/${path.replaceAll("\\", "/")}`, text];
    }),
  );
}

const DECLARED = /^(?:export )?(?:async )?(?:function\*?|const|class|let) (\w+)/gmu;

describe("every public function", () => {
  it("is reached by a command, a page or an example, or stands in a list with the reason", () => {
    // The qualification tries functions; whoever is tried is not yet used.
    const sources = new Map([...textsIn("src")].filter(([path]) => !path.startsWith("src/cli/qualification/")));
    const homes = new Map<string, string[]>();
    for (const [path, text] of sources) {
      for (const [, name = ""] of text.matchAll(DECLARED)) homes.set(name, [...(homes.get(name) ?? []), path]);
    }
    const isDoor = (path: string): boolean => /^src\/(?:cli|app|store\/(?:disk|logfile))\//u.test(path);
    const open = [
      ...textsIn("examples").values(),
      ...[...sources].flatMap(([path, text]) => (isDoor(path) ? [text] : [])),
    ];
    const seen = new Set<string>();
    const reached = new Set<string>();
    for (let text = open.pop(); text !== undefined; text = open.pop()) {
      for (const [name] of text.replace(DECLARED, "").matchAll(/\b[A-Za-z_]\w*\b/gu)) {
        if (publicNames.has(name)) reached.add(name);
        for (const home of homes.get(name) ?? []) {
          if (seen.has(home)) continue;
          seen.add(home);
          open.push(sources.get(home) ?? "");
        }
      }
    }
    const unreached = [...publicNames].filter((name) => !reached.has(name)).sort();
    expect(unreached).toEqual(values(FOR_PROGRAMS).flat().sort());
  });
});
