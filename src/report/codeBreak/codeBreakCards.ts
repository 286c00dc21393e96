import { requireFields } from "../../foundation/index.js";
import { requireMasterList, type MasterList } from "../../list/index.js";
import { codeBreakWords } from "../texts/codeBreakTexts.js";
import type { Language } from "../texts/language.js";
import type { FormField } from "./codeBreakReport.js";

/**
 * One page of a code-break card: `outside` is read before the page is opened, `inside` is folded in. Every card of a
 * list has the same lines in both parts, so that nothing but the treatment itself differs inside. UNBLINDED.
 */
export interface CodeBreakCard {
  readonly format: "allocell-code-break-card-1";
  readonly number: string;
  readonly title: string;
  readonly outside: readonly FormField[];
  readonly instructions: readonly string[];
  readonly inside: readonly FormField[];
}

/**
 * The code-break cards of a list, one a position, made one at a time. Unblinded: print, fold and close them where the
 * list itself may be seen.
 *
 * @param armTexts - what a physician reads for an arm, by arm id; an arm without a text shows its id alone
 * @throws AllocellError `report.language_unknown`
 */
export function* unblindedCodeBreakCards(
  master: MasterList,
  armTexts: Readonly<Record<string, string>> = {},
  language: Language = "en",
): Generator<CodeBreakCard, void, undefined> {
  requireMasterList(master);
  requireFields(armTexts, "a text for each arm", {});
  const { trial, part } = master.unblindedRecord().plan;
  const say = codeBreakWords(language);
  for (const { number, stratum, arm } of master.unblindedPublishedRows()) {
    const levels = stratum.map(([factor, level]) => `${factor} ${level}`).join(", ");
    yield Object.freeze({
      format: "allocell-code-break-card-1",
      number,
      title: say(`status.${master.status}`, { text: say("card.title", { number }) }),
      outside: [
        { label: say("field.trial"), text: say("value.trial", { trial, part }) },
        { label: say("field.list"), text: master.list },
        { label: say("field.number"), text: number },
        { label: say("field.stratum"), text: levels === "" ? say("value.none") : levels },
        { label: say("field.participant") },
        { label: say("field.kit") },
        { label: say("field.monitor") },
        { label: say("field.openedBy") },
        { label: say("field.openedAt") },
        { label: say("field.openedFor") },
        { label: say("field.signature") },
      ],
      instructions: [say("card.close"), say("card.open"), say("card.report")],
      inside: [
        { label: say("field.arm"), text: arm },
        { label: say("field.treatment"), text: textOf(armTexts, arm) },
      ],
    });
  }
}

function textOf(armTexts: Readonly<Record<string, string>>, arm: string): string {
  return (Object.hasOwn(armTexts, arm) ? armTexts[arm] : undefined) ?? arm;
}
