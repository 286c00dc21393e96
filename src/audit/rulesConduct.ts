import { AllocellError } from "../foundation/index.js";
import { endIssues, readLog, timeIssues, type ReadLog } from "../allocation/index.js";
import { finding, type Finding } from "./finding.js";
import { faultText, text, type AuditText } from "./saidText.js";
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
  const codeBreaks = text("break.try");
  if (facts.log === undefined) {
    const later = text(from === "dry-run" ? "log.nobody" : "log.notGiven");
    return [
      finding(19, "needs-person", text("log.seeOrder", { later })),
      finding(20, "needs-person", text("log.seeReasons", { later })),
      finding(21, "needs-person", codeBreaks),
      finding(22, "needs-person", text("log.keepReceipt", { later })),
    ];
  }
  const read = readWhole(facts.log);
  if (isFault(read)) {
    const said: AuditText = { key: "fault.withCode", values: { message: read.message, code: read.code } };
    const isChain = CHAIN.test(read.code);
    const unread = text("log.unread", { code: read.code });
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
  const found = [...endIssues(read), ...timeIssues(events, facts.now)].map(faultText);
  return [
    finding(19, "pass", text("log.ordered", { events: events.length })),
    finding(20, "pass", text("log.exceptions", { exceptions: exceptions.length })),
    finding(21, "needs-person", codeBreaks),
    finding(22, found.length === 0 ? "pass" : "warn", [text("log.chain", { events: events.length }), ...found]),
  ];
}
