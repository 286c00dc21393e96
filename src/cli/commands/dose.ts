import { prescribe, type Order } from "../../dose/index.js";
import { relocated } from "../../store/disk/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readDoseBasis, type DoseBasisOptions } from "../trialInput.js";
import { readHeight } from "../heightText.js";
import { asWeightFault, readWeight } from "../weightFault.js";

export interface DoseOptions extends CommonOptions, DoseBasisOptions {
  readonly arm: string;
  readonly part?: string;
  readonly weight?: string;
  readonly weighedOn?: string;
  readonly weighedBy?: string;
  readonly age?: string;
  readonly height?: string;
  readonly first?: string;
}

/** Which option a field of the order comes from. */
export const OPTION_OF: Readonly<Record<string, string>> = {
  arm: "--arm",
  part: "--part",
  weightKg: "--weight",
  weighedOn: "--weighed-on",
  weighedBy: "--weighed-by",
  ageYears: "--age",
  heightCm: "--height",
  firstAdministration: "--first",
};

/** `allocell dose TRIAL`: what one participant is to get, every step shown. */
export async function dose(io: Io, trialWord: string | undefined, options: DoseOptions): Promise<number> {
  const basis = await readDoseBasis(io, trialWord, options);
  const { arm, part, weight, weighedOn, weighedBy, age, height, first } = options;
  const prescription = byOption(() => {
    const order: Order = {
      trial: basis.trial,
      arm,
      ...(part === undefined ? {} : { part }),
      ...(weight === undefined ? {} : { weightKg: readWeight(weight, "weightKg") }),
      ...(weighedOn === undefined ? {} : { weighedOn }),
      ...(weighedBy === undefined ? {} : { weighedBy }),
      ...(age === undefined ? {} : { ageYears: age }),
      ...(height === undefined ? {} : { heightCm: readHeight(height, "heightCm") }),
      ...(first === undefined ? {} : { firstAdministration: first }),
      assumptions: basis.assumptions,
    };
    return basis.placed(() => prescribe(order));
  });
  if (options.json === true) await io.stdout.write(jsonText({ command: "dose", prescription }));
  else {
    const { doseText } = await import("../answers/doseAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    await io.stdout.write(doseText(prescription, await speechOf(io)));
  }
  return 0;
}

function byOption<T>(act: () => T): T {
  return relocated((issue) => {
    const said = issue.path === "weightKg" ? asWeightFault(issue, '"72.4 kg"') : issue;
    return { ...said, path: OPTION_OF[issue.path] ?? issue.path };
  }, act);
}
