import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { fail } from "../../foundation/index.js";
import { checkDynamicPlan, isListFile, parseUnblindedManifest } from "../../list/index.js";
import type { Language, ListDescription, ManifestFacts } from "../../report/index.js";
import type { Trial } from "../../trial/index.js";
import { failAt, touching } from "../../store/disk/index.js";
import { inFile, readDataFile } from "../dataFile.js";
import type { DocumentName } from "../documentNames.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import type { LanguageOptions } from "../languageOption.js";
import { dynamicPlanOf, isDynamicPlan } from "../planFile.js";
import { applyDecisionFile, chooseTrial, withTrialOf } from "../trialInput.js";
import { planOfFile } from "./audit.js";

export interface DescribeOptions extends CommonOptions, LanguageOptions {
  readonly document: DocumentName;
  readonly trial?: string;
  readonly decision?: string;
}

/** What writes a document, and what it needs of a list's folder beside the manifest. */
export interface DocumentMaker {
  readonly make: (description: ListDescription, language: Language) => string;
  /** Follows a text that others published in English. */
  readonly isEnglish?: true;
  readonly ofFolder?: (io: Io, folder: string, trial: Trial) => Pick<ListDescription, "kits" | "audit">;
}

export type DocumentMakers<Name extends DocumentName> = Readonly<Record<Name, DocumentMaker>>;

/** `allocell describe DIR|PLAN` with the documents that are given. */
export async function describeBy<Name extends DocumentName>(
  makers: DocumentMakers<Name>,
  io: Io,
  path: string,
  options: DescribeOptions & { readonly document: Name },
): Promise<number> {
  const { document, lang } = options;
  const maker: DocumentMaker = makers[document];
  if (maker.isEnglish === true && lang !== "en") {
    fail("cli.option_unneeded", "--lang", `The document "${document}" follows a text that was published in English.`, {
      expected: `--lang en for ${document}`,
      received: lang,
    });
  }
  const isFolder = touching(path, () => statSync(resolve(io.cwd, path)).isDirectory());
  const description = isFolder ? await readFolder(io, path, options, maker) : await readPlan(io, path, options);
  const text = maker.make(description, lang);
  await io.stdout.write(options.json === true ? jsonText({ command: "describe", document, markdown: text }) : text);
  return 0;
}

async function readPlan(io: Io, file: string, options: DescribeOptions): Promise<ListDescription> {
  const source = await readDataFile(io, file);
  if (!isDynamicPlan(source)) {
    const { plan, trial } = await planOfFile(io, file, { ...options, assume: [] });
    return { plan, trial };
  }
  const plan = dynamicPlanOf(source);
  const trial = await applyDecisionFile(
    io,
    await chooseTrial(io, plan.trial, withTrialOf(source, options).trial),
    options.decision,
  );
  inFile(source, "", () => checkDynamicPlan(plan, trial));
  return { plan, trial };
}

async function readFolder(
  io: Io,
  folder: string,
  options: DescribeOptions,
  { ofFolder }: DocumentMaker,
): Promise<ListDescription> {
  const manifests = touching(folder, () => readdirSync(resolve(io.cwd, folder))).filter((name) =>
    isListFile(name, "unblindedManifest"),
  );
  const [name, ...others] = manifests;
  if (name === undefined || others.length > 0) {
    const message = `This folder holds ${manifests.length} unblinded manifests.`;
    const expected = "a folder that `allocell list` wrote, or a plan file";
    return failAt({
      code: "cli.not_a_list",
      path: folder,
      file: folder,
      message,
      expected,
      parameters: { found: manifests.length },
    });
  }
  const source = await readDataFile(io, join(folder, name));
  const { plan, ...read } = inFile(source, "", () => parseUnblindedManifest(source.data));
  const opened = await chooseTrial(io, plan.trial, options.trial);
  const trial = await applyDecisionFile(io, opened, options.decision);
  const manifest = { ...read, ...extrasOf(source.data) };
  return { plan, trial, manifest, ...ofFolder?.(io, folder, trial) };
}

/** What the manifest says beyond what verification needs, as far as it is there and is text. */
function extrasOf(data: unknown): Pick<ManifestFacts, "allocell" | "trialHash" | "generation"> {
  const { allocell, trialHash, generation } = data as Readonly<Record<string, unknown>>;
  const textsOf = (value: unknown): Record<string, string> =>
    typeof value !== "object" || value === null
      ? {}
      : Object.fromEntries(
          Object.entries(value).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
        );
  return {
    ...(typeof allocell === "string" ? { allocell } : {}),
    ...(typeof trialHash === "string" ? { trialHash } : {}),
    generation: textsOf(generation),
  };
}
