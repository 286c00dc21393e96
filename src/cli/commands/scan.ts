import { parseLocalTime } from "../../calendar/index.js";
import { prepareRead } from "../../dose/index.js";
import { fail, foldId } from "../../foundation/index.js";
import { parseBagCode, toBlindedPreparation, type BagCode, type BlindedPreparation } from "../../report/index.js";
import type { Finding } from "../answers/scanAnswer.js";
import { blindedFaults } from "../blindedFault.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readOrderFile, type OrderOptions } from "../orderFile.js";

export interface ScanOptions extends CommonOptions, OrderOptions {
  readonly order: string;
  /** Of the wristband, where it was read. */
  readonly subject?: string;
  /** Local time; the clock of this computer where nothing is said. */
  readonly at?: string;
}

/** The time of this computer's place, to the minute. */
function localNow(now: Date): string {
  const two = (number: number): string => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}T${two(now.getHours())}:${two(now.getMinutes())}`;
}

/**
 * `allocell scan TEXT --order FILE`: whether a scanned label is that of the order's bag and person, and in time to start.
 * It shows nothing that tells a treatment.
 *
 * @returns exit code 1 if any of the three is not so
 */
export async function scan(io: Io, text: string, options: ScanOptions): Promise<number> {
  const at = options.at ?? localNow(io.now());
  parseLocalTime(at, "--at");
  const code = parseBagCode(text);
  const blinded = await blindedFaults(options.order, async () => {
    const { order, document, texts } = await readOrderFile(io, options.order, options);
    if (document === undefined)
      return fail("cli.document_missing", "document", "The order file states no route and storage.");
    return toBlindedPreparation(prepareRead(order), document, texts);
  });
  const findings = findingsOf(code, blinded, options.subject, at);
  const isRight = findings.every((finding) => finding.isRight);
  if (options.json === true) await io.stdout.write(jsonText({ command: "scan", isRight, at, findings }));
  else {
    const { scanText } = await import("../answers/scanAnswer.js");
    await io.stdout.write(scanText(findings, code, blinded, io.language ?? "en"));
  }
  return isRight ? 0 : 1;
}

const bagOf = ({ trialCode, kit, administration = "0", startBy, expiresAt }: BagCode): string =>
  `trial ${trialCode}, kit ${kit}, administration ${administration}, start by ${startBy}, end by ${expiresAt}`;

function findingsOf(
  code: BagCode,
  blinded: BlindedPreparation,
  wristband: string | undefined,
  at: string,
): readonly Finding[] {
  const { trialCode = "" } = blinded.texts;
  const [expected, received] = [bagOf({ ...blinded, trialCode }), bagOf(code)];
  const people = wristband === undefined ? [code.subject] : [code.subject, wristband];
  const isPerson = people.every((subject) => foldId(subject) === foldId(blinded.subject));
  return [
    { what: "bag", isRight: foldId(expected) === foldId(received), expected, received },
    { what: "person", isRight: isPerson, expected: blinded.subject, received: people.join(", ") },
    { what: "time", isRight: at <= blinded.startBy, expected: `a start by ${blinded.startBy}`, received: at },
  ];
}
