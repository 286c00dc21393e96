import { readDataFile } from "../../cli/index.js";
import { defineTrial, type Trial } from "../../trial/index.js";
import type { Baked } from "./baked.js";
import { pageIo } from "./commandRun.js";

/** The trial and the keys of the answers that the page was made for. */
export interface Stated {
  readonly trial: Trial | undefined;
  readonly keys: ReadonlySet<string>;
}

export async function readStated({ trialFile, assumptionsFile }: Baked): Promise<Stated> {
  const trial = trialFile === undefined ? undefined : defineTrial((await readDataFile(pageIo(), trialFile.name)).data);
  const answers = assumptionsFile === undefined ? undefined : (await readDataFile(pageIo(), assumptionsFile.name)).data;
  const { assumptions = {} } = (answers ?? {}) as { readonly assumptions?: object };
  return { trial, keys: new Set(Object.keys(assumptions)) };
}
