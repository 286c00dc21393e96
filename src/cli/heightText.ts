import { fail } from "../foundation/index.js";

const HEIGHT = /^\s*(?<number>\S+?)\s*(?:cm|厘米)\s*$/iu;

/**
 * A height as typed, with its unit.
 *
 * @returns the number of centimetres as it stands
 * @throws AllocellError `quantity.unit_missing` without cm: metres and inches are never converted
 */
export function readHeight(text: string, path: string): string {
  const { number } = HEIGHT.exec(text)?.groups ?? {};
  if (number !== undefined) return number;
  const message = `"${text}" does not say centimetres: write the height with its unit, as in "170 cm".`;
  return fail("quantity.unit_missing", path, message, {
    expected: 'centimetres, for example "170 cm"',
    received: text,
    parameters: { value: text, example: "170 cm" },
  });
}
