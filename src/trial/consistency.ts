import { FORMAT_OF_KEY } from "./answer.js";
import { canonicalJson, type Issue, pathTo, type PlainCode } from "../foundation/index.js";
import { compare, readFraction } from "../quantity/index.js";
import type { Administrations, Arm, Masking, Trial } from "./model.js";
import { isNeverPerKg, NEVER_PER_KG } from "./neverPerKg.js";
import { fieldPathsOf } from "./provenance.js";

const MASKED_ROLES: Readonly<Record<Masking["level"], number>> = {
  none: 0,
  single: 1,
  double: 2,
  triple: 3,
  quadruple: 4,
};
const UNIT_OF: Readonly<Record<string, string>> = { age: "years", weight: "kg", bmi: "kg/m2" };

type Report = (code: PlainCode, path: string, message: string, received?: string) => void;

/** Reports every id that stands in a list before. */
export function checkUnique(ids: readonly string[], list: string, field: string, report: Report): void {
  const seen = new Set<string>();
  ids.forEach((id, index) => {
    // Ids that differ in case alone are one id in a spreadsheet and in some file systems.
    const folded = id.toLowerCase();
    if (seen.has(folded)) {
      report("trial.id_duplicate", `${list}.${index}.${field}`, `Every ${field} in ${list} must be given once.`, id);
    }
    seen.add(folded);
  });
}

function checkKnown(
  names: readonly string[],
  known: readonly string[],
  what: "arm" | "part" | "intervention" | "source",
  path: string,
  report: Report,
): void {
  names.forEach((name, index) => {
    if (known.includes(name)) return;
    const choice = known.length === 0 ? "there is none" : `known: ${known.join(", ")}`;
    report(`trial.${what}_unknown`, `${path}.${index}`, `"${name}" is no ${what} of this trial (${choice}).`, name);
  });
}

function checkAdministrations(administrations: Administrations | undefined, path: string, report: Report): void {
  if (administrations === undefined) return;
  const { count, intervalDays } = administrations;
  if (count > 1 && intervalDays === undefined) {
    const message = `${count} administrations need intervalDays, the whole days from one to the next.`;
    report("trial.interval_missing", `${path}.intervalDays`, message);
  }
  if (count === 1 && intervalDays !== undefined) {
    const message = "A single administration has no interval: leave intervalDays out, or raise count.";
    report("trial.interval_unneeded", `${path}.intervalDays`, message, String(intervalDays));
  }
}

/** Reports masked roles that are not as many as the level says. */
export function checkMasking(masking: Masking, path: string, report: Report): void {
  if (masking.who === undefined) return;
  const roles = new Set(masking.who).size;
  if (roles === MASKED_ROLES[masking.level] && roles === masking.who.length) return;
  const message = `Masking "${masking.level}" names ${MASKED_ROLES[masking.level]} different masked roles, or leaves "who" out.`;
  report("trial.masking_mismatch", `${path}.who`, message, masking.who.join(", "));
}

function checkDose(arm: Arm, path: string, report: Report): void {
  const { dose, decision } = arm;
  const doses = [
    ["dose", dose],
    ["dose.tentative", dose?.kind === "deferred" ? dose.tentative : undefined],
    ["decision.dose", decision?.dose],
  ] as const;
  for (const [field, stated] of doses) {
    if (stated === undefined || !isNeverPerKg(stated)) continue;
    const per = stated.kind === "per-kg" ? "per kg" : "per m²";
    const message = `Arm "${arm.id}" has a dose ${per} in cell-equivalents; ${NEVER_PER_KG}.`;
    report("trial.unit_never_per_kg", `${path}.${field}.kind`, message, stated.kind);
  }
}

