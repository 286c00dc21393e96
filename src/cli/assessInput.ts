import type { BiasModel, CentreAccrual, Knowledge } from "../assessment/index.js";
import { AllocellError, describeReceived, fail, throwIfAny } from "../foundation/index.js";
import { inFile, type DataFile } from "./dataFile.js";
import type { CommonOptions } from "./io.js";
import { finiteNumber, wholeNumber } from "./numberOption.js";
import { ofOptions, type OptionNames } from "./ofOptions.js";

export interface AssessCommandOptions extends CommonOptions {
  readonly list?: string;
  readonly log?: string;
  readonly html?: string;
  readonly plots?: string;
  readonly simulate?: string;
  readonly precision?: string;
  readonly stream?: string;
  readonly knowledge?: Knowledge;
  readonly fractions?: boolean;
  readonly participants?: string;
  readonly shares?: string;
  readonly runOut?: string;
  readonly siteShare?: string;
  readonly selection?: string;
  readonly trend?: string;
  readonly effect?: string;
  readonly trial?: string;
  readonly late?: string;
  readonly mostPerCentre?: string;
  readonly dropout?: string;
  readonly factorEffect?: string;
}

/** The stream of simulations, if none is named: the same command gives the same numbers. */
export const STREAM = "allocell assess";

/** Where the core has what the options say. */
const OPTIONS: OptionNames = {
  "enrolment.participants": "--participants",
  "enrolment.shares": "--shares",
  "enrolment.opensAfter": "--late",
  "enrolment.mostPerCentre": "--most-per-centre",
  "enrolment.dropout": "--dropout",
  mostStates: "--simulate",
  trials: "--simulate",
  seed: "--stream",
  precision: "--precision",
  fractions: "--fractions",
  runOutLimit: "--run-out",
  siteShare: "--site-share",
  selection: "--selection",
  trend: "--trend",
  effect: "--effect",
  factorEffect: "--factor-effect",
  trial: "--trial",
};

/** Refuses options that this use of the command does not read, all of them at once. @throws AllocellError `cli.option_unneeded` */
export function refuseOptions(
  options: AssessCommandOptions,
  unread: readonly (readonly [name: keyof AssessCommandOptions, option: string])[],
  why: string,
): void {
  throwIfAny(
    unread.flatMap(([name, option]) =>
      options[name] === undefined ? [] : [{ code: "cli.option_unneeded", path: option, message: `${option} ${why}` }],
    ),
  );
}

/** Gives a fault that lies in the plan, and not in an option, its place in the plan's file. */
export function inPlan<T>(source: DataFile, act: () => T, options: OptionNames = OPTIONS): T {
  try {
    return ofOptions(options, act);
  } catch (error) {
    if (AllocellError.is(error) && error.issues.some(({ path }) => path.startsWith("--"))) throw error;
    return inFile(source, "", (): T => {
      throw error;
    });
  }
}

/** `linear:0.5`, `log:0.5`, `step:0.5@20`. */
export function parseTrend(text: string): NonNullable<BiasModel["trend"]> {
  const [, kind, theta = "", after] = /^(\w+):([^@]+)(?:@(\d+))?$/.exec(text) ?? [];
  if ((kind === "linear" || kind === "log") && after === undefined)
    return { kind, theta: finiteNumber("--trend", theta) };
  if (kind === "step" && after !== undefined) {
    return { kind, theta: finiteNumber("--trend", theta), after: Number(after) };
  }
  return fail("assessment.trend_unknown", "--trend", "This trend is not known.", {
    expected: "linear:SIZE, log:SIZE or step:SIZE@ROW, such as linear:0.5",
    received: describeReceived(text),
  });
}

/** When centres take participants, and who drops out, from the options. */
export function centreAccrual({
  late,
  mostPerCentre,
  dropout,
}: Pick<AssessCommandOptions, "late" | "mostPerCentre" | "dropout">): Omit<CentreAccrual, "participants"> {
  return {
    ...(late === undefined ? {} : { opensAfter: numbersByName("--late", late) }),
    ...(mostPerCentre === undefined ? {} : { mostPerCentre: wholeNumber("--most-per-centre", mostPerCentre) }),
    ...(dropout === undefined ? {} : { dropout: finiteNumber("--dropout", dropout) }),
  };
}

/** `03=60,04=100`: a number by name. */
function numbersByName(option: string, text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    text.split(",").map((part) => {
      const [, name = "", number = ""] = /^\s*([^=]+)=(.+)$/.exec(part) ?? malformed(option, part, "03=60,04=100");
      return [name.trim(), finiteNumber(option, number.trim())];
    }),
  );
}

/** An option whose parts are not of its form. */
export function malformed(option: string, received: string, example: string): never {
  return fail("cli.number_invalid", option, "This is no list of names with numbers.", { expected: example, received });
}
