import { latestStart, requireReady, type Preparation } from "../../dose/index.js";
import { deepFreeze, fail } from "../../foundation/index.js";
import type { DocumentTexts } from "../../trial/index.js";
import type { DocumentDetails } from "./details.js";
import { requireNamesOfAllArms, requireNoLeak } from "./requireNoLeak.js";

/**
 * What a blinded person may read of a preparation, and nothing else: the same in every arm but for subject, kit, visit
 * and expiry.
 */
export interface BlindedPreparation {
  readonly subject: string;
  readonly kit: string;
  readonly visit: string;
  /** Which administration of the participant, where the order says it. */
  readonly administration?: string;
  /** mL. */
  readonly finalVolumeMl: string;
  /** mL/min. */
  readonly rateMlPerMin: string;
  readonly route: string;
  /** The latest start, local time `YYYY-MM-DDTHH:MM`: infusion and flush end in time. */
  readonly startBy: string;
  /** The latest end of infusion and flush, local time `YYYY-MM-DDTHH:MM`. */
  readonly expiresAt: string;
  readonly storage: string;
  /** Of the trial and the site. */
  readonly texts: DocumentTexts;
}

/** Whether the preparation is one of a trial, whose record and label must not tell the arm. */
export const isBlinded = ({ order }: Preparation): boolean => order.dose.from !== "product";

function needed(value: string | undefined, path: string, what: string): string {
  return value ?? fail("report.field_missing", path, `A blinded record shows ${what}, and it is not stated.`);
}

/** A time that the stability clock gives, or the document where there is no clock: never two. */
function timeOf(clock: string | undefined, stated: string | undefined, path: string, what: string): string | undefined {
  if (clock !== undefined && stated !== undefined && clock !== stated) {
    return fail(
      "report.expiry_differs",
      path,
      `The stability clock gives another time for ${what} than the document.`,
      {
        expected: clock,
        received: stated,
      },
    );
  }
  return clock ?? stated;
}

const LATEST_START = "the latest start";
const LATEST_END = "the latest end";

/**
 * The latest start and end of a bag, as far as clock or document state them.
 *
 * @throws AllocellError `report.expiry_differs`
 */
export const latestTimes = (
  preparation: Preparation,
  { startBy, expiresAt }: DocumentDetails,
): Partial<Record<"startBy" | "expiresAt", string>> => {
  const start = timeOf(latestStart(preparation), startBy, "startBy", LATEST_START);
  const end = timeOf(preparation.stability?.expiresAt, expiresAt, "expiresAt", LATEST_END);
  return { ...(start === undefined ? {} : { startBy: start }), ...(end === undefined ? {} : { expiresAt: end }) };
};

/**
 * What people wrote, by field. The trial's own code, its title and its sponsor are the same in every arm, and statements have fixed
 * words; the names of the products of all arms are searched for levels and numbers only.
 */
function textsToSearch(texts: DocumentTexts, trial: string | undefined): Written {
  const { site, investigator, contact, form, directions, templateVersion, formNumber, trialCode, productLine } = texts;
  const written = {
    ...{ site, investigator, contact, form, directions, templateVersion, formNumber },
    trialCode: trialCode === trial ? undefined : trialCode,
    productLine: productLine?.replace("{products}", ""),
  };
  return Object.fromEntries(
    Object.entries(written).flatMap(([key, text]) => (text === undefined ? [] : [[`texts.${key}`, text]])),
  );
}

type Written = Readonly<Record<string, string>>;

/**
 * Takes the allowed fields of a preparation one by one: nothing is copied and then deleted.
 *
 * A licensed product is given in the open and has nothing to hide: it is refused.
 *
 * @param texts - of the trial and the site, from `documentTextsOf`
 * @returns frozen; it has no arm, dose, lot, container, concentration or drawn volume, nor any hash of them
 * @throws AllocellError `report.not_blinded` for a licensed product; `report.field_missing`; `report.volume_not_fixed` where the final volume follows from the dose
 *   and so tells it; `report.expiry_differs`; `report.blinded_leak` where a text names the arm, product or lot;
 *   `dose.warning_open` for a preparation that is not ready
 */
export function toBlindedPreparation(
  preparation: Preparation,
  details: DocumentDetails,
  texts: DocumentTexts = {},
): BlindedPreparation {
  const { order, infusion, trial } = requireReady(preparation);
  if (!isBlinded(preparation)) {
    const message = "A licensed product is given in the open: it has a worksheet and an open label, no blinded record.";
    return fail("report.not_blinded", "dose.from", message, { expected: "the dose of a trial", received: "product" });
  }
  if (order.then !== undefined) {
    const message = "An order of several components has a worksheet of each, and no blinded record.";
    return fail("report.not_blinded", "then", message, { expected: "one component", received: "several" });
  }
  const { subject, kit, visit, administration } = order.identification ?? {};
  if (order.infusion.finalVolumeMl === undefined) {
    const message =
      "The final volume follows from the drawn one, and so from the dose: a blinded record would tell it.";
    return fail("report.volume_not_fixed", "infusion.finalVolumeMl", message, {
      expected: "one final volume for every arm, stated in the order",
      received: "nothing",
    });
  }
  const written = {
    subject: needed(subject, "identification.subject", "the subject number"),
    kit: needed(kit, "identification.kit", "the kit or preparation number"),
    visit: needed(visit, "identification.visit", "the visit"),
    route: details.route,
    storage: details.storage,
  };
  const times = latestTimes(preparation, details);
  const computed = {
    finalVolumeMl: infusion.finalVolumeMl,
    rateMlPerMin: needed(infusion.rateMlPerMin, "infusion.rateMlPerMin", "the rate of the infusion"),
    startBy: needed(times.startBy, "startBy", LATEST_START),
    expiresAt: needed(times.expiresAt, "expiresAt", LATEST_END),
  };
  const numbered = administration === undefined ? {} : { administration: String(administration) };
  requireNamesOfAllArms(texts, preparation);
  requireNoLeak({ ...written, ...textsToSearch(texts, trial) }, preparation);
  return deepFreeze({
    ...written,
    ...numbered,
    ...computed,
    texts: { ...(trial === undefined ? {} : { trialCode: trial }), ...texts },
  });
}
