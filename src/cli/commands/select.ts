import { basename, resolve } from "node:path";
import {
  chooseArm,
  choiceCharacteristics,
  parseChoiceRule,
  type ArmResult,
  type ArmTruth,
  type ChoiceProposal,
  type ChoiceRule,
} from "../../escalation/index.js";
import { describeReceived, fail, pathTo, sha256Hex } from "../../foundation/index.js";
import { parseIsoDate } from "../../calendar/index.js";
import { choiceText, type ChoiceText, type Language } from "../../report/index.js";
import { exists, failAt, writeOneFile } from "../../store/disk/index.js";
import { inFile, mapOf, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import type { LanguageOptions } from "../languageOption.js";
import { tableText } from "../reportTableText.js";

export interface SelectOptions extends CommonOptions, LanguageOptions {
  readonly results?: string;
  readonly truth: readonly string[];
  readonly out?: string;
}

/** What `--out` writes: the closed report that a decision record refers to by its hash. UNBLINDED. */
interface ChoiceReport {
  readonly format: "allocell-choice-1";
  readonly rule: ChoiceRule;
  readonly dataCut: string;
  readonly results: readonly ArmResult[];
  readonly proposal: ChoiceProposal;
  /** So that nobody finds the counts by trying until the hash fits. */
  readonly salt: string;
}

/** `allocell select RULE`: which dose the rule proposes after a randomized part, and how the rule behaves. UNBLINDED. */
export async function select(io: Io, file: string, options: SelectOptions): Promise<number> {
  const { results, truth, out } = options;
  if (results === undefined && truth.length === 0) {
    fail("cli.option_missing", "--results", "There is nothing to compute from.", {
      expected: "--results FILE for a proposal, or --truth ARM=N:RESPONSE[:EVENT] for each arm",
    });
  }
  if (out !== undefined) requireOut(io, out, results);
  const source = await readDataFile(io, file);
  const rule = inFile(source, "", () => parseChoiceRule(source.data));
  const seen = results === undefined ? undefined : await readResults(io, results);
  const proposal = seen === undefined ? undefined : chooseArm(rule, seen.arms);
  const behaves = truth.length === 0 ? undefined : choiceCharacteristics(rule, truth.map(readTruth));
  let report: { readonly file: string; readonly sha256: string } | undefined;
  if (out !== undefined && seen !== undefined && proposal !== undefined) {
    const salt = Buffer.from(io.entropy(16)).toString("hex");
    const { dataCut, arms } = seen;
    const body: ChoiceReport = { format: "allocell-choice-1", rule, dataCut, results: arms, proposal, salt };
    const content = jsonText(body);
    writeOneFile({ path: resolve(io.cwd, out), shown: out, mode: 0o600, content });
    report = { file: out, sha256: sha256Hex(content) };
  }
  const answer = {
    command: "select",
    rule,
    ...(proposal === undefined ? {} : { proposal }),
    ...(behaves === undefined ? {} : { characteristics: behaves }),
    ...(report === undefined ? {} : { report }),
  };
  await io.stdout.write(
    options.json === true
      ? jsonText(answer)
      : text(choiceText(rule, proposal, behaves, io.language ?? options.lang), report, io.language),
  );
  return 0;
}

function requireOut(io: Io, out: string, results: string | undefined): void {
  if (results === undefined) {
    fail("cli.option_missing", "--results", "A report is one of results.", { expected: "--results FILE" });
  }
  if (!basename(out).includes("UNBLINDED")) {
    const message = "The report names arms and their counts, so its file name says UNBLINDED; this one would not.";
    failAt({ code: "cli.report_name", path: "--out", file: out, message, expected: "choice.UNBLINDED.json" });
  }
  if (exists(resolve(io.cwd, out), out)) {
    const message = "This file exists already; nothing was written.";
    failAt({ code: "cli.output_exists", path: "--out", file: out, message, expected: "another name" });
  }
}

/** Results by arm, and the day up to which data were looked at. */
async function readResults(
  io: Io,
  file: string,
): Promise<{ readonly dataCut: string; readonly arms: readonly ArmResult[] }> {
  const source = await readDataFile(io, file);
  const map = mapOf(source, "results", "dataCut, arms");
  return inFile(source, "", () => {
    const { dataCut, arms, ...others } = map;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined) {
      fail("escalation.results_invalid", unknown, `"${unknown}" is not a known field.`, { expected: "dataCut, arms" });
    }
    if (!Array.isArray(arms)) {
      return fail("escalation.results_invalid", "arms", "The results are a list, one entry an arm.", {
        expected: "entries such as { arm: low, n: 12, responders: 5, events: 0 }",
        received: describeReceived(arms),
      });
    }
    return { dataCut: parseIsoDate(dataCut, "dataCut"), arms: arms.map(readArm) };
  });
}

function readArm(entry: unknown, i: number): ArmResult {
  const unknown = Object.keys(entry ?? {}).find((key) => !["arm", "n", "responders", "events"].includes(key));
  if (unknown === undefined) return entry as ArmResult;
  return fail("escalation.results_invalid", pathTo("arms", i, unknown), `"${unknown}" is not a known field.`, {
    expected: "arm, n, responders, events",
  });
}

/** `low=12:0.35:0.05`: arm, participants, true rate of response and, where the rule has a limit, of events. */
function readTruth(text: string): ArmTruth {
  const [, arm, n, response, event] = /^([^=]+)=(\d{1,4}):([^:]+)(?::([^:]+))?$/.exec(text) ?? [];
  if (arm === undefined || response === undefined) {
    return fail("cli.truth_invalid", "--truth", `"${text}" does not give an arm with its rates.`, {
      expected: "ARM=N:RESPONSE or ARM=N:RESPONSE:EVENT, such as low=12:0.35:0.05",
      parameters: { text },
    });
  }
  return { arm, n: Number(n), response, ...(event === undefined ? {} : { event }) };
}

function text(
  told: ChoiceText,
  report: { readonly file: string; readonly sha256: string } | undefined,
  language: Language = "en",
): string {
  const name = language === "zh" ? "报告    " : "report  ";
  return [
    ...told.lines,
    "",
    ...told.tables.map(tableText),
    ...(report === undefined ? [] : [`${name}${report.file}`, `sha256  ${report.sha256}`, ""]),
    told.closing,
    "",
  ].join("\n");
}
