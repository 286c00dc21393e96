import { parseEscalationDesign, type ConductedDesign, type EscalationDesign } from "../escalation/index.js";
import { fail } from "../foundation/index.js";
import { requirePart, type Part } from "../trial/index.js";
import { TRIALS } from "../trials/index.js";
import { inFile, readDataFile } from "./dataFile.js";
import type { Io } from "./io.js";
import { readTrial } from "./trialInput.js";

/** The design in a rule file. If it names a built-in trial and a part, that part must be an open, escalating one. */
export async function readRule(io: Io, file: string): Promise<EscalationDesign> {
  const source = await readDataFile(io, file);
  const design = inFile(source, "", () => parseEscalationDesign(source.data));
  const part = await partOf(io, design);
  if (part === undefined || part.kind === "open-escalation") return design;
  return inFile(source, "", () =>
    fail(
      "escalation.part_not_open",
      "part",
      `Part "${part.id}" is randomized; a rule is for an open, escalating part.`,
      {
        expected: "an open, escalating part of the trial, or no part",
        received: part.id,
      },
    ),
  );
}

async function partOf(io: Io, { trial, part }: EscalationDesign): Promise<Part | undefined> {
  if (trial === undefined || part === undefined || !TRIALS.some(({ id }) => id === trial)) return undefined;
  return requirePart(await readTrial(io, trial), part);
}

/** Places of the part that the design is for, where a built-in trial says it. */
export async function placesOf(io: Io, design: EscalationDesign): Promise<number | undefined> {
  return (await partOf(io, design))?.size;
}

/** A design with trial, part and everything that its conduct is held to. */
export async function readConductedRule(io: Io, file: string): Promise<ConductedDesign> {
  const design = await readRule(io, file);
  const { trial, part, conduct, levels } = design;
  const missing =
    trial === undefined ? "trial" : part === undefined ? "part" : conduct === undefined ? "conduct" : undefined;
  if (trial !== undefined && part !== undefined && conduct !== undefined && levels[0]?.dose !== undefined) {
    return { ...design, trial, part, conduct };
  }
  const source = await readDataFile(io, file);
  return inFile(source, "", () =>
    fail("escalation.design_invalid", missing ?? "levels", "The log of an open part needs more than a plan.", {
      expected: "trial, part, a dose for each level, and the block conduct",
    }),
  );
}
