import { keysOfPath } from "../../foundation/index.js";
import {
  chineseOfDosing,
  type LocatedIssue,
  orderSections,
  readDataFile,
  RECORD_SECTIONS,
  type Section,
} from "../../cli/index.js";
import type { AssumptionUse } from "../../trial/index.js";
import { putFile } from "../platform/fs.js";
import { word } from "../texts/words.js";
import { inTurn, pageIo, unreadIssues } from "../view/commandRun.js";
import { fromData, markFaults, toData, type Draft } from "../view/draft.js";
import { changeEntries, reorderEntries } from "../view/entries.js";
import type { View } from "../view/element.js";
import { fieldAt } from "../view/fieldAt.js";
import { saveFile, type OpenedFile } from "../view/files.js";
import type { FormProps } from "../view/formView.js";
import { labelFinder } from "../view/labels.js";
import { shell } from "../view/shell.js";
import { answersSection, trialSection } from "../view/trialView.js";
import { yamlText } from "../view/yamlText.js";
import { BATCH_SECTION, batchFile, batchTab, startBatch, stopBatch, type BatchActs } from "./batchTab.js";
import { checkTab, compareFiles, type CheckActs } from "./checkTab.js";
import { computeOrder, papersOf } from "./computeOrder.js";
import {
  computeDose,
  DOSE_SECTION,
  doseTab,
  doseWarnings,
  NUMBER_SECTION,
  numberIssues,
  takeArm,
  type DoseState,
} from "./doseTab.js";
import { readOverrides, withOverrides } from "./overrides.js";
import { readPharmacyFile } from "./pharmacyFile.js";
import { warningInWords } from "./prepareResult.js";
import { prepareTab, type PrepareActs } from "./prepareTab.js";
import { computeRecord, recordTab, type RecordActs } from "./recordTab.js";
import { computeScan, SCAN_SECTION, scanTab } from "./scanTab.js";
import { newDraft, sectionsOf, trialOf, type PharmacyState, type Tab } from "./state.js";

const TABS: readonly Tab[] = ["dose", "prepare", "check", "record", "batch", "scan"];

/** The order file that the form says. */
export const orderData = ({ draft, mark }: PharmacyState): Record<string, unknown> =>
  withOverrides(toData(draft, sectionsOf(draft), mark), draft);

/** Computes what the part of the page that is shown comes to. */
async function compute(state: PharmacyState, redraw: () => void): Promise<void> {
  const { tab, mark, draft } = state;
  const assumptions = state.baked.assumptionsFile?.name;
  if (tab === "prepare") {
    const marks = markIssues(state, draft, sectionsOf(draft));
    const outcome = await computeOrder(orderData(state), assumptions);
    const at = fieldAt(sectionsOf(draft), draft);
    const found = outcome.issues.map((issue) => ({ ...issue, path: at(issue.path) }));
    const others = found.filter(({ path }) => !marks.some((own) => own.path === path));
    state.outcome = marks.length === 0 ? { ...outcome, issues: found } : { issues: [...marks, ...others] };
  } else if (tab === "dose") {
    const { draft: own, pharmacyFile } = state.dose;
    const issues = [...markIssues(state, own, [DOSE_SECTION]), ...numberIssues(state.dose, state.language)];
    const found = issues.length > 0 ? { issues } : await computeDose(own, mark, assumptions);
    state.dose = { draft: own, ...(pharmacyFile === undefined ? {} : { pharmacyFile }), ...found };
  } else if (tab === "check") state.check = await compareFiles(state.check, assumptions);
  else if (tab === "batch") startBatch(state.batch, state.baked, redraw);
  else if (tab === "scan") state.scan = await computeScan(state.scan, assumptions);
  else {
    const { draft: own, earlier, orders } = state.record;
    const issues = markIssues(state, own, RECORD_SECTIONS);
    state.record =
      issues.length > 0
        ? { draft: own, earlier, orders, issues }
        : await computeRecord(state.record, mark, assumptions);
  }
}

