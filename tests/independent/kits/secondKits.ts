import { openStream } from "./secondStream.js";

// Second programming of docs/kits.md, sections 1, 2 and 4 (`allocell-kit-1`).

export const ALPHABET = "23456789CDFHJKMNPRTVWXY";

export interface SecondKitPlan {
  readonly list: string;
  readonly prefix: string;
  readonly batches: readonly (readonly { readonly arm: string; readonly count: number }[])[];
}

export interface SecondKit {
  readonly code: string;
  readonly batch: number;
  readonly arm: string;
}

/** Sum of place × number, places from the right; `last` is the place of the last character. */
const weighted = (characters: string, last: number): number =>
  Array.from(characters).reduce(
    (sum, character, at) => sum + (characters.length - 1 - at + last) * ALPHABET.indexOf(character),
    0,
  );

export const checkCharacter = (withoutIt: string): string => ALPHABET[(23 - (weighted(withoutIt, 2) % 23)) % 23]!;

/** What a code is: sound, of a wrong form, or mistyped. */
export function judge(code: string): "sound" | "form" | "mistyped" {
  const letter = "[CDFHJKMNPRTVWXY]";
  const form = new RegExp(`^T?(?!T)${letter}${letter}[${ALPHABET}]{6}[2-9]$`);
  if (!form.test(code)) return "form";
  return weighted(code, 1) % 23 === 0 ? "sound" : "mistyped";
}

export function kitsOf(seed: Uint8Array, isTest: boolean, { list, prefix, batches }: SecondKitPlan): SecondKit[] {
  const codes = openStream(seed, list, [["use", "codes"]]);
  const drawn = new Set<string>();
  const nextCode = (): string => {
    for (;;) {
      const body = Array.from({ length: 6 }, () => ALPHABET[codes.below(23)]!).join("");
      const withoutCheck = `${isTest ? "T" : ""}${prefix}${body}`;
      const check = checkCharacter(withoutCheck);
      const code = withoutCheck + check;
      if (/[2-9]/.test(check) && !drawn.has(code)) {
        drawn.add(code);
        return code;
      }
    }
  };
  return batches.flatMap((shares, at) => {
    const batch = at + 1;
    const arms = openStream(seed, list, [
      ["use", "arms"],
      ["batch", `${batch}`],
    ]);
    const urn = shares.flatMap(({ arm, count }) => Array<string>(count).fill(arm));
    const kits: SecondKit[] = [];
    while (urn.length > 0) {
      const code = nextCode();
      const [arm] = urn.splice(arms.below(urn.length), 1);
      kits.push({ code, batch, arm: arm! });
    }
    return kits.sort((left, right) => (left.code < right.code ? -1 : 1));
  });
}

/** The code that is dispensed, of those on the shelf (docs/kits.md, section 4); undefined where there is none. */
export function dispense(
  seed: Uint8Array,
  list: string,
  kits: readonly SecondKit[],
  request: {
    readonly arm: string;
    readonly number: string;
    readonly administration: number;
    readonly shelf: readonly string[];
    readonly dispensed: readonly string[];
  },
): string | undefined {
  const { arm, number, administration, shelf, dispensed } = request;
  const there = kits
    .filter((kit) => kit.arm === arm && shelf.includes(kit.code) && !dispensed.includes(kit.code))
    .map(({ code }) => code)
    .sort();
  if (there.length === 0) return undefined;
  const stream = openStream(seed, list, [
    ["use", "dispense"],
    ["number", number],
    ["administration", `${administration}`],
  ]);
  return there[stream.below(there.length)];
}
