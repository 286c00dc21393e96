import { requireFields } from "../../foundation/index.js";
import { requireMasterList } from "../../list/index.js";
import type { MasterList } from "../../list/index.js";
import type { FormField } from "./codeBreakText.js";

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
 */
export function* unblindedCodeBreakCards(
  master: MasterList,
  armTexts: Readonly<Record<string, string>> = {},
): Generator<CodeBreakCard, void, undefined> {
  requireMasterList(master);
  requireFields(armTexts, "a text for each arm", {});
  const { plan } = master.unblindedRecord();
  for (const { number, stratum, arm } of master.unblindedPublishedRows()) {
    const levels = stratum.map(([factor, level]) => `${factor} ${level}`).join(", ");
    yield Object.freeze({
      format: "allocell-code-break-card-1",
      number,
      title: `${master.status === "TEST" ? "TEST " : ""}CODE-BREAK CARD ${number}`,
      outside: [
        { label: "Trial", text: `${plan.trial}, part ${plan.part}` },
        { label: "List", text: master.list },
        { label: "Randomization number", text: number },
        { label: "Stratum", text: levels === "" ? "none" : levels },
        { label: "Participant" },
        { label: "Opened by" },
        { label: "Date and time" },
        { label: "Reason" },
        { label: "Signature" },
      ],
      instructions: [
        "Fold at the line and close with tamper-evident tape. The text must not be readable against light.",
        "Open only where the treatment of this participant must be known. Fill in the lines above first.",
        "Opening this card opens no other. Report it to the sponsor at once.",
      ],
      inside: [
        { label: "Allocated arm", text: arm },
        { label: "Treatment", text: textOf(armTexts, arm) },
      ],
    });
  }
}

function textOf(armTexts: Readonly<Record<string, string>>, arm: string): string {
  return (Object.hasOwn(armTexts, arm) ? armTexts[arm] : undefined) ?? arm;
}
