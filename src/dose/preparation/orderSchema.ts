import * as z from "zod";
import { AllocellError, deepFreeze, parseWith, type PlainCode } from "../../foundation/index.js";
import {
  count,
  date,
  kilograms,
  localTime,
  positive,
  positiveOrZero,
  text,
  unitKind,
  whole,
  wholeOrZero,
} from "./fieldReaders.js";
import { compare, decimalsAsText, readFraction } from "../../quantity/index.js";
import { completeOrder } from "./answers.js";
import type { PreparationInput, PreparationOrder, TrialDose } from "./model.js";

const AMOUNT_KINDS = ["per-kg", "per-m2", "flat"] as const;
const bound = z.strictObject({ kind: z.enum(AMOUNT_KINDS), amount: count });
const REVERSED = "must not have a minimum above its maximum";
const isInOrder = (minimum: string | undefined, maximum: string | undefined): boolean =>
  minimum === undefined || maximum === undefined || compare(readFraction(minimum), readFraction(maximum)) <= 0;

const bounds = z
  .strictObject({ minimum: bound.exactOptional(), maximum: bound.exactOptional() })
  // Ends of two kinds depend on the weight.
  .refine(
    ({ minimum, maximum }) => minimum?.kind !== maximum?.kind || isInOrder(minimum?.amount, maximum?.amount),
    REVERSED,
  );
const edge = z.strictObject({ kg: kilograms, included: z.boolean() });
const band = z.strictObject({ above: edge.exactOptional(), below: edge.exactOptional(), range: bounds });
const counted = z.strictObject({ amount: count, unitKind });
const active = z.strictObject({ kind: z.enum(AMOUNT_KINDS), amount: count, unitKind });
const wholeContainers = z.strictObject({ kind: z.literal("whole-containers"), unitKind });
const cap = { cap: counted.exactOptional() };
const range = { range: z.union([bounds, z.array(band).min(1)]).exactOptional() };
const surface = z
  .strictObject({ formula: z.enum(["mosteller", "du-bois", "haycock"]), roundedToM2: positive })
  .exactOptional();
const limits = { hard: bounds.exactOptional(), soft: bounds.exactOptional(), besidePerKg: count.exactOptional() };

const dose = z.discriminatedUnion("from", [
  // From resolveTrialDose, which read it: it is not read again.
  z.strictObject({
    from: z.literal("trial"),
    trial: z.custom<TrialDose>((value) => typeof value === "object"),
    ...range,
    ...limits,
    surface,
  }),
  z.strictObject({
    from: z.literal("protocol"),
    rule: z.union([active, wholeContainers, z.strictObject({ kind: z.literal("placebo"), unitKind })]),
    levels: z.array(active),
    source: text,
    ...cap,
    ...range,
    ...limits,
    surface,
  }),
  z.strictObject({
    from: z.literal("product"),
    product: text,
    regimen: text.exactOptional(),
    countBasis: unitKind.exactOptional(),
    rule: z.union([active, wholeContainers]).exactOptional(),
    ...limits,
    surface,
  }),
]);

const weight = z.strictObject({
  descriptor: z.enum(["actual", "ideal", "predicted", "adjusted", "lean"]),
  weightKg: kilograms,
  weighedOn: date,
  weighedBy: text,
  adjustmentFactor: positive.exactOptional(),
  leanMaleConstant: z.enum(["120", "128"]).exactOptional(),
  reweigh: z
    .strictObject({
      reference: z.enum(["baseline", "last-dose"]),
      referenceWeightKg: kilograms,
      referenceWeighedOn: date,
      thresholdPercent: positive,
      comparison: z.enum([">", ">="]),
    })
    .exactOptional(),
  maximumAgeDays: wholeOrZero.exactOptional(),
  expectedKg: z
    .strictObject({ minimum: kilograms, maximum: kilograms })
    .refine(({ minimum, maximum }) => isInOrder(minimum, maximum), REVERSED)
    .exactOptional(),
});

const product = z.strictObject({
  name: text,
  mayMixLots: z.boolean(),
  concentrationPerMl: z
    .strictObject({ minimum: count.exactOptional(), maximum: count.exactOptional() })
    .refine(({ minimum, maximum }) => isInOrder(minimum, maximum), REVERSED)
    .exactOptional(),
  minimumViability: positive.exactOptional(),
  expectedViability: positive.exactOptional(),
  dmso: z.union([z.strictObject({ percentVv: positive }), z.strictObject({ mgPerMl: positive })]).exactOptional(),
  endotoxinEuPerMl: positive.exactOptional(),
  source: text,
});

const lot = z.strictObject({
  lot: text,
  expiresOn: date,
  isReleased: z.boolean(),
  containers: whole,
  content: count.exactOptional(),
  counted: unitKind.exactOptional(),
  recovery: positive.exactOptional(),
  viability: positive.exactOptional(),
  purity: positive.exactOptional(),
  fillMl: positive.exactOptional(),
  extractableMl: positive.exactOptional(),
  labelPerMl: count.exactOptional(),
  measuredPerMl: count.exactOptional(),
  testedViability: z.strictObject({ fraction: positive, method: text }).exactOptional(),
});

