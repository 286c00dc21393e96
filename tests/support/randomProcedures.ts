/* Random procedures of a kind, with a ratio and the lengths of lists that they take. */
import * as fc from "fast-check";

/** A procedure for some ratio, and lengths that suit both. */
export type Taken = Omit<Choice, "ratio">;

/** A procedure that suits the ratio, with lengths that suit both. */
export interface Choice {
  readonly ratio: readonly number[];
  readonly procedure: object;
  readonly length: fc.Arbitrary<number>;
}

const LONGEST = 60;
export const ratioOf = (least: number, most: number, shares: number): fc.Arbitrary<number[]> =>
  fc.array(fc.integer({ min: 1, max: shares }), { minLength: least, maxLength: most });
export const anyRatio: fc.Arbitrary<number[]> = ratioOf(2, 5, 4);
export const equalArms: fc.Arbitrary<number[]> = fc.integer({ min: 2, max: 5 }).chain((arms) => {
  return fc.integer({ min: 1, max: 3 }).map((share) => Array.from({ length: arms }, () => share));
});
export const twoArms: fc.Arbitrary<number[]> = fc.integer({ min: 1, max: 3 }).map((share) => [share, share]);
/** Two arms at any ratio. */
export const anyTwo: fc.Arbitrary<number[]> = ratioOf(2, 2, 7);
const anyLength: fc.Arbitrary<number> = fc.integer({ min: 1, max: LONGEST });

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
export const unitOf = (ratio: readonly number[]): number => ratio.reduce((sum, w) => sum + w, 0) / ratio.reduce(gcd);
const multiplesOf = (unit: number): fc.Arbitrary<number> =>
  fc.integer({ min: 1, max: Math.max(1, Math.floor(LONGEST / unit)) }).map((times) => times * unit);

export const coin: fc.Arbitrary<string | number> = fc.constantFrom("1/2", "2/3", "0.75", "0.9", 1, "17/25");
export const exponent: fc.Arbitrary<string | number> = fc.constantFrom(0, 1, 2, 5, "1/2", "5/2", "0.3", "7/3", "0.125");
export const tolerance: fc.Arbitrary<number> = fc.integer({ min: 1, max: 6 });

/** Sizes, weights and a last-block policy, with lengths that the policy can meet. */
export const blocks = (unit: number): fc.Arbitrary<Taken> =>
  fc
    .record({
      sizes: fc
        .uniqueArray(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })
        .map((times) => times.map((n) => n * unit)),
      weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 4, maxLength: 4 }),
      law: fc.constantFrom("even", "weights", "pascal"),
      lastBlock: fc.constantFrom(undefined, "whole", "cut", "fill"),
    })
    .map(({ sizes, weights, law, lastBlock }) => ({
      procedure: {
        kind: "permuted-block",
        sizes,
        ...(law === "weights" ? { weights: weights.slice(0, sizes.length) } : {}),
        ...(law === "pascal" ? { weights: "pascal" } : {}),
        ...(lastBlock === undefined ? {} : { lastBlock }),
      },
      length:
        lastBlock === "whole" || lastBlock === "cut"
          ? anyLength
          : fc
              .array(fc.constantFrom(...sizes), { minLength: 1, maxLength: 5 })
              .map((some) => some.reduce((sum, size) => sum + size, 0)),
    }));

/** Sizes in a stated order, with lengths at which a block ends where no policy is stated. */
export const orderedBlocks = (unit: number): fc.Arbitrary<Taken> =>
  fc
    .record({
      sizes: fc
        .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 })
        .map((times) => times.map((n) => n * unit)),
      lastBlock: fc.constantFrom(undefined, "whole", "cut"),
    })
    .map(({ sizes, lastBlock }) => ({
      procedure: { kind: "ordered-blocks", sizes, ...(lastBlock === undefined ? {} : { lastBlock }) },
      length:
        lastBlock !== undefined
          ? anyLength
          : fc
              .integer({ min: 1, max: 6 })
              .map((blocks) => Array.from({ length: blocks }, (_, i) => sizes[i % sizes.length]!))
              .map((taken) => taken.reduce((sum, size) => sum + size, 0)),
    }));

const inBlocks = (kind: string, size: number, given: object): fc.Arbitrary<Taken> =>
  fc.constantFrom(undefined, "whole", "cut").map((lastBlock) => ({
    procedure: { kind, ...given, ...(lastBlock === undefined ? {} : { lastBlock }) },
    length: lastBlock === undefined ? fc.integer({ min: 1, max: 4 }).map((times) => times * size) : anyLength,
  }));

/** A procedure that takes a list of any length. */
export function plain(kind: string, parameters: object): () => fc.Arbitrary<Taken> {
  return () => parametersOf(kind, parameters).map((procedure) => ({ procedure, length: anyLength }));
}

/** A procedure that shares its rows in the ratio exactly. */
export function inUnits(kind: string, parameters: object): (unit: number) => fc.Arbitrary<Taken> {
  return (unit) => parametersOf(kind, parameters).map((procedure) => ({ procedure, length: multiplesOf(unit) }));
}

function parametersOf(kind: string, parameters: object): fc.Arbitrary<object> {
  return fc.record(parameters as Record<string, fc.Arbitrary<unknown>>).map((own) => ({ kind, ...own }));
}

/** Blocks of 12. */
export const hadamards = (): fc.Arbitrary<Taken> => inBlocks("hadamard", 12, {});

/** Over the whole list, or in blocks. */
export const truncatedBinomials = (unit: number): fc.Arbitrary<Taken> =>
  fc.oneof(
    inUnits("truncated-binomial", {})(unit),
    fc.integer({ min: 1, max: 4 }).chain((n) => inBlocks("truncated-binomial", n * unit, { size: n * unit })),
  );
