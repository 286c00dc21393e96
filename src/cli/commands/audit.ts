import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import {
  auditDynamic,
  auditText,
  auditList,
  auditPlan,
  parseAuditFacts,
  writeAuditText,
  writtenFinding,
  type AuditedFile,
  type AuditFacts,
  type AuditLanguage,
  type AuditReport,
  type AuditText,
  type WrittenFinding,
} from "../../audit/index.js";
import { fail } from "../../foundation/index.js";
import { isListFile, type Plan } from "../../list/index.js";
import type { Trial } from "../../trial/index.js";
import { TRIALS } from "../../trials/index.js";
import { failAt, logText, touching } from "../../store/disk/index.js";
import { readBytes } from "../custodyFiles.js";
import { inFile, mapOf, readDataFile, type DataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { dynamicPlanOf, isDynamicPlan, readPlanFile } from "../planFile.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { wrapWide } from "../chinese/wrapWide.js";
import { padWide, wrapText } from "../textTable.js";
import { applyDecisions, readDoseBasis, withTrialOf } from "../trialInput.js";

export interface AuditOptions extends CommonOptions, SeedOptions {
  readonly trial?: string;
  readonly decision?: string;
  readonly assumptions?: string;
  readonly assume: readonly string[];
  readonly other?: string;
  readonly facts?: string;
  readonly log?: string;
}

/** A file larger than that is no file of a list that people handle; reading it whole would fill the memory. */
const LARGEST_BYTES = 256_000_000;

/**
 * `allocell audit DIR|PLAN`: every rule that a program can decide, with its evidence; exit code 1 when one fails.
 *
 * @param language - absent: English
 */
export async function audit(io: Io, path: string, options: AuditOptions, language?: AuditLanguage): Promise<number> {
  const isFolder = touching(path, () => statSync(resolve(io.cwd, path)).isDirectory());
  const report = isFolder ? await auditFolder(io, path, options) : await auditPlanFile(io, path, options);
  const findings = report.findings.map((one) => writtenFinding(one, language));
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "audit", world: "unblinded", ...report, findings })
      : answerText(report, findings, language),
  );
  return report.verdict === "fail" ? 1 : 0;
}

/** The same of a plan for a page: the findings as data, which the page writes in its language. */
export async function auditOnPage(io: Io, path: string, options: AuditOptions): Promise<number> {
  await io.stdout.write(jsonText(await auditPlanFile(io, path, options)));
  return 0;
}

/** A dynamic allocation: its plan, and with its log and seed what was allocated. */
async function auditDynamicFile(io: Io, source: DataFile, options: AuditOptions): Promise<AuditReport> {
  if (options.other !== undefined) {
    fail("cli.option_unneeded", "--other", "A dynamic allocation has no list that another one could stand beside.");
  }
  const plan = dynamicPlanOf(source);
  const basis = await readDoseBasis(io, plan.trial, withTrialOf(source, options));
  const { decisions } = mapOf(source, "a plan", "factors");
  const trial = applyDecisions(basis.trial, source, decisions, "decisions");
  const isSeeded = (options.seedFile ?? options.testSeed) !== undefined;
  const facts = await readFacts(io, options, basis.assumptions);
  return inFile(source, "", () =>
    auditDynamic(plan, trial, { facts, ...(isSeeded ? { seed: readSeed(io, options).seed } : {}) }),
  );
}

async function auditPlanFile(io: Io, file: string, options: AuditOptions): Promise<AuditReport> {
  const source = await readDataFile(io, file);
  if (isDynamicPlan(source)) return auditDynamicFile(io, source, options);
  for (const [name, value] of [
    ["--log", options.log],
    ["--other", options.other],
    ["--seed-file", options.seedFile],
    ["--test-seed", options.testSeed],
  ]) {
    if (value !== undefined) {
      return fail(
        "cli.option_unneeded",
        name ?? "",
        `A plan is audited on a TEST list of its own: ${name ?? ""} is for a folder.`,
      );
    }
  }
  const { plan, trial, facts } = await planOfFile(io, file, options);
  return auditPlan(plan, trial, facts);
}

/** A plan file with the trial that its decisions open, and what else is known. */
export async function planOfFile(
  io: Io,
  file: string,
  options: Pick<AuditOptions, "trial" | "decision" | "assumptions" | "assume" | "facts" | "log">,
): Promise<{ readonly plan: Plan; readonly trial: Trial; readonly facts: AuditFacts }> {
  const { source, plan, decisions } = await readPlanFile(io, file);
  const basis = await readDoseBasis(io, plan.trial, withTrialOf(source, options));
  const trial = applyDecisions(basis.trial, source, decisions, "decisions");
  return { plan, trial, facts: await readFacts(io, options, basis.assumptions) };
}

