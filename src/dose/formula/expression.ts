import { type Fraction, minus, over, plus, readFraction, times } from "../../quantity/index.js";

/**
 * A formula line is read by people and by the program: `diluent = final volume {V} - {draw}; of the order`.
 *
 * - `{V}` is a quantity. Words are for the reader alone, and so is what stands in `[ ]`, such as a unit.
 * - Before the first ` = ` stands what is computed, after the first `;` a remark.
 * - `⟨ × viability {v}⟩` is there only where all its quantities are given.
 * - `Σ {n} × {u}` is the sum over all that is given as n and u, up to the next +, - or ).
 * - `ceiling( )` and `floor( )` name the rounding of a result and change no exact value; `²` squares.
 */
export interface FormulaLine {
  /** What is computed, such as "diluent". */
  readonly left: string;
  /** What computes it. */
  readonly expression: string;
}

type Given<T> = Readonly<Record<string, T | readonly T[] | undefined>>;

const SYMBOLS = /\{(\w+)\}/gu;
const symbolsOf = (text: string): readonly string[] => [...text.matchAll(SYMBOLS)].map(([, symbol = ""]) => symbol);

/** The line with those of its optional parts whose quantities are given. */
const present = (line: string, given: Given<unknown>): string =>
  line.replace(/⟨([^⟩]*)⟩/gu, (_, part: string) =>
    symbolsOf(part).every((symbol) => given[symbol] !== undefined) ? part : "",
  );

/** As it is printed: "diluent = final volume V - draw". */
export const formulaText = (line: string, given: Given<unknown>): string =>
  present(line, given).replace(/[[\]]/gu, "").replace(SYMBOLS, "$1");

/** The parts of a line that compute: words and remarks left out. */
export function readLine(line: string): FormulaLine {
  const [formula = ""] = line.split(";");
  const at = formula.indexOf(" = ");
  const [left, right] = at < 0 ? ["", formula] : [formula.slice(0, at), formula.slice(at + " = ".length)];
  const expression = right
    .replace(/\[[^\]]*\]/gu, "")
    .replace(/(\{\w+\}|ceiling\(|floor\()|[A-Za-z][A-Za-z0-9% ]*/gu, (_, kept: string | undefined) => kept ?? "")
    .replace(/ +/gu, " ")
    .trim();
  return { left, expression };
}

const indexed = (symbol: string, index: number): string => `${symbol}${index + 1}`;

/** Each sum as one term for each that is given: "Σ {y}" as "{y1} + {y2}". */
const withSums = (expression: string, given: Given<unknown>): string =>
  expression.replace(/Σ ([^+)<>-]*[^+)<> -])/gu, (_, term: string) => {
    const count = Math.max(...symbolsOf(term).map((symbol) => [given[symbol]].flat().length));
    return Array.from({ length: count }, (_each, index) =>
      term.replace(SYMBOLS, (whole, symbol: string) =>
        Array.isArray(given[symbol]) ? `{${indexed(symbol, index)}}` : whole,
      ),
    ).join(" + ");
  });

/** What is given, each of several under its own name: `y` as `y1`, `y2`. */
export const eachOf = <T>(
  given: Given<T>,
): readonly (readonly [symbol: string, of: string, value: T, index: number])[] =>
  Object.entries(given).flatMap(([symbol, value]) =>
    value === undefined
      ? []
      : Array.isArray(value)
        ? (value as readonly T[]).map((one, index) => [indexed(symbol, index), symbol, one, index] as const)
        : [[symbol, symbol, value as T, 0] as const],
  );

/** The expression with its numbers: "100 - 7.24". */
export function filled(expression: string, given: Given<string>): string {
  const values = new Map(eachOf(given).map(([symbol, , value]) => [symbol, value]));
  return withSums(present(expression, given), given).replace(SYMBOLS, (_, symbol: string) => values.get(symbol) ?? "");
}

type Compute = (valueOf: (symbol: string) => Fraction) => Fraction;

const TOKENS = /\{\w+\}|\d+(?:\.\d+)?|ceiling\(|floor\(|[-+×/()²]/gu;
const OPERATIONS: Readonly<Record<string, (a: Fraction, b: Fraction) => Fraction>> = {
  "+": plus,
  "-": minus,
  "×": times,
  "/": over,
};

const unreadable = (expression: string): never => {
  throw new Error(`no expression: ${expression}`);
};

/** Reads tokens from the left, one function for each part of the grammar. */
function reader(expression: string): Compute {
  const tokens = expression.match(TOKENS) ?? [];
  let at = 0;
  const takes = (...signs: readonly string[]): string | undefined => {
    const token = tokens[at];
    if (token === undefined || !signs.includes(token)) return undefined;
    at += 1;
    return token;
  };
  const chain = (next: () => Compute, ...signs: readonly string[]): Compute => {
    let left = next();
    for (let sign = takes(...signs); sign !== undefined; sign = takes(...signs)) {
      const [a, b, operation] = [left, next(), OPERATIONS[sign] ?? plus];
      left = (values) => operation(a(values), b(values));
    }
    return left;
  };
  const sum = (): Compute => chain(product, "+", "-");
  const product = (): Compute => chain(factor, "×", "/");
  const factor = (): Compute => {
    const base = atom();
    return takes("²") === undefined ? base : (values) => times(base(values), base(values));
  };
  const atom = (): Compute => {
    if (takes("(", "ceiling(", "floor(") !== undefined) {
      const inner = sum();
      return takes(")") === undefined ? unreadable(expression) : inner;
    }
    const token = tokens[at] ?? "";
    at += 1;
    if (/^\d/u.test(token)) {
      const value = readFraction(token);
      return () => value;
    }
    if (!token.startsWith("{")) return unreadable(expression);
    const symbol = token.slice(1, -1);
    return (values) => values(symbol);
  };
  const all = sum();
  return at < tokens.length ? unreadable(expression) : all;
}

/** The exact value of an expression for what is given. */
export function valueOf<T>(expression: string, given: Given<T>, read: (value: T) => Fraction): Fraction {
  const values = new Map(eachOf(given).map(([symbol, , value]) => [symbol, value]));
  return reader(withSums(present(expression, given), given))((symbol) => {
    const value = values.get(symbol);
    return value === undefined ? unreadable(symbol) : read(value);
  });
}
