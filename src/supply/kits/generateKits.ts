import { arc4Stream, below, deriveStreamKey, type Seed, type WordSource } from "../../random/index.js";
import { KIT_ALPHABET, KIT_BODY, kitCheckCharacter } from "./kitCode.js";
import { KitList, type Kit } from "./kitList.js";
import { parseKitPlan, type KitCount } from "./kitPlan.js";

/** The frozen name of everything that decides a kit list. */
export const KIT_ALGORITHM = "allocell-kit-1";

/**
 * Generates the list of kits, apart from the randomization list and from streams of its own.
 *
 * One stream draws the codes of all batches, whatever the arms; each batch has a stream that deals its arms out to its
 * codes. So codes are scattered at random over 51 million, arms say nothing about codes, and a batch added at the end
 * changes no kit that was there. Within a batch kits stand in the order of their codes. The whole procedure is in
 * docs/kits.md.
 *
 * @param plan - a {@link KitPlan} as plain data
 * @throws AllocellError `blinding.kit_plan_invalid`
 */
export function generateKits(input: unknown, seed: Seed): KitList {
  const plan = parseKitPlan(input);
  const key = (purpose: "kits" | "seed-mark", ...stratum: readonly (readonly [string, string])[]): string =>
    deriveStreamKey(seed, { algorithm: KIT_ALGORITHM, list: plan.list, purpose, stratum });
  const codes = kitCodes((seed.kind === "TEST" ? "T" : "") + plan.prefix, arc4Stream(key("kits", ["use", "codes"])));
  const kits = plan.batches.flatMap((counts, b): Kit[] => {
    const batch = b + 1;
    const arms = arc4Stream(key("kits", ["use", "arms"], ["batch", String(batch)]));
    return dealtArms(counts, arms)
      .map((arm) => ({ code: codes.next().value, batch, arm }))
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  });
  return new KitList({
    plan,
    status: seed.kind,
    algorithm: KIT_ALGORITHM,
    seedMark: key("seed-mark").slice(0, 16),
    kits,
  });
}

/**
 * Codes without end, none twice: six characters by `below(23)`, then the check character. A code whose check character
 * is a letter, or that was there before, is drawn again: every code then ends in a digit and begins with a letter, so
 * none is another one read backwards.
 */
function* kitCodes(start: string, source: WordSource): Generator<string, never, undefined> {
  const drawn = new Set<string>();
  for (;;) {
    let characters = start;
    for (let i = 0; i < KIT_BODY; i += 1) characters += KIT_ALPHABET.charAt(below(source, KIT_ALPHABET.length));
    const code = characters + kitCheckCharacter(characters);
    if (!/[2-9]$/.test(code) || drawn.has(code)) continue;
    drawn.add(code);
    yield code;
  }
}

/** The arms of a batch in the order in which they are drawn: an urn of its counts, without putting back. */
function dealtArms(counts: readonly KitCount[], source: WordSource): readonly string[] {
  const balls = counts.map(({ count }) => count);
  let left = balls.reduce((sum, count) => sum + count, 0);
  const arms: string[] = [];
  for (; left > 0; left -= 1) {
    let place = below(source, left);
    const k = balls.findIndex((count) => {
      if (place < count) return true;
      place -= count;
      return false;
    });
    balls[k] = (balls[k] ?? 0) - 1;
    arms.push(counts[k]?.arm ?? "");
  }
  return arms;
}
