import { fail } from "../../foundation/index.js";
import { PROCEDURE_KINDS } from "../../procedure/index.js";
import { requirePart, type Part, type Trial } from "../../trial/index.js";
import { TRIALS } from "../../trials/index.js";
import { writeOne } from "../custodyFiles.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { orderTemplate } from "../templates/orderTemplate.js";
import { planTemplate } from "../templates/planTemplate.js";
import { assumptionsTemplate, kitsTemplate, recordTemplate } from "../templates/smallTemplates.js";
import { TO_STATE } from "../dataFile.js";
import { templateText, type TemplateField } from "../templates/template.js";
import { newTrialTemplate, trialCopy } from "../templates/trialTemplate.js";
import { readTrial } from "../trialInput.js";

export interface InitTemplateOptions extends CommonOptions {
  readonly part?: string;
  readonly procedure?: string;
  readonly out?: string;
}

export type TemplateKind = "trial" | "plan" | "assumptions" | "order" | "record" | "kits";

interface Template {
  readonly trial: string;
  readonly title: string;
  readonly fields: readonly TemplateField[];
  /** What to run once the file is filled in. */
  readonly next: (file: string) => string;
}

/** `allocell init KIND TRIAL`: an annotated file of this kind for a trial; nothing that a person must decide is filled in. */
export async function initTemplate(
  io: Io,
  kind: TemplateKind,
  trial: string,
  options: InitTemplateOptions,
): Promise<number> {
  const template = kind === "trial" ? await ofTrialFile(io, trial) : ofTrial(await readTrial(io, trial), kind, options);
  const out = options.out ?? `${template.trial}.${kind}.yaml`;
  const { fields, title, next } = template;
  const blanks = templateText([], fields).replace(/#.*/gu, "").split(TO_STATE).length - 1;
  const head = blanks === 0 ? [title] : [title, `Replace each ${TO_STATE}. Take the # away from a line that you need.`];
  writeOne(io, out, templateText(head, fields), 0o644);
  const answer = { command: `init ${kind}`, trial: template.trial, file: out, blanks };
  const asked =
    io.language === "zh"
      ? `请替换每一处 ${TO_STATE}（共 ${blanks} 处），然后运行：`
      : `Replace every ${TO_STATE} (${blanks}), then: `;
  const todo = blanks === 0 ? "" : asked;
  await io.stdout.write(options.json === true ? jsonText(answer) : `${out}\n  ${todo}allocell ${next(out)}\n`);
  return 0;
}

/** A trial that is known, as it is; or the file of a new one. */
async function ofTrialFile(io: Io, trial: string): Promise<Template> {
  const isNew = /^[A-Za-z][A-Za-z0-9-]{0,39}$/u.test(trial) && !TRIALS.some(({ id }) => id === trial);
  const next = (file: string): string => `trials ${file}`;
  if (isNew) return { trial, title: `Trial ${trial}, by its protocol.`, fields: newTrialTemplate(trial), next };
  const known = await readTrial(io, trial);
  return { trial: known.id, title: `Trial ${known.id} as it is known to allocell.`, fields: trialCopy(known), next };
}

function ofTrial(trial: Trial, kind: Exclude<TemplateKind, "trial">, options: InitTemplateOptions): Template {
  const of = (title: string, fields: readonly TemplateField[], next: Template["next"]): Template => ({
    trial: trial.id,
    title: `${title} of trial ${trial.id}.`,
    fields,
    next,
  });
  switch (kind) {
    case "assumptions":
      return of(
        "Answers to the open questions",
        assumptionsTemplate(trial),
        (file) => `dose ${trial.id} --arm ARM --assumptions ${file}`,
      );
    case "order":
      return of("Order of one administration", orderTemplate(trial), (file) => `prepare ${file}`);
    case "record":
      return of("Record of one administration", recordTemplate(), (file) => `record ${file} --order ORDER`);
    case "plan":
      return of(
        "Plan of a randomization list",
        planTemplate(trial, partOf(trial, options.part), options.procedure ?? PROCEDURE_KINDS[0]),
        (file) => `list ${file} --test-seed TEXT`,
      );
    case "kits":
      return of(
        "Plan of a kit list",
        kitsTemplate(trial, partOf(trial, options.part)),
        (file) => `kits ${file} --test-seed TEXT`,
      );
  }
}

/** The part that is named, or the only randomized one. */
function partOf(trial: Trial, named: string | undefined): Part {
  if (named !== undefined) return requirePart(trial, named);
  const randomized = trial.parts.filter(({ kind }) => kind === "randomized");
  const [only] = randomized;
  if (only !== undefined && randomized.length === 1) return only;
  return fail("cli.option_missing", "--part", `Trial ${trial.id} has not one randomized part alone: name the part.`, {
    expected: trial.parts.map(({ id }) => id).join(", "),
  });
}
