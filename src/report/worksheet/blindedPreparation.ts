import { requireReady, type Preparation } from "../../dose/index.js";
import { deepFreeze, fail } from "../../foundation/index.js";
import type { DocumentDetails } from "./details.js";
import { requireNoLeak } from "./requireNoLeak.js";

/**
 * What a blinded person may read of a preparation, and nothing else: the same in every arm but for subject, kit, visit
 * and expiry.
 */
export interface BlindedPreparation {
  readonly subject: string;
  readonly kit: string;
  readonly visit: string;
  /** mL. */
  readonly finalVolumeMl: string;
  /** mL/min. */
  readonly rateMlPerMin: string;
  readonly route: string;
  /** Local time, `YYYY-MM-DDTHH:MM`. */
  readonly expiresAt: string;
  readonly storage: string;
}

/** What is computed, and the same in every arm; all else of a blinded paper was written by people. */
type Computed = "finalVolumeMl" | "rateMlPerMin" | "expiresAt";
type Written = Readonly<Record<Exclude<keyof BlindedPreparation, Computed>, string>>;

/** Whether the preparation is one of a trial, whose record and label must not tell the arm. */
export const isBlinded = ({ order }: Preparation): boolean => order.dose.from !== "product";

function needed(value: string | undefined, path: string, what: string): string {
  return value ?? fail("report.field_missing", path, `A blinded record shows ${what}, and it is not stated.`);
}

function expiryOf(preparation: Preparation, details: DocumentDetails): string {
  const clock = preparation.stability?.expiresAt;
  const { expiresAt } = details;
  if (clock !== undefined && expiresAt !== undefined && clock !== expiresAt) {
    return fail("report.expiry_differs", "expiresAt", "The stability clock gives another expiry than the document.", {
      expected: clock,
      received: expiresAt,
    });
  }
  return needed(clock ?? expiresAt, "expiresAt", "the time of expiry");
}

/**
 * Takes the allowed fields of a preparation one by one: nothing is copied and then deleted.
 *
 * A licensed product is given in the open and has nothing to hide: it is refused.
 *
 * @returns frozen; it has no arm, dose, lot, container, concentration or drawn volume, nor any hash of them
 * @throws AllocellError `report.not_blinded` for a licensed product; `report.field_missing`; `report.volume_not_fixed` where the final volume follows from the dose
 *   and so tells it; `report.expiry_differs`; `report.blinded_leak` where a text names the arm, product or lot;
 *   `dose.warning_open` for a preparation that is not ready
 */
export function toBlindedPreparation(preparation: Preparation, details: DocumentDetails): BlindedPreparation {
  const { order, infusion } = requireReady(preparation);
  if (!isBlinded(preparation)) {
    const message = "A licensed product is given in the open: it has a worksheet and an open label, no blinded record.";
    return fail("report.not_blinded", "dose.from", message, { expected: "the dose of a trial", received: "product" });
  }
  const { subject, kit, visit } = order.identification ?? {};
  if (order.infusion.finalVolumeMl === undefined) {
    const message =
      "The final volume follows from the drawn one, and so from the dose: a blinded record would tell it.";
    return fail("report.volume_not_fixed", "infusion.finalVolumeMl", message, {
      expected: "one final volume for every arm, stated in the order",
      received: "nothing",
    });
  }
  const written: Written = {
    subject: needed(subject, "identification.subject", "the subject number"),
    kit: needed(kit, "identification.kit", "the kit or preparation number"),
    visit: needed(visit, "identification.visit", "the visit"),
    route: details.route,
    storage: details.storage,
  };
  const computed = {
    finalVolumeMl: infusion.finalVolumeMl,
    rateMlPerMin: needed(infusion.rateMlPerMin, "infusion.rateMlPerMin", "the rate of the infusion"),
    expiresAt: expiryOf(preparation, details),
  };
  requireNoLeak(written, preparation);
  return deepFreeze({ ...written, ...computed });
}
