import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describeReceived, fail, keysOfPath } from "../foundation/index.js";
import { defineTrial, recordDecision, type AssumptionInputs, type Trial } from "../trial/index.js";
import { trialById, TRIALS } from "../trials/index.js";
import { failAt, type LocatedIssue, relocated } from "../store/disk/index.js";
import { inFile, mapOf, readDataFile, type DataFile } from "./dataFile.js";
import type { Io } from "./io.js";

/** A built-in trial by its registry number, or a user's own from a YAML or JSON file. */
export async function readTrial(io: Io, idOrFile: string): Promise<Trial> {
  if (TRIALS.some((trial) => trial.id === idOrFile)) return trialById(idOrFile);
  const isFile = /[/\\]|\.(ya?ml|json)$/i.test(idOrFile) || existsSync(resolve(io.cwd, idOrFile));
  if (!isFile) {
    const known = TRIALS.map((trial) => trial.id).join(", ");
    return fail("trials.unknown", "TRIAL", `There is no built-in trial ${describeReceived(idOrFile)}.`, {
      expected: `one of ${known}, or the path of a trial file (YAML or JSON)`,
      parameters: { name: describeReceived(idOrFile) },
    });
  }
  const source = await readDataFile(io, idOrFile);
  const map = mapOf(source, "a trial", "id, title, arms, parts");
  if (statesTrial(source)) return inFile(source, "trial", () => defineTrial(map["trial"]));
  return inFile(source, "", () => defineTrial(source.data));
}

/** Whether a file is a plan that states its trial in short. */
const statesTrial = ({ data }: DataFile): boolean =>
  typeof data === "object" && data !== null && "trial" in data && typeof data.trial === "object" && data.trial !== null;

/** The options of a command that reads a plan: a plan that states its trial is the file of that trial. */
export function withTrialOf<T extends { readonly trial?: string }>(source: DataFile, options: T): T {
  if (!statesTrial(source)) return options;
  if (options.trial === undefined) return { ...options, trial: source.file };
  return fail("cli.option_surplus", "--trial", "The plan states its trial itself.", {
    expected: "the plan alone, or a plan that names its trial by the id",
    received: "--trial beside it",
  });
}

/** The trial of a command that takes it as its first word, as `--trial`, or as both. */
export async function chooseTrial(io: Io, word: string | undefined, option: string | undefined): Promise<Trial> {
  if (option === undefined) {
    if (word !== undefined) return readTrial(io, word);
    return fail("cli.trial_missing", "--trial", "The trial is missing.", {
      expected: `a registry number (${TRIALS.map((trial) => trial.id).join(", ")}) or a trial file`,
    });
  }
  const trial = await readTrial(io, option);
  if (word !== undefined && word !== option && word !== trial.id) {
    return fail("cli.trial_differs", "--trial", `The file describes trial ${trial.id}, not ${word}.`, {
      expected: `trial ${word}`,
      received: trial.id,
    });
  }
  return trial;
}

/** Opens arms by the decisions of a file: one record, a list of them, or a map with `decisions`. */
export async function applyDecisionFile(io: Io, trial: Trial, file: string | undefined): Promise<Trial> {
  if (file === undefined) return trial;
  const source = await readDataFile(io, file);
  if (Array.isArray(source.data)) return applyDecisions(trial, source, source.data, "");
  const map = mapOf(source, "a decision record", "arm, dataCut, decidedBy, decidedOn, dose, administrations");
  if ("decisions" in map) return applyDecisions(trial, source, map["decisions"], "decisions");
  return inFile(source, "", () => recordDecision(trial, map));
}

/** Records each decision of a list; `undefined` is none. */
export function applyDecisions(trial: Trial, source: DataFile, decisions: unknown, prefix: string): Trial {
  if (decisions === undefined) return trial;
  if (!Array.isArray(decisions)) {
    return inFile(source, prefix, () =>
      fail("trial.decision_invalid", "", "Decisions are a list, one record an arm.", {
        expected: "a list of decision records",
        received: describeReceived(decisions),
      }),
    );
  }
  return decisions.reduce<Trial>(
    (opened, decision: unknown, i) =>
      inFile(source, prefix === "" ? String(i) : `${prefix}.${i}`, () => recordDecision(opened, decision)),
    trial,
  );
}

