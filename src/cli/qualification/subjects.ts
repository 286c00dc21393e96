/**
 * What the cases of the whole suite try: calls, and laws by their names. A page runs those that it has; of the others it
 * says how many there are, and anything that does not stand here has failed.
 */
export const SUBJECTS: readonly string[] = [
  "a TEST list says so in every row",
  "a capped dose never exceeds its cap, before and after rounding",
  "command",
  "decision table",
  "draws of R",
  "earliest calendar",
  "end of a DLT window",
  "every block holds the ratio",
  "exact measures",
  "exchanged arms leave the blinded files as they are",
  "isotonic estimates",
  "list of an R package",
  "next step",
  "one changed character of a list is found",
  "one changed character of an allocation log is found",
  "operating characteristics",
  "prepare",
  "prescribe",
  "randomization list",
  "read a dose",
  "read a weight",
  "scores of minimization",
  "the borders of a preparation hold every change of containers",
  "the same plan and seed give the same bytes",
  "the target is the dose per kg times the weight",
  "words of the default stream",
];
