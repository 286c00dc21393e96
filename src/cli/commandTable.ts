import type { Command } from "commander";

const LISTS = "docs/cli-lists.md";
const CUSTODY = "docs/custody.md";
const VALIDATION = "docs/cli.md#allocell-iq-and-oq";

/** For whom commands are, in the order of the help; each with one line to try. */
export const PERSONS = {
  pharmacist: {
    who: "Pharmacist and cell laboratory",
    example: 'allocell dose NCT07041801 --arm low --weight "72.4 kg" --assumptions assumptions.yaml',
  },
  statistician: { who: "Statistician", example: 'allocell list plan.yaml --test-seed "first try"' },
  conduct: {
    who: "Conduct of the trial",
    example: 'allocell assign trial.log --participant P-001 --stratum site=01 --actor "Randomization desk"',
  },
  validation: { who: "Validation", example: "allocell oq --out oq" },
  developer: { who: "Developer", example: "allocell codes list.plan_invalid" },
} as const;
export type Person = keyof typeof PERSONS;

/** Where the documents explain an answer: pages by their place in the package, with the heading; or why nowhere. */
type Pages = { readonly pages: readonly [string, ...string[]] } | { readonly noPages: string };

/** What a command may know of a list: all that it reads; or nothing, and why. A command of the first kind is tried on plans that differ in what is hidden. */
interface Reads {
  readonly readsNoList?: string;
}

/** A command that stands in the help; one below it, such as `log open`, says only what differs from that above it. */
type TopCommand = Pages & Reads & { readonly person: Person };
type CommandBelow = Partial<{ readonly pages: readonly [string, ...string[]] }> & Reads;

const OPEN_PART = "the rules of an open part, and its log: everybody there knows every dose";
const TRIAL_ONLY = "a trial, its questions and its answers";
const PREPARATION = "one participant's preparation, for the pharmacy";
const KITS = "how many kits a site needs is for unblinded people";
const TEMPLATE = "an annotated file to be filled in";
const SAME_PAGE_AS_ABOVE = {};

/**
 * Every command: for whom it is, where its answer is explained, and whether it knows of a list. The help's groups, the
 * last lines of answers and the tests read it here. Chinese help must have the same names (`chinese/help`), and
 * docs/cli.md too.
 */
