import { fail, pathTo, requireEach, requireFields } from "../foundation/index.js";
import type { Factor } from "../list/index.js";
import type { Words } from "./xoshiro.js";

/** When centres take participants, and who drops out. */
export interface CentreAccrual {
  /** Participants who come, a whole number from 1 to 100,000; who drops out before randomization is among them. */
  readonly participants: number;
  /** By level of the centre factor: how many participants have come to the trial before the centre opens; absent: 0. */
  readonly opensAfter?: Readonly<Record<string, number>>;
  /** Most participants of one centre, a whole number from 1 on; absent: no limit. */
  readonly mostPerCentre?: number;
  /** P(a participant drops out before randomization), in [0, 1); absent: 0. */
  readonly dropout?: number;
}

/** Who comes to a trial that is simulated, one after the other; the levels of the factors are independent of each other. */
export interface Accrual extends CentreAccrual {
  /** By factor: expected shares of its levels in their order, above 0; absent: equal. They are divided by their sum. */
  readonly shares?: Readonly<Record<string, readonly number[]>>;
}

/**
 * Name of the factor that is the centre (`site`, `centre` or `center`), if there is one.
 *
 * @throws AllocellError `input.invalid`
 * @example
 * centreOf([{ factor: "sex", levels: ["f", "m"] }, { factor: "Site", levels: ["01", "02"] }]); // "Site"
 */
export function centreOf(factors: readonly Factor[]): string | undefined {
  requireEach(factors, "a factor", { factor: "text" });
  return factors.find(({ factor }) => /^(site|centre|center)$/i.test(factor))?.factor;
}

/** Where a participant may go: a centre, or a stratum of one. */
interface Place {
  readonly share: number;
  /** Index of its centre; -1 where there is none. */
  readonly centre: number;
}

/** Draws who comes to the centres of a simulated trial, one after the other. */
export class Coming {
  /** How many come. */
  readonly participants: number;
  readonly #places: readonly Place[];
  readonly #opensAfter: readonly number[];
  readonly #most: number;
  readonly #dropout: number;
  readonly #atCentre: number[];
  /** Shares of the places that take participants now. */
  readonly #open: number[] = [];
  #come = 0;

