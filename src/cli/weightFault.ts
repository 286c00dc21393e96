import { parseWeightKg } from "../quantity/index.js";
import { type LocatedIssue } from "../store/disk/index.js";

/**
 * A weight as typed, with its unit. What is wrong with the number is told before its missing unit is: nobody is to be
 * advised to write "0 kg".
 *
 * @throws AllocellError `quantity.*`
 */
export function readWeight(text: string, path: string): string {
  if (/^\s*[+-]?[\d.]+\s*$/.test(text)) parseWeightKg(`${text.trim()} kg`, path);
  return parseWeightKg(text, path);
}

/** The fault of a number, said of a weight: the notations of counts, such as 1E6, are none of a weight's. */
export function asWeightFault(issue: LocatedIssue, example: string): LocatedIssue {
  if (!issue.code.startsWith("quantity.")) return issue;
  const message = issue.message.replace(/^A (quantity|value) /, "A body weight ");
  return { ...issue, message, expected: `kilograms, from 0.5 to 300, for example ${example}` };
}
