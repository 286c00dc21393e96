import { chineseOfDosing, field, type LocatedIssue, type Section } from "../../cli/index.js";
import type { Issue } from "../../foundation/index.js";
import type { Language } from "../../report/index.js";
import { word, type WordKey } from "../texts/words.js";
import type { Baked } from "../view/baked.js";
import { doBeside } from "../view/beside.js";
import { inTurn, unreadIssues } from "../view/commandRun.js";
import { chineseView } from "../view/chineseView.js";
import type { Draft } from "../view/draft.js";
import { button, h, table, type View } from "../view/element.js";
import { chosenFiles, droppedFiles, type OpenedFile } from "../view/files.js";
import { sectionView, type FormProps } from "../view/formView.js";
import { runBatch, type BatchRun, type BatchTask } from "./batchTask.js";
import { faultsView } from "./faultsView.js";

/** A row of the answer of the command `prepare-batch`. */
interface BatchRow {
  readonly status: "ready" | "open" | "refused";
  readonly line: number;
  readonly participant: string;
  readonly kit: string;
  readonly visit: string;
  readonly arm: string;
  readonly weight_kg: string;
  readonly target?: string;
  readonly containers?: string;
  readonly draw_ml?: string;
  readonly diluent_ml?: string;
  readonly final_volume_ml?: string;
  readonly warnings?: string;
  readonly issues?: readonly Issue[];
}

interface BatchAnswer {
  readonly rows: readonly BatchRow[];
  readonly ready: number;
  readonly open: number;
  readonly refused: number;
  readonly idleOverrides: readonly string[];
}

export interface BatchState {
  readonly draft: Draft;
  /** The order after which every row is prepared. */
  order?: OpenedFile;
  /** The rows: a CSV file or a workbook. */
  rows?: OpenedFile;
  /** What is computed, or was. */
  task?: BatchTask | undefined;
  /** While it is computed: how many rows are done. */
  running?: { readonly cancel: () => void; done: number } | undefined;
  answer?: BatchAnswer | undefined;
  issues: readonly LocatedIssue[];
}

export const BATCH_SECTION: Section = {
  id: "batch",
  title: { en: "How the CSV file is written", zh: "CSV 文件格式" },
  fields: [
    field("--separator", "choice", "Between the columns; empty: comma", "列分隔符（空白：逗号）", {
      choices: [",", ";", "tab"],
    }),
    field("--decimal", "choice", "Decimal sign; empty: point", "小数点（空白：点）", { choices: [".", ","] }),
    field("--date", "choice", "Order of dates; empty: 2026-03-19", "日期顺序（空白：2026-03-19）", {
      choices: ["ymd", "dmy", "mdy"],
    }),
    field("--sheet", "text", "Sheet of a workbook; empty: the first", "工作表（空白：第一个）", { isFurther: true }),
    field("--keep", "yes-no", "Pass further columns through", "原样保留其他列", { isFurther: true }),
    field("--complete", "yes-no", "The last row was checked: no line end follows it", "末行无换行符，但已核对完整", {
      isFurther: true,
    }),
  ],
};

/** What the form says to the command; nothing while a file is missing. */
function taskOf({ draft, order, rows }: BatchState, baked: Baked): BatchTask | undefined {
  if (order === undefined || rows === undefined) return undefined;
  const typed = ["separator", "decimal", "date", "sheet", "keep", "complete"].flatMap((name) => {
    const text = (draft.texts.get(`--${name}`) ?? "").trim();
    return text === "" ? [] : [[name, text === "yes" ? true : text === "no" ? false : text] as const];
  });
  const assumptions = baked.assumptionsFile?.name;
  const options = {
    assume: [],
    ...(assumptions === undefined ? {} : { assumptions }),
    ...Object.fromEntries(typed),
  };
  return { order, rows, options, baked };
}

