import { compareChecks, type CheckComparison, type PreparationCheck } from "../../dose/index.js";
import { fail } from "../../foundation/index.js";
import { readText } from "../dataFile.js";
import { failAt } from "../failure.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { isSameFile, readOrderFile } from "../orderFile.js";
import { counted, textTable } from "../textTable.js";

/** `allocell check A.yaml B.yaml`: two people's own inputs, field by field; exit code 1 if any differs. */
export async function check(io: Io, first: string, second: string, options: CommonOptions): Promise<number> {
  requireTwoFiles(io, first, second);
  const comparison = compareChecks(await readCheck(io, first), await readCheck(io, second));
  await io.stdout.write(
    options.json === true ? jsonText({ command: "check", ...comparison }) : comparisonText(comparison),
  );
  return comparison.agree ? 0 : 1;
}

/** A second check that is a copy of the first compares the first with itself. */
function requireTwoFiles(io: Io, first: string, second: string): void {
  const same = isSameFile(io, first, second);
  if (!same && readText(io, first) !== readText(io, second)) return;
  fail(
    "cli.check_same_file",
    second,
    same ? "Both checks are the same file." : "The second file is a copy of the first, byte for byte.",
    { expected: "a second check that was entered anew, from the checker's own sources" },
  );
}

async function readCheck(io: Io, file: string): Promise<PreparationCheck> {
  const { order, check: made } = await readOrderFile(io, file);
  if (made !== undefined) return { ...made, order };
  return failAt({
    code: "cli.order_invalid",
    path: "check",
    file,
    message: "This order file does not say who entered it, and from which sources.",
    expected: "check: { by: NAME, enteredFrom: SOURCES }",
  });
}

function comparisonText({ first, second, agree, fieldsCompared, differences }: CheckComparison): string {
  if (agree) return `The two checks agree in ${counted(fieldsCompared, "field")}: ${first}, ${second}.\n`;
  const rows = differences.map(({ field, first: mine = "nothing", second: theirs = "nothing" }) => [
    field,
    mine,
    theirs,
  ]);
  return [
    `STOP: the two checks differ in ${counted(differences.length, "field")} of ${fieldsCompared}.\n\n`,
    textTable(["field", first, second], rows),
    "\nNeither is right by itself: go back to the sources, both of you.\n",
  ].join("");
}
