import { join, resolve } from "node:path";
import { fail } from "../../foundation/index.js";
import {
  generateKits,
  kitFileName,
  parseSupplyFile,
  resupplyPlan,
  siteSupply,
  toBlindedKitCsv,
  toUnblindedKitCsv,
  type ResupplyPlan,
  type SiteSupply,
  type SupplyFile,
} from "../../supply/index.js";
import { writeFolder, writeNewFile } from "../../store/disk/index.js";
import { inFile, mapOf, readDataFile } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readSeed, type SeedOptions } from "../seedInput.js";
import { counted, textTable, wrapText } from "../textTable.js";
import { requireNewFolder } from "../writeFiles.js";

export interface KitsOptions extends CommonOptions, SeedOptions {
  readonly out?: string;
}

/** `allocell kits PLAN`: a kit list, with its treatments and without, as two files of a new folder. */
export async function kits(io: Io, planFile: string, options: KitsOptions): Promise<number> {
  const source = await readDataFile(io, planFile);
  mapOf(source, "the plan of a kit list", "trial, list, prefix, batches");
  const { seed, warnings } = readSeed(io, options);
  const made = inFile(source, "", () => generateKits(source.data, seed));
  const out = options.out ?? made.list;
  requireNewFolder(io, out, "--out");
  const [unblinded, blinded] = [made.unblindedKits(), made.blinded()];
  const files = await writeFolder(resolve(io.cwd, out), out, false, (folder) => {
    const write = (file: string, pieces: Iterable<string>, mode: number): { file: string; sha256: string } => ({
      file,
      sha256: writeNewFile(join(folder, file), pieces, mode),
    });
    return [
      write(kitFileName(unblinded), toUnblindedKitCsv(unblinded), 0o600),
      write(kitFileName(blinded), toBlindedKitCsv(blinded), 0o644),
    ];
  });
  const { list, status } = made;
  const answer = { command: "kits", list, status, kits: blinded.kits.length, folder: out, files, warnings };
  const text = [
    `${status} KIT LIST ${list}: ${counted(blinded.kits.length, "kit")} in ${out}`,
    `  for unblinded people only  ${files[0]?.file ?? ""}`,
    `  to hand out                ${files[1]?.file ?? ""}`,
    ...warnings.map(({ message }) => `  ${message}`),
    "",
  ];
  await io.stdout.write(options.json === true ? jsonText(answer) : text.join("\n"));
  return 0;
}

/** `allocell supply FILE`: how many kits of each arm a site needs at its beginning. UNBLINDED. */
export async function supply(io: Io, file: string, options: CommonOptions): Promise<number> {
  const { first } = await readSupply(io, file);
  await io.stdout.write(options.json === true ? jsonText({ command: "supply", ...first }) : supplyText(first));
  return 0;
}

/** `allocell resupply FILE`: shipments that disclose nothing, and how likely they come too late. UNBLINDED. */
export async function resupply(io: Io, file: string, options: CommonOptions): Promise<number> {
  const { query, first } = await readSupply(io, file);
  const { resupply: how, allocation, kitsPerParticipant } = query;
  if (how === undefined) {
    return fail("cli.field_missing", "resupply", `${file} does not say how more kits are sent.`, {
      expected: "resupply: { every: 4, lead: 1, participants: 20 }",
      parameters: { file },
    });
  }
  const plan = resupplyPlan({ first, allocation, kitsPerParticipant, ...how });
  await io.stdout.write(options.json === true ? jsonText({ command: "resupply", ...plan }) : resupplyText(plan));
  return 0;
}

async function readSupply(io: Io, file: string): Promise<{ readonly query: SupplyFile; readonly first: SiteSupply }> {
  const source = await readDataFile(io, file);
  mapOf(
    source,
    "a file about a site's kits",
    "arms, allocation, participants, kitsPerParticipant, stockOutProbability",
  );
  return inFile(source, "", () => {
    const query = parseSupplyFile(source.data);
    return { query, first: siteSupply(query) };
  });
}

function supplyText({ arms, totalKits, stockOut, accepted }: SiteSupply): string {
  return [
    "FIRST SUPPLY OF A SITE (UNBLINDED: the numbers show the ratio)",
    "",
    textTable(
      ["arm", "kits", "participants served"],
      arms.map(({ arm, kits: n, servedParticipants }) => [arm, String(n), String(servedParticipants)]),
    ).trimEnd(),
    "",
    `  ${totalKits} kits in all; probability that an arm runs out: ${stockOut.probability} (accepted: ${accepted})`,
    "",
  ].join("\n");
}

function resupplyText({ every, shipment, periods, stockOutBound, warnings }: ResupplyPlan): string {
  return [
    `RESUPPLY after every ${counted(every, "participant")} (UNBLINDED)`,
    "",
    textTable(
      ["arm", "kits of each shipment"],
      shipment.map(({ arm, kits: n }) => [arm, String(n)]),
    ).trimEnd(),
    "",
    textTable(
      ["participants", "probability of having run out"],
      periods.map((one) => [String(one.participants), String(one.stockOut)]),
    ).trimEnd(),
    "",
    `  at any time: at most ${stockOutBound}`,
    ...warnings.flatMap(({ code, message }) => wrapText(`${code}: ${message}`, "  ")),
    "",
  ].join("\n");
}
