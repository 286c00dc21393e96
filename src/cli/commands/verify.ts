import { fail } from "../../foundation/index.js";
import { adoptedManifest, refuseSeed } from "../adoptedFolder.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { verifyFolder, type CompareSource, type TrialOptions } from "../verifyFolder.js";

export interface VerifyOptions extends CommonOptions, SeedOptions, TrialOptions {}

/**
 * `allocell verify FOLDER`: derives the list again from its manifest and the seed, and compares all six files; an adopted
 * list is held to its manifest and, with `--source`, to the table that it was taken from.
 */
export async function verify(
  io: Io,
  folder: string,
  options: VerifyOptions,
  compareSource?: CompareSource,
): Promise<number> {
  const adopted = adoptedManifest(io, folder);
  if (adopted !== undefined) refuseSeed(adopted, options);
  else if (options.source !== undefined) {
    fail("cli.option_unneeded", "--source", "Only an adopted list has a table that it was taken from.", {
      expected: "--seed-file FILE, or --test-seed TEXT; --uploaded FILE for what another system exports back",
    });
  }
  const { seed, warnings } = adopted === undefined ? readSeed(io, options) : { seed: undefined, warnings: [] };
  const compared = await verifyFolder(io, folder, seed, options, compareSource);
  const { notes, ...verification } = compared;
  const isSame = verification.files.every(({ verdict }) => verdict === "same");
  if (options.json === true) {
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