export const COMMANDS = {
  trials: { person: "pharmacist", pages: ["docs/four-trials.md#the-four-trials"], readsNoList: TRIAL_ONLY },
  products: {
    person: "pharmacist",
    pages: ["docs/products.md#products"],
    readsNoList: "facts of licensed products, the same for everybody",
  },
  assumptions: { person: "pharmacist", pages: ["docs/trials.md#the-assumptions"], readsNoList: TRIAL_ONLY },
  eligible: { person: "pharmacist", pages: ["docs/trials.md#eligibility-by-numbers"], readsNoList: TRIAL_ONLY },
  dose: {
    person: "pharmacist",
    pages: ["docs/dosing.md#prescription", "docs/dose-formulas.md#weight-body-surface-target-and-cap"],
    readsNoList: TRIAL_ONLY,
  },
  doses: {
    person: "pharmacist",
    noPages: "prints a CSV file, which goes on to another program",
    readsNoList: TRIAL_ONLY,
  },
  calendar: { person: "pharmacist", pages: ["docs/dosing.md#dates"], readsNoList: "dates alone" },
  prepare: {
    person: "pharmacist",
    pages: ["docs/preparation.md#the-chain", "docs/dose-formulas.md#every-formula-of-a-dose"],
  },
  "prepare-batch": {
    person: "pharmacist",
    noPages: "prints a CSV file, which goes on to another program",
    readsNoList: PREPARATION,
  },
  check: {
    person: "pharmacist",
    pages: ["docs/preparation-checks.md#second-check"],
    readsNoList: PREPARATION,
  },
  borders: { person: "pharmacist", pages: ["docs/preparation-checks.md#borders"], readsNoList: PREPARATION },
  record: { person: "pharmacist", pages: ["docs/preparation-checks.md#what-was-given"], readsNoList: PREPARATION },
  scan: {
    person: "pharmacist",
    pages: ["docs/labels.md#the-code"],
    readsNoList: "an order and the code of a label; its words are the same in every arm",
  },
  "shared-volume": {
    person: "pharmacist",
    pages: ["docs/preparation-checks.md#one-volume-for-all-arms"],
    readsNoList: "the doses of all arms, which the trial states",
  },
  page: {
    person: "pharmacist",
    noPages: "prints the name of the page that it wrote",
    readsNoList: "a form without anything in it but a trial's answers",
  },
  suggest: {
    person: "statistician",
    pages: ["docs/assessment.md#a-whole-plan"],
  },
  assess: {
    person: "statistician",
    pages: [
      "docs/assessment.md#measures-of-one-list",
      "docs/assessment-trial.md#a-whole-trial-and-dynamic-allocation",
      "docs/assessment-trial.md#a-list-that-was-drawn",
    ],
  },
  seed: {
    person: "statistician",
    noPages: "prints a seed or the name of its file, and programs read either",
    readsNoList: "random bytes",
  },
  list: {
    person: "statistician",
    pages: [`${LISTS}#allocell-list`, "docs/algorithm.md#the-algorithm-from-a-seed-to-the-rows-of-a-list"],
  },
  adopt: { person: "statistician", pages: ["docs/adopted-lists.md#what-is-checked"] },
  verify: { person: "statistician", pages: [`${LISTS}#allocell-verify`] },
  audit: { person: "statistician", pages: ["docs/audit.md#the-rules"] },
  describe: { person: "statistician", noPages: "prints the document itself, in Markdown" },
  export: { person: "statistician", pages: ["docs/exchange.md#rules-of-every-export"] },
  import: {
    person: "statistician",
    noPages: "has no answer of its own: the command below it has",
    readsNoList: "a registry's record",
  },
  script: {
    person: "statistician",
    pages: ["docs/regeneration.md#reading-the-program", "docs/recomputation.md#reading-the-program"],
  },
  view: { person: "statistician", pages: ["docs/blinding.md#role-by-field"] },
  kits: { person: "statistician", pages: ["docs/kits.md#2-the-list"], readsNoList: KITS },
  supply: { person: "statistician", pages: ["docs/kits.md#5-supply-of-a-site"], readsNoList: KITS },
  resupply: {
    person: "statistician",
    pages: ["docs/kits.md#6-resupply-that-does-not-disclose"],
    readsNoList: KITS,
  },
  commit: { person: "statistician", pages: [`${CUSTODY}#3-commitment`] },
  open: { person: "statistician", pages: [`${CUSTODY}#3-commitment`] },
  "prove-row": { person: "statistician", pages: [`${CUSTODY}#3-commitment`] },
  seal: { person: "statistician", pages: [`${CUSTODY}#5-sealed-master-list`] },
  unseal: { person: "statistician", pages: [`${CUSTODY}#5-sealed-master-list`] },
  envelopes: { person: "statistician", pages: [`${CUSTODY}#2-envelopes`] },
  cards: { person: "statistician", pages: [`${CUSTODY}#1-code-break`] },
  escalation: {
    person: "statistician",
    pages: ["docs/escalation.md#from-the-letter-to-the-next-step"],
    readsNoList: OPEN_PART,
  },
  select: {
    person: "statistician",
    pages: ["docs/escalation.md#the-choice-of-the-dose"],
    readsNoList: OPEN_PART,
  },
  init: { person: "statistician", pages: ["docs/cli-trials.md#allocell-init"], readsNoList: TEMPLATE },
  log: { person: "conduct", pages: ["docs/conduct.md#events"] },
  assign: {
    person: "conduct",
    pages: ["docs/conduct.md#order-caps-and-the-end-of-a-stratum", "docs/conduct-dynamic.md#by-hand"],
  },
  dispense: { person: "conduct", pages: ["docs/kits.md#4-dispensing"] },
  unblind: { person: "conduct", pages: [`${CUSTODY}#1-code-break`] },
  cohort: {
    person: "conduct",
    pages: ["docs/conduct-open-part.md#the-conduct-of-an-open-escalating-part"],
    readsNoList: OPEN_PART,
  },
  iq: { person: "validation", pages: [VALIDATION], readsNoList: "the installed package alone" },
  oq: { person: "validation", pages: [VALIDATION], readsNoList: "the installed package alone" },
  sign: {
    person: "validation",
    pages: ["docs/validation/signatures.md#what-a-signature-here-means-and-what-it-does-not"],
    readsNoList: "the bytes of any file, whatever stands in it",
  },
  "verify-signature": {
    person: "validation",
    pages: ["docs/validation/signatures.md#checking"],
    readsNoList: "the bytes of any file, whatever stands in it",
  },
  codes: { person: "developer", noPages: "is the page of codes itself", readsNoList: "texts of the package" },
  completion: { person: "developer", noPages: "prints a program for the shell", readsNoList: "texts of the package" },
} as const satisfies Readonly<Record<string, TopCommand>>;

