import type { DynamicPlan } from "../../../list/index.js";
import { VERSION } from "../../../version.js";
import { filled } from "../filled.js";
import arc4 from "./arc4.R";
import bigNumbers from "./big-numbers.R";
import bigOperations from "./big-operations.R";
import draws from "./draws.R";
import dynamicBalls from "./dynamic-balls.R";
import header from "./dynamic-header.R";
import ending from "./ending.R";
import json from "./json.R";
import keys from "./keys.R";
import { rLiteral, rText } from "./literal.js";
import liveSeed from "./live-seed.R";
import { rNumbers } from "./numberParts.js";
import { R_DYNAMIC } from "./dynamicParts.js";
import reading from "./reading.R";
import replay from "./replay.R";
import testSeed from "./test-seed.R";
import wholeNumbers from "./whole-numbers.R";

/** The R program that replays the log of a dynamic allocation; see `toDynamicScript`. All its text is ASCII. */
export function toRDynamic(plan: DynamicPlan, status: "LIVE" | "TEST", algorithm: string): string {
  const { trial, part, list, arms, procedure, factors, numbers } = plan;
  const data = {
    ...{ trial, part, list },
    arms: arms.map(({ arm }) => arm),
    ratio: arms.map(({ ratio }) => ratio),
    procedure: withTexts(procedure),
    factors: factors.map(({ factor, levels, weight }) => ({
      factor,
      levels,
      ...(weight === undefined ? {} : { weight }),
    })),
    numbers,
  };
  return [
    filled(header, { STATUS: status, LIST: list, VERSION, ALGORITHM: algorithm }),
    `STATUS <- ${rText(status)}
ALGORITHM <- ${rText(algorithm)}

# Everything that an allocation rests on, but the seed and the log.
PLAN <- ${rLiteral(data)}
`,
    ...[bigNumbers, wholeNumbers, bigOperations],
    keys,
    status === "LIVE" ? liveSeed : testSeed,
    arc4,
    draws,
    dynamicBalls,
    ...R_DYNAMIC[procedure.kind],
    ...rNumbers(numbers),
    reading,
    json,
    replay,
    ending,
  ].join("\n");
}

/** A fraction stays a text, and is read exactly. */
function withTexts(value: object): object {
  const isFraction = (name: string): boolean => ["probability", "q", "t"].includes(name);
  return Object.fromEntries(
    Object.entries(value).map(([name, own]: [string, unknown]) => [
      name,
      typeof own === "object" && own !== null ? withTexts(own) : isFraction(name) ? String(own) : own,
    ]),
  );
}
