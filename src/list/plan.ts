import * as z from "zod/mini";
import {
  deepFreeze,
  movePaths,
  noDeviceName,
  parseWith,
  requireString,
  throwIfAny,
  type Issue,
} from "../foundation/index.js";
import { procedureSchema, type ProcedureSpec } from "../procedure/index.js";
import { isMask, type NumberFormat } from "./numbers.js";
import { checkOwnEntries, type OwnEntry } from "./ownEntries.js";
import {
  assumptionInputsSchema,
  GENERIC_PART,
  genericTrialSchema,
  readGenericTrial,
  type AssumptionInputs,
  type GenericTrial,
  type Trial,
} from "../trial/index.js";

/**
 * Where the words of a list come from: `arc4`, streams derived from the seed for each stratum; or `r-mersenne-twister`,
 * R's generator after set.seed(n), for TEST lists that are to be followed in R.
 */
export type StreamKind = "arc4" | "r-mersenne-twister";

/** A stratification factor with its levels, in declared order. */
export interface Factor {
  readonly factor: string;
  readonly levels: readonly string[];
}

/** One arm of the list with its integer share of the allocation ratio. */
export interface ArmShare {
  readonly arm: string;
  /** Whole share of the arm in the allocation ratio, from 1 to 1000. */
  readonly ratio: number;
}

/**
 * Everything that a randomization list rests on, but the seed. The order of arms, factors and levels counts: draws
 * walk the arms in declared order.
 */
export interface Plan {
  readonly trial: string;
  readonly part: string;
  /** List id; a regenerated or replaced list needs a new one, because streams are named by it. */
  readonly list: string;
  readonly arms: readonly ArmShare[];
  readonly procedure: ProcedureSpec;
  /** Absent: `arc4`, the default. */
  readonly stream?: StreamKind;
  readonly strata: readonly Factor[];
  /** Rows of each stratum, unless `lengths` says otherwise for it. */
  readonly length: number;
  /** Rows of the strata that have the named levels; no stratum is named twice. */
  readonly lengths: readonly (OwnEntry & { readonly length: number })[];
  /** Parameters of the procedure in the strata that have the named levels; its kind is the plan's. Absent: none. */
  readonly procedures?: readonly (OwnEntry & { readonly procedure: ProcedureSpec })[];
  readonly numbers: NumberFormat;
  readonly assumptions: AssumptionInputs;
}

/** A plan as a plan file holds it: arms as a map in their order, and what has a default may be left out. */
export interface PlanInput extends Omit<
  Plan,
  "trial" | "part" | "arms" | "strata" | "lengths" | "numbers" | "assumptions"
> {
  /** The trial's id, or the trial itself in short. */
  readonly trial: string | GenericTrial;
  /** May be left out where the trial is stated in short: `main`. */
  readonly part?: string;
  readonly arms: Readonly<Record<string, number>>;
  readonly strata?: Plan["strata"];
  readonly lengths?: Plan["lengths"];
  readonly numbers?: Partial<NumberFormat>;
  readonly assumptions?: AssumptionInputs;
}

/** Names that a factor cannot have, because the list files use them as column titles. */
export const LIST_COLUMNS: readonly string[] = Object.freeze([
  "status",
  "list",
  "sequence",
  "number",
  "block",
  "block_size",
  "position",
  "arm",
]);

const LEVEL = /^[\p{L}\p{N}<>≤≥][\p{L}\p{N} ._+<>=≤≥%/()-]{0,39}$/u;
/** What every text of a plan file says where it is a number. */
export const quoted: { readonly error: string } = { error: "must be text; in YAML put it in quotes" };
export const wholeNumber = (least: number, most: number): z.ZodMiniNumber =>
  z
    .int({ error: "must be a whole number" })
    .check(z.minimum(least, `must be at least ${least}`), z.maximum(most, `must be at most ${most}`));
const rows = wholeNumber(1, 50_000_000);
/** Ten factors of two levels are 1,024 strata; four of 99 would be 96 million. */
const MOST_STRATA = 100_000;

const levelSchema = z.string(quoted).check(
  z.regex(
    LEVEL,
    "must begin with a letter, a digit, < > ≤ or ≥, then at most 39 more of these, spaces or . _ + - = % / ( )",
  ),
  z.refine(
    (text) => text === text.normalize("NFC") && text === text.trim(),
    "must be in Unicode form NFC, without spaces at its ends",
  ),
);

export const factorNameSchema: z.ZodMiniType<string> = z.string(quoted).check(
  z.regex(/^[A-Za-z][A-Za-z0-9_-]{0,31}$/, "must be a letter, then at most 31 letters, digits, hyphens or underscores"),
  z.refine(
    (name) => !LIST_COLUMNS.includes(name.toLowerCase()),
    `must not be a column of the list (${LIST_COLUMNS.join(", ")})`,
  ),
);
export const levelsSchema: z.ZodMiniType<string[]> = z
  .array(levelSchema)
  .check(z.minLength(1, "needs at least one level"), z.maxLength(99, "has at most 99 levels"));
