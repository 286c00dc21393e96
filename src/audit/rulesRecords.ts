import { sha256Hex } from "../foundation/index.js";
import { exportOfFileName } from "../exchange/index.js";
import { predictability } from "../assessment/index.js";
import { companionOfFileName, spreadsheetIssues } from "../list/index.js";
import { permutedBlock } from "../procedure/index.js";
import { csvCells, fieldsOf, isCsv, letters } from "./fields.js";
import { atMost, finding, share, type Finding } from "./finding.js";
import { findSecrets } from "./hiddenText.js";
import { secretsOf } from "./secrets.js";
import type { Rules } from "./rule.js";
import { dynamicLog } from "./rulesDynamic.js";
import { faultText, listing, text } from "./saidText.js";
import { blindedFiles, isUnblinded, type AuditSubject, type Sentinel } from "./subject.js";

/** Rule 23: each file that the manifest names, by the SHA-256 of its bytes. */
function ruleManifest({ hashes, files }: AuditSubject): readonly Finding[] {
  if (hashes === undefined) return [finding(23, "needs-person", text("manifest.notGiven"))];
  const findings = hashes.flatMap(({ file, sha256 }): Finding[] => {
    const content = files.find(({ name }) => name === file)?.text;
    if (content === undefined) return [finding(23, "warn", text("manifest.missing"), file)];
    if (sha256Hex(content) === sha256) return [];
    return [finding(23, "fail", text("manifest.altered"), file)];
  });
  if (findings.length > 0) return atMost(findings);
  return [finding(23, "pass", text("manifest.good", { files: hashes.length }))];
}

/** Rule 24: what a program cannot see of a commitment that it was not shown. */
function ruleCommitment(): readonly Finding[] {
  return [finding(24, "needs-person", text("commitment"))];
}

/** What a spreadsheet takes for a formula at the beginning of a cell. */
const TRIGGER = /^[=+\-@\t\r]/;

/** Rule 25: every cell of every CSV file, and what a spreadsheet makes of the plan's names. */
function ruleFormulas({ files, plan }: AuditSubject): readonly Finding[] {
  const changed = spreadsheetIssues({ ...plan, factors: plan.strata, factorsPath: "strata" }).map((issue) =>
    finding(25, "warn", faultText(issue), issue.path),
  );
  const tables = files.filter(isCsv);
  if (tables.length === 0) return changed.length > 0 ? changed : [finding(25, "not-applicable", text("formula.none"))];
  let cells = 0;
  const findings = tables.flatMap(({ name, text: content }) =>
    csvCells(content).flatMap((row, i) =>
      row.flatMap((cell, j) => {
        cells += 1;
        if (!TRIGGER.test(cell)) return [];
        return [
          finding(
            25,
            "fail",
            text("formula.cell", { line: i + 1, column: j + 1, sign: JSON.stringify(cell.charAt(0)) }),
            name,
          ),
        ];
      }),
    ),
  );
  if (findings.length > 0 || changed.length > 0) return [...atMost(findings), ...atMost(changed)];
  return [finding(25, "pass", text("formula.good", { cells, files: tables.length }))];
}

const TREATMENT_FIELD = /^(arm|armcd|actarm|actarmcd|assignedarm|treatment|extrt|redcaprandomizationgroup|group)$/;

/** Rule 26: every file whose fields or text show a treatment. */
function ruleNamedUnblinded(subject: AuditSubject): readonly Finding[] {
  const arms = secretsOf(subject).filter(({ what }) => what === "arm");
  const showing = subject.files.filter(
    (file) =>
      fieldsOf(file)?.some((field) => TREATMENT_FIELD.test(letters(field))) === true ||
      findSecrets(file.text, arms).length > 0,
  );
  const silent = showing.filter(({ name }) => !isUnblinded(name));
  if (silent.length > 0) {
    return silent.map(({ name }) => finding(26, "fail", text("named.silent"), name));
  }
  const foreign = subject.files.filter(({ name }) => isForeign(name, subject));
  if (foreign.length > 0) {
    return foreign.map(({ name }) => finding(26, "fail", text("named.foreign"), name));
  }
  if (showing.length === 0) return [finding(26, "not-applicable", text("named.none"))];
  return [finding(26, "pass", text("named.good", { files: showing.length }))];
}

/** An export, a commitment or anything else that a command wrote about another list. */
function isForeign(name: string, { plan, status }: AuditSubject): boolean {
  const found = exportOfFileName(name) ?? companionOfFileName(name);
  return found !== undefined && (found.list !== plan.list || found.status !== status);
}

