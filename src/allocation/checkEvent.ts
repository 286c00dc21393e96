import { checkEscalationDesign } from "../escalation/index.js";
import { foldId, type Issue, pathTo, type PlainCode } from "../foundation/index.js";
import { randomizationNumber } from "../list/index.js";
import { capIssues, shapeIssues } from "./checkShape.js";
import {
  answerOf,
  lineKey,
  participantKey,
  participantOf,
  stratumKey,
  stratumWords,
  type ConductState,
  type ParticipantRecord,
} from "./conductState.js";
import {
  needsSalt,
  type ConductEvent,
  type Dispensed,
  type Forced,
  type OpenedPart,
  type Replaced,
  type StratumLevels,
} from "./event.js";
import { chainIssues, formIssues } from "./eventForm.js";
import { gateIssues, gateOpeningIssues, isPartEvent, openPartIssues } from "./openPart.js";
import { mapGet } from "./persistentMap.js";

/**
 * All faults for which an event cannot follow a state: its form, its place in the chain, and what it says.
 *
 * What really happened (forced, wrong stratum, wrong treatment, withdrawn, ineligible, code broken) is refused only
 * where it names somebody or something that is not there.
 *
 * @returns issues with `conduct.*` codes; none if {@link applyEvent} takes the event
 * @throws AllocellError `conduct.event_invalid` for what is no event; faults of an event that can be read are
 *   returned, not thrown
 */
export function checkEvent(state: ConductState, event: ConductEvent): readonly Issue[] {
  const form = formIssues(event);
  if (form.length > 0) return form;
  const chain = chainIssues(state, event);
  return chain.length > 0 ? chain : meaningIssues(state, event);
}

/** Faults of what an event says. */
export function meaningIssues(state: ConductState, event: ConductEvent): readonly Issue[] {
  if (needsSalt(event) && event.salt === undefined) {
    return one("conduct.salt_missing", "salt", "An event with a treatment needs a salt.", "32 random hex digits");
  }
  const answered = event.request === undefined ? undefined : answerOf(state, event.request);
  if (answered !== undefined) {
    const message = `Event ${answered} answers this request already.`;
    return [{ code: "conduct.request_repeated", path: "request", message, parameters: { event: answered } }];
  }
  const ofPart = openPartIssues(state, event);
  if (ofPart !== undefined) return ofPart;
  if (isPartEvent(event)) return [];
  if (event.type === "opened") return openingIssues(state, event);
  if (state.opening === undefined) {
    return one("conduct.not_opened", "type", "The first event of a log opens it.", "opened");
  }
  switch (event.type) {
    case "extended":
    case "cap-set":
      return shapeIssues(state, event);
    case "gate-opened":
      return gateOpeningIssues(state, event);
    case "assigned":
      return [
        ...gateIssues(state),
        ...newcomerIssues(state, event.participant),
        ...positionIssues(state, event),
        ...capIssues(state, event.stratum),
        ...assignedArmIssues(state, event.arm),
      ];
    case "replaced":
      return replacementIssues(state, event);
    case "forced":
      return forcedIssues(state, event);
    case "skipped":
      if (state.opening.kind === "dynamic") {
        return one("conduct.no_gaps_here", "type", "A dynamic allocation has no positions to skip.");
      }
      return positionIssues(state, { stratum: event.stratum, sequence: event.sequence });
    case "wrong-stratum":
      return trueStratumIssues(state, event);
    case "withdrawn":
      if (participantOf(state, event.participant)?.withdrawn === true) {
        return [participantIssue("conduct.withdrawn_already", event.participant, "was withdrawn before.")];
      }
      return knownIssues(state, event.participant);
    case "wrong-treatment":
      return [...knownIssues(state, event.participant), ...namedArmIssues(state, event.given, "given")];
    case "ineligible-kept":
    case "code-broken":
      return knownIssues(state, event.participant);
    case "dispensed":
      return dispensedIssues(state, event);
  }
}

function openingIssues(
  state: ConductState,
  event: Extract<ConductEvent, { readonly type: "opened" }>,
): readonly Issue[] {
  if (event.kind === "escalation") return designIssues(state, event);
  if (state.opening !== undefined) return one("conduct.opened_twice", "type", "The log is open already.");
  return shapeIssues(state, event);
}

/** A kit is for one person, and an administration has one kit. */
function dispensedIssues(state: ConductState, { participant, administration, kit }: Dispensed): readonly Issue[] {
  const record = participantOf(state, participant);
  if (record === undefined) return knownIssues(state, participant);
  const before = mapGet(state.kits, foldId(kit));
  if (before !== undefined) {
    const message = `Kit ${kit} was dispensed before (event ${before}).`;
    return [{ code: "conduct.kit_dispensed", path: "kit", message, received: kit, parameters: { event: before } }];
  }
  const had = record.kits?.find((one) => one.administration === administration);
  if (had === undefined) return [];
  const event = mapGet(state.kits, foldId(had.kit)) ?? 0;
  const message = `Administration ${administration} of "${participant}" had its kit (event ${event}).`;
  const received = `administration ${administration} of ${participant}`;
  return [{ code: "conduct.kit_dispensed", path: "administration", message, received, parameters: { event } }];
}

