import { webcrypto } from "node:crypto";
import { join, resolve } from "node:path";
import { codeBreakBody, codeBreakOf, type TreatmentSource } from "../../blinding/index.js";
import { envelopeKeyCards, openEnvelope, parseEnvelopes, sealEnvelopes, toEnvelopesJson } from "../../custody/index.js";
import { canonicalJson, fail } from "../../foundation/index.js";
import { findParticipant, type ConductState } from "../../allocation/index.js";
import {
  codeBreakReport,
  toCodeBreakCardsHtml,
  toCodeBreakReportText,
  unblindedCodeBreakCards,
  type Language,
} from "../../report/index.js";
import { TRIALS } from "../../trials/index.js";
import { writeFolder, writeNewFile } from "../../store/disk/index.js";
import { writerOf, type WriterOptions } from "../conductInput.js";
import { sayIn, type Texts } from "../answers/say.js";
import { speechOf } from "../answers/speech.js";
import { deriveFolder, requireNew, writeOne } from "../custodyFiles.js";
import { inFile, readDataFile, readText } from "../dataFile.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { appendToLog, readLogFile, type Appended } from "../logFile.js";
import { recordAndShow, warningLines } from "../recorded.js";
import { proveList } from "../provenList.js";
import type { SeedOptions } from "../seedInput.js";

export interface UnblindOptions extends CommonOptions, WriterOptions {
  readonly participant: string;
  readonly reason: string;
  readonly master?: string;
  readonly envelopes?: string;
  readonly keyFile?: string;
  readonly lang?: Language;
}

/**
 * `allocell unblind LOG`: one participant's treatment. The event is on the disk before the treatment is shown; where
 * the treatment cannot be had, no event is written.
 */
export async function unblind(io: Io, file: string, options: UnblindOptions): Promise<number> {
  const { reason, actor } = options;
  const speech = await speechOf(io);
  // Read in any spelling, written in the log's.
  const record = findParticipant(readLogFile(io, file).state, options.participant);
  const participant = record?.participant ?? options.participant;
  const writer = writerOf(io, options);
  const source = await readSource(io, options, record?.number);
  const request = { participant, reason, actor, at: writer.at };
  const write = (): Appended =>
    appendToLog(io, file, writer, (log) => {
      // Nothing of this is shown: it only makes sure that there will be an answer once the event stands.
      codeBreakOf({ ...request, state: log.state, ...sourceIn(log.state, source) }, { seq: 0, hash: "" });
      return codeBreakBody(request);
    });
  const toText = ({ event, state, warnings }: Appended): string => {
    const codeBreak = codeBreakOf({ ...request, state, ...sourceIn(state, source) }, event);
    // What is shown follows the locale too; no file is written.
    const report = codeBreakReport(codeBreak, options.json === true ? options.lang : (io.language ?? options.lang));
    if (options.json === true) return jsonText({ command: "unblind", codeBreak, report, warnings });
    return [toCodeBreakReportText(report), ...warningLines(warnings, speech).map((line) => `${line}\n`)].join("");
  };
  return recordAndShow(
    io,
    write,
    toText,
    "Run the same command again: it records one more code break and shows the treatment.",
  );

  function sourceIn(now: ConductState, from: TreatmentSource | undefined): { readonly source?: TreatmentSource } {
    if (from !== undefined) return { source: from };
    const record = findParticipant(now, participant);
    const { opening } = now;
    const { number, sequence, stratum } = record ?? {};
    if (options.master === undefined || opening === undefined || record?.arm !== undefined) return {};
    if (number === undefined || sequence === undefined || stratum === undefined || record?.how === "forced") return {};
    const arm = proveList(io, options.master, now).armOf({ number, sequence, stratum });
    const row = { number, sequence, stratum: Object.entries(stratum), arm };
    const { status, list } = opening;
    return { source: { status, list, binding: now.bindings.at(-1) ?? "", unblindedRows: () => [row] } };
  }
}

