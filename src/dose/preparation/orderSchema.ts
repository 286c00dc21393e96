import * as z from "zod/mini";
import { deepFreeze, parseWith } from "../../foundation/index.js";
import {
  count,
  date,
  isInOrder,
  kilograms,
  localTime,
  positive,
  positiveOrZero,
  REVERSED,
  text,
  unitKind,
  whole,
  wholeOrZero,
} from "./fieldReaders.js";
import { decimalsAsText } from "../../quantity/index.js";
import { completeOrder } from "./answers.js";
import { infusion } from "./infusionOrder.js";
import type { PreparationInput, PreparationOrder, TrialDose } from "./model.js";

const AMOUNT_KINDS = ["per-kg", "per-m2", "flat"] as const;
const bound = z.strictObject({ kind: z.enum(AMOUNT_KINDS), amount: count });

const bounds = z.strictObject({ minimum: z.exactOptional(bound), maximum: z.exactOptional(bound) }).check(
  // Ends of two kinds depend on the weight.
  z.refine(
    ({ minimum, maximum }) => minimum?.kind !== maximum?.kind || isInOrder(minimum?.amount, maximum?.amount),
    REVERSED,
  ),
);
const edge = z.strictObject({ kg: kilograms, included: z.boolean() });
const band = z.strictObject({ above: z.exactOptional(edge), below: z.exactOptional(edge), range: bounds });
const counted = z.strictObject({ amount: count, unitKind });
const active = z.strictObject({ kind: z.enum(AMOUNT_KINDS), amount: count, unitKind });
const wholeContainers = z.strictObject({ kind: z.literal("whole-containers"), unitKind });
const cap = { cap: z.exactOptional(counted) };
const range = { range: z.exactOptional(z.union([bounds, z.array(band).check(z.minLength(1))])) };
const surface = z.exactOptional(
  z.strictObject({ formula: z.enum(["mosteller", "du-bois", "haycock"]), roundedToM2: positive }),
);
const limits = { hard: z.exactOptional(bounds), soft: z.exactOptional(bounds), besidePerKg: z.exactOptional(count) };

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
    regimen: z.exactOptional(text),
    countBasis: z.exactOptional(unitKind),
    rule: z.exactOptional(z.union([active, wholeContainers])),
    ...limits,
    surface,
  }),
]);

const weight = z.strictObject({
  descriptor: z.enum(["actual", "ideal", "predicted", "adjusted", "lean"]),
  weightKg: kilograms,
  weighedOn: date,
  weighedBy: text,
  adjustmentFactor: z.exactOptional(positive),
  leanMaleConstant: z.exactOptional(z.enum(["120", "128"])),
  reweigh: z.exactOptional(
    z.strictObject({
      reference: z.enum(["baseline", "last-dose"]),
      referenceWeightKg: kilograms,
      referenceWeighedOn: date,
      thresholdPercent: positive,
      comparison: z.enum([">", ">="]),
    }),
  ),
  maximumAgeDays: z.exactOptional(wholeOrZero),
  expectedKg: z.exactOptional(
    z
      .strictObject({ minimum: kilograms, maximum: kilograms })
      .check(z.refine(({ minimum, maximum }) => isInOrder(minimum, maximum), REVERSED)),
  ),
});

const product = z.strictObject({
  name: text,
  mayMixLots: z.boolean(),
  concentrationPerMl: z.exactOptional(
    z
      .strictObject({ minimum: z.exactOptional(count), maximum: z.exactOptional(count) })
      .check(z.refine(({ minimum, maximum }) => isInOrder(minimum, maximum), REVERSED)),
  ),
  minimumViability: z.exactOptional(positive),
  expectedViability: z.exactOptional(positive),
  dmso: z.exactOptional(z.union([z.strictObject({ percentVv: positive }), z.strictObject({ mgPerMl: positive })])),
  endotoxinEuPerMl: z.exactOptional(positive),
  source: text,
});

const lot = z.strictObject({
  lot: text,
  expiresOn: date,
  isReleased: z.boolean(),
  containers: whole,
  content: z.exactOptional(count),
  counted: z.exactOptional(unitKind),
  recovery: z.exactOptional(positive),
  viability: z.exactOptional(positive),
  purity: z.exactOptional(positive),
  fillMl: z.exactOptional(positive),
  extractableMl: z.exactOptional(positive),
  labelPerMl: z.exactOptional(count),
  measuredPerMl: z.exactOptional(count),
  testedViability: z.exactOptional(z.strictObject({ fraction: positive, method: text })),
});

const draw = z.strictObject({
  graduationMl: positive,
  overfillPercent: positiveOrZero,
  governingRule: z.exactOptional(z.enum(["content", "volume"])),
  deadVolumeMl: z.exactOptional(positiveOrZero),
  whenAbove: z.exactOptional(z.enum(["refuse", "one-graduation-less"])),
  whenBelow: z.exactOptional(z.enum(["refuse", "one-graduation-more"])),
});

const clock = z.strictObject({
  thawedAt: localTime,
  startAt: localTime,
  stabilityMinutes: z.exactOptional(whole),
  lineFlushMinutes: wholeOrZero,
  longHoldMinutes: z.exactOptional(whole),
});

/** What each component of an order has of its own; an order of one component has the same fields. */
const ownOfComponent = {
  dose,
  product: z.exactOptional(product),
  lots: z.exactOptional(z.array(lot).check(z.minLength(1))),
  draw: z.exactOptional(draw),
  infusion,
  clock: z.exactOptional(clock),
};

const component = z.strictObject({
  component: text,
  startWithinMinutes: z.exactOptional(wholeOrZero),
  ...ownOfComponent,
});

/** Strict: an unknown field is refused; every amount becomes plain decimal text. */
export const preparationOrderSchema: z.ZodMiniType<PreparationInput> = z.strictObject({
  identification: z.exactOptional(
    z.strictObject({
      protocol: z.exactOptional(text),
      protocolVersion: z.exactOptional(text),
      subject: z.exactOptional(text),
      randomizationNumber: z.exactOptional(text),
      kit: z.exactOptional(text),
      visit: z.exactOptional(text),
      administration: z.exactOptional(whole),
      plannedOn: z.exactOptional(date),
      window: z.exactOptional(
        z
          .strictObject({ from: date, to: date })
          .check(z.refine(({ from, to }) => from <= to, "must not end before it begins")),
      ),
    }),
  ),
  preparedOn: date,
  participant: z.exactOptional(
    z.strictObject({
      ageYears: z.exactOptional(positiveOrZero),
      sex: z.exactOptional(z.enum(["female", "male"])),
      heightCm: z.exactOptional(positive),
    }),
  ),
  weight: z.exactOptional(weight),
  ...ownOfComponent,
  component: z.exactOptional(text),
  then: z.exactOptional(z.array(component).check(z.minLength(1))),
  together: z.exactOptional(z.strictObject({ source: text, ...cap, ...range, ...limits })),
  dayTotals: z.exactOptional(
    z.strictObject({
      otherDmsoG: positiveOrZero,
      otherEndotoxinEu: positiveOrZero,
      dmsoLimitGPerKg: z.exactOptional(positive),
    }),
  ),
  overrides: z.exactOptional(
    z.array(z.strictObject({ code: text, path: z.exactOptional(text), reason: text, by: text })),
  ),
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
  const order = result.success
    ? result.data
    : parseWith(preparationOrderSchema, input, "dose.preparation_invalid", "The preparation order", true);
  return deepFreeze(completeOrder(order));
}
