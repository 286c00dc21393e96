/* Schemas of the parameters of procedures, as plan files state them. Ranges are the business of the urns. */
import * as z from "zod/mini";
import type { ParameterInput } from "./parameter.js";

/** A number that the urn holds to be whole and in its range. @internal */
export const aWholeNumber = (): z.ZodMiniNumber => z.number({ error: "must be a whole number" });

export const wholeNumbers = (): z.ZodMiniArray<z.ZodMiniNumber> => z.array(aWholeNumber());

export const blockSizeList = (): z.ZodMiniArray<z.ZodMiniNumber> =>
  wholeNumbers().check(z.minLength(1, "needs at least one block size"));

/** A number of the urn that must be exact. @internal */
export const anExactFraction = (): z.ZodMiniType<ParameterInput> =>
  z.union([z.string(), z.int()], {
    error: 'must be a whole number or an exact fraction as text, such as "2/3" or "0.75"',
  });

export const wholeOrCut = (): z.ZodMiniType =>
  z.exactOptional(z.enum(["whole", "cut"], { error: 'must be "whole" or "cut"' }));
