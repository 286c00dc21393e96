/** What the code of a bag says: what its label says in words, and nothing else; the same in every arm. */
export interface BagCode {
  readonly trialCode: string;
  readonly kit: string;
  /** Which administration of the participant, where the label says it. */
  readonly administration?: string;
  readonly subject: string;
  /** Local times, `YYYY-MM-DDTHH:MM`. */
  readonly startBy: string;
  readonly expiresAt: string;
}
