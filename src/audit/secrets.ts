import { formatDose } from "../quantity/index.js";
import type { DoseRule } from "../trial/index.js";
import type { Secret } from "./hiddenText.js";
import type { AuditSubject } from "./subject.js";

/** The texts by which a treatment of this list can be told: arms, their titles, interventions, doses, ratio, seed mark. */
export function secretsOf(subject: AuditSubject): readonly Secret[] {
  const { plan, trial, seedMark } = subject;
  const secrets: Secret[] = plan.arms.map(({ arm }) => ({ text: arm, what: "arm" }));
  for (const { arm } of plan.arms) {
    const record = trial?.arms.find(({ id }) => id === arm);
    if (record === undefined) continue;
    secrets.push({ text: record.label, what: "arm title" });
    // What every arm gets tells nothing: standard therapy beside the product.
    const own = record.interventions.filter((id) =>
      plan.arms.some((other) => !trial?.arms.find((each) => each.id === other.arm)?.interventions.includes(id)),
    );
    for (const id of own) {
      const name = trial?.interventions.find((each) => each.id === id)?.name;
      secrets.push({ text: id, what: "intervention" });
      if (name !== undefined) secrets.push({ text: name, what: "intervention" });
    }
    for (const text of doseTexts(record.dose)) secrets.push({ text, what: "dose" });
  }
  // The opening of the list's binding begins with the mark, so that it is found with it.
  const { key } = subject.adopted?.adopted ?? {};
  if (key !== undefined) secrets.push({ text: key, what: "key of the list" });
  if (seedMark !== undefined) secrets.push({ text: seedMark, what: "seed mark" });
  return secrets;
}

function doseTexts(rule: DoseRule | undefined): readonly string[] {
  if (rule === undefined || !("amount" in rule)) return [];
  const { words, digits } = formatDose(rule);
  const zeros = /^(\d+?)(0+)$/.exec(rule.amount);
  const exponents = zeros === null ? [] : [`${zeros[1] ?? ""}e${zeros[2]?.length ?? 0}`];
  return [rule.amount, words, digits, ...exponents];
}

/** Factor names and levels: a word that stands here by the plan may stand in a blinded file. */
export function plannedWords({ plan }: AuditSubject): readonly string[] {
  const words = plan.strata.flatMap(({ factor, levels }) => [factor, ...levels]);
  return [plan.trial, plan.part, plan.list, ...words].map((word) => word.toLowerCase());
}