function trueStratumIssues(
  state: ConductState,
  { participant, trueStratum }: Extract<ConductEvent, { type: "wrong-stratum" }>,
): readonly Issue[] {
  const key = stratumKey(state.factors, trueStratum);
  if (key === undefined) {
    return [...knownIssues(state, participant), ...stratumIssues(state, trueStratum, "trueStratum")];
  }
  const record = participantOf(state, participant);
  if (record === undefined || stratumKey(state.factors, record.trueStratum ?? record.stratum) !== key) {
    return knownIssues(state, participant);
  }
  return one(
    "conduct.stratum_not_wrong",
    "trueStratum",
    `This is the stratum that the log has for "${participant}".`,
    "the stratum in which they truly are",
    participant,
  );
}

function designIssues(state: ConductState, { design }: OpenedPart): readonly Issue[] {
  if (state.opening !== undefined) return one("conduct.opened_twice", "type", "The log is open already.");
  return checkEscalationDesign(design).map((issue) => ({ ...issue, path: `design.${issue.path}` }));
}

function faultOf(code: PlainCode, path: string, message: string, expected?: string, received?: string): Issue {
  return {
    code,
    path,
    message,
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
  };
}

/** As {@link faultOf}, alone in a list. */
export function one(...fault: Parameters<typeof faultOf>): Issue[] {
  return [faultOf(...fault)];
}

function participantIssue(
  code: "conduct.withdrawn_already" | "conduct.replaced_already",
  participant: string,
  what: string,
): Issue {
  return { code, path: "participant", message: `"${participant}" ${what}`, parameters: { participant } };
}

/** Somebody new: nobody is ever randomized twice. */
export function newcomerIssues(state: ConductState, participant: string, path = "participant"): Issue[] {
  const record = mapGet(state.participants, participantKey(participant));
  if (record === undefined) return [];
  const isSame = record.participant === participant;
  const message = isSame
    ? `"${participant}" has been randomized already (event ${record.seq}).`
    : `"${participant}" is another spelling of "${record.participant}", who has been randomized (event ${record.seq}).`;
  return [
    {
      ...{ code: "conduct.participant_assigned", path, message },
      expected: "somebody who is not in the log; the first assignment holds",
      parameters: { participant: record.participant, event: record.seq },
    },
  ];
}

export function knownIssues(state: ConductState, participant: string): Issue[] {
  if (participantOf(state, participant) !== undefined) return [];
  const near = mapGet(state.participants, participantKey(participant));
  const expected = near === undefined ? "a participant of this log" : `"${near.participant}"`;
  const message = `The log knows no participant "${participant}".`;
  const parameters = { participant };
  return [{ code: "conduct.participant_unknown", path: "participant", message, expected, parameters }];
}

/** The stratum must name one known level of every factor: nobody is placed by a guess. */
export function stratumIssues(state: ConductState, stratum: StratumLevels, path = "stratum"): Issue[] {
  const issues: Issue[] = [];
  for (const { factor, levels } of state.factors) {
    const level = Object.hasOwn(stratum, factor) ? stratum[factor] : undefined;
    const known = levels.length > 20 ? `${levels.slice(0, 20).join(", ")}, ...` : levels.join(", ");
    if (level === undefined) {
      const message = `The level of "${factor}" is missing.`;
      const parameters = { factor };
      issues.push({
        ...{ code: "conduct.covariate_missing", path: pathTo(path, factor), message, expected: known, parameters },
      });
    } else if (!levels.includes(level)) {
      const message = `"${factor}" has no level "${level}".`;
      issues.push(
        faultOf("conduct.stratum_unknown", pathTo(path, factor), message, `${known}; or extend the list first`, level),
      );
    }
  }
  for (const factor of Object.keys(stratum)) {
    if (state.factors.some((known) => known.factor === factor)) continue;
    const expected = state.factors.map((known) => known.factor).join(", ") || "no factor";
    issues.push(
      faultOf("conduct.stratum_unknown", pathTo(path, factor), `The list has no factor "${factor}".`, expected),
    );
  }
  if (issues.length === 0 && stratumKey(state.factors, stratum) === undefined) {
    return one("conduct.stratum_unknown", path, "The list has no such stratum.");
  }
  return issues;
}

/** A position that is taken, or without a number passed over. */
interface AnyPosition {
  readonly stratum: StratumLevels;
  readonly sequence: number;
  readonly number?: string;
}

