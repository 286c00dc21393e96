import { Decimal } from "decimal.js";
import { read } from "./fraction.js";
import type { Fraction } from "./fraction.js";
import type { Order, Worksheet } from "./shape.js";

const Digits = Decimal.clone({ precision: 40, toExpNeg: -50, toExpPos: 50 });

const decimalOf = ({ top, bottom }: Fraction): Decimal => new Digits(`${top}`).div(`${bottom}`);

/** "Body surface" of docs/preparation.md: square roots and powers with forty digits. */
const byFormula = (formula: string, w: Decimal, h: Decimal): Decimal => {
  if (formula === "mosteller") return h.times(w).div(3600).sqrt();
  return formula === "du-bois"
    ? w.pow("0.425").times(h.pow("0.725")).times("0.007184")
    : w.pow("0.5378").times(h.pow("0.3964")).times("0.024265");
};

/** An order is computed again and again while its edges are sought. */
const known = new Map<string, Decimal>();

const nearest = (value: Decimal, step: string): string =>
  value
    .div(step)
    .plus("0.5")
    .floor()
    .times(step)
    .toFixed()
    .replace(/(\.\d*?)0+$/u, "$1")
    .replace(/\.$/u, "");

/** Step `surface`. Undefined where no formula is named, or something is missing that it needs. */
export const findSurface = (order: Order, kg: Fraction | undefined, sheet: Worksheet): Fraction | undefined => {
  const { surface } = order.dose;
  if (surface === undefined) return undefined;
  const { heightCm } = order.participant ?? {};
  if (kg === undefined) sheet.refusals.add("dose.weight_missing");
  if (heightCm === undefined) sheet.refusals.add("dose.surface_missing");
  if (kg === undefined || heightCm === undefined) return undefined;
  const key = `${surface.formula} ${kg.top}/${kg.bottom} ${heightCm}`;
  const exact = known.get(key) ?? byFormula(surface.formula, decimalOf(kg), new Digits(heightCm));
  known.set(key, exact);
  const used = nearest(exact, surface.roundedToM2);
  sheet.steps.push(["surface", nearest(exact, "0.0000000001"), used]);
  sheet.results["surface"] = { formula: surface.formula, m2: used };
  // Of a height in metres: nothing goes by no surface at all.
  if (used === "0") sheet.refusals.add("dose.impossible_value");
  return used === "0" ? undefined : read(used);
};
