import { join, resolve } from "node:path";
import { fail } from "../../foundation/index.js";
import {
  generateKits,
  kitFileName,
  kitManifest,
  kitManifestName,
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
import { countIn, sayIn, wrapIn, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";
import type { Language } from "../../report/index.js";
import { textTable } from "../textTable.js";
import { requireNewFolder } from "../requireNewFolder.js";

export interface KitsOptions extends CommonOptions, SeedOptions {
  readonly out?: string;
}

const TEXTS = {
  made: { en: "{status} KIT LIST {list}: {kits} in {out}", zh: "{status} 药物编码表 {list}：{kits}，位于 {out}" },
  unblinded: { en: "for unblinded people only  {file}", zh: "仅限非盲人员  {file}" },
  toHandOut: { en: "to hand out                {file}", zh: "可以发出      {file}" },
  supply: {
    en: "FIRST SUPPLY OF A SITE (UNBLINDED: the numbers show the ratio)",
    zh: "研究中心首批供药（非盲：数量透露分配比例）",
  },
  arm: { en: "arm", zh: "组别" },
  kits: { en: "kits", zh: "药物数" },
  served: { en: "participants served", zh: "可供受试者数" },
  total: {
    en: "{total} kits in all; probability that an arm runs out: {probability} (accepted: {accepted})",
    zh: "共 {total} 份药物；某组用完的概率：{probability}（可接受：{accepted}）",
  },
  resupply: {
    en: "RESUPPLY after every {participants} (UNBLINDED)",
    zh: "每 {participants}之后补充供药（非盲）",
  },
  eachShipment: { en: "kits of each shipment", zh: "每批药物数" },
  participants: { en: "participants", zh: "受试者数" },
  runOut: { en: "probability of having run out", zh: "已用完的概率" },
  atAnyTime: { en: "at any time: at most {bound}", zh: "任何时候：不超过 {bound}" },
  warning: { en: "{code}: {message}", zh: "{code}：{message}" },
} as const satisfies Texts;

/** `allocell kits PLAN`: a kit list, with its treatments and without, as files of a new folder, with its record. */
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
      write(kitManifestName(made), [jsonText(kitManifest(made))], 0o600),
      write(kitFileName(blinded), toBlindedKitCsv(blinded), 0o644),
    ];
  });
  const { list, status } = made;
  const speech = await speechOf(io);
  const say = sayIn(TEXTS, speech.language);
  const answer = { command: "kits", list, status, kits: blinded.kits.length, folder: out, files, warnings };
  const text = [
    say("made", { status, list, kits: countIn(speech.language, blinded.kits.length, "kit", "个药物编号"), out }),
    `  ${say("unblinded", { file: files[0]?.file })}`,
    `  ${say("unblinded", { file: files[1]?.file })}`,
    `  ${say("toHandOut", { file: files[2]?.file })}`,
    ...warnings.map((warning) => `  ${speech.issue(warning)}`),
    "",
  ];
  await io.stdout.write(options.json === true ? jsonText(answer) : text.join("\n"));
  return 0;
}

/** `allocell supply FILE`: how many kits of each arm a site needs at its beginning. UNBLINDED. */
export async function supply(io: Io, file: string, options: CommonOptions): Promise<number> {
  const { first } = await readSupply(io, file);
  await io.stdout.write(
    options.json === true ? jsonText({ command: "supply", ...first }) : supplyText(first, io.language ?? "en"),
  );
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
  await io.stdout.write(
    options.json === true ? jsonText({ command: "resupply", ...plan }) : resupplyText(plan, await speechOf(io)),
  );
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

function supplyText({ arms, totalKits, stockOut, accepted }: SiteSupply, language: Language): string {
  const say = sayIn(TEXTS, language);
  return [
    say("supply"),
    "",
    textTable(
      [say("arm"), say("kits"), say("served")],
      arms.map(({ arm, kits: n, servedParticipants }) => [arm, String(n), String(servedParticipants)]),
    ).trimEnd(),
    "",
    `  ${say("total", { total: totalKits, probability: String(stockOut.probability), accepted })}`,
    "",
  ].join("\n");
}

function resupplyText({ every, shipment, periods, stockOutBound, warnings }: ResupplyPlan, speech: Speech): string {
  const { language } = speech;
  const say = sayIn(TEXTS, language);
  return [
    say("resupply", { participants: countIn(language, every, "participant", "名受试者") }),
    "",
    textTable(
      [say("arm"), say("eachShipment")],
      shipment.map(({ arm, kits: n }) => [arm, String(n)]),
    ).trimEnd(),
    "",
    textTable(
      [say("participants"), say("runOut")],
      periods.map((one) => [String(one.participants), String(one.stockOut)]),
    ).trimEnd(),
    "",
    `  ${say("atAnyTime", { bound: String(stockOutBound) })}`,
    ...warnings.flatMap((warning) =>
      wrapIn(language)(say("warning", { code: warning.code, message: speech.issue(warning) }), "  "),
    ),
    "",
  ].join("\n");
}
