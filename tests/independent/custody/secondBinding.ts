import { canonical, hkdf32, sha256, streamName } from "./secondBytes.js";

// Second programming of docs/conduct.md, "The binding of a log and its list".

export interface BindingFacts {
  readonly seed: Uint8Array;
  readonly algorithm: string;
  readonly list: string;
  /** The plan as in the unblinded manifest. */
  readonly plan: unknown;
  /** The texts of the two master files. */
  readonly csv: string;
  readonly json: string;
  readonly extends?: string;
}

const hex = (text: string): string => sha256(Buffer.from(text, "utf8")).toString("hex");

export const opening = ({ seed, algorithm, list }: Pick<BindingFacts, "seed" | "algorithm" | "list">): string =>
  hkdf32(seed, streamName(algorithm, list, "seed-mark", [])).toString("hex");

export function binding(facts: BindingFacts): string {
  const said = {
    format: "allocell-binding-1",
    opening: opening(facts),
    planHash: hex(canonical(facts.plan)),
    csv: hex(facts.csv),
    json: hex(facts.json),
  };
  return hex(canonical(facts.extends === undefined ? said : { ...said, extends: facts.extends }));
}
