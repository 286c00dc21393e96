import { AllocellError } from "../foundation/index.js";
import { endIssues, timeIssues, type ReadLog } from "../allocation/index.js";
import { finding, type Finding } from "./finding.js";
import type { DynamicSubject, Rule, Rules } from "./rule.js";
import { faultText, text, type AuditText } from "./saidText.js";
import type { AuditSubject } from "./subject.js";

type ConductSubject = Pick<AuditSubject | DynamicSubject, "facts" | "from" | "log">;

const CHAIN =
  /^conduct\.(?:event_edited|event_missing|event_repeated|events_reordered|chain_broken|line_foreign|line_ends)$/;

/** Which rule a fault of the log breaks; the others cannot be decided, since reading stopped there. */
function brokenBy({ code, path }: AllocellError): 19 | 20 | 22 {
  if (CHAIN.test(code)) return 22;
  return /reason|actor/.test(`${path} ${code}`) ? 20 : 19;
}

/** A rule that a log is read for, event by event, each checked against all before it. */
function ofLog(
  rule: 19 | 20 | 22,
  withoutLog: (later: AuditText) => AuditText,
  whole: (read: ReadLog, now: string | undefined) => Finding,
): Rule {
  const check = ({ facts, from, log }: ConductSubject): readonly Finding[] => {
    if (log === undefined) {
      const later = text(from === "dry-run" ? "log.nobody" : "log.notGiven");
      return [finding(rule, "needs-person", withoutLog(later))];
    }
    if (!AllocellError.is(log)) return [whole(log, facts.now)];
    const { code, message, path } = log;
    if (brokenBy(log) !== rule) return [finding(rule, "needs-person", text("log.unread", { code }), path)];
    return [finding(rule, "fail", { key: "fault.withCode", values: { message, code } }, path)];
  };
  return { ofList: check, ofDynamic: check };
}

const tryBreak = (): readonly Finding[] => [finding(21, "needs-person", text("break.try"))];

export const RULES_OF_CONDUCT: Rules<19 | 20 | 21 | 22> = {
  /**
   * the log: positions once, in order, gaps with an event
   *
   * - by: program (log)
   * - threshold: one event
   * - to do: record what happened; never edit the log
   */
  19: ofLog(
    19,
    (later) => text("log.seeOrder", { later }),
    ({ events }) => finding(19, "pass", text("log.ordered", { events: events.length })),
  ),
  /**
   * the log: each exception with reason and actor
   *
   * - by: program (log)
   * - threshold: one event
   * - to do: record it anew, with both
   */
  20: ofLog(
    20,
    (later) => text("log.seeReasons", { later }),
    ({ events }) => {
      const exceptions = events.filter(({ type }) => /forced|wrong|replaced|skipped/i.test(type));
      return finding(20, "pass", text("log.exceptions", { exceptions: exceptions.length }));
    },
  ),
  /**
   * breaking one code shows one participant and changes no other blinded file
   *
   * - by: person
   * - to do: try it on a TEST list
   */
  21: { ofList: tryBreak, ofDynamic: tryBreak },
  /**
   * the log is one chain. Its end: compare the last hash with the receipt
   *
   * - by: program (log)
   * - threshold: one byte
   * - to do: restore the log; find out who changed it
   */
  22: ofLog(
    22,
    (later) => text("log.keepReceipt", { later }),
    (read, now) => {
      const found = [...endIssues(read), ...timeIssues(read.events, now)].map(faultText);
      const said = [text("log.chain", { events: read.events.length }), ...found];
      return finding(22, found.length === 0 ? "pass" : "warn", said);
    },
  ),
};
