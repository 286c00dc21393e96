import { describe, expect, it } from "vitest";
import { AllocellError } from "../../../src/foundation/index.js";
import {
  completePathways,
  decisionTable,
  enumerateDesign,
  ESCALATION_RULES,
  nextStep,
  ownTableWarnings,
  parseEscalationDesign,
  readShare,
} from "../../../src/escalation/index.js";
import { escalationTables } from "../../../src/report/index.js";
import { REASONS } from "../../../src/escalation/reasons.js";
import { issueOf } from "../../support/issueOf.js";
import {
  boinSpec,
  designOf,
  EDGES,
  i3plus3Spec,
  mtpi2Spec,
  threeByThreeSpec,
  threePlusThreeSpec,
} from "../../support/escalationDesigns.js";

const codesOf = (input: unknown): readonly (readonly [string, string])[] => {
  try {
    parseEscalationDesign(input);
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues.map(({ code, path }) => [code, path] as const);
  }
};

describe("a design", { tags: ["ESC-001"] }, () => {
  it("is read for every rule", () => {
    for (const rule of [
      threePlusThreeSpec("escalate-only"),
      threePlusThreeSpec("de-escalate", true),
      threeByThreeSpec(2),
      boinSpec("1/4"),
      i3plus3Spec("0.25", "0.05"),
      mtpi2Spec("0.3", "0.05"),
    ]) {
      expect(codesOf(designOf(3, rule)), rule.kind).toEqual([]);
    }
  });

  it("has no hidden default: every option that is left out is missed by its name", () => {
    for (const rule of [
      threePlusThreeSpec("de-escalate"),
      threeByThreeSpec(2),
      boinSpec("1/4"),
      mtpi2Spec("1/4", "1/20"),
    ]) {
      for (const option of Object.keys(rule).filter((name) => name !== "kind")) {
        const without = Object.fromEntries(Object.entries(rule).filter(([name]) => name !== option));
        expect(codesOf(designOf(3, without as never)), option).toContainEqual([
          "escalation.design_invalid",
          `rule.${option}`,
        ]);
      }
    }
  });

  it.each([
    ["0.04", "escalation.target_out_of_range"],
    ["0.51", "escalation.target_out_of_range"],
    ["0", "escalation.target_out_of_range"],
    ["1", "escalation.target_out_of_range"],
    ["30%", "escalation.share_invalid"],
    ["30", "escalation.share_invalid"],
    ["0,3", "escalation.share_invalid"],
    ["1/0", "escalation.share_invalid"],
    ["3/2", "escalation.share_invalid"],
    ["-0.1", "escalation.share_invalid"],
    ["NaN", "escalation.share_invalid"],
    [0.3, "escalation.design_invalid"],
    [NaN, "escalation.design_invalid"],
    [null, "escalation.design_invalid"],
  ] as const)("refuses the target %s", (target, code) => {
    const rule = { ...boinSpec("1/4"), target } as never;
    expect(codesOf(designOf(3, rule))).toContainEqual([code, "rule.target"]);
    expect(codesOf(designOf(3, { ...mtpi2Spec("1/4", "1/20"), target } as never))).toContainEqual([
      code,
      "rule.target",
    ]);
  });

  it.each([
    [{ tooLow: "0.25" }, "escalation.boundaries_reversed", "rule.tooLow"],
    [{ tooLow: "0.3" }, "escalation.boundaries_reversed", "rule.tooLow"],
    [{ tooLow: "0" }, "escalation.boundaries_reversed", "rule.tooLow"],
    [{ tooHigh: "0.2" }, "escalation.boundaries_reversed", "rule.tooHigh"],
    [{ tooHigh: "1" }, "escalation.boundaries_reversed", "rule.tooHigh"],
    [{ tooLow: "0.24" }, "escalation.boundaries_too_near", "rule.tooLow"],
    [{ tooHigh: "0.26" }, "escalation.boundaries_too_near", "rule.tooHigh"],
    [{ elimination: { cutoff: "0.5", minimum: 3 } }, "escalation.share_out_of_range", "rule.elimination.cutoff"],
    [{ extraSafe: { offset: "0" } }, "escalation.share_out_of_range", "rule.extraSafe.offset"],
    [{ cohorts: [0] }, "escalation.design_invalid", "rule.cohorts.0"],
    [{ cohorts: [] }, "escalation.design_invalid", "rule.cohorts"],
    [{ maxTotal: "many" }, "escalation.design_invalid", "rule.maxTotal"],
    [{ skip: true }, "escalation.design_invalid", "rule.skip"],
  ] as const)("refuses %j", (other, code, path) => {
    expect(codesOf(designOf(3, boinSpec("1/4", other as never)))).toContainEqual([code, path]);
  });

  it.each([
    [i3plus3Spec("0.25", "0.25"), "escalation.interval_too_wide", "rule.equivalence.below"],
    [mtpi2Spec("0.5", "0.5"), "escalation.interval_too_wide", "rule.equivalence.above"],
    [mtpi2Spec("0.1", "0.05", { shortIntervals: "dropped" }), "escalation.never_escalates", "rule.shortIntervals"],
    [threePlusThreeSpec("escalate-only", true), "escalation.option_conflict", "rule.needSixAtMtd"],
    [{ kind: "crm" } as never, "escalation.design_invalid", "rule.kind"],
  ] as const)("refuses an interval or option that cannot be: %#", (rule, code, path) => {
    expect(codesOf(designOf(3, rule))).toContainEqual([code, path]);
  });

  it("refuses a dose table that is none, and tells all faults at once", () => {
    const rule = threePlusThreeSpec("de-escalate");
    const levels = (...doses: (string | undefined)[]) =>
      doses.map((dose, i) => ({ label: `L${i}`, ...(dose === undefined ? {} : { dose }) }));
    const codes = (input: unknown) =>
      codesOf({ levels: input, startLevel: 1, rule }).map(([code, path]) => `${code} ${path}`);
    expect(codes([])).toContain("escalation.design_invalid levels");
    expect(codes(levels("1E6 viable cells/kg", "1E6 viable cells/kg"))).toContain(
      "escalation.levels_invalid levels.1.dose",
    );
    expect(codes(levels("3E6 viable cells/kg", "1E6 viable cells/kg"))).toContain(
      "escalation.levels_invalid levels.1.dose",
    );
    expect(codes(levels("1E6 viable cells/kg", "3E6 cells/kg"))).toContain("escalation.levels_invalid levels.1.dose");
    expect(codes(levels("1E6 viable cells/kg", "3E6 viable cells"))).toContain(
      "escalation.levels_invalid levels.1.dose",
    );
    expect(codes(levels("1E6 viable cells/kg", undefined))).toContain("escalation.levels_invalid levels.1.dose");
    expect(codes([{ label: "a" }, { label: "A" }])).toContain("escalation.levels_invalid levels.1.label");
    expect(codes(levels("1E6", "many"))).toEqual([
      "quantity.unit_missing levels.0.dose",
      "quantity.malformed levels.1.dose",
    ]);
    const schedules = [
      { label: "once", dose: "2E6 viable cells/kg", administrations: "1" },
      { label: "twice", dose: "2E6 viable cells/kg", administrations: "2 every 28 days" },
    ];
    expect(codes(schedules)).toEqual([]);
    expect(codesOf({ levels: [{ label: "a" }], startLevel: 2, rule })).toContainEqual([
      ...["escalation.start_level_unknown", "startLevel"],
    ] as never);
  });
});

