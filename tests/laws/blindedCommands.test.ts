/* No size depends on a draw: all that the command prints or writes for a blinded person, over plans that differ in what is hidden. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { beforeAll, describe, expect, it } from "vitest";
import { factsOf } from "../../src/cli/commandTable.js";
import { makeDesk, type Desk } from "../unit/cli/harness.js";
import { written } from "../unit/report/englishOf.js";
import { englishWords } from "../support/englishWords.js";
import { HIDDEN, type Hidden } from "../support/hiddenPlans.js";

/** The table of commands says of these why they cannot tell anything of a list. */
const readsNoList = (name: string): boolean => factsOf(name)?.readsNoList !== undefined;

/** Documents in Markdown and the leak audit have their own tests. */
const IN_ENGLISH: readonly string[] = ["describe ", "audit "];

/** Of a list: the answers that its plan gave, as the plan has them. */
const ASSUMPTIONS = /^假设（试验资料未载明）\n[\s\S]*?\n\n/mu;

/** Ids, and fields of files that an error names. */
const FIELDS = "ARM KIT-CODE SLE single-dose site stratum number target targetField header issued".split(" ");
const wordsOf = (text: string): readonly string[] => text.split(/[^A-Za-z'-]+/u);

/** What else an artefact may tell, beside what everybody knows: then it is compared where these are equal. */
type Tells = "nothing" | "arms, ratio and name of the procedure" | "whether a list can be extended";

interface Step {
  readonly argv: string;
  readonly tells?: Tells;
  /** Changes treatments, which somebody holds for one participant only, into one text. */
  readonly oneTreatment?: true;
}

const WHO = "--actor Desk";
const SEED = "--seed-file seed.txt";
const ANSWERS = "--assume masking.unblindedRoles=statistician --assume placebo.composition=saline";
const TABLE = "X/SLE-SD-01_LIVE_UNBLINDED_redcap-production.csv";
const step = (argv: string, more: Omit<Step, "argv"> = {}): Step => ({ argv, ...more });
const assign = (participant: string, site = "01"): Step =>
  step(`assign t.log --participant ${participant} --stratum site=${site} ${WHO}`);
const record = (rest: string): Step => step(`log record t.log ${rest} --reason why ${WHO}`);

/** One list from its plan to a code break; each command, as text and as JSON. */
const STORY: readonly Step[] = [
  step(`list plan.yaml ${SEED} --out L --quiet`),
  step(`list plan.yaml ${SEED} --out L2 --quiet --json`),
  step(`list plan.yaml ${SEED} --out L3`),
  step(`list plan.yaml ${SEED} --out L4 --json`),
  step(`verify L ${SEED}`),
  step(`verify L ${SEED} --json`),
  step(`commit L ${SEED} --out c.json`),
  step(`commit L ${SEED} --out c2.json --no-row-proofs --json`),
  step(`open L ${SEED} --commitment c.json --out o.UNBLINDED.json`),
  step(`open o.UNBLINDED.json --commitment c.json --json`),
  step(`prove-row L R010012 ${SEED} --commitment c.json --out p.json`, { oneTreatment: true }),
  step(`prove-row p.json --commitment c.json --json`, { oneTreatment: true }),
  step(`prove-row L R010013 ${SEED} --commitment c.json --out p13.json`),
  step(`prove-row L R020016 ${SEED} --commitment c.json --out p16.json --json`),
  step(`seal L --recipient RECIPIENT --out s.age`),
  step(`seal L --recipient RECIPIENT --out s2.age --json`),
  step(`unseal s.age --identity-file key.txt --out U`),
  step(`envelopes L ${SEED} --out E`),
  step(`envelopes L ${SEED} --out E2 --json`),
  step(`cards L ${SEED} --out cards.UNBLINDED.html`),
  step(`cards L ${SEED} --out cards2.UNBLINDED.html --json`),
  step(`script L --lang python`),
  step(`script --dose --lang r`),
  step(`describe L --document protocol`, { tells: "arms, ratio and name of the procedure" }),
  step(`describe plan.yaml --document spirit`, { tells: "arms, ratio and name of the procedure" }),
  step(`describe L --document spirit --json`, { tells: "arms, ratio and name of the procedure" }),
  step(`describe L --document m11`, { tells: "arms, ratio and name of the procedure" }),
  step(`describe plan.yaml --document usdm`, { tells: "arms, ratio and name of the procedure" }),
  step(`describe L --document protocol --lang zh`, { tells: "arms, ratio and name of the procedure" }),
  step(`describe L --document specification`),
  step(`describe L --document specification --lang zh`),
  step(`describe L --document sealed-code`),
  step(`describe L --document sealed-code --lang zh --json`),
  step(`describe L --document blinding-record`),
  step(`describe L --document blinding-record --lang zh`),
  step(`describe L --document unblinding-record`, { tells: "arms, ratio and name of the procedure" }),
  step(`describe L --document unblinding-record --lang zh`, { tells: "arms, ratio and name of the procedure" }),
  step(`describe L --document record --lang zh`),
  step(`describe L --document record`),
  step(`describe L --document consort`),
  step(`audit L ${SEED}`),
  step(`audit plan.yaml --json`),
  step(`audit L ${SEED} --lang zh`),
  step(`suggest --n 24 --ratio 1:1 --sites 2 --top 30`),
  step(`suggest --n 24 --ratio 1:1 --sites 2 --late 2=6 --most-per-centre 14 --dropout 0.1`),
  step(`suggest --n 24 --ratio 2:1 --sites 2 --limit-imbalance 0.5 --fixed-sizes`),
  step(`suggest plan.yaml --top 1`),
  step(`assess plan.yaml --simulate 200`),
  step(`assess plan.yaml --simulate 200 --json`),
  step(`log open t.log --list L ${WHO}`),
  ...Array.from({ length: 11 }, (_, i) => assign(`P-${i + 1}`)),
  step(`assign t.log --participant P-12 --stratum site=01 ${WHO} --json`),
  assign("P-13"),
  step(`assign t.log --participant P-14 --stratum site=01 ${WHO} --json`),
  step(`assign t.log --participant P-15 --stratum site=02 ${WHO} --unblinded L`, { oneTreatment: true }),
  step(`assign t.log --participant P-16 --stratum site=02 ${WHO} --unblinded L --json`, { oneTreatment: true }),
  record("withdrawn --participant P-2"),
  record("replaced --participant P-15 --by P-17"),
  record("replaced --participant P-1 --by P-18"),
  record("forced --participant P-19 --stratum site=02 --position skipped"),
  record("forced --participant P-20 --stratum site=01 --position none"),
  record("skipped --stratum site=02"),
  record("skipped --stratum site=01"),
  record("cap-set --stratum site=02 --most 5"),
  record("wrong-stratum --participant P-4 --true-stratum site=02"),
  record("wrong-treatment --participant P-5"),
  record("ineligible-kept --participant P-6"),
  step(`dispense P-3 --log t.log --kits kits.yaml --kits-seed-file seed.txt --list L ${WHO}`),
  step(
    `dispense R010003 --log t.log --kits kits.yaml --kits-seed-file seed.txt --list L ${WHO} --administration 2 --json`,
  ),
  step("log show t.log"),
  step("log show t.log --json"),
  step("log verify t.log --list L"),
  step("log verify t.log --list L --json"),
  step(`audit L --log t.log`),
  step(`unblind t.log --participant P-3 --reason SAE ${WHO} --master L`, { oneTreatment: true }),
  step(`unblind t.log --participant P-3 --reason SAE ${WHO} --master L --json`, { oneTreatment: true }),
  step(`prepare order.yaml --log t.log --list L --assume placebo.composition=saline --blinded-only --out D`),
  step(`prepare order.yaml --log t.log --list L --assume placebo.composition=saline --blinded-only --json`),
  step(`assess --list L`),
  step(`assess --list L --json`),
  step(`assess --list L --log t.log`),
  step(`assess --list L --log t.log --json`),
  step(`view L --role site ${SEED} --log t.log ${ANSWERS}`),
  step(`view L --role sponsor ${SEED} --log t.log ${ANSWERS} --json`),
  step(`view L --role participant ${SEED} ${ANSWERS}`),
  step(`view L --role statistician ${SEED} ${ANSWERS}`),
  step(`init map plan.yaml --to redcap --out template.yaml`, { tells: "arms, ratio and name of the procedure" }),
  step(`export L --to redcap --map template.yaml`, { tells: "arms, ratio and name of the procedure" }),
  step(`export L --to redcap --map map.yaml --out X`, { tells: "arms, ratio and name of the procedure" }),
  step(`export L --to redcap --map map.yaml --out X2 --json`, { tells: "arms, ratio and name of the procedure" }),
  step(`export L --to edc-core --log t.log --out XE`, { tells: "arms, ratio and name of the procedure" }),
  step(`export L --to xlsx --out XL`, { tells: "arms, ratio and name of the procedure" }),
  step(`export L --to xlsx --sheets strata --out XL2 --json`, { tells: "arms, ratio and name of the procedure" }),
  step(`verify L --uploaded ${TABLE} --from redcap --map map.yaml`),
  step(`adopt ${TABLE} --map map.yaml --plan plan.yaml --system vendor --out A`),
  step(`adopt ${TABLE} --map map.yaml --plan plan.yaml --out A2 --json`),
  step(`verify A`),
  step(`verify A --source ${TABLE} --json`),
  step(`envelopes A --out AE`),
  step(`view A --role sponsor ${ANSWERS} --out sponsor.json`),
  step(`list longer.yaml --extends L ${SEED} --out longer --quiet`, { tells: "whether a list can be extended" }),
  step(`log extend t.log --list longer --reason more ${WHO}`, { tells: "whether a list can be extended" }),
];

interface Artefact {
  readonly text: string;
  readonly isUnblinded: boolean;
  readonly tells: Tells;
  /** The seed stands in it, before anything is taken out of the text. */
  readonly hasSeed?: boolean;
  /** The permissions of a file. */
  readonly mode?: number;
}
type Artefacts = ReadonlyMap<string, Artefact>;

/** What hides: a hash, a key or a ciphertext counts by its length. */
const withoutHex = (text: string): string =>
  text.replace(/[0-9a-f]{16,}(-[0-9a-f]{8}\b)?/g, (hex) => `#${hex.length}#`);
/** Whether an answer says of itself that it is for unblinded people; that it names a file with UNBLINDED is not enough. */
const saysUnblinded = (text: string): boolean =>
  /(?<![\w.-])UNBLINDED(?![\w.-])|（非盲|"world": "unblinded"/.test(text);

const planText = ({ arms, procedure }: Hidden, length: number): string =>
  JSON.stringify({
    trial: "NCT07041801",
    part: "single-dose",
    list: "SLE-SD-01",
    arms,
    procedure,
    strata: [{ factor: "site", levels: ["01", "02"] }],
    length,
  });

/** Kits enough for whatever is hidden; a drawn code is compared by its form alone. */
const kitsText = ({ arms }: Hidden): string =>
  JSON.stringify({
    trial: "NCT07041801",
    list: "KITS-1",
    prefix: "KM",
    batches: [Object.keys(arms).map((arm) => ({ arm, count: 4 }))],
  });

const mapText = ({ arms }: Hidden): string =>
  JSON.stringify({
    to: "redcap",
    target: "open",
    targetField: "treatment",
    header: "14.7",
    arms: Object.fromEntries(Object.keys(arms).map((arm, i) => [arm, String(i + 1)])),
    factors: { site: { field: "redcap_data_access_group", codes: { "01": "101", "02": "102" } } },
  });

/** An order of P-7 without an arm: it is that of the log and its list. The log has no kit of P-7, so that of the order stands. */
const ORDER = readFileSync("examples/sle/order.yaml", "utf8")
  .replace(/^part: .*\narm: .*\n/mu, "")
  .replace("subject: S02-003", "subject: P-7")
  .replace("containers: 12", "containers: 80");

/** Answers of commands that neither read nor write a file: they are the same in each world, and asked for once. */
type Asked = Map<string, Awaited<ReturnType<Desk["run"]>>>;

/** Everything that the story prints and writes for one plan and one seed. */
async function artefactsOf(
  hidden: Hidden,
  place: number,
  asked: Asked,
  language: "en" | "zh" = "en",
): Promise<Artefacts> {
  const seedBytes = Uint8Array.from({ length: 32 }, (_, i) => (i * i * 37 + i * (11 + 2 * place) + 5 + place) & 255);
  // The seed is drawn first. Salts and keys that are drawn after it are other bytes, as they are outside a test.
  let draws = 0;
  const desk = makeDesk({ entropy: () => ((draws += 1) === 1 ? seedBytes : seedBytes.map((byte) => byte ^ 255)) });
  await desk.run("seed", "--out", "seed.txt");
  desk.write("plan.yaml", planText(hidden, 12));
  desk.write("longer.yaml", planText(hidden, 24));
  desk.write("map.yaml", mapText(hidden));
  desk.write("kits.yaml", kitsText(hidden));
  const key = await generateX25519Identity();
  desk.write("key.txt", key);
  const recipient = await identityToRecipient(key);
  desk.write("order.yaml", ORDER);
  const inputs = ["seed.txt", "plan.yaml", "longer.yaml", "map.yaml", "kits.yaml", "key.txt", "order.yaml"];
  const seed = desk.read("seed.txt").trim().split("-")[0] ?? "";
  const hasSeed = (text: string): boolean => [seed, seed.toUpperCase()].some((form) => text.includes(form));
  const found = new Map<string, Artefact>();
  let known: readonly string[] = inputs;
  for (const { argv, tells = "nothing", oneTreatment } of STORY) {
    const line = argv.split(" ").map((word) => (word === "RECIPIENT" ? recipient : word));
    const answer = asked.get(argv) ?? (await desk.run(...line, ...(language === "en" ? [] : ["--lang", language])));
    const files = filesIn(desk);
    const written = files.filter((name) => !known.includes(name));
    const isRead = files.some((file) => line.includes(file.split("/")[0] ?? file));
    if (!isRead && written.length === 0) asked.set(argv, answer);
    const clean = (text: string): string => {
      const plain = withoutHex(text.replaceAll(recipient, "RECIPIENT")).replace(/\bKM[2-9A-Z]{7}\b/g, "KIT-CODE");
      return oneTreatment === true ? plain.replace(/\b(low|medium|high|placebo)\b/g, "ARM") : plain;
    };
    const isOpen = oneTreatment !== true && saysUnblinded(answer.stdout + answer.stderr);
    found.set(`exit code: ${argv}`, { text: String(answer.code), isUnblinded: false, tells });
    found.set(`output: ${argv}`, {
      text: clean(`${answer.stdout}\n---\n${answer.stderr}`),
      isUnblinded: isOpen,
      tells,
      hasSeed: hasSeed(answer.stdout + answer.stderr),
    });
    for (const file of written) {
      found.set(`file: ${file}`, {
        text: file.endsWith(".age") ? `${statSync(desk.path(file)).size} bytes` : clean(desk.read(file)),
        isUnblinded: oneTreatment !== true && /[._]UNBLINDED[._]/.test(file),
        // An export's file for blinded people tells nothing, whatever the answer beside it tells.
        tells: file.includes("_blinded_") ? "nothing" : tells,
        hasSeed: hasSeed(desk.read(file)),
        mode: statSync(desk.path(file)).mode & 0o777,
      });
    }
    known = files.filter((file) => file !== "t.log").concat(inputs);
  }
  for (const [name, text] of handedOut(desk)) found.set(name, { text, isUnblinded: false, tells: "nothing" });
  return found;
}

const filesIn = (desk: Desk): readonly string[] =>
  readdirSync(desk.cwd, { recursive: true, encoding: "utf8" })
    .filter((name) => statSync(desk.path(name)).isFile())
    .sort();

/** What is cut out of unblinded files and handed out piece by piece. */
function handedOut(desk: Desk): readonly (readonly [name: string, text: string])[] {
  const cards = readFileSync(desk.path("cards.UNBLINDED.html"), "utf8");
  const outside = [...cards.matchAll(/<div class="panel">.*?<\/div>/gs)].map(([panel]) => panel);
  return [
    ["the outsides of all code-break cards", outside.join("\n")],
    ["all key cards", withoutHex(desk.read("E/SLE-SD-01.UNBLINDED.key-cards.jsonl"))],
  ];
}

/** The value of what an artefact may tell, so that those with an equal one are compared. */
function groupOf({ arms, procedure }: Hidden, tells: Tells): string {
  if (tells === "nothing") return "";
  const kind = String(procedure["kind"]);
  if (tells !== "whether a list can be extended") return JSON.stringify([arms, kind]);
  // Who is refused an extension holds the seed, and is told which rows would change.
  const isFixed = kind === "random-allocation-rule" || procedure["lastBlock"] === "fill";
  return isFixed ? JSON.stringify(procedure) : "can be";
}

describe(
  "what the command prints and writes for a blinded person",
  { tags: ["BLIND-003", "BLIND-006", "BREAK-003"] },
  () => {
    const made = new Map<string, Artefacts>();
    const asked: Asked = new Map();
    beforeAll(async () => {
      for (const [i, [name, hidden]] of Object.entries(HIDDEN).entries())
        made.set(name, await artefactsOf(hidden, i, asked));
      // The same plan with another seed: other block sizes are drawn.
      const drawn = "blocks of 4 and 8, whole";
      for (const place of [101]) made.set(`${drawn} ${place}`, await artefactsOf(HIDDEN[drawn]!, place, asked));
    }, 600_000);
    const hiddenOf = (world: string): Hidden => HIDDEN[world.replace(/ \d{3}$/, "")]!;

    it("is the same whatever is hidden: names, counts, sizes, messages and exit codes", () => {
      const first = new Map<string, readonly [world: string, text: string]>();
      const different: string[] = [];
      for (const [world, artefacts] of made) {
        for (const [name, { text, isUnblinded, tells }] of artefacts) {
          if (isUnblinded) continue;
          const place = `${name} ${groupOf(hiddenOf(world), tells)}`;
          const [other, expected] = first.get(place) ?? [world, text];
          first.set(place, [other, expected]);
          if (text !== expected) different.push(`${name} of "${world}" and "${other}"`);
        }
      }
      expect(different).toEqual([]);
    });

    it("has the same unblinded files and answers beside it, so that their being there tells nothing", () => {
      const names = new Map<string, string>();
      for (const [world, artefacts] of made) {
        const group = groupOf(hiddenOf(world), "whether a list can be extended");
        const all = [...artefacts].map(([name, { isUnblinded }]) => `${name} ${isUnblinded}`).join("\n");
        expect(all, world).toBe(names.get(group) ?? all);
        names.set(group, all);
      }
    });

    it("holds the seed nowhere: no answer, no error, no file, unblinded or not", { tags: ["SEC-004"] }, () => {
      const all = [...made.values()].flatMap((artefacts) => [...artefacts]);
      expect(all.filter(([, { hasSeed }]) => hasSeed === false).length).toBeGreaterThan(100);
      expect(all.filter(([, { hasSeed }]) => hasSeed === true).map(([name]) => name)).toEqual([]);
    });

    it("has unblinded files for their owner alone", { tags: ["SEC-003"] }, () => {
      const all = [...made.values()].flatMap((artefacts) => [...artefacts]);
      const modes = all.flatMap(([name, { mode }]) =>
        mode !== undefined && /[._]UNBLINDED[._]/.test(name) ? [`${mode.toString(8)} ${name}`] : [],
      );
      expect(modes.length).toBeGreaterThan(20);
      expect(modes.filter((line) => !line.startsWith("600 "))).toEqual([]);
    });

    it("comes to what the story expects: a list, a log with 12 participants of site 01, a code break", () => {
      for (const artefacts of made.values()) {
        const codeOf = (argv: string): string | undefined => artefacts.get(`exit code: ${argv}`)?.text;
        expect(codeOf(`list plan.yaml ${SEED} --out L --quiet`)).toBe("0");
        expect(artefacts.get(`output: list plan.yaml ${SEED} --out L --quiet`)?.text).toBe("24 rows\n\n---\n");
        const dispensed = `--log t.log --kits kits.yaml --kits-seed-file seed.txt --list L ${WHO}`;
        expect(codeOf(`dispense P-3 ${dispensed}`)).toBe("0");
        expect(codeOf(`dispense R010003 ${dispensed} --administration 2 --json`)).toBe("0");
        const prepared = "prepare order.yaml --log t.log --list L --assume placebo.composition=saline --blinded-only";
        expect(codeOf(`${prepared} --out D`)).toBe("0");
        expect(codeOf(`unblind t.log --participant P-3 --reason SAE ${WHO} --master L`)).toBe("0");
        expect(artefacts.get(`output: assign t.log --participant P-13 --stratum site=01 ${WHO}`)?.text).toContain(
          "conduct.stratum_exhausted",
        );
      }
    });

    it(
      "comes to the same in Chinese, and has no English word of ours in an answer there",
      { tags: ["LANG-001"], timeout: 600_000 },
      async () => {
        const [name = "", hidden] = Object.entries(HIDDEN)[0] ?? [];
        const chinese = await artefactsOf(hidden!, 0, new Map(), "zh");
        const different: string[] = [];
        for (const { argv } of STORY) {
          if (IN_ENGLISH.some((beginning) => argv.startsWith(beginning))) continue;
          const english = made.get(name)?.get(`exit code: ${argv}`)?.text;
          if (chinese.get(`exit code: ${argv}`)?.text !== english) different.push(`${argv}: another exit code`);
          if (argv.endsWith("--json")) continue;
          const own = [
            ...argv.split(/[ =]/u),
            ...Object.keys(hidden!.arms),
            ...FIELDS,
            ...written(ORDER).flatMap(wordsOf),
          ];
          const words = englishWords((chinese.get(`output: ${argv}`)?.text ?? "").replace(ASSUMPTIONS, ""), own);
          if (words.length > 0) different.push(`${argv}: ${words.join(" ")}`);
        }
        expect(different).toEqual([]);
      },
    );

    it("runs every command that reads a plan, a list or a log", async () => {
      const desk = makeDesk();
      const namesIn = async (...argv: string[]): Promise<readonly string[]> => {
        const { stdout } = await desk.run(...argv, "--help");
        return [...stdout.matchAll(/^ {2}([a-z][a-z-]*)\b/gm)].map(([, name]) => [...argv, name].join(" "));
      };
      const all = (await namesIn()).flatMap((name) => (name === "log" ? [] : [name])).concat(await namesIn("log"));
      const told = all.filter((name) => !readsNoList(name) && !name.endsWith("help"));
      expect(told.length).toBeGreaterThan(15);
      for (const name of told)
        expect(
          STORY.some(({ argv }) => argv.startsWith(`${name} `)),
          name,
        ).toBe(true);
    });
  },
);
