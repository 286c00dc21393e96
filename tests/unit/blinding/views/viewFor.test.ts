import { inspect } from "node:util";
import { boundList, listBinding } from "../../../../src/list/index.js";
import { describe, expect, it } from "vitest";
import {
  assessorView,
  checkCommitteeLetters,
  dmcView,
  maskingOf,
  participantView,
  pharmacyView,
  siteView,
  sponsorView,
  toBlindedViewJson,
  toCommitteeViewJson,
  toUnblindedViewJson,
  unblindedIssuedView,
  unblindedLetters,
  unblindedStatisticianView,
  viewFileName,
  viewFor,
  type ListView,
  type ViewRequest,
} from "../../../../src/blinding/index.js";
import { generateKits } from "../../../../src/supply/index.js";
import { AllocellError, defineTrial, sle, type Trial } from "../../../../src/index.js";
import type { ViewRole } from "../../../../src/list/index.js";
import type { MaskedRole } from "../../../../src/trial/index.js";
import {
  applyEvent,
  assignNext,
  blindedConduct,
  chainEvent,
  EMPTY_CONDUCT,
  openListLog,
  skipNext,
  type ConductBody,
} from "../../../../src/allocation/index.js";
import { Seed } from "../../../../src/random/index.js";
import { draw, planOf, rowsOf } from "../../../support/plans.js";

const seed = Seed.test("views TEST");
const arms = { low: 1, medium: 1, high: 1, placebo: 1 };
const plan = planOf({
  trial: "NCT07041801",
  part: "single-dose",
  list: "SLE-1",
  arms,
  strata: [{ factor: "site", levels: ["01", "02"] }],
  length: 8,
});
const master = draw(plan, seed);
const rows = rowsOf(master);
const kits = generateKits(
  { trial: "NCT07041801", list: "KITS", prefix: "KM", batches: [Object.keys(arms).map((arm) => ({ arm, count: 8 }))] },
  seed,
);
const bySite = (level: string): typeof rows => rows.filter(({ stratum }) => stratum[0]![1] === level);
const issued = {
  participants: [
    { participant: "P-1", number: bySite("02")[0]!.number },
    { participant: "P-2", number: bySite("01")[0]!.number },
    { participant: "P-3" },
    { participant: "P-4", number: bySite("01")[1]!.number },
  ],
  bindings: [listBinding(master)],
};
const ANSWERS = { "placebo.composition": "saline", "masking.unblindedRoles": "statistician, pharmacy" };

/** The SLE trial with another masking of its parts. */
const trialWith = (who: readonly MaskedRole[]): Trial =>
  defineTrial({
    ...structuredClone(sle),
    parts: sle.parts.map((part) => ({
      ...part,
      masking: {
        level: ["none", "single", "double", "triple", "quadruple"][who.length],
        ...(who.length === 0 ? {} : { who }),
      },
    })),
  });
const EVERYBODY: readonly MaskedRole[] = ["participant", "care-provider", "investigator", "outcomes-assessor"];
const request = (who = EVERYBODY, more: Partial<ViewRequest> = {}): ViewRequest => ({
  master,
  trial: trialWith(who),
  assumptions: who.length === 0 ? {} : ANSWERS,
  issued,
  kits,
  seed,
  participant: "P-1",
  ...more,
});
const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (AllocellError.is(error)) return error.code;
    throw error;
  }
  return "nothing thrown";
};
const formatOf = (role: ViewRole, who: readonly MaskedRole[], more: Partial<ViewRequest> = {}): string =>
  viewFor(role, request(who, more)).format.replace(/^allocell-|-view-1$/g, "");