describe("a table of one's own", () => {
  const issueOfCells = (cells: ReturnType<typeof threeByThreeSpec>["cells"], other: object = {}) =>
    issueOf(() => parseEscalationDesign(designOf(3, threeByThreeSpec(2, { cells, ...other }))));
  const { cells } = threeByThreeSpec(2);

  it("must have a decision for every cell that can be reached, and no other cell", () => {
    expect(issueOfCells(cells.slice(0, 3))).toMatchObject({ code: "escalation.table_invalid", received: "3 of 3" });
    expect(issueOfCells([...cells, { n: 6, dlt: 0, decision: "stop" }])).toMatchObject({ received: "0 of 6" });
    const loop = cells.map((cell) => (cell.dlt === 1 ? { ...cell, decision: "stay" as const } : cell));
    expect(issueOfCells(loop).received).toBe("1 of 6, 2 of 6, 3 of 6, 4 of 6");
  });

  it("must not be milder for more DLTs, name a cell twice or count more DLTs than participants", () => {
    const milder = cells.map((cell) => (cell.dlt === 3 ? { ...cell, decision: "escalate" as const } : cell));
    expect(issueOfCells(milder)).toMatchObject({ code: "escalation.table_invalid", received: "3 of 3" });
    expect(issueOfCells([...cells, cells[0]!])).toMatchObject({ received: "0 of 3" });
    expect(issueOfCells([...cells, { n: 3, dlt: 4, decision: "stop" }])).toMatchObject({ received: "4 of 3" });
  });

  it("is warned of where more participants with as many DLTs lead to a stricter decision", () => {
    const spec = threeByThreeSpec(2, {
      cells: [
        { n: 3, dlt: 1, decision: "escalate" },
        { n: 6, dlt: 1, decision: "stop" },
      ],
    });
    expect(ownTableWarnings(spec)).toMatchObject([{ code: "escalation.table_unusual", received: "1 of 6" }]);
    expect(ownTableWarnings(threeByThreeSpec(2))).toEqual([]);
  });

  it("lets 1 of 3 pass without more participants, in which it differs from 3+3", () => {
    expect(nextStep(designOf(3, threeByThreeSpec(2)), "1NNT")).toMatchObject({ action: "escalate", level: 2 });
    expect(nextStep(designOf(3, threePlusThreeSpec("de-escalate")), "1NNT")).toMatchObject({
      action: "stay",
      level: 1,
    });
  });
});

