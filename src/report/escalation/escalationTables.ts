import {
  decisionTable,
  type Branch,
  type Characteristics,
  type CohortNode,
  type EscalationDesign,
  type EscalationMeasure as Measure,
  type Pathway,
  type PathwayTree,
} from "../../escalation/index.js";
import type { ReportTable } from "../assessment/assessmentTables.js";
import { number } from "../assessment/numbers.js";

/** What is to be shown of a design of an escalating part, beside the design and its decisions. */
export interface EscalationReport {
  readonly design: EscalationDesign;
  /** One or several true rates beside each other. */
  readonly characteristics?: readonly Characteristics[];
  readonly tree?: PathwayTree;
  readonly pathways?: readonly Pathway[];
  /** Places of the part, named where pathways need more. */
  readonly places?: number;
}

/** The tables of a design: options, decisions, characteristics, the tree of the next cohorts, all pathways. */
export function escalationTables(report: EscalationReport): readonly ReportTable[] {
  const { design, characteristics = [], tree, pathways } = report;
  return [
    optionTable(design),
    decisionReportTable(design),
    ...(characteristics.length === 0 ? [] : [characteristicsTable(design, characteristics)]),
    ...(tree === undefined ? [] : [treeTable(design, tree)]),
    ...(pathways === undefined ? [] : [pathwayTable(design, pathways, report.places)]),
  ];
}

/** `level 2 (medium)`; the label is left out where it is the number. */
export function levelName({ levels }: EscalationDesign, level: number | null): string {
  if (level === null) return "none";
  const label = levels[level - 1]?.label ?? "";
  return label === String(level) ? `level ${level}` : `level ${level} (${label})`;
}

/** Every option of the design by its name in the rule file: nothing that decides is left unsaid. */
function optionTable({ levels, startLevel, rule }: EscalationDesign): ReportTable {
  const rows: (readonly [string, string])[] = [];
  const add = (name: string, value: unknown): void => {
    if (Array.isArray(value))
      rows.push([name, name === "cells" ? `${value.length} cells` : value.map(String).join(", ")]);
    else if (typeof value === "object" && value !== null) {
      for (const [inner, own] of Object.entries(value)) add(`${name}.${inner}`, own);
    } else rows.push([name, String(value)]);
  };
  levels.forEach(({ label, dose, administrations }, i) => {
    const often = administrations === undefined ? "" : `, administrations: ${administrations}`;
    rows.push([`level ${i + 1}`, `${label}${dose === undefined ? ", no dose stated" : `: ${dose}`}${often}`]);
  });
  add("startLevel", startLevel);
  for (const [name, value] of Object.entries(rule)) add(name, value);
  return { title: "The design", columns: ["Option", "Value"], rows };
}

const boundary = (value: number | null): string => (value === null ? "-" : String(value));

/** The decisions at one level. */
function decisionReportTable(design: EscalationDesign): ReportTable {
  const { rows, boundaries } = decisionTable(design);
  const isThreePlusThree = design.rule.kind === "3+3";
  const lambda =
    boundaries === undefined
      ? ""
      : ` Boundaries of the share of DLTs: ${boundaries.escalate} and ${boundaries.deescalate}.`;
  return {
    title: "Decisions at a level",
    columns: [
      "Evaluable participants",
      "Escalate if DLTs <=",
      "De-escalate if DLTs >=",
      "Eliminate or stop if DLTs >=",
      "For 0, 1, 2 ... DLTs",
    ],
    rows: rows.map(({ n, letters, escalateMax, deescalateMin, eliminateMin }) => [
      String(n),
      boundary(escalateMax),
      boundary(deescalateMin),
      boundary(isThreePlusThree ? deescalateMin : eliminateMin),
      Array.from(letters).join(" "),
    ]),
    note:
      "E escalate, S stay, D de-escalate, U de-escalate and never return to this level or a higher one, X stop." +
      (isThreePlusThree ? " D closes the level for ever; S at 1 of 3 means three more." : "") +
      lambda,
  };
}

function measureText({ value, standardError }: Measure, digits: number): string {
  return `${number(value, digits)}${standardError > 0 ? ` (SE ${number(standardError, digits + 1)})` : ""}`;
}

