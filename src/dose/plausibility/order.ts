import { dateOfLocalTime } from "../../calendar/index.js";
import { ofFrozen, requireFields, throwIfAny, type Issue } from "../../foundation/index.js";
import { compare, type Fraction, fraction, over, readFraction, type UnitKind } from "../../quantity/index.js";
import type { DoseOrder, LotOrder, PreparationOrder, ProductDoseOrder } from "../preparation/model.js";
import type { ContainerUse } from "../preparation/result.js";
import { productById } from "../products/productById.js";
import { timedAt } from "../preparation/timing.js";
import { DAYS_TO_EXPIRY, judgeDates, judgeInTrial, type StatedDate } from "./dates.js";
import { judgeAdministrations, judgeLimits, judgeRule, type StatedDose } from "./dose.js";
import { judgeFields, PARTS } from "./fields.js";
import { judgeLots } from "./lots.js";
import { agesOfTrial, judgeBodyMass, judgeWeight, type StatedAges } from "./person.js";
import { judge } from "./table.js";

/** Rows of a batch share the parts of their order: each part is judged once. */
const OF_PART: ReadonlyMap<string, (holder: object) => readonly Issue[]> = new Map(
  PARTS.map((part) => [part, ofFrozen((holder: object) => judgeFields(part, holder))]),
);
const ofLots = ofFrozen((lots: readonly LotOrder[]) => judgeLots(lots));

function ofParts(order: PreparationOrder): readonly Issue[] {
  return [...OF_PART].flatMap(([part, judgePart]) => {
    const holder = order[part as keyof PreparationOrder];
    return typeof holder === "object" ? judgePart(holder) : [];
  });
}

/** The ages for which the regimen of a licensed product is, or else the product; an end that is not included counts too. */
function agesOfProduct({ product, regimen }: ProductDoseOrder): StatedAges | undefined {
  const { regimens, indication } = productById(product);
  const found = regimens.length === 1 ? regimens[0] : regimens.find(({ id }) => id === regimen);
  const ages = (found?.indication ?? indication)?.ageYears;
  if (ages === undefined) return undefined;
  return {
    ...(ages.from === undefined ? {} : { minimum: ages.from }),
    ...(ages.below === undefined ? {} : { maximum: ages.below }),
  };
}

/** Ages by which a weight is looked at: the participant's, or else those that the trial takes or the product's regimen is for. */
export function agesOfOrder(order: PreparationOrder): StatedAges | undefined {
  requireFields(order, "an order, as parsePreparationOrder returns it", { dose: "a map" });
  const { participant, dose } = order;
  const { ageYears } = participant ?? {};
  if (ageYears !== undefined) return { minimum: ageYears, maximum: ageYears };
  if (dose.from === "trial") return agesOfTrial(dose.trial.criteria);
  return dose.from === "product" ? agesOfProduct(dose) : undefined;
}

function ofPerson(order: PreparationOrder): readonly Issue[] {
  const { weight, participant } = order;
  if (weight === undefined) return [];
  const ages = agesOfOrder(order);
  const { weightKg, reweigh } = weight;
  return [
    ...judgeWeight(weightKg, "weight.weightKg", ages),
    ...(reweigh === undefined ? [] : judgeWeight(reweigh.referenceWeightKg, "weight.reweigh.referenceWeightKg", ages)),
    ...(participant?.heightCm === undefined
      ? []
      : judgeBodyMass(weightKg, participant.heightCm, "participant.heightCm")),
  ];
}

const stated = (path: string, date: string | undefined): readonly StatedDate[] =>
  date === undefined ? [] : [{ path, date }];

