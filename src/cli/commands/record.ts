import {
  agesOfOrder,
  cumulativeExposure,
  latestStart,
  prepareRead,
  recordAdministration,
  type AdministrationRecord,
  type Preparation,
  type PreparationOrder,
} from "../../dose/index.js";
import { addMinutes, isLocalTime, type LocalTime } from "../../calendar/index.js";
import type { DocumentDetails, GivenDoses } from "../../report/index.js";
import { AllocellError, foldId, type Issue } from "../../foundation/index.js";
import { compare, readFraction } from "../../quantity/index.js";
import { inFile, mapOf, readDataFile, type DataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readOrderFile, type Allocate } from "../orderFile.js";
import type { AnswerOptions } from "../trialInput.js";

export interface RecordOptions extends CommonOptions, AnswerOptions {
  readonly order: readonly string[];
  readonly mostPerKg?: string;
  /** Which of several components of the orders was given. */
  readonly component?: string;
}

/**
 * `allocell record RECORD.yaml...`: what was infused, and how far it is from what was planned. Nothing that
 * happened is refused; only a record that cannot be read is.
 */
export async function record(
  io: Io,
  files: readonly string[],
  options: RecordOptions,
  allocate?: Allocate,
  print?: (given: GivenDoses) => Promise<void>,
): Promise<number> {
  const planned: (readonly Plan[])[] = [];
  for (const file of options.order) planned.push(await plansOf(io, file, options, allocate));
  const plans = planned.flat();
  const isOnly = files.length === 1 && options.order.length === 1;
  const issues: Issue[] = plans.flatMap(({ issues: own }) => own);
  const written: { readonly source: DataFile; readonly map: Written; readonly plan: Plan | undefined }[] = [];
  for (const file of files) {
    const source = await readDataFile(io, file);
    const { component = options.component, ...others } = mapOf(source, "a record", RECORD_FIELDS);
    const map: Written = { ...others, ...(component === undefined ? {} : { component }) };
    const ofNumber = plans.filter((one) => isPlanOf(one, map["number"], isOnly));
    const plan = ofNumber.find((one) => isOfComponent(one, component));
    if (plan === undefined && ofNumber.length > 0) issues.push(noComponent(map, ofNumber));
    else if (plan === undefined && plans.some(({ issues: own }) => own.length === 0))
      issues.push(noPlan(file, map, plans));
    written.push({ source, map, plan });
  }
  const maps = written.map(({ map }) => map);
  const doses = written.map(({ source, map, plan }) => {
    // What the record says stands before what the order planned.
    const record = { ...fieldsFor(plan, map), ...startOf(plan, map, maps), ...map } as unknown as AdministrationRecord;
    return withOrderIssues(issues, () => inFile(source, "", () => recordAdministration(record)));
  });
  const cumulative = cumulativeOf(doses, options.mostPerKg);
  const answer = {
    command: "record",
    administrations: doses,
    ...(cumulative === undefined ? {} : { cumulative }),
    orderIssues: issues,
  };
  await print?.(answer);
  if (options.json === true) await io.stdout.write(jsonText(answer));
  else {
    const { recordAnswerText } = await import("../answers/recordAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    await io.stdout.write(recordAnswerText(doses, cumulative, issues, await speechOf(io)));
  }
  return 0;
}

function cumulativeOf(
  doses: Parameters<typeof cumulativeExposure>[0],
  maximumPerKg: string | undefined,
): ReturnType<typeof cumulativeExposure> | undefined {
  if (maximumPerKg !== undefined) return cumulativeExposure(doses, { maximumPerKg });
  return doses.length > 1 ? cumulativeExposure(doses, {}) : undefined;
}

const RECORD_FIELDS = "number, subject, administeredOn, administeredBy, infusedMl";

/** Of a further component: which one is given before it, how long it may wait after that one, and its own latest start. */
interface ComponentBefore {
  readonly component: string;
  readonly startWithinMinutes?: number | undefined;
  readonly startBy?: LocalTime | undefined;
}

/** What an order, or one of its components, gives to the record of the same administration. */
interface Plan {
  readonly administration?: number;
  readonly component?: string;
  readonly after?: ComponentBefore;
  /** Of the bag, whoever got it. */
  readonly bag: Partial<AdministrationRecord>;
  /** Of the person for whom it was made: of nobody else. */
  readonly person: Partial<AdministrationRecord>;
  readonly issues: readonly Issue[];
}

type Written = Readonly<Record<string, unknown>>;

/** An order belongs to the record of its own number; one without a number, to the only record that there is. */
function isPlanOf({ administration, issues }: Plan, number: unknown, isOnly: boolean): boolean {
  if (issues.length > 0) return false;
  return isOnly && (administration === undefined || number === undefined) ? true : administration === number;
}

/** Of an order of one component a record names none, and of one with several the one that was given. */
const isOfComponent = ({ component }: Plan, given: unknown): boolean =>
  component === undefined ? given === undefined : typeof given === "string" && foldId(given) === foldId(component);

function noComponent({ component }: Written, plans: readonly Plan[]): Issue {
  const expected = plans.flatMap((plan) => plan.component ?? []).join(", ") || "an order with components";
  return {
    code: "cli.component_needed",
    path: "component",
    message: "Each component is recorded by itself: the record names the one that was given.",
    expected,
    received: typeof component === "string" ? component : "nothing",
  };
}

function noPlan(file: string, { number }: Written, plans: readonly Plan[]): Issue {
  const numbers = plans.map(({ administration }) => String(administration ?? "no number")).join(", ");
  const [expected, received] = [
    `an order of administration ${typeof number === "number" ? number : "(the record has no number)"}`,
    `administration ${numbers}`,
  ];
  const message = `No order is that of the record in ${file}: weight, plan and window of another administration are not taken.`;
  return {
    code: "cli.order_of_another_administration",
    path: "number",
    message,
    expected,
    received,
    parameters: { file },
  };
}

/** What a record leaves out. Of somebody else nothing was planned, and nobody here knows the weight. */
function fieldsFor(plan: Plan | undefined, { subject }: Written): Partial<AdministrationRecord> {
  if (plan === undefined) return {};
  const plannedSubject = plan.bag.plannedFor?.subject;
  const isAnother =
    typeof subject === "string" && plannedSubject !== undefined && foldId(subject) !== foldId(plannedSubject);
  return isAnother ? { ...plan.bag, planned: "0" } : { ...plan.bag, ...plan.person };
}

/** When a further component may start, by the recorded end of the one before it: not by the end that was planned. */
function startOf(plan: Plan | undefined, own: Written, all: readonly Written[]): Partial<AdministrationRecord> {
  const { after } = plan ?? {};
  if (after === undefined) return {};
  const before = all.find(
    ({ number, component }) =>
      number === own["number"] && typeof component === "string" && foldId(component) === foldId(after.component),
  );
  const startFrom = before?.["endedAt"];
  if (typeof startFrom !== "string" || !isLocalTime(startFrom)) return {};
  const { startWithinMinutes, startBy } = after;
  const latest = [startBy, startWithinMinutes === undefined ? undefined : addMinutes(startFrom, startWithinMinutes)];
  const [first] = latest.filter((time) => time !== undefined).sort();
  return { startFrom, ...(first === undefined ? {} : { startBy: first }) };
}

/** A record that lacks what the order did not give says why the order gave nothing. */
function withOrderIssues<T>(orderIssues: readonly Issue[], act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    // What the orders could not give is the cause of what the record lacks: it is told first.
    const [first, ...others] = [...orderIssues, ...error.issues];
    throw first === undefined ? error : new AllocellError([first, ...others]);
  }
}

