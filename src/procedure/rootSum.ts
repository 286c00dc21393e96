import { floorRoot } from "./fixedPoint.js";

/** A sum of whole multiples of square roots of whole numbers: sum of factor x sqrt(radicand), radicand >= 0. */
export type RootSum = readonly { readonly factor: bigint; readonly radicand: bigint }[];

/**
 * Negative, 0 or positive as a is less than, equal to or greater than b, exactly: no tolerance.
 *
 * The difference is 0 exactly if it is 0 within every class of radicands whose products are squares, because square
 * roots of different square-free numbers are independent over the fractions. If it is not 0, its sign shows as soon as
 * enough binary places are taken.
 */
export function compareRootSums(a: RootSum, b: RootSum): number {
  const difference = [...a, ...b.map(({ factor, radicand }) => ({ factor: -factor, radicand }))].filter(
    ({ factor, radicand }) => factor !== 0n && radicand !== 0n,
  );
  // One entry a class: total x sqrt(radicand) / radicand
  const classes: { readonly radicand: bigint; total: bigint }[] = [];
  for (const { factor, radicand } of difference) {
    let isPlaced = false;
    for (const known of classes) {
      const root = floorRoot(known.radicand * radicand, 2);
      if (root * root !== known.radicand * radicand) continue;
      known.total += factor * root;
      isPlaced = true;
      break;
    }
    if (!isPlaced) classes.push({ radicand, total: factor * radicand });
  }
  if (classes.every(({ total }) => total === 0n)) return 0;
  for (let places = 64n; ; places *= 2n) {
    const sum = rootSumFloor(difference, places);
    if (sum > BigInt(difference.length)) return 1;
    if (sum < -BigInt(difference.length)) return -1;
  }
}

/** 2^places times the sum, each root of radicand x factor^2 rounded down: off by less than 1 a term. */
export function rootSumFloor(sum: RootSum, places: bigint): bigint {
  let total = 0n;
  for (const { factor, radicand } of sum) {
    const root = floorRoot((radicand * factor * factor) << (2n * places), 2);
    total += factor < 0n ? -root : root;
  }
  return total;
}

/** The sum over `divisor` (>= 1) as a decimal with 15 places, for display: right to the last place but one. */
export function rootSumText(sum: RootSum, divisor: bigint): string {
  const places = 128n;
  const units = (rootSumFloor(sum, places) * 10n ** 15n) / (divisor << places);
  const digits = String(units < 0n ? -units : units).padStart(16, "0");
  return `${units < 0n ? "-" : ""}${digits.slice(0, -15)}.${digits.slice(-15)}`;
}
