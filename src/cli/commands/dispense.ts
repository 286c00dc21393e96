import { findParticipant, participantsOf, type ConductState, type ParticipantRecord } from "../../allocation/index.js";
import { fail, foldId } from "../../foundation/index.js";
import { drawKit } from "../../supply/index.js";
import { sayIn, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";
import { armOf, dispensedIn, requireInTreatment } from "../allocated.js";
import { writerOf, type WriterOptions } from "../conductInput.js";
import { csvFormOf } from "../csvForm.js";
import { readStock, requireKitsOf } from "../dispensedKit.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { readKits, requireKitSeed, type KitOptions } from "../kitInput.js";
import { appendToLog, type Appended, type Decision } from "../logFile.js";
import { recordAndShow, warningLines } from "../recorded.js";

export interface DispenseOptions extends CommonOptions, WriterOptions, KitOptions {
  readonly log: string;
  readonly kits: string;
  readonly list?: string;
  readonly stock?: string;
  readonly administration?: string;
}

/** `allocell dispense WHO --log LOG --kits PLAN`: the kit of an administration, on the disk before it is shown. */
export async function dispense(io: Io, who: string, options: DispenseOptions): Promise<number> {
  const read = await readKits(io, options);
  if (read === undefined) return fail("cli.option_missing", "--kits", "Which kits are there?");
  const { kits } = read;
  const seed = requireKitSeed(read);
  const speech = await speechOf(io);
  const stock =
    options.stock === undefined
      ? kits.blinded().kits.map(({ code }) => code)
      : await readStock(io, options.stock, csvFormOf({}));
  const decide = ({ state, events }: { state: ConductState; events: Appended["event"][] }): Decision => {
    const record = recordOf(state, who);
    const { participant, number } = record;
    const administration = administrationOf(record, options.administration);
    const had = events.find(
      (event) =>
        event.type === "dispensed" && event.participant === participant && event.administration === administration,
    );
    if (had !== undefined) return { standing: had };
    requireInTreatment(record, options.log, "WHO");
    const { status = "LIVE", trial = "" } = state.opening ?? {};
    requireKitsOf(kits, { status, trial });
    const arm = armOf(io, state, record, options.list);
    const request = { kits, seed, number: number ?? "", administration, stock, dispensed: dispensedIn(state) };
    return { type: "dispensed", participant, administration, kit: drawKit(request, arm).code };
  };
  return recordAndShow(
    io,
    () =>
      appendToLog(io, options.log, writerOf(io, options), (log) =>
        decide({ state: log.state, events: [...log.events] }),
      ),
    (appended) => answerText(appended, options.json === true, speech),
    "Run the same command again with --administration: it answers the same kit.",
  );
}

/** The participant of an id or of a randomization number, in any spelling. */
function recordOf(state: ConductState, who: string): ParticipantRecord {
  const record =
    findParticipant(state, who) ??
    participantsOf(state).find(({ number }) => number !== undefined && foldId(number) === foldId(who));
  if (record?.number !== undefined) return record;
  if (record !== undefined) {
    return fail(
      "blinding.treatment_not_on_record",
      "WHO",
      `The log gave "${record.participant}" no number of the list.`,
    );
  }
  return fail("blinding.participant_unknown", "WHO", `The log has no participant and no number "${who}".`, {
    expected: "a participant or a randomization number of the log",
    received: who,
  });
}

/** The administration that is named. Only the first need not be: a command that is sent twice must not take a second kit. */
function administrationOf({ participant, kits = [] }: ParticipantRecord, named: string | undefined): number {
  const last = kits.at(-1);
  if (named === undefined) {
    if (last === undefined) return 1;
    const { kit, administration } = last;
    return fail(
      "cli.option_missing",
      "--administration",
      `${participant} has kit ${kit} for administration ${administration}: for which one is this kit?`,
      {
        expected: `--administration ${administration} for the same kit, ${administration + 1} for the next one`,
        received: `${participant}, who has kit ${kit}`,
      },
    );
  }
  if (/^[1-9]\d{0,3}$/u.test(named)) return Number(named);
  return fail("cli.option_invalid", "--administration", "Administrations are counted from 1.", {
    expected: "1, 2, ...",
    received: named,
  });
}

const TEXTS = {
  kit: {
    en: "kit {kit} for administration {administration} of {participant}{before}",
    zh: "药物编号 {kit}，受试者 {participant} 第 {administration} 次给药{before}",
  },
  before: { en: " (dispensed before)", zh: "（此前已发放）" },
  event: { en: "event {seq}, receipt {hash}", zh: "事件 {seq}，事件回执号 {hash}" },
} as const satisfies Texts;

function answerText({ event, warnings, wasThere }: Appended, isJson: boolean, speech: Speech): string {
  if (event.type !== "dispensed") return "";
  const { participant, administration, kit, seq, hash } = event;
  if (isJson) {
    const before = wasThere === true ? { dispensedBefore: true } : {};
    return jsonText({
      command: "dispense",
      participant,
      administration,
      kit,
      event: seq,
      receipt: hash,
      ...before,
      warnings,
    });
  }
  const say = sayIn(TEXTS, speech.language);
  return [
    say("kit", { kit, administration, participant, before: wasThere === true ? say("before") : "" }),
    `  ${say("event", { seq, hash })}`,
    ...warningLines(warnings, speech),
    "",
  ].join("\n");
}