/** One column for each set of true rates. */
function characteristicsTable(design: EscalationDesign, all: readonly Characteristics[]): ReportTable {
  const row = (name: string, value: (own: Characteristics) => string): readonly string[] => [name, ...all.map(value)];
  const level = (j: number): string => levelName(design, j + 1);
  const each = (
    name: string,
    of: (own: Characteristics) => readonly Measure[],
    digits: number,
  ): (readonly string[])[] =>
    design.levels.map((_, j) => {
      const value = (own: Characteristics): string => {
        const measure = of(own)[j];
        return measure === undefined ? "" : measureText(measure, digits);
      };
      return row(`${name} ${level(j)}`, value);
    });
  const maximum = (own: Characteristics): string => String(own.total.at(-1)?.participants ?? 0);
  const [first] = all;
  return {
    title: "Operating characteristics",
    columns: ["True rates of DLTs", ...all.map(({ truth }) => truth.join(", "))],
    rows: [
      row("P(no level is recommended)", ({ none }) => measureText(none, 4)),
      ...each("P(recommended):", ({ recommended }) => recommended, 4),
      row("Participants, expected", ({ expectedTreated }) => measureText(expectedTreated, 2)),
      row("Participants, at most", maximum),
      ...each("Participants, expected:", ({ expectedTreatedByLevel }) => expectedTreatedByLevel, 2),
      row("DLTs, expected", ({ expectedDlt }) => measureText(expectedDlt, 2)),
      ...each("DLTs, expected:", ({ expectedDltByLevel }) => expectedDltByLevel, 2),
      ...(first?.moreThan === undefined
        ? []
        : [
            row(`P(more than ${first.moreThan.participants} are treated)`, ({ moreThan }) =>
              moreThan === undefined ? "" : measureText(moreThan.probability, 4),
            ),
          ]),
      ...(first?.overdose === undefined
        ? []
        : [
            row(`P(somebody is treated at a true rate above ${first.overdose.rate})`, ({ overdose }) =>
              overdose === undefined ? "" : measureText(overdose.someTreated, 4),
            ),
            row("Participants at such rates, expected", ({ overdose }) =>
              overdose === undefined ? "" : measureText(overdose.expectedTreated, 2),
            ),
            row("P(such a level is recommended)", ({ overdose }) =>
              overdose === undefined ? "" : measureText(overdose.recommended, 4),
            ),
          ]),
      row("Total: probability", ({ total }) =>
        total.map(({ participants, probability }) => `${participants}: ${measureText(probability, 4)}`).join("; "),
      ),
    ],
    note: methodNote(all),
  };
}

function methodNote(all: readonly Characteristics[]): string {
  const simulated = all.find(({ method }) => method === "simulated");
  if (simulated !== undefined) return `Simulated: ${simulated.runs ?? 0} parts; SE is the standard error.`;
  const { states = 0, pathways = 0 } = all[0] ?? {};
  return `Exact: all ${pathways} pathways of the design, in ${states} situations. Outcomes independent, cohorts whole.`;
}

/** `0 of 3`, `0 or 1 of 3`, `0 to 2 of 3`. */
function dltText({ dltFrom, dltTo }: Branch, size: number): string {
  const range = dltTo === dltFrom ? String(dltFrom) : `${dltFrom} ${dltTo === dltFrom + 1 ? "or" : "to"} ${dltTo}`;
  return `${range} of ${size}`;
}

function treeTable(design: EscalationDesign, { next, action, recommended }: PathwayTree): ReportTable {
  const title = "The next cohorts";
  if (next === undefined) {
    const words = action === "stop" ? stopText(design, recommended) : action;
    return { title, columns: ["Now"], rows: [[words]] };
  }
  const depth = depthOf(next);
  const rows: (readonly string[])[] = [];
  const hasShares = next.branches[0]?.probability !== undefined;
  const visit = (node: CohortNode, before: readonly string[], share: number): void => {
    for (const branch of node.branches) {
      const mark = node.exceedsPlaces === true ? " *" : "";
      const cells = [...before, `${levelName(design, node.level)}: ${dltText(branch, node.size)}${mark}`];
      const own = share * (branch.probability?.value ?? 1);
      if (branch.next !== undefined) visit(branch.next, cells, own);
      else rows.push([...padded(cells, depth), thenText(design, branch), ...(hasShares ? [number(own, 4)] : [])]);
    }
  };
  visit(next, [], 1);
  const cohorts = Array.from({ length: depth }, (_, i) => (i === 0 ? "Next cohort" : `Cohort ${i + 1}`));
  return { title, columns: [...cohorts, "Then", ...(hasShares ? ["Probability"] : [])], rows, note: PLACES_NOTE };
}

const PLACES_NOTE =
  "Numbers are participants with a DLT. * marks what needs more participants than the part has places.";

const padded = (cells: readonly string[], depth: number): readonly string[] => [
  ...cells,
  ...Array.from({ length: depth - cells.length }, () => "-"),
];

function depthOf({ branches }: CohortNode): number {
  return 1 + Math.max(0, ...branches.map(({ next }) => (next === undefined ? 0 : depthOf(next))));
}

const stopText = (design: EscalationDesign, recommended: number | null | undefined): string =>
  `stop, recommended: ${levelName(design, recommended ?? null)}`;

function thenText(design: EscalationDesign, { action, level, recommended }: Branch): string {
  return action === "stop" ? stopText(design, recommended) : `${action}: ${levelName(design, level)}`;
}

function pathwayTable(design: EscalationDesign, pathways: readonly Pathway[], places: number | undefined): ReportTable {
  const hasShares = pathways[0]?.probability !== undefined;
  return {
    title: `All pathways: ${pathways.length}`,
    columns: ["Cohorts (level: DLTs)", "Participants", "Recommended", ...(hasShares ? ["Probability"] : [])],
    rows: pathways.map(({ cohorts, treated, exceedsPlaces, recommended, probability }) => [
      cohorts.map(({ level, size, dlt }) => `${level}: ${dlt}/${size}`).join(", "),
      `${treated}${exceedsPlaces === true ? " *" : ""}`,
      levelName(design, recommended),
      ...(probability === undefined ? [] : [number(probability.value, 6)]),
    ]),
    ...(places === undefined ? {} : { note: `* marks pathways that need more than the ${places} places of the part.` }),
  };
}

/** A table of a report as CSV (RFC 4180): a header, CRLF line ends. */
export function toTableCsv({ columns, rows }: ReportTable): string {
  const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  return [columns, ...rows].map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");
}
