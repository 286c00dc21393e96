import { fail, type Issue } from "../../foundation/index.js";
import { adoptedManifest, refuseSeed } from "../adoptedFolder.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { verifyFolder, type CompareSource, type TrialOptions, type Verification } from "../verifyFolder.js";

export interface VerifyOptions extends CommonOptions, SeedOptions, TrialOptions {}

/**
 * `allocell verify FOLDER`: derives the list again from its manifest and the seed, and compares all files; an adopted
 * list is held to its manifest and, with `--source`, to the table that it was taken from.
 */
export async function verify(
  io: Io,
  folder: string,
  options: VerifyOptions,
  compareSource?: CompareSource,
): Promise<number> {
  const { compared, warnings, isSame } = await verified(io, folder, options, compareSource);
  if (options.json === true) {
    const { notes, ...verification } = compared;
    const said = [...warnings.map(({ message }) => message), ...notes.map(({ en }) => en)];
    const world = isSame ? {} : { world: "unblinded" };
    await io.stdout.write(jsonText({ command: "verify", ...world, same: isSame, ...verification, notes: said }));
  } else {
    const { verificationText } = await import("../answers/verifyAnswer.js");
    const { speechOf } = await import("../answers/speech.js");
    const isCompared = options.source !== undefined;
    await io.stdout.write(verificationText(compared, warnings, { folder, isSame, isCompared }, await speechOf(io)));
  }
  return isSame ? 0 : 1;
}

/** The same for a page, which says warnings and notes in its language. */
export async function verifyOnPage(io: Io, folder: string, options: VerifyOptions): Promise<number> {
  const { compared, warnings, isSame } = await verified(io, folder, options);
  await io.stdout.write(jsonText({ same: isSame, ...compared, warnings }));
  return isSame ? 0 : 1;
}

/** The comparison, with what is to be said of the seed. */
async function verified(
  io: Io,
  folder: string,
  options: VerifyOptions,
  compareSource?: CompareSource,
): Promise<{ readonly compared: Verification; readonly warnings: readonly Issue[]; readonly isSame: boolean }> {
  const adopted = adoptedManifest(io, folder);
  if (adopted !== undefined) refuseSeed(adopted, options);
  else if (options.source !== undefined) {
    fail("cli.option_unneeded", "--source", "Only an adopted list has a table that it was taken from.", {
      expected: "--seed-file FILE, or --test-seed TEXT; --uploaded FILE for what another system exports back",
    });
  }
  const { seed, warnings } = adopted === undefined ? readSeed(io, options) : { seed: undefined, warnings: [] };
  const compared = await verifyFolder(io, folder, seed, options, compareSource);
  return { compared, warnings, isSame: compared.files.every(({ verdict }) => verdict === "same") };
}
