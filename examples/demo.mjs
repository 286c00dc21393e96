// A walk through allocell with a trial: `npm run demo` takes the lupus trial NCT07041801, `npm run demo -- uc` (or t1d,
// t2d) another one. It can be run again and again, and makes the same lists every time; the seed is a TEST seed, so every
// file says TEST.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "csv-parse/sync";

const WALKS = {
  sle: { id: "NCT07041801", dose: ["--arm", "low", "--part", "single-dose", "--weight", "72.4 kg"] },
  uc: { id: "NCT06853522", dose: ["--arm", "exosome", "--weight", "64.8 kg"] },
  t1d: { id: "NCT06407297", dose: ["--arm", "experimental", "--part", "randomized", "--weight", "38.2 kg"] },
  t2d: { id: "NCT06727721", dose: ["--arm", "experimental", "--weight", "74 kg"] },
};
const [folder = "sle"] = process.argv.slice(2);
const walk = WALKS[folder];
if (walk === undefined) {
  console.error(`There is no walk "${folder}": ${Object.keys(WALKS).join(", ")}.`);
  process.exit(2);
}
const { id } = walk;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const main = join(root, "dist", "cli", "main.js");
const files = `examples/${folder}`;
const plan = readFileSync(join(root, files, "plan.yaml"), "utf8");
const [, listId = ""] = /^list: (\S+)$/m.exec(plan) ?? [];
const out = join("examples", "out", folder);
const list = join(out, listId);
const doses = join(out, "doses.UNBLINDED.csv");
const assumptions = ["--assumptions", `${files}/assumptions.yaml`];
const hasDecision = existsSync(join(root, files, "decision.yaml"));
const decision = hasDecision ? ["--decision", `${files}/decision.yaml`] : [];
const seed = ["--test-seed", "allocell demo"];

if (!existsSync(main)) {
  console.error("dist/ is missing: `npm run demo` builds it first.");
  process.exit(2);
}
process.chdir(root);
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const say = (text = "") => console.log(text);
const heading = (number, text) => say(`\n== ${number}. ${text}\n`);
const quoted = (word) => (/^[\w./=-]+$/.test(word) ? word : `"${word}"`);
// One fixed instant in the lists' records, so that a second run makes the same bytes.
const env = { ...process.env, SOURCE_DATE_EPOCH: "1767225600" };

/** Shows the command as a user would type it, and runs it. */
function allocell(args, wanted = 0) {
  say(`$ allocell ${args.map(quoted).join(" ")}`);
  return run(args, wanted);
}

/** Runs a command; any other exit code than `wanted` ends the demo. */
function run(args, wanted = 0) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: "utf8", env });
  if (status !== wanted) {
    console.error(stdout + stderr + `The demo expected exit code ${wanted} and got ${status}.`);
    process.exit(1);
  }
  return stdout;
}

/** From the line that begins with `first` up to the next empty line. */
function paragraph(text, first) {
  const lines = text.split("\n");
  const start = lines.findIndex((line) => line.startsWith(first));
  const end = lines.findIndex((line, i) => i > start && line === "");
  return lines.slice(start, end < 0 ? undefined : end).join("\n");
}

heading(1, "What the trial says, and what it leaves open");
say(paragraph(allocell(["trials", id]), "Arms"));
say();
const { trial } = JSON.parse(run(["trials", id, "--json"]));
const needed = (use) => trial.assumptions.filter(({ neededFor }) => neededFor.includes(use)).map(({ key }) => key);
say(`Open: ${trial.assumptions.length} questions that no source answers. To dose you must state`);
say(`  ${needed("dose").join(", ")}`);
say("and to randomize");
say(`  ${needed("list").join(", ")}`);
say("Nothing of this is ever filled in for you. The examples below state EXAMPLE values.");

heading(2, "One dose, every step shown");
say(allocell(["dose", id, ...walk.dose, ...assumptions]).trimEnd());

const people = parse(readFileSync(`${files}/participants.csv`), { columns: true }).length;
const opened = hasDecision ? "; the double dose only after its (EXAMPLE) decision record" : "";
heading(3, `${people === 12 ? "Twelve" : people} participants at once${opened}`);
allocell(["doses", `${files}/participants.csv`, "--trial", id, ...assumptions, ...decision, "--out", doses]);
const dosed = parse(readFileSync(doses), { columns: true });
const widest = Math.max(...dosed.map(({ arm }) => arm.length));
for (const row of dosed) {
  const cells = [row.participant, row.arm.padEnd(widest), `${row.weight_kg} kg`.padStart(7)];
  say(`  ${[...cells, row.date, `Day ${row.study_day}`.padEnd(6), row.target_in_words].join("  ")}`);
}

heading(4, `A randomization list${folder === "sle" ? " for two sites" : ""} (the ratio is an EXAMPLE)`);
const made = allocell(["list", `${files}/plan.yaml`, ...seed, "--out", list, "--by", "demo"]);
say(paragraph(made, "Balance"));
say("\nThe first rows of the blinded list, which sites may see:");
const blinded = readFileSync(join(list, `${listId}.TEST.blinded.csv`), "utf8");
say(`  ${blinded.split("\r\n").slice(0, 4).join("\n  ")}`);

heading(5, "The list is derived again and compared");
say(paragraph(allocell(["verify", list, ...seed]), "VERIFIED"));

heading(6, "One digit of the blinded list is changed");
const blindedFile = join(list, `${listId}.TEST.blinded.csv`);
const numbers = parse(blinded, { columns: true }).map(({ number }) => number);
writeFileSync(blindedFile, blinded.replace(numbers[6], numbers[0]));
say(paragraph(allocell(["verify", list, ...seed], 1), "First deviation"));
writeFileSync(blindedFile, blinded);
say("\nThe digit was put right again.");

heading(7, "Where everything is");
say(`  ${relative(root, join(root, list))}/  the list: master files and a manifest for unblinded people only`);
say(`  ${doses}  the doses`);
say("\nTry next:");
const other = folder === "sle" ? "uc" : "sle";
say(`  npm run demo -- ${other}`);
say(`  npx allocell dose NCT07041801 --arm high --weight "160 lb" --assumptions examples/sle/assumptions.yaml`);
say(`  npx allocell verify ${list} --test-seed "allocell demo"`);
