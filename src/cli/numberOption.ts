import { describeReceived, fail } from "../foundation/index.js";

/** A number from the command line, such as `0.05` or `1e6`. @throws AllocellError `cli.number_invalid` */
export function finiteNumber(option: string, text: string): number {
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
  }
  return fail("cli.number_invalid", option, `"${option}" is not a number.`, {
    expected: "a finite number, with a decimal point",
    received: describeReceived(text),
  });
}

/** A whole number from the command line. @throws AllocellError `cli.number_invalid` */
export function wholeNumber(option: string, text: string): number {
  const value = finiteNumber(option, text);
  if (Number.isSafeInteger(value)) return value;
  return fail("cli.number_invalid", option, `"${option}" is a whole number.`, {
    expected: "a whole number",
    received: describeReceived(text),
  });
}
