import { fail } from "../../foundation/index.js";
import {
  forceNext,
  findParticipant,
  spelledAsIn,
  replaceInLog,
  replaceNext,
  skipNext,
  type ConductBody,
  type ReadLog,
} from "../../allocation/index.js";
import {
  parseLevels,
  readDynamicBasis,
  requireBasis,
  requireUnblindedName,
  writerOf,
  type DynamicOptions,
  type WriterOptions,
} from "../conductInput.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { appendToLog, type Appended } from "../logFile.js";
import { sayIn, type Texts } from "../answers/say.js";
import { speechOf, type Speech } from "../answers/speech.js";
import { recordAndShow, warningLines } from "../recorded.js";

export interface LogRecordOptions extends CommonOptions, WriterOptions, DynamicOptions {
  readonly reason: string;
  readonly participant?: string;
  readonly stratum?: string;
  readonly trueStratum?: string;
  readonly position?: string;
  readonly arm?: string;
  readonly by?: string;
  readonly most?: string;
}

/** Which options each kind of event takes, and which of them it needs. */
const KINDS: Readonly<Record<string, { readonly needs: readonly string[]; readonly takes?: readonly string[] }>> = {
  withdrawn: { needs: ["participant"] },
  replaced: { needs: ["participant", "by"], takes: ["stratum", "plan", "seedFile", "testSeed"] },
  "ineligible-kept": { needs: ["participant"] },
  "wrong-stratum": { needs: ["participant", "trueStratum"] },
  "wrong-treatment": { needs: ["participant"], takes: ["arm"] },
  forced: { needs: ["participant", "position"], takes: ["stratum", "arm"] },
  skipped: { needs: [], takes: ["stratum"] },
  "code-broken": { needs: ["participant"] },
  "cap-set": { needs: ["stratum", "most"] },
};
const COMMON = ["reason", "actor", "at", "json"];

/** The kinds of events that `allocell log record` takes. */
export const RECORDED_KINDS: readonly string[] = Object.keys(KINDS);

/** `allocell log record LOG KIND`: records what happened to a participant, a position or a cap. */
export async function logRecord(io: Io, file: string, kind: string, options: LogRecordOptions): Promise<number> {
  checkOptions(kind, options);
  if (options.arm !== undefined) requireUnblindedName(file);
  const basis = await readDynamicBasis(io, options);
  const speech = await speechOf(io);
  return recordAndShow(
    io,
    () => appendToLog(io, file, writerOf(io, options), (log) => bodyOf(log, kind, options, basis)),
    (appended) => answerText(kind, appended, options.json === true, speech),
    "Do not record it again: `allocell log show` shows it.",
  );
}

const TEXTS = {
  event: { en: "event    {seq}", zh: "事件        {seq}" },
  receipt: { en: "receipt  {hash}", zh: "事件回执号  {hash}" },
} as const satisfies Texts;

const KINDS_ZH: Readonly<Record<string, string>> = {
  withdrawn: "已退出",
  replaced: "已替换",
  forced: "强制随机分配",
  skipped: "跳过位置",
  "wrong-stratum": "层录入错误",
  "wrong-treatment": "用药错误",
  "ineligible-kept": "不符合入选标准而保留",
  "code-broken": "已揭盲",
  "cap-set": "人数上限",
};

function answerText(kind: string, { event, warnings }: Appended, isJson: boolean, speech: Speech): string {
  const say = sayIn(TEXTS, speech.language);
  const number = "number" in event ? event.number : undefined;
  const answer = {
    command: "log record",
    type: kind,
    ...(number === undefined ? {} : { number }),
    event: event.seq,
    receipt: event.hash,
    warnings,
  };
  const what = speech.language === "zh" ? (KINDS_ZH[kind] ?? kind) : kind;
  const lines = [
    number ?? what,
    `  ${say("event", { seq: event.seq })}`,
    `  ${say("receipt", { hash: event.hash })}`,
    ...warningLines(warnings, speech),
    "",
  ];
  return isJson ? jsonText(answer) : lines.join("\n");
}

const optionName = (field: string): string => `--${field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Refuses an option that the kind does not take: what is ignored looks as if it had been recorded. */
function checkOptions(kind: string, options: LogRecordOptions): void {
  const rule = KINDS[kind];
  if (rule === undefined) {
    return fail("cli.kind_unknown", "KIND", `There is no event "${kind}" to record.`, {
      expected: RECORDED_KINDS.join(", "),
      parameters: { kind },
    });
  }
  const given: Readonly<Record<string, unknown>> = { ...options };
  const missing = rule.needs.find((field) => given[field] === undefined);
  if (missing !== undefined) {
    fail("cli.option_missing", optionName(missing), `"${kind}" needs ${rule.needs.map(optionName).join(", ")}.`, {
      parameters: { kind, needs: rule.needs.map(optionName).join(", ") },
    });
  }
  const known = [...COMMON, ...rule.needs, ...(rule.takes ?? [])];
  const surplus = Object.keys(given).find((field) => given[field] !== undefined && !known.includes(field));
  if (surplus !== undefined) {
    fail("cli.option_surplus", optionName(surplus), `"${kind}" has no ${optionName(surplus)}.`, {
      expected: [...rule.needs, ...(rule.takes ?? [])].map(optionName).join(", "),
      parameters: { kind },
    });
  }
}

type Basis = Awaited<ReturnType<typeof readDynamicBasis>>;

function bodyOf(log: ReadLog, kind: string, options: LogRecordOptions, basis: Basis): ConductBody {
  const { reason, by = "", arm } = options;
  // Read in any spelling, written in the log's.
  const old = findParticipant(log.state, options.participant ?? "");
  const given = options.participant ?? "";
  const participant = kind === "forced" ? given : spelledAsIn(log.state, given);
  const stratum = parseLevels(options.stratum ?? "", "--stratum");
  const named = arm === undefined ? {} : { arm };
  switch (kind) {
    case "replaced": {
      if (log.state.opening?.kind !== "dynamic") {
        // Without --stratum: the one in which the replaced participant was randomized.
        const own = options.stratum === undefined ? old?.stratum : undefined;
        return replaceNext(log.state, { participant, by, stratum: own ?? stratum, reason });
      }
      const request = { participant, by, stratum, reason };
      const { plan, seed } = requireBasis(basis);
      return replaceInLog(log, plan, seed, request).body;
    }
    case "wrong-stratum":
      return { type: kind, participant, trueStratum: parseLevels(options.trueStratum ?? "", "--true-stratum"), reason };
    case "wrong-treatment":
      return { type: kind, participant, ...(arm === undefined ? {} : { given: arm }), reason };
    case "forced": {
      const position = options.position ?? "";
      if (position !== "used" && position !== "skipped" && position !== "none") {
        return fail("cli.position_unknown", "--position", "What happens to the next free position is not clear.", {
          expected: "used (it is the participant's), skipped (nobody gets it) or none (it stays free)",
          received: position,
        });
      }
      return forceNext(log.state, { participant, stratum, position, reason, ...named });
    }
    case "skipped":
      return skipNext(log.state, { stratum, reason });
    case "cap-set":
      return { type: kind, stratum, most: wholeNumber(options.most ?? ""), reason };
    default:
      return { type: kind as "withdrawn", participant, reason };
  }
}

function wholeNumber(text: string): number {
  if (/^\d{1,8}$/.test(text)) return Number(text);
  return fail("cli.cap_invalid", "--most", "A cap is a whole number of participants.", {
    expected: "for example 20",
    received: text,
  });
}