describe("the view for a role", { tags: ["BLIND-004"] }, () => {
  const ROLES: readonly ViewRole[] = [
    "statistician",
    "pharmacy",
    "site",
    "care-provider",
    "investigator",
    "participant",
    "outcomes-assessor",
    "sponsor",
    "committee",
  ];

  it.each([
    [[], "statistician pharmacy issued issued issued issued issued issued issued"],
    [["outcomes-assessor"], "statistician pharmacy issued issued issued issued masked-person site committee"],
    [["participant"], "statistician pharmacy issued issued issued masked-person issued site committee"],
    [["participant", "investigator"], "statistician pharmacy site issued site masked-person issued site committee"],
    [
      ["participant", "care-provider", "outcomes-assessor"],
      "statistician pharmacy site site issued masked-person masked-person site committee",
    ],
    [EVERYBODY, "statistician pharmacy site site site masked-person masked-person site committee"],
  ] as [MaskedRole[], string][])("follows the masking of %j", (who, formats) => {
    expect(ROLES.map((role) => formatOf(role, who)).join(" ")).toBe(formats);
  });

  it("follows who is named as unblinded", () => {
    const assumptions = { ...ANSWERS, "masking.unblindedRoles": "committee, sponsor" };
    expect(formatOf("sponsor", EVERYBODY, { assumptions })).toBe("issued");
    expect(formatOf("committee", EVERYBODY, { assumptions })).toBe("issued");
    expect(codeOf(() => viewFor("pharmacy", request(EVERYBODY, { assumptions })))).toBe("blinding.role_masked");
  });

  it.each([
    ["site", "issued"],
    ["outcomes-assessor", "issued", ["participant"]],
    ["pharmacy", "kits"],
    ["committee", "seed"],
    ["participant", "participant", ["investigator"]],
  ] as [ViewRole, keyof ViewRequest, (readonly MaskedRole[])?][])("of %s needs %s", (role, field, who = EVERYBODY) => {
    const rest = Object.fromEntries(Object.entries(request(who)).filter(([name]) => name !== field));
    expect(codeOf(() => viewFor(role, rest as unknown as ViewRequest))).toBe("blinding.input_missing");
  });

  it("is refused for another trial, an unknown participant, and a masking of another part", () => {
    expect(codeOf(() => viewFor("site", { ...request(), trial: { ...sle, id: "OTHER" } }))).toBe(
      "blinding.trial_differs",
    );
    expect(codeOf(() => viewFor("participant", request(["investigator"], { participant: "P-9" })))).toBe(
      "blinding.participant_unknown",
    );
    const ofOne = (participant: string): unknown => viewFor("participant", request(["investigator"], { participant }));
    expect(ofOne(" ｐ-1")).toEqual(ofOne("P-1"));
    const other = maskingOf(sle, "multiple-dose", { ...ANSWERS, "placebo.infusions": "two" });
    expect(codeOf(() => sponsorView(master, issued, other))).toBe("blinding.part_differs");
  });
});

