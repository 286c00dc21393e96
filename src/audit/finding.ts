/** What became of a rule: `needs-person` is what no program can decide, or not from what it was given. */
export type Verdict = "pass" | "warn" | "fail" | "not-applicable" | "needs-person";

/** What the audit has to say about one rule. */
export interface Finding {
  /** Number of the rule, 1 to 28, as in docs/audit.md. */
  readonly rule: number;
  readonly title: string;
  readonly verdict: Verdict;
  /** What was looked at and what was seen, with numbers; for `needs-person` what is to be looked at. */
  readonly evidence: string;
  /** The file, stratum or field concerned. */
  readonly path?: string;
}

/** The rules by number, in few words; docs/audit.md says how each is checked. */
export const AUDIT_RULES: readonly string[] = /* @__PURE__ */ Object.freeze([
  "Relabelling the arms changes no blinded file",
  "Blinded files hold only allowed fields",
  "No arm, intervention or dose occurs in a blinded file, in no spelling or encoding",
  "Printing a list object shows no treatment",
  "Every block is whole and holds the ratio",
  "Every stratum has its rows and is balanced",
  "Randomization numbers are unique, portable and blind",
  "TEST and LIVE lists share nothing",
  "Plan and seed give the same bytes again",
  "Lengthening the list or adding a level changes no earlier row",
  "No two strata share a sequence",
  "The seed is strong, secret and in no file",
  "The next allocation can hardly be predicted",
  "Kit codes tell nothing and survive a spreadsheet",
  "Kit list and randomization list are separate",
  "Volume, containers, rate, duration and days are equal in all arms",
  "Blinded dose records show no cells",
  "Doses are right at caps and limits",
  "A position is used once, and in order",
  "Every exception has a reason and an actor",
  "A code break shows one participant only",
  "The log of events is an unbroken chain",
  "The files are those of the manifest",
  "Commitments are salted row by row",
  "No cell starts a spreadsheet formula",
  "Files with a treatment say UNBLINDED",
  "Blinded summaries show no count by arm and no rest",
  "Sentinel participants are a stratum of their own",
]);

/** One finding of a rule. */
export function finding(rule: number, verdict: Verdict, evidence: string, path?: string): Finding {
  const title = AUDIT_RULES[rule - 1] ?? "";
  return { rule, title, verdict, evidence, ...(path === undefined ? {} : { path }) };
}

/** Findings, at most `most` of them written out; a last one counts the rest. */
export function atMost(findings: readonly Finding[], most = 5): readonly Finding[] {
  const first = findings[most];
  if (first === undefined) return findings;
  const rest = findings.length - most;
  return [...findings.slice(0, most), { ...first, evidence: `${first.evidence} And ${rest - 1} more of this kind.` }];
}

/** A share such as `0.333`. */
export const share = (value: number): string => value.toFixed(3);

/** A small probability such as `2.4e-7`; `0.0310` where it is not small. */
export const chance = (p: number): string => (p >= 0.001 || p === 0 ? p.toFixed(4) : p.toExponential(1));
