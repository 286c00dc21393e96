import { orderSections, type LocatedIssue, type Section } from "../../cli/index.js";
import type { Preparation } from "../../dose/index.js";
import type { Language } from "../../report/index.js";
import type { Trial } from "../../trial/index.js";
import { TRIALS } from "../../trials/index.js";
import type { Baked } from "../view/baked.js";
import { emptyDraft, type DecimalMark, type Draft } from "../view/draft.js";
import type { BatchState } from "./batchTab.js";
import type { CheckState } from "./checkTab.js";
import type { DoseState } from "./doseTab.js";
import type { RecordState } from "./recordTab.js";
import type { ScanState } from "./scanTab.js";

export type Tab = "dose" | "prepare" | "check" | "record" | "batch" | "scan";

/** A document as the command would write it. */
export interface PaperFile {
  readonly name: string;
  readonly html: string;
}

/** What the form comes to. */
export interface Outcome {
  readonly preparation?: Preparation;
  readonly issues: readonly LocatedIssue[];
}

/** Everything that the page knows. It is in no storage, and gone when the page is closed. */
export interface PharmacyState {
  language: Language;
  mark: DecimalMark;
  tab: Tab;
  draft: Draft;
  /** Typed since the form was opened or saved. */
  isChanged: boolean;
  outcome: Outcome;
  papers: readonly PaperFile[];
  /** Name of the document that is looked at. */
  shownPaper: string | undefined;
  /** Faults of a file that could not be opened. */
  fileIssues: readonly LocatedIssue[];
  dose: DoseState;
  check: CheckState;
  record: RecordState;
  batch: BatchState;
  scan: ScanState;
  scriptSha256: string;
  readonly baked: Baked;
  /** A trial that is not built in, from the page. */
  readonly ownTrial: Trial | undefined;
}

export function initialState(baked: Baked, ownTrial: Trial | undefined): PharmacyState {
  return {
    language: baked.language ?? "en",
    mark: "point",
    tab: "prepare",
    draft: newDraft(baked),
    isChanged: false,
    outcome: { issues: [] },
    papers: [],
    shownPaper: undefined,
    fileIssues: [],
    dose: { draft: newDraft(baked), issues: [] },
    check: { issues: [] },
    record: { draft: emptyDraft(), earlier: [], orders: [], issues: [] },
    batch: { draft: emptyDraft(), issues: [] },
    scan: { draft: emptyDraft(), issues: [] },
    scriptSha256: "",
    baked,
    ownTrial,
  };
}

/** The sections of an order's form: those of each further component too. */
export const sectionsOf = ({ entries }: Draft): readonly Section[] => orderSections(entries.get("order.then") ?? 0);

/** An empty form; nothing is in it but the trial that the page is for. */
export function newDraft(baked: Baked): Draft {
  const draft = emptyDraft();
  const trial = baked.trialFile?.name ?? baked.trial;
  if (trial !== undefined) {
    draft.texts.set("trial", trial);
    draft.texts.set("order.dose.from", "trial");
  }
  return draft;
}

/** The trial that a form names, if the page knows it. */
export function trialOf({ baked, ownTrial }: PharmacyState, draft: Draft): Trial | undefined {
  const name = draft.texts.get("trial") ?? "";
  return name !== "" && name === baked.trialFile?.name ? ownTrial : TRIALS.find(({ id }) => id === name);
}