describe("exact arithmetic", () => {
  it("says stay at 3 of 20 for i3+3 with the target 0.2 and 0.05 below, where doubles say escalate", () => {
    expect(3 / 20 < 0.2 - 0.05).toBe(true);
    const { rows } = decisionTable(designOf(2, i3plus3Spec("0.2", "0.05", { maxTotal: 20 })));
    expect(rows.find(({ n }) => n === 20)?.letters[3]).toBe("S");
  });

  it("eliminates strictly above the cutoff, also where a double would round to it", () => {
    const letterOf = (target: string, n: number, dlt: number): string => {
      const [top = "", bottom = ""] = target.split("/");
      const rule = boinSpec(`${Number(top)}/${Number(bottom)}`, { maxTotal: n });
      return decisionTable(designOf(2, rule)).rows[n - 1]!.letters[dlt]!;
    };
    expect(letterOf("1/4", 3, 2)).toBe("D");
    expect(letterOf("3/10", 14, 7)).toBe("D");
    expect(letterOf("3/10", 38, 16)).toBe("U");
    expect(letterOf("23/50", 13, 9)).toBe("D");
  });

  it("reads shares as they are written", () => {
    expect(readShare("0.15", "x")).toEqual({ numerator: 3n, denominator: 20n });
    expect(readShare("1/3", "x")).toEqual({ numerator: 1n, denominator: 3n });
  });

  it("finds 1 of 3 to be de-escalation at 0.25 and staying at 0.30, and BOIN the same as mTPI-2 at 0.25", () => {
    const letters = (rule: Parameters<typeof designOf>[1]) =>
      decisionTable(designOf(2, rule))
        .rows.slice(2)
        .map((row) => row.letters);
    expect(letters(boinSpec("1/4"))[0]![1]).toBe("D");
    expect(letters(boinSpec("3/10"))[0]![1]).toBe("S");
    expect(letters(boinSpec("1/4"))).toEqual(letters(mtpi2Spec("1/4", "1/20")));
  });
});

