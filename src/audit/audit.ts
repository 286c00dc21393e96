import { fail, requireEach, requireFields } from "../foundation/index.js";
import { parsePlan } from "../list/index.js";
import type { Seed } from "../random/index.js";
import { requireTrial, type Trial } from "../trial/index.js";
import { dryRun, fromFiles } from "./readSubject.js";
import { reportOf, type AuditReport } from "./reportOf.js";
import { findingsOfList } from "./rules.js";
import { parseAuditFacts } from "./factsSchema.js";
import type { AuditedFile, AuditFacts, AuditSubject } from "./subject.js";

/**
 * Audits a plan before there is a list: a TEST list is drawn from it in memory, and all rules run on that list, its
 * files, and what is known of doses and kits.
 *
 * @param facts - of doses and kits, where they are known
 * @param plan - as a plan file holds it, or read
 * @param trial - with the decisions recorded that open the plan's arms
 * @throws AllocellError as `generateList` does
 * @example
 * auditPlan(plan, trial).findings[0].rule; // 1
 */
export function auditPlan(plan: unknown, trial: Trial, facts: AuditFacts = {}): AuditReport {
  const read = parseAuditFacts(facts);
  if (read.log !== undefined) {
    fail(
      "blinding.audit_log_unneeded",
      "log",
      "A plan has no log: nobody was assigned from the TEST list of its audit.",
      {
        expected: "auditList with the files of the list that the log belongs to",
      },
    );
  }
  return ofSubject(dryRun(parsePlan(plan), trial, read));
}

/** What {@link auditList} takes beside the files. */
export interface AuditListOptions {
  readonly trial?: Trial;
  /** Of this list; with it rules 1, 4, 9 and 10 are decided. */
  readonly seed?: Seed;
  /** The files of the TEST list beside the LIVE one, or the other way round. */
  readonly other?: readonly AuditedFile[];
  readonly facts?: AuditFacts;
}

const FILE = { name: "text", text: "text" } as const;

/**
 * Audits the files of a list, the unblinded manifest among them. Files without UNBLINDED in their names are taken for
 * files that blinded people get, whoever made them.
 *
 * @param files - name and text of each
 * @param options - the trial, the seed, and the facts, for the rules that need them
 * @throws AllocellError `blinding.audit_manifest_missing`, `blinding.audit_file_unreadable`, `list.manifest_invalid`,
 * `list.manifest_altered`, `list.plan_invalid`, `list.trial_differs`, `list.seed_differs`, `list.algorithm_unknown`
 */
export function auditList(files: readonly AuditedFile[], options: AuditListOptions = {}): AuditReport {
  requireEach(files, "a file with its text", FILE);
  requireFields(options, "the options of an audit", {});
  const { facts = {}, ...more } = options;
  if (more.trial !== undefined) requireTrial(more.trial);
  if (more.other !== undefined) requireEach(more.other, "a file with its text", FILE);
  return ofSubject(fromFiles(files, parseAuditFacts(facts), more));
}

const ofSubject = (subject: AuditSubject): AuditReport => reportOf(subject, findingsOfList(subject));
