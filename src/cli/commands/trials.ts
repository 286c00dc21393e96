import {
  isOpen,
  toAdministrationsText,
  type Administrations,
  type Arm,
  type Assumption,
  type AssumptionUse,
  type DoseRule,
  type Trial,
} from "../../trial/index.js";
import { formatDose } from "../../quantity/index.js";
import { TRIALS } from "../../trials/index.js";
import { jsonText, type CommonOptions, type Io } from "../io.js";
import { countIn, padTo, sayIn, wrapIn, type Say, type Texts } from "../answers/say.js";
import { assumptionText, countText, type Language } from "../../report/index.js";
import { textTable } from "../textTable.js";
import { readTrial } from "../trialInput.js";

/** `allocell trials [TRIAL]`: the built-in trials, or one trial with everything that its sources leave open. */
export async function trials(io: Io, idOrFile: string | undefined, options: CommonOptions): Promise<number> {
  const { language = "en" } = io;
  if (idOrFile === undefined) {
    await io.stdout.write(options.json === true ? jsonText(trialsAnswer()) : trialsText(language));
    return 0;
  }
  const trial = await readTrial(io, idOrFile);
  await io.stdout.write(options.json === true ? jsonText({ command: "trials", trial }) : trialText(trial, language));
  return 0;
}

function trialsAnswer(): object {
  return {
    command: "trials",
    trials: TRIALS.map((trial) => ({
      id: trial.id,
      title: trial.title,
      phases: trial.phases ?? [],
      participants: trial.enrolment.count,
      allocation: trial.allocation,
      masking: trial.masking.level,
      parts: trial.parts.map(({ id }) => id),
      arms: trial.arms.map((arm) => ({ id: arm.id, open: isOpen(arm) })),
      openAssumptions: trial.assumptions.length,
      contradictions: trial.contradictions.length,
    })),
  };
}

const TEXTS = {
  trial: { en: "trial", zh: "试验" },
  condition: { en: "condition", zh: "疾病" },
  phase: { en: "phase", zh: "分期" },
  count: { en: "N", zh: "例数" },
  masking: { en: "masking", zh: "盲法" },
  arms: { en: "arms", zh: "组别" },
  open: { en: "open", zh: "待定" },
  legend: {
    en: "(arm): closed until a decision opens it.  open: what the sources do not say and you must.",
    zh: "（组别）：在决定启用之前不开放。待定：资料未载明、须由您说明的事项数。",
  },
  next: { en: "Next: {command}", zh: "下一步：{command}" },
  closedArm: { en: "({arm})", zh: "（{arm}）" },
  notStated: { en: "not stated", zh: "未载明" },
  earlyPhase: { en: "early-1", zh: "早期 1" },
  anyWeight: { en: "{dose}, any weight", zh: "{dose}，与体重无关" },
  perM2: { en: "{dose} by {formula}, to {m2} m²", zh: "{dose}（公式 {formula}，修约至 {m2} m²）" },
  placebo: { en: "placebo, equal amount{composition}", zh: "等量安慰剂{composition}" },
  placeboOf: { en: " of {composition}", zh: "（{composition}）" },
  nothing: { en: "nothing is given", zh: "不给药" },
  tentatively: { en: "tentatively {text}", zh: "暂定 {text}" },
  times: { en: "{count} every {days} days", zh: "{count} 次，间隔 {days} 天" },
  once: { en: "{count}", zh: "{count} 次" },
  "head.trial": { en: "Trial", zh: "试验" },
  "head.sponsor": { en: "Sponsor", zh: "申办者" },
  "head.condition": { en: "Condition", zh: "疾病" },
  "head.phase": { en: "Phase", zh: "分期" },
  "head.participants": { en: "Participants", zh: "受试者数" },
  "head.allocation": { en: "Allocation", zh: "分配" },
  "head.masking": { en: "Masking", zh: "盲法" },
  titleOf: { en: "{id}: {title}", zh: "{id}：{title}" },
  about: { en: "about {count}", zh: "约 {count}" },
  two: { en: "{first}, {second}", zh: "{first}，{second}" },
  maskedOf: { en: "{level}; {who}", zh: "{level}；{who}" },
  whoUnstated: { en: "who is masked is not stated", zh: "未载明谁处于盲态" },
  parts: { en: "Parts", zh: "试验部分" },
  part: { en: "part", zh: "部分" },
  kind: { en: "kind", zh: "类型" },
  size: { en: "size", zh: "例数" },
  armsTitle: { en: "Arms", zh: "组别" },
  arm: { en: "arm", zh: "组别" },
  administrations: { en: "administrations", zh: "给药次数" },
  dose: { en: "dose", zh: "剂量" },
  isOpen: { en: "open", zh: "开放" },
  isClosed: { en: "CLOSED", zh: "未开放" },
  waits: { en: "{arm} is closed; it waits for {awaiting}.", zh: "{arm} 尚未开放；等待：{awaiting}。" },
  contradictions: { en: "Contradictions in the sources ({count})", zh: "资料中的矛盾（{count} 处）" },
  none: { en: "none", zh: "无" },
  contradiction: {
    en: "{statement} Bears on: {bearsOn}.{settled} [{sources}]",
    zh: "{statement} 涉及：{bearsOn}。{settled}［{sources}］",
  },
  settled: { en: " Settled: {settled}.", zh: "已澄清：{settled}。" },
  sources: { en: "Sources", zh: "资料来源" },
  openTitle: {
    en: "What the sources do not say ({assumptions}; hints are never used by themselves)",
    zh: "资料未载明的事项（{assumptions}；提示从不自行采用；问题为资料原文语言）",
  },
  also: { en: " (also for: {uses})", zh: "（亦用于：{uses}）" },
  answeredBy: { en: "  answered by {by}", zh: "  由 {by} 回答" },
  thePlans: { en: "the plan's {field}", zh: "随机化方案的 {field}" },
  named: { en: "{key}", zh: "{key}（{name}）" },
  hint: { en: "hint: ", zh: "提示：" },
  "use.list": { en: "To randomize (allocell list)", zh: "用于随机化（allocell list）" },
  "use.dose": { en: "To dose (allocell dose)", zh: "用于计算剂量（allocell dose）" },
  "use.preparation": { en: "To prepare the product", zh: "用于配制" },
  "use.schedule": { en: "To plan visits", zh: "用于安排访视" },
  "use.escalation": { en: "To escalate or choose a dose", zh: "用于剂量递增或选择剂量" },
  "use.blinding": { en: "To blind", zh: "用于设盲" },
  "use.record": { en: "To record deviations", zh: "用于记录偏差" },
} as const satisfies Texts;