/** The opened envelope of the participant's number, where envelopes are used. */
async function readSource(
  io: Io,
  { master, envelopes, keyFile }: UnblindOptions,
  number: string | undefined,
): Promise<TreatmentSource | undefined> {
  if (envelopes === undefined && keyFile === undefined) return undefined;
  if (master !== undefined || envelopes === undefined || keyFile === undefined) {
    return fail("cli.source_unclear", "--envelopes", "The treatment comes from a master list or from an envelope.", {
      expected: "--master FOLDER, or --envelopes FILE with --key-file FILE",
    });
  }
  const source = await readDataFile(io, envelopes);
  const file = inFile(source, "", () => parseEnvelopes(source.data));
  if (number === undefined) {
    return fail(
      "blinding.participant_unknown",
      "--participant",
      "The log has no participant of this id with a number.",
    );
  }
  return openEnvelope(file, number, readText(io, keyFile, 4096), webcrypto.subtle);
}

const TEXTS = {
  envelopes: { en: "{out}: {count} envelopes", zh: "{out}：{count} 个电子信封" },
  envelopesFile: { en: "{file}  shows nothing without a key", zh: "{file}  没有密钥则不显示任何内容" },
  keyCards: {
    en: "{file}  one key a line: hand out each by itself, and keep the rest as you keep the list",
    zh: "{file}  每行一个密钥：逐一单独发放，其余与随机分配表同样保管",
  },
  cards: {
    en: "{out}: {count} cards, UNBLINDED; print them where the list may be seen, fold and close each.",
    zh: "{out}：{count} 份应急信件，非盲（UNBLINDED）；在允许接触随机分配表之处打印，逐份折叠封口。",
  },
} as const satisfies Texts;

export interface EnvelopesOptions extends CommonOptions, SeedOptions {
  readonly out?: string;
}

/** `allocell envelopes FOLDER`: every position sealed under its own key, and the key cards, in a new folder. */
export async function envelopes(io: Io, folder: string, options: EnvelopesOptions): Promise<number> {
  const { master, seed, base } = await deriveFolder(io, folder, options);
  const out = options.out ?? `${base}-envelopes`;
  requireNew(io, out);
  const source = { master, seed, salt: io.entropy(32) };
  const file = await sealEnvelopes(source, webcrypto.subtle);
  const names = { envelopes: `${base}.envelopes.json`, keyCards: `${base}.UNBLINDED.key-cards.jsonl` };
  await writeFolder(resolve(io.cwd, out), out, false, (unfinished) => {
    writeNewFile(join(unfinished, names.envelopes), [toEnvelopesJson(file)], 0o644);
    const lines = Array.from(envelopeKeyCards(source), (card) => `${canonicalJson(card)}\n`);
    writeNewFile(join(unfinished, names.keyCards), lines, 0o600);
  });
  const count = file.envelopes.length;
  const answer = { command: "envelopes", list: master.list, status: master.status, folder: out, ...names, count };
  const say = sayIn(TEXTS, io.language ?? "en");
  const text = [
    say("envelopes", { out, count }),
    `  ${say("envelopesFile", { file: names.envelopes })}`,
    `  ${say("keyCards", { file: names.keyCards })}`,
    "",
  ];
  await io.stdout.write(options.json === true ? jsonText(answer) : text.join("\n"));
  return 0;
}

export interface CardsOptions extends EnvelopesOptions {
  readonly lang?: Language;
}

/** `allocell cards FOLDER`: code-break cards to print and fold, one page a position. */
export async function cards(io: Io, folder: string, options: CardsOptions): Promise<number> {
  const { master, base } = await deriveFolder(io, folder, options);
  const out = options.out ?? `${base}.UNBLINDED.code-break-cards.html`;
  requireNew(io, out);
  const { trial } = master.unblindedRecord().plan;
  const known = TRIALS.find(({ id }) => id === trial);
  const armTexts = Object.fromEntries((known?.arms ?? []).map(({ id, label }) => [id, label]));
  const made = [...unblindedCodeBreakCards(master, armTexts, options.lang)];
  const count = made.length;
  const sha256 = writeOne(io, out, toCodeBreakCardsHtml(made, options.lang), 0o600);
  const answer = { command: "cards", list: master.list, status: master.status, file: out, count, sha256 };
  const text = `${sayIn(TEXTS, io.language ?? "en")("cards", { out, count })}\n`;
  await io.stdout.write(options.json === true ? jsonText(answer) : text);
  return 0;
}
