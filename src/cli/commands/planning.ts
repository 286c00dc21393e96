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
import { textTable, wrapText } from "../textTable.js";
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
  await io.stdout.write(options.json === true ? jsonText(answer) : eligibilityText(trial.id, checked));
  return checked.verdict === "eligible-by-numbers" ? 0 : 1;
}

function eligibilityText(trial: string, { verdict, criteria, toRead }: EligibilityCheck): string {
  const limit = (criterion: EligibilityCheck["criteria"][number]["criterion"]): string =>
    criterion.measure === "sex"
      ? criterion.sex
      : [
          ...(criterion.minimum === undefined
            ? []
            : [`${criterion.minimumExcluded === true ? "above" : "from"} ${criterion.minimum}`]),
          ...(criterion.maximum === undefined
            ? []
            : [`${criterion.maximumExcluded === true ? "below" : "to"} ${criterion.maximum}`]),
        ].join(" ");
  return [
    `${trial}: ${verdict}`,
    "",
    textTable(
      ["criterion", "limit", "participant", ""],
      criteria.map(({ criterion, result, received }) => [criterion.measure, limit(criterion), received ?? "", result]),
    ).trimEnd(),
    "",
    "To be read by a person; no verdict speaks of these",
    ...toRead.flatMap(({ kind, text }) => wrapText(`${kind}: ${text}`, "  - ", 100)),
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
    options.json === true ? jsonText({ command: "calendar", administrations: planned }) : calendarText(planned),
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

function calendarText(planned: readonly RepeatAdministration[]): string {
  const rows = planned.map(({ number, studyDay, date, workingDate, window, isWeighed }) => [
    String(number),
    String(studyDay),
    date,
    workingDate,
    window === undefined ? "" : `${window.from} to ${window.to}`,
    isWeighed ? "weigh" : "",
  ]);
  const warnings = planned.flatMap((one) => one.warnings);
  return [
    textTable(["no.", "study day", "planned", "on", "window", ""], rows).trimEnd(),
    ...warnings.flatMap(({ code, message }) => wrapText(`${code}: ${message}`, "  ", 100)),
    "",
  ].join("\n");
}

/** `allocell shared-volume FILE`: the final volumes with which one bag serves every arm; exit code 1 where none does. */
export async function sharedVolume(io: Io, file: string, options: CommonOptions): Promise<number> {
  const source = await readDataFile(io, file);
  mapOf(source, "a query for a shared volume", "arms, weightKg, concentrationPerMl, graduationsMl, maximumFinalMl");
  const found = inFile(source, "", () => findSharedVolume(source.data as Parameters<typeof findSharedVolume>[0]));
  const answer = { command: "shared-volume", world: "unblinded", ...found };
  await io.stdout.write(options.json === true ? jsonText(answer) : sharedVolumeText(found));
  return found.isFeasible ? 0 : 1;
}

function sharedVolumeText({ isFeasible, arms, options, obstacles, concentrations }: SharedVolume): string {
  return [
    `SHARED VOLUME: ${isFeasible ? "there is one" : "there is none"} (UNBLINDED: it names doses)`,
    "",
    textTable(
      ["arm", "least dose", "greatest dose", "least draw mL", "greatest draw mL"],
      arms.map((one) => [one.arm, one.leastTarget, one.greatestTarget, one.leastDrawMl, one.greatestDrawMl]),
    ).trimEnd(),
    ...options.map(
      ({ graduationMl, finalVolumeMl: { from, to }, greatestRoundingErrorPercent: error }) =>
        `  syringe ${graduationMl} mL: final volume ${from} to ${to} mL, rounding error at most ${error} %`,
    ),
    ...obstacles.flatMap(({ graduationMl, message }) => wrapText(`syringe ${graduationMl} mL: ${message}`, "  ", 100)),
    ...concentrations.map(
      ({ graduationMl, perMl: { from, to } }) =>
        `  syringe ${graduationMl} mL would do with a lot of ${from} to ${to} cells/mL`,
    ),
    "",
  ].join("\n");
}