type SayOfTrials = Say<typeof TEXTS>;

/** Words of a registry in Chinese; one that is not here stays as it is. */
const WORDS_ZH: Readonly<Record<string, string>> = {
  none: "不设盲",
  single: "单盲",
  double: "双盲",
  triple: "三盲",
  quadruple: "四盲",
  randomized: "随机",
  "non-randomized": "非随机",
  "not-applicable": "不适用",
  open: "开放",
  "single-group": "单组",
  parallel: "平行",
  crossover: "交叉",
  factorial: "析因",
  sequential: "序贯",
  participant: "受试者",
  "care-provider": "医护人员",
  investigator: "研究者",
  "outcomes-assessor": "结局评价者",
};
const wordIn = (language: Language, word: string): string => (language === "zh" ? (WORDS_ZH[word] ?? word) : word);

function phaseText({ phases }: Trial, say: SayOfTrials): string {
  const short = (phase: string): string =>
    phase === "early-phase-1" ? say("earlyPhase") : phase.replace("phase-", "");
  return phases?.map(short).join("/") ?? say("notStated");
}

function trialsText(language: Language): string {
  const say = sayIn(TEXTS, language);
  const rows = TRIALS.map((trial) => [
    trial.id,
    trial.conditions[0] ?? "",
    phaseText(trial, say),
    String(trial.enrolment.count),
    wordIn(language, trial.masking.level),
    trial.arms.map((arm) => (isOpen(arm) ? arm.id : say("closedArm", { arm: arm.id }))).join(" "),
    String(trial.assumptions.length),
  ]);
  const titles = [say("trial"), say("condition"), say("phase"), say("count"), say("masking"), say("arms"), say("open")];
  return [
    textTable(titles, rows, "").trimEnd(),
    "",
    say("legend"),
    say("next", { command: "allocell trials NCT07041801" }),
    "",
  ].join("\n");
}

/** What a dose is for each kg, for each m² or in all. */
function amountText(rule: Extract<DoseRule, { readonly amount: string }>, language: Language): string {
  const per = rule.kind === "per-kg" ? "/kg" : rule.kind === "per-m2" ? "/m²" : "";
  return language === "zh" ? countText("zh", rule, per) : formatDose(rule).words;
}

function ruleText(rule: DoseRule | undefined, say: SayOfTrials, language: Language): string {
  if (rule === undefined) return say("notStated");
  switch (rule.kind) {
    case "per-kg":
      return amountText(rule, language);
    case "per-m2": {
      const { formula, roundedToM2: m2 } = rule.surface;
      return say("perM2", { dose: amountText(rule, language), formula, m2 });
    }
    case "flat":
      return say("anyWeight", { dose: amountText(rule, language) });
    case "equal-amount-placebo": {
      const { composition } = rule;
      return say("placebo", { composition: composition === undefined ? "" : say("placeboOf", { composition }) });
    }
    case "none":
      return say("nothing");
    case "deferred":
      return say("tentatively", { text: ruleText(rule.tentative, say, language) });
  }
}

function oftenText({ administrations, dose }: Arm, say: SayOfTrials, language: Language): string {
  const often = (stated: Administrations): string => {
    const { count, intervalDays: days } = stated;
    if (language === "en") return toAdministrationsText(stated);
    return days === undefined ? say("once", { count }) : say("times", { count, days });
  };
  if (administrations !== undefined) return often(administrations);
  if (dose?.kind === "deferred" && dose.tentativeAdministrations !== undefined) {
    return say("tentatively", { text: often(dose.tentativeAdministrations) });
  }
  return say("notStated");
}

