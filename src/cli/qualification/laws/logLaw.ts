import {
  applyEvent,
  assignNext,
  chainEvent,
  EMPTY_CONDUCT,
  openListLog,
  readLog,
  toLogLine,
} from "../../../allocation/index.js";
import { AllocellError } from "../../../foundation/index.js";
import { boundList } from "../../../list/index.js";
import { listOf } from "./listLaws.js";
import { changed, first, type Laws } from "./tried.js";

/** Of the allocation log. */
export const LOG_LAW: Laws = {
  "one changed character of an allocation log is found": (runs) => {
    const log = logText();
    return first(runs, (run) => {
      const at = (run * 41) % log.lastIndexOf("\n");
      return isRefused(() => readLog(changed(log, at)), log) ? undefined : `character ${at}`;
    });
  },
};

/** A log of one list with three participants. */
function logText(): string {
  const stamp = { at: "2026-03-02T09:00:00Z", actor: "Desk" };
  let state = EMPTY_CONDUCT;
  let text = "";
  const add = (body: Parameters<typeof chainEvent>[1]): void => {
    const event = chainEvent(state, body, stamp);
    state = applyEvent(state, event);
    text += toLogLine(event);
  };
  add(openListLog(boundList(listOf(0, { exosome: 1, placebo: 1 }))));
  for (const participant of ["S-01", "S-02", "S-03"]) add(assignNext(state, { participant, stratum: { site: "01" } }));
  return text;
}

/** Whether a log is refused, or is read as something else than it was. */
function isRefused(read: () => ReturnType<typeof readLog>, original: string): boolean {
  try {
    return read().events.length < original.split("\n").length - 1;
  } catch (error) {
    return AllocellError.is(error);
  }
}
