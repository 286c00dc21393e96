import type { EscalationDesign, RuleKind, RuleSpec } from "../model.js";
import { boin } from "./boin.js";
import { i3plus3 } from "./i3plus3.js";
import { mtpi2 } from "./mtpi2.js";
import { ownTable } from "./ownTable.js";
import type { Rule } from "./rule.js";
import { threePlusThree } from "./threePlusThree.js";

/** What the program knows of a rule. */
export interface RuleEntry<Spec extends RuleSpec = RuleSpec> {
  readonly title: string;
  /** Where it was published; absent for the user's own. */
  readonly source?: string;
  readonly compile: (spec: Spec, levels: number) => Rule;
}

/** The table of rules: a new one is a file here, a line here, and its parameters in the schema. */
export const RULES: { readonly [Kind in RuleKind]: RuleEntry<Extract<RuleSpec, { readonly kind: Kind }>> } =
  Object.freeze({
    "3+3": {
      title: "3 + 3",
      source: "Storer 1989, doi:10.2307/2531693; Korn 1994, doi:10.1002/sim.4780131802",
      compile: threePlusThree,
    },
    "own-table": { title: "Fixed cohorts with a table of one's own", compile: ownTable },
    boin: {
      title: "BOIN (Bayesian optimal interval design)",
      source: "Liu and Yuan 2015, doi:10.1111/rssc.12089; erratum 2022, doi:10.1111/rssc.12541",
      compile: boin,
    },
    "i3+3": { title: "i3+3", source: "Liu, Wang and Ji 2020, doi:10.1080/10543406.2019.1636811", compile: i3plus3 },
    "mtpi-2": {
      title: "mTPI-2 (keyboard design)",
      source:
        "Guo et al. 2017, doi:10.1016/j.cct.2017.04.006; Yan, Mandrekar and Yuan 2017, doi:10.1158/1078-0432.CCR-17-0220",
      compile: mtpi2,
    },
  });

/** The rule of a design, ready to decide. */
export function compileRule({ rule, levels }: Pick<EscalationDesign, "rule" | "levels">): Rule {
  // The entry is that of the rule's own kind, which the compiler cannot see through the union.
  const { compile } = RULES[rule.kind] as RuleEntry;
  return compile(rule, levels.length);
}
