import * as z from "zod/mini";
import type { Amount } from "./amount.js";
import { count, isInOrder, positive, REVERSED, text } from "./fieldReaders.js";

/** The bag and its infusion: volumes in mL, rates in mL/min or mL/h, times in minutes, drops per mL of the set. */
export interface InfusionOrder {
  /** Of every arm of a blinded part. Absent: not diluted, the final volume is the drawn volume. */
  readonly finalVolumeMl?: Amount;
  /** Diluent that is added for each thawed container: in place of a stated final volume, which follows from it. */
  readonly diluentPerContainerMl?: Amount;
  /** The final volumes of the part's other arms; any difference is a hard error. */
  readonly otherArms?: readonly { readonly arm: string; readonly finalVolumeMl: Amount }[];
  /** One of the two rates and minutes, or none. */
  readonly rateMlPerMin?: Amount;
  readonly rateMlPerHour?: Amount;
  readonly minutes?: Amount;
  readonly dropsPerMl?: Amount;
  /** Limits, ends included; outside them a hard error. */
  readonly limits?: {
    readonly minimumMlPerMin?: Amount;
    readonly maximumMlPerMin?: Amount;
    readonly minimumMinutes?: Amount;
    readonly maximumMinutes?: Amount;
    readonly maximumMlPerKgPerHour?: Amount;
    readonly maximumCellsPerKgPerMin?: Amount;
  };
  /** Above it an infusion is long, with a warning. */
  readonly longMinutes?: Amount;
}

/** As {@link InfusionOrder}: each of its fields is a line there and a line here. */
export const infusion: z.ZodMiniType<InfusionOrder> = /* @__PURE__ */ z.strictObject({
  finalVolumeMl: z.exactOptional(positive),
  diluentPerContainerMl: z.exactOptional(positive),
  otherArms: z.exactOptional(z.array(z.strictObject({ arm: text, finalVolumeMl: positive }))),
  rateMlPerMin: z.exactOptional(positive),
  rateMlPerHour: z.exactOptional(positive),
  minutes: z.exactOptional(positive),
  dropsPerMl: z.exactOptional(positive),
  limits: z.exactOptional(
    z
      .strictObject({
        minimumMlPerMin: z.exactOptional(positive),
        maximumMlPerMin: z.exactOptional(positive),
        minimumMinutes: z.exactOptional(positive),
        maximumMinutes: z.exactOptional(positive),
        maximumMlPerKgPerHour: z.exactOptional(positive),
        maximumCellsPerKgPerMin: z.exactOptional(count),
      })
      .check(
        z.refine(
          ({ minimumMlPerMin, maximumMlPerMin, minimumMinutes, maximumMinutes }) =>
            isInOrder(minimumMlPerMin, maximumMlPerMin) && isInOrder(minimumMinutes, maximumMinutes),
          REVERSED,
        ),
      ),
  ),
  longMinutes: z.exactOptional(positive),
});
