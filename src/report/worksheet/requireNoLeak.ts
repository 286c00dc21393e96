import type { Preparation } from "../../dose/index.js";
import { throwIfAny, type Issue } from "../../foundation/index.js";

/** Fields that people write, and in which a treatment could be written by mistake. */
const WRITTEN = ["subject", "kit", "visit", "route", "storage"] as const;

type Written = Readonly<Record<(typeof WRITTEN)[number], string>>;

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Words that tell an arm: its name, the product, lots, and the numbers of the dose that nothing else would hold. */
function tellingWords({ order, arm, target, delivered, isPlacebo }: Preparation): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const add = (word: string | undefined, what: string): void => {
    if (word !== undefined && word.trim() !== "") words.set(word.trim(), what);
  };
  add(arm, "the arm");
  add(order.product?.name, "the product");
  for (const { lot } of order.lots ?? []) add(lot, "a lot");
  if (!isPlacebo) {
    for (const { amount, digits } of [target.amount, delivered.amount]) {
      add(amount, "the dose");
      add(digits.split(" ")[0], "the dose");
    }
    if ("amount" in target.rule) add(target.rule.amount, "the dose level");
  }
  for (const word of ["placebo", "安慰剂"]) add(word, "a treatment");
  return words;
}

/** @throws AllocellError `report.blinded_leak`, one issue for each field that names what tells the arm */
export function requireNoLeak(blinded: Written, preparation: Preparation): void {
  const words = tellingWords(preparation);
  throwIfAny(
    WRITTEN.flatMap((field): Issue[] => {
      const found = [...words].find(([word]) =>
        new RegExp(`(?<![\\p{L}\\p{N}])${escaped(word)}(?![\\p{L}\\p{N}])`, "iu").test(blinded[field]),
      );
      if (found === undefined) return [];
      return [
        {
          code: "report.blinded_leak",
          path: field,
          message: `The ${field} "${blinded[field]}" names ${found[1]} ("${found[0]}"), and a blinded record would show it: write it otherwise.`,
          expected: "a text that is the same in every arm",
          received: blinded[field],
        },
      ];
    }),
  );
}
