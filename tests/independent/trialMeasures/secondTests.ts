/*
 * The F test of the arms in a linear model, with or without indicators of levels, by orthogonal columns; and the critical
 * values of F with one and with two degrees of freedom above. Nothing of allocell is imported here.
 */

/** Upper point of F with df1 = 1 (t squared, by Simpson's rule and halving) or df1 = 2 (in closed form). */
export function criticalF(df1: number, df2: number, level: number): number {
  if (df1 === 2) return (df2 / 2) * (level ** (-2 / df2) - 1);
  if (df1 !== 1) throw new Error(`no critical value for ${df1} degrees of freedom`);
  // The density of t without its constant, by x = sqrt(df) tan(a): cos(a)^(df - 1) between 0 and pi/2.
  const area = (end: number): number => {
    const [steps, width] = [2000, end / 2000];
    let sum = 0;
    for (let i = 0; i <= steps; i += 1) {
      sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.cos(i * width) ** (df2 - 1);
    }
    return (sum * width) / 3;
  };
  const whole = area(Math.PI / 2);
  let [low, high] = [0, Math.PI / 2];
  for (let i = 0; i < 50; i += 1) {
    const middle = (low + high) / 2;
    if (area(middle) < (1 - level) * whole) low = middle;
    else high = middle;
  }
  return df2 * Math.tan(low) ** 2;
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);

/** Takes out of a column what lies along others; all of unit length. */
function beside(column: readonly number[], basis: readonly (readonly number[])[]): readonly number[] {
  let left = column;
  for (const unit of basis) {
    const along = dot(left, unit);
    left = left.map((x, i) => x - along * unit[i]!);
  }
  return left;
}

function extended(basis: readonly (readonly number[])[], columns: readonly (readonly number[])[]): number[][] {
  const kept = basis.map((unit) => [...unit]);
  for (const column of columns) {
    const left = beside(column, kept);
    const length = Math.sqrt(dot(left, left));
    if (length > 1e-8) kept.push(left.map((x) => x / length));
  }
  return kept;
}

const indicators = (values: readonly number[], count: number): readonly (readonly number[])[] =>
  Array.from({ length: count }, (_, level) => values.map((value) => (value === level ? 1 : 0)));

/** Whether the test rejects; an empty arm never does, nor a model without degrees of freedom. */
export function rejects(
  responses: readonly number[],
  arms: readonly number[],
  armCount: number,
  factors: readonly { readonly levels: readonly number[]; readonly count: number }[],
  critical: (df1: number, df2: number) => number,
): boolean {
  if (new Set(arms).size < armCount) return false;
  const mean = [responses.map(() => 1)];
  const without = extended([], [...mean, ...factors.flatMap(({ levels, count }) => indicators(levels, count))]);
  const withArms = extended(without, indicators(arms, armCount));
  const [df1, df2] = [withArms.length - without.length, responses.length - withArms.length];
  if (df1 < armCount - 1 || df2 < 1) return false;
  const residual = (basis: readonly (readonly number[])[]): number => {
    const left = beside(responses, basis);
    return dot(left, left);
  };
  const [smaller, larger] = [residual(withArms), residual(without)];
  return (larger - smaller) / df1 > (critical(df1, df2) * smaller) / df2;
}
