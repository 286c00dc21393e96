import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blindedManifest, generateList, parsePlan, unblindedManifest } from "../../../../src/list/index.js";
import {
  toListRecord,
  toListSpecification,
  toM11Sections,
  toProtocolParagraph,
  toReportingItems,
  toUsdmFragment,
  type ListDescription,
} from "../../../../src/report/index.js";
import { issueOf } from "../../../support/issueOf.js";
import { example, sle, testSeed } from "../../audit/exampleAudit.js";

const { plan, trial } = sle;
const list = generateList({ plan, trial, seed: testSeed });
const files = [{ file: "SLE-SD-01.TEST.blinded.csv", sha256: "ab".repeat(32) }];
const generation = { at: "2026-01-10T08:00:00.000Z", by: "A. Statistician", runtime: "node test" };
const manifest = unblindedManifest(list, "cd".repeat(32), files, generation);
const whole: ListDescription = { plan, trial, manifest };
const BLANK = "______________________";

describe("the sections of ICH M11", { tags: ["DOC-001"] }, () => {
  const text = toM11Sections({ plan, trial });

  it("have design, interventions with dose and schedule, assignment, blinding and code break", () => {
    for (const words of [
      "## 4.1 Description of Trial Design\n\nA randomized, blinded, parallel-group trial of about 58 participants",
      "| hUC-MSCs treatment \\(low dose\\) | 1 million cells/kg |".replaceAll("\\", ""),
      "### 6.7.2 Randomisation\n\nParticipants of the single-dose part are allocated to",
      "in the ratio 1:1:1:1 by permuted blocks, stratified by site",
      "### 6.7.4 Emergency Unblinding at the Site\n\nThe treatment of a single participant is disclosed only if",
    ])
      expect(text).toContain(words);
  });

  it("are the same text whatever the block sizes are, and leave blank what no source states", () => {
    const procedure = { kind: "permuted-block", sizes: [8, 12], lastBlock: "cut" };
    expect(toM11Sections({ plan: parsePlan({ ...plan, procedure, length: 77 }), trial })).toBe(text);
    expect(text).toContain(BLANK);
  });

  it("say of an open part that nobody is blinded", () => {
    const open = { ...trial, parts: trial.parts.map((part) => ({ ...part, masking: { level: "none" as const } })) };
    expect(toM11Sections({ plan, trial: open })).toContain("Not applicable: nobody is blinded in this part.");
  });
});

describe("the fragment of USDM", { tags: ["DOC-001"] }, () => {
  interface Usdm {
    readonly usdmVersion: string;
    readonly study: {
      readonly versions: readonly {
        readonly roles: readonly { readonly code: { readonly code: string } }[];
        readonly studyInterventions: readonly {
          readonly id: string;
          readonly administrations: readonly {
            readonly description: string;
            readonly dose?: {
              readonly value: number;
              readonly unit: { readonly standardCode: { readonly code: string } };
            };
          }[];
        }[];
        readonly narrativeContentItems: readonly { readonly name: string; readonly text: string }[];
        readonly studyDesigns: readonly {
          readonly arms: readonly { readonly id: string; readonly type?: { readonly code: string } }[];
          readonly elements: readonly { readonly id: string; readonly studyInterventionIds: readonly string[] }[];
          readonly studyCells: readonly { readonly armId: string; readonly elementIds: readonly string[] }[];
        }[];
      }[];
    };
  }
  const read = (description: ListDescription) => JSON.parse(toUsdmFragment(description)) as Usdm;

  it("says schedule and code break in the words of the protocol", () => {
    const [version] = read({ plan, trial }).study.versions;
    const schedules = version?.studyInterventions.flatMap(({ administrations }) =>
      administrations.map(({ description }) => description),
    );
    expect(schedules?.length).toBeGreaterThan(0);
    const m11 = toM11Sections({ plan, trial });
    for (const words of schedules ?? []) expect(m11).toContain(words);
    const told = version?.narrativeContentItems ?? [];
    expect(told.map(({ name }) => name)).toEqual([
      "Allocation concealment and implementation",
      "Measures to maintain blinding",
      "Emergency unblinding at the site",
    ]);
    expect(m11).toContain(`### 6.7.4 Emergency Unblinding at the Site\n\n${told[2]?.text ?? "missing"}`);
  });

  it.each(["sle", "uc"] as const)(
    "of %s joins arms, cells, elements and interventions by ids that are there",
    (name) => {
      const { usdmVersion, study } = read(name === "sle" ? { plan, trial } : example("uc"));
      expect(usdmVersion).toBe("4.0.0");
      const [version] = study.versions;
      const [design] = version?.studyDesigns ?? [];
      const ids = new Set(version?.studyInterventions.map(({ id }) => id));
      expect(design?.studyCells.map(({ armId }) => armId)).toEqual(design?.arms.map(({ id }) => id));
      const elements = new Set(design?.elements.map(({ id }) => id));
      for (const { elementIds } of design?.studyCells ?? [])
        for (const id of elementIds) expect(elements).toContain(id);
      for (const { studyInterventionIds } of design?.elements ?? [])
        for (const id of studyInterventionIds) expect(ids).toContain(id);
      for (const { type } of design?.arms ?? []) expect(type?.code).toMatch(/^C\d+$/u);
    },
  );

  it("states planned doses in millions with a unit of UCUM, and masked roles by code", () => {
    const [version] = read({ plan, trial }).study.versions;
    const doses = version?.studyInterventions.flatMap(({ administrations }) => administrations.map(({ dose }) => dose));
    expect(doses?.map((dose) => dose && [dose.value, dose.unit.standardCode.code])).toEqual([
      [1, "10*6.{cells}/kg"],
      [3, "10*6.{cells}/kg"],
      [5, "10*6.{cells}/kg"],
      undefined,
    ]);
    expect(version?.roles.map(({ code }) => code.code)).toEqual(["C41189", "C17445", "C25936", "C207599"]);
  });

  it("has no ratio and no block size: it is the same text for every procedure and ratio", () => {
    const procedure = { kind: "permuted-block", sizes: [10, 20], lastBlock: "cut" };
    const arms = { low: 2, medium: 1, high: 1, placebo: 1 };
    const text = toUsdmFragment({ plan, trial });
    expect(toUsdmFragment({ plan: parsePlan({ ...plan, arms, procedure, length: 80 }), trial })).toBe(text);
    expect(text).not.toMatch(/\bratio\b|\bblock/iu);
  });
});

