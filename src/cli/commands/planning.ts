import {
  findSharedVolume,
  planRepeatAdministrations,
  type RepeatAdministration,
  type SharedVolume,
} from "../../dose/index.js";
import { checkEligibility, type EligibilityCheck, type ParticipantFacts, type Sex } from "../../trial/index.js";
import { failAt } from "../../store/disk/index.js";
import { inFile, mapOf, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { wholeNumber } from "../numberOption.js";
import { sayIn, wrapIn, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";
import type { Language } from "../../report/index.js";
import { textTable } from "../textTable.js";
import { readTrial } from "../trialInput.js";

export interface EligibleOptions extends CommonOptions {
  readonly age?: string;
  readonly weight?: string;
  readonly height?: string;
  readonly bmi?: string;
  readonly sex?: Sex;
}

/** `allocell eligible TRIAL`: the limits of a trial in numbers; exit code 1 where one is not met or not assessed. */
export async function eligible(io: Io, trialWord: string, options: EligibleOptions): Promise<number> {
  const trial = await readTrial(io, trialWord);
  const facts: ParticipantFacts = {
    ...(options.age === undefined ? {} : { ageYears: options.age }),
    ...(options.weight === undefined ? {} : { weightKg: options.weight.replace(/\s*kg$/, "") }),
    ...(options.height === undefined ? {} : { heightCm: options.height.replace(/\s*cm$/, "") }),
    ...(options.bmi === undefined ? {} : { bmi: options.bmi }),
    ...(options.sex === undefined ? {} : { sex: options.sex }),
  };
  const checked = checkEligibility(trial, facts);
  const answer = { command: "eligible", trial: trial.id, ...checked };
  await io.stdout.write(
    options.json === true ? jsonText(answer) : eligibilityText(trial.id, checked, io.language ?? "en"),
  );
  return checked.verdict === "eligible-by-numbers" ? 0 : 1;
}

const ELIGIBLE_TEXTS = {
  "verdict.eligible-by-numbers": { en: "eligible-by-numbers", zh: "符合数值标准" },
  "verdict.not-eligible": { en: "not-eligible", zh: "不符合入选标准" },
  "verdict.incomplete": { en: "incomplete", zh: "资料不全，尚不能判断" },
  "result.met": { en: "met", zh: "符合" },
  "result.not-met": { en: "not-met", zh: "不符合" },
  "result.not-assessed": { en: "not-assessed", zh: "未评价" },
  "measure.age": { en: "age", zh: "年龄（岁）" },
  "measure.weight": { en: "weight", zh: "体重（kg）" },
  "measure.bmi": { en: "bmi", zh: "体重指数（kg/m²）" },
  "measure.sex": { en: "sex", zh: "性别" },
  "sex.female": { en: "female", zh: "女" },
  "sex.male": { en: "male", zh: "男" },
  above: { en: "above {limit}", zh: "高于 {limit}" },
  from: { en: "from {limit}", zh: "不低于 {limit}" },
  below: { en: "below {limit}", zh: "低于 {limit}" },
  to: { en: "to {limit}", zh: "不超过 {limit}" },
  criterion: { en: "criterion", zh: "标准" },
  limit: { en: "limit", zh: "界限" },
  participant: { en: "participant", zh: "受试者" },
  title: { en: "{trial}: {verdict}", zh: "{trial}：{verdict}" },
  toRead: {
    en: "To be read by a person; no verdict speaks of these",
    zh: "以下标准须由人工判断，上述结论不涉及（登记资料原文）",
  },
  "kind.inclusion": { en: "inclusion", zh: "入选" },
  "kind.exclusion": { en: "exclusion", zh: "排除" },
  read: { en: "{kind}: {text}", zh: "{kind}：{text}" },
} as const satisfies Texts;

function eligibilityText(trial: string, { verdict, criteria, toRead }: EligibilityCheck, language: Language): string {
  const say = sayIn(ELIGIBLE_TEXTS, language);
  const sex = (text: string | undefined): string =>
    text === "female" || text === "male"
      ? say(`sex.${text}`)
      : (text ?? "").replace(/ years$/u, language === "zh" ? " 岁" : " years");
  const limit = (criterion: EligibilityCheck["criteria"][number]["criterion"]): string => {
    if (criterion.measure === "sex") return sex(criterion.sex);
    const { minimum, maximum } = criterion;
    return [
      ...(minimum === undefined
        ? []
        : [say(criterion.minimumExcluded === true ? "above" : "from", { limit: minimum })]),
      ...(maximum === undefined ? [] : [say(criterion.maximumExcluded === true ? "below" : "to", { limit: maximum })]),
    ].join(language === "zh" ? "，" : " ");
  };
  return [
    say("title", { trial, verdict: say(`verdict.${verdict}`) }),
    "",
    textTable(
      [say("criterion"), say("limit"), say("participant"), ""],
      criteria.map(({ criterion, result, received }) => [
        say(`measure.${criterion.measure}`),
        limit(criterion),
        sex(received),
        say(`result.${result}`),
      ]),
    ).trimEnd(),
    "",
    say("toRead"),
    ...toRead.flatMap(({ kind, text }) =>
      wrapIn(language)(say("read", { kind: say(`kind.${kind}`), text }), "  - ", 100),
    ),
    "",
  ].join("\n");
}

export interface CalendarOptions extends CommonOptions {
  readonly first: string;
  readonly count: string;
  readonly interval?: string;
  readonly offsets?: string;
  readonly early?: string;
  readonly late?: string;
  readonly anchor?: "planned" | "actual-first";
  readonly spacing?: string;
  readonly actual: readonly string[];
  readonly weekend: "none" | "previous" | "next" | "nearest";
  readonly holidays?: string;
  readonly weigh: "every-administration" | "first-only";
}

/** `allocell calendar`: dates of repeat administrations with windows, off weekends and holidays. */
export async function calendar(io: Io, options: CalendarOptions): Promise<number> {
  const days = (flag: string, text: string | undefined): number | undefined =>
    text === undefined ? undefined : wholeNumber(flag, text);
  const [interval, spacing] = [days("--interval", options.interval), days("--spacing", options.spacing)];
  const isWindowed = (options.early ?? options.late ?? options.anchor) !== undefined;
  const planned = planRepeatAdministrations({
    first: options.first,
    count: wholeNumber("--count", options.count),
    ...(interval === undefined ? {} : { intervalDays: interval }),
    ...(options.offsets === undefined
      ? {}
      : { offsetDays: options.offsets.split(",").map((day) => wholeNumber("--offsets", day.trim())) }),
    ...(isWindowed ? { window: windowOf(options) } : {}),
    ...(spacing === undefined ? {} : { minimumSpacingDays: spacing }),
    actual: options.actual,
    weekend: options.weekend,
    holidays: await readHolidays(io, options.holidays),
    weigh: options.weigh,
  });
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "calendar", administrations: planned })
      : calendarText(planned, await speechOf(io)),
  );
  return 0;
}

