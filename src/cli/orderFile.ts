import { existsSync, realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import {
  parsePreparationOrder,
  resolveTrialDose,
  type PreparationCheck,
  type PreparationOrder,
  type TrialDose,
} from "../dose/index.js";
import { fail, pathTo } from "../foundation/index.js";
import { parseDocumentDetails, type DocumentDetails } from "../report/index.js";
import { documentTextsOf, type AssumptionInputs, type DocumentTexts, type Trial } from "../trial/index.js";
import { TRIALS } from "../trials/index.js";
import { failAt, type LocatedIssue, relocated, touching } from "../store/disk/index.js";
import { inFile, mapOf, placedIn, readDataFile, type DataFile } from "./dataFile.js";
import type { Io } from "./io.js";
import { applyDecisions, keyOf, readDoseBasis, type AnswerOptions } from "./trialInput.js";

const FIELDS = ["trial", "part", "arm", "assumptions", "decisions", "order", "document", "site", "check"];
const EXAMPLE = "trial, arm, assumptions, order, document, site, check";

/** What an order file says, the trial's dose put in where it names a trial. */
export interface OrderFile {
  readonly source: DataFile;
  readonly order: PreparationOrder;
  readonly document?: DocumentDetails;
  /** Of the trial and the site. */
  readonly texts: DocumentTexts;
  /** Absent if the file says nothing of a check. */
  readonly check?: Omit<PreparationCheck, "order">;
}

/** The parts of an order file before the arm's dose is put in. */
export interface OrderTemplate {
  readonly source: DataFile;
  readonly map: Readonly<Record<string, unknown>>;
  readonly order: Readonly<Record<string, unknown>>;
  readonly trial?: Trial;
  /** The dose of an arm, computed once for each arm and part. */
  readonly doseOf: (arm: string, part: string | undefined) => TrialDose;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** @throws AllocellError `cli.order_invalid` and the codes of files, trials and assumptions */
export async function readOrderTemplate(
  io: Io,
  file: string,
  options: AnswerOptions = { assume: [] },
): Promise<OrderTemplate> {
  const source = await readDataFile(io, file);
  const map = mapOf(source, "an order file", EXAMPLE);
  const fault = (path: string, message: string, expected: string): never =>
    failAt({ code: "cli.order_invalid", path, file, ...source.placeOf(path), message, expected });
  for (const key of Object.keys(map)) {
    if (!FIELDS.includes(key)) fault(key, `The order file: "${key}" is not a known field.`, FIELDS.join(", "));
  }
  for (const key of ["trial", "part", "arm"]) {
    const value = map[key];
    if (value !== undefined && typeof value !== "string") fault(key, `The order file: ${key} must be text.`, "text");
  }
  const order = map["order"];
  if (!isMap(order)) return fault("order", "The order file: the order itself is missing.", "a map under `order:`");
  const name = map["trial"];
  if (typeof name !== "string") {
    const { assumptions, assume, decision } = options;
    if (assumptions !== undefined || decision !== undefined || assume.length > 0) noTrial(file);
    return { source, map, order, doseOf: () => noTrial(file) };
  }
  const basis = await readDoseBasis(io, besideOrder(io, file, name), options);
  const trial = applyDecisions(basis.trial, source, map["decisions"], "decisions");
  const own = (map["assumptions"] ?? {}) as AssumptionInputs;
  for (const key of Object.keys(own).filter((each) => Object.hasOwn(basis.assumptions, each))) {
    const path = pathTo("assumptions", key);
    const message = `"${key}" is stated in the order file and beside it.`;
    failAt({
      code: "cli.assumption_twice",
      path,
      file,
      ...source.placeOf(path),
      message,
      expected: "each assumption stated once",
    });
  }
  const assumptions = { ...basis.assumptions, ...own };
  // A fault is told where the answer stands: in the order file, or beside it.
  const place = (issue: LocatedIssue): LocatedIssue => {
    const key = keyOf(issue.path);
    const isBeside = key !== undefined && !Object.hasOwn(own, key) && options.assumptions !== undefined;
    return isBeside || Object.hasOwn(basis.assumptions, key ?? "") ? basis.place(issue) : placedIn(source, "", issue);
  };
  const known = new Map<string, TrialDose>();
  const doseOf = (arm: string, part: string | undefined): TrialDose => {
    const key = `${arm}\n${part ?? ""}`;
    const dose = known.get(key) ?? relocated(place, () => trialDose(trial, arm, part, assumptions));
    known.set(key, dose);
    return dose;
  };
  return { source, map, order, trial, doseOf };
}

/** A trial file stands beside the order that names it, or where the command was started. */
function besideOrder(io: Io, file: string, name: string): string {
  const beside = resolve(io.cwd, dirname(file), name);
  return TRIALS.some(({ id }) => id === name) || !existsSync(beside) ? name : join(dirname(file), name);
}

function trialDose(trial: Trial, arm: string, part: string | undefined, assumptions: AssumptionInputs): TrialDose {
  return resolveTrialDose({ trial, arm, ...(part === undefined ? {} : { part }), assumptions });
}

function noTrial(file: string): never {
  return failAt({
    code: "cli.trial_missing",
    path: "trial",
    file,
    message: "The order file names no trial, and the dose is to come from one.",
    expected: "trial: a registry number, or a trial file",
  });
}

/**
 * The order of a template with the dose of an arm; its own fields of the dose (limits) stay.
 *
 * @param isForAllArms - of a batch, and of an order whose arm the log has: product, lots, draw and day totals are those of the arms with cells, so an arm with
 *   a placebo is prepared without them
 */
export function orderOfArm(
  template: OrderTemplate,
  arm: string,
  part: string | undefined,
  isForAllArms = false,
): PreparationOrder {
  const { source, order } = template;
  const stated = order["dose"];
  const limits = isMap(stated) ? stated : {};
  const trial = template.doseOf(arm, part);
  const dose = { ...limits, from: "trial", trial };
  const { product, lots, draw, dayTotals, ...others } = order;
  const ofCells = { product, lots, draw, dayTotals };
  const isWithoutCells = isForAllArms && trial.isPlacebo;
  const cells = Object.fromEntries(Object.entries(ofCells).filter(([, value]) => value !== undefined));
  return inFile(source, "order", () => parsePreparationOrder({ ...others, ...(isWithoutCells ? {} : cells), dose }));
}

/** The order of a template that names its dose itself. */
export function orderWithoutTrial({ source, order }: OrderTemplate): PreparationOrder {
  return inFile(source, "order", () => parsePreparationOrder(order));
}

/** Whether an order takes its dose from the trial of its file. */
export function isOfTrial({ order, trial }: OrderTemplate): boolean {
  const dose = order["dose"];
  return (isMap(dose) && dose["from"] === "trial") || (dose === undefined && trial !== undefined);
}

/**
 * Reads arm, part and kit of an order's participant from log and list. It is handed over, so that the pharmacy's page is
 * built without them.
 */
export type Allocate<Read extends AllocatedArm = AllocatedArm> = (template: OrderTemplate) => Promise<Read>;

/** It agrees with whatever the order file states itself. */
interface AllocatedArm {
  readonly arm: string;
  readonly part: string;
  readonly kit?: string;
}

/** What documents of an order may be told on the command line. */
export interface OrderOptions extends AnswerOptions {
  /** File of the site with what every document says there. */
  readonly site?: string;
}

/** What documents say at the site: of the site's file, or of the order file. */
async function readTexts(
  io: Io,
  { source, map, trial }: OrderTemplate,
  siteFile: string | undefined,
  part: string | undefined,
): Promise<DocumentTexts> {
  const { site } = map;
  if (siteFile === undefined) return inFile(source, "site", () => documentTextsOf(trial, site, part));
  const message = "The site's texts stand in the order file and in a file of their own.";
  if (site !== undefined)
    failAt({ code: "cli.order_invalid", path: "site", file: source.file, message, expected: "one of the two" });
  const own = await readDataFile(io, siteFile);
  return inFile(own, "", () => documentTextsOf(trial, mapOf(own, "a site file", "site, investigator, contact"), part));
}

/** @throws AllocellError the codes of {@link readOrderTemplate}, of orders and of documents, each with its place */
export async function readOrderFile(
  io: Io,
  file: string,
  options: OrderOptions = { assume: [] },
  allocate?: Allocate,
): Promise<OrderFile> {
  const read = await readOrderTemplate(io, file, options);
  const allocated = await allocate?.(read);
  if (allocated !== undefined && !isOfTrial(read)) noTrial(file);
  const template = withKit(read, allocated?.kit);
  const { source, map } = template;
  const { arm, part } = { ...map, ...allocated };
  let order: PreparationOrder;
  if (isOfTrial(template)) {
    if (typeof arm !== "string") {
      return failAt({ code: "cli.order_invalid", path: "arm", file, message: "The order file: the arm is missing." });
    }
    order = orderOfArm(template, arm, typeof part === "string" ? part : undefined, allocated !== undefined);
  } else {
    order = orderWithoutTrial(template);
  }
  const { document, check } = map;
  const details = document === undefined ? undefined : inFile(source, "document", () => readDetails(document, order));
  return {
    source,
    order,
    texts: await readTexts(io, template, options.site, order.dose.from === "trial" ? order.dose.trial.part : undefined),
    ...(details === undefined ? {} : { document: details }),
    ...(check === undefined ? {} : { check: inFile(source, "check", () => readCheck(check)) }),
  };
}

function withKit(template: OrderTemplate, kit: string | undefined): OrderTemplate {
  if (kit === undefined) return template;
  const { identification } = template.order as { readonly identification?: object };
  return { ...template, order: { ...template.order, identification: { ...identification, kit } } };
}

/** The details of documents; the route is that of the trial's assumptions, where the assumptions name one. */
function readDetails(document: unknown, { dose }: PreparationOrder): DocumentDetails {
  const stated = dose.from === "trial" ? dose.trial.assumptions.find(({ key }) => key === "route") : undefined;
  const isTaken = stated !== undefined && isMap(document) && document["route"] === undefined;
  const details = parseDocumentDetails(isTaken ? { ...document, route: stated.value } : document);
  const folded = (text: string): string => text.trim().replace(/\s+/gu, " ").toLowerCase();
  if (stated !== undefined && folded(stated.value) !== folded(details.route)) {
    fail(
      "dose.assumption_conflict",
      "route",
      `The assumptions's "route" is another one: say it once, or the same twice.`,
      {
        expected: stated.value,
        received: details.route,
      },
    );
  }
  return details;
}

const CHECK_FIELDS = ["by", "enteredFrom", "copiedFrom"];

function readCheck(check: unknown): Omit<PreparationCheck, "order"> {
  const isRight =
    isMap(check) &&
    Object.entries(check).every(([key, value]) => CHECK_FIELDS.includes(key) && typeof value === "string") &&
    typeof check["by"] === "string" &&
    typeof check["enteredFrom"] === "string";
  if (isRight) return check as unknown as Omit<PreparationCheck, "order">;
  return fail("cli.order_invalid", "", "A check says by whom it was made and from which sources.", {
    expected: "by: NAME, enteredFrom: SOURCES",
  });
}

/** Runs the preparation of an order file, and gives each fault its place in the file. */
export function inOrder<T>(source: DataFile, act: () => T): T {
  return relocated((issue) => {
    const own = ["order.", "order.identification.", "document."].map((holder) => `${holder}${issue.path}`);
    const stated = own.find((path) => source.placeOf(path) !== undefined);
    if (stated !== undefined) return { ...issue, path: stated, file: source.file, ...source.placeOf(stated) };
    // What is missing is missing in its map.
    const holder = `order.${issue.path}`.replace(/\.[^.]+$/u, "");
    const place = issue.path.includes(".") ? source.placeOf(holder) : undefined;
    return { ...issue, path: place === undefined ? issue.path : `order.${issue.path}`, file: source.file, ...place };
  }, act);
}

/** Whether two paths are one file. */
export function isSameFile(io: Io, first: string, second: string): boolean {
  const real = (file: string): string => touching(file, () => realpathSync(resolve(io.cwd, file)));
  return real(first) === real(second);
}
