import type { Command } from "commander";
import type { Language } from "../report/index.js";
import type { Output } from "./io.js";

const LISTS = "docs/cli-lists.md";
const CUSTODY = "docs/custody.md";

/**
 * Where the package's documents explain what a command answers: pages by their place in the package, with the heading.
 * A command with subcommands answers for all of them that have no row of their own.
 */
export const EXPLAINED = {
  trials: ["docs/four-trials.md#the-four-trials"],
  products: ["docs/products.md#products"],
  assumptions: ["docs/trials.md#the-assumptions"],
  eligible: ["docs/trials.md#eligibility-by-numbers"],
  dose: ["docs/dosing.md#prescription", "docs/dose-formulas.md#target-cap-and-range"],
  calendar: ["docs/dosing.md#dates"],
  prepare: ["docs/preparation.md#the-chain", "docs/dose-formulas.md#every-formula-of-a-dose"],
  check: ["docs/preparation-checks.md#second-check"],
  borders: ["docs/preparation-checks.md#borders"],
  record: ["docs/preparation-checks.md#what-was-given"],
  scan: ["docs/labels.md#the-code"],
  "shared-volume": ["docs/preparation-checks.md#one-volume-for-all-arms"],
  suggest: ["docs/assessment.md#a-whole-plan"],
  assess: [
    "docs/assessment.md#measures-of-one-list",
    "docs/assessment-trial.md#a-whole-trial-and-dynamic-allocation",
    "docs/assessment-trial.md#a-list-that-was-drawn",
  ],
  list: [`${LISTS}#allocell-list`, "docs/algorithm.md#the-algorithm-from-a-seed-to-the-rows-of-a-list"],
  adopt: ["docs/adopted-lists.md#what-is-checked"],
  verify: [`${LISTS}#allocell-verify`],
  audit: ["docs/audit.md#the-rules"],
  export: ["docs/exchange.md#rules-of-every-export"],
  "import ctgov": ["docs/cli-trials.md#allocell-import-ctgov"],
  script: ["docs/regeneration.md#reading-the-program", "docs/recomputation.md#reading-the-program"],
  view: ["docs/blinding.md#role-by-field"],
  kits: ["docs/kits.md#2-the-list"],
  supply: ["docs/kits.md#5-supply-of-a-site"],
  resupply: ["docs/kits.md#6-resupply-that-does-not-disclose"],
  commit: [`${CUSTODY}#3-commitment`],
  open: [`${CUSTODY}#3-commitment`],
  "prove-row": [`${CUSTODY}#3-commitment`],
  seal: [`${CUSTODY}#5-sealed-master-list`],
  unseal: [`${CUSTODY}#5-sealed-master-list`],
  envelopes: [`${CUSTODY}#2-envelopes`],
  cards: [`${CUSTODY}#1-code-break`],
  unblind: [`${CUSTODY}#1-code-break`],
  escalation: ["docs/escalation.md#from-the-letter-to-the-next-step"],
  "escalation assess": ["docs/escalation.md#operating-characteristics"],
  "escalation paths": ["docs/escalation.md#pathways"],
  select: ["docs/escalation.md#the-choice-of-the-dose"],
  init: ["docs/cli-trials.md#allocell-init"],
  "init escalation": ["docs/escalation.md#the-rule-file"],
  "init map": ["docs/exchange.md#rules-of-every-export"],
  log: ["docs/conduct.md#events"],
  "log verify": ["docs/conduct.md#what-the-chain-proves-and-what-it-does-not"],
  "log export": ["docs/store.md#from-the-command-line"],
  "log import": ["docs/store.md#from-the-command-line"],
  assign: ["docs/conduct.md#order-caps-and-the-end-of-a-stratum", "docs/conduct-dynamic.md#by-hand"],
  dispense: ["docs/kits.md#4-dispensing"],
  cohort: ["docs/conduct-open-part.md#the-conduct-of-an-open-escalating-part"],
  iq: ["docs/cli.md#allocell-iq-and-oq"],
  oq: ["docs/cli.md#allocell-iq-and-oq"],
  sign: ["docs/validation/signatures.md#what-a-signature-here-means-and-what-it-does-not"],
  "verify-signature": ["docs/validation/signatures.md#checking"],
} as const;

/** Commands whose answer on the screen names no page, and why. */
export const UNEXPLAINED: Readonly<Record<string, string>> = {
  doses: "prints a CSV file, which goes on to another program",
  "prepare-batch": "prints a CSV file, which goes on to another program",
  seed: "prints a seed or the name of its file, and programs read either",
  describe: "prints the document itself, in Markdown",
  page: "prints the name of the page that it wrote",
  codes: "is the page of codes itself",
  completion: "prints a program for the shell",
};

const isExplained = (name: string): name is keyof typeof EXPLAINED => Object.hasOwn(EXPLAINED, name);

/** The pages of a command such as `log show`, or of the command above it; none where {@link UNEXPLAINED} says why. */
export function explainedBy(name: string): readonly string[] {
  if (isExplained(name)) return EXPLAINED[name];
  const above = name.split(" ").slice(0, -1).join(" ");
  return above === "" ? [] : explainedBy(above);
}

/** The last lines of an answer in text; empty where there is no page. */
export function explainedText(name: string, language: Language = "en"): string {
  const pages = explainedBy(name);
  if (pages.length === 0) return "";
  return `\n${language === "zh" ? "说明（英文）：" : "Explained in"}\n${pages.map((page) => `  ${page}\n`).join("")}`;
}

/** The name of a command with those above it, such as `log show`. */
export const fullName = (command: Command): string =>
  command.parent === null ? "" : `${fullName(command.parent)} ${command.name()}`.trim();

/**
 * Puts below each command's answer for a person where it is explained, in one piece with it: nothing is written behind an
 * event that is in a log. An answer for a program (`--json`, `--quiet`) stays as it is.
 *
 * @returns standard output for the commands of this program
 */
export function explaining(stdout: Output, language: Language): { stdout: Output; watch: (program: Command) => void } {
  let below = "";
  const write = (text: string): Promise<void> => {
    const whole = text + below;
    below = "";
    return stdout.write(whole);
  };
  const watch = (program: Command): void => {
    program.hook("preAction", (_, command) => {
      const { json, quiet } = command.opts<{ json?: boolean; quiet?: boolean }>();
      if (json !== true && quiet !== true) below = explainedText(fullName(command), language);
    });
  };
  return { stdout: { ...stdout, write }, watch };
}
