import { isCalendarDate } from "../calendar/index.js";

/** Whether `text` is a calendar date or a month that exists, written `YYYY-MM`. */
export const isPartialDate = (text: unknown): boolean =>
  isCalendarDate(typeof text === "string" && text.length === 7 ? `${text}-01` : text);
