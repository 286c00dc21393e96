import { _isoDate, _isoDateTime } from "zod/v4/core";
import * as z from "zod/mini";

// As z.iso.datetime() and z.iso.date(): a bundler keeps the whole of a namespace within a namespace.

/** Text that must be an instant with its offset from UTC, in the form of ISO 8601. */
export const instantSchema = (error: string): z.ZodMiniISODateTime =>
  _isoDateTime(z.ZodMiniISODateTime, { offset: true, error });

/** Text that must be a day of the calendar, YYYY-MM-DD. */
export const daySchema = (error: string): z.ZodMiniISODate => _isoDate(z.ZodMiniISODate, error);
