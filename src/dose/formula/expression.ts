import { type Fraction, minus, ONE, over, plus, readFraction, times, ZERO } from "../../quantity/index.js";

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
  !line.includes("⟨")
    ? line
    : line.replace(/⟨([^⟩]*)⟩/gu, (_, part: string) =>
        symbolsOf(part).every((symbol) => given[symbol] !== undefined) ? part : "",
      );

/** As it is printed, "diluent = final volume V - draw"; a name of `texts` stands for its text. */
export const formulaText = (line: string, given: Given<unknown>, texts: Readonly<Record<string, string>>): string =>
  present(line, given)
    .replace(/[[\]]/gu, "")
    .replace(SYMBOLS, (_, symbol: string) => texts[symbol] ?? symbol);

/** The parts of a line that compute: words and remarks left out. */
export function readLine(line: string): FormulaLine {
  const [formula = ""] = line.split(";");
  const at = formula.indexOf(" = ");
  const [left, right] = at < 0 ? ["", formula] : [formula.slice(0, at), formula.slice(at + " = ".length)];
  const expression = right
    .replace(/\[[^\]]*\]/gu, "")
    .replace(/(\{\w+\}|ceiling\(|floor\()|[A-Za-z][A-Za-z0-9%² ]*/gu, (_, kept: string | undefined) => kept ?? "")
    .replace(/ +/gu, " ")
    .trim();
  return { left, expression };
}

const indexed = (symbol: string, index: number): string => `${symbol}${index + 1}`;

/** Each sum as one term for each that is given: "Σ {y}" as "{y1} + {y2}". */
const withSums = (expression: string, given: Given<unknown>): string =>
  !expression.includes("Σ")
    ? expression
    : expression.replace(/Σ ([^+)<>-]*[^+)<> -])/gu, (_, term: string) => {
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

/** What stands for the symbols: `index` is that of a sum. Absent: the quantity of a part that is not there. */
interface Context {
  readonly valueOf: (symbol: string, index: number) => Fraction | undefined;
  /** How many are given of the symbols of a sum. */
  readonly countOf: (symbols: readonly string[]) => number;
}

type Compute = (context: Context, index: number) => Fraction;

const TOKENS = /\{\w+\}|\d+(?:\.\d+)?|ceiling\(|floor\(|[-+×/()²Σ⟨⟩]/gu;
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
    for (;;) {
      // A factor in ⟨ ⟩ that is not given is 1: see `valueOf` in the symbol below.
      takes("⟨");
      const sign = takes(...signs);
      if (sign === undefined) return left;
      const [a, b, operation] = [left, next(), OPERATIONS[sign] ?? plus];
      takes("⟩");
      left = (context, index) => operation(a(context, index), b(context, index));
    }
  };
  const sum = (): Compute => chain(term, "+", "-");
  const term = (): Compute => {
    if (takes("Σ") === undefined) return product();
    const start = at;
    const each = product();
    const symbols = symbolsOf(tokens.slice(start, at).join(""));
    return (context) =>
      Array.from({ length: context.countOf(symbols) }, (_, index) => each(context, index)).reduce(plus, ZERO);
  };
  const product = (): Compute => chain(factor, "×", "/");
  const factor = (): Compute => {
    const base = atom();
    if (takes("²") === undefined) return base;
    return (context, index) => times(base(context, index), base(context, index));
  };
  const atom = (): Compute => {
    if (takes("(", "ceiling(", "floor(") !== undefined) {
      const inner = sum();
      return takes(")") === undefined ? unreadable(expression) : inner;
    }
    const isOptional = tokens[at - 2] === "⟨";
    const token = tokens[at] ?? "";
    at += 1;
    if (/^\d/u.test(token)) {
      const value = readFraction(token);
      return () => value;
    }
    if (!token.startsWith("{")) return unreadable(expression);
    const symbol = token.slice(1, -1);
    return ({ valueOf }, index) => valueOf(symbol, index) ?? (isOptional ? ONE : unreadable(symbol));
  };
  const all = sum();
  return at < tokens.length ? unreadable(expression) : all;
}

/**
 * Reads an expression once, to be computed for what is given.
 *
 * @param read - the exact value of what is given
 */
export function readExpression<T>(expression: string, read: (value: T) => Fraction): (given: Given<T>) => Fraction {
  // A root or a power ends in no fraction: who needs one computes it.
  if (/[√^]/u.test(expression)) return () => unreadable(expression);
  const compute = reader(expression);
  return (given) => {
    const listOf = (symbol: string): readonly T[] | undefined => {
      const value = given[symbol];
      return Array.isArray(value) ? (value as readonly T[]) : undefined;
    };
    const context: Context = {
      valueOf: (symbol, index) => {
        const value = listOf(symbol)?.[index] ?? (given[symbol] as T | undefined);
        return value === undefined ? undefined : read(value);
      },
      countOf: (symbols) => Math.max(1, ...symbols.map((symbol) => listOf(symbol)?.length ?? 1)),
    };
    return compute(context, 0);
  };
}
