import type { ReadLog } from "../allocation/index.js";
import type { DynamicPlan } from "../list/index.js";
import type { AllocellError } from "../foundation/index.js";
import type { Seed } from "../random/index.js";
import type { Trial } from "../trial/index.js";
import type { AuditTextKey } from "./auditTexts.js";
import type { Finding, RuleNumber } from "./finding.js";
import type { AuditFacts, AuditSubject } from "./subject.js";

/** Why a rule has nothing to say of a dynamic allocation; the last: no program looks there, so a person must. */
export type NotOfDynamic = Extract<
  AuditTextKey,
  | "dynamic.noList"
  | "dynamic.noBlocks"
  | "dynamic.noStrata"
  | "dynamic.noOther"
  | "dynamic.ownStreams"
  | "dynamic.noFiles"
  | "dynamic.noRows"
  | "notLookedAt"
>;

/** What the rules look at of a dynamic allocation. */
export interface DynamicSubject {
  readonly plan: DynamicPlan;
  readonly trial: Trial;
  readonly seed?: Seed;
  readonly facts: AuditFacts;
  readonly from: "dry-run" | "files";
  /** The log among the facts: what it holds, or the fault at which reading stopped. */
  readonly log?: ReadLog | AllocellError;
}

/**
 * All that the package knows of one rule, beside its check. Its title is the text `rule.N`. Above its line stands what
 * docs/audit.md says of it; its Chinese and a list that breaks it (tests/unit/audit/everyRule.test.ts) must be there for
 * every number.
 */
export interface Rule {
  /** At least one finding, of this rule's number. */
  readonly ofList: (subject: AuditSubject) => readonly Finding[];
  /** The same of a dynamic allocation, or why there is nothing to say. */
  readonly ofDynamic: NotOfDynamic | ((subject: DynamicSubject) => readonly Finding[]);
}

/** Rules by their numbers. */
export type Rules<Numbers extends RuleNumber = RuleNumber> = Readonly<Record<Numbers, Rule>>;
