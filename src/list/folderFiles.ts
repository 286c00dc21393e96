import { requireString } from "../foundation/index.js";
import type { BlindedList } from "./blindedList.js";
import { isFolderCompanion, partsOfFileName } from "./fileNames.js";
import { toBlindedCsv, toBlindedJson, toMasterCsv, toMasterJson, type FileText } from "./listFile.js";
import type { MasterList } from "./masterList.js";
import { requireMasterList } from "./requireList.js";

/** A file of a list's folder. @internal */
export interface FolderFile {
  /** What follows the list's id, and TEST, in its name. */
  readonly ending: string;
  /** Whether blinded people may have it. */
  readonly isBlinded: boolean;
  /** Its text; absent for the two manifests, which hold the hashes of the others and are written after them. */
  readonly text?: (list: MasterList) => FileText;
}

/** Which file of a list it is. @internal */
export type ListFileKey =
  "masterCsv" | "masterJson" | "unblindedManifest" | "blindedCsv" | "blindedJson" | "blindedManifest";

/** The names of the files of one list. @internal */
export type ListFileNames = Readonly<Record<ListFileKey, string>>;

const unblinded = (end: string, text?: (list: MasterList) => FileText): FolderFile => ({
  ending: `UNBLINDED.${end}`,
  isBlinded: false,
  ...(text === undefined ? {} : { text }),
});

/** What blinded people may have is made of the blinded list, which holds no treatment. */
const blinded = (end: string, text?: (list: BlindedList) => FileText): FolderFile => ({
  ending: `blinded.${end}`,
  isBlinded: true,
  ...(text === undefined ? {} : { text: (list) => text(list.blinded()) }),
});

/**
 * The files of a list's folder: the one table of them. `list` and `adopt` write them, `verify` compares them, `--force`
 * replaces a folder of nothing else, and `audit` looks at them, all as it stands here, and
 * docs/cli-lists.md says of each what stands above it.
 *
 * @internal
 */
export const LIST_FILES: Readonly<Record<ListFileKey, FolderFile>> = {
  /** every row with its treatment and block */
  masterCsv: /* @__PURE__ */ unblinded("master.csv", toMasterCsv),
  /** the same rows as JSON */
  masterJson: /* @__PURE__ */ unblinded("master.json", toMasterJson),
  /** plan, algorithm, assumptions, hashes of the others */
  unblindedManifest: /* @__PURE__ */ unblinded("manifest.json"),
  /** stratum, sequence, randomization number */
  blindedCsv: /* @__PURE__ */ blinded("csv", toBlindedCsv),
  /** the same rows as JSON */
  blindedJson: /* @__PURE__ */ blinded("json", toBlindedJson),
  /** factors, rows, binding, hashes of the blinded lists */
  blindedManifest: /* @__PURE__ */ blinded("manifest.json"),
};

const tableOfFiles = (): readonly (readonly [ListFileKey, FolderFile])[] =>
  Object.entries(LIST_FILES) as [ListFileKey, FolderFile][];

/** The names of the files of a list. Those with a treatment say UNBLINDED, those of a test say TEST. @internal */
export function listFileNames(list: string, status: "LIVE" | "TEST"): ListFileNames {
  requireString(list, "list", "the id of a list");
  const base = status === "TEST" ? `${list}.TEST` : list;
  return Object.fromEntries(tableOfFiles().map(([key, { ending }]) => [key, `${base}.${ending}`])) as ListFileNames;
}

/** The files of rows of a list, in the order in which they are written. @internal */
export function rowFiles(
  list: MasterList,
): readonly { readonly file: string; readonly isBlinded: boolean; readonly pieces: () => FileText }[] {
  requireMasterList(list);
  const names = listFileNames(list.list, list.status);
  return tableOfFiles().flatMap(([key, { text, isBlinded }]) =>
    text === undefined ? [] : [{ file: names[key], isBlinded, pieces: () => text(list) }],
  );
}

/** Whether a name is that of a list's file of this kind, whichever list that is. @internal */
export function isListFile(name: string, key: ListFileKey): boolean {
  requireString(name, "name", "the name of a file");
  return tableOfFiles().some(([own, { ending }]) => own === key && name.endsWith(`.${ending}`));
}

/**
 * Of which list a file of its folder is, by its name; undefined for any other file, and for what commands write about a
 * list elsewhere.
 *
 * @internal
 */
export function listOfFileName(name: string): { readonly list: string; readonly status: "LIVE" | "TEST" } | undefined {
  requireString(name, "name", "the name of a file");
  const parts = partsOfFileName(name);
  if (parts === undefined) return undefined;
  const { list, status, ending } = parts;
  const isOwn = tableOfFiles().some(([, file]) => file.ending === ending) || isFolderCompanion(ending);
  return isOwn ? { list, status } : undefined;
}
