import type { ArmVerdict, ChoiceCharacteristics, ChoiceProposal, ChoiceRule } from "../../escalation/index.js";
import type { ReportTable } from "../assessment/assessmentTables.js";
import { sayIn, type Say } from "../texts/escalationTexts.js";
import type { Language } from "../texts/language.js";

/** What a choice of the dose says, for a terminal or a document. UNBLINDED: it names arms and their counts. */
export interface ChoiceText {
  /** What the rule is, and what it proposes. */
  readonly lines: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly closing: string;
}

/** The proposal and the behaviour of a rule that chooses a dose, in words and tables. UNBLINDED. */
export function choiceText(
  rule: ChoiceRule,
  proposal: ChoiceProposal | undefined,
  behaves: ChoiceCharacteristics | undefined,
  language: Language = "en",
): ChoiceText {
  const say = sayIn(language);
  const { trial, part, endpoint, counted, tie } = rule;
  return {
    lines: [
      say("choice.title", { trial, part }),
      `  ${say("choice.endpoint", { endpoint, counted: say(`choice.counted.${counted}`) })}`,
      `  ${say("choice.ties", { tie: say(`choice.tie.${tie}`) })}`,
      ...(proposal === undefined
        ? []
        : [
            say("choice.proposed", { arm: proposal.proposed ?? say("choice.none") }),
            `  ${say(`choice.reason.${proposal.reason}`, { arms: proposal.best.join(", ") })}`,
          ]),
    ],
    tables: [
      ...(proposal === undefined ? [] : [armTable(say, rule, proposal)]),
      ...(behaves === undefined ? [] : [behaviourTable(say, behaves)]),
    ],
    closing: say("choice.proposal"),
  };
}

function armTable(say: Say, rule: ChoiceRule, { arms }: ChoiceProposal): ReportTable {
  const why = ({ reason, events = 0, n }: ArmVerdict): string => {
    const limit = reason === "share" ? rule.leastShare : rule.marginOverComparator;
    return say(`choice.arm.${reason}`, { events, n, limit });
  };
  return {
    title: say("choice.arms"),
    columns: [
      say("choice.column.arm"),
      say("choice.column.responders"),
      say("choice.column.of"),
      say("choice.column.share"),
      say("choice.column.events"),
      say("choice.column.note"),
    ],
    rows: arms.map((own) => {
      const { arm, n, responders, share, events } = own;
      return [arm, String(responders), String(n), share, events === undefined ? "" : String(events), why(own)];
    }),
  };
}

function behaviourTable(say: Say, { chosen, none, best, tie }: ChoiceCharacteristics): ReportTable {
  const p = ({ value }: { readonly value: number }): string => value.toFixed(4);
  return {
    title: say("choice.behaves"),
    columns: [say("choice.event"), say("choice.probability")],
    rows: [
      ...chosen.map(({ arm, probability }) => [say("choice.pChosen", { arm }), p(probability)]),
      [say("choice.pNone"), p(none)],
      [say("choice.pBest", { arms: best.arms.join(", ") }), p(best.probability)],
      [say("choice.pTie"), p(tie)],
    ],
  };
}
