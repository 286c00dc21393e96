import type { Suggestion, SuggestProgress } from "../../assessment/index.js";
import { type LocatedIssue, planSections } from "../../cli/index.js";
import type { Issue } from "../../foundation/index.js";
import type { Language } from "../../report/index.js";
import type { Trial } from "../../trial/index.js";
import { TRIALS } from "../../trials/index.js";
import type { Baked } from "../view/baked.js";
import { emptyDraft, toData, type Draft } from "../view/draft.js";
import type { OpenedFile } from "../view/files.js";
import { yamlText } from "../view/yamlText.js";
import { NOTHING_EXPORTED, type Exported } from "./exportPart.js";
import type { PlanPapers } from "./planPapers.js";

export type Tab = "design" | "list" | "verify";

/** What is being computed, since when, and how far it has come where that is known. */
export interface Running {
  readonly cancel: () => void;
  readonly since: number;
  progress?: SuggestProgress;
}

export interface Suggested {
  readonly suggestions: readonly Suggestion[];
}

export interface DesignState {
  readonly draft: Draft;
  answer?: Suggested;
  /** Rank of the design that the figures show; the recommended one where nobody chose. */
  shown?: number;
  /** The comparison that follows when nobody types. */
  soon?: ReturnType<typeof setTimeout>;
  issues: readonly LocatedIssue[];
}

/** The answer of the command `list`. */
export interface ListAnswer {
  readonly list: string;
  readonly status: "LIVE" | "TEST";
  readonly rows: number;
  readonly algorithm: string;
  readonly balance: readonly {
    readonly stratum: Readonly<Record<string, string>>;
    readonly rows: number;
    readonly counts: Readonly<Record<string, number>>;
    readonly imbalance: number;
  }[];
  readonly warnings: readonly Issue[];
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
}

export interface ListState {
  draft: Draft;
  /** The same plan as YAML; while it cannot be read, what was typed. */
  yaml: string;
  yamlIssues: readonly LocatedIssue[];
  /** Bytes of the seed file of a live list; in no other place. */
  seedFile?: Uint8Array;
  isSeedSaved: boolean;
  isSeedShown: boolean;
  testSeed: string;
  by: string;
  answer?: ListAnswer;
  written: Readonly<Record<string, Uint8Array>>;
  exported: Exported;
  papers: PlanPapers;
  issues: readonly LocatedIssue[];
}

export interface VerifyState {
  files: readonly OpenedFile[];
  seedFile?: OpenedFile;
  testSeed: string;
  commitment?: OpenedFile;
  proof?: OpenedFile;
  answer?: { readonly isRight: boolean; readonly data: Readonly<Record<string, unknown>> };
  issues: readonly LocatedIssue[];
}

/** Everything that the page knows. It is in no storage, and gone when the page is closed. */
export interface StatisticsState {
  language: Language;
  tab: Tab;
  isChanged: boolean;
  running?: Running;
  design: DesignState;
  list: ListState;
  verify: VerifyState;
  scriptSha256: string;
  readonly baked: Baked;
  readonly ownTrial: Trial | undefined;
}

export function initialState(baked: Baked, ownTrial: Trial | undefined): StatisticsState {
  const draft = emptyDraft();
  const trial = ownTrial?.id ?? baked.trial;
  if (trial !== undefined) draft.texts.set("trial", trial);
  return {
    language: baked.language ?? "en",
    tab: "design",
    isChanged: false,
    design: { draft: emptyDraft(), issues: [] },
    list: {
      draft,
      yaml: "",
      yamlIssues: [],
      isSeedSaved: false,
      isSeedShown: false,
      testSeed: "",
      by: "",
      written: {},
      exported: NOTHING_EXPORTED,
      papers: { issues: [] },
      issues: [],
    },
    verify: { files: [], testSeed: "", issues: [] },
    scriptSha256: "",
    baked,
    ownTrial,
  };
}

/** The trial that the plan names, if the page knows it. */
export function planTrial({ ownTrial }: StatisticsState, draft: Draft): Trial | undefined {
  const name = draft.texts.get("trial") ?? "";
  return name !== "" && name === ownTrial?.id ? ownTrial : TRIALS.find(({ id }) => id === name);
}

/** The plan that the form says, as YAML. */
export function planYaml(state: StatisticsState): string {
  const { draft } = state.list;
  const sections = planSections(planTrial(state, draft), draft.texts.get("part") ?? "");
  return yamlText(toData(draft, sections, "point"));
}
