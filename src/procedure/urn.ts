import { requireFields } from "../foundation/index.js";

/** How many balls: a number up to 2^53 - 1, or a bigint where counts outgrow it. Never negative. */
export type Balls = number | bigint;

/**
 * A randomization procedure, as an urn.
 *
 * For a state it says how many balls each arm has for the next participant, and which state follows a drawn ball.
 * P(arm k) is balls[k] over the sum of all balls, so wherever a rule is rational a draw is exact and unbiased.
 *
 * Balls beyond the arms are *hidden*: drawing one changes the state and assigns nobody (a block's size, for example),
 * and the draw is repeated from the new state. At least one ball is in the urn as long as anybody can be assigned; an
 * urn without a ball has come to its end (a list of fixed length).
 *
 * States are plain immutable data (numbers, strings, bigints, or lists and maps of them), so that equal states can be
 * recognised and merged into tables.
 *
 * @typeParam State - what the procedure remembers
 * @typeParam Profile - the covariates that a dynamic procedure looks at; `undefined` for all others
 */
export interface Urn<State, Profile = undefined> {
  /** Number of arms, at least 2. Balls 0 ... arms - 1 are the arms in declared order. */
  readonly arms: number;
  readonly start: State;
  /** One entry an arm, then the hidden balls. */
  balls(state: State, profile: Profile): readonly Balls[];
  /** The state after `ball` (an index into {@link balls}, with at least one ball in it) was drawn. */
  after(state: State, ball: number, profile: Profile): State;
  /** Rows of the block that begins at `state`, 0 anywhere else; absent for procedures without blocks. */
  blockAt?(state: State): number;
  /**
   * One state for all from which the same sequences of arms follow with the same probabilities. Walks merge them;
   * generation goes by the states themselves, so that no draw changes.
   */
  alike?(state: State): State;
  /** Whether a state is a list with one number an arm and nothing else, so that exchanging equal arms exchanges them. */
  readonly isByArm?: true;
}

/** Holds what should be an urn to its shape. @throws AllocellError `input.invalid` */
export function requireUrn<State, Profile>(urn: Urn<State, Profile>): void {
  requireFields(urn, "a procedure, as bigStick and the others return it", {
    arms: "a number",
    start: "anything",
    balls: "a function",
    after: "a function",
  });
}