async function auditFolder(io: Io, folder: string, options: AuditOptions): Promise<AuditReport> {
  const files = readFolder(io, folder);
  const manifest = files.find(({ name }) => isListFile(name, "unblindedManifest"));
  const id = /"trial":\s*"([^"]+)"/.exec(manifest?.text ?? "")?.[1];
  const isKnown = options.trial !== undefined || TRIALS.some((trial) => trial.id === id);
  const basis = isKnown ? await readDoseBasis(io, id, options) : undefined;
  if (basis === undefined && (options.assumptions ?? options.decision) !== undefined) {
    fail("cli.trial_missing", "--trial", "An assumptions file or a decision needs the trial's description.", {
      expected: "--trial FILE",
    });
  }
  const isSeeded = (options.seedFile ?? options.testSeed) !== undefined;
  const facts = await readFacts(io, options, basis?.assumptions ?? {});
  return auditList(files, {
    ...(basis === undefined ? {} : { trial: basis.trial }),
    ...(isSeeded ? { seed: readSeed(io, options).seed } : {}),
    ...(options.other === undefined ? {} : { other: readFolder(io, options.other) }),
    facts,
  });
}

async function readFacts(
  io: Io,
  options: Pick<AuditOptions, "facts" | "log">,
  assumptions: NonNullable<AuditFacts["assumptions"]>,
): Promise<AuditFacts> {
  let facts: AuditFacts = {};
  if (options.facts !== undefined) {
    const source = await readDataFile(io, options.facts);
    facts = inFile(source, "", () =>
      parseAuditFacts(mapOf(source, "a file of facts", "preparations, kits, thresholds")),
    );
  }
  return {
    ...(Object.keys(assumptions).length === 0 ? {} : { assumptions }),
    ...facts,
    ...(options.log === undefined
      ? {}
      : { log: logText(readBytes(io, options.log), options.log), now: io.now().toISOString() }),
  };
}

/** All files of a folder, by name. What is no UTF-8 is read byte by byte, so that it is searched all the same. */
export function readFolder(io: Io, folder: string): readonly AuditedFile[] {
  const path = resolve(io.cwd, folder);
  const names = touching(folder, () => readdirSync(path)).sort((a, b) => (a < b ? -1 : 1));
  return names.flatMap((name): AuditedFile[] =>
    touching(join(folder, name), () => {
      const { size, isFile } = fileFacts(join(path, name));
      if (!isFile) return [];
      if (size > LARGEST_BYTES) {
        const message = `This file has ${size} bytes, more than the ${LARGEST_BYTES} that are audited.`;
        return failAt({
          code: "cli.file_too_large",
          path: name,
          file: join(folder, name),
          message,
          parameters: { size, most: LARGEST_BYTES },
        });
      }
      return [{ name, text: textOf(readFileSync(join(path, name))) }];
    }),
  );
}

function fileFacts(path: string): { readonly size: number; readonly isFile: boolean } {
  const stat = statSync(path);
  return { size: stat.size, isFile: stat.isFile() };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}

function answerText(
  { list, status, from, counts }: AuditReport,
  findings: readonly WrittenFinding[],
  language: AuditLanguage | undefined,
): string {
  const wrap = language === undefined ? wrapText : wrapWide;
  const write = (said: AuditText): string => writeAuditText(said, language);
  const what = from === "files" ? auditText("frame.files", { status, list }) : auditText(`frame.${from}`, { list });
  const lines = findings.flatMap(({ rule, title, verdict, evidence, path }) => [
    `${String(rule).padStart(2)}  ${padWide(write(auditText(`verdict.${verdict}`)), language === undefined ? 6 : 8)}  ${title}`,
    ...wrap(`${path === undefined ? "" : `[${path}] `}${evidence}`, "            ", 100),
  ]);
  const { fail: failed, warn } = counts;
  const summary = auditText("frame.counts", {
    fail: auditText(failed === 1 ? "frame.failure" : "frame.failures", { count: failed }),
    warn: auditText(warn === 1 ? "frame.warning" : "frame.warnings", { count: warn }),
    person: counts["needs-person"],
    pass: counts.pass,
    not: counts["not-applicable"],
  });
  return [write(auditText("frame.title", { what })), "", ...lines, "", write(summary), ""].join("\n");
}
