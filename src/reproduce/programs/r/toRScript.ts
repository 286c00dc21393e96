import { strataByProcedure, strataOf, type Plan } from "../../../list/index.js";
import { readyProcedure, type ProcedureSpec } from "../../../procedure/index.js";
import { VERSION } from "../../../version.js";
import { filled } from "../filled.js";
import { masterCsvName, ownWholeLastBlocks, type ScriptRequest } from "../request.js";
import arc4 from "./arc4.R";
import bigNumbers from "./big-numbers.R";
import bigOperations from "./big-operations.R";
import comparison from "./comparison.R";
import draws from "./draws.R";
import ending from "./ending.R";
import header from "./header.R";
import keys from "./keys.R";
import { rLiteral, rText } from "./literal.js";
import liveSeed from "./live-seed.R";
import main from "./main.R";
import mergedArms from "./merged-arms.R";
import { rNumbers } from "./numberParts.js";
import oneProcedure from "./one-procedure.R";
import ownProcedures from "./own-procedures.R";
import plainNumbers from "./plain-numbers.R";
import { needsBigNumbers } from "./bigNumbers.js";
import { R_PROCEDURE } from "./ofProcedures.js";
import reading from "./reading.R";
import rows from "./rows.R";
import testSeed from "./test-seed.R";
import twister from "./twister.R";
import wholeNumbers from "./whole-numbers.R";

/** The R program of a plan; see `toScript`. All its text is ASCII, so that no locale can misread it. */
export function toRScript(plan: Plan, { status, algorithm }: ScriptRequest): string {
  const ratio = plan.arms.map((share) => share.ratio);
  const longest = strataOf(plan).reduce((most, { length }) => Math.max(most, length), 0);
  const isBig = strataByProcedure(plan).some(({ procedure }) => needsBigNumbers(procedure, ratio, longest));
  const { kind, mergedArms: isMerged = false } = plan.procedure;
  const masterCsv = masterCsvName(plan.list, status);
  return [
    filled(header, { STATUS: status, LIST: plan.list, MASTER_CSV: masterCsv, VERSION, ALGORITHM: algorithm }),
    `STATUS <- ${rText(status)}\nALGORITHM <- ${rText(algorithm)}\nMASTER_CSV <- ${rText(masterCsv)}\n`,
    settingsOf(plan),
    ...(isBig ? [bigNumbers, wholeNumbers, bigOperations] : [plainNumbers]),
    keys,
    status === "LIVE" ? liveSeed : testSeed,
    plan.stream === "r-mersenne-twister" ? twister : arc4,
    draws,
    ...R_PROCEDURE[kind],
    ...(isMerged ? [mergedArms] : []),
    ...rNumbers(plan.numbers),
    plan.procedures === undefined ? oneProcedure : ownProcedures,
    rows,
    comparison,
    reading,
    main,
    ending,
  ].join("\n");
}

/** Everything that the list rests on, but the seed. */
function settingsOf(plan: Plan): string {
  const ratio = plan.arms.map((share) => share.ratio);
  const first = strataOf(plan).find(({ procedure }) => procedure === plan.procedure);
  const wholeLastBlock = first !== undefined && readyProcedure(plan.procedure, ratio, first.length).wholeLastBlock;
  return [
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
