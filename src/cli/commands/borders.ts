import { basename } from "node:path";
import {
  BORDER_KINDS,
  findWeightBorders,
  type BorderKind,
  type PreparationOrder,
  type WeightBorders,
} from "../../dose/index.js";
import { fail, nearName } from "../../foundation/index.js";
import { bordersTable, toBordersHtml, type BordersOf, type Language } from "../../report/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { inOrder, readOrderFile } from "../orderFile.js";
import { inLanguage, writeReportFolder, writtenLines } from "../reportFolder.js";
import { countIn, sayIn, type Texts } from "../answers/say.js";
import { textTable } from "../textTable.js";
import type { AnswerOptions } from "../trialInput.js";

export interface BordersOptions extends CommonOptions, AnswerOptions {
  readonly from?: string;
  readonly to?: string;
  readonly step: string;
  readonly only?: string;
  readonly lang: Language;
  readonly out?: string;
}

/** `allocell borders ORDER.yaml`: the weights at which the preparation changes, with the weight below and above each. */
export async function borders(io: Io, file: string, options: BordersOptions): Promise<number> {
  const { source, order } = await readOrderFile(io, file, options);
  const stated = order.weight?.expectedKg;
  const kilograms = (text: string): string => text.replace(/\s*kg$/u, "");
  const query = {
    fromKg: kilograms(options.from ?? stated?.minimum ?? "0.5"),
    toKg: kilograms(options.to ?? stated?.maximum ?? "300"),
    stepKg: kilograms(options.step),
    ...(options.only === undefined ? {} : { kinds: kindsOf(options.only) }),
  };
  const found = inOrder(source, () => findWeightBorders(order, query));
  const files =
    options.out === undefined ? [] : await write(io, options.out, found, ofOrder(order, file), options.lang);
  await io.stdout.write(
    options.json === true
      ? jsonText({ command: "borders", world: "unblinded", order: file, ...found, files })
      : bordersText(found, io.language ?? "en") + writtenLines(files, io.language),
  );
  return 0;
}

function kindsOf(text: string): readonly BorderKind[] {
  return text.split(",").map((word) => {
    const kind = BORDER_KINDS.find((one) => one === word.trim());
    return (
      kind ??
      fail("dose.borders_invalid", "--only", `"${word}" is nothing that changes with the weight.`, {
        expected: nearName(word, BORDER_KINDS) ?? BORDER_KINDS.join(", "),
        received: word,
      })
    );
  });
}

/** What a person who computes by hand needs of the order. */
function ofOrder(order: PreparationOrder, file: string): BordersOf {
  const { dose, identification, lots = [], draw, weight } = order;
  const trial = dose.from === "trial" ? [dose.trial.trial, dose.trial.part, dose.trial.arm] : [];
  const product = dose.from === "product" ? [dose.product] : [];
  const protocol = identification?.protocol === undefined ? [] : [identification.protocol];
  const said = (name: string, value: unknown): string => `${name}: ${JSON.stringify(value)}`;
  const ofTrial =
    dose.from === "trial"
      ? [said("rule", dose.trial.rule), ...(dose.trial.cap === undefined ? [] : [said("cap", dose.trial.cap)])]
      : [];
  const limits = Object.fromEntries(Object.entries(dose).filter(([key]) => key !== "trial"));
  return {
    title: [...(trial.length > 0 ? trial : protocol), ...product],
    facts: [
      said("order", basename(file)),
      ...ofTrial,
      said("dose", limits),
      ...lots.map((lot) => said("lot", lot)),
      ...(draw === undefined ? [] : [said("draw", draw)]),
      said("infusion", order.infusion),
      ...(weight === undefined ? [] : [said("weight", { descriptor: weight.descriptor, reweigh: weight.reweigh })]),
    ],
  };
}

function write(
  io: Io,
  folder: string,
  found: WeightBorders,
  of: BordersOf,
  language: Language,
): Promise<readonly string[]> {
  const sheet = (name: "by-hand" | "expected"): { file: string; text: string } => ({
    file: inLanguage(`borders.UNBLINDED.${name}`, "html", language),
    text: toBordersHtml(found, of, name, language),
  });
  const table = { ...bordersTable(found, language), name: "borders.UNBLINDED" };
  return writeReportFolder(io, folder, language, [table], [sheet("by-hand"), sheet("expected")]);
}

const TEXTS = {
  title: {
    en: "BORDERS (UNBLINDED: they tell the dose), {from} to {to} kg in steps of {step} kg",
    zh: "配制结果发生变化的体重（非盲：含剂量），{from}～{to} kg，步长 {step} kg",
  },
  end: {
    en: "{changed} with a change; {prepared} prepared.",
    zh: "{changed}处有变化；共计算 {prepared}。",
  },
} as const satisfies Texts;

function bordersText(found: WeightBorders, language: Language): string {
  const say = sayIn(TEXTS, language);
  const { columns, rows } = bordersTable(found, language);
  const at = found.rows.filter(({ changes }) => changes.length > 0).length;
  const weights = (count: number): string => countIn(language, count, "weight", "个体重");
  return [
    say("title", { from: found.fromKg, to: found.toKg, step: found.stepKg }),
    "",
    textTable(columns, rows).trimEnd(),
    "",
    say("end", { changed: weights(at), prepared: weights(found.weightsPrepared) }),
    "",
  ].join("\n");
}
