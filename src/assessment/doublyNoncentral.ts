/**
 * P(abs(T) > critical value) of the two-sided t test at level alpha, when numerator and denominator are both shifted.
 *
 * T^2 / (T^2 + df) given the two Poisson counts j and v is Beta(1/2 + j, (df + 2v)/2), so
 * P(accept) = sum_j sum_v Poisson(j; lambda1^2/2) Poisson(v; lambda2/2) I_x(1/2 + j, df/2 + v),
 * with x the 1 - alpha quantile of Beta(1/2, df/2). That is the full doubly noncentral series for both tails at once;
 * the sums go on until all weight but 1e-17 is spent.
 *
 * With half-integer arguments every I_x follows from I_x(1/2, 1/2) = (2/pi) asin(sqrt(x)) or I_x(1/2, 1) = sqrt(x) by
 * I_x(1/2, b+1) = I_x(1/2, b) + x^(1/2) (1-x)^b / (b B(1/2, b)) and I_x(a+1, b) = I_x(a, b) - x^a (1-x)^b / (a B(a, b)),
 * so nothing is approximated.
 */
export class DoublyNoncentralT {
  readonly #x: number;
  /** By v: I_x(1/2, df/2 + v), and x^(1/2) (1-x)^b / (1/2 B(1/2, b)) for b = df/2 + v. */
  readonly #base: number[] = [];
  readonly #step: number[] = [];
  readonly #df: number;

  /** @param df - degrees of freedom, a whole number >= 1; @param alpha - level, in (0, 1) */
  constructor(df: number, alpha: number) {
    this.#df = df;
    let [low, high] = [0, 1];
    // Bisection down to neighbouring doubles.
    for (let i = 0; i < 200; i += 1) {
      const middle = (low + high) / 2;
      if (middle === low || middle === high) break;
      if (centralBeta(middle, df) < 1 - alpha) low = middle;
      else high = middle;
    }
    this.#x = (low + high) / 2;
  }

  /** The critical value t of |T|. */
  get critical(): number {
    return Math.sqrt((this.#x * this.#df) / (1 - this.#x));
  }

  /**
   * @param lambda1 - shift of the numerator
   * @param lambda2 - noncentrality of the denominator's chi-square, >= 0
   */
  rejection(lambda1: number, lambda2: number): number {
    const shifts = poissonWeights((lambda1 * lambda1) / 2);
    const spreads = poissonWeights(lambda2 / 2);
    const x = this.#x;
    let accept = 0;
    for (let v = 0; v < spreads.length; v += 1) {
      const weight = spreads[v] as number;
      if (weight === 0) continue;
      this.#reach(v);
      const b = this.#df / 2 + v;
      let integral = this.#base[v] as number;
      let step = this.#step[v] as number;
      let inner = 0;
      for (let j = 0; j < shifts.length; j += 1) {
        inner += (shifts[j] as number) * integral;
        integral = Math.max(0, integral - step);
        step *= (x * (0.5 + j + b)) / (1.5 + j);
      }
      accept += weight * inner;
    }
    return Math.min(1, Math.max(0, 1 - accept));
  }

  #reach(v: number): void {
    if (this.#base.length === 0) {
      this.#base.push(centralBeta(this.#x, this.#df));
      this.#step.push(2 * density(this.#x, this.#df / 2));
    }
    for (let i = this.#base.length; i <= v; i += 1) {
      const b = this.#df / 2 + i - 1;
      const before = this.#step[i - 1] as number;
      this.#base.push((this.#base[i - 1] as number) + before / (2 * b));
      this.#step.push((before * (1 - this.#x) * (b + 0.5)) / b);
    }
  }
}

/** I_x(1/2, df/2), by sums of positive terms. */
function centralBeta(x: number, df: number): number {
  const isOdd = df % 2 === 1;
  let sum = isOdd ? (2 / Math.PI) * Math.asin(Math.sqrt(x)) : Math.sqrt(x);
  let b = isOdd ? 0.5 : 1;
  let term = density(x, b) / b;
  while (b < df / 2) {
    sum += term;
    term *= ((1 - x) * (b + 0.5)) / (b + 1);
    b += 1;
  }
  return sum;
}

/**
 * P(F > f) for df1 and df2 degrees of freedom, whole numbers >= 1: 1 - I_x(df1/2, df2/2) at x = df1 f/(df1 f + df2), by
 * I_x(1, b) = 1 - (1-x)^b or I_x(1/2, b), and I_x(a+1, b) = I_x(a, b) - x^a (1-x)^b / (a B(a, b)).
 *
 * @param f - at least 0
 */
export function upperF(f: number, df1: number, df2: number): number {
  const x = (df1 * f) / (df1 * f + df2);
  const b = df2 / 2;
  const isOdd = df1 % 2 === 1;
  let a = isOdd ? 0.5 : 1;
  let integral = isOdd ? centralBeta(x, df2) : 1 - (1 - x) ** b;
  // x^a (1-x)^b / (a B(a, b)): at a = 1 it is b x (1-x)^b.
  let step = isOdd ? 2 * density(x, b) : b * x * (1 - x) ** b;
  for (; a < df1 / 2; a += 1) {
    integral -= step;
    step *= (x * (a + b)) / (a + 1);
  }
  return Math.min(1, Math.max(0, 1 - integral));
}

/** x^(1/2) (1-x)^b / B(1/2, b) for b = 1/2, 1, 3/2, ... */
function density(x: number, b: number): number {
  // 1 / B(1/2, b) = Gamma(b + 1/2) / (sqrt(pi) Gamma(b)): 1/pi at 1/2, 1/2 at 1, then times (b + 1/2)/b.
  let own = b % 1 === 0 ? 1 : 0.5;
  let reciprocal = b % 1 === 0 ? 0.5 : 1 / Math.PI;
  for (; own < b; own += 1) reciprocal *= (own + 0.5) / own;
  return Math.sqrt(x) * (1 - x) ** b * reciprocal;
}

/** Poisson probabilities from 0 until what is left is below 1e-17. */
export function poissonWeights(mean: number): number[] {
  if (mean === 0) return [1];
  const weights: number[] = [];
  // In logarithms, because e^-mean may be below every double.
  let log = -mean;
  const enough = mean + 12 * Math.sqrt(mean) + 40;
  for (let k = 0; k <= enough; k += 1) {
    const weight = Math.exp(log);
    weights.push(weight);
    if (k > mean && weight < 1e-19) break;
    log += Math.log(mean) - Math.log(k + 1);
  }
  return weights;
}
