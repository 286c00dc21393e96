/* No size depends on a draw: all that the library makes for a blinded person, over pairs of plans that differ in what is hidden. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inspect } from "node:util";
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  applyEvent,
  assignNext,
  blindedConduct,
  chainEvent,
  EMPTY_CONDUCT,
  forceNext,
  nextPosition,
  openListLog,
  participantsOf,
  readConductSnapshot,
  readLog,
  toConductSnapshot,
  replaceNext,
  skipNext,
  toLogLine,
  type ConductBody,
  type ConductState,
} from "../../src/allocation/index.js";
import {
  assessorView,
  participantView,
  siteView,
  sponsorView,
  toBlindedViewJson,
  unblind,
  unblindedIssuedView,
  viewFileName,
  viewFor,
} from "../../src/blinding/index.js";
import {
  commitList,
  envelopeKeyCards,
  padBundle,
  proveRow,
  sealEnvelopes,
  toEnvelopesJson,
  verifyRowProof,
} from "../../src/custody/index.js";
import { AllocellError } from "../../src/foundation/index.js";
import { drawList } from "../../src/list/generateList.js";
import {
  blindedAssumptionKeys,
  blindedListOfPlan,
  blindedManifest,
  blindedRowCount,
  blindedRows,
  boundList,
  listBinding,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
  toMasterJson,
  unblindedManifest,
  type MasterList,
  type Plan,
} from "../../src/list/index.js";
import { Seed } from "../../src/random/index.js";
import {
  codeBreakReport,
  toCodeBreakReportText,
  toM11Sections,
  toProtocolParagraph,
  toUnblindingRecord,
  toReportingItems,
  toUsdmFragment,
  unblindedCodeBreakCards,
} from "../../src/report/index.js";
import {
  assignKit,
  generateKits,
  kitFileName,
  shipmentsDue,
  toBlindedKitCsv,
  type KitList,
} from "../../src/supply/index.js";
import { sle } from "../../src/trials/index.js";
import { anyHidden, HIDDEN, planWith, type Hidden, type Published } from "../support/hiddenPlans.js";

const { subtle } = globalThis.crypto;
const text = (pieces: Iterable<string>): string => [...pieces].join("");

/** One trial as far as it matters here: what is hidden, and a log in which the same happened to the same people. */
interface World {
  readonly plan: Plan;
  readonly seed: Seed;
  readonly master: MasterList;
  readonly kits: KitList;
  readonly state: ConductState;
  readonly log: string;
}

const AT = "2026-03-01T09:30:00Z";
const bytesOf = (what: string): Uint8Array => new Uint8Array(createHash("sha256").update(what).digest());
const SALT = bytesOf("salt");

function worldOf(hidden: Hidden, published: Published, seedText: string): World {
  const plan = planWith(hidden, published);
  const seed = Seed.live(bytesOf(seedText));
  const master = drawList(plan, seed);
  // As many kits of each arm as the ratio says, and so many in all that the order says nothing of it.
  const sum = plan.arms.reduce((total, { ratio }) => total + ratio, 0);
  const batches = [plan.arms.map(({ arm, ratio }) => ({ arm, count: (24 * ratio) / sum }))];
  const kits = generateKits({ trial: plan.trial, list: "KITS-1", prefix: "KM", batches }, seed);
  return { plan, seed, master, kits, ...logOf(master, published) };
}

/** Everybody of site 01 comes, and one more who is refused; then what else can happen. */
function logOf(master: MasterList, { length }: Published): { readonly state: ConductState; readonly log: string } {
  let state = EMPTY_CONDUCT;
  let log = "";
  const add = (body: (now: ConductState) => ConductBody): void => {
    try {
      const event = chainEvent(state, body(state), { at: AT, actor: "desk" });
      state = applyEvent(state, event);
      log += toLogLine(event);
    } catch (error) {
      log += `${refusal(error)}\n`;
    }
  };
  const stratum = { site: "01" };
  add(() => openListLog(boundList(master)));
  for (let i = 1; i <= length + 1; i += 1) add((now) => assignNext(now, { participant: `P-${i}`, stratum }));
  const reason = "why";
  add((now) => replaceNext(now, { participant: "P-1", by: "P-R", stratum, reason }));
  add((now) => skipNext(now, { stratum, reason }));
  add((now) => forceNext(now, { participant: "P-F", stratum, position: "none", reason }));
  add(() => ({ type: "withdrawn", participant: "P-2", reason }));
  return { state, log };
}

