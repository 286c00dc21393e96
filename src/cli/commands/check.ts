import { basename } from "node:path";
import { compareChecks, type CheckComparison, type PreparationCheck } from "../../dose/index.js";
import { fail } from "../../foundation/index.js";
import { failAt } from "../../store/disk/index.js";
import { readText } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { isSameFile, readOrderFile, type Allocate } from "../orderFile.js";
import type { AnswerOptions } from "../trialInput.js";

export interface CheckOptions extends CommonOptions, AnswerOptions {}

/** `allocell check A.yaml B.yaml`: two people's own inputs, field by field; exit code 1 if any differs. */
export async function check(
  io: Io,
  first: string,
  second: string,
  options: CheckOptions,
  allocate?: Allocate,
  print?: (comparison: CheckComparison) => Promise<void>,
): Promise<number> {
  const isOneText = requireTwoFiles(io, first, second);
  const [mine, theirs] = [
    await readCheck(io, first, options, allocate),
    await readCheck(io, second, options, allocate),
  ];
  requireOwnSources(mine, second);
  requireOwnSources(theirs, first);
  const comparison = compareChecks(mine, theirs);
  await print?.(comparison);
  const answer = { command: "check", ...comparison, sameTextButForTheCheck: isOneText };
  if (options.json === true) await io.stdout.write(jsonText(answer));
  else {
    const { comparisonText } = await import("../answers/checkAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    await io.stdout.write(comparisonText(comparison, isOneText, await speechOf(io)));
  }
  return comparison.agree ? 0 : 1;
}

/** The text of an order file without its `check:` and without what is no input: comments, empty lines. */
const withoutCheck = (text: string): string =>
  text
    .replace(/^check:.*(?:\r?\n(?:[ \t].*)?)*$/mu, "")
    .replace(/^\s*(?:#.*)?$/gmu, "")
    .replace(/\s+/gu, " ")
    .trim();

/**
 * A second check that is a copy of the first compares the first with itself.
 *
 * @returns whether the two are one text but for `check:`: so are two fillings-in of one form, and a copy that was signed
 *   anew; only the two people know which
 */
function requireTwoFiles(io: Io, first: string, second: string): boolean {
  const same = isSameFile(io, first, second);
  const [mine, theirs] = [readText(io, first), readText(io, second)];
  if (!same && mine !== theirs) return withoutCheck(mine) === withoutCheck(theirs);
  return fail(
    "cli.check_same_file",
    second,
    same ? "Both checks are the same file." : "The second file is a copy of the first, byte for byte.",
    { expected: "a second check that was entered anew, from the checker's own sources" },
  );
}

/** A check whose source is the other check was given its numbers. */
function requireOwnSources({ by, enteredFrom }: PreparationCheck, other: string): void {
  if (!enteredFrom.toLowerCase().includes(basename(other).toLowerCase())) return;
  fail("dose.check_not_independent", "check.enteredFrom", `${by} entered this check from the other one, ${other}.`, {
    expected: "the checker's own sources, such as prescription, scale print-out and lot sheet",
    received: enteredFrom,
    parameters: { by, other },
  });
}

async function readCheck(
  io: Io,
  file: string,
  options: CheckOptions,
  allocate: Allocate | undefined,
): Promise<PreparationCheck> {
  const { order, document, check: made } = await readOrderFile(io, file, options, allocate);
  if (made !== undefined) return { ...made, order, ...(document === undefined ? {} : { document: { ...document } }) };
  return failAt({
    code: "cli.order_invalid",
    path: "check",
    file,
    message: "This order file does not say who entered it, and from which sources.",
    expected: "check: { by: NAME, enteredFrom: SOURCES }",
  });
}
