import { RULES_OF_ARTEFACTS } from "./rulesArtefacts.js";
import { RULES_OF_CONDUCT } from "./rulesConduct.js";
import { RULES_OF_DOSES } from "./rulesDoses.js";
import { RULES_OF_KITS } from "./rulesKits.js";
import { RULE_OF_PREDICTABILITY } from "./rulePredictability.js";
import { RULES_OF_RECORDS } from "./rulesRecords.js";
import { RULES_OF_REPRODUCTION } from "./rulesReproduce.js";
import { RULES_OF_STRUCTURE } from "./rulesStructure.js";
import { RULE_OF_TEST_AND_LIVE } from "./ruleTestLive.js";
import { finding, RULE_NUMBERS, type Finding, type RuleNumber } from "./finding.js";
import type { DynamicSubject, Rules } from "./rule.js";
import { text } from "./saidText.js";
import type { AuditSubject } from "./subject.js";

/** Every rule by its number: the one table of them. */
export const RULES: Rules = {
  ...RULES_OF_ARTEFACTS,
  ...RULES_OF_STRUCTURE,
  ...RULE_OF_TEST_AND_LIVE,
  ...RULES_OF_REPRODUCTION,
  ...RULE_OF_PREDICTABILITY,
  ...RULES_OF_KITS,
  ...RULES_OF_DOSES,
  ...RULES_OF_CONDUCT,
  ...RULES_OF_RECORDS,
};

/** What all rules find of a list, by number. */
export const findingsOfList = (subject: AuditSubject): readonly Finding[] =>
  RULE_NUMBERS.flatMap((number) => RULES[number].ofList(subject));

/** What all rules find of a dynamic allocation, by number. */
export const findingsOfDynamic = (subject: DynamicSubject): readonly Finding[] =>
  RULE_NUMBERS.flatMap((number) => ofDynamic(number, subject));

function ofDynamic(number: RuleNumber, subject: DynamicSubject): readonly Finding[] {
  const { ofDynamic: check } = RULES[number];
  if (typeof check === "function") return check(subject);
  return [finding(number, check === "notLookedAt" ? "needs-person" : "not-applicable", text(check))];
}