describe("the protocol paragraph", { tags: ["DOC-001"] }, () => {
  const text = toProtocolParagraph({ plan, trial });

  it("says ratio, arms, factors, who is blinded, and where the rest is", () => {
    for (const words of [
      "in the ratio 1:1:1:1 by permuted blocks, stratified by site",
      "separate confidential document that is unavailable to those who enrol",
      "hUC-MSCs treatment (low dose), hUC-MSCs treatment (medium dose), hUC-MSCs treatment (high dose) and Placebo",
      "Blinded after assignment: participants, care providers, investigators, outcome assessors.",
      "discloses no other participant's treatment",
    ]) {
      expect(text).toContain(words);
    }
  });

  it("has no block size: no number at all but the ratio, the trial's id, doses and items", () => {
    const rest = text
      .replace("1:1:1:1", "")
      .replaceAll(trial.id, "")
      .replaceAll(/SPIRIT 2025/g, "")
      .replaceAll(/2[1-4][abc]?(?=[, |])/g, "");
    expect(rest).not.toMatch(/\d/);
    expect(text).not.toMatch(/size|\bfixed\b|random(ly)? (varying|chosen)|weight|seed mark|whole|\bcut\b/i);
  });

  it("is the same text whatever sizes, weights, policy, length and seed are", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("whole", "cut"),
        fc.integer({ min: 1, max: 99 }),
        fc.boolean(),
        (multiples, lastBlock, length, isWeighted) => {
          const sizes = multiples.map((m) => 4 * m);
          const procedure = { kind: "permuted-block", sizes, lastBlock, ...(isWeighted ? { weights: sizes } : {}) };
          const other = parsePlan({ ...plan, procedure, length });
          expect(toProtocolParagraph({ plan: other, trial })).toBe(text);
          expect(toReportingItems({ plan: other, trial }, "spirit-2025")).toBe(
            toReportingItems({ plan, trial }, "spirit-2025"),
          );
        },
      ),
      { numRuns: 50 },
    );
  });

  it("hides the parameters of other procedures too", () => {
    const of = (tolerance: number): string => {
      const procedure = { kind: "big-stick", tolerance };
      return toProtocolParagraph({ plan: parsePlan({ ...plan, arms: { low: 1, placebo: 1 }, procedure }), trial });
    };
    expect(of(3)).toBe(of(4));
    expect(of(3)).toContain("the big stick design");
    expect(toProtocolParagraph({ plan: parsePlan({ ...plan, procedure: { kind: "complete" } }), trial })).not.toContain(
      "separate",
    );
  });

  it("says where roles are not stated, and that nobody is blinded in an open part", () => {
    expect(toProtocolParagraph(example("uc"))).toContain('masking is "single" (the roles are not stated)');
    const open = { ...trial, parts: trial.parts.map((part) => ({ ...part, masking: { level: "none" as const } })) };
    expect(toProtocolParagraph({ plan, trial: open })).toContain("Nobody is blinded in this part.");
  });
});