const infusion = z.strictObject({
  finalVolumeMl: positive.exactOptional(),
  diluentPerContainerMl: positive.exactOptional(),
  otherArms: z.array(z.strictObject({ arm: text, finalVolumeMl: positive })).exactOptional(),
  rateMlPerMin: positive.exactOptional(),
  rateMlPerHour: positive.exactOptional(),
  minutes: positive.exactOptional(),
  dropsPerMl: positive.exactOptional(),
  limits: z
    .strictObject({
      minimumMlPerMin: positive.exactOptional(),
      maximumMlPerMin: positive.exactOptional(),
      minimumMinutes: positive.exactOptional(),
      maximumMinutes: positive.exactOptional(),
      maximumMlPerKgPerHour: positive.exactOptional(),
      maximumCellsPerKgPerMin: count.exactOptional(),
    })
    .refine(
      ({ minimumMlPerMin, maximumMlPerMin, minimumMinutes, maximumMinutes }) =>
        isInOrder(minimumMlPerMin, maximumMlPerMin) && isInOrder(minimumMinutes, maximumMinutes),
      REVERSED,
    )
    .exactOptional(),
  longMinutes: positive.exactOptional(),
});

const draw = z.strictObject({
  graduationMl: positive,
  overfillPercent: positiveOrZero,
  governingRule: z.enum(["content", "volume"]).exactOptional(),
  deadVolumeMl: positiveOrZero.exactOptional(),
  whenAbove: z.enum(["refuse", "one-graduation-less"]).exactOptional(),
  whenBelow: z.enum(["refuse", "one-graduation-more"]).exactOptional(),
});

const clock = z.strictObject({
  thawedAt: localTime,
  startAt: localTime,
  stabilityMinutes: whole.exactOptional(),
  lineFlushMinutes: wholeOrZero,
  longHoldMinutes: whole.exactOptional(),
});

/** What each component of an order has of its own; an order of one component has the same fields. */
const ownOfComponent = {
  dose,
  product: product.exactOptional(),
  lots: z.array(lot).min(1).exactOptional(),
  draw: draw.exactOptional(),
  infusion,
  clock: clock.exactOptional(),
};

const component = z.strictObject({
  component: text,
  startWithinMinutes: wholeOrZero.exactOptional(),
  ...ownOfComponent,
});

/** Strict: an unknown field is refused; every amount becomes plain decimal text. */
export const preparationOrderSchema: z.ZodType<PreparationInput> = z.strictObject({
  identification: z
    .strictObject({
      protocol: text.exactOptional(),
      protocolVersion: text.exactOptional(),
      subject: text.exactOptional(),
      randomizationNumber: text.exactOptional(),
      kit: text.exactOptional(),
      visit: text.exactOptional(),
      administration: whole.exactOptional(),
      plannedOn: date.exactOptional(),
      window: z
        .strictObject({ from: date, to: date })
        .refine(({ from, to }) => from <= to, "must not end before it begins")
        .exactOptional(),
    })
    .exactOptional(),
  preparedOn: date,
  participant: z
    .strictObject({
      ageYears: positiveOrZero.exactOptional(),
      sex: z.enum(["female", "male"]).exactOptional(),
      heightCm: positive.exactOptional(),
    })
    .exactOptional(),
  weight: weight.exactOptional(),
  ...ownOfComponent,
  component: text.exactOptional(),
  then: z.array(component).min(1).exactOptional(),
  together: z.strictObject({ source: text, ...cap, ...range, ...limits }).exactOptional(),
  dayTotals: z
    .strictObject({
      otherDmsoG: positiveOrZero,
      otherEndotoxinEu: positiveOrZero,
      dmsoLimitGPerKg: positive.exactOptional(),
    })
    .exactOptional(),
  overrides: z
    .array(z.strictObject({ code: text, path: text.exactOptional(), reason: text, by: text }))
    .exactOptional(),
});

/**
 * Reads an untrusted preparation order.
 *
 * @param given - from YAML, JSON or a program
 * @returns a frozen copy with plain decimal text, and with what the answers of its trial say
 * @throws AllocellError `dose.preparation_invalid` for a wrong shape; the code of the quantity or calendar room for a
 * value that one of them refuses, with the field's path
 * @example
 * parsePreparationOrder({}); // throws dose.preparation_invalid
 */
export function parsePreparationOrder(given: unknown): PreparationOrder {
  const input = decimalsAsText(given);
  const result = preparationOrderSchema.safeParse(input);
  if (result.success) return deepFreeze(completeOrder(result.data));
  const issue = result.error.issues.find((found) => found.code === "custom" && found.params?.["code"] !== undefined);
  if (issue?.code === "custom") {
    const { path, message, params } = issue;
    const where = path.map(String).join(".");
    // As the reader of the field stated it.
    throw new AllocellError({ code: params?.["code"] as PlainCode, path: where, message: `"${where}": ${message}` });
  }
  return deepFreeze(
    completeOrder(parseWith(preparationOrderSchema, input, "dose.preparation_invalid", "The preparation order")),
  );
}
