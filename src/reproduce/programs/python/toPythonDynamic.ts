import type { DynamicPlan } from "../../../list/index.js";
import { VERSION } from "../../../version.js";
import { filled } from "../filled.js";
import arc4 from "./arc4.py";
import below from "./below.py";
import header from "./dynamic-header.py";
import ending from "./ending.py";
import { importsOf } from "./importsOf.js";
import keys from "./keys.py";
import { pythonLiteral, pythonText } from "./literal.js";
import liveSeed from "./live-seed.py";
import { pythonNumbers } from "./numberParts.js";
import { PYTHON_DYNAMIC } from "./dynamicParts.js";
import reading from "./reading.py";
import replay from "./replay.py";
import testSeed from "./test-seed.py";
import wholeBalls from "./whole-balls.py";

/** The Python program that replays the log of a dynamic allocation; see `toDynamicScript`. */
export function toPythonDynamic(plan: DynamicPlan, status: "LIVE" | "TEST", algorithm: string): string {
  const parts = [
    status === "LIVE" ? liveSeed : testSeed,
    keys,
    arc4,
    below,
    wholeBalls,
    ...PYTHON_DYNAMIC[plan.procedure.kind],
    ...pythonNumbers(plan.numbers),
    reading,
    replay,
    ending,
  ];
  const { trial, part, list, arms, procedure, factors, numbers } = plan;
  return [
    filled(header, { STATUS: status, LIST: list, VERSION, ALGORITHM: algorithm }),
    importsOf(parts),
    `\nSTATUS = ${pythonText(status)}\n`,
    `ALGORITHM = ${pythonText(algorithm)}\n\n`,
    "# Everything that an allocation rests on, but the seed and the log.\n",
    `PLAN = ${pythonLiteral({ trial, part, list, arms, procedure, factors, numbers })}\n`,
    `ARMS = [share["arm"] for share in PLAN["arms"]]\n`,
    `FACTORS = PLAN["factors"]\n`,
    ...parts.map((part) => `\n\n${part}`),
  ].join("");
}
