import { fail, foldId } from "../foundation/index.js";
import { failAt } from "../store/disk/index.js";
import { drawKit, type KitList, type KitRequest } from "../supply/index.js";
import { csvFormOf, type CsvForm, type CsvOptions } from "./csvForm.js";
import type { Io } from "./io.js";
import { readKits, requireKitSeed, type KitOptions } from "./kitInput.js";
import type { OrderTemplate } from "./orderFile.js";
import { checkParticipantsFile, participantRows, type Columns } from "./participantsCsv.js";

export interface DispensingOptions extends KitOptions {
  readonly stock?: string;
  readonly separator?: CsvOptions["separator"];
  readonly dispensed?: string;
}

/** For whom a kit is. */
interface Receiver {
  readonly status: "LIVE" | "TEST";
  readonly trial: string;
  readonly arm: string;
  readonly number: string | undefined;
  /** What the log says of kits that were dispensed. */
  readonly dispensed: Dispensed;
}

type Dispensed = KitRequest["dispensed"];

/**
 * The kit of an order: the one that it names, after the proof that it holds the participant's arm and is nobody else's;
 * else the one that was dispensed for this administration; else one drawn from the shelf.
 *
 * @returns the code as the kit list spells it; without a kit list that of the log, where the order names none
 */
export async function drawnKit(
  io: Io,
  options: DispensingOptions,
  receiver: Receiver,
  template: OrderTemplate,
): Promise<string | undefined> {
  const read = await readKits(io, options);
  if (read === undefined) requireNoKitOptions(options);
  else requireKitsOf(read.kits, receiver);
  const { kit, administration } = (template.order["identification"] ?? {}) as Readonly<Record<string, unknown>>;
  const csv = csvFormOf(options.separator === undefined ? {} : { separator: options.separator });
  const stated = options.dispensed === undefined ? [] : await readDispensed(io, options.dispensed, csv);
  const dispensed = [...receiver.dispensed, ...stated];
  const { number, arm } = receiver;
  const isThis = (one: Dispensed[number]): boolean =>
    number !== undefined && foldId(one.number) === foldId(number) && one.administration === administration;
  const before = dispensed.find(isThis)?.code;
  const named = typeof kit === "string" ? kit : before;
  if (named !== undefined) requireOwnKit(named, arm, read?.kits, { before, dispensed }, template);
  // Without a kit list a kit that the order names is not looked up; one of the log is the order's.
  if (read === undefined) return kit === undefined ? before : undefined;
  const { kits } = read;
  if (named !== undefined) return kits.spelled(named);
  if (options.stock === undefined || number === undefined || typeof administration !== "number") {
    return fail("cli.option_missing", "--stock", "The order names no kit, and none can be drawn from the shelf.", {
      expected: "order.identification.kit; or order.identification.administration, and --stock FILE with the codes",
    });
  }
  const stock = await readStock(io, options.stock, csv);
  return drawKit({ kits, seed: requireKitSeed(read), number, administration, stock, dispensed }, arm).code;
}

function requireNoKitOptions(options: DispensingOptions): void {
  const { kitsSeedFile, kitsTestSeed, stock, dispensed, separator } = options;
  if ([kitsSeedFile, kitsTestSeed, stock, dispensed, separator].every((option) => option === undefined)) return;
  fail("cli.option_missing", "--kits", "Stock, dispensed kits and a seed of kits belong to a kit list.", {
    expected: "--kits PLAN, with its seed",
  });
}

/** @throws AllocellError `blinding.trial_differs`, `blinding.status_differs` */
export function requireKitsOf(kits: KitList, { status, trial }: Pick<Receiver, "status" | "trial">): void {
  const { plan } = kits.unblindedRecord();
  if (plan.trial !== trial) {
    const message = `The kit list is for trial ${plan.trial}, the log for ${trial}.`;
    fail("blinding.trial_differs", "--kits", message, { expected: trial, received: plan.trial });
  }
  if (kits.status === status) return;
  fail("blinding.status_differs", "--kits", "TEST kits never serve a LIVE list, nor LIVE kits a TEST list.", {
    expected: status,
    received: kits.status,
  });
}

/** A kit of another arm, or of somebody else, is never prepared. */
function requireOwnKit(
  code: string,
  arm: string,
  kits: KitList | undefined,
  { before, dispensed }: { readonly before: string | undefined; readonly dispensed: Dispensed },
  { source }: OrderTemplate,
): void {
  const path = "order.identification.kit";
  const refuse = (message: string): never =>
    failAt({
      code: "cli.kit_differs",
      path,
      file: source.file,
      ...source.placeOf(path),
      message,
      expected: "a kit of the participant's own arm that nobody had; or no kit, to draw one from --stock",
    });
  if (kits !== undefined && kits.unblindedArmOf(code) !== arm)
    refuse(`Kit ${code} does not hold what this participant is to get.`);
  if (before !== undefined && foldId(before) !== foldId(code)) {
    refuse(`Kit ${before} was dispensed for this administration, not ${code}.`);
  }
  const other = dispensed.find((one) => foldId(one.code) === foldId(code));
  if (other !== undefined && before === undefined) {
    refuse(`Kit ${code} was dispensed to number ${other.number}, administration ${other.administration}.`);
  }
}

/** A blinded kit list, as `allocell kits` writes it, is a stock too. */
const STOCK: Columns = { required: ["code"], optional: ["status", "list", "batch"] };
const DISPENSED: Columns = { required: ["number", "administration", "code"], optional: [] };

async function readDispensed(io: Io, file: string, csv: CsvForm): Promise<Dispensed> {
  return (await readRows(io, file, DISPENSED, csv, true)).map(({ number = "", administration = "", code = "" }) => {
    if (/^[1-9]\d{0,3}$/.test(administration)) return { number, code, administration: Number(administration) };
    const message = `"${administration}" is not the number of an administration.`;
    return failAt({
      code: "blinding.administration_invalid",
      path: "administration",
      file,
      message,
      expected: "1, 2, ...",
      parameters: { administration },
    });
  });
}

/** The codes on a shelf. */
export const readStock = async (io: Io, file: string, csv: CsvForm): Promise<readonly string[]> =>
  (await readRows(io, file, STOCK, csv)).map(({ code = "" }) => code);

/** The rows of a short file; `mayBeEmpty` for one that only begins. */
async function readRows(
  io: Io,
  file: string,
  columns: Columns,
  csv: CsvForm,
  mayBeEmpty = false,
): Promise<readonly Readonly<Record<string, string>>[]> {
  const rows: Readonly<Record<string, string>>[] = [];
  for await (const { cells, line } of participantRows(io, file, columns, csv)) {
    rows.push(
      cells ??
        failAt({ code: "cli.csv_ragged", path: "", file, line, message: "This row has not a cell for each column." }),
    );
  }
  if (rows.length > 0 || !mayBeEmpty) await checkParticipantsFile(io, file, false, columns, csv);
  return rows;
}