function ofDates({ preparedOn, clock, identification, weight, lots = [], dose }: PreparationOrder): readonly Issue[] {
  const given = clock === undefined ? preparedOn : dateOfLocalTime(clock.startAt);
  const near = [
    ...stated("preparedOn", preparedOn),
    ...stated("identification.plannedOn", identification?.plannedOn),
    ...stated("identification.window.from", identification?.window?.from),
    ...stated("identification.window.to", identification?.window?.to),
    ...stated("weight.weighedOn", weight?.weighedOn),
    ...stated("weight.reweigh.referenceWeighedOn", weight?.reweigh?.referenceWeighedOn),
  ];
  const expiries = lots.map(({ expiresOn }, index) => ({ path: `lots.${index}.expiresOn`, date: expiresOn }));
  const dates = dose.from === "trial" ? dose.trial.dates : undefined;
  return [
    ...judgeDates(given, near),
    ...judgeDates(given, expiries, DAYS_TO_EXPIRY),
    ...(dates === undefined ? [] : judgeInTrial({ path: "preparedOn", date: given }, dates)),
  ];
}

function capOf(dose: DoseOrder): string | undefined {
  if (dose.from === "protocol") return dose.cap?.amount;
  return dose.from === "trial" ? dose.trial.cap?.amount : undefined;
}

const isImpossible = ({ code }: Issue): boolean => code === "dose.impossible_value";

/**
 * What an order states, held against the table of plausible values.
 *
 * @param rule - with its kind of what is counted
 * @returns what is unusual
 * @throws AllocellError `dose.impossible_value`, all of them at once
 */
export function judgeOrder(order: PreparationOrder, rule: StatedDose, unitKind: UnitKind): readonly Issue[] {
  const found = [
    ...ofParts(order),
    ...ofPerson(order),
    ...judgeRule(rule, unitKind, order.dose.from === "trial" ? "dose" : "dose.rule"),
    ...judgeLimits(order.dose, capOf(order.dose), unitKind),
    ...(order.dose.from === "trial" ? judgeAdministrations(order.dose.trial.administrations, "dose.trial") : []),
    ...(order.lots === undefined ? [] : ofLots(order.lots)),
    ...ofDates(order),
  ];
  throwIfAny(found.filter(isImpossible));
  return found;
}

/** What was computed from an order and is held against the table. */
export interface Computed {
  readonly containers: readonly ContainerUse[];
  readonly volume: Fraction;
  readonly weight?: Fraction | undefined;
  readonly surface?: Fraction | undefined;
  readonly minutes?: Fraction;
  readonly rate?: Fraction;
}

function greatestDraw(containers: readonly ContainerUse[]): Fraction | undefined {
  return containers
    .map(({ drawMl, containers: count }) => over(readFraction(drawMl), fraction(count)))
    .reduce<Fraction | undefined>(
      (most, one) => (most === undefined || compare(one, most) > 0 ? one : most),
      undefined,
    );
}

/**
 * What was computed from an order, held against the table.
 *
 * @throws AllocellError `dose.impossible_value`
 * @param isLabelled - quantities that the sources of a licensed product state: they are held against those instead
 */
export function judgeComputed(
  { draw, infusion, clock }: PreparationOrder,
  { containers, volume, weight, surface, minutes, rate }: Computed,
  isLabelled: (quantity: "rateMlPerMin" | "stabilityMinutes") => boolean,
): readonly Issue[] {
  const one = (row: string, path: string, value: Fraction | undefined): readonly Issue[] =>
    value === undefined ? [] : judge({ row, path, value });
  const timed = timedAt(infusion);
  const drawn = greatestDraw(containers);
  const found = [
    ...one("bodySurface", "dose.surface", surface),
    ...(draw === undefined || drawn === undefined
      ? []
      : one("graduationsDrawn", "draw.graduationMl", over(drawn, readFraction(draw.graduationMl)))),
    ...one(
      "volumePerKg",
      infusion.diluentPerContainerMl !== undefined
        ? "infusion.diluentPerContainerMl"
        : infusion.finalVolumeMl === undefined
          ? "draw"
          : "infusion.finalVolumeMl",
      weight === undefined ? undefined : over(volume, weight),
    ),
    ...(isLabelled("rateMlPerMin") ? [] : [...one("rate", timed, rate), ...one("minutes", timed, minutes)]),
    ...(clock === undefined || isLabelled("stabilityMinutes")
      ? []
      : one("stability", "clock.stabilityMinutes", fraction(clock.stabilityMinutes))),
  ];
  throwIfAny(found.filter(isImpossible));
  return found;
}
