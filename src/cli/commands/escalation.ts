import { join, resolve } from "node:path";
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
  type EscalationDesign,
} from "../../escalation/index.js";
import { sha256Hex, type Issue } from "../../foundation/index.js";
import { arc4Stream } from "../../random/index.js";
import {
  decisionPlot,
  escalationTables,
  toEscalationHtml,
  toTableCsv,
  type EscalationReport,
} from "../../report/index.js";
import { placesOf, readRule } from "../escalationInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { wholeNumber } from "../numberOption.js";
import { tableText } from "../reportTableText.js";
import { wrapText } from "../textTable.js";
import { requireNewFolder, writeFolder, writeNewFile } from "../writeFiles.js";

interface OutputOptions extends CommonOptions {
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
  return answered(io, options, report, answer, now.deviations, nowText(design, now));
}

function nowText({ levels }: EscalationDesign, now: ReturnType<typeof nextStep>): string {
  const name = (level: number | null | undefined): string =>
    level === null || level === undefined ? "none" : `${level} (${levels[level - 1]?.label ?? ""})`;
  const what =
    now.action === "stop"
      ? `stop; recommended level: ${name(now.recommended)}`
      : now.action === "wait"
        ? "wait"
        : `${now.action}: ${now.size} at level ${name(now.level)}`;
  const possible = (now.possible ?? []).map(({ furtherDlt, action, level }) => {
    const outcome = furtherDlt.map((own) => `${own.dlt} of ${own.pending} pending at level ${own.level}`).join(", ");
    return `  ${outcome} with a DLT: ${action}${level === null ? "" : `, level ${name(level)}`}\n`;
  });
  return `NOW: ${what}\n  ${now.text}\n${possible.join("")}\n`;
}

async function answered(
  io: Io,
  { out, json }: OutputOptions,
  report: EscalationReport,
  answer: object,
  warnings: readonly Issue[] = [],
  before = "",
): Promise<number> {
  const files = out === undefined ? [] : await writeReport(io, out, report);
  const tables = escalationTables(report).map(tableText).join("\n");
  const warned = warnings.flatMap(({ code, message }) => wrapText(`${code}: ${message}`, "  - ")).join("\n");
  const written = files.length === 0 ? "" : `\nWritten:\n${files.map((file) => `  ${file}\n`).join("")}`;
  await io.stdout.write(
    json === true
      ? jsonText({ ...answer, files })
      : `${before}${tables}${warned === "" ? "" : `\nWarnings:\n${warned}\n`}${written}`,
  );
  return 0;
}

/** The tables as CSV, the figure, and one page with all of it, in a new folder. */
async function writeReport(io: Io, folder: string, report: EscalationReport): Promise<string[]> {
  requireNewFolder(io, folder, "--out");
  const { renderPlot } = await import("../renderPlot.js");
  const plot = decisionPlot(report.design);
  const svg = await renderPlot(plot);
  const files = [
    ...escalationTables(report).map((table) => ({
      file: `${table.title
        .toLowerCase()
        .replace(/[^a-z]+/g, "-")
        .replace(/^-|-$/g, "")}.csv`,
      text: toTableCsv(table),
    })),
    { file: "decisions.svg", text: svg },
    { file: "escalation.html", text: toEscalationHtml(report, [{ plot, svg }]) },
  ];
  await writeFolder(resolve(io.cwd, folder), folder, false, (unfinished) => {
    for (const { file, text } of files) writeNewFile(join(unfinished, file), [text], 0o644);
  });
  return files.map(({ file }) => join(folder, file));
}