/** The position must be the next free one of the stratum, with its number. */
function positionIssues(state: ConductState, event: AnyPosition): Issue[] {
  const { stratum, sequence } = event;
  const key = stratumKey(state.factors, stratum);
  if (key === undefined) return stratumIssues(state, stratum);
  const line = mapGet(state.lines, lineKey(state, key));
  const { opening } = state;
  if (line === undefined || opening === undefined)
    return one("conduct.stratum_unknown", "stratum", "The list has no such stratum.");
  const where = stratumWords(state.factors, stratum);
  if (line.next > line.rows) return exhaustedIssues(state, stratum);
  const next = String(line.next);
  const received = String(sequence);
  const parameters = { position: sequence, next: line.next, stratum: where };
  if (sequence < line.next) {
    const message = `Position ${sequence} (${where}) was used or skipped before; no position is ever given twice.`;
    return [{ code: "conduct.position_taken", path: "sequence", message, expected: next, received, parameters }];
  }
  if (sequence > line.next) {
    const message = `Position ${sequence} (${where}) would leave a gap.`;
    const expected = `${next}; or each gap as a skipped event with its reason`;
    return [{ code: "conduct.gap_unexplained", path: "sequence", message, expected, received, parameters }];
  }
  if (event.number === undefined) return [];
  const number = randomizationNumber(opening.numbers, opening.status, line.code, sequence);
  if (event.number === number) return [];
  const message = `Position ${sequence} (${where}) has another number.`;
  return [
    {
      ...{ code: "conduct.number_wrong", path: "number", message, expected: number, received: event.number },
      parameters: { position: sequence, number, stratum: where },
    },
  ];
}

/** Says nothing of any arm, and nothing of other strata: nobody falls over into another one. */
export function exhaustedIssues(state: ConductState, stratum: StratumLevels): Issue[] {
  const isDynamic = state.opening?.kind === "dynamic";
  const where = isDynamic ? "the allocation has its full number of participants" : stratumWords(state.factors, stratum);
  return [
    {
      ...{ code: "conduct.stratum_exhausted", path: "stratum", message: `No position is left: ${where}.` },
      expected: isDynamic
        ? "an `extended` event with a longer plan"
        : "an `extended` event with a longer list; no other stratum is used instead",
      parameters: { stratum: isDynamic ? "" : where },
    },
  ];
}

/** The arm of an assignment: always in a dynamic allocation, never in the log of a list, whose master list has it. */
function assignedArmIssues(state: ConductState, arm: string | undefined): Issue[] {
  if (state.opening?.kind === "dynamic") return namedArmIssues(state, arm, "arm", true);
  if (arm === undefined) return [];
  return one(
    "conduct.arm_not_here",
    "arm",
    "The arm of an assignment stands in the master list, never in the list's log.",
  );
}

/** An arm that a person names. A list's log does not know which arms there are; a dynamic allocation does. */
function namedArmIssues(state: ConductState, arm: string | undefined, path: string, isNeeded = false): Issue[] {
  if (state.opening?.kind !== "dynamic") return [];
  if (arm !== undefined && state.opening.arms.includes(arm)) return [];
  if (arm !== undefined) return one("conduct.arm_unknown", path, "The plan has no such arm.");
  return isNeeded
    ? one("conduct.arm_missing", path, "A dynamic allocation records the arm, because the next one follows from it.")
    : [];
}

function replacementIssues(state: ConductState, event: Replaced): Issue[] {
  const old = participantOf(state, event.participant);
  const issues = [
    ...gateIssues(state),
    ...knownIssues(state, event.participant),
    ...newcomerIssues(state, event.by, "by"),
  ];
  if (old?.replacedBy !== undefined) {
    issues.push(participantIssue("conduct.replaced_already", event.participant, "was replaced before."));
  }
  if (old !== undefined && state.opening?.kind === "list" && !isStratumOf(state, old, event.stratum)) {
    const message = `The replacement of "${event.participant}" comes from the same stratum.`;
    issues.push(faultOf("conduct.replacement_elsewhere", "stratum", message, stratumWords(state.factors, old.stratum)));
  }
  return [
    ...issues,
    ...positionIssues(state, event),
    ...capIssues(state, event.stratum),
    ...assignedArmIssues(state, event.arm),
  ];
}

/** As randomized or as it was in truth. */
function isStratumOf(state: ConductState, record: ParticipantRecord, stratum: StratumLevels): boolean {
  const key = stratumKey(state.factors, stratum);
  return [record.stratum, record.trueStratum ?? record.stratum].some((own) => stratumKey(state.factors, own) === key);
}

function forcedIssues(state: ConductState, event: Forced): Issue[] {
  const { position, sequence, number, arm, stratum } = event;
  const isDynamic = state.opening?.kind === "dynamic";
  const issues = [...newcomerIssues(state, event.participant), ...namedArmIssues(state, arm, "arm", isDynamic)];
  if (isDynamic && position !== "used") {
    issues.push(
      faultOf("conduct.no_gaps_here", "position", "In a dynamic allocation a forced participant is counted.", "used"),
    );
  }
  if ((sequence === undefined) !== (position === "none") || (number === undefined) !== (position !== "used")) {
    const message = `A forced assignment with position "${position}" names ${NAMES[position]}.`;
    return [...issues, ...one("conduct.position_unclear", "position", message)];
  }
  if (sequence === undefined) return [...issues, ...stratumIssues(state, stratum)];
  return [...issues, ...positionIssues(state, { stratum, sequence, ...(number === undefined ? {} : { number }) })];
}

const NAMES = {
  used: "its sequence and number",
  skipped: "the sequence that is passed over, and no number",
  none: "neither sequence nor number",
};