/** The commands below others, by all their words. */
export const COMMANDS_BELOW = {
  "assumptions export": SAME_PAGE_AS_ABOVE,
  "assumptions import": SAME_PAGE_AS_ABOVE,
  "import ctgov": { pages: ["docs/cli-trials.md#allocell-import-ctgov"] },
  "escalation table": SAME_PAGE_AS_ABOVE,
  "escalation assess": { pages: ["docs/escalation.md#operating-characteristics"] },
  "escalation paths": { pages: ["docs/escalation.md#pathways"] },
  "init trial": SAME_PAGE_AS_ABOVE,
  "init plan": SAME_PAGE_AS_ABOVE,
  "init assumptions": SAME_PAGE_AS_ABOVE,
  "init order": SAME_PAGE_AS_ABOVE,
  "init record": SAME_PAGE_AS_ABOVE,
  "init kits": SAME_PAGE_AS_ABOVE,
  "init escalation": { pages: ["docs/escalation.md#the-rule-file"] },
  "init map": { pages: ["docs/exchange.md#rules-of-every-export"] },
  "log open": SAME_PAGE_AS_ABOVE,
  "log gate": { readsNoList: "names the open part that a list waits for" },
  "log extend": SAME_PAGE_AS_ABOVE,
  "log record": SAME_PAGE_AS_ABOVE,
  "log show": SAME_PAGE_AS_ABOVE,
  "log verify": { pages: ["docs/conduct.md#what-the-chain-proves-and-what-it-does-not"] },
  "log export": {
    pages: ["docs/store.md#from-the-command-line"],
    readsNoList: "carries the lines of the log, which is compared itself",
  },
  "log import": {
    pages: ["docs/store.md#from-the-command-line"],
    readsNoList: "carries the lines of the log, which is compared itself",
  },
  "cohort open": SAME_PAGE_AS_ABOVE,
  "cohort enter": SAME_PAGE_AS_ABOVE,
  "cohort assess": SAME_PAGE_AS_ABOVE,
  "cohort decide": SAME_PAGE_AS_ABOVE,
  "cohort close": SAME_PAGE_AS_ABOVE,
  "cohort status": SAME_PAGE_AS_ABOVE,
  "cohort decision": SAME_PAGE_AS_ABOVE,
} as const satisfies Readonly<Record<`${keyof typeof COMMANDS} ${string}`, CommandBelow>>;

/** The words of a command, such as `log open`. */
export type CommandName = keyof typeof COMMANDS | keyof typeof COMMANDS_BELOW;

/** What the table says of a command by its words; undefined of the program itself and of its help. */
export function factsOf(
  name: string,
): { readonly pages?: readonly string[]; readonly noPages?: string; readonly readsNoList?: string } | undefined {
  const all = { ...COMMANDS, ...COMMANDS_BELOW };
  return Object.hasOwn(all, name) ? all[name as CommandName] : undefined;
}

/** A command of the table, below `above`. One that is not in the table is a type error. */
export function defineCommand(above: Command, name: CommandName): Command {
  return above.command(name.slice(name.lastIndexOf(" ") + 1));
}