describe("what is in each view", { tags: ["BLIND-004"] }, () => {
  it("the statistician's: everything", () => {
    const view = unblindedStatisticianView(master);
    expect(view.rows).toEqual(rows);
    expect(view.plan).toEqual(plan);
  });

  it("the pharmacy's: number to arm, dose rule, kits; no block, ratio or seed mark", () => {
    const view = pharmacyView(master, sle, kits);
    expect(view.rows).toEqual(rows.map(({ number, stratum, arm }) => ({ number, stratum, arm })));
    expect(view.arms.find(({ arm }) => arm === "high")).toMatchObject({ dose: { kind: "per-kg", amount: "5000000" } });
    expect(view.kits).toEqual(kits.unblindedKits().kits);
    expect(JSON.stringify(view)).not.toMatch(/block|ratio|position|seed|sizes/i);
  });

  it("the site's: its own issued numbers in the order of issue, and not one more", () => {
    const view = siteView(master.blinded(), issued, { site: "01" });
    expect(Object.keys(view).sort()).toEqual(["format", "list", "part", "role", "rows", "status", "trial", "world"]);
    expect(view.rows.map(({ participant }) => participant)).toEqual(["P-2", "P-4"]);
    expect(Object.keys(view.rows[0]!)).toEqual(["participant", "number", "stratum"]);
    expect(siteView(master.blinded(), issued).rows.map(({ participant }) => participant)).toEqual([
      "P-1",
      "P-2",
      "P-4",
    ]);
    expect(siteView(master.blinded(), { participants: [] }).rows).toEqual([]);
  });

  it("a masked participant's and assessor's: trial, part and status, nothing of the list", () => {
    for (const view of [participantView(master.blinded()), assessorView(master.blinded())]) {
      expect(Object.keys(view).sort()).toEqual(["format", "part", "role", "status", "trial", "world"]);
      expect(JSON.stringify(view)).not.toMatch(/SLE-1|R0/);
    }
  });

  it("an unmasked participant's: the own treatment only", () => {
    const view = viewFor("participant", request(["investigator"]));
    expect(view).toMatchObject({ world: "unblinded", rows: [{ participant: "P-1", arm: bySite("02")[0]!.arm }] });
    expect("rows" in view && view.rows).toHaveLength(1);
  });

  it("that of anybody unmasked but the list's keepers: issued rows only, without block and ratio", () => {
    const view = unblindedIssuedView(master, issued, { site: "01" });
    expect(view.rows.map(({ arm }) => arm)).toEqual(
      bySite("01")
        .slice(0, 2)
        .map(({ arm }) => arm),
    );
    expect(JSON.stringify(view)).not.toMatch(/block|ratio|position|seed|sizes/i);
  });

  it("the committee's: letters by a key of their own, counted as far as issued", () => {
    const view = dmcView(master, seed, issued);
    const letters = unblindedLetters(master, seed);
    expect([...letters.values()].sort()).toEqual(["A", "B", "C", "D"]);
    expect(view.rows.map(({ group }) => group)).toEqual(
      view.rows.map(({ number }) => letters.get(rows.find((row) => row.number === number)!.arm)),
    );
    expect(view.groups.map(({ group }) => group)).toEqual(["A", "B", "C", "D"]);
    expect(view.groups.reduce((sum, { participants }) => sum + participants, 0)).toBe(3);
    expect(JSON.stringify(view)).not.toMatch(/low|medium|high|placebo/);
    expect(codeOf(() => dmcView(master, Seed.test("another"), issued))).toBe("blinding.seed_differs");
  });

  it("letters follow the seed and every order occurs about equally often", () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 600; i += 1) {
      const own = Seed.test(`letters ${i}`);
      const order = [
        ...unblindedLetters(
          draw(
            planOf({ arms: { a: 1, b: 1, c: 1 }, length: 12, procedure: { kind: "permuted-block", sizes: [3] } }),
            own,
          ),
          own,
        ).keys(),
      ].join("");
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    // Six orders, 100 expected each, standard deviation 9.1: five of them.
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(46);
  });

  it("letters of unequal shares show, which is said", () => {
    expect(checkCommitteeLetters(master)).toEqual([]);
    const unequal = draw(planOf({ arms: { a: 2, b: 1 }, procedure: { kind: "permuted-block", sizes: [3] } }));
    expect(checkCommitteeLetters(unequal).map(({ code }) => code)).toEqual(["blinding.letters_show"]);
  });

  it.each([
    ["blinding.number_unknown", { ...issued, participants: [{ participant: "P", number: "R9" }] }],
    ["blinding.number_repeated", { ...issued, participants: [issued.participants[0]!, issued.participants[0]!] }],
  ])("is refused with %s", (code, wrong) => {
    expect(codeOf(() => siteView(master.blinded(), wrong))).toBe(code);
    expect(codeOf(() => unblindedIssuedView(master, wrong))).toBe(code);
    expect(codeOf(() => dmcView(master, seed, wrong))).toBe(code);
  });

  it("is refused for a site that the list does not have", () => {
    for (const where of [{ site: "9" }, { Site: "01" }, { __proto__x: "1" }]) {
      expect(codeOf(() => siteView(master.blinded(), issued, where))).toBe("blinding.levels_unknown");
    }
  });

  it("is refused with kits that do not belong to the list", () => {
    const other = { trial: "NCT07041801", list: "K2", prefix: "KN", batches: [[{ arm: "double", count: 1 }]] };
    expect(codeOf(() => pharmacyView(master, sle, generateKits(other, seed)))).toBe("blinding.kit_arm_unknown");
    expect(codeOf(() => pharmacyView(master, sle, generateKits({ ...other, trial: "X" }, seed)))).toBe(
      "blinding.trial_differs",
    );
  });
});

describe("the conduct of a list", { tags: ["BLIND-004"] }, () => {
  it("is what was issued so far: its blinded form goes straight into a view", () => {
    let state = EMPTY_CONDUCT;
    const add = (body: ConductBody): void => {
      state = applyEvent(state, chainEvent(state, body, { at: "2026-03-02T09:00:00Z", actor: "site staff" }));
    };
    add(openListLog(boundList(master)));
    add(assignNext(state, { participant: "P-1", stratum: { site: "02" } }));
    add(skipNext(state, { stratum: { site: "02" }, reason: "envelope torn" }));
    add(assignNext(state, { participant: "P-2", stratum: { site: "02" } }));
    const conduct = blindedConduct(state);
    const numbers = [bySite("02")[0]!.number, bySite("02")[2]!.number];
    expect(siteView(master.blinded(), conduct).rows.map(({ number }) => number)).toEqual(numbers);
    // A position that was passed over is nobody's: it is not in a view.
    expect(JSON.stringify(siteView(master.blinded(), conduct))).not.toContain(bySite("02")[1]!.number);
    expect(dmcView(master, seed, conduct).rows).toHaveLength(2);
  });

  it("is joined with the very list that issued the numbers, and with no other of its id", () => {
    const otherSeed = Seed.test("another TEST seed");
    const other = draw(plan, otherSeed);
    expect(codeOf(() => unblindedIssuedView(other, issued))).toBe("custody.list_differs");
    expect(codeOf(() => dmcView(other, otherSeed, issued))).toBe("custody.list_differs");
    expect(codeOf(() => viewFor("sponsor", request([], { master: other })))).toBe("custody.list_differs");
  });
});

