import { readFileSync } from "node:fs";
import { parse } from "yaml";
import {
  auditList,
  auditPlan,
  type AuditedFile,
  type AuditFacts,
  type AuditReport,
  type Verdict,
} from "../../../src/audit/index.js";
import {
  listBinding,
  blindedManifest,
  generateList,
  parsePlan,
  toBlindedCsv,
  toBlindedJson,
  toMasterCsv,
  toMasterJson,
  unblindedManifest,
  type Plan,
} from "../../../src/list/index.js";
import { sha256Hex } from "../../../src/foundation/index.js";
import { Seed } from "../../../src/random/index.js";
import type { AssumptionInputs, Trial } from "../../../src/trial/index.js";
import { trialById } from "../../../src/trials/index.js";

export interface Example {
  readonly plan: Plan;
  readonly trial: Trial;
  readonly assumptions: AssumptionInputs;
}

/** One of the four examples of the repository, as its files hold it. */
export function example(name: "sle" | "t1d" | "t2d" | "uc"): Example {
  const read = (file: string): Record<string, unknown> =>
    parse(readFileSync(`examples/${name}/${file}.yaml`, "utf8")) as Record<string, unknown>;
  const plan = parsePlan(read("plan"));
  return { plan, trial: trialById(plan.trial), assumptions: read("assumptions")["assumptions"] as AssumptionInputs };
}

const joined = (pieces: Iterable<string>): string => [...pieces].join("");

/** The files of a list, as `allocell list` names them. */
export function filesOf(plan: Plan, trial: Trial, seed: Seed): AuditedFile[] {
  const list = generateList({ plan, trial, seed });
  const base = seed.kind === "TEST" ? `${plan.list}.TEST` : plan.list;
  const files: AuditedFile[] = [
    { name: `${base}.UNBLINDED.master.csv`, text: joined(toMasterCsv(list)) },
    { name: `${base}.UNBLINDED.master.json`, text: joined(toMasterJson(list)) },
    { name: `${base}.blinded.csv`, text: joined(toBlindedCsv(list.blinded())) },
    { name: `${base}.blinded.json`, text: joined(toBlindedJson(list.blinded())) },
  ];
  const hash = ({ name, text }: AuditedFile): { file: string; sha256: string } => ({
    file: name,
    sha256: sha256Hex(text),
  });
  const blinded = JSON.stringify(blindedManifest(list, files.slice(2).map(hash), listBinding(list)), null, 2);
  files.push({ name: `${base}.blinded.manifest.json`, text: `${blinded}\n` });
  const manifest = JSON.stringify(unblindedManifest(list, "", files.map(hash)), null, 2);
  return [...files, { name: `${base}.UNBLINDED.manifest.json`, text: `${manifest}\n` }];
}

export const testSeed: Seed = Seed.test("audit tests");
export const sle: Example = example("sle");
export const sleFiles: readonly AuditedFile[] = filesOf(sle.plan, sle.trial, testSeed);

/** The files with the text of one of them, or its name, changed; nothing changed is a fault of the test. */
export function changed(
  files: readonly AuditedFile[],
  ending: string,
  change: (file: AuditedFile) => AuditedFile,
): AuditedFile[] {
  const at = files.findIndex(({ name }) => name.endsWith(ending));
  const before = files[at];
  if (before === undefined) throw new Error(`no file ends in ${ending}`);
  const after = change(before);
  if (after.name === before.name && after.text === before.text) throw new Error("nothing was changed");
  return files.map((file, i) => (i === at ? after : file));
}

export const edited = (files: readonly AuditedFile[], ending: string, edit: (text: string) => string): AuditedFile[] =>
  changed(files, ending, ({ name, text }) => ({ name, text: edit(text) }));

/** The findings of one rule, as `verdict: evidence`. */
export function said(report: AuditReport, rule: number): string[] {
  return report.findings.filter((each) => each.rule === rule).map(({ verdict, evidence }) => `${verdict}: ${evidence}`);
}

/** The gravest verdict of one rule. */
export function verdictOf(report: AuditReport, rule: number): Verdict {
  const order: readonly Verdict[] = ["fail", "warn", "needs-person", "pass", "not-applicable"];
  const own = report.findings.filter((each) => each.rule === rule).map(({ verdict }) => verdict);
  return order.find((verdict) => own.includes(verdict)) ?? "not-applicable";
}

/** Audits files of the lupus example that were made from {@link testSeed}. */
export const auditSle = (files: readonly AuditedFile[], facts: AuditFacts = {}): AuditReport =>
  auditList(files, { trial: sle.trial, seed: testSeed, facts: { assumptions: sle.assumptions, ...facts } });
export const auditPlanOf = ({ plan, trial, assumptions }: Example, facts: AuditFacts = {}): AuditReport =>
  auditPlan(plan, trial, { assumptions, ...facts });
