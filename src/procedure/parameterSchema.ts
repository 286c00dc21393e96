/* Schemas of the parameters of procedures, as plan files state them. Ranges are the business of the urns. */
import * as z from "zod";
import type { ParameterInput } from "./parameter.js";

/** A number that the urn holds to be whole and in its range. @internal */
export const aWholeNumber = (): z.ZodNumber => z.number({ error: "must be a whole number" });

export const wholeNumbers = (): z.ZodArray<z.ZodNumber> => z.array(aWholeNumber());

export const blockSizeList = (): z.ZodArray<z.ZodNumber> => wholeNumbers().min(1, "needs at least one block size");

/** A number of the urn that must be exact. @internal */
export const anExactFraction = (): z.ZodType<ParameterInput> =>
  z.union([z.string(), z.int()], {
    error: 'must be a whole number or an exact fraction as text, such as "2/3" or "0.75"',
  });

export const wholeOrCut = (): z.ZodType =>
  z.enum(["whole", "cut"], { error: 'must be "whole" or "cut"' }).exactOptional();