/** Two tasks of one batch: the same files, read in the same way. */
const isSame = (one: BatchTask | undefined, other: BatchTask): boolean =>
  one?.order === other.order &&
  one.rows === other.rows &&
  JSON.stringify(one.options) === JSON.stringify(other.options);

/** Alone in the folder of the page; a worker has one of its own. */
const inPage = (task: BatchTask): Promise<BatchRun> => inTurn(() => runBatch(task));

/** Computes a batch beside the page, unless that is what it computes or has computed already. */
export function startBatch(state: BatchState, baked: Baked, redraw: () => void): void {
  const task = taskOf(state, baked);
  if (task === undefined || isSame(state.task, task)) return;
  state.running?.cancel();
  const { answer, cancel } = doBeside(task, inPage, (done) => {
    running.done = done;
    redraw();
  });
  const running = { cancel, done: 0 };
  Object.assign(state, { task, running, answer: undefined, issues: [] });
  answer.then(
    ({ text, issues }) => {
      if (state.running !== running) return;
      // The command begins its answer before it has read all of the rows.
      const told = issues.length > 0 ? undefined : (JSON.parse(text) as BatchAnswer);
      Object.assign(state, { running: undefined, answer: told, issues });
      redraw();
    },
    (error: unknown) => {
      if (state.running !== running) return;
      Object.assign(state, { running: undefined, issues: unreadIssues(error) });
      redraw();
    },
  );
}

/** Ends the computation; nothing is shown of what it had. */
export function stopBatch(state: BatchState): void {
  state.running?.cancel();
  state.running = undefined;
}

/** The answer as the command writes it into a file: a CSV file or a workbook; none where it refuses, as it does on the screen. */
export async function batchFile(state: BatchState, form: "csv" | "xlsx"): Promise<Uint8Array | undefined> {
  if (state.task === undefined) return undefined;
  return (await doBeside({ ...state.task, form }, inPage, () => undefined).answer).bytes;
}

/** The most rows of the table; the saved file has all of them. */
const MOST_ROWS = 500;
const SHOWN = [
  "participant",
  "kit",
  "visit",
  "arm",
  "weight_kg",
  "target",
  "containers",
  "draw_ml",
  "diluent_ml",
  "final_volume_ml",
] as const;

function rowView(row: BatchRow, language: Language): View {
  const { status, issues = [], warnings = "" } = row;
  return h(
    "tr",
    { class: status === "ready" ? "" : status, key: String(row.line) },
    h("td", null, row.line),
    h("td", null, word(language, `batch.${status}`)),
    SHOWN.map((name) => h("td", null, row[name] ?? "")),
    h(
      "td",
      { lang: "en" },
      warnings,
      issues.map(({ code, message }) =>
        h("p", null, chineseView(language, code, chineseOfDosing), `${message} `, h("code", null, code)),
      ),
    ),
  );
}

function answerView({ rows, idleOverrides, ...counts }: BatchAnswer, language: Language, acts: BatchActs): View {
  // Of many rows, those that somebody must look at come first.
  const isBad = ({ status }: BatchRow): boolean => status !== "ready";
  const isAll = rows.length <= MOST_ROWS;
  const shown = isAll ? rows : [...rows.filter(isBad), ...rows.filter((row) => !isBad(row))].slice(0, MOST_ROWS);
  const heads = ["line", "status", ...SHOWN, "reason"].map((name) => word(language, `batch.${name}` as WordKey));
  const save = (form: "csv" | "xlsx"): View =>
    button(
      `${word(language, "act.save")} (${form.toUpperCase()})`,
      () => {
        acts.onSave(form);
      },
      { class: "main-act" },
    );
  return h(
    "div",
    { class: "result" },
    h("p", { class: "unblinded" }, word(language, "page.unblinded")),
    h(
      "p",
      { class: counts.open + counts.refused === 0 ? "state ready" : "state open", "aria-live": "polite" },
      (["ready", "open", "refused"] as const)
        .map((status) => `${word(language, `batch.${status}`)}: ${counts[status]}`)
        .join(" · "),
    ),
    idleOverrides.length === 0
      ? null
      : h("p", { class: "warning" }, `${word(language, "batch.idle")}: ${idleOverrides.join(", ")}`),
    h("p", { class: "note" }, word(language, "batch.alone")),
    h("div", { class: "bar" }, save("csv"), save("xlsx")),
    isAll ? null : h("p", { class: "note" }, `${shown.length} / ${rows.length}: ${word(language, "batch.first")}`),
    h(
      "div",
      { class: "wide-table", tabIndex: 0, role: "region", "aria-label": word(language, "tab.batch") },
      table(
        heads,
        shown.map((row) => rowView(row, language)),
      ),
    ),
  );
}

