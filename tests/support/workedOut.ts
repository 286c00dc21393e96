import { Decimal } from "decimal.js";

const D = Decimal.clone({ precision: 60 });

const TOKENS = /\d+(?:\.\d+)?|ceiling\(|√\(|[-+×/()^²]/gu;

/** A line of numbers and + - × / ^ ² √( ) ceiling( ), worked out by another program's arithmetic. */
export function workedOut(line: string): Decimal {
  const tokens = line.replaceAll(",", "").match(TOKENS) ?? [];
  let at = 0;
  const next = (): string => tokens[at++] ?? "";
  const is = (...signs: readonly string[]): boolean => signs.includes(tokens[at] ?? "");
  const atom = (): Decimal => {
    const token = next();
    if (/^\d/u.test(token)) return new D(token);
    const inner = sum();
    if (next() !== ")") throw new Error(`not closed: ${line}`);
    return token === "√(" ? inner.sqrt() : inner;
  };
  const power = (): Decimal => {
    const base = is("-") ? (next(), atom().negated()) : atom();
    if (is("²")) return (next(), base.times(base));
    return is("^") ? (next(), base.pow(atom())) : base;
  };
  const product = (): Decimal => {
    let value = power();
    while (is("×", "/")) value = next() === "×" ? value.times(power()) : value.dividedBy(power());
    return value;
  };
  function sum(): Decimal {
    let value = product();
    while (is("+", "-")) value = next() === "+" ? value.plus(product()) : value.minus(product());
    return value;
  }
  const value = sum();
  if (at < tokens.length) throw new Error(`not read: ${line}`);
  return value;
}
