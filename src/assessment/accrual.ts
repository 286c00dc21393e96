import { fail, requireFields } from "../foundation/index.js";
import type { Factor } from "../list/index.js";
import type { Words } from "./xoshiro.js";

/** Who comes to a trial that is simulated, one after the other; the levels of the factors are independent of each other. */
export interface Accrual {
  /** Participants who come, a whole number from 1 to 100,000; who drops out before randomization is among them. */
  readonly participants: number;
  /** By factor: expected shares of its levels in their order, above 0; absent: equal. They are divided by their sum. */
  readonly shares?: Readonly<Record<string, readonly number[]>>;
  /** By level of the centre factor: how many participants have come to the trial before the centre opens; absent: 0. */
  readonly opensAfter?: Readonly<Record<string, number>>;
  /** Most participants of one centre, a whole number from 1 on; absent: no limit. */
  readonly mostPerCentre?: number;
  /** P(a participant drops out before randomization), in [0, 1); absent: 0. */
  readonly dropout?: number;
}

/** Name of the factor that is the centre, if there is one. */
export function centreOf(factors: readonly Factor[]): string | undefined {
  return factors.find(({ factor }) => /^(site|centre|center)$/i.test(factor))?.factor;
}

/** Draws the participants of one simulated trial after the other. */
export class Arrivals {
  /** How many come. */
  readonly participants: number;
  readonly #shares: readonly (readonly number[])[];
  readonly #centre: number;
  readonly #opensAfter: readonly number[];
  readonly #most: number;
  readonly #dropout: number;
  readonly #atCentre: number[];
  /** Shares of the centre's levels that take participants now. */
  readonly #open: number[] = [];
  #come = 0;

  /** @throws AllocellError `assessment.enrolment_invalid` */
  constructor(accrual: Accrual, factors: readonly Factor[]) {
    requireFields(accrual, "who comes: participants", { participants: "a number" });
    const { participants, shares = {}, opensAfter = {}, mostPerCentre, dropout = 0 } = accrual;
    require(Number.isInteger(participants) && participants >= 1 && participants <= 100_000, "participants", {
      expected: "a whole number from 1 to 100000",
      received: String(participants),
    });
    const names = factors.map(({ factor }) => factor);
    const foreign = Object.keys(shares).find((name) => !names.includes(name));
    require(foreign === undefined, `shares.${foreign ?? ""}`, { expected: names.join(", "), received: foreign ?? "" });
    this.participants = participants;
    this.#shares = factors.map(({ factor, levels }) => sharesOf(shares[factor], levels, `shares.${factor}`));
    const centre = centreOf(factors);
    this.#centre = centre === undefined ? -1 : names.indexOf(centre);
    const levels = factors[this.#centre]?.levels ?? [];
    const unknown = Object.keys(opensAfter).find((level) => !levels.includes(level));
    require(unknown === undefined, `opensAfter.${unknown ?? ""}`, {
      expected: levels.length === 0 ? 'a factor "site" or "centre" with levels' : levels.join(", "),
      received: unknown ?? "",
    });
    this.#opensAfter = levels.map((level) => opensAfter[level] ?? 0);
    require(levels.length === 0 || this.#opensAfter.some((after) => after <= 0), "opensAfter", {
      expected: "at least one centre that is open at the beginning",
      received: this.#opensAfter.join(", "),
    });
    const isLimited = mostPerCentre !== undefined;
    require(!isLimited ||
      (Number.isInteger(mostPerCentre) && mostPerCentre >= 1 && levels.length > 0), "mostPerCentre", {
      expected: 'a whole number from 1 on, and a factor "site" or "centre"',
      received: String(mostPerCentre),
    });
    this.#most = mostPerCentre ?? Infinity;
    require(dropout >= 0 && dropout < 1, "dropout", { expected: "from 0 to below 1", received: String(dropout) });
    this.#dropout = dropout;
    this.#atCentre = levels.map(() => 0);
  }

  /** Begins a trial. */
  begin(): void {
    this.#come = 0;
    this.#atCentre.fill(0);
  }

  /**
   * The next participant who is randomized: the index of the level of every factor.
   *
   * @returns false when nobody more comes, or every centre that is open is full
   */
  next(words: Words, profile: number[]): boolean {
    do {
      if (this.#come >= this.participants) return false;
      this.#come += 1;
    } while (this.#dropout > 0 && words.nextUniform() < this.#dropout);
    for (let i = 0; i < this.#shares.length; i += 1) {
      const shares = i === this.#centre ? this.#openCentres() : (this.#shares[i] as readonly number[]);
      const level = drawLevel(shares, words);
      if (level < 0) return false;
      profile[i] = level;
    }
    if (this.#centre >= 0) {
      const centre = profile[this.#centre] as number;
      this.#atCentre[centre] = (this.#atCentre[centre] as number) + 1;
    }
    return true;
  }

  #openCentres(): readonly number[] {
    const shares = this.#shares[this.#centre] as readonly number[];
    for (let level = 0; level < shares.length; level += 1) {
      const isOpen = this.#come > (this.#opensAfter[level] as number) && (this.#atCentre[level] as number) < this.#most;
      this.#open[level] = isOpen ? (shares[level] as number) : 0;
    }
    return this.#open;
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