/** All that an error shows. */
function refusal(error: unknown): string {
  if (!AllocellError.is(error)) throw error;
  return JSON.stringify([error.message, error.issues]);
}
const tried = (act: () => unknown): string => {
  try {
    return JSON.stringify(act());
  } catch (error) {
    return refusal(error);
  }
};

/** The treatment of one participant is told to somebody who stays blinded for all others: then its name counts for none. */
const withoutArms = ({ plan }: World, made: string): string =>
  plan.arms.reduce((rest, { arm }) => rest.replaceAll(new RegExp(`(?<![\\w-])${arm}(?![\\w-])`, "g"), "ARM"), made);
const first = (world: World): string => [...world.master.unblindedRows()][0]!.number;
/** Numbers behind the end of site 01: rows of some master lists, and of no blinded list. */
const beyond = (world: World): readonly string[] =>
  [1, 2, 5, 9].map((more) => `R01${String(world.plan.length + more).padStart(4, "0")}`);

const masked = { "masking.unblindedRoles": "statistician", "masking.roles": "participant", "placebo.infusions": "one" };
const bindings = (master: MasterList): readonly string[] => [listBinding(master)];

interface Made {
  /** The public functions by which it is made. */
  readonly by: readonly string[];
  readonly make: (world: World) => string | Promise<string>;
  /** It may tell arms, ratio and the procedure's name, as a protocol does; then pairs agree in these. */
  readonly mayTellRatio?: true;
}