  /**
   * @param centres - levels of the factor that is the centre; none where there is no such factor
   * @throws AllocellError `assessment.enrolment_invalid`
   */
  constructor(accrual: CentreAccrual, centres: readonly string[], places: readonly Place[]) {
    const { participants, opensAfter = {}, mostPerCentre, dropout = 0 } = accrual;
    require(Number.isInteger(participants) && participants >= 1 && participants <= 100_000, "participants", {
      expected: "a whole number from 1 to 100000",
      received: String(participants),
    });
    const unknown = Object.keys(opensAfter).find((level) => !centres.includes(level));
    require(unknown === undefined, pathTo("opensAfter", unknown ?? ""), {
      expected: centres.length === 0 ? 'a factor "site" or "centre" with levels' : centres.join(", "),
      received: unknown ?? "",
    });
    this.#opensAfter = centres.map((level) => opensAfter[level] ?? 0);
    require(centres.length === 0 || this.#opensAfter.some((after) => after <= 0), "opensAfter", {
      expected: "at least one centre that is open at the beginning",
      received: this.#opensAfter.join(", "),
    });
    const isLimited = mostPerCentre !== undefined;
    require(!isLimited ||
      (Number.isInteger(mostPerCentre) && mostPerCentre >= 1 && centres.length > 0), "mostPerCentre", {
      expected: 'a whole number from 1 on, and a factor "site" or "centre"',
      received: String(mostPerCentre),
    });
    require(dropout >= 0 && dropout < 1, "dropout", { expected: "from 0 to below 1", received: String(dropout) });
    this.participants = participants;
    this.#places = places;
    this.#most = mostPerCentre ?? Infinity;
    this.#dropout = dropout;
    this.#atCentre = centres.map(() => 0);
  }

  /** Begins a trial. */
  begin(): void {
    this.#come = 0;
    this.#atCentre.fill(0);
  }

  /** Somebody comes and does not drop out; false when nobody more comes. */
  arrive(words: Words): boolean {
    do {
      if (this.#come >= this.participants) return false;
      this.#come += 1;
    } while (this.#dropout > 0 && words.nextUniform() < this.#dropout);
    return true;
  }

  /** The index of the place that who has come goes to; -1 if every centre that is open is full. */
  choose(words: Words): number {
    for (let i = 0; i < this.#places.length; i += 1) {
      const { share, centre } = this.#places[i] as Place;
      const isOpen =
        centre < 0 ||
        (this.#come > (this.#opensAfter[centre] as number) && (this.#atCentre[centre] as number) < this.#most);
      this.#open[i] = isOpen ? share : 0;
    }
    const chosen = drawLevel(this.#open, words);
    const centre = this.#places[chosen]?.centre ?? -1;
    if (centre >= 0) this.#atCentre[centre] = (this.#atCentre[centre] as number) + 1;
    return chosen;
  }
}

/** Draws the participants of one simulated trial after the other, with the levels of all factors. */
export class Arrivals {
  readonly #shares: readonly (readonly number[])[];
  readonly #centre: number;
  readonly #coming: Coming;

  /** @throws AllocellError `assessment.enrolment_invalid` */
  constructor(accrual: Accrual, factors: readonly Factor[]) {
    requireFields(accrual, "who comes: participants", { participants: "a number" });
    const { shares = {} } = accrual;
    const names = factors.map(({ factor }) => factor);
    const foreign = Object.keys(shares).find((name) => !names.includes(name));
    require(foreign === undefined, pathTo("shares", foreign ?? ""), {
      expected: names.join(", "),
      received: foreign ?? "",
    });
    this.#shares = factors.map(({ factor, levels }) => sharesOf(shares[factor], levels, pathTo("shares", factor)));
    const centre = centreOf(factors);
    this.#centre = centre === undefined ? -1 : names.indexOf(centre);
    const levels = factors[this.#centre]?.levels ?? [];
    const places = (this.#shares[this.#centre] ?? []).map((share, index) => ({ share, centre: index }));
    this.#coming = new Coming(accrual, levels, places);
  }

  /** How many come. */
  get participants(): number {
    return this.#coming.participants;
  }

  /** Begins a trial. */
  begin(): void {
    this.#coming.begin();
  }

  /**
   * The next participant who is randomized: the index of the level of every factor.
   *
   * @returns false when nobody more comes, or every centre that is open is full
   */
  next(words: Words, profile: number[]): boolean {
    if (!this.#coming.arrive(words)) return false;
    for (let i = 0; i < this.#shares.length; i += 1) {
      const level =
        i === this.#centre ? this.#coming.choose(words) : drawLevel(this.#shares[i] as readonly number[], words);
      if (level < 0) return false;
      profile[i] = level;
    }
    return true;
  }
}

/** A level with its share of what the shares add up to; -1 if that is 0. */
function drawLevel(shares: readonly number[], words: Words): number {
  let total = 0;
  for (const share of shares) total += share;
  let x = words.nextUniform() * total;
  let last = -1;
  for (let level = 0; level < shares.length; level += 1) {
    const share = shares[level] as number;
    if (share === 0) continue;
    last = level;
    if (x < share) return level;
    x -= share;
  }
  return last;
}

function sharesOf(given: readonly number[] | undefined, levels: readonly string[], path: string): readonly number[] {
  if (given === undefined) return levels.map(() => 1);
  require(given.length === levels.length && given.every((share) => Number.isFinite(share) && share > 0), path, {
    expected: `${levels.length} finite numbers above 0, one a level in their order`,
    received: given.join(", "),
  });
  return given;
}

function require(isGood: boolean, path: string, what: { readonly expected: string; readonly received: string }): void {
  if (!isGood) fail("assessment.enrolment_invalid", `enrolment.${path}`, "It cannot be simulated who comes.", what);
}