function checkDecision(arm: Arm, path: string, report: Report): void {
  const { decision } = arm;
  if (decision === undefined) return;
  if (decision.arm !== arm.id) {
    const message = `The decision of arm "${arm.id}" must name this arm.`;
    report("trial.decision_arm_differs", `${path}.decision.arm`, message, decision.arm);
  }
  if (decision.decidedOn < decision.dataCut) {
    const message = `A decision cannot be older than the data it rests on (data cut ${decision.dataCut}).`;
    report("trial.decision_before_data_cut", `${path}.decision.decidedOn`, message, decision.decidedOn);
  }
  checkAdministrations(decision.administrations, `${path}.decision.administrations`, report);
  const followed =
    canonicalJson(arm.dose ?? null) === canonicalJson(decision.dose) &&
    canonicalJson(arm.administrations ?? null) === canonicalJson(decision.administrations);
  if (!followed) {
    const message =
      `The dose and administrations of arm "${arm.id}" must be those of its decision; ` +
      "to open a deferred arm, define the trial without the decision and pass it to recordDecision.";
    report("trial.decision_not_followed", `${path}.decision`, message);
  }
}

function checkArmsAndParts(trial: Trial, report: Report): void {
  const interventions = trial.interventions.map((intervention) => intervention.id);
  const arms = trial.arms.map((arm) => arm.id);
  trial.arms.forEach((arm, index) => {
    const path = `arms.${index}`;
    checkKnown(arm.interventions, interventions, "intervention", `${path}.interventions`, report);
    checkAdministrations(arm.administrations, `${path}.administrations`, report);
    if (arm.dose?.kind === "deferred") {
      checkAdministrations(arm.dose.tentativeAdministrations, `${path}.dose.tentativeAdministrations`, report);
      if (arm.administrations !== undefined) {
        const message = `Arm "${arm.id}" is deferred: what is mentioned belongs in dose.tentativeAdministrations.`;
        report("trial.deferred_arm_has_administrations", `${path}.administrations`, message);
      }
    }
    checkDose(arm, path, report);
    checkDecision(arm, path, report);
    if (!trial.parts.some((part) => part.arms.includes(arm.id))) {
      report("trial.arm_unused", `${path}.id`, `Arm "${arm.id}" must stand in at least one part.`, arm.id);
    }
  });
  trial.parts.forEach((part, index) => {
    const path = `parts.${index}`;
    checkKnown(part.arms, arms, "arm", `${path}.arms`, report);
    if (new Set(part.arms).size !== part.arms.length) {
      report("trial.id_duplicate", `${path}.arms`, "A part names each of its arms once.", part.arms.join(", "));
    }
    checkMasking(part.masking, `${path}.masking`, report);
    const { waitsFor } = part;
    if (waitsFor !== undefined && !trial.parts.slice(0, index).some(({ id }) => id === waitsFor)) {
      const message = `Part "${part.id}" can wait only for a part that stands before it.`;
      report("trial.part_waits_for_unknown", `${path}.waitsFor`, message, waitsFor);
    }
    if (part.kind === "open-escalation" && part.masking.level !== "none") {
      const message = `Part "${part.id}" is open, so its masking level is "none".`;
      report("trial.open_part_masked", `${path}.masking.level`, message, part.masking.level);
    }
  });
  const placed = trial.parts.reduce((sum, part) => sum + (part.size ?? 0), 0);
  if (placed > trial.enrolment.count) {
    const message = `The parts hold ${placed} participants, more than the ${trial.enrolment.count} to be enrolled.`;
    report("trial.parts_exceed_enrolment", "parts", message, String(placed));
  }
}

function checkEligibility(trial: Trial, report: Report): void {
  trial.eligibility.numeric.forEach((criterion, index) => {
    const path = `eligibility.numeric.${index}`;
    const unit = UNIT_OF[criterion.measure] ?? "";
    if (criterion.unit !== unit) {
      const message = `A limit on ${criterion.measure} is in ${unit}.`;
      report("trial.criterion_invalid", `${path}.unit`, message, criterion.unit);
    }
    const { minimum, maximum } = criterion;
    if (minimum === undefined && maximum === undefined) {
      report("trial.criterion_invalid", path, `Criterion "${criterion.id}" needs a minimum, a maximum or both.`);
    }
    if (minimum !== undefined && maximum !== undefined && compare(readFraction(minimum), readFraction(maximum)) > 0) {
      const message = `The minimum of "${criterion.id}" must not be above its maximum (${maximum}).`;
      report("trial.criterion_invalid", `${path}.minimum`, message, minimum);
    }
    for (const end of ["minimum", "maximum"] as const) {
      if (criterion[`${end}Excluded`] === undefined || criterion[end] !== undefined) continue;
      report("trial.criterion_invalid", `${path}.${end}Excluded`, `There is no ${end} that could be excluded.`);
    }
  });
}

