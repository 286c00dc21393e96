/*
 * What a page uses of `decimal.js`: numbers are read, divided to 40 significant digits, half-up, and written. The build puts
 * it in that package's place; a test holds it to the package's own answers.
 */
const DIGITS = 40n;
const TOP = 10n ** DIGITS;

const lengthOf = (digits: bigint): number => String(digits).length;
const sizeOf = (value: bigint): bigint => (value < 0n ? -value : value);

/** coefficient × 10^exponent. */
export class Decimal {
  static readonly ROUND_HALF_UP = 4;
  /** Every number of a page has 40 digits. */
  static readonly clone = (): typeof Decimal => Decimal;
  static readonly isDecimal = (value: unknown): boolean => value instanceof Decimal;

  readonly #coefficient: bigint;
  readonly #exponent: number;

  /** @param text - digits, with a sign, a point and an exponent where it has them */
  constructor(text: string) {
    const [, sign = "", whole = "", places = "", power = "0"] =
      /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/u.exec(text) ?? [];
    if (whole === "") throw new Error(`[DecimalError] Invalid argument: ${text}`);
    const digits = (whole + places).replace(/0+$/u, "");
    this.#coefficient = BigInt(`${sign}${digits === "" ? 0 : BigInt(digits)}`);
    this.#exponent = this.#coefficient === 0n ? 0 : Number(power) + whole.length - digits.length;
  }

  /** The power of ten of the first digit. */
  get e(): number {
    return this.isZero() ? 0 : this.precision() + this.#exponent - 1;
  }

  isZero(): boolean {
    return this.#coefficient === 0n;
  }

  isInteger(): boolean {
    return this.#exponent >= 0;
  }

  isFinite(): boolean {
    return true;
  }

  precision(): number {
    return lengthOf(sizeOf(this.#coefficient));
  }

  decimalPlaces(): number {
    return Math.max(0, -this.#exponent);
  }

  dividedBy(text: string): Decimal {
    const divisor = new Decimal(text);
    const [top, bottom] = [sizeOf(this.#coefficient), sizeOf(divisor.#coefficient)];
    if (bottom === 0n) throw new Error("[DecimalError] Division by zero");
    const quotient = (power: number): bigint => {
      const [over, under] = [top * 10n ** BigInt(Math.max(0, power)), bottom * 10n ** BigInt(Math.max(0, -power))];
      return (2n * over + under) / (2n * under);
    };
    // One digit more or less than 40, by the first digits of both.
    const guess = Number(DIGITS) - lengthOf(top) + lengthOf(bottom);
    const power = quotient(guess) >= TOP ? guess - 1 : guess;
    const sign = this.#coefficient < 0n === divisor.#coefficient < 0n ? "" : "-";
    return new Decimal(`${sign}${quotient(power)}e${this.#exponent - divisor.#exponent - power}`);
  }

  /** Without an exponent, and without zeros at the end. */
  toFixed(): string {
    const [digits, places] = [String(sizeOf(this.#coefficient)), this.decimalPlaces()];
    const sign = this.#coefficient < 0n ? "-" : "";
    if (places === 0) return this.isZero() ? "0" : `${sign}${digits}${"0".repeat(this.#exponent)}`;
    const padded = digits.padStart(places + 1, "0");
    return `${sign}${padded.slice(0, -places)}.${padded.slice(-places)}`;
  }
}