describe("rule 26: a view as a file", { tags: ["BLIND-004"] }, () => {
  const site = siteView(master.blinded(), issued);
  const open = unblindedIssuedView(master, issued);
  const committee = dmcView(master, seed, issued);

  it("is written by the function of its own world only, by type and at run time", () => {
    expect(JSON.parse(toBlindedViewJson(site))).toMatchObject({ role: "site", rows: [{ participant: "P-1" }, {}, {}] });
    expect(toUnblindedViewJson(open)).toContain('"arm":');
    expect(toCommitteeViewJson(committee)).toContain('"group":');
    // @ts-expect-error -- treatments never leave as blinded
    expect(codeOf(() => toBlindedViewJson(open))).toBe("blinding.world_differs");
    // @ts-expect-error -- letters never leave as blinded
    expect(codeOf(() => toBlindedViewJson(committee))).toBe("blinding.world_differs");
    // @ts-expect-error -- a blinded view has no treatment
    expect(codeOf(() => toUnblindedViewJson(site))).toBe("blinding.world_differs");
    // @ts-expect-error -- nor is it for the committee
    expect(codeOf(() => toCommitteeViewJson(site))).toBe("blinding.world_differs");
    // @ts-expect-error -- an object that only looks like a view was not made by this room
    expect(codeOf(() => toUnblindedViewJson({ ...site, world: "blinded" }))).toBe("blinding.world_differs");
  });

  it("has a name that says what is in it", () => {
    const nameOf = (role: ViewRole, who = EVERYBODY): string => viewFileName(viewFor(role, request(who)));
    expect(nameOf("site")).toBe("SLE-1.TEST.blinded.site.json");
    expect(nameOf("site", [])).toBe("SLE-1.TEST.UNBLINDED.site.json");
    expect(nameOf("pharmacy")).toBe("SLE-1.TEST.UNBLINDED.pharmacy.json");
    expect(nameOf("statistician")).toBe("SLE-1.TEST.UNBLINDED.statistician.json");
    expect(nameOf("committee")).toBe("SLE-1.TEST.COMMITTEE-ONLY.committee.json");
    expect(nameOf("participant")).toBe("NCT07041801.single-dose.TEST.blinded.participant.json");
  });
});

describe("rule 4: blinded views and their errors", { tags: ["BLIND-004"] }, () => {
  it("have no treatment by any way of looking at them, and cannot be changed", () => {
    const blinded: readonly ListView[] = (["site", "participant", "outcomes-assessor", "sponsor"] as const).map(
      (role) => viewFor(role, request()),
    );
    for (const view of blinded) {
      expect(view.world).toBe("blinded");
      const shown = [
        JSON.stringify(view),
        inspect(view, { depth: 20, showHidden: true, getters: true }),
        // eslint-disable-next-line @typescript-eslint/no-base-to-string -- what a conversion gives away is the question
        String(view),
        JSON.stringify({ ...view }),
        JSON.stringify(structuredClone(view)),
        Reflect.ownKeys(view).map(String).join(),
      ].join("\n");
      expect(shown).not.toMatch(/low|medium|high|placebo|active|block|ratio|seed/i);
      expect(Object.isFrozen(view)).toBe(true);
      if ("rows" in view)
        expect(Object.isFrozen(view.rows) && view.rows.every((row) => Object.isFrozen(row))).toBe(true);
    }
    for (const wrong of [
      { ...issued, participants: [{ participant: "P", number: "R9" }] },
      { ...issued, participants: [issued.participants[0]!, issued.participants[0]!] },
    ]) {
      try {
        siteView(master.blinded(), wrong);
        expect.unreachable();
      } catch (error) {
        const text = JSON.stringify(error) + inspect(error, { depth: 9, showHidden: true }).replace(/\n\s+at .*/g, "");
        expect(text).not.toMatch(/low|medium|high|placebo/);
      }
    }
  });
});
