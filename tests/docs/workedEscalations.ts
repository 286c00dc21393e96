import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import {
  characteristics,
  completePathways,
  parseEscalationDesign,
  transitionPathways,
  type EscalationDesign,
} from "../../src/escalation/index.js";
import { decisionPlot, escalationTables, tableBlocks, toPlotSvg } from "../../src/report/index.js";

/** Rule files of a trial, each worked through on a page. */
export interface WorkedEscalation {
  readonly name: string;
  readonly trial: string;
  readonly setting: string;
  readonly rules: readonly { readonly heading: string; readonly file: string; readonly setting: string }[];
  readonly truths: readonly (readonly string[])[];
  /** Places of the part, where the trial has one. */
  readonly places?: number;
}

export const WORKED_ESCALATIONS: readonly WorkedEscalation[] = [
  {
    name: "escalation-t1d",
    trial: "NCT06407297",
    setting:
      "The record says: an open, escalating part with 9 children, then 15 randomized. It states no levels, no cohort size, no window and no rule.",
    rules: [
      {
        heading: "Three levels, cohorts of three",
        file: "t1d/escalation.yaml",
        setting:
          "Fixed cohorts fill the 9 places exactly. At the top level, 1 of 3 passes: that decides on three children.",
      },
      {
        heading: "What 3 + 3 would need",
        file: "t1d/escalation-3plus3.yaml",
        setting:
          "3 + 3 with de-escalation takes 3 to 18 participants. What happens when the 9 places are used up must be in the protocol: more places, places of the 15 (24 less the open ones must then still fit the blocks of the randomized part), or a stop without a decision.",
      },
    ],
    truths: [
      ["0.08", "0.16", "0.32"],
      ["0.02", "0.07", "0.15"],
      ["0.11", "0.25", "0.40"],
    ],
    places: 9,
  },
  {
    name: "escalation-sle",
    trial: "NCT07041801",
    setting:
      "The record has the doses 1, 3 and 5E6 cells/kg in a randomized part and no open one. This is how an open part of 9 ahead of it could look.",
    rules: [
      {
        heading: "BOIN with the target 0.25",
        file: "sle/escalation.yaml",
        setting: "With the target 0.25, 1 of 3 already means de-escalation.",
      },
    ],
    truths: [
      ["0.05", "0.10", "0.20"],
      ["0.08", "0.22", "0.38"],
      ["0.25", "0.40", "0.50"],
    ],
  },
];

const examples = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "examples");

/** The pages of one trial, one a rule file, and their figures, by file name. */
export function workEscalation(worked: WorkedEscalation): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [i, { heading, file, setting }] of worked.rules.entries()) {
    const design: EscalationDesign = parseEscalationDesign(parse(readFileSync(join(examples, file), "utf8")));
    const name = `${worked.name}${i === 0 ? "" : `-${i + 1}`}`;
    const figure = `${name}.decisions.svg`;
    const plot = decisionPlot(design);
    files.set(figure, toPlotSvg(plot));
    const places = worked.places === undefined ? {} : { places: worked.places };
    const [truth] = worked.truths;
    const asked = { ...places, ...(truth === undefined ? {} : { truth }) };
    const tables = escalationTables({
      design,
      characteristics: worked.truths.map((own) =>
        characteristics(design, own, worked.places === undefined ? {} : { moreThan: worked.places }),
      ),
      tree: transitionPathways(design, 2, asked),
      pathways: completePathways(design, asked),
      ...places,
    });
    const blocks = [
      `# Worked escalation: ${worked.trial}${i === 0 ? "" : `, ${i + 1}`}`,
      `${worked.setting} Levels, rules and true rates are EXAMPLES; no source states them. This page is made by the program from the rule file named here; a test compares it with what the code gives. [escalation.md](../escalation.md) explains the words.`,
      `## ${heading}`,
      `${setting} Rule file: \`examples/${file}\`. Probabilities of pathways are for the true rates ${(truth ?? []).join(", ")}.`,
      ...tables.flatMap(tableBlocks),
      `![${plot.title}](${figure})`,
      plot.caption,
    ];
    files.set(`${name}.md`, `${blocks.join("\n\n")}\n`);
  }
  return files;
}
