import { AllocellError } from "../foundation/index.js";
import { endIssues, readLog, timeIssues, type ReadLog } from "../allocation/index.js";
import { finding, type Finding } from "./finding.js";
import type { AuditSubject } from "./subject.js";

const CHAIN =
  /^conduct\.(?:event_edited|event_missing|event_repeated|events_reordered|chain_broken|line_foreign|line_ends)$/;

/** The log read whole: what it holds, or the fault at which reading stopped. */
function readWhole(text: string): ReadLog | AllocellError {
  try {
    return readLog(text);
  } catch (error) {
    if (AllocellError.is(error)) return error;
    throw error;
  }
}

const isFault = (read: ReadLog | AllocellError): read is AllocellError => AllocellError.is(read);

/** Rules 19 to 22: a log is read event by event, and each is checked against all before it. */
export function rulesOfConduct({ facts, from }: Pick<AuditSubject, "facts" | "from">): readonly Finding[] {
  const codeBreaks =
    "Break the code of one TEST participant: one treatment must be shown, an event added, and every other blinded file stay as it is.";
  if (facts.log === undefined) {
    const later = from === "dry-run" ? "Nobody is allocated yet" : "No log of events was given (--log)";
    return [
      finding(19, "needs-person", `${later}: see that positions are used in order, once, and none is freed.`),
      finding(20, "needs-person", `${later}: see that each forced, wrong or replaced allocation has reason and actor.`),
      finding(21, "needs-person", codeBreaks),
      finding(22, "needs-person", `${later}: keep the receipt (hash) of the last event apart from the log.`),
    ];
  }
  const read = readWhole(facts.log);
  if (isFault(read)) {
    const said = `${read.message} (${read.code})`;
    const isChain = CHAIN.test(read.code);
    const unread = `The log cannot be read to its end: ${read.code}.`;
    const isReason = !isChain && /reason|actor/.test(`${read.path} ${read.code}`);
    return [
      finding(19, isChain || isReason ? "needs-person" : "fail", isChain || isReason ? unread : said, read.path),
      finding(20, isReason ? "fail" : "needs-person", isReason ? said : unread, read.path),
      finding(21, "needs-person", codeBreaks),
      finding(22, isChain ? "fail" : "needs-person", isChain ? said : unread, read.path),
    ];
  }
  const { events } = read;
  const exceptions = events.filter(({ type }) => /forced|wrong|replaced|skipped/i.test(type));
  const found = [...endIssues(read), ...timeIssues(events, facts.now)].map(({ message }) => ` ${message}`);
  return [
    finding(19, "pass", `${events.length} events: every position is used once and in order, gaps have an event.`),
    finding(20, "pass", `${exceptions.length} exceptions, each with reason and actor, the original kept.`),
    finding(21, "needs-person", codeBreaks),
    finding(
      22,
      found.length === 0 ? "pass" : "warn",
      `${events.length} events form one chain; compare its last hash with the receipt on record.${found.join("")}`,
    ),
  ];
}