describe("small designs", () => {
  it("may have one level, one cohort, or cohorts of one", () => {
    expect(nextStep(designOf(1, boinSpec("1/4", { maxTotal: 3 })), "1NNN")).toMatchObject({ recommended: 1 });
    expect(nextStep(designOf(1, boinSpec("1/4", { cohorts: [1] })), "1N")).toMatchObject({ level: 1, size: 1 });
    expect(nextStep(designOf(1, threePlusThreeSpec("de-escalate")), "1NNN")).toMatchObject({ recommended: 1 });
    expect(decisionTable(designOf(1, boinSpec("1/4", { maxTotal: 1 }))).rows).toHaveLength(1);
  });

  it("stop without a dose where the only level is eliminated, and recommend a level with 0 of 6", () => {
    for (const rule of [boinSpec("1/4"), i3plus3Spec("1/4", "1/20"), mtpi2Spec("1/4", "1/20")]) {
      expect(nextStep(designOf(1, rule), "1TTT")).toMatchObject({ action: "stop", recommended: null });
    }
    const korn = designOf(2, threePlusThreeSpec("de-escalate"));
    expect(nextStep(korn, "1NNN 2TTN 1NNN")).toMatchObject({ action: "stop", recommended: 1 });
  });

  it("stops at level 1 earlier with extraSafe, and holds estimates to the de-escalation boundary where asked", () => {
    const safe = designOf(2, boinSpec("1/4", { extraSafe: { offset: "0.05" } }));
    expect(nextStep(safe, "1TTN")).toMatchObject({ action: "stop", reason: "lowest-too-toxic", recommended: null });
    expect(nextStep(designOf(2, boinSpec("1/4")), "1TTN")).toMatchObject({ action: "stay" });
    const selection = { kind: "isotonic", mustNotExceed: "de-escalation-boundary" } as const;
    const bounded = (mustNotExceed: object) => designOf(1, boinSpec("1/4", { maxTotal: 3, ...mustNotExceed }));
    expect(nextStep(bounded({}), "1TNN")).toMatchObject({ action: "stop", recommended: 1 });
    expect(nextStep(bounded({ selection }), "1TNN")).toMatchObject({ action: "stop", recommended: null });
  });
});

describe("the sources of the rules", () => {
  it("are the papers' own DOIs", () => {
    const doi = (kind: keyof typeof ESCALATION_RULES): readonly string[] =>
      [...(ESCALATION_RULES[kind].source ?? "").matchAll(/doi:(10\.[^;\s]+)/g)].map(([, own = ""]) => own);
    expect(doi("3+3")).toEqual(["10.2307/2531693", "10.1002/sim.4780131802"]);
    expect(doi("boin")).toEqual(["10.1111/rssc.12089", "10.1111/rssc.12541"]);
    expect(doi("i3+3")).toEqual(["10.1080/10543406.2019.1636811"]);
    expect(doi("mtpi-2")).toEqual(["10.1016/j.cct.2017.04.006", "10.1158/1078-0432.CCR-17-0220"]);
    expect(doi("own-table")).toEqual([]);
  });
});

describe("reasons", () => {
  it("each have one text that ends as a sentence, and no two are the same", () => {
    const texts = Object.values(REASONS);
    expect(new Set(texts).size).toBe(texts.length);
    for (const text of texts) expect(text).toMatch(/^[A-Z0-9].*\.$/);
    expect(EDGES.cohorts).toEqual([3]);
  });

  it.each([
    boinSpec("1/20", { elimination: { cutoff: "0.999", minimum: 1 }, earlyStop: { atLevel: 6, when: "reached" } }),
    boinSpec("1/2", { elimination: { cutoff: "0.5", minimum: 1 }, maxAtLevel: 3, lastCohort: "not-opened" }),
    i3plus3Spec("1/10", "1/10", { atLowest: "stop", atHighest: "stop", reescalation: "never", maxTotal: 10 }),
    mtpi2Spec("1/10", "1/20", { shortIntervals: "dropped", minToEscalate: 4 }),
    threePlusThreeSpec("de-escalate", true, { maxTotal: 7, stopCohortWhenDecided: true }),
  ])("are told for every stop, also where thresholds are odd (%#)", (rule) => {
    const { endings } = enumerateDesign(designOf(3, rule));
    expect(endings.length).toBeGreaterThan(3);
    for (const { reason } of endings) expect(REASONS[reason]).toMatch(/\.$/);
  });
});

describe("the recommended level", { tags: ["ESC-003"] }, () => {
  it("can be another than that of the last cohort, and both are told", () => {
    const design = designOf(3, boinSpec("1/4", { maxTotal: 9 }));
    const pathways = completePathways(design);
    const other = pathways.filter(
      ({ cohorts, recommended }) => recommended !== null && cohorts.at(-1)!.level !== recommended,
    );
    expect(other.length).toBeGreaterThan(3);
    // A level that was just left upward, and one that was never the last.
    expect(other.some(({ cohorts, recommended }) => cohorts.at(-1)!.level > recommended!)).toBe(true);
    const table = escalationTables({ design, pathways }).find(({ name }) => name === "pathways")!;
    const row = table.rows[pathways.indexOf(other[0]!)]!;
    const { cohorts, recommended } = other[0]!;
    expect(row[0]).toMatch(new RegExp(`${cohorts.at(-1)!.level}: \\d/3$`));
    expect(row[2]).toBe(`level ${recommended}`);
  });
});
