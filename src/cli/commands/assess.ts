import { basename } from "node:path";
import { assess, type Assessment, type AssessOptions, type BiasModel } from "../../assessment/index.js";
import { fail } from "../../foundation/index.js";
import { assessmentPlots, toAssessmentHtml } from "../../report/index.js";
import { TRIALS } from "../../trials/index.js";
import { type AssessCommandOptions, centreAccrual, inPlan, parseTrend, refuseOptions, STREAM } from "../assessInput.js";
import { readDataFile, type DataFile } from "../dataFile.js";
import { COMMANDS } from "../commandTable.js";
import { explainedText } from "../explained.js";
import { placesOf, writeFigures } from "../figureFiles.js";
import { jsonText, type Io } from "../io.js";
import { finiteNumber, wholeNumber } from "../numberOption.js";
import { isDynamicPlan, listPlanOf } from "../planFile.js";
import { simulationBar } from "../simulationBar.js";
import { readTrial, withTrialOf } from "../trialInput.js";
import { assessDynamicPlan } from "./assessDynamic.js";

/** Options of a whole trial, which is simulated for a dynamic allocation alone. */
const OF_TRIALS = [["factorEffect", "--factor-effect"]] as const;

/** `allocell assess PLAN...`: how balanced and how predictable plans are; as a table, a page, pictures. */
export async function assessPlans(io: Io, files: readonly string[], options: AssessCommandOptions): Promise<number> {
  if (files.length === 0 || options.log !== undefined) {
    fail("cli.option_missing", "--list", "There is no plan to assess, or a log without its list.", {
      expected: "PLAN files, or --list FOLDER, which --log LOG may go with",
    });
  }
  const sources: DataFile[] = [];
  for (const file of files) sources.push(await readDataFile(io, file));
  if (sources[0] !== undefined && isDynamicPlan(sources[0])) return assessDynamicPlan(io, sources, options);
  refuseOptions(options, OF_TRIALS, "is for a dynamic allocation: the lists of a plan are assessed one by one.");
  const places = placesOf(io, options);
  const assessments: Assessment[] = [];
  for (const source of sources) assessments.push(await assessFile(io, source, options));
  requireOwnNames(assessments);
  const written = await writeFigures(
    io,
    places,
    () => assessmentPlots(assessments),
    (pictures) => toAssessmentHtml({ assessments, pictures, explained: explainedText("assess").trim() }),
  );
  await writeAnswer(io, assessments, written, options.json === true);
  return 0;
}

async function writeAnswer(
  io: Io,
  assessments: readonly Assessment[],
  files: readonly string[],
  isJson: boolean,
): Promise<void> {
  if (isJson) {
    const answer = { command: "assess", world: "unblinded", assessments, files, explained: COMMANDS.assess.pages[0] };
    await io.stdout.write(jsonText(answer));
    return;
  }
  const { assessText } = await import("../answers/assessAnswer.js");
  const { speechOf } = await import("../answers/speech.js");
  await io.stdout.write(assessText(assessments, files, await speechOf(io)));
}

async function assessFile(io: Io, source: DataFile, options: AssessCommandOptions): Promise<Assessment> {
  // Decisions open arms for a list; a design has its characteristics before them.
  const plan = listPlanOf(source);
  const stated = withTrialOf(source, options).trial;
  const isKnown = stated !== undefined || TRIALS.some(({ id }) => id === plan.trial);
  const trial = isKnown ? await readTrial(io, stated ?? plan.trial) : undefined;
  const asked = coreOptions(options);
  const { simulation } = asked;
  const [most, unit] = simulation === undefined ? [1, "rows"] : [simulation.trials ?? 0, "lists"];
  const bar = await simulationBar(io.stderr, most, basename(source.file), unit);
  const followed: AssessOptions =
    simulation === undefined
      ? {
          onRow: (done, rows) => {
            bar.at({ trials: done, mostTrials: rows, standardError: NaN });
          },
        }
      : { simulation: { ...simulation, onProgress: bar.at } };
  try {
    return inPlan(source, () => assess(plan, trial, { ...asked, ...followed }));
  } finally {
    bar.stop();
  }
}

/** What the options ask of the core. */
function coreOptions(options: AssessCommandOptions): AssessOptions {
  const { knowledge, simulate, precision, runOut, siteShare } = options;
  if (precision !== undefined && simulate === undefined) {
    fail("cli.option_missing", "--simulate", "A precision is one of a simulation.", {
      expected: "--simulate N with the most lists to simulate",
    });
  }
  const tests = biasModels(options);
  const se = precision === undefined ? undefined : finiteNumber("--precision", precision);
  return {
    ...(knowledge === undefined ? {} : { knowledge }),
    ...(options.fractions === true ? { fractions: true } : {}),
    ...(simulate === undefined
      ? {}
      : {
          simulation: {
            seed: options.stream ?? STREAM,
            trials: wholeNumber("--simulate", simulate),
            ...(se === undefined
              ? {}
              : { precision: { convergence: se, maximumProbability: se, forcedShare: se, balancedShare: se } }),
          },
        }),
    ...enrolmentOf(options),
    ...(runOut === undefined ? {} : { runOutLimit: finiteNumber("--run-out", runOut) }),
    ...(siteShare === undefined ? {} : { siteShare: finiteNumber("--site-share", siteShare) }),
    ...(tests === undefined ? {} : { tests }),
  };
}

/** Who comes to the lists of a plan. */
function enrolmentOf({ participants, shares, ...options }: AssessCommandOptions): Pick<AssessOptions, "enrolment"> {
  const centres = centreAccrual(options);
  if (participants === undefined) {
    if (shares === undefined && Object.keys(centres).length === 0) return {};
    return fail("cli.option_missing", "--participants", "Who comes to which list needs the number of participants.", {
      expected: "--participants N",
    });
  }
  return {
    enrolment: {
      participants: wholeNumber("--participants", participants),
      ...(shares === undefined
        ? {}
        : { shares: shares.split(",").map((share) => finiteNumber("--shares", share.trim())) }),
      ...centres,
    },
  };
}

/** The models of bias for which the t test is assessed: without an effect and, if one is given, with it. */
function biasModels({ selection, trend, effect }: AssessCommandOptions): readonly BiasModel[] | undefined {
  if (selection === undefined && trend === undefined && effect === undefined) return undefined;
  const model: BiasModel = {
    ...(selection === undefined ? {} : { selection: { eta: finiteNumber("--selection", selection) } }),
    ...(trend === undefined ? {} : { trend: parseTrend(trend) }),
  };
  return effect === undefined ? [model] : [model, { ...model, effect: finiteNumber("--effect", effect) }];
}

function requireOwnNames(assessments: readonly Assessment[]): void {
  const lists = assessments.map(({ plan }) => plan.list);
  const twice = lists.find((list, i) => lists.indexOf(list) !== i);
  if (twice === undefined) return;
  fail("cli.list_twice", "PLAN", `Two of the plans are for a list "${twice}": their results could not be told apart.`, {
    expected: "plans of different lists",
    parameters: { name: twice },
  });
}