function windowOf({ early, late, anchor }: CalendarOptions): {
  earlyDays: number;
  lateDays: number;
  anchor: "planned" | "actual-first";
} {
  return {
    earlyDays: wholeNumber("--early", early ?? ""),
    lateDays: wholeNumber("--late", late ?? ""),
    // Where it is left out the library says what is missing.
    anchor: anchor as "planned" | "actual-first",
  };
}

/** A list of dates, or a map with `holidays`. */
async function readHolidays(io: Io, file: string | undefined): Promise<readonly string[]> {
  if (file === undefined) return [];
  const source = await readDataFile(io, file);
  const found: unknown = Array.isArray(source.data)
    ? source.data
    : mapOf(source, "a file of holidays", "holidays: a list of dates")["holidays"];
  if (Array.isArray(found) && found.every((day) => typeof day === "string")) return found;
  const message = "Holidays are a list of dates, each in quotes.";
  return failAt({ code: "cli.holidays_invalid", path: "holidays", file, message, expected: '["2026-12-25"]' });
}

const CALENDAR_TEXTS = {
  number: { en: "no.", zh: "次序" },
  studyDay: { en: "study day", zh: "研究日" },
  planned: { en: "planned", zh: "计划日期" },
  on: { en: "on", zh: "给药日期" },
  window: { en: "window", zh: "时间窗" },
  windowOf: { en: "{from} to {to}", zh: "{from} 至 {to}" },
  weigh: { en: "weigh", zh: "复测体重" },
  warning: { en: "{code}: {message}", zh: "{code}：{message}" },
} as const satisfies Texts;

function calendarText(planned: readonly RepeatAdministration[], speech: Speech): string {
  const say = sayIn(CALENDAR_TEXTS, speech.language);
  const rows = planned.map(({ number, studyDay, date, workingDate, window, isWeighed }) => [
    String(number),
    String(studyDay),
    date,
    workingDate,
    window === undefined ? "" : say("windowOf", { from: window.from, to: window.to }),
    isWeighed ? say("weigh") : "",
  ]);
  const warnings = planned.flatMap((one) => one.warnings);
  return [
    textTable([say("number"), say("studyDay"), say("planned"), say("on"), say("window"), ""], rows).trimEnd(),
    ...warnings.flatMap((issue) =>
      wrapIn(speech.language)(say("warning", { code: issue.code, message: speech.issue(issue) }), "  ", 100),
    ),
    "",
  ].join("\n");
}