function checkAssumptions(trial: Trial, report: Report): void {
  const arms = trial.arms.map((arm) => arm.id);
  const parts = trial.parts.map((part) => part.id);
  trial.assumptions.forEach((assumption, index) => {
    checkKnown(assumption.arms ?? [], arms, "arm", `assumptions.${index}.arms`, report);
    checkKnown(assumption.parts ?? [], parts, "part", `assumptions.${index}.parts`, report);
    const { key, format } = assumption;
    const needed = Object.hasOwn(FORMAT_OF_KEY, key) ? FORMAT_OF_KEY[key] : undefined;
    if (needed !== undefined && needed !== format) {
      const message = `Orders take the answer to "${key}", so its format is "${needed}".`;
      report("trial.assumption_format_differs", `assumptions.${index}.format`, message, format);
    }
  });
}

function checkSources(trial: Trial, report: Report): void {
  const sources = trial.sources.map((source) => source.id);
  const arms = trial.arms.map((arm) => arm.id);
  const keys = trial.assumptions.map((assumption) => assumption.key);
  trial.contradictions.forEach((contradiction, index) => {
    const at = `contradictions.${index}`;
    checkKnown(contradiction.sources, sources, "source", `${at}.sources`, report);
    checkKnown(contradiction.arms ?? [], arms, "arm", `${at}.arms`, report);
    if (contradiction.askedAs !== undefined && !keys.includes(contradiction.askedAs)) {
      const message = `"${contradiction.askedAs}" is no question of this trial.`;
      report("trial.assumption_unknown", `${at}.askedAs`, message, contradiction.askedAs);
    }
  });
  const paths = new Set(["", ...fieldPathsOf(trial)]);
  for (const [path, source] of Object.entries(trial.provenance)) {
    const at = pathTo("provenance", path);
    if (!paths.has(path)) {
      const message = `There is no field "${path}" (list items go by id, assumptions by key, other items by index).`;
      report("trial.path_unknown", at, message, path);
    }
    if (!sources.includes(source)) {
      const message = `"${source}" is no source of this trial (known: ${sources.join(", ")}).`;
      report("trial.source_unknown", at, message, source);
    }
  }
  if (!Object.hasOwn(trial.provenance, "")) {
    const message = 'The provenance must hold the empty path "", the source of every field that no other path covers.';
    report("trial.provenance_incomplete", "provenance", message);
  }
}

/** The faults that a check reports; none if the trial is sound. */
export function reported(check: (report: Report) => void): readonly Issue[] {
  const issues: Issue[] = [];
  check((code, path, message, received) => {
    issues.push({ code, path, message, ...(received === undefined ? {} : { received: JSON.stringify(received) }) });
  });
  return issues;
}

/** Reports everything that does not fit across the fields of a trial whose shape is right. */
export function checkConsistency(trial: Trial, report: Report): void {
  for (const list of ["interventions", "arms", "parts", "contradictions", "sources"] as const) {
    checkUnique(
      trial[list].map((item) => item.id),
      list,
      "id",
      report,
    );
  }
  const criteria = trial.eligibility.numeric.map((criterion) => criterion.id);
  checkUnique(criteria, "eligibility.numeric", "id", report);
  const keys = trial.assumptions.map((assumption) => assumption.key);
  checkUnique(keys, "assumptions", "key", report);
  checkArmsAndParts(trial, report);
  checkMasking(trial.masking, "masking", report);
  checkEligibility(trial, report);
  checkAssumptions(trial, report);
  checkSources(trial, report);
}