/** The planned side of a record. An order that cannot be prepared gives nothing but its faults: the record stands alone. */
async function plansOf(
  io: Io,
  file: string,
  options: RecordOptions,
  allocate: Allocate | undefined,
): Promise<readonly Plan[]> {
  try {
    const { order, document } = await readOrderFile(io, file, options, allocate);
    const prepared = prepareRead(order);
    return [prepared, ...(prepared.then ?? [])].map((one) => planOf(one, order, document));
  } catch (error) {
    if (!AllocellError.is(error) || error.code.startsWith("cli.file_")) throw error;
    return [{ bag: {}, person: {}, issues: error.issues }];
  }
}

/** What a preparation, or one of its components, gives to a record. */
function planOf(prepared: Preparation, order: PreparationOrder, document: DocumentDetails | undefined): Plan {
  const { unitKind, target, delivered, infusion, weight, stability, component } = prepared;
  const { administration, window, subject, kit } = order.identification ?? {};
  const plannedFor = { ...(subject === undefined ? {} : { subject }), ...(kit === undefined ? {} : { kit }) };
  const expiresAt = stability?.expiresAt ?? document?.expiresAt;
  const startBy = latestStart(prepared) ?? document?.startBy;
  const after = componentBefore(prepared, order);
  const numbered = administration === undefined ? {} : { administration };
  const bag: Partial<AdministrationRecord> = {
    unitKind,
    preparedAtInfusion: delivered.amount.amount,
    preparedMl: infusion.finalVolumeMl,
    preparedOn: order.preparedOn,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(startBy === undefined ? {} : { startBy }),
    ...(administration === undefined ? {} : { number: administration }),
    ...(subject === undefined && kit === undefined ? {} : { plannedFor }),
  };
  const ageYears = agesOfOrder(order);
  const person: Partial<AdministrationRecord> = {
    planned: target.amount.amount,
    ...(ageYears === undefined ? {} : { ageYears }),
    ...(window === undefined ? {} : { window }),
    ...(weight === undefined ? {} : { weightKg: weight.dosingKg }),
    ...rangeOf(target),
  };
  const named = component === undefined ? {} : { component: component.name };
  return { ...numbered, ...named, ...(after === undefined ? {} : { after }), bag, person, issues: [] };
}

function componentBefore({ component, stability }: Preparation, order: PreparationOrder): ComponentBefore | undefined {
  if (component === undefined || component.number === 1) return undefined;
  const { then = [] } = order;
  const before = then[component.number - 3]?.component ?? order.component ?? "";
  const { startWithinMinutes } = then[component.number - 2] ?? {};
  const startBy = stability && addMinutes(stability.startAt, stability.spareMinutes);
  return { component: before, startWithinMinutes, startBy };
}

/** What is allowed at the weight: the range, and never more than the cap. */
function rangeOf({ range = {}, cap }: Preparation["target"]): Pick<AdministrationRecord, "range"> {
  const { minimum, maximum } = range;
  const isCapLess =
    cap !== undefined && (maximum === undefined || compare(readFraction(cap.amount), readFraction(maximum)) < 0);
  const most = isCapLess ? cap.amount : maximum;
  if (minimum === undefined && most === undefined) return {};
  return {
    range: { ...(minimum === undefined ? {} : { minimum }), ...(most === undefined ? {} : { maximum: most }) },
  };
}