/** After a fault of the program: no result may stay beside fields from which it does not follow. */
function dropResults(state: PharmacyState, issues: readonly LocatedIssue[]): void {
  state.outcome = { issues };
  for (const part of ["dose", "check", "record", "scan"] as const)
    Object.assign(state[part], { prescription: undefined, answer: undefined, issues });
}

/** The form that is shown with its faults; the second check has none of its own. */
function ownOf({ tab, draft, outcome, dose, record, batch, scan }: PharmacyState): Pick<DoseState, "draft" | "issues"> {
  if (tab === "dose") return dose;
  if (tab === "record") return record;
  if (tab === "batch") return batch;
  return tab === "scan" ? scan : { draft, issues: outcome.issues };
}

/** The view of the pharmacy; `redraw` is called after each change. */
export function pharmacyPage(state: PharmacyState, stated: ReadonlySet<string>, redraw: () => void): () => View {
  const recompute = (): void => {
    redraw();
    void inTurn(async () => {
      try {
        await compute(state, redraw);
      } catch (error) {
        dropResults(state, [{ code: "page.task_failed", path: "", message: String(error) }]);
      }
      redraw();
    });
  };
  const acts = prepareActs(state, recompute, redraw);
  void Promise.resolve().then(recompute);
  return () => frame(state, contentOf(state, stated, acts, recompute, redraw), recompute);
}

const USES: readonly AssumptionUse[] = ["dose", "preparation"];

function contentOf(
  state: PharmacyState,
  stated: ReadonlySet<string>,
  acts: PrepareActs,
  recompute: () => void,
  redraw: () => void,
): View {
  const { tab, language } = state;
  const labelOf = labelFinder(
    [...orderSections(1), DOSE_SECTION, NUMBER_SECTION, ...RECORD_SECTIONS, BATCH_SECTION, SCAN_SECTION],
    language,
  );
  if (tab === "check") return checkTab(state.check, language, checkActs(state, acts, recompute));
  const { draft } = ownOf(state);
  const props = formProps(state, draft, recompute);
  if (tab === "scan") {
    return scanTab(state.scan, props, labelOf, (order) => {
      state.scan = { ...state.scan, order };
      recompute();
    });
  }
  if (tab === "batch") return batchTab(state.batch, props, batchActs(state, recompute), labelOf);
  if (tab === "record") return recordTab(state.record, props, recordActs(state, recompute), labelOf);
  const trial = trialOf(state, draft);
  const into =
    (texts: Map<string, string>) =>
    (key: string, typed: string): void => {
      texts.set(key, typed);
      state.isChanged = true;
      recompute();
    };
  const isDose = tab === "dose";
  const sections = [
    trialSection(props, trial, state.baked),
    isDose
      ? answersSection(props, trial, USES.slice(0, 1), stated, into(draft.answers))
      : answersSection(props, trial, USES, stated, into(draft.answers), into(draft.reasons)),
  ];
  return isDose
    ? doseTab(state.dose, props, sections, labelOf, (files) => {
        openPharmacyFile(state, files, recompute, redraw);
      })
    : prepareTab(state, props, sections, acts, labelOf);
}

function checkActs(state: PharmacyState, acts: PrepareActs, recompute: () => void): CheckActs {
  return {
    onFile: (which, file) => {
      state.check = { ...state.check, [which]: file };
      recompute();
    },
    onBlank: () => {
      state.tab = "prepare";
      acts.onNew();
    },
  };
}

function batchActs(state: PharmacyState, recompute: () => void): BatchActs {
  return {
    onFiles: (files) => {
      Object.assign(state.batch, files);
      recompute();
    },
    onStop: () => {
      stopBatch(state.batch);
      recompute();
    },
    onAgain: () => {
      delete state.batch.task;
      recompute();
    },
    onSave: (form) => {
      void batchFile(state.batch, form).then((bytes) => {
        const name = (state.batch.rows?.name ?? "").replace(/\.\w+$/u, "");
        const type = form === "csv" ? "text/csv" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        if (bytes !== undefined) saveFile(`${name}.UNBLINDED.${form}`, bytes, type);
      });
    },
  };
}