/** `allocell shared-volume FILE`: the final volumes with which one bag serves every arm; exit code 1 where none does. */
export async function sharedVolume(io: Io, file: string, options: CommonOptions): Promise<number> {
  const source = await readDataFile(io, file);
  mapOf(source, "a query for a shared volume", "arms, weightKg, concentrationPerMl, graduationsMl, maximumFinalMl");
  const found = inFile(source, "", () => findSharedVolume(source.data as Parameters<typeof findSharedVolume>[0]));
  const answer = { command: "shared-volume", world: "unblinded", ...found };
  await io.stdout.write(options.json === true ? jsonText(answer) : sharedVolumeText(found, io.language ?? "en"));
  return found.isFeasible ? 0 : 1;
}

const SHARED_TEXTS = {
  title: { en: "SHARED VOLUME: {verdict} (UNBLINDED: it names doses)", zh: "共用终体积：{verdict}（非盲：含剂量）" },
  isOne: { en: "there is one", zh: "有可用体积" },
  isNone: { en: "there is none", zh: "没有可用体积" },
  arm: { en: "arm", zh: "组别" },
  leastDose: { en: "least dose", zh: "最小剂量" },
  greatestDose: { en: "greatest dose", zh: "最大剂量" },
  leastDraw: { en: "least draw mL", zh: "最小抽取体积 mL" },
  greatestDraw: { en: "greatest draw mL", zh: "最大抽取体积 mL" },
  option: {
    en: "syringe {graduation} mL: final volume {from} to {to} mL, rounding error at most {error} %",
    zh: "注射器刻度 {graduation} mL：终体积 {from}～{to} mL，修约误差不超过 {error}%",
  },
  obstacle: { en: "syringe {graduation} mL: {message}", zh: "注射器刻度 {graduation} mL：{message}" },
  // In English its own sentence says it, with the numbers.
  "kind.final-volume": { en: "{message}", zh: "规定的终体积之间没有符合刻度的体积。" },
  "kind.rounding-error": { en: "{message}", zh: "组别 {arm} 的抽取体积过小，修约误差超过限度。" },
  "kind.draw-below-minimum": { en: "{message}", zh: "组别 {arm} 的最小抽取体积低于规定值。" },
  "kind.draw-above-available": { en: "{message}", zh: "组别 {arm} 的最大抽取体积超过可用体积。" },
  "kind.draw-above-final-volume": { en: "{message}", zh: "组别 {arm} 的最大抽取体积超过终体积上限。" },
  "kind.final-concentration": { en: "{message}", zh: "组别 {arm}：没有终体积能同时满足终浓度的上下限。" },
  concentration: {
    en: "syringe {graduation} mL would do with a lot of {from} to {to} cells/mL",
    zh: "若批次浓度为 {from}～{to} 个细胞/mL，注射器刻度 {graduation} mL 可用",
  },
} as const satisfies Texts;

function sharedVolumeText(
  { isFeasible, arms, options, obstacles, concentrations }: SharedVolume,
  language: Language,
): string {
  const say = sayIn(SHARED_TEXTS, language);
  return [
    say("title", { verdict: say(isFeasible ? "isOne" : "isNone") }),
    "",
    textTable(
      [say("arm"), say("leastDose"), say("greatestDose"), say("leastDraw"), say("greatestDraw")],
      arms.map((one) => [one.arm, one.leastTarget, one.greatestTarget, one.leastDrawMl, one.greatestDrawMl]),
    ).trimEnd(),
    ...options.map(
      ({ graduationMl: graduation, finalVolumeMl: { from, to }, greatestRoundingErrorPercent: error }) =>
        `  ${say("option", { graduation, from, to, error })}`,
    ),
    ...obstacles.flatMap((obstacle) => {
      const { graduationMl: graduation, kind, arm, message } = obstacle;
      const text = say("obstacle", { graduation, message: say(`kind.${kind}`, { arm, message }) });
      return wrapIn(language)(text, "  ", 100);
    }),
    ...concentrations.map(
      ({ graduationMl: graduation, perMl: { from, to } }) => `  ${say("concentration", { graduation, from, to })}`,
    ),
    "",
  ].join("\n");
}