/** Everything that leaves for somebody who is blinded, or blinded for all others. */
const BLINDED: Readonly<Record<string, Made>> = {
  "the master list, printed": {
    by: ["MasterList"],
    make: ({ master }) =>
      [
        inspect(master, { showHidden: true, depth: 9 }),
        JSON.stringify(master),
        String(master),
        Object.keys(master),
      ].join(),
  },
  "the blinded list": {
    by: ["blindedListOfPlan", "blindedRows", "blindedRowCount", "toBlindedCsv", "toBlindedJson"],
    make: ({ master, plan }) =>
      JSON.stringify([
        master.blinded(),
        blindedListOfPlan(plan, "LIVE"),
        blindedRowCount(master.blinded()),
        [...blindedRows(master.blinded())],
      ]) +
      text(toBlindedCsv(master.blinded())) +
      text(toBlindedJson(master.blinded())),
  },
  "the blinded manifest": {
    by: ["blindedManifest", "blindedAssumptionKeys", "boundList", "listBinding"],
    make: ({ master, plan }) =>
      JSON.stringify([
        blindedManifest(master, [], listBinding(master)),
        boundList(master),
        blindedAssumptionKeys(plan, [{ key: "allocation.ratio" }, { key: "allocation.procedure" }]),
      ]),
  },
  "the log of the list, its refusals and its receipt": {
    by: [
      ...["openListLog", "assignNext", "replaceNext", "skipNext", "forceNext", "chainEvent", "applyEvent", "toLogLine"],
      ...["EMPTY_CONDUCT", "NO_EVENT", "readLog", "nextPosition", "blindedConduct", "participantsOf", "participantOf"],
      ...["findParticipant", "spelledAsIn", "standingAssignment"],
      ...[
        "checkEvent",
        "checkHead",
        "endIssues",
        "eventHash",
        "lacksLineEnd",
        "lastTimeIssues",
        "timeIssues",
        "needsSalt",
      ],
      ...["requireBoundList", "extendListLog", "blindedListOf", "answerOf", "toConductSnapshot", "readConductSnapshot"],
    ],
    make: ({ state, log }) => {
      const events = log.split("\n").filter((line) => line.startsWith("{"));
      const again = readLog(events.map((line) => `${line}\n`).join(""));
      return JSON.stringify([
        log,
        again,
        toConductSnapshot({ state }),
        readConductSnapshot(toConductSnapshot({ state }) ?? ""),
        blindedConduct(state),
        participantsOf(state),
        tried(() => nextPosition(state, { site: "01" })),
      ]);
    },
  },
  "the views of masked people": {
    by: [
      "siteView",
      "sponsorView",
      "participantView",
      "assessorView",
      "toBlindedViewJson",
      "viewFor",
      "viewFileName",
      "maskingOf",
    ],
    make: ({ master, state }) => {
      const issued = { ...blindedConduct(state), bindings: bindings(master) };
      const masking = {
        part: "single-dose",
        level: "quadruple",
        masked: ["participant"],
        unblinded: [],
        assumptions: [],
      } as const;
      const site = siteView(master.blinded(), issued, { site: "01" });
      const sponsor = sponsorView(master, issued, masking);
      return [
        toBlindedViewJson(site),
        viewFileName(site),
        JSON.stringify(sponsor),
        toBlindedViewJson(participantView(master.blinded())),
        toBlindedViewJson(assessorView(master.blinded())),
        tried(() => viewFor("participant", { master, trial: sle, assumptions: masked, issued })),
      ].join("\n");
    },
  },
  "numbers that no blinded list has, asked for in every way": {
    by: ["requireSameTrial"],
    make: (world) => {
      const { master, kits, seed, plan } = world;
      const shelf = kits.blinded().kits.map(({ code }) => code);
      const { opening } = commitList(master, seed);
      return beyond(world)
        .map((number) =>
          [
            tried(() =>
              assignKit({
                master,
                kits,
                seed,
                number,
                bindings: bindings(master),
                administration: 1,
                stock: shelf,
                dispensed: [],
              }),
            ),
            tried(() => proveRow(opening, number)),
            tried(() => siteView(master.blinded(), { participants: [{ participant: "P", number }] })),
            tried(() =>
              unblindedIssuedView(master, { participants: [{ participant: "P", number }], bindings: bindings(master) }),
            ),
          ].join("\n"),
        )
        .join(plan.list);
    },
  },
  "a code break, for whoever is told one treatment": {
    by: ["unblind", "codeBreakOf", "codeBreakBody", "codeBreakReport", "toCodeBreakReportText"],
    make: (world) => {
      const { master, state } = world;
      const { codeBreak, event } = unblind({
        source: master,
        state,
        participant: "P-1",
        reason: "SAE",
        actor: "Dr A",
        at: AT,
      });
      const report = codeBreakReport(codeBreak);
      return withoutArms(world, JSON.stringify([codeBreak, event, report]) + toCodeBreakReportText(report));
    },
  },
  "code-break cards: how many, and their outsides": {
    by: ["unblindedCodeBreakCards", "toCodeBreakCardsHtml"],
    make: ({ master }) =>
      JSON.stringify(
        Array.from(unblindedCodeBreakCards(master), ({ inside, ...card }) => [card, inside.map(({ label }) => label)]),
      ),
  },
  envelopes: {
    by: ["sealEnvelopes", "toEnvelopesJson", "parseEnvelopes", "openEnvelope"],
    make: async ({ master, seed }) => toEnvelopesJson(await sealEnvelopes({ master, seed, salt: SALT }, subtle)),
  },
  "key cards": {
    by: ["envelopeKeyCards"],
    make: ({ master, seed }) => JSON.stringify([...envelopeKeyCards({ master, seed, salt: SALT })]),
  },
  "the commitment": {
    by: ["commitList", "openCommitment", "parseCommitment", "parseOpening"],
    make: ({ master, seed }) => JSON.stringify(commitList(master, seed).commitment),
  },
  "a row proof, for whoever is told one treatment": {
    by: ["proveRow", "verifyRowProof", "parseRowProof"],
    make: (world) => {
      const { master, seed } = world;
      const { commitment, opening } = commitList(master, seed);
      const proofs = [...blindedRows(master.blinded())].map(({ number }) => proveRow(opening, number));
      return withoutArms(world, JSON.stringify(proofs.map((proof) => [proof, verifyRowProof(commitment, proof)])));
    },
  },
  "the unblinded files, padded to be sealed: their size": {
    by: ["padBundle", "unpadBundle", "parseBundle"],
    make: ({ master }) => {
      const texts = [
        JSON.stringify(unblindedManifest(master, "ab".repeat(32), [])),
        text(toMasterCsv(master)),
        text(toMasterJson(master)),
      ];
      const files = texts.map((each, i) => ({ file: `f${i}`, text: each }));
      const { list, status } = master;
      const bundle = {
        format: "allocell-unblinded-bundle-1",
        status,
        list,
        manifestSha256: "ab".repeat(32),
        files,
      } as const;
      return `${padBundle(bundle, master.blinded()).length} bytes`;
    },
  },
  "the blinded kit list, and what is dispensed from it": {
    by: [
      "generateKits",
      "KitList",
      "toBlindedKitCsv",
      "kitFileName",
      "assignKit",
      "drawKit",
      "shipmentsDue",
      "checkKitLists",
      "parseKitPlan",
    ],
    make: (world) => {
      const { master, kits, seed } = world;
      const stock = kits.blinded().kits.map(({ code }) => code);
      const kit = assignKit({
        master,
        kits,
        seed,
        number: first(world),
        bindings: bindings(master),
        administration: 1,
        stock,
        dispensed: [],
      });
      const made = [
        text(toBlindedKitCsv(kits.blinded())),
        kitFileName(kits.blinded()),
        JSON.stringify(kit),
        shipmentsDue(6, 13, 1),
        inspect(kits, { showHidden: true }),
      ];
      return made.join("\n").replace(/KM[A-Z0-9]{7}/g, "KIT");
    },
  },
  "the protocol's paragraphs": {
    by: ["toProtocolParagraph", "toReportingItems", "toM11Sections", "toUnblindingRecord"],
    mayTellRatio: true,
    make: ({ plan }) =>
      toProtocolParagraph({ plan, trial: sle }) +
      toUnblindingRecord({ plan, trial: sle }) +
      toReportingItems({ plan, trial: sle }, "spirit-2025") +
      toM11Sections({ plan, trial: sle }),
  },
  "the design for other systems": {
    by: ["toUsdmFragment"],
    mayTellRatio: true,
    make: ({ plan }) => toUsdmFragment({ plan, trial: sle }),
  },
};

