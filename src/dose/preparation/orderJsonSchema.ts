import * as z from "zod/mini";
import { preparationOrderSchema } from "./orderSchema.js";

/**
 * The JSON Schema (2020-12) of a preparation order, for editors and other languages. In an order file of the command
 * line it stands under `order`.
 *
 * It holds the shape only: how an amount is written, whether a day exists and everything that is computed is checked by
 * `prepare` alone.
 */
export function preparationOrderJsonSchema(): object {
  return {
    title: "Preparation order",
    description: 'What one preparation is computed from; amounts are text, such as "72.4" or "60x10^6"',
    // The dose of a trial's arm, which `resolveTrialDose` makes, is any object here.
    ...z.toJSONSchema(preparationOrderSchema, { io: "input", unrepresentable: "any" }),
  };
}
