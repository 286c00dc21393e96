import {
  drawnMeasures,
  nextAllocation,
  type DrawnMeasures,
  type ListDesign,
  type Standing,
} from "../../assessment/index.js";
import { participantsOf, type ConductState, type ParticipantRecord } from "../../allocation/index.js";
import { fail } from "../../foundation/index.js";
import { randomizationNumber, strataOf, stratumText, type ReadManifest, type Stratum } from "../../list/index.js";
import { readListRows } from "../exportInput.js";
import { jsonText, type Io } from "../io.js";
import { readLogFile } from "../logFile.js";
import { proveList } from "../provenList.js";
import { countIn, sayIn, wrapIn, type Say, type Texts } from "../answers/say.js";
import type { Language } from "../../report/index.js";
import { textTable } from "../textTable.js";
import type { AssessCommandOptions } from "../assessInput.js";

/** What is asked about the next allocation of a stratum: what somebody can infer who has seen all code breaks. */
interface NextInStratum {
  readonly number: string;
  readonly codeBreaks: number;
  /** By arm. */
  readonly probability: Readonly<Record<string, number>>;
}

/** One stratum of a list that was drawn; with a log, its rows as far as they are used up. UNBLINDED. */
interface DrawnStratum {
  readonly stratum: string;
  /** Absent where no row is used up yet. */
  readonly measures?: DrawnMeasures;
  /** With a log; absent where the list of the stratum is exhausted. */
  readonly next?: NextInStratum;
}

/** The options of `assess` that say something of a list that was drawn. */
const OF_A_LIST: readonly string[] = ["list", "log", "json"];

/** `allocell assess --list FOLDER [--log LOG]`: how balanced and how predictable the list is that was drawn. UNBLINDED. */
export async function assessDrawnList(
  io: Io,
  folder: string,
  plans: readonly string[],
  options: AssessCommandOptions,
): Promise<number> {
  requireListOptions(plans, options);
  const state = options.log === undefined ? undefined : readLogFile(io, options.log).state;
  if (state !== undefined) proveList(io, folder, state);
  const { manifest, list } = await readListRows(io, folder);
  const armsOf = new Map<string, number[]>();
  const indexOf = new Map(manifest.plan.arms.map(({ arm }, index) => [arm, index]));
  for (const { stratum, arm } of list.rows()) {
    const key = stratumText(stratum);
    const arms = armsOf.get(key) ?? [];
    arms.push(indexOf.get(arm) ?? -1);
    armsOf.set(key, arms);
  }
  const strata = strataOf(manifest.plan).map((stratum) =>
    assessStratum(manifest, stratum, armsOf.get(stratumText(stratum.levels)) ?? [], state),
  );
  const answer = { list: manifest.plan.list, status: manifest.status, strata };
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "assess", world: "unblinded", ...answer })
      : drawnText(answer.list, answer.status, strata, state !== undefined, io.language ?? "en"),
  );
  return 0;
}

function requireListOptions(plans: readonly string[], options: AssessCommandOptions): void {
  const other = Object.keys(options).find((name) => !OF_A_LIST.includes(name));
  if (plans.length === 0 && other === undefined) return;
  fail("cli.option_surplus", "--list", "A list that was drawn is assessed by itself.", {
    expected: "allocell assess --list FOLDER, with --log LOG for what has happened so far; a plan without --list",
    received: plans[0] ?? `the option ${other}`,
  });
}

function assessStratum(
  { plan, status }: ReadManifest,
  { levels, length, code, procedure }: Stratum,
  arms: readonly number[],
  state: ConductState | undefined,
): DrawnStratum {
  const design: ListDesign = { procedure, ratio: plan.arms.map(({ ratio }) => ratio), length };
  const stratum = stratumText(levels);
  if (state === undefined) return { stratum, measures: drawnMeasures(design, arms) };
  const inStratum = participantsOf(state).filter(
    (one) => one.sequence !== undefined && levels.every(([factor, level]) => one.stratum[factor] === level),
  );
  const used = arms.slice(0, Math.max(0, ...inStratum.map(({ sequence = 0 }) => sequence)));
  return {
    stratum,
    ...(used.length === 0 ? {} : { measures: drawnMeasures(design, used) }),
    ...(used.length >= length
      ? {}
      : {
          next: nextIn(
            design,
            plan.arms.map(({ arm }) => arm),
            used,
            inStratum,
            (sequence) => randomizationNumber(plan.numbers, status, code, sequence),
          ),
        }),
  };
}

function nextIn(
  design: ListDesign,
  names: readonly string[],
  used: readonly number[],
  participants: readonly ParticipantRecord[],
  numberAt: (sequence: number) => string,
): NextInStratum {
  const broken = new Set(participants.filter(({ codeBroken }) => codeBroken).map(({ sequence }) => sequence));
  const shares = nextAllocation(
    design,
    used.map((arm, row) => (broken.has(row + 1) ? arm : undefined)),
  );
  return {
    number: numberAt(used.length + 1),
    codeBreaks: broken.size,
    probability: Object.fromEntries(names.map((name, arm) => [name, shares[arm] ?? 0])),
  };
}

