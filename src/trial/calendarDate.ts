const FULL = /^(\d{4})-(\d{2})-(\d{2})$/;
const MONTH = /^(\d{4})-(\d{2})$/;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Whether `text` is a day that exists in the Gregorian calendar, written `YYYY-MM-DD`; such texts sort by time. */
export function isCalendarDate(text: unknown): boolean {
  const match = typeof text === "string" ? FULL.exec(text) : null;
  if (match === null) return false;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

/** Whether `text` is a calendar date or a month that exists, written `YYYY-MM`. */
export function isPartialDate(text: unknown): boolean {
  const match = typeof text === "string" ? MONTH.exec(text) : null;
  if (match === null) return isCalendarDate(text);
  return Number(match[2]) >= 1 && Number(match[2]) <= 12;
}
