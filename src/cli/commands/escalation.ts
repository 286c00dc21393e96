import {
  characteristics,
  completePathways,
  decisionTable,
  nextStep,
  ownTableWarnings,
  simulateCharacteristics,
  transitionPathways,
  type Characteristics,
  type CharacteristicsOptions,
} from "../../escalation/index.js";
import { sha256Hex, type Issue } from "../../foundation/index.js";
import { arc4Stream } from "../../random/index.js";
import {
  decisionPlot,
  toPlotSvg,
  escalationTables,
  nextStepLines,
  ruleWarnings,
  toEscalationHtml,
  type EscalationReport,
  type Language,
} from "../../report/index.js";
import { placesOf, readRule } from "../escalationInput.js";
import { explainedText } from "../explained.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import type { LanguageOptions } from "../languageOption.js";
import { wholeNumber } from "../numberOption.js";
import { tableText } from "../reportTableText.js";
import { inLanguage, writeReportFolder, writtenLines } from "../reportFolder.js";
import { wrapIn } from "../answers/say.js";

interface OutputOptions extends CommonOptions, LanguageOptions {
  readonly out?: string;
}

export type EscalationTableOptions = OutputOptions;

/** The stream of simulations, if none is named: the same command gives the same numbers. */
const STREAM = "allocell escalation assess";

/** `allocell escalation table RULE`: the options of a design and its decisions. */
export async function escalationTable(io: Io, file: string, options: EscalationTableOptions): Promise<number> {
  const design = await readRule(io, file);
  const { rule } = design;
  const warnings = rule.kind === "own-table" ? ownTableWarnings(rule) : [];
  const answer = { command: "escalation table", design, table: decisionTable(design), warnings };
  return answered(io, options, { design }, answer, warnings);
}

export interface EscalationAssessOptions extends OutputOptions {
  readonly truth: readonly string[];
  readonly moreThan?: string;
  readonly overdoseAbove?: string;
  readonly fractions?: boolean;
  readonly simulate?: string;
  readonly stream?: string;
}

const ratesOf = (text: string): readonly string[] => text.split(",").map((rate) => rate.trim());

/** `allocell escalation assess RULE --truth RATES`: operating characteristics. */
export async function escalationAssess(io: Io, file: string, options: EscalationAssessOptions): Promise<number> {
  const design = await readRule(io, file);
  const places = await placesOf(io, design);
  const moreThan = options.moreThan === undefined ? places : wholeNumber("--more-than", options.moreThan);
  const asked: CharacteristicsOptions = {
    ...(moreThan === undefined ? {} : { moreThan }),
    ...(options.overdoseAbove === undefined ? {} : { overdoseAbove: options.overdoseAbove }),
    ...(options.fractions === true ? { fractions: true } : {}),
  };
  const found = options.truth.map((text): Characteristics => {
    const truth = ratesOf(text);
    if (options.simulate === undefined) return characteristics(design, truth, asked);
    const source = arc4Stream(sha256Hex(options.stream ?? STREAM));
    return simulateCharacteristics(design, truth, { runs: wholeNumber("--simulate", options.simulate), source }, asked);
  });
  const answer = { command: "escalation assess", design, characteristics: found };
  return answered(io, options, { design, characteristics: found }, answer);
}

export interface EscalationPathsOptions extends OutputOptions {
  readonly history: string;
  readonly depth: string;
  readonly all?: boolean;
  readonly truth?: string;
  readonly places?: string;
}

/** `allocell escalation paths RULE`: the present step and the transition tree, or every pathway. */
export async function escalationPaths(io: Io, file: string, options: EscalationPathsOptions): Promise<number> {
  const design = await readRule(io, file);
  const { history, all, truth } = options;
  const now = nextStep(design, history);
  const places = options.places === undefined ? await placesOf(io, design) : wholeNumber("--places", options.places);
  const asked = {
    history,
    ...(truth === undefined ? {} : { truth: ratesOf(truth) }),
    ...(places === undefined ? {} : { places }),
  };
  const isWaiting = now.action === "wait";
  const shown = isWaiting
    ? {}
    : all === true
      ? { pathways: completePathways(design, asked) }
      : { tree: transitionPathways(design, wholeNumber("--depth", options.depth), asked) };
  const answer = { command: "escalation paths", design, now, ...shown };
  const report = { design, ...shown, ...(places === undefined ? {} : { places }) };
  const before = `${nextStepLines(design, now, io.language ?? options.lang).join("\n")}\n\n`;
  return answered(io, options, report, answer, now.deviations, before);
}

async function answered(
  io: Io,
  { out, json, lang }: OutputOptions,
  report: EscalationReport,
  answer: object,
  warnings: readonly Issue[] = [],
  before = "",
): Promise<number> {
  const files = out === undefined ? [] : await writeReport(io, out, lang, report);
  const spoken = io.language ?? lang;
  const tables = escalationTables(report, spoken).map(tableText).join("\n");
  const [title = "", ...texts] = ruleWarnings(warnings, spoken);
  const warned = texts.flatMap((text) => wrapIn(spoken)(text, "  - ")).join("\n");
  await io.stdout.write(
    json === true
      ? jsonText({ ...answer, files })
      : `${before}${tables}${warned === "" ? "" : `\n${title}\n${warned}\n`}${writtenLines(files, spoken)}`,
  );
  return 0;
}

/** The tables as CSV, the figure, and one page with all of it, in a new folder. */
async function writeReport(io: Io, folder: string, lang: Language, report: EscalationReport): Promise<string[]> {
  const plot = decisionPlot(report.design, lang);
  const svg = toPlotSvg(plot);
  const explained = explainedText("escalation", lang).trim();
  return writeReportFolder(io, folder, lang, escalationTables(report, lang), [
    { file: inLanguage("decisions", "svg", lang), text: svg },
    { file: inLanguage("escalation", "html", lang), text: toEscalationHtml(report, [{ plot, svg }], lang, explained) },
  ]);
}