const TEXTS = {
  finalImbalance: { en: "Imbalance after the last row", zh: "最后一行之后的不均衡" },
  maximalImbalance: { en: "Largest imbalance", zh: "最大不均衡" },
  deterministic: { en: "Deterministic allocations", zh: "确定性分配" },
  convergence: { en: "Correct guesses, convergence strategy", zh: "正确猜测，收敛猜测策略" },
  divergence: { en: "Correct guesses, divergence strategy", zh: "正确猜测，发散猜测策略" },
  maximumProbability: { en: "Correct guesses, greatest probability", zh: "正确猜测，最大概率策略" },
  noAllocation: { en: "{stratum}: no allocation yet", zh: "{stratum}：尚无分配" },
  usedUp: { en: "the part of the list that is used up", zh: "随机分配表中已使用的部分" },
  drawn: { en: "the list that was drawn", zh: "所抽取的随机分配表" },
  title: { en: "{list} ({status}): {what} (UNBLINDED)", zh: "{list}（{status}）：{what}（非盲）" },
  explanation: {
    en: "Beside each number stands which share of all lists of this design, as long as this one, has less, and which has as much; exact. A list is never drawn again because of its numbers.",
    zh: "每个数值旁为同一设计、同样长度的全部随机分配表中小于该值和等于该值的比例，精确计算。不得因这些数值而重新抽取随机分配表。",
  },
  everybody: { en: "all participants", zh: "全部受试者" },
  rows: { en: "{stratum}: {rows}", zh: "{stratum}：{rows}" },
  measure: { en: "Measure", zh: "指标" },
  thisList: { en: "This list", zh: "本表" },
  less: { en: "Less", zh: "小于" },
  asMuch: { en: "As much", zh: "等于" },
  path: { en: "imbalance after each row: {path}", zh: "每一行之后的不均衡：{path}" },
  undefinedMeasure: { en: "{measure}: {reason}", zh: "{measure}：对此随机化方法未定义，未计算" },
  next: {
    en: "Next is {number}. Who knows the design and {seen} can infer: {arms}.",
    zh: "下一个是 {number}。了解设计并知道{seen}的人可推断：{arms}。",
  },
  noBreak: { en: "no code break", zh: "没有揭盲" },
} as const satisfies Texts;

type SayOfDrawn = Say<typeof TEXTS>;

const MEASURES: readonly (readonly [title: keyof typeof TEXTS, of: (measures: DrawnMeasures) => Standing])[] = [
  ["finalImbalance", ({ finalImbalance }) => finalImbalance],
  ["maximalImbalance", ({ maximalImbalance }) => maximalImbalance],
  ["deterministic", ({ deterministic }) => deterministic],
  ["convergence", ({ correctGuesses }) => correctGuesses.convergence],
  ["divergence", ({ correctGuesses }) => correctGuesses.divergence],
  ["maximumProbability", ({ correctGuesses }) => correctGuesses.maximumProbability],
];

function drawnText(
  list: string,
  status: string,
  strata: readonly DrawnStratum[],
  hasLog: boolean,
  language: Language,
): string {
  const say = sayIn(TEXTS, language);
  const blocks = strata.map(({ stratum: own, measures, next }) => {
    const stratum = own === stratumText([]) ? say("everybody") : own;
    return [
      measures === undefined ? `${say("noAllocation", { stratum })}\n` : measuresText(stratum, measures, say, language),
      next === undefined ? "" : nextText(next, say, language),
    ].join("");
  });
  return [
    `${say("title", { list, status, what: say(hasLog ? "usedUp" : "drawn") })}\n`,
    ...blocks,
    ...wrapIn(language)(say("explanation"), "").map((line) => `${line}\n`),
  ].join("\n");
}

function measuresText(stratum: string, measures: DrawnMeasures, say: SayOfDrawn, language: Language): string {
  const { rows, imbalance, undefinedMeasures } = measures;
  const table = MEASURES.map(([title, of]) => {
    const { value, below, equal } = of(measures);
    return [say(title), rounded(value), percent(below, language), percent(equal, language)];
  });
  const path = say("path", { path: imbalance.map(rounded).join(" ") });
  const missing = undefinedMeasures.map(({ measure, reason }) => say("undefinedMeasure", { measure, reason }));
  return [
    `${say("rows", { stratum, rows: countIn(language, rows, "row", "行") })}\n`,
    textTable([say("measure"), say("thisList"), say("less"), say("asMuch")], table),
    ...[path, ...missing].flatMap((text) => wrapIn(language)(text, "  ", 100).map((line) => `${line}\n`)),
  ].join("");
}

function nextText({ number, codeBreaks, probability }: NextInStratum, say: SayOfDrawn, language: Language): string {
  const arms = Object.entries(probability)
    .map(([arm, share]) => `${arm} ${percent(share, language)}`)
    .join(language === "zh" ? "，" : ", ");
  const seen = codeBreaks === 0 ? say("noBreak") : countIn(language, codeBreaks, "code break", "次揭盲");
  return `  ${say("next", { number, seen, arms })}\n`;
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);
const percent = (share: number | undefined, language: Language): string =>
  share === undefined ? "?" : `${(100 * share).toFixed(1)}${language === "zh" ? "%" : " %"}`;
