/** One case: what is given to which call, and what must be found. */
export interface OqCase {
  readonly id: string;
  /** Of docs/validation/requirements.yml. */
  readonly requirement: string;
  /** A name of {@link CALLS}. */
  readonly call: string;
  readonly given: Readonly<Record<string, unknown>>;
  /** Every field of it must be found; further fields may be. */
  readonly expected: unknown;
}

/** The cases of one group, with where their expected values come from: never from this program. */
export interface OqFile {
  readonly group: string;
  readonly title: string;
  readonly titleZh: string;
  readonly source: string;
  readonly cases: readonly OqCase[];
}

/** A number that is published to so many digits: `{ "near": "0.59", "within": 1e-12 }`. */
interface Near {
  readonly near: string;
  readonly within: number;
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNear = (value: unknown): value is Near => isMap(value) && typeof value["near"] === "string";

/** Where what was found first differs from what is expected; undefined where it does not. */
export function firstDifference(expected: unknown, found: unknown, path = ""): string | undefined {
  if (isNear(expected)) {
    const value = Number(expected.near);
    const isWithin =
      typeof found === "number" && Math.abs(found - value) <= expected.within * Math.max(1, Math.abs(value));
    return isWithin ? undefined : path;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length) return path;
    return expected
      .map((one, index) => firstDifference(one, found[index], `${path}.${index}`))
      .find((each) => each !== undefined);
  }
  if (!isMap(expected)) return Object.is(expected, found) ? undefined : path;
  if (!isMap(found)) return path;
  // Nothing expected is nothing found; and a refusal, or what could not run, is never passed over.
  const isEmpty = Object.keys(expected).length === 0 && Object.keys(found).length > 0;
  const stops = ["refused", "couldNotRun"].filter((key) => Object.hasOwn(found, key) && !Object.hasOwn(expected, key));
  if (isEmpty || stops.length > 0) return path;
  return Object.entries(expected)
    .map(([key, value]) => firstDifference(value, found[key], `${path}.${key}`))
    .find((each) => each !== undefined);
}