/** Public functions whose answer names treatments, blocks or rows that nobody was given, as their name or type says. */
const UNBLINDED: readonly string[] = [
  ...["toMasterCsv", "toMasterJson", "unblindedManifest", "parseUnblindedManifest", "unblindedArmsOf", "generateList"],
  ...["adoptList", "adoptedAgain", "adoptedFromTable", "keyOfAdopted", "requireMadeFromSeed", "readTable"],
  ...["deriveAgain", "extendList", "checkExtension", "checkPlan", "checkRecordedAssumptions", "compareListFile"],
  ...["bindingOf", "markOf", "planHash", "extensionObstacle", "algorithmOf"],
  ...["strataOf", "strataByProcedure", "trialInPlan"],
  ...["unblindedIssuedView", "unblindedLetters", "unblindedStatisticianView", "pharmacyView", "toUnblindedViewJson"],
  // Of the committee's closed session: it is there to see who shares a treatment.
  ...["dmcView", "toCommitteeViewJson", "checkCommitteeLetters"],
  // How many kits a site needs follows from ratio and blocks; docs/kits.md says what the site may be told.
  ...["siteSupply", "resupplyPlan", "stockOutProbability", "toUnblindedKitCsv", "parseSupplyFile"],
  ...["kitManifest", "kitManifestName", "parseKitManifest", "readKitList"],
  ...["toListRecord", "toListSpecification", "toSealedCode", "toBlindingRecord", "auditList", "auditPlan", "toScript"],
  // Tables for other systems hold every row that is still to come.
  ...["exportTable", "toExportCsv", "compareTable", "readMasterCsv", "unblindedRowsOf"],
];

