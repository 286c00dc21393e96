import { inOrder, prepare, readOrderFile, type LocatedIssue } from "../../cli/index.js";
import { parsePreparationOrder, prepareRead } from "../../dose/index.js";
import { AllocellError, keysOfPath } from "../../foundation/index.js";
import { parseDocumentDetails, type Language } from "../../report/index.js";
import { filesIn, putFile, rmSync } from "../platform/fs.js";
import { pageIo, runCommand } from "../view/commandRun.js";
import { isMissing } from "../view/formView.js";
import type { Outcome, PaperFile } from "./state.js";

type Tree = Readonly<Record<string, unknown>>;

/** Where the order stands for the commands. */
const ORDER_FILE = "order.json";

function issuesOf(act: () => unknown, prefix: string): readonly LocatedIssue[] {
  try {
    act();
    return [];
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    return error.issues.map((issue) => ({ ...issue, path: `${prefix}.${issue.path}` }));
  }
}

function without(tree: unknown, path: readonly string[]): unknown {
  const [key = "", ...rest] = path;
  if (typeof tree !== "object" || tree === null) return tree;
  if (rest.length > 0) {
    const inner = without((tree as Tree)[key], rest);
    return Array.isArray(tree)
      ? tree.map((own: unknown, i) => (String(i) === key ? inner : own))
      : { ...tree, [key]: inner };
  }
  return Array.isArray(tree) ? tree : Object.fromEntries(Object.entries(tree).filter(([own]) => own !== key));
}

/** The most faults of single fields that are looked for at a time. */
const MOST_FAULTS = 12;

/**
 * Faults of what single fields hold, whatever else is still missing. The reader of orders tells a number that it cannot
 * read before all other faults, so it is asked again without that field.
 */
function faultsOfFields(order: unknown): readonly LocatedIssue[] {
  const found: LocatedIssue[] = [];
  // The trial has no part in it: answers that it would give are missing here, and not told.
  let rest: unknown = { ...(order as Tree), dose: { from: "trial", trial: { answers: {} } } };
  for (let n = 0; n < MOST_FAULTS; n += 1) {
    const faults = issuesOf(() => parsePreparationOrder(rest), "order").filter((issue) => !isMissing(issue));
    const known = new Set(found.map(({ path }) => path));
    const added = faults.filter(({ path }) => !known.has(path));
    if (added.length === 0) break;
    for (const fault of added) found.push(fault);
    for (const { path } of added) rest = without(rest, keysOfPath(path).slice(1));
  }
  return found;
}

function faultsOfForm({ order, document }: Tree): readonly LocatedIssue[] {
  return [
    ...(order === undefined ? [] : faultsOfFields(order)),
    ...(document === undefined
      ? []
      : issuesOf(() => parseDocumentDetails(document), "document").filter((issue) => !isMissing(issue))),
  ];
}

/** What the command would say of the order that the form holds. */
export async function computeOrder(data: Tree, assumptions: string | undefined): Promise<Outcome> {
  putFile(`/${ORDER_FILE}`, JSON.stringify(data));
  try {
    const { source, order } = await readOrderFile(pageIo(), ORDER_FILE, answerOptions(assumptions));
    return { preparation: inOrder(source, () => prepareRead(order)), issues: [] };
  } catch (error) {
    if (!AllocellError.is(error)) throw error;
    const own = faultsOfForm(data);
    const known = new Set(own.map(({ path }) => path));
    return { issues: [...own, ...error.issues.filter(({ path }) => !known.has(path))] };
  }
}

const answerOptions = (assumptions: string | undefined): { assume: readonly string[]; assumptions?: string } => ({
  assume: [],
  ...(assumptions === undefined ? {} : { assumptions }),
});

/** The documents of the order, written by the command itself. */
export async function papersOf(
  data: Tree,
  assumptions: string | undefined,
  language: Language,
): Promise<{ readonly papers: readonly PaperFile[]; readonly issues: readonly LocatedIssue[] }> {
  putFile(`/${ORDER_FILE}`, JSON.stringify(data));
  const options = { ...answerOptions(assumptions), lang: language, out: "documents", json: true };
  const { issues } = await runCommand((io) => prepare(io, ORDER_FILE, options));
  const papers = [...filesIn("/documents")].map(([name, bytes]) => ({ name, html: new TextDecoder().decode(bytes) }));
  rmSync("/documents", { recursive: true, force: true });
  return { papers, issues };
}
