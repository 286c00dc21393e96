export { addDays, daysBetween, isCalendarDate, parseIsoDate, weekday, type IsoDate, type Weekday } from "./isoDate.js";
export {
  addMinutes,
  dateOfLocalTime,
  isLocalTime,
  minutesBetween,
  parseLocalTime,
  type LocalTime,
} from "./localTime.js";
export { dateOfStudyDay, studyDay } from "./studyDay.js";
export {
  checkActualDate,
  planAdministrations,
  type AdministrationPlan,
  type PlannedAdministration,
  type VisitWindow,
  type WindowAnchor,
} from "./administrations.js";
export { moveToWorkingDay, type WeekendPolicy, type WorkingDay } from "./workingDay.js";
