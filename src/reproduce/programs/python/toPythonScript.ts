import { strataOf, type Plan } from "../../../list/index.js";
import { readyProcedure } from "../../../procedure/index.js";
import { VERSION } from "../../../version.js";
import { filled } from "../filled.js";
import { masterCsvName, ownWholeLastBlocks, type ScriptRequest } from "../request.js";
import arc4 from "./arc4.py";
import arc4Streams from "./arc4-streams.py";
import below from "./below.py";
import comparison from "./comparison.py";
import draw from "./draw.py";
import ending from "./ending.py";
import header from "./header.py";
import { importsOf } from "./importsOf.js";
import keys from "./keys.py";
import { pythonLiteral, pythonText } from "./literal.js";
import liveSeed from "./live-seed.py";
import main from "./main.py";
import mergedArms from "./merged-arms.py";
import { pythonNumbers } from "./numberParts.js";
import oneProcedure from "./one-procedure.py";
import ownProcedures from "./own-procedures.py";
import { PYTHON_PROCEDURE } from "./ofProcedures.js";
import rWords from "./r-words.py";
import reading from "./reading.py";
import rows from "./rows.py";
import testSeed from "./test-seed.py";
import urn from "./urn.py";

/** The Python program of a plan; see `toScript`. */
export function toPythonScript(plan: Plan, { status, algorithm }: ScriptRequest): string {
  const { kind, mergedArms: isMerged = false } = plan.procedure;
  const parts = [
    status === "LIVE" ? liveSeed : testSeed,
    keys,
    ...(plan.stream === "r-mersenne-twister" ? [rWords] : [arc4, arc4Streams]),
    below,
    urn,
    ...PYTHON_PROCEDURE[kind],
    ...(isMerged ? [mergedArms] : []),
    `UrnOfPlan = ${isMerged ? "MergedArms" : "Procedure"}\n`,
    draw,
    ...pythonNumbers(plan.numbers),
    plan.procedures === undefined ? oneProcedure : ownProcedures,
    rows,
    comparison,
    reading,
    main,
    ending,
  ];
  const masterCsv = masterCsvName(plan.list, status);
  return [
    filled(header, { STATUS: status, LIST: plan.list, MASTER_CSV: masterCsv, VERSION, ALGORITHM: algorithm }),
    importsOf(parts),
    `\nSTATUS = ${pythonText(status)}\n`,
    `ALGORITHM = ${pythonText(algorithm)}\n`,
    `MASTER_CSV = ${pythonText(masterCsv)}\n\n`,
    settingsOf(plan),
    ...parts.map((part) => `\n\n${part}`),
  ].join("");
}

/** Everything that the list rests on, but the seed. */
function settingsOf(plan: Plan): string {
  const { trial, part, list, arms, procedure, ...others } = plan;
  const ratio = arms.map((share) => share.ratio);
  // The plan's own length and procedure may be such that no stratum has them, and that fit each other no more.
  const first = strataOf(plan).find((stratum) => stratum.procedure === procedure);
  const wholeLastBlock = first !== undefined && readyProcedure(procedure, ratio, first.length).wholeLastBlock;
  return [
    "# Everything that the list rests on, but the seed.\n",
    `PLAN = ${pythonLiteral({ trial, part, list, arms, procedure, ...others })}\n`,
    `PROCEDURE = PLAN["procedure"]\n`,
    "# Whether the list goes on to the end of its last block (section 5).\n",
    `WHOLE_LAST_BLOCK = ${pythonLiteral(wholeLastBlock)}\n`,
    ...(plan.procedures === undefined
      ? []
      : [
          "# The same for each entry of the plan's procedures of single strata.\n",
          `WHOLE_LAST_BLOCK_OF = ${pythonLiteral(ownWholeLastBlocks(plan))}\n`,
        ]),
  ].join("");
}