/** Public names that take neither a plan nor anything that was made of one, or only read the plan of a dynamic allocation. */
const OF_NO_LIST: readonly string[] = [
  // A text by its key.
  "auditText",
  ...[
    "parsePlan",
    "planJsonSchema",
    "spreadsheetIssues",
    "stratumText",
    "randomizationNumber",
    "checkDigit",
    "stratumCode",
    "marked",
  ],
  // The form of one number.
  ...["isGivenNumber"],
  ...["requireBlindedList", "requireMasterList", "requireListPlan", "requireDynamicPlan", "requirePlan", "requireSeed"],
  // Reads events further; what it gives is a state, as readLog does.
  "readOn",
  // A dynamic allocation has no list: its log is unblinded as a whole.
  ...["DYNAMIC_ALGORITHMS", "allocateFrom", "allocateNext", "checkDynamicPlan", "dynamicPlanHash", "dynamicRuleHash"],
  ...["auditDynamic", "dynamicRatioWarning"],
  ...[
    "dynamicUrn",
    "parseDynamicPlan",
    "stateAfter",
    "allocateInLog",
    "dynamicAllocator",
    "dynamicPast",
    "extendDynamicLog",
  ],
  ...["openDynamicLog", "replaceInLog", "verifyDynamic"],
  // An open part has no list, and its log is open to everybody there.
  ...["advance", "openPartLog", "requireOpenPart"],
  ...["combineSeeds", "commitShare", "KIT_ALGORITHM", "KIT_ALPHABET", "checkKitCode", "kitCheckCharacter"],
  // A map and its template hold the plan's names and no ratio.
  "companionOfFileName",
  // Takes an arm; the payload is UNBLINDED.
  "toEdcCoreAssignment",
  ...["EXPORT_FORMATS", "exportFormat", "exportOfFileName", "importCtgov", "parseExportMap", "toMapTemplate"],
];

/** Entries whose functions take no list; `.` repeats names of the others, and the store keeps the events of a log. */
const WITHOUT_LISTS: readonly string[] = [
  ...[".", "./quantity", "./calendar", "./random", "./trial", "./trials", "./procedure", "./dose", "./escalation"],
  ...["./assessment", "./store", "./store/logfile", "./codes"],
];

const entries = JSON.parse(readFileSync(join(import.meta.dirname, "../architecture/exports.json"), "utf8")) as Readonly<
  Record<string, { readonly values: readonly string[] }>
>;

/** What hides counts by its length: hashes, keys with their check digits, ciphertexts. */
const shapeOf = (made: string): string => made.replace(/[0-9a-f]{16,}(-[0-9a-f]{8}\b)?/g, (hex) => `#${hex.length}#`);

type Shapes = ReadonlyMap<string, string>;

/** Every artefact of a world by its name; one that may tell the ratio, by the name with what it may tell. */
async function shapesOf(artefacts: Readonly<Record<string, Made>>, world: World): Promise<Shapes> {
  const shapes = new Map<string, string>();
  for (const [name, { make, mayTellRatio }] of Object.entries(artefacts)) {
    const told = mayTellRatio === true ? JSON.stringify([world.plan.arms, world.plan.procedure.kind]) : "";
    shapes.set(`${name}${told}`, shapeOf(await make(world)));
  }
  return shapes;
}

/** Names of artefacts that tell one world from the other. */
const telling = (one: Shapes, other: Shapes): readonly string[] =>
  [...one].flatMap(([name, shape]) => ((other.get(name) ?? shape) === shape ? [] : [name]));

