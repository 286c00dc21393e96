import { basename } from "node:path";
import {
  assessDynamic,
  type Accrual,
  type DynamicAssessment,
  type ResponseOptions,
  type TrialDesign,
} from "../../assessment/index.js";
import { fail } from "../../foundation/index.js";
import type { DynamicPlan, Plan } from "../../list/index.js";
import { dynamicPlots, toDynamicAssessmentHtml } from "../../report/index.js";
import {
  centreAccrual,
  inPlan,
  malformed,
  parseTrend,
  refuseOptions,
  STREAM,
  type AssessCommandOptions,
} from "../assessInput.js";
import { inFile, type DataFile } from "../dataFile.js";
import { COMMANDS } from "../commandTable.js";
import { explainedText } from "../explained.js";
import { placesOf, writeFigures } from "../figureFiles.js";
import { jsonText, type Io } from "../io.js";
import { finiteNumber, wholeNumber } from "../numberOption.js";
import { dynamicPlanOf, isDynamicPlan, listPlanOf } from "../planFile.js";
import { simulationBar } from "../simulationBar.js";

/** Options that are for lists alone. */
const OF_LISTS = [
  ["precision", "--precision"],
  ["knowledge", "--knowledge"],
  ["fractions", "--fractions"],
  ["runOut", "--run-out"],
  ["siteShare", "--site-share"],
  ["selection", "--selection"],
] as const;

/**
 * `allocell assess DYNAMIC-PLAN [PLAN...]`: a dynamic allocation by simulation, beside stratified blocks, complete
 * randomization, and the further plans, whose strata are among its factors.
 */
export async function assessDynamicPlan(
  io: Io,
  sources: readonly DataFile[],
  options: AssessCommandOptions,
): Promise<number> {
  refuseOptions(options, OF_LISTS, "is for lists: a dynamic allocation is simulated as a whole.");
  const [first, ...others] = sources as readonly [DataFile, ...DataFile[]];
  const plan = dynamicPlanOf(first);
  const accrual = accrualOf(options, plan.length);
  const trials = options.simulate === undefined ? 1000 : wholeNumber("--simulate", options.simulate);
  const designs = others.map((source) => designOf(source, plan));
  const places = placesOf(io, options);
  const overTime = places.html !== undefined || places.plots !== undefined;
  const bar = await simulationBar(io.stderr, trials * (3 + designs.length), basename(first.file), "trials");
  let assessment: DynamicAssessment;
  try {
    const seed = options.stream ?? STREAM;
    const simulation = { seed, trials, overTime, onProgress: bar.at, responses: responsesOf(options) };
    assessment = inPlan(first, () => assessDynamic(plan, { accrual, beside: designs, simulation }));
  } finally {
    bar.stop();
  }
  const files = await writeFigures(
    io,
    places,
    () => dynamicPlots(assessment),
    (pictures) => toDynamicAssessmentHtml(assessment, pictures, explainedText("assess").trim()),
  );
  if (options.json === true) {
    const answer = { command: "assess", world: "unblinded", dynamic: assessment, files };
    await io.stdout.write(jsonText({ ...answer, explained: COMMANDS.assess.pages[1] }));
  } else {
    const { dynamicText } = await import("../answers/assessAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    await io.stdout.write(dynamicText(assessment, files, await speechOf(io)));
  }
  return 0;
}

function responsesOf({ factorEffect, effect, trend }: AssessCommandOptions): ResponseOptions {
  return {
    ...(factorEffect === undefined ? {} : { factorEffect: finiteNumber("--factor-effect", factorEffect) }),
    ...(effect === undefined ? {} : { effect: finiteNumber("--effect", effect) }),
    ...(trend === undefined ? {} : { trend: parseTrend(trend) }),
  };
}

/** Another plan of the same trial, as a design of it. */
function designOf(source: DataFile, own: DynamicPlan): TrialDesign {
  if (isDynamicPlan(source)) {
    const plan = dynamicPlanOf(source);
    requireSameFrame(source, own, plan, plan.factors, "factors");
    return { kind: "dynamic", procedure: plan.procedure, factors: plan.factors };
  }
  const plan = listPlanOf(source);
  requireSameFrame(source, own, plan, plan.strata, "strata");
  const { procedure, strata, length } = plan;
  return { kind: "list", procedure, strata: strata.map(({ factor }) => factor), length };
}

function requireSameFrame(
  source: DataFile,
  own: DynamicPlan,
  { arms }: Pick<Plan, "arms">,
  factors: Plan["strata"],
  path: string,
): void {
  const text = (value: unknown): string => JSON.stringify(value);
  const foreign = factors.find(({ factor, levels }) => {
    const same = own.factors.find((known) => known.factor === factor);
    return same === undefined || text(same.levels) !== text(levels);
  });
  const isSameRatio = text(arms) === text(own.arms);
  if (isSameRatio && foreign === undefined) return;
  inFile(source, "", () =>
    fail("assessment.trial_frame_differs", isSameRatio ? path : "arms", "This plan is for another trial's frame.", {
      expected: isSameRatio ? "factors and levels of the first plan" : "the arms and the ratio of the first plan",
      received: isSameRatio ? (foreign?.factor ?? "") : arms.map(({ arm, ratio }) => `${arm} ${ratio}`).join(", "),
    }),
  );
}

/** Who comes, from the options. */
export function accrualOf(options: AssessCommandOptions, participants: number): Accrual {
  const { shares } = options;
  return {
    participants:
      options.participants === undefined ? participants : wholeNumber("--participants", options.participants),
    ...(shares === undefined ? {} : { shares: sharesByFactor(shares) }),
    ...centreAccrual(options),
  };
}

/** `site=5,3,2;sex=1,1`: shares of the levels of each factor, in their order. */
function sharesByFactor(text: string): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(
    text.split(";").map((part) => {
      const [, factor = "", shares = ""] =
        /^\s*([^=]+)=(.+)$/.exec(part) ?? malformed("--shares", part, "site=5,3,2;sex=1,1");
      return [factor.trim(), shares.split(",").map((share) => finiteNumber("--shares", share.trim()))];
    }),
  );
}
