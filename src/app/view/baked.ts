import type { Language } from "../../report/index.js";
import { putFile } from "../platform/fs.js";

/** A file that `allocell page` put into the page. */
export interface BakedFile {
  readonly name: string;
  readonly text: string;
}

/** What `allocell page` put into the page: a site gets its own. */
export interface Baked {
  readonly language?: Language;
  /** Id of the trial that the page is for. */
  readonly trial?: string;
  readonly trialFile?: BakedFile;
  readonly assumptionsFile?: BakedFile;
}

/** Reads what was put in, and lays its files into the folder. */
export function readBaked(document: Document): Baked {
  const baked = JSON.parse(document.getElementById("baked")?.textContent ?? "{}") as Baked;
  layBaked(baked);
  return baked;
}

export function layBaked({ trialFile, assumptionsFile }: Baked): void {
  for (const file of [trialFile, assumptionsFile]) if (file !== undefined) putFile(`/${file.name}`, file.text);
}
