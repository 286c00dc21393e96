/* The help in Chinese: every command, argument and option has a text, and no English is left. */
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { COMMON_OPTIONS, type CommandHelp } from "../../../src/cli/chinese/help/commandHelp.js";
import { HELP_ZH as OF_NAMES } from "../../../src/cli/chinese/help/index.js";
import { takeLanguage } from "../../../src/cli/languageOption.js";
import { commandLine } from "../../../src/cli/run.js";
import { makeDesk } from "./harness.js";

type Entry = readonly [path: string, command: Command];

/** Every command of the English program, by its words. */
function commandsOf(): readonly Entry[] {
  const program = commandLine(
    undefined as never,
    () => undefined,
    () => undefined,
  );
  takeLanguage(program, undefined);
  const walk = (command: Command, path: string): readonly Entry[] => [
    [path, command],
    ...command.commands.flatMap((sub) => walk(sub, `${path} ${sub.name()}`.trim())),
  ];
  return walk(program, "");
}

const HELP_ZH: Readonly<Record<string, CommandHelp>> = OF_NAMES;
const COMMANDS = commandsOf();
const HAN = /\p{Script=Han}/u;
const flagsOf = ({ options }: Command): readonly string[] => options.map(({ long }) => long ?? "");

describe("the Chinese help", { tags: ["LANG-001"] }, () => {
  it("has the commands of the program and no other, with their arguments and no other", () => {
    expect(Object.keys(HELP_ZH).sort()).toEqual(COMMANDS.map(([path]) => path).sort());
    for (const [path, { registeredArguments }] of COMMANDS) {
      const names = registeredArguments.map((argument) => argument.name());
      expect(Object.keys(HELP_ZH[path]?.arguments ?? {}).sort(), path).toEqual([...names].sort());
    }
  });

  it("has a text for every option, its own or the common one, and no other", () => {
    const used = new Set<string>();
    for (const [path, command] of COMMANDS) {
      const own = HELP_ZH[path]?.options ?? {};
      const flags = flagsOf(command);
      expect(
        Object.keys(own).filter((flag) => !flags.includes(flag)),
        `${path}: surplus`,
      ).toEqual([]);
      expect(
        flags.filter((flag) => own[flag] === undefined && COMMON_OPTIONS[flag] === undefined),
        `${path}: missing`,
      ).toEqual([]);
      for (const flag of flags) if (own[flag] === undefined) used.add(flag);
    }
    expect([...used].sort()).toEqual(Object.keys(COMMON_OPTIONS).sort());
  });

  it("has a common text only where the English of the option is one and the same", () => {
    const english = new Map<string, Set<string>>();
    for (const [path, { options }] of COMMANDS) {
      for (const { long, description } of options) {
        if (HELP_ZH[path]?.options?.[long ?? ""] !== undefined) continue;
        const known = english.get(long ?? "") ?? new Set();
        english.set(long ?? "", known.add(description));
      }
    }
    expect([...english].filter(([, texts]) => texts.size > 1)).toEqual([]);
  });

  it("says something Chinese in each text", () => {
    const texts = Object.values(HELP_ZH).flatMap(({ description, arguments: named = {}, options = {} }) => [
      description,
      ...Object.values(named),
      ...Object.values(options),
    ]);
    for (const text of [...texts, ...Object.values(COMMON_OPTIONS)]) {
      expect(text).toMatch(HAN);
      expect(text).not.toMatch(/\p{Script=Han}[,;:!?()]|[,;:!?()]\p{Script=Han}/u);
    }
  });
});

/** Words that are the same in Chinese: of the field, of computers, and names. */
const KEPT = new Set(
  (
    "allocell help Markdown LIVE TEST UNBLINDED DLT CSV HTML JSON YAML SVG BOM UTF Excel SHA age API NCT ClinicalTrials gov REDCap " +
    "Python R PostgreSQL SSH OpenSSH Ed ssh keygen shell xlsx edc core usdm CAR kg cm mg mL m bmi t P N T n v ARM MON s USER HOST " +
    "DATABASE LOG FILE FOLDER PLAN TRIAL PRODUCT YYYY MM DD HH Z"
  ).split(" "),
);

/** Words of ours in a page of help: what is left without commands, options, placeholders, choices, examples and names. */
function englishIn(page: string, names: ReadonlySet<string>): readonly string[] {
  const plain = page
    .replace(/，例如：allocell .*$/gmu, " ")
    .replace(/`[^`]*`|"[^"]*"|\[[^\]]*\]|<[^>]*>/gu, " ")
    .replace(/（可选值：[^）]*）|（默认：[^）]*）|；默认：[^）]*/gu, " ")
    .replace(/(?<![\w-])--?[a-zA-Z][a-z-]*(?:=[^\s，。；]*)?/gu, " ")
    .replace(/allocell [\x21-\x7e]+(?: [\x21-\x7e]+)*/gu, " ")
    .replace(/\S*(?:[=/@]|\.[a-z]|:[A-Z\d])\S*/gu, " ")
    .replace(/\{[^}]*\}/gu, " ");
  return [...plain.matchAll(/[A-Za-z][A-Za-z_]*/gu)]
    .map(([word]) => word)
    .filter((word) => !KEPT.has(word) && !names.has(word));
}

/** Values of choices and fields, which are typed as they are. */
const VALUES = new Set(
  COMMANDS.flatMap(([path, { options, registeredArguments }]) => [
    ...path.split(/[ -]/u),
    ...options.flatMap(({ argChoices = [] }) => argChoices.flatMap((choice) => choice.split("-"))),
    ...registeredArguments.flatMap((argument) => [...(argument.argChoices ?? []), ...argument.name().split(/[-.]/u)]),
  ]),
);
const FIELDS = new Set(
  (
    "kymriah participant arm weight_kg part age_years height_cm first_administration kit visit expectedKg containers draw cap " +
    "band limits NNN NNT dataCut conduct code replaced forced skipped set wrong stratum treatment used predictability deterministic " +
    "imbalance pooled margins linear log step SIZE ROW every lead participants"
  ).split(" "),
);

describe("a page of help in Chinese", { tags: ["LANG-001"] }, () => {
  const names = new Set([...VALUES, ...FIELDS]);

  it.each(COMMANDS.map(([path]) => path))("%j has no English word of ours", async (path) => {
    const { code, stdout, stderr } = await makeDesk().run(...path.split(" ").filter(Boolean), "--help", "--lang", "zh");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^用法：/u);
    expect(englishIn(stdout, names), stdout).toEqual([]);
  });

  it("is shown by the locale too, and by --help", async () => {
    const desk = makeDesk({ env: { LC_ALL: "zh_CN.UTF-8" } });
    const page = await desk.run("dose", "--help");
    expect(page.stdout).toContain("一名受试者的剂量");
    expect(page).toEqual(await makeDesk().run("--lang", "zh", "help", "dose"));
    expect((await desk.run("--lang", "en", "dose", "--help")).stdout).toBe((await makeDesk().run("dose", "-h")).stdout);
    expect((await desk.run()).stdout).toContain("药师和细胞实验室，例如：allocell dose");
  });
});
