import type { Branch, CohortNode, EscalationDesign, Pathway, PathwayTree } from "../../escalation/index.js";
import { number } from "../assessment/numbers.js";
import type { Say } from "../texts/escalationTexts.js";
import type { NamedTable } from "./namedTable.js";
import { levelName, stepName } from "./escalationWords.js";

/** `0`, `0 or 1`, `0 to 2`. */
function dltText(say: Say, { dltFrom: from, dltTo: to }: Branch): string {
  if (to === from) return String(from);
  return say(to === from + 1 ? "escalation.or" : "escalation.to", { from, to });
}

/** What follows from every outcome of the next cohorts, one line a way. */
export function treeTable(say: Say, design: EscalationDesign, { next, action, recommended }: PathwayTree): NamedTable {
  const [name, title] = ["next-cohorts", say("escalation.next")];
  if (next === undefined) {
    const now = stepName(say, design, { action, level: null, ...(recommended === undefined ? {} : { recommended }) });
    return { name, title, columns: [say("escalation.now")], rows: [[now]] };
  }
  const depth = depthOf(next);
  const rows: (readonly string[])[] = [];
  const hasShares = next.branches[0]?.probability !== undefined;
  const visit = (node: CohortNode, before: readonly string[], share: number): void => {
    for (const branch of node.branches) {
      const mark = node.exceedsPlaces === true ? " *" : "";
      const outcome = { level: levelName(say, design, node.level), dlt: dltText(say, branch), size: node.size };
      const cells = [...before, `${say("escalation.outcome", outcome)}${mark}`];
      const own = share * (branch.probability?.value ?? 1);
      if (branch.next !== undefined) visit(branch.next, cells, own);
      else rows.push([...padded(cells, depth), stepName(say, design, branch), ...(hasShares ? [number(own, 4)] : [])]);
    }
  };
  visit(next, [], 1);
  const cohorts = Array.from({ length: depth }, (_, i) =>
    i === 0 ? say("escalation.nextCohort") : say("escalation.cohort", { cohort: i + 1 }),
  );
  const columns = [...cohorts, say("escalation.then"), ...(hasShares ? [say("escalation.probability")] : [])];
  return { name, title, columns, rows, note: say("escalation.placesInTree") };
}

const padded = (cells: readonly string[], depth: number): readonly string[] => [
  ...cells,
  ...Array.from({ length: depth - cells.length }, () => "-"),
];

function depthOf({ branches }: CohortNode): number {
  return 1 + Math.max(0, ...branches.map(({ next }) => (next === undefined ? 0 : depthOf(next))));
}

/** Every way to the end of the part. */
export function pathwayTable(
  say: Say,
  design: EscalationDesign,
  pathways: readonly Pathway[],
  places: number | undefined,
): NamedTable {
  const hasShares = pathways[0]?.probability !== undefined;
  return {
    name: "pathways",
    title: say("escalation.pathways", { count: pathways.length }),
    columns: [
      say("escalation.pathCohorts"),
      say("escalation.participants"),
      say("escalation.recommended"),
      ...(hasShares ? [say("escalation.probability")] : []),
    ],
    rows: pathways.map(({ cohorts, treated, exceedsPlaces, recommended, probability }) => [
      cohorts.map(({ level, size, dlt }) => `${level}: ${dlt}/${size}`).join(", "),
      `${treated}${exceedsPlaces === true ? " *" : ""}`,
      levelName(say, design, recommended),
      ...(probability === undefined ? [] : [number(probability.value, 6)]),
    ]),
    ...(places === undefined ? {} : { note: say("escalation.placesOfPart", { places }) }),
  };
}
