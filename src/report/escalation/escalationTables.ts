import {
  decisionTable,
  type Characteristics,
  type EscalationDesign,
  type EscalationMeasure as Measure,
  type Pathway,
  type PathwayTree,
} from "../../escalation/index.js";
import { number } from "../assessment/numbers.js";
import { sayIn, type Say } from "../texts/escalationTexts.js";
import type { Language } from "../texts/language.js";
import { levelName } from "./escalationWords.js";
import type { NamedTable } from "./namedTable.js";
import { pathwayTable, treeTable } from "./pathwayTables.js";

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
export function escalationTables(report: EscalationReport, language: Language = "en"): readonly NamedTable[] {
  const { design, characteristics = [], tree, pathways } = report;
  const say = sayIn(language);
  return [
    optionTable(say, design),
    decisionReportTable(say, design),
    ...(characteristics.length === 0 ? [] : [characteristicsTable(say, design, characteristics)]),
    ...(tree === undefined ? [] : [treeTable(say, design, tree)]),
    ...(pathways === undefined ? [] : [pathwayTable(say, design, pathways, report.places)]),
  ];
}

/** Every option of the design by its name in the rule file: nothing that decides is left unsaid. */
function optionTable(say: Say, { levels, startLevel, rule, conduct }: EscalationDesign): NamedTable {
  const rows: (readonly [string, string])[] = [];
  const add = (name: string, value: unknown): void => {
    if (Array.isArray(value)) {
      const count = value.length;
      rows.push([name, name === "cells" ? say("escalation.cells", { count }) : value.map(String).join(", ")]);
    } else if (typeof value === "object" && value !== null) {
      for (const [inner, own] of Object.entries(value)) add(`${name}.${inner}`, own);
    } else rows.push([name, String(value)]);
  };
  levels.forEach(({ label, dose, administrations }, i) => {
    const often = administrations === undefined ? "" : say("escalation.administrations", { administrations });
    const what = dose === undefined ? say("escalation.noDose", { label }) : say("escalation.dose", { label, dose });
    rows.push([say("escalation.level", { level: i + 1 }), `${what}${often}`]);
  });
  add("startLevel", startLevel);
  for (const [name, value] of Object.entries(rule)) add(name, value);
  if (conduct !== undefined) add("conduct", conduct);
  const columns = [say("escalation.option"), say("escalation.value")];
  return { name: "design", title: say("escalation.design"), columns, rows };
}

const boundary = (value: number | null): string => (value === null ? "-" : String(value));

/** The decisions at one level. */
function decisionReportTable(say: Say, design: EscalationDesign): NamedTable {
  const { rows, boundaries } = decisionTable(design);
  const isThreePlusThree = design.rule.kind === "3+3";
  return {
    name: "decisions",
    title: say("escalation.decisions"),
    columns: [
      say("escalation.evaluable"),
      say("escalation.escalateIf"),
      say("escalation.deescalateIf"),
      say("escalation.eliminateIf"),
      say("escalation.letters"),
    ],
    rows: rows.map(({ n, letters, escalateMax, deescalateMin, eliminateMin }) => [
      String(n),
      boundary(escalateMax),
      boundary(deescalateMin),
      boundary(isThreePlusThree ? deescalateMin : eliminateMin),
      Array.from(letters).join(" "),
    ]),
    note:
      say("escalation.legend") +
      (isThreePlusThree ? say("escalation.legendThreePlusThree") : "") +
      (boundaries === undefined ? "" : say("escalation.boundaries", { ...boundaries })),
  };
}

/** One column for each set of true rates. */
function characteristicsTable(say: Say, design: EscalationDesign, all: readonly Characteristics[]): NamedTable {
  const told = ({ value, standardError }: Measure, digits: number): string => {
    const [text, error] = [number(value, digits), number(standardError, digits + 1)];
    return standardError > 0 ? say("escalation.standardError", { value: text, error }) : text;
  };
  const row = (name: string, value: (own: Characteristics) => string): readonly string[] => [name, ...all.map(value)];
  const measured = (
    name: string,
    of: (own: Characteristics) => Measure | undefined,
    digits: number,
  ): readonly string[] =>
    row(name, (own) => {
      const measure = of(own);
      return measure === undefined ? "" : told(measure, digits);
    });
  const each = (
    key: "escalation.pRecommended" | "escalation.treatedAt" | "escalation.dltAt",
    of: (own: Characteristics) => readonly Measure[],
    digits: number,
  ): (readonly string[])[] =>
    design.levels.map((_, j) =>
      measured(say(key, { level: levelName(say, design, j + 1) }), (own) => of(own)[j], digits),
    );
  const [first] = all;
  return {
    name: "characteristics",
    title: say("escalation.characteristics"),
    columns: [say("escalation.truth"), ...all.map(({ truth }) => truth.join(", "))],
    rows: [
      measured(say("escalation.pNone"), ({ none }) => none, 4),
      ...each("escalation.pRecommended", ({ recommended }) => recommended, 4),
      measured(say("escalation.treated"), ({ expectedTreated }) => expectedTreated, 2),
      row(say("escalation.treatedMost"), ({ total }) => String(total.at(-1)?.participants ?? 0)),
      ...each("escalation.treatedAt", ({ expectedTreatedByLevel }) => expectedTreatedByLevel, 2),
      measured(say("escalation.dlt"), ({ expectedDlt }) => expectedDlt, 2),
      ...each("escalation.dltAt", ({ expectedDltByLevel }) => expectedDltByLevel, 2),
      ...(first?.moreThan === undefined
        ? []
        : [
            measured(
              say("escalation.moreThan", { participants: first.moreThan.participants }),
              ({ moreThan }) => moreThan?.probability,
              4,
            ),
          ]),
      ...(first?.overdose === undefined
        ? []
        : [
            measured(say("escalation.overdosed", { rate: first.overdose.rate }), (own) => own.overdose?.someTreated, 4),
            measured(say("escalation.overdosedMany"), (own) => own.overdose?.expectedTreated, 2),
            measured(say("escalation.overdosedLevel"), (own) => own.overdose?.recommended, 4),
          ]),
      row(say("escalation.total"), ({ total }) =>
        total.map(({ participants, probability }) => `${participants}: ${told(probability, 4)}`).join("; "),
      ),
    ],
    note: methodNote(say, all),
  };
}

function methodNote(say: Say, all: readonly Characteristics[]): string {
  const simulated = all.find(({ method }) => method === "simulated");
  if (simulated !== undefined) return say("escalation.simulated", { runs: simulated.runs ?? 0 });
  const { states = 0, pathways = 0 } = all[0] ?? {};
  return say("escalation.exact", { pathways, states });
}
