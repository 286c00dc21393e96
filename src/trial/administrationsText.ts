import { describeReceived, fail, requireFields } from "../foundation/index.js";
import type { Administrations } from "./model.js";

const TEXT = /^([1-9]\d{0,3})(?: every ([1-9]\d{0,4}) days?)?$/;
const EXPECTED = '"1", or a count above 1 with its interval, such as "2 every 28 days"';

/**
 * Reads how often an arm is dosed: "1", or "2 every 28 days".
 *
 * @returns `count` administrations (>= 1), `intervalDays` whole days apart (>= 1; only where count > 1)
 * @throws AllocellError `trial.administrations_invalid`
 * @example
 * parseAdministrations("2 every 28 days", "administrations"); // { count: 2, intervalDays: 28 }
 */
export function parseAdministrations(text: string, path: string): Administrations {
  const match = typeof text === "string" ? TEXT.exec(text) : null;
  const count = Number(match?.[1]);
  if (match === null || count > 1 !== (match[2] !== undefined)) {
    return fail("trial.administrations_invalid", path, `The administrations must be ${EXPECTED}.`, {
      expected: EXPECTED,
      received: describeReceived(text),
    });
  }
  return Object.freeze(count === 1 ? { count } : { count, intervalDays: Number(match[2]) });
}

/** The text that {@link parseAdministrations} reads: "1", or "2 every 28 days". */
export function toAdministrationsText(administrations: Administrations): string {
  requireFields(administrations, "administrations: count and intervalDays", { count: "a number" });
  const { count, intervalDays } = administrations;
  if (intervalDays === undefined) return String(count);
  return `${count} every ${intervalDays} day${intervalDays === 1 ? "" : "s"}`;
}