const factorSchema = z.strictObject({ factor: factorNameSchema, levels: levelsSchema });

// A prefix that ends up as a month name or an "E" between digits would be read by a spreadsheet as a date or a number.
const MONTH = /^(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)/i;
const numberFields = {
  prefix: z._default(
    z.string(quoted).check(
      z.regex(/^[A-Z]{1,4}$/, "must be one to four capital letters"),
      z.refine((text) => !text.startsWith("T"), "must not begin with T, which marks TEST numbers"),
      z.refine((text) => !MONTH.test(text), "must not begin like a month, or a spreadsheet makes dates of the numbers"),
    ),
    "R",
  ),
  digits: z._default(wholeNumber(3, 8), 4),
  levelDigits: z.exactOptional(z.literal(1, { error: "must be 1, or left out for two digits a level" })),
  mask: z.exactOptional(
    z
      .string(quoted)
      .check(
        z.refine(isMask, "must have {sequence}, and may have {stratum}, {check} and capital letters, each part once"),
      ),
  ),
  shuffle: z.exactOptional(
    z.string(quoted).check(z.regex(/^[A-Za-z0-9-]{8,40}$/, "must be 8 to 40 letters, digits or hyphens")),
  ),
};
/** The format of numbers as a plan file states it. @internal */
export const numbersSchema: z.ZodMiniType<NumberFormat> = z._default(z.strictObject(numberFields), {
  prefix: "R",
  digits: 4,
});
/** A randomization number that another system gave: what files, logs and file names can hold. */
export function isGivenNumber(text: string): boolean {
  // The usual case first: every number of an export is asked about.
  if (typeof (text as unknown) !== "string") requireString(text, "number", "a randomization number");
  return text.length <= 20 && /^[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*$/.test(text);
}
/** The format of numbers as manifests and logs hold it: with the numbers of a list that was made elsewhere. @internal */
export const recordedNumbersSchema: z.ZodMiniType<NumberFormat> = z._default(
  z.strictObject({
    ...numberFields,
    given: z.exactOptional(
      z.record(
        z.string().check(z.regex(/^\d*$/)),
        z.array(z.string().check(z.refine(isGivenNumber, "is no randomization number"))).check(z.minLength(1)),
      ),
    ),
  }),
  { prefix: "R", digits: 4 },
);
/** The id of a list, from which its files are named. @internal */
export const listIdSchema: z.ZodMiniType<string> = z
  .string(quoted)
  .check(
    z.regex(/^[A-Za-z][A-Za-z0-9-]{0,39}$/, "must be a letter, then at most 39 letters, digits or hyphens"),
    noDeviceName,
  );

const namedLevels = z.record(z.string(), levelSchema);
const planFields = {
  trial: z.string(quoted).check(z.minLength(1)),
  part: z.string(quoted).check(z.minLength(1)),
  list: listIdSchema,
  procedure: procedureSchema,
  stream: z.exactOptional(z.enum(["arc4", "r-mersenne-twister"], { error: 'must be "arc4" or "r-mersenne-twister"' })),
  strata: z._default(z.array(factorSchema).check(z.maxLength(10, "has at most 10 factors")), []),
  length: rows,
  lengths: z._default(z.array(z.strictObject({ stratum: namedLevels, length: rows })), []),
  procedures: z.exactOptional(
    z
      .array(z.strictObject({ stratum: namedLevels, procedure: procedureSchema }))
      .check(z.minLength(1, "needs an entry, or is left out")),
  ),
  numbers: numbersSchema,
  assumptions: z._default(assumptionInputsSchema, {}),
};
export const ratioShare: z.ZodMiniNumber = wholeNumber(1, 1000);
const planFileShape = z.strictObject({ ...planFields, arms: z.record(z.string(), ratioShare) });
/** A plan as a file holds it, for its JSON Schema. */
export const planFileSchema: z.ZodMiniType = z.strictObject({
  ...planFields,
  trial: z.union([planFields.trial, genericTrialSchema]),
  part: z.exactOptional(planFields.part),
  arms: z.record(z.string(), ratioShare),
});
const planSchema = z.strictObject({
  ...planFields,
  numbers: recordedNumbersSchema,
  arms: z.array(z.strictObject({ arm: z.string(quoted), ratio: ratioShare })),
});

/**
 * Reads a plan as a plan file holds it (an object from YAML or JSON), arms as a map from arm to ratio; or a plan that
 * was read before, arms as a list of {@link ArmShare}.
 *
 * @param input - from YAML, JSON or a program
 * @returns the plan with its optional parts made explicit, a frozen copy
 * @throws AllocellError `list.plan_invalid`, one issue a fault, each with its path
 * @example
 * parsePlan(input).length; // 24
 * parsePlan({ ...input, lenght: 24 }); // throws list.plan_invalid
 */
export function parsePlan(input: unknown): Plan {
  const plan = parseWithArms(input, planSchema, planFileShape);
  throwIfAny(checkOwnConsistency(plan));
  return plan;
}

/** The trial that a plan file states in itself, in the short form; undefined where it names one. @throws AllocellError `trial.*` */
export function trialInPlan(input: unknown): Trial | undefined {
  const trial = typeof input === "object" && input !== null && "trial" in input ? input.trial : undefined;
  if (typeof trial !== "object" || trial === null || Array.isArray(trial)) return undefined;
  return movePaths(
    (path) => `trial.${path}`,
    () => readGenericTrial(trial),
  );
}

/** A plan that names its trial: one that states it gets the trial's id, and the part `main` if it names none. */
function withoutTrial(input: unknown): unknown {
  const trial = trialInPlan(input);
  return trial === undefined ? input : { part: GENERIC_PART, ...(input as object), trial: trial.id };
}

/** Reads arms as a map, as in a file, or as the ordered list of a plan that was read before. */
export function parseWithArms<T extends { readonly arms: readonly ArmShare[] }>(
  input: unknown,
  read: z.ZodMiniType<T>,
  file: z.ZodMiniType<Omit<T, "arms"> & { readonly arms: Readonly<Record<string, number>> }>,
): T {
  const plan = withoutTrial(input);
  const arms = typeof plan === "object" && plan !== null && "arms" in plan ? plan.arms : undefined;
  if (Array.isArray(arms)) return parseWith(read, plan, "list.plan_invalid", "The plan");
  const { arms: shares, ...fields } = parseWith(file, plan, "list.plan_invalid", "The plan");
  return deepFreeze({
    ...fields,
    arms: Object.entries(shares).map(([arm, ratio]) => ({ arm, ratio })),
  } as unknown as T);
}

function checkOwnConsistency(plan: Plan): Issue[] {
  const issues: Issue[] = [];
  const fault = (path: string, message: string): unknown => issues.push({ code: "list.plan_invalid", path, message });
  const strata = plan.strata.reduce((product, { levels }) => product * levels.length, 1);
  if (strata > MOST_STRATA) fault("strata", `The plan: ${strata} strata; a list has at most ${MOST_STRATA}.`);
  for (const each of checkNames(plan.arms, plan.strata, "strata")) issues.push(each);
  for (const each of checkOwnEntries(plan.strata, plan.lengths, "lengths")) issues.push(each);
  for (const each of checkOwnEntries(plan.strata, plan.procedures ?? [], "procedures")) issues.push(each);
  plan.procedures?.forEach(({ procedure: { kind, mergedArms } }, i) => {
    const own = plan.procedure;
    // The kind names the algorithm, and with it the streams, of the whole list.
    if (kind !== own.kind) fault(`procedures.${i}.procedure.kind`, `The plan: all strata have the kind "${own.kind}".`);
    if (mergedArms !== own.mergedArms) {
      fault(`procedures.${i}.procedure.mergedArms`, "The plan: arms are merged in all strata, or in none.");
    }
  });
  return issues;
}

/** Arms, factors and levels that stand twice, or too few arms. */
export function checkNames(arms: readonly ArmShare[], factors: readonly Factor[], factorsPath: string): Issue[] {
  const issues: Issue[] = [];
  const fault = (path: string, message: string): unknown => issues.push({ code: "list.plan_invalid", path, message });
  if (arms.length < 2) fault("arms", "The plan: a list needs at least two arms.");
  const known = new Set<string>();
  arms.forEach(({ arm }, i) => {
    if (known.has(arm)) fault(`arms.${i}.arm`, `The plan: arm "${arm}" stands twice.`);
    known.add(arm);
  });
  factors.forEach(({ factor, levels }, i) => {
    // Not even in another case: spreadsheets and databases often take such columns for one.
    const name = factor.toLowerCase();
    if (factors.findIndex((other) => other.factor.toLowerCase() === name) !== i) {
      fault(`${factorsPath}.${i}.factor`, `The plan: factor "${factor}" is declared twice.`);
    }
    levels.forEach((level, j) => {
      if (levels.findIndex((other) => other.toLowerCase() === level.toLowerCase()) !== j) {
        fault(`${factorsPath}.${i}.levels.${j}`, `The plan: level "${level}" of factor "${factor}" stands twice.`);
      }
    });
  });
  return issues;
}
