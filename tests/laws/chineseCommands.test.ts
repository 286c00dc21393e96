/* Every command that the story of blindedCommands.test.ts does not run, in Chinese: no English word of ours in an answer. */
import { cpSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { PRODUCTS } from "../../src/dose/index.js";
import { TRIALS } from "../../src/trials/index.js";
import { makeDesk } from "../unit/cli/harness.js";
import { textsOf, written } from "../unit/report/englishOf.js";
import { englishWords } from "../support/englishWords.js";
import { TEST_PUBLIC_KEY, TEST_SIGNING_KEY } from "../support/signingKey.js";

const SLE = "--assumptions examples/sle/assumptions.yaml";
const WHO = "--actor Desk";
const COHORT = `open.log ${WHO}`;
const SIGN = "--name Lee --meaning approved";

/** In one folder, in this order. Some fail: their errors are answers too. */
const COMMANDS: readonly string[] = [
  "trials",
  "trials NCT07041801",
  "trials NCT06727721",
  "products",
  "products kymriah",
  "products tecartus --weight 72.4kg",
  `dose NCT07041801 --arm low --weight 72.4kg --first 2026-03-02 ${SLE}`,
  "dose NCT06853522 --arm exosome --assume dose.administrations=1",
  `doses examples/sle/participants.csv --trial NCT07041801 ${SLE} --out doses.UNBLINDED.csv`,
  "prepare examples/sle/order.yaml",
  "prepare examples/sle/order.yaml --out documents",
  "prepare examples/t1d/order.yaml",
  "prepare examples/uc/order.yaml",
  "prepare examples/products/order-breyanzi.yaml",
  "prepare-batch examples/sle/batch.csv --order examples/sle/order-batch.yaml --out answer.csv",
  "check examples/sle/order.yaml examples/sle/order-second.yaml",
  "borders examples/t1d/order.yaml --only containers,cap,limits --out borders",
  "init record NCT07041801 --out record.yaml",
  "record record.yaml --order examples/sle/order.yaml",
  "scan A1_NCT07041801_K-1047_1_S02-003_202603191215_202603191300_6 --order examples/sle/order.yaml --at 2026-03-19T12:10 --subject S02-003",
  "scan A1_NCT07041801_K-1047_1_S02-003_202603191215_202603191300_6 --order examples/sle/order.yaml --at 2026-03-19T14:10 --subject S02-004",
  `page pharmacy --out pharmacy.html --trial NCT07041801 ${SLE}`,
  "eligible NCT07041801 --age 40 --weight 72.4kg",
  "eligible NCT06727721 --age 25",
  "calendar --first 2026-03-02 --count 3 --interval 28 --early 2 --late 2 --anchor planned --weekend nearest --weigh first-only",
  "shared-volume query.yaml",
  "init plan NCT07041801 --part single-dose --out init-plan.yaml",
  "init order NCT07041801 --out order.yaml",
  "init trial MY-TRIAL-1 --out trial.yaml",
  "init assumptions NCT07041801 --out assumptions.yaml",
  "init escalation --trial NCT06407297 --rule 3+3 --out escalation.yaml",
  "init map plan.yaml --to redcap --out map.yaml",
  "assumptions export NCT07041801",
  "assumptions export NCT07041801 --to markdown --out questions.md",
  "assumptions import questions.md --trial NCT07041801",
  "import ctgov record.json --out imported.yaml",
  "codes list.plan_invalid",
  "codes list",
  "completion bash",
  "seed --out seed.txt",
  "seed --json",
  "suggest --n 58 --ratio 1:1:1:1:1 --strata 4 --sites 2 --limit-forced 0.25 --limit-imbalance 3",
  "assess plan.yaml",
  "assess plan.yaml --html report.html --plots pictures",
  "assess plan.yaml --selection 0.5 --trend linear:1 --effect 0.8",
  "assess warned.yaml",
  "assess examples/uc/dynamic.yaml --simulate 200",
  "select examples/sle/select.yaml --results examples/sle/results.yaml",
  "escalation table examples/t1d/escalation.yaml",
  "escalation assess examples/t1d/escalation.yaml --truth 0.1,0.2,0.3",
  "escalation paths examples/t1d/escalation.yaml --history 1NNN",
  `log open open.log --rule examples/t1d/escalation.yaml --test ${WHO}`,
  `cohort open ${COHORT}`,
  `cohort enter ${COHORT} --participant P-1 --dosed-on 2026-01-10`,
  `cohort assess ${COHORT} --participant P-1 --outcome dlt --on 2026-01-10 --by Lee`,
  "cohort status open.log",
  `cohort decide ${COHORT} --data-cut 2026-01-10 --level none --by Committee`,
  `cohort close ${COHORT} --data-cut 2026-01-10 --level none --by Committee`,
  "cohort decision open.log --arm experimental --out decision.json",
  "kits kits.yaml --test-seed x",
  "supply supply.yaml",
  "resupply supply.yaml",
  "list plan.yaml --test-seed x",
  "list warned.yaml --test-seed x --out W",
  "verify SLE-SD-01 --test-seed y",
  "verify EDITED --test-seed x",
  "sign plan.yaml --key key.pem --name Lee --meaning approved",
  `sign plan.yaml --detached ${SIGN} --out s.json`,
  `sign plan.yaml --key key ${SIGN} --out t.json`,
  "verify-signature plan.yaml --signers signers --signature t.json",
  "verify-signature warned.yaml --signers others --signature t.json",
  "log open t.log --list SLE-SD-01 --actor Desk",
  "log gate t.log --decision examples/sle/decision.yaml --actor Desk",
  "iq",
  "oq --group n",
  "help log open",
  "help nothing",
  "nothing",
];

/** A shell's own words. */
const SHELL: readonly string[] = ["completion bash"];
/** Fields, ids of rules and of contradictions, environment variables and the runtime, as they stand in files and answers. */
const NAMES =
  "startLevel kind own-table cohorts maxTotal lastCohort not-opened atLowest stop atHighest reescalation never minToEscalate " +
  "maxAtLevel earlyStop none stopCohortWhenDecided true below-stop flag number subject administeredOn administeredBy infusedMl " +
  "answer contradictions enrolment-not-divisible masked-role spelling strata sequence stratum level type dist OQ node test tests " +
  "export name file import gate extend record kind show verify open arm site dev shm part viable cells day all mcl label first " +
  "later copy reason ssh-keygen KEY Bekkem approved " +
  "UC-DYN severity moderate severe folder conduct instant text language en zh";

const KITS = `trial: NCT07041801
list: KITS-1
prefix: KM
batches:
  - - { arm: low, count: 4 }
    - { arm: placebo, count: 4 }
`;
const SUPPLY = `arms: [a, b]
allocation: { kind: complete, ratio: [1, 1] }
participants: { count: 4 }
kitsPerParticipant: 2
stockOutProbability: "0.1"
resupply: { every: 2, lead: 1, participants: 6 }
`;
const QUERY = `arms:
  - { arm: low, dose: { kind: per-kg, amount: "1E6", unitKind: cells } }
  - { arm: high, dose: { kind: per-kg, amount: "3E6", unitKind: cells } }
  - { arm: placebo, dose: { kind: placebo } }
weightKg: { minimum: "40", maximum: "100" }
concentrationPerMl: "5E6"
graduationsMl: ["0.5"]
maximumRoundingErrorPercent: "5"
maximumFinalMl: "100"
`;
const PLAN = `trial: NCT07041801
part: single-dose
list: SLE-SD-01
arms: { low: 1, medium: 1, high: 1, placebo: 1 }
procedure: { kind: permuted-block, sizes: [4, 8], lastBlock: whole }
strata:
  - { factor: site, levels: ["01", "02"] }
length: 12
`;

const FILES: Readonly<Record<string, string>> = {
  "kits.yaml": KITS,
  "plan.yaml": PLAN,
  "warned.yaml": PLAN.replace("[4, 8]", "[4]").replace("length: 12", "length: 6"),
  "record.json": readFileSync("tests/golden/ctgov/NCT06727721.json", "utf8"),
  "supply.yaml": SUPPLY,
  "query.yaml": QUERY,
  key: TEST_SIGNING_KEY,
  signers: `Lee ${TEST_PUBLIC_KEY}\n`,
  others: `Lee namespaces="git" ${TEST_PUBLIC_KEY}\n`,
};

const wordsOf = (text: string): readonly string[] => text.split(/[^A-Za-z'-]+/u);
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:yaml|csv)$/u.test(name))
    .map((name) => readFileSync(join(folder, name), "utf8"));

/** Commands that show what trials, products and the examples' files say: that stays in the language of its author. */
const OF_SOURCES = /^(?:trials|products|dose|doses|prepare|check|borders|eligible|select|escalation|cohort) /u;
const SOURCES: readonly string[] = [
  ...textsOf(TRIALS),
  ...textsOf(PRODUCTS),
  ...filesIn("examples").flatMap((text) => (text.includes(":") ? written(text) : [text])),
].flatMap(wordsOf);
const OWN: readonly string[] = [...Object.values(FILES), NAMES].flatMap(wordsOf);

/** What `iq` says where there is a build: the names of the components, of their licences and of what it goes by. */
const COMPONENTS: readonly string[] = [
  ...Object.keys((JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object }).dependencies),
  "IQ CycloneDX MIT UTC npm",
].flatMap(wordsOf);

