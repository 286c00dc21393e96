import { describe, expect, it } from "vitest";
import { assess, suggest, type Suggestion } from "../../../../src/assessment/index.js";
import { ALGORITHMS, type ProcedureKind } from "../../../../src/procedure/index.js";
import {
  assessmentPlots,
  assessmentTables,
  designNames,
  recommendation,
  suggestionName,
  suggestionTable,
  toAssessmentHtml,
  toAssessmentMarkdown,
  undefinedLines,
} from "../../../../src/report/index.js";
import { procedureExample } from "../../../support/procedureExamples.js";
import { issueOf } from "../../../support/issueOf.js";

const plan = {
  trial: "X<1>",
  part: "p",
  list: "L",
  arms: { a: 1, b: 1 },
  procedure: { kind: "permuted-block", sizes: [4] },
  length: 8,
};
const assessment = assess(plan);

describe("the tables of an assessment", () => {
  const [measures] = assessmentTables([assessment]);
  const value = (name: string): string | undefined => measures!.rows.find(([first]) => first === name)?.[1];

  it("say in words what was computed: a block of 4 at 1:1", () => {
    // Forced: (0 + 0 + 1/3 + 1) / 4; correct guesses: (1/2 + 2/3 + 2/3 + 1) / 4.
    expect(value("Deterministic allocations")).toBe("33.3 %");
    expect(value("Correct guesses: convergence strategy (Blackwell-Hodges)")).toBe("70.8 %");
    expect(value("All groups within one of their share at the end")).toBe("100.0 %");
    expect(value("Design")).toBe("permuted blocks of 4");
  });

  it("show fractions where they were asked for, and standard errors of simulations", () => {
    const [exact] = assessmentTables([assess(plan, undefined, { fractions: true })]);
    expect(exact!.rows.flat()).toContain("33.3 % = 1/3");
    const [simulated] = assessmentTables([assess(plan, undefined, { simulation: { seed: "s", trials: 400 } })]);
    expect(simulated!.rows.flat().join(" ")).toMatch(/70\.\d % \(SE \d\.\d\d\).*400 simulated lists/);
  });

  it("say what is undefined, and why", () => {
    const hidden = assess(plan, undefined, { knowledge: "hidden" });
    const [table] = assessmentTables([hidden]);
    expect(table!.rows.find(([name]) => name === "Deterministic allocations")?.[1]).toBe("not computed");
    expect(undefinedLines(hidden).join(" ")).toMatch(/forced/i);
    expect(toAssessmentMarkdown(hidden, [])).toContain("Not defined or not computed:");
  });

  it("name every kind of design", () => {
    for (const kind of Object.keys(ALGORITHMS) as readonly ProcedureKind[]) {
      const { name, label } = designNames(procedureExample(kind));
      expect(`${name} ${label}`).not.toMatch(/undefined|\[object/);
    }
  });
});

describe("the HTML report", () => {
  const pictures = assessmentPlots([assessment]).map(({ plot }) => ({ plot, svg: "<svg><text>x</text></svg>" }));
  const html = toAssessmentHtml({ assessments: [assessment], pictures });

  it("holds all and loads nothing", () => {
    expect(html).toContain("<svg><text>x</text></svg>");
    expect(html).toContain("UNBLINDED");
    expect(html).toContain("X&lt;1>");
    expect(html).not.toMatch(/<script|<link|src=|https?:/);
    expect(html.match(/<figure/g)).toHaveLength(3);
  });

  it("refuses a drawing that could run something", () => {
    const [first] = pictures;
    for (const svg of [
      "<svg><script>1</script></svg>",
      '<svg onload="1"></svg>',
      "<p>",
      "<svg><foreignObject/></svg>",
    ]) {
      expect(
        issueOf(() => toAssessmentHtml({ assessments: [assessment], pictures: [{ ...first!, svg }] })),
      ).toMatchObject({
        code: "report.picture_invalid",
      });
    }
    expect(issueOf(() => toAssessmentHtml({ assessments: [], pictures }))).toMatchObject({
      code: "report.nothing_assessed",
    });
  });
});

describe("a recommendation", () => {
  const suggestions = suggest({ n: 10, ratio: [1, 1] });

  it("is the first that does what is asked, with its reasons", () => {
    const any = recommendation(suggestions)!;
    expect(any.design.rank).toBe(1);
    const stick = recommendation(suggestions, { fits: (own) => own.kind === "big-stick" && own.tolerance === 2 })!;
    // The big stick with tolerance 2: an even number of rows ends with D = 0 or 2, so 5 and 5, or 6 and 4.
    expect(stick.reasons.join(" ")).toContain(
      "At row 10, the end of a list, all groups are within one participant of their share, whatever is drawn",
    );
    const free = recommendation(suggestions, { fits: ({ kind }) => kind === "complete" })!;
    expect(free.reasons.join(" ")).toContain("with probability 65.6 %");
    const fixed = recommendation(suggestions, { fixedSizes: true })!;
    expect(fixed.reasons.join(" ")).toContain("whatever is drawn");
    expect(fixed.design.rank).toBe(1);
  });

  it("has a sentence for the protocol, the same for all parameters, and one for the specification with them", () => {
    const blocks = suggestions.filter((own) => own.isWithinLimits && own.procedure.kind === "permuted-block");
    expect(blocks.length).toBeGreaterThan(1);
    const told = blocks.map((own) =>
      recommendation(suggestions, { fits: (procedure) => procedure === own.procedure })!,
    );
    expect(new Set(told.map(({ forProtocol }) => forProtocol)).size).toBe(1);
    expect(told[0]!.forProtocol).toMatch(/^Participants are allocated 1:1 by permuted blocks, .* can see\.$/u);
    // Not one digit but those of the ratio: no size, no threshold.
    for (const { forProtocol } of told) expect(forProtocol.replace("1:1", "")).not.toMatch(/\d/u);
    for (const { design, forSpecification } of told) {
      const { deterministic, predictability, rank } = design;
      expect(forSpecification).toContain(suggestionName(design).split(" = ")[0]);
      expect(forSpecification).toContain(`in a list of 10 rows ${(100 * deterministic!.value).toFixed(1)} %`);
      expect(forSpecification).toContain(`${(100 * predictability).toFixed(1)} % of what can be guessed`);
      expect(forSpecification).toContain(`rank ${rank} of the ${suggestions.length} procedures compared (exact)`);
    }
  });

  it("names what was passed over, and the planned design", () => {
    const last = suggestions.at(-1)!;
    const first = suggestions[0]!.procedure;
    const second = recommendation(suggestions, { fits: (own) => own !== first, against: last })!;
    expect(second.design.rank).toBe(2);
    expect(second.reasons.join(" ")).toMatch(/does not fit the list: permuted blocks of 2 and 4.*has rank \d+/);
    expect(recommendation(suggestions, { against: suggestions[0]! })!.headline).toMatch(/^Keep /);
    expect(recommendation(suggestions, { fits: () => false })).toBeUndefined();
  });

  it("says where the errors of a simulation leave the rank open", () => {
    const ranked = suggest({ n: 48, ratio: [1, 1], sites: 3, factors: [2] });
    const open = (from: number, factor: number): string | undefined => {
      const scaled = ranked.map((own) => ({
        ...own,
        standardErrors: { ...own.standardErrors, score: own.standardErrors.score * factor },
      }));
      const first = scaled[from]!;
      const fits = (own: Suggestion["procedure"]): boolean =>
        scaled.findIndex(({ procedure }) => procedure === own) >= from;
      const { design, reasons } = recommendation(scaled, { fits })!;
      expect(design.rank).toBe(first.rank);
      return reasons.find((reason) => reason.includes("is not settled"));
    };
    const simulated = ranked.findIndex(({ method, isWithinLimits }) => method === "simulated" && isWithinLimits);
    expect(open(simulated, 0)).toBeUndefined();
    expect(open(simulated, 1e6)).toContain("The rank beside ");
  });

  it("stands in a table with one line for each design, which says how it was found", () => {
    const { columns, rows } = suggestionTable(suggestions);
    expect(rows).toHaveLength(suggestions.length);
    expect(new Set(rows.map((row) => row[columns.indexOf("Method")]))).toEqual(new Set(["exact"]));
    const within = rows.find(([, design]) => design === "complete randomization")![
      columns.indexOf("Groups within one at the end")
    ];
    // Binomial(10, 1/2): 4, 5 or 6 of 10, (210 + 252 + 210) / 1024.
    expect(within).toBe("65.6 %");
  });
});

describe("simulated numbers", { tags: ["ASSESS-002"] }, () => {
  const plan = {
    trial: "T",
    part: "main",
    list: "T-1",
    arms: { cells: 1, placebo: 1 },
    procedure: { kind: "permuted-block", sizes: [4, 6] },
    length: 40,
  };
  const simulated = assess(plan, undefined, { simulation: { seed: "report", trials: 500 } });
  const tables = assessmentTables([simulated]);
  const cell = (name: string): string => tables[0]!.rows.find(([own]) => own === name)![1]!;

  it("stand with their standard error, and are left out where there is none", () => {
    expect(cell("Correct guesses: convergence strategy (Blackwell-Hodges)")).toMatch(/% \(SE 0\.\d\d\)$/);
    expect(cell("Largest imbalance at any row, 95 % quantile")).toBe("not computed");
    expect(cell("States; method")).toMatch(/500 simulated lists$/);
    for (const row of tables.find(({ title }) => title.startsWith("Group sizes"))!.rows) {
      expect(row[2]).toMatch(/\(SE \d/);
      expect(row.slice(3, 6)).toEqual(["not computed", "not computed", "not computed"]);
      expect(row.at(-1)).toBe("500 simulated lists");
    }
  });

  it("take no maximum of noise: blocks keep 1:1 at every row, exactly", () => {
    expect(cell("Largest deviation of P(arm) from the ratio, exact")).toBe("0.000");
    expect(simulated.lists[0]!.measures.largestRatioDeviation).toEqual({ value: 0, row: 0, arm: 0 });
    expect(simulated.lists[0]!.measures.byRow.armProbability[0]).toEqual(
      Array.from({ length: 40 }, () => expect.closeTo(0.5, 12) as number),
    );
  });
});
