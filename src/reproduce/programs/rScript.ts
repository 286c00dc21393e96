import { strataByProcedure, strataOf, type Plan } from "../../list/index.js";
import { readyProcedure, type ProcedureSpec } from "../../procedure/index.js";
import { VERSION } from "../../version.js";
import { rLiteral, rText } from "./rLiteral.js";
import { needsBigNumbers } from "./rNeeds.js";
import { R_MAXIMAL, R_PERMUTED_BLOCK } from "./rCounting.js";
import { R_ARC4, R_DRAWS, R_MERGED_ARMS, R_TWISTER } from "./rDraws.js";
import { R_KEYS } from "./rKeys.js";
import { R_PLAIN_NUMBERS, R_WHOLE_NUMBERS } from "./rNumbers.js";
import { R_DISTANCES, R_POWER_PROCEDURES, R_POWERS } from "./rPowers.js";
import { R_EXCESS, R_FRACTION, R_HELPERS, R_PROCEDURES } from "./rProcedures.js";
import {
  R_CHOOSE_PROCEDURE,
  R_COMPARISON,
  R_LIVE_SEED,
  R_MAIN,
  R_ONE_PROCEDURE,
  R_OWN_PROCEDURES,
  R_ROWS,
  R_TEST_SEED,
  rNumbersText,
} from "./rRows.js";
import { masterCsvName, ownWholeLastBlocks, type ScriptRequest } from "./request.js";

/** The R program of a plan; see `toScript`. All its text is ASCII, so that no locale can misread it. */
export function toRScript(plan: Plan, { status, algorithm }: ScriptRequest): string {
  const ratio = plan.arms.map((share) => share.ratio);
  const strata = strataOf(plan);
  const longest = strata.reduce((most, { length }) => Math.max(most, length), 0);
  const first = strata.find(({ procedure }) => procedure === plan.procedure);
  const wholeLastBlock = first !== undefined && readyProcedure(plan.procedure, ratio, first.length).wholeLastBlock;
  const isBig = strataByProcedure(plan).some(({ procedure }) => needsBigNumbers(procedure, ratio, longest));
  const settings = [
    `STATUS <- ${rText(status)}\n`,
    `ALGORITHM <- ${rText(algorithm)}\n`,
    `MASTER_CSV <- ${rText(masterCsvName(plan.list, status))}\n\n`,
    "# Everything that the list rests on, but the seed.\n",
    `PLAN <- ${rLiteral(planData(plan))}\n\n`,
    "# Whether the list goes on to the end of its last block (section 5).\n",
    `WHOLE_LAST_BLOCK <- ${rLiteral(wholeLastBlock)}\n`,
    ...(plan.procedures === undefined
      ? []
      : [
          "# The same for each entry of the plan's procedures of single strata.\n",
          `WHOLE_LAST_BLOCK_OF <- ${rLiteral(ownWholeLastBlocks(plan))}\n`,
        ]),
  ].join("");
  return [
    header(plan, status, algorithm),
    settings,
    isBig ? R_WHOLE_NUMBERS : R_PLAIN_NUMBERS,
    R_KEYS,
    status === "LIVE" ? R_LIVE_SEED : R_TEST_SEED,
    plan.stream === "r-mersenne-twister" ? R_TWISTER : R_ARC4,
    R_DRAWS,
    procedureText(plan),
    ...(plan.procedure.mergedArms === true ? [R_MERGED_ARMS] : []),
    rNumbersText(plan.numbers) +
      (plan.procedures === undefined ? R_ROWS : R_OWN_PROCEDURES + R_ROWS.replace(R_ONE_PROCEDURE, R_CHOOSE_PROCEDURE)),
    R_COMPARISON,
    R_MAIN,
  ].join("\n");
}

/** The plan as the program holds it: names beside numbers, since the name of an element must be ASCII in R. */
function planData(plan: Plan): object {
  const { trial, part, list, arms, procedure, procedures, stream, strata, length, lengths, numbers } = plan;
  // "" for a factor that an entry does not name: no level is empty.
  const named = (stratum: Readonly<Record<string, string>>): readonly string[] =>
    strata.map(({ factor }) => stratum[factor] ?? "");
  return {
    trial,
    part,
    list,
    arms: arms.map(({ arm }) => arm),
    ratio: arms.map((share) => share.ratio),
    procedure: procedureData(procedure),
    ...(procedures === undefined
      ? {}
      : {
          procedures: procedures.map((entry) => ({
            levels: named(entry.stratum),
            procedure: procedureData(entry.procedure),
          })),
        }),
    ...(stream === undefined ? {} : { stream }),
    strata: strata.map(({ factor, levels }) => ({ factor, levels })),
    length,
    lengths: lengths.map((entry) => ({
      levels: named(entry.stratum),
      length: entry.length,
    })),
    numbers,
  };
}

function procedureData(procedure: ProcedureSpec): object {
  const { kind, ...parameters } = procedure;
  // A fraction stays a text, and is read exactly.
  const isFraction = (name: string): boolean =>
    ["probability", "steepness", "exponent", "gamma", "alpha", "eta"].includes(name);
  const own = Object.entries(parameters).map(
    ([name, value]) => [name, isFraction(name) ? String(value) : value] as const,
  );
  return { kind, ...Object.fromEntries(own) };
}

function procedureText(plan: Plan): string {
  const { kind } = plan.procedure;
  const rational = R_PROCEDURES[kind];
  const powers = R_POWER_PROCEDURES[kind];
  const counting = kind === "maximal" ? R_MAXIMAL : R_PERMUTED_BLOCK;
  const own = rational ?? powers ?? counting;
  const uses = (name: string): boolean => own.includes(`${name}(`);
  return [
    "# ---- The procedure (docs/procedures.md, docs/procedures-adaptive.md) -----------------------------------------------\n",
    "# procedure(ratio, rows) gives the urn; the ratio is w in lowest terms, W its sum. N_k are the participants of arm k, n\n# their sum.\n",
    R_HELPERS,
    ...(uses("fraction") ? [R_FRACTION] : []),
    ...(uses("next_excess") ? [R_EXCESS] : []),
    ...(uses("distances") ? [R_DISTANCES] : []),
    ...(powers === undefined ? [] : [R_POWERS]),
    own,
  ].join("");
}

/** Only what has a strict form enters the header: a free text could end the comment that it stands in. */
function header(plan: Plan, status: "LIVE" | "TEST", algorithm: string): string {
  return `#!/usr/bin/env Rscript
# UNBLINDED, for people who may know treatments: this program holds the allocation ratio and the parameters of the
# procedure, such as block sizes. It holds neither the seed nor an assignment; whoever adds the seed has the whole list.
#
# Regenerates ${status} list ${plan.list} from its seed and compares it with the list's file, row by row.
#
# It needs R 3.6 or later as it is installed, and no package. It reads the seed and the list, and writes no file.
#
#   Rscript PROGRAM               asks for the seed and compares ${masterCsvName(plan.list, status)} beside PROGRAM
#   Rscript PROGRAM LIST.csv      compares another file
#   Rscript PROGRAM --write       compares nothing and prints the list (UNBLINDED)
#   --seed-file FILE              reads the seed from a file; without it and without a terminal, from standard input
#
# Exit code: 0 every byte agrees, 1 the file differs, 2 no comparison was made.
#
# Written by allocell ${VERSION} for algorithm ${algorithm}. The steps are those of allocell's documents
# docs/algorithm.md, whose section numbers stand below, docs/procedures.md and docs/procedures-adaptive.md: check them
# against the documents.
`;
}