const SUMMARY_FIELD = /remaining|slotsleft|left$|^counts?$|balance|byarm|perarm/;

/** Rule 27: counts and rests in blinded files. */
function ruleBlindedSummaries(subject: AuditSubject): readonly Finding[] {
  const files = blindedFiles(subject);
  if (files.length === 0) return [finding(27, "needs-person", text("summaries.notGiven"))];
  const findings = files.flatMap((file): Finding[] => {
    const told = (fieldsOf(file) ?? []).filter((field) => SUMMARY_FIELD.test(letters(field)));
    if (told.length === 0) return [];
    return [finding(27, "fail", text("summaries.told", { fields: listing(told) }), file.name)];
  });
  if (findings.length > 0) return atMost(findings);
  return [finding(27, "pass", text("summaries.good", { files: files.length }))];
}

/** Rule 28: a sentinel group has a level of its own in every factor it names, and is said with its forced share. */
function ruleSentinels(subject: AuditSubject): readonly Finding[] {
  const { trial, plan, facts } = subject;
  if (facts.sentinels === undefined || facts.sentinels.length === 0) {
    const isEarly = trial?.phases?.some((phase) => phase === "phase-1" || phase === "early-phase-1") === true;
    const said = text(isEarly ? "sentinels.early" : "sentinels.none");
    return [finding(28, isEarly ? "needs-person" : "not-applicable", said)];
  }
  return facts.sentinels.map((sentinel, i) => {
    const path = `sentinels.${i}`;
    const size = Object.values(sentinel.counts).reduce((sum, n) => sum + n, 0);
    const counts = Object.entries(sentinel.counts).map(([arm, count]) => text("count.arm", { arm, count }));
    const block = text("sentinels.block", { size, counts: listing(counts), share: share(forcedOf(sentinel)) });
    const own = Object.entries(sentinel.stratum ?? {});
    const isOwn =
      own.length > 0 &&
      own.every(([factor, level]) => plan.strata.some((each) => each.factor === factor && each.levels.includes(level)));
    if (!isOwn) return finding(28, "fail", text("sentinels.inMain", { block }), path);
    return finding(
      28,
      "pass",
      text("sentinels.own", { block, stratum: listing(own.map((pair) => pair.join(" "))) }),
      path,
    );
  });
}

function forcedOf({ counts }: Sentinel): number {
  const present = Object.values(counts).filter((n) => n > 0);
  if (present.length < 2) return 1;
  const size = present.reduce((sum, n) => sum + n, 0);
  // The block of that composition: its counts are its ratio, reduced and multiplied again.
  const urn = permutedBlock({ ratio: present, sizes: [size] });
  return predictability(urn, { ratio: present, rows: size })?.forced ?? 1;
}

export const RULES_OF_RECORDS: Rules<23 | 24 | 25 | 26 | 27 | 28> = {
  /**
   * SHA-256 of each file that the manifest names. The manifest itself: a person
   *
   * - by: program, person
   * - threshold: one byte; warn for a missing file
   * - to do: restore the file; `allocell verify` names the line
   */
  23: { ofList: ruleManifest, ofDynamic: "dynamic.noFiles" },
  /**
   * the commitment was published before the first participant, its nonce is kept
   *
   * - by: person
   * - to do: `allocell commit` and its page
   */
  24: { ofList: ruleCommitment, ofDynamic: "dynamic.noRows" },
  /**
   * every cell of every CSV file
   *
   * - by: program
   * - threshold: `=`, `+`, `-`, `@`, tab or carriage return first; warn for a name that is read as a date or a
   *   number, or as another
   * - to do: another name for the level
   */
  25: { ofList: ruleFormulas, ofDynamic: "notLookedAt" },
  /**
   * a file that shows an arm, by field or text, says UNBLINDED in its name
   *
   * - by: program
   * - threshold: one file
   * - to do: rename it, and ask who has had it
   */
  26: { ofList: ruleNamedUnblinded, ofDynamic: dynamicLog },
  /**
   * blinded files have no count by arm and no rest
   *
   * - by: program
   * - threshold: one field
   * - to do: take it out
   */
  27: { ofList: ruleBlindedSummaries, ofDynamic: "notLookedAt" },
  /**
   * sentinel participants are a stratum of their own; their forced share
   *
   * - by: program (sentinels), person
   * - threshold: own level of every factor named
   * - to do: a factor with a level for them
   */
  28: { ofList: ruleSentinels, ofDynamic: "notLookedAt" },
};