const anyPublished = fc.record({ sites: fc.integer({ min: 1, max: 3 }), length: fc.constantFrom(12, 24) });
const anyPair = fc
  .tuple(anyPublished, anyHidden, anyHidden, fc.string(), fc.string())
  .map(
    ([published, one, other, a, b]) =>
      [worldOf(one, published, `one ${a}`), worldOf(other, published, `other ${b}`)] as const,
  );

/** Random plans have arms that no trial has, and so no protocol. */
const ofAnyTrial = Object.fromEntries(Object.entries(BLINDED).filter(([, { mayTellRatio }]) => mayTellRatio !== true));

describe(
  "whatever a blinded person may hold",
  { tags: ["BLIND-003", "BREAK-003", "CUST-003", "CUST-004"], timeout: 300_000 },
  () => {
    it("is the same, or of one length, for any two plans and seeds that differ in what is hidden", async () => {
      await fc.assert(
        fc.asyncProperty(anyPair, async ([one, other]) => {
          expect(telling(await shapesOf(ofAnyTrial, one), await shapesOf(ofAnyTrial, other))).toEqual([]);
        }),
        { numRuns: 12 },
      );
    });

    it("is the same for the plans of a trial, its protocol too", async () => {
      const worlds = Object.entries(HIDDEN).flatMap(([name, hidden]) =>
        ["1", "2"].map((seed) => worldOf(hidden, { sites: 2, length: 12 }, `${name} ${seed}`)),
      );
      const first = new Map<string, string>();
      for (const world of worlds) {
        const shapes = await shapesOf(BLINDED, world);
        expect(telling(shapes, first)).toEqual([]);
        for (const [name, shape] of shapes) first.set(name, shape);
      }
      const sizes = new Set(worlds.map(({ master }) => master.unblindedRowCount));
      expect(sizes.size).toBeGreaterThan(4);
    });

    it("is registered: every public function of the rooms that know lists stands here, once", () => {
      const known = [...Object.values(BLINDED).flatMap(({ by }) => by), ...UNBLINDED, ...OF_NO_LIST].sort();
      const rooms = ["./list", "./allocation", "./blinding", "./custody", "./supply", "./exchange"];
      const partly = ["./report", "./audit", "./reproduce"];
      expect([...rooms, ...partly, ...WITHOUT_LISTS].sort()).toEqual(Object.keys(entries).sort());
      const isOfLists = (name: string): boolean =>
        /^(to(List|Protocol|Reporting|CodeBreak|M11|Usdm|SealedCode|BlindingRecord|UnblindingRecord)|codeBreak|unblinded|audit|toScript)/.test(
          name,
        );
      const wanted = [
        ...rooms.flatMap((room) => entries[room]!.values),
        ...partly.flatMap((room) => entries[room]!.values.filter(isOfLists)),
      ].sort();
      expect(known).toEqual(wanted);
    });

    const caught: Readonly<Record<string, (world: World) => string>> = {
      "the number of rows": ({ master }) => String(master.unblindedRowCount),
      "a card for every row": ({ master }) => [...master.unblindedRows()].map(({ number }) => number).join(),
      "a proof whose tree has a leaf for every row": ({ master }) =>
        "x".repeat(Math.ceil(Math.log2([...master.unblindedRows()].length))),
      "a file that is padded to a multiple of 4,096": ({ master }) =>
        String(Math.ceil((text(toMasterCsv(master)).length + text(toMasterJson(master)).length) / 4096)),
      "the end of a block in a message": ({ master }) => String([...master.unblindedRows()][0]!.blockSize),
      "the name of the procedure": ({ plan }) => plan.procedure.kind,
    };
    const samples = fc.sample(anyPair, 30);
    it.each(Object.keys(caught))("and the comparison catches %s", async (name) => {
      const wrong = { wrong: { by: [], make: caught[name]! } };
      const found: string[] = [];
      for (const [a, b] of samples) found.push(...telling(await shapesOf(wrong, a), await shapesOf(wrong, b)));
      expect(found.length).toBeGreaterThan(0);
    });
  },
);
