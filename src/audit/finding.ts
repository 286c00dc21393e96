import { requireFields } from "../foundation/index.js";
import { AUDIT_TEXTS, type AuditTextKey } from "./auditTexts.js";
import { text, writeAuditText, type AuditLanguage, type AuditText } from "./saidText.js";

/** Number of a rule: those that have a title in {@link AUDIT_TEXTS}. */
export type RuleNumber = AuditTextKey extends infer Key
  ? Key extends `rule.${infer N extends number}`
    ? N
    : never
  : never;

/** What became of a rule: `needs-person` is what no program can decide, or not from what it was given. */
export type Verdict = "pass" | "warn" | "fail" | "not-applicable" | "needs-person";

/** What the audit has to say about one rule. */
export interface Finding {
  /** Number of the rule, as in docs/audit.md. */
  readonly rule: number;
  readonly title: string;
  readonly verdict: Verdict;
  /** What was looked at and what was seen, with numbers; for `needs-person` what is to be looked at. */
  readonly evidence: string;
  /** The file, stratum or field concerned. */
  readonly path?: string;
  /** Title, evidence and path by their keys, from which another language is written. */
  readonly said: SaidFinding;
}

/** A finding without the keys of its texts. */
export type WrittenFinding = Omit<Finding, "said">;

/** What a finding says, by keys of texts. */
export interface SaidFinding {
  readonly title: AuditText;
  /** One after the other. */
  readonly evidence: readonly AuditText[];
  /** Absent where the path is a name that is the same in every language. */
  readonly path?: AuditText;
}

/** The numbers of all rules. */
export const RULE_NUMBERS: readonly RuleNumber[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ Object.keys(AUDIT_TEXTS)
    .filter((key) => key.startsWith("rule."))
    .map((key) => Number(key.slice("rule.".length)) as RuleNumber)
    .sort((a, b) => a - b),
);

/** The rules by number, in few words; docs/audit.md says how each is checked. */
export const AUDIT_RULES: readonly string[] = /* @__PURE__ */ Object.freeze(
  RULE_NUMBERS.map((number) => AUDIT_TEXTS[`rule.${number}`]),
);

/** One finding of a rule. */
export function finding(
  rule: RuleNumber,
  verdict: Verdict,
  evidence: AuditText | readonly AuditText[],
  path?: string | AuditText,
): Finding {
  const texts = [evidence].flat();
  return {
    rule,
    title: AUDIT_TEXTS[`rule.${rule}`],
    verdict,
    evidence: texts.map((one) => writeAuditText(one)).join(" "),
    ...(path === undefined ? {} : { path: typeof path === "string" ? path : writeAuditText(path) }),
    said: { title: text(`rule.${rule}`), evidence: texts, ...(typeof path === "object" ? { path } : {}) },
  };
}

/** A finding as it is printed: in English as it stands, in another language from its keys. */
export function writtenFinding(one: Finding, language?: AuditLanguage): WrittenFinding {
  requireFields(one, "a finding of an audit", { said: "a map" });
  const { said, ...english } = one;
  if (language === undefined) return english;
  const path = said.path === undefined ? english.path : writeAuditText(said.path, language);
  return {
    ...english,
    title: writeAuditText(said.title, language),
    evidence: said.evidence.map((each) => writeAuditText(each, language)).join(""),
    ...(path === undefined ? {} : { path }),
  };
}

/** A finding with more evidence behind it. */
export function withMore(one: Finding, ...more: readonly AuditText[]): Finding {
  const texts = [...one.said.evidence, ...more];
  return {
    ...one,
    evidence: texts.map((each) => writeAuditText(each)).join(" "),
    said: { ...one.said, evidence: texts },
  };
}

/** Findings, at most `most` of them written out; a last one counts the rest. */
export function atMost(findings: readonly Finding[], most = 5): readonly Finding[] {
  const first = findings[most];
  if (first === undefined) return findings;
  const rest = findings.length - most;
  return [...findings.slice(0, most), withMore(first, text("more", { count: rest - 1 }))];
}

/** A share such as `0.333`. */
export const share = (value: number): string => value.toFixed(3);

/** A small probability such as `2.4e-7`; `0.0310` where it is not small. */
export const chance = (p: number): string => (p >= 0.001 || p === 0 ? p.toFixed(4) : p.toExponential(1));