const USES: readonly AssumptionUse[] = [
  ...(["list", "dose", "preparation", "schedule", "escalation", "blinding", "record"] as const),
];

function headLines(trial: Trial, say: SayOfTrials, language: Language): readonly string[] {
  const { masking, enrolment, conditions } = trial;
  const head = (name: keyof typeof TEXTS, text: string): readonly string[] =>
    wrapIn(language)(text, `${padTo(say(name), 13)} `, 100);
  const said = (word: string): string => wordIn(language, word);
  const who =
    masking.who === undefined ? say("whoUnstated") : masking.who.map(said).join(language === "zh" ? "、" : ", ");
  const { count } = enrolment;
  return [
    ...head("head.trial", say("titleOf", { id: trial.id, title: trial.title })),
    ...head("head.sponsor", trial.sponsor.name),
    ...head("head.condition", conditions.join(language === "zh" ? "；" : "; ")),
    ...head("head.phase", phaseText(trial, say)),
    ...head("head.participants", enrolment.approximate === true ? say("about", { count }) : String(count)),
    ...head("head.allocation", say("two", { first: said(trial.allocation), second: said(trial.model) })),
    ...head("head.masking", say("maskedOf", { level: said(masking.level), who })),
  ];
}

function trialText(trial: Trial, language: Language): string {
  const say = sayIn(TEXTS, language);
  const wrap = wrapIn(language);
  const { parts, arms, contradictions } = trial;
  const comma = language === "zh" ? "、" : ", ";
  return [
    ...headLines(trial, say, language),
    "",
    say("parts"),
    textTable(
      [say("part"), say("kind"), say("size"), say("masking"), say("arms")],
      parts.map((part) => [
        part.id,
        wordIn(language, part.kind),
        part.size === undefined ? say("notStated") : String(part.size),
        wordIn(language, part.masking.level),
        part.arms.join(" "),
      ]),
    ).trimEnd(),
    "",
    say("armsTitle"),
    textTable(
      [say("arm"), "", say("administrations"), say("dose")],
      arms.map((arm) => [
        arm.id,
        say(isOpen(arm) ? "isOpen" : "isClosed"),
        oftenText(arm, say, language),
        ruleText(arm.dose, say, language),
      ]),
    ).trimEnd(),
    ...arms.flatMap(({ id, dose }) =>
      dose?.kind === "deferred" ? wrap(say("waits", { arm: id, awaiting: dose.awaiting }), "  ", 100) : [],
    ),
    ...assumptionLines(trial, say, language),
    "",
    say("contradictions", { count: contradictions.length }),
    ...(contradictions.length === 0 ? [`  ${say("none")}`] : []),
    ...contradictions.flatMap(({ statement, bearsOn, sources, settled }) =>
      wrap(
        say("contradiction", {
          statement,
          bearsOn: bearsOn.join(comma),
          settled: settled === undefined ? "" : say("settled", { settled }),
          sources: sources.join(comma),
        }),
        "  - ",
        100,
      ),
    ),
    "",
    say("sources"),
    ...trial.sources.flatMap(({ id, citation }) => wrap(citation, `  [${id}] `, 100)),
    "",
  ].join("\n");
}

/** Each question under the first use that waits for it, so that none is asked twice. */
function assumptionLines({ assumptions }: Trial, say: SayOfTrials, language: Language): readonly string[] {
  const count = countIn(language, assumptions.length, "open assumption", "项待定假设");
  const byUse = USES.flatMap((use) => {
    const here = assumptions.filter(({ neededFor }) => neededFor[0] === use);
    if (here.length === 0) return [];
    return [`  ${say(`use.${use}`)}`, ...here.flatMap((assumption) => questionLines(assumption, say, language))];
  });
  return ["", say("openTitle", { assumptions: count }), ...byUse];
}

function questionLines(
  { key, question, answeredBy, hint, neededFor: [, ...others] }: Assumption,
  say: SayOfTrials,
  language: Language,
): readonly string[] {
  const wrap = wrapIn(language);
  const uses = language === "zh" ? others.map((other) => say(`use.${other}`)).join("；") : others.join(", ");
  const also = others.length > 0 ? say("also", { uses }) : "";
  const field = answeredBy?.startsWith("plan.") === true ? answeredBy.slice("plan.".length) : undefined;
  const by = field === undefined ? answeredBy : say("thePlans", { field });
  const name = assumptionNameIn(language, key);
  const named = name === key ? key : say("named", { key, name });
  return [
    `    ${named}${by === undefined ? "" : say("answeredBy", { by })}`,
    ...wrap(`${question}${also}`, "      ", 100),
    ...(hint === undefined ? [] : wrap(hint, `      ${say("hint")}`, 100)),
  ];
}

/** The name of an assumption in a language; in English its key. */
const assumptionNameIn = (language: Language, key: string): string =>
  assumptionText(language, key, "").replace(/ = $/u, "");
