import {
  cumulativeExposure,
  prepareRead,
  recordAdministration,
  type AdministeredDose,
  type AdministrationRecord,
  type CumulativeExposure,
  type Preparation,
} from "../../dose/index.js";
import { AllocellError, type Issue } from "../../foundation/index.js";
import { compareDecimal } from "../../quantity/index.js";
import { inFile, mapOf, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readOrderFile } from "../orderFile.js";
import { wrapText } from "../textTable.js";

export interface RecordOptions extends CommonOptions {
  readonly order?: string;
  readonly mostPerKg?: string;
}

/**
 * `allocell record RECORD.yaml...`: what was infused, and how far it is from what was planned. Nothing that
 * happened is refused; only a record that cannot be read is.
 */
export async function record(io: Io, files: readonly string[], options: RecordOptions): Promise<number> {
  const planned = options.order === undefined ? { fields: {}, issues: [] } : await plannedBy(io, options.order);
  const doses: AdministeredDose[] = [];
  for (const file of files) {
    const source = await readDataFile(io, file);
    const map = mapOf(source, "a record", "number, subject, administeredOn, administeredBy, infusedMl");
    // What the record says stands before what the order planned.
    const record = { ...planned.fields, ...map } as unknown as AdministrationRecord;
    doses.push(withOrderIssues(planned.issues, () => inFile(source, "", () => recordAdministration(record))));
  }
  const cumulative =
    doses.length > 1 || options.mostPerKg !== undefined
      ? cumulativeExposure(doses, options.mostPerKg === undefined ? {} : { maximumPerKg: options.mostPerKg })
      : undefined;
  const answer = {
    command: "record",
    administrations: doses,
    ...(cumulative === undefined ? {} : { cumulative }),
    orderIssues: planned.issues,
  };
  await io.stdout.write(options.json === true ? jsonText(answer) : answerText(doses, cumulative, planned.issues));
  return 0;
}

interface Planned {
  readonly fields: Partial<AdministrationRecord>;
  readonly issues: readonly Issue[];
}

/** A record that lacks what the order did not give says why the order gave nothing. */
function withOrderIssues<T>(orderIssues: readonly Issue[], act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    throw new AllocellError(...error.issues, ...orderIssues);
  }
}

/** The planned side of a record. An order that cannot be prepared gives nothing but its faults: the record stands alone. */
async function plannedBy(io: Io, file: string): Promise<Planned> {
  try {
    const { order } = await readOrderFile(io, file);
    const { unitKind, target, delivered, infusion, weight } = prepareRead(order);
    const { administration, window, subject, kit } = order.identification ?? {};
    const plannedFor = { ...(subject === undefined ? {} : { subject }), ...(kit === undefined ? {} : { kit }) };
    const fields: Partial<AdministrationRecord> = {
      unitKind,
      planned: target.amount.amount,
      preparedAtInfusion: delivered.amount.amount,
      preparedMl: infusion.finalVolumeMl,
      ...(administration === undefined ? {} : { number: administration }),
      ...(window === undefined ? {} : { window }),
      ...(weight === undefined ? {} : { weightKg: weight.dosingKg }),
      ...(subject === undefined && kit === undefined ? {} : { plannedFor }),
      ...rangeOf(target),
    };
    return { fields, issues: [] };
  } catch (error) {
    if (!AllocellError.is(error) || error.code.startsWith("cli.file_")) throw error;
    return { fields: {}, issues: error.issues };
  }
}

/** What is allowed at the weight: the range, and never more than the cap. */
function rangeOf({ range = {}, cap }: Preparation["target"]): Pick<AdministrationRecord, "range"> {
  const { minimum, maximum } = range;
  const isCapLess = cap !== undefined && (maximum === undefined || compareDecimal(cap.amount, maximum) < 0);
  const most = isCapLess ? cap.amount : maximum;
  if (minimum === undefined && most === undefined) return {};
  return {
    range: { ...(minimum === undefined ? {} : { minimum }), ...(most === undefined ? {} : { maximum: most }) },
  };
}

function answerText(
  doses: readonly AdministeredDose[],
  cumulative: CumulativeExposure | undefined,
  issues: readonly Issue[],
): string {
  const warningLines = (warnings: readonly Issue[]): readonly string[] =>
    warnings.flatMap(({ code, message }) => wrapText(`${code}: ${message}`, "  - "));
  const lines = [
    "Administered, UNBLINDED",
    ...doses.flatMap(({ record, actual, actualPerKg, deviationPercent, deviationClass, steps, warnings }) => [
      "",
      `Administration ${record.number}${record.subject === undefined ? "" : ` of ${record.subject}`}, ${record.administeredOn}, by ${record.administeredBy}`,
      `  given      ${actual.digits}`,
      ...(actualPerKg === undefined ? [] : [`  per kg     ${actualPerKg.digits}`]),
      ...(deviationPercent === undefined ? [] : [`  deviation  ${deviationPercent} % (${deviationClass})`]),
      ...(record.reason === undefined ? [] : wrapText(record.reason, "  reason     ")),
      ...steps.flatMap(({ worked }) => wrapText(worked, "  ")),
      ...warningLines(warnings),
    ]),
    ...(cumulative === undefined
      ? []
      : [
          "",
          `Together: ${cumulative.actual.digits}${cumulative.actualPerKg === undefined ? "" : `, ${cumulative.actualPerKg.digits}`}`,
          ...warningLines(cumulative.warnings),
        ]),
    ...(issues.length === 0 ? [] : ["", "The order gave nothing to the record:", ...warningLines(issues)]),
    "",
  ];
  return lines.join("\n");
}
