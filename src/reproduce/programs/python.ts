import { strataOf, type Plan } from "../../list/index.js";
import { readyProcedure } from "../../procedure/index.js";
import { VERSION } from "../../version.js";
import { pythonLiteral, pythonText } from "./pythonLiteral.js";
import { PYTHON_PROCEDURE } from "./pythonProcedure.js";
import {
  CHOOSE_PROCEDURE,
  COMPARISON,
  MAIN,
  ONE_PROCEDURE,
  OWN_PROCEDURES,
  pythonNumbers,
  ROWS,
} from "./pythonRows.js";
import { ARC4_WORDS, BELOW, KEYS, LIVE_SEED, R_WORDS, TEST_SEED } from "./pythonStream.js";
import { DRAW, MERGED_ARMS, URN } from "./pythonUrn.js";
import { masterCsvName, ownWholeLastBlocks, type ScriptRequest } from "./request.js";

/** The Python program of a plan; see `toScript`. */
export function toPythonScript(plan: Plan, { status, algorithm }: ScriptRequest): string {
  const { trial, part, list, arms, procedure, ...others } = plan;
  const isMerged = procedure.mergedArms === true;
  const ratio = arms.map((share) => share.ratio);
  // The plan's own length and procedure may be such that no stratum has them, and that fit each other no more.
  const first = strataOf(plan).find((stratum) => stratum.procedure === procedure);
  const wholeLastBlock = first !== undefined && readyProcedure(procedure, ratio, first.length).wholeLastBlock;
  const isR = plan.stream === "r-mersenne-twister";
  const body = [
    status === "LIVE" ? LIVE_SEED : TEST_SEED,
    KEYS,
    isR ? R_WORDS : ARC4_WORDS,
    BELOW,
    URN,
    ...PYTHON_PROCEDURE[procedure.kind],
    ...(isMerged ? [MERGED_ARMS] : []),
    `\n\nUrnOfPlan = ${isMerged ? "MergedArms" : "Procedure"}\n`,
    DRAW,
    pythonNumbers(plan.numbers),
    plan.procedures === undefined ? ROWS : OWN_PROCEDURES + ROWS.replace(ONE_PROCEDURE, CHOOSE_PROCEDURE),
    COMPARISON,
    MAIN,
  ].join("");
  return [
    header(plan, status, algorithm),
    importsOf(body),
    `\nSTATUS = ${pythonText(status)}\n`,
    `ALGORITHM = ${pythonText(algorithm)}\n`,
    `MASTER_CSV = ${pythonText(masterCsvName(plan.list, status))}\n\n`,
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
    "\n",
    body,
  ].join("");
}

/** Only what has a strict form enters the header: a free text could end the comment that it stands in. */
function header(plan: Plan, status: "LIVE" | "TEST", algorithm: string): string {
  return `#!/usr/bin/env python3
# UNBLINDED, for people who may know treatments: this program holds the allocation ratio and the parameters of the
# procedure, such as block sizes. It holds neither the seed nor an assignment; whoever adds the seed has the whole list.
"""Regenerates ${status} list ${plan.list} from its seed and compares it with the list's file, row by row.

It needs Python 3.8 or later and its standard library. It reads the seed and the list, and writes no file.

    python3 PROGRAM               asks for the seed and compares ${masterCsvName(plan.list, status)} beside PROGRAM
    python3 PROGRAM LIST.csv      compares another file
    python3 PROGRAM --write       compares nothing and prints the list (UNBLINDED)
    --seed-file FILE              reads the seed from a file; without it and without a terminal, from standard input

Exit code: 0 every byte agrees, 1 the file differs, 2 no comparison was made.

Written by allocell ${VERSION} for algorithm ${algorithm}. Every step is one of allocell's documents, against which it
can be checked: docs/algorithm.md (its section numbers stand below), docs/procedures.md, docs/procedures-adaptive.md.
"""
`;
}

const MODULES = [
  "argparse",
  "getpass",
  "hashlib",
  "hmac",
  "itertools",
  "json",
  "math",
  "os",
  "random",
  "re",
  "sys",
  "unicodedata",
];

export function importsOf(body: string): string {
  const used = MODULES.filter((name) => new RegExp(`\\b${name}\\.[A-Za-z]`).test(body));
  const lines = used.map((name) => `import ${name}\n`);
  if (body.includes("Fraction(")) lines.push("from fractions import Fraction\n");
  return `\n${lines.join("")}`;
}