/** A copy of the list with a row changed in one file and the last line cut off in another. */
function spoil(desk: ReturnType<typeof makeDesk>): void {
  cpSync(desk.path("SLE-SD-01"), desk.path("EDITED"), { recursive: true });
  const blinded = "EDITED/SLE-SD-01.TEST.blinded.csv";
  desk.write(blinded, desk.read(blinded).replace(/[^\n]+\n$/u, ""));
  const master = "EDITED/SLE-SD-01.TEST.UNBLINDED.master.csv";
  desk.write(master, desk.read(master).replace(",low\r\n", ",high\r\n"));
}

/** Commands whose Chinese has a test beside their own. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  "init kits": "tests/unit/cli/init.test.ts",
  // They need a database.
  "log export": "tests/postgres",
  "log import": "tests/postgres",
};

describe("every other command in Chinese", { tags: ["LANG-001"] }, () => {
  it(
    "has no English word of ours in its answer, beside what trials, products and files say",
    { timeout: 600_000 },
    async () => {
      const desk = makeDesk();
      symlinkSync(resolve("examples"), desk.path("examples"));
      for (const [name, text] of Object.entries(FILES)) desk.write(name, text);
      const different: string[] = [];
      for (const line of COMMANDS) {
        if (SHELL.includes(line)) continue;
        const argv = line.split(" ").map((word) => (line.startsWith("scan") ? word.replaceAll("_", " ") : word));
        const { stdout, stderr } = await desk.run(...argv, "--lang", "zh");
        if (line.startsWith("list plan.yaml")) spoil(desk);
        const own = line.split(/[ =/._]/u).flatMap(wordsOf);
        const words = englishWords(stdout + stderr, [
          ...own,
          ...OWN,
          ...(OF_SOURCES.test(`${line} `) ? SOURCES : []),
          ...(line.startsWith("iq") ? COMPONENTS : []),
        ]).filter((word) => word.length > 1);
        if (words.length > 0) different.push(`${line}: ${[...new Set(words)].join(" ")}`);
      }
      expect(different).toEqual([]);
    },
  );

  it("is run here or in the story of one list", async () => {
    const story = readFileSync("tests/laws/blindedCommands.test.ts", "utf8");
    const isRun = (name: string): boolean =>
      COMMANDS.some((line) => `${line} `.startsWith(`${name} `)) || new RegExp(`[\x60"]${name} `).test(story);
    const namesIn = async (...argv: string[]): Promise<readonly string[]> => {
      const { stdout } = await makeDesk().run(...argv, "--help");
      return [...stdout.matchAll(/^ {2}([a-z][a-z-]*)(?: |$)/gmu)].map(([, name = ""]) => [...argv, name].join(" "));
    };
    const top = await namesIn();
    const groups = ["log", "escalation", "init", "import", "assumptions", "cohort"];
    const all = [
      ...top.filter((name) => !groups.includes(name)),
      ...(await Promise.all(groups.map((name) => namesIn(name)))).flat(),
    ];
    expect(all.length).toBeGreaterThan(50);
    expect(all.filter((name) => !name.endsWith(" help") && !isRun(name) && !Object.hasOwn(ELSEWHERE, name))).toEqual(
      [],
    );
  });
});