/** What is assumed for doses, from an assumptions file file and from `--assume`, with the trial as the decisions leave it. */
export interface DoseBasis {
  readonly trial: Trial;
  readonly assumptions: AssumptionInputs;
  /** A fault with the place where its answer was stated. */
  readonly place: (issue: LocatedIssue) => LocatedIssue;
  /** Runs what uses the assumptions, and says of each fault where it was stated. */
  readonly placed: <T>(act: () => T) => T;
}

/** The answers of a trial, in a file and one by one. */
export interface AnswerOptions {
  readonly assumptions?: string;
  readonly assume: readonly string[];
  /** File with the decision that opens an arm. */
  readonly decision?: string;
}

export interface DoseBasisOptions extends AnswerOptions {
  readonly trial?: string;
}

const ASSUMPTION_FIELDS = ["trial", "assumptions", "decisions"];

/** Reads trial, assumptions file, decisions and single assumptions; says nothing twice. */
export async function readDoseBasis(io: Io, word: string | undefined, options: DoseBasisOptions): Promise<DoseBasis> {
  let trial = await chooseTrial(io, word, options.trial);
  const answersFile = options.assumptions === undefined ? undefined : await readDataFile(io, options.assumptions);
  // A map: as a field of an object the key "__proto__" would be lost without a word.
  const assumptions = new Map<string, unknown>();
  if (answersFile !== undefined) {
    const map = mapOf(answersFile, "an assumptions file", "assumptions, decisions");
    checkAssumptions(answersFile, map, trial.id);
    for (const [key, value] of Object.entries(map["assumptions"] ?? {})) assumptions.set(key, value);
    trial = applyDecisions(trial, answersFile, map["decisions"], "decisions");
  }
  trial = await applyDecisionFile(io, trial, options.decision);
  const single = new Set<string>();
  for (const text of options.assume) {
    const at = text.indexOf("=");
    const key = text.slice(0, at).trim();
    if (at < 1 || key === "") {
      return fail("cli.assume_invalid", "--assume", `"${text}" is not key=value.`, {
        expected: "for example --assume dose.countBasis=viable-cells",
        parameters: { text },
      });
    }
    if (assumptions.has(key)) {
      const where = single.has(key) ? "twice with --assume" : "in the assumptions and with --assume";
      return fail("cli.assumption_twice", `--assume ${key}`, `"${key}" is stated ${where}.`, {
        expected: "each assumption stated once",
        parameters: { stratum: where },
      });
    }
    single.add(key);
    assumptions.set(key, text.slice(at + 1).trim());
  }
  const place = (issue: LocatedIssue): LocatedIssue => {
    const key = keyOf(issue.path);
    if (key === undefined) return issue;
    if (single.has(key)) return { ...issue, path: `--assume ${key}` };
    return answersFile === undefined ? issue : { ...issue, file: answersFile.file, ...answersFile.placeOf(issue.path) };
  };
  const placed = <T>(act: () => T): T => relocated(place, act);
  return { trial, assumptions: Object.fromEntries(assumptions) as AssumptionInputs, place, placed };
}

/** The key of the answer that a path leads to. */
export function keyOf(path: string): string | undefined {
  const [map, key] = keysOfPath(path);
  return map === "assumptions" ? key : undefined;
}

function checkAssumptions(answersFile: DataFile, map: Readonly<Record<string, unknown>>, trialId: string): void {
  const fault = (path: string, message: string, expected: string): never =>
    failAt({
      code: "cli.assumptions_invalid",
      path,
      file: answersFile.file,
      ...answersFile.placeOf(path),
      message,
      expected,
    });
  for (const key of Object.keys(map)) {
    if (!ASSUMPTION_FIELDS.includes(key))
      fault(key, `The assumptions: "${key}" is not a known field.`, ASSUMPTION_FIELDS.join(", "));
  }
  const { trial, assumptions } = map;
  if (trial !== undefined && trial !== trialId) {
    fault("trial", `The assumptions are for ${describeReceived(trial)}, not for trial ${trialId}.`, trialId);
  }
  if (
    assumptions !== undefined &&
    (typeof assumptions !== "object" || assumptions === null || Array.isArray(assumptions))
  ) {
    fault("assumptions", "The assumptions: assumptions are a map.", "lines such as `dose.cap: none`");
  }
}