function recordActs(state: PharmacyState, recompute: () => void): RecordActs {
  return {
    onFiles: (which, files) => {
      state.record = { ...state.record, [which]: files };
      recompute();
    },
    onSave: () => {
      const data = toData(state.record.draft, RECORD_SECTIONS, state.mark);
      const number = state.record.draft.texts.get("number") ?? "";
      saveFile(`record.${number}.yaml`, yamlText(data), "application/yaml");
      state.isChanged = false;
    },
  };
}

function markIssues(
  { mark, language }: PharmacyState,
  draft: Draft,
  sections: readonly Section[],
): readonly LocatedIssue[] {
  const message = word(language, "fault.other-mark");
  return markFaults(draft, sections, mark).map((path) => ({ code: "page.decimal_mark", path, message }));
}

function frame(state: PharmacyState, content: View, recompute: () => void): View {
  const { trial, trialFile, assumptionsFile } = state.baked;
  const madeFor = [trialFile === undefined ? trial : state.ownTrial?.id, assumptionsFile?.name];
  const named = madeFor.filter((name) => name !== undefined);
  return shell(
    {
      language: state.language,
      title: "page.pharmacy",
      tabs: TABS,
      tab: state.tab,
      mark: state.mark,
      madeFor: named.length === 0 ? undefined : named.join(", "),
      scriptSha256: state.scriptSha256,
      onTab: (tab) => {
        state.tab = tab;
        recompute();
      },
      onLanguage: (language) => {
        state.language = language;
        state.shownPaper = undefined;
        recompute();
      },
      onMark: (mark) => {
        state.mark = mark;
        recompute();
      },
    },
    content,
  );
}

function formProps(state: PharmacyState, draft: Draft, recompute: () => void): FormProps {
  const { language, mark, tab, outcome } = state;
  return {
    language,
    mark,
    draft,
    issues: ownOf(state).issues,
    chineseOf: chineseOfDosing,
    warnings: warningsAtFields(state),
    standsFor: (path) => (tab === "prepare" ? statedAt(outcome.preparation?.order, path) : undefined),
    onType: (path, typed) => {
      draft.texts.set(path, typed);
      if (path === "--number") takeArm(state.dose, nameOfTrial(state));
      state.isChanged = true;
      recompute();
    },
    onEntries: (path, count, removed) => {
      changeEntries(draft, path, count, removed);
      state.isChanged = true;
      recompute();
    },
  };
}

/** What is open of an order, at the fields of which it speaks. */
function warningsAtFields({ tab, draft, dose, outcome, language }: PharmacyState): NonNullable<FormProps["warnings"]> {
  const { preparation } = outcome;
  if (tab === "dose") return doseWarnings(dose, language);
  if (tab !== "prepare" || preparation === undefined) return [];
  const at = fieldAt(sectionsOf(draft), draft);
  return preparation.warnings
    .filter(({ override }) => override === undefined)
    .map((own) => ({ path: at(`order.${own.path}`), text: warningInWords(language, own, preparation.unitKind) }));
}

/** The value of a field of the order as it was completed from the trial's answers. */
function statedAt(order: unknown, path: string): string | undefined {
  let here: unknown = order;
  for (const key of keysOfPath(path).slice(1)) here = (here as Readonly<Record<string, unknown>> | undefined)?.[key];
  return typeof here === "string" || typeof here === "number" ? String(here) : undefined;
}

/** How the form names a trial: one of the page's own by its file. */
const nameOfTrial =
  ({ ownTrial, baked }: PharmacyState) =>
  (trial: string): string =>
    trial === ownTrial?.id ? (baked.trialFile?.name ?? trial) : trial;