export interface BatchActs {
  readonly onFiles: (files: { readonly order?: OpenedFile; readonly rows?: OpenedFile }) => void;
  readonly onSave: (form: "csv" | "xlsx") => void;
  readonly onStop: () => void;
  readonly onAgain: () => void;
}

/** How far it is, with a button that ends it; or what there is to do while there is no answer. */
function waitingView({ running, task, issues }: BatchState, language: Language, acts: BatchActs): View {
  if (running !== undefined) {
    return h(
      "p",
      { class: "running", role: "status" },
      `${word(language, "run.computing")} ${running.done} ${word(language, "batch.rows")} `,
      button(word(language, "run.cancel"), acts.onStop),
    );
  }
  return task === undefined || issues.length > 0
    ? h("p", { class: "waiting" }, word(language, "batch.waiting"))
    : h("p", { class: "waiting" }, button(word(language, "batch.again"), acts.onAgain));
}

/** Of files that were dropped: an order is YAML or JSON, and anything else is rows. */
function sorted(files: readonly OpenedFile[]): { order?: OpenedFile; rows?: OpenedFile } {
  const isOrder = ({ name }: OpenedFile): boolean => /\.(?:ya?ml|json)$/iu.test(name);
  const [order, rows] = [files.find(isOrder), files.find((file) => !isOrder(file))];
  return { ...(order === undefined ? {} : { order }), ...(rows === undefined ? {} : { rows }) };
}

function choiceView(state: BatchState, language: Language, which: "order" | "rows", acts: BatchActs): View {
  return h(
    "p",
    { class: "bar" },
    h(
      "label",
      { class: "file" },
      word(language, which === "order" ? "batch.open-order" : "batch.open-rows"),
      h("input", {
        type: "file",
        accept: which === "order" ? ".yaml,.yml,.json" : ".csv,.xlsx",
        onChange: (event: Event) => {
          void chosenFiles(event).then(([file]) => {
            if (file !== undefined) acts.onFiles({ [which]: file });
          });
        },
      }),
    ),
    h("span", null, state[which]?.name ?? ""),
  );
}

/** A preparation for every row of a file, after one order. */
export function batchTab(
  state: BatchState,
  props: FormProps,
  acts: BatchActs,
  labelOf: (path: string) => string,
): View {
  const { language } = props;
  const drop = {
    onDragOver: (event: Event) => {
      event.preventDefault();
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      void droppedFiles(event).then((files) => {
        acts.onFiles(sorted(files));
      });
    },
  };
  const isCsv = !/\.xlsx$/iu.test(state.rows?.name ?? "");
  return h(
    "div",
    { class: "batch", ...drop },
    h(
      "section",
      { class: "form-section drop" },
      h("p", null, word(language, "batch.how")),
      choiceView(state, language, "order", acts),
      choiceView(state, language, "rows", acts),
    ),
    isCsv || state.issues.length > 0 ? sectionView(props, BATCH_SECTION) : null,
    faultsView(language, state.issues, labelOf),
    state.answer === undefined ? waitingView(state, language, acts) : answerView(state.answer, language, acts),
  );
}
