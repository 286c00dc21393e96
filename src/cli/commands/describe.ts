import { readdirSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { checkDynamicPlan, parseUnblindedManifest } from "../../list/index.js";
import {
  toListRecord,
  toListSpecification,
  toM11Sections,
  toProtocolParagraph,
  toReportingItems,
  toUsdmFragment,
  type ListDescription,
  type ManifestFacts,
} from "../../report/index.js";
import { failAt, touching } from "../../store/disk/index.js";
import { inFile, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { dynamicPlanOf, isDynamicPlan } from "../planFile.js";
import { applyDecisionFile, chooseTrial, withTrialOf } from "../trialInput.js";
import { planOfFile } from "./audit.js";

/** The documents by the names that `--document` takes. */
export const DOCUMENTS = ["protocol", "specification", "spirit", "consort", "record", "m11", "usdm"] as const;
export type DocumentName = (typeof DOCUMENTS)[number];

export interface DescribeOptions extends CommonOptions {
  readonly document: DocumentName;
  readonly trial?: string;
  readonly decision?: string;
}

const MAKERS: Readonly<Record<DocumentName, (description: ListDescription) => string>> = {
  protocol: toProtocolParagraph,
  specification: toListSpecification,
  spirit: (description) => toReportingItems(description, "spirit-2025"),
  consort: (description) => toReportingItems(description, "consort-2025"),
  record: toListRecord,
  m11: toM11Sections,
  usdm: toUsdmFragment,
};

/** `allocell describe DIR|PLAN`: one document in Markdown, with empty places for what no program knows. */
export async function describe(io: Io, path: string, options: DescribeOptions): Promise<number> {
  const isFolder = touching(path, () => statSync(resolve(io.cwd, path)).isDirectory());
  const description = isFolder ? await readFolderDescription(io, path, options) : await readPlan(io, path, options);
  const text = MAKERS[options.document](description);
  await io.stdout.write(
    options.json === true ? jsonText({ command: "describe", document: options.document, markdown: text }) : text,
  );
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

async function readFolderDescription(io: Io, folder: string, options: DescribeOptions): Promise<ListDescription> {
  const manifests = touching(folder, () => readdirSync(resolve(io.cwd, folder))).filter((name) =>
    name.endsWith(".UNBLINDED.manifest.json"),
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
  return { plan, trial, manifest: { ...read, ...extrasOf(source.data) } };
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