function openPharmacyFile(
  state: PharmacyState,
  [file]: readonly OpenedFile[],
  recompute: () => void,
  redraw: () => void,
): void {
  if (file === undefined) return;
  try {
    state.dose.pharmacyFile = readPharmacyFile(file);
    takeArm(state.dose, nameOfTrial(state));
    recompute();
  } catch (error) {
    state.dose = { ...state.dose, issues: unreadIssues(error) };
    redraw();
  }
}

/** Whether work that was not saved may be dropped. */
const mayDrop = (state: PharmacyState): boolean => !state.isChanged || window.confirm(word(state.language, "act.lose"));

function prepareActs(state: PharmacyState, recompute: () => void, redraw: () => void): PrepareActs {
  const take = (draft: Draft): void => {
    state.draft = draft;
    state.isChanged = false;
    state.fileIssues = [];
    state.outcome = { issues: [] };
    recompute();
  };
  return {
    onNew: () => {
      if (mayDrop(state)) take(newDraft(state.baked));
    },
    onOpen: ([file]) => {
      if (file === undefined || !mayDrop(state)) return;
      void openOrder(file, state).then((draft) => {
        if (draft === undefined) redraw();
        else take(draft);
      });
    },
    onSave: (form) => {
      if (markIssues(state, state.draft, sectionsOf(state.draft)).length > 0) return;
      const data = orderData(state);
      const text = form === "yaml" ? yamlText(data) : `${JSON.stringify(data, null, 2)}\n`;
      saveFile(`${orderName(state)}.${form}`, text, form === "yaml" ? "application/yaml" : "application/json");
      state.isChanged = false;
      redraw();
    },
    onSortLots: (lots) => {
      sortLots(state.draft, lots);
      state.isChanged = true;
      recompute();
    },
    onPapers: () => {
      void inTurn(async () => {
        const made = await papersOf(orderData(state), state.baked.assumptionsFile?.name, state.language);
        state.papers = made.papers;
        state.outcome = made.issues.length === 0 ? state.outcome : { issues: made.issues };
        state.shownPaper = made.papers.find(({ name }) => !name.includes("UNBLINDED"))?.name ?? made.papers[0]?.name;
        redraw();
      });
    },
    onShowPaper: (name) => {
      state.shownPaper = name;
      redraw();
    },
    onRemoved: recompute,
  };
}

function orderName({ draft }: PharmacyState): string {
  const parts = ["subject", "kit"].map((name) => draft.texts.get(`order.identification.${name}`) ?? "");
  const named = parts.filter((part) => part !== "").join(".");
  return named === "" ? "order" : `order.${named.replace(/[^\p{L}\p{N}._-]+/gu, "_")}`;
}

/** First expiring first; lots without a date stay last. */
export function sortLots(draft: Draft, lots: string): void {
  const expiry = (entry: number): string => draft.texts.get(`${lots}.${entry}.expiresOn`) ?? "9";
  const count = draft.entries.get(lots) ?? 0;
  const order = Array.from({ length: count }, (_, entry) => entry);
  reorderEntries(
    draft,
    lots,
    order.sort((a, b) => (expiry(a) < expiry(b) ? -1 : expiry(a) > expiry(b) ? 1 : a - b)),
  );
}

/** How many further components a file has. */
function componentsIn(data: unknown): number {
  const { order } = (data ?? {}) as { readonly order?: { readonly then?: unknown } | null };
  return Array.isArray(order?.then) ? order.then.length : 0;
}

/** The form that a file fills; its faults are shown, and the form stays as it was. */
function openOrder(file: OpenedFile, state: PharmacyState): Promise<Draft | undefined> {
  return inTurn(async () => {
    const name = /\.json$/iu.test(file.name) ? "opened.json" : "opened.yaml";
    putFile(`/${name}`, file.bytes);
    try {
      const { data } = await readDataFile(pageIo(), name);
      const draft = fromData(data, orderSections(componentsIn(data)), state.mark);
      readOverrides(draft);
      return draft;
    } catch (error) {
      state.fileIssues = unreadIssues(error);
      return undefined;
    }
  });
}
