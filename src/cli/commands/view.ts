import {
  viewFileName,
  viewFor,
  toBlindedViewJson,
  toCommitteeViewJson,
  toUnblindedViewJson,
  type ListView,
} from "../../blinding/index.js";
import { AllocellError, fail } from "../../foundation/index.js";
import { blindedConduct } from "../../allocation/index.js";
import type { ViewRole } from "../../list/index.js";
import { parseLevels } from "../conductInput.js";
import type { Texts } from "../answers/say.js";
import { deriveFolder, writeOne } from "../custodyFiles.js";
import { readKits, type KitOptions } from "../kitInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readLogFile } from "../logFile.js";
import type { SeedOptions } from "../seedInput.js";
import { readDoseBasis, type DoseBasisOptions } from "../trialInput.js";

export interface ViewOptions extends CommonOptions, SeedOptions, DoseBasisOptions, KitOptions {
  readonly role: ViewRole;
  readonly log?: string;
  readonly where?: string;
  readonly participant?: string;
  readonly out?: string;
}

/** `allocell view FOLDER --role ROLE`: what one role may hold of a list, as one file whose name says what is in it. */
export async function view(io: Io, folder: string, options: ViewOptions): Promise<number> {
  const { master, seed } = await deriveFolder(io, folder, options);
  const { trial, assumptions, placed } = await readDoseBasis(io, master.blinded().trial, options);
  const state = options.log === undefined ? undefined : readLogFile(io, options.log).state;
  const kits = (await readKits(io, options))?.kits;
  const made = byOption(() =>
    placed(() =>
      viewFor(options.role, {
        master,
        trial,
        assumptions,
        seed,
        ...(state === undefined ? {} : { issued: { ...blindedConduct(state), bindings: state.bindings } }),
        ...(options.where === undefined ? {} : { where: parseLevels(options.where, "--where") }),
        ...(options.participant === undefined ? {} : { participant: options.participant }),
        ...(kits === undefined ? {} : { kits }),
      }),
    ),
  );
  const out = options.out ?? viewFileName(made);
  const sha256 = writeOne(io, out, textOf(made), made.world === "blinded" ? 0o644 : 0o600);
  const answer = { command: "view", role: options.role, world: made.world, file: out, sha256 };
  await io.stdout.write(
    options.json === true ? jsonText(answer) : `${out}${WORLDS[made.world][io.language ?? "en"]}\n`,
  );
  return 0;
}

/** What a role's view may need beside the list, and the option that gives it. */
const OPTIONS: Readonly<Record<string, string>> = { issued: "--log LOG", participant: "--participant ID" };

/** What is missing is named by its option. */
function byOption<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    const [{ code, path }] = error.issues;
    const option = OPTIONS[path];
    if (code !== "blinding.input_missing" || option === undefined) throw error;
    return fail(code, option.split(" ")[0] ?? "", "The view of this role needs this option.", { expected: option });
  }
}

const WORLDS = {
  blinded: { en: " (blinded)", zh: "（盲态）" },
  unblinded: { en: " (unblinded)", zh: "（非盲）" },
  "committee-only": { en: " (committee-only)", zh: "（仅限数据监查委员会）" },
} as const satisfies Texts;

function textOf(made: ListView): string {
  switch (made.world) {
    case "blinded":
      return toBlindedViewJson(made);
    case "unblinded":
      return toUnblindedViewJson(made);
    case "committee-only":
      return toCommitteeViewJson(made);
  }
}