describe("the confidential specification", { tags: ["DOC-001"] }, () => {
  const text = toListSpecification(whole);

  it("says that it is unblinded, and everything but the seed", () => {
    for (const words of [
      "UNBLINDED, CONFIDENTIAL",
      "| Block sizes | 4, 8 |",
      "| Selection weights | all sizes equally likely |",
      "| Last block | whole |",
      "| Ratio | 1:1:1:1 |",
      "| Algorithm | allocell-pb-1 |",
      "site: 01, 02",
      "| site 02 | 24 |",
      manifest.planHash,
      "knows past allocations, the design and the size of each block | 0.173 | 0.479",
      "knows past allocations and the design only | 0.068 | 0.479",
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain(`| Approved by | ${BLANK} | ${BLANK} | ${BLANK} |`);
  });

  it("has empty places while there is no list", () => {
    expect(toListSpecification({ plan, trial })).toContain(`| SHA-256 of the plan | ${BLANK} |`);
  });
});

describe("the reporting items", { tags: ["DOC-001"] }, () => {
  it("of CONSORT 2025 state block sizes, and say when they may be shown", () => {
    const text = toReportingItems(whole, "consort-2025");
    for (const item of ["17a", "17b", "18", "19", "20a", "20b"]) expect(text).toContain(`| ${item} |`);
    expect(text).toContain("block sizes 4, 8");
    expect(text).toContain("Generated by A. Statistician, with allocell");
    expect(text).toContain("not before the last participant is allocated");
  });

  it("of SPIRIT 2025 omit them, with or without a list", () => {
    const text = toReportingItems(whole, "spirit-2025");
    for (const item of ["21a", "21b", "22", "23", "24a", "24b", "24c"]) expect(text).toContain(`| ${item} |`);
    expect(text).not.toMatch(/sizes? \d|4, 8/);
    expect(text).toBe(toReportingItems({ plan, trial }, "spirit-2025"));
  });
});

describe("the record of the list", { tags: ["DOC-001"] }, () => {
  it("names who, when, versions and hashes, with empty places for signatures and transfers", () => {
    const text = toListRecord(whole);
    for (const words of [
      "A. Statistician",
      "2026-01-10T08:00:00.000Z",
      "node test",
      "ab".repeat(32),
      "| TEST or LIVE | TEST |",
    ]) {
      expect(text).toContain(words);
    }
    expect(text.split("\n").filter((line) => line.startsWith(`| ${BLANK} | ${BLANK} | ${BLANK} |`))).toHaveLength(4);
  });

  it("holds no ratio, block size or seed mark, and says all the same that it is unblinded", () => {
    const text = toListRecord(whole);
    expect(text).not.toContain("1:1:1:1");
    expect(text).not.toContain(manifest.seedMark);
    expect(text).not.toMatch(/block|placebo/i);
    expect(text).toContain("UNBLINDED");
  });
});

describe("descriptions", { tags: ["DOC-001"] }, () => {
  it("refuse another trial", () => {
    expect(issueOf(() => toProtocolParagraph({ plan, trial: example("uc").trial })).code).toBe("report.trial_differs");
  });

  it("keep tables whole whatever a title holds", () => {
    const odd = { ...trial, title: "A | B\nC" };
    expect(toListRecord({ plan, trial: odd })).toContain("A \\| B C |");
    expect(blindedManifest(list, [], "").format).toBe("allocell-blinded-manifest-1");
  });
});

describe("texts of the trial and the plan in Markdown", { tags: ["DOC-001"] }, () => {
  const hostile = `<script>x</script> | *a* _b_ [c](http://d) \`e\` &lt;\n# f`;
  const named = {
    ...trial,
    title: hostile,
    parts: trial.parts.map((part) => ({ ...part, title: hostile })),
    arms: trial.arms.map((arm) => ({ ...arm, label: hostile })),
  };
  const levels = { ...plan, strata: [{ factor: "age_group", levels: ["<65", ">=65"] }] };
  const described: ListDescription = {
    plan: levels,
    trial: named,
    manifest: { ...manifest, generation: { ...generation, by: hostile } },
  };

  it.each([
    ["protocol", toProtocolParagraph(described)],
    ["spirit", toReportingItems(described, "spirit-2025")],
    ["consort", toReportingItems(described, "consort-2025")],
    ["specification", toListSpecification(described)],
    ["record", toListRecord(described)],
  ])("format nothing in the document %s", (_, text) => {
    // What Markdown would act upon: no tag, link, code, entity, cell or heading that is not ours.
    expect(text).toMatch(/\\<script/i);
    const active = text.replace(/\\[\\`*_[\]<>|~&]/g, "").replaceAll(BLANK, "");
    expect(active).not.toMatch(/[<>`*_[\]]|&\w+;|^# f/im);
    const widths = text.split("\n").filter((line) => line.startsWith("|"));
    for (const line of widths) expect(line).toMatch(/^\| .* \|$/);
    expect(new Set(text.split("\n").filter((line) => line.startsWith("#")))).toEqual(
      new Set(text.split("\n").filter((line) => /^#{1,3} (?!f)/.test(line))),
    );
  });
});
