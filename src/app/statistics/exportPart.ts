import { exportFormat, EXPORT_FORMATS } from "../../exchange/index.js";
import { zip, type LocatedIssue } from "../../cli/index.js";
import type { Language } from "../../report/index.js";
import { word } from "../texts/words.js";
import { button, h, type View } from "../view/element.js";
import { saveFile } from "../view/files.js";
import { faultsView } from "./faultsView.js";
import type { Task } from "./tasks.js";

/** A workbook needs no map: it has the list's own names. */
const WORKBOOK = "xlsx";

/** The table of the list for another system: for which one, by which names, and what came of it. */
export interface Exported {
  readonly to: string;
  /** The map as YAML; empty until its template was made or it was typed. */
  readonly map: string;
  readonly written: Readonly<Record<string, Uint8Array>>;
  readonly issues: readonly LocatedIssue[];
}

export const NOTHING_EXPORTED: Exported = { to: "", map: "", written: {}, issues: [] };

export interface ExportActs {
  readonly onSystem: (to: string) => void;
  readonly onMap: (typed: string) => void;
  readonly onTemplate: () => void;
  readonly onExport: () => void;
}

/** The names of a list's files in the folder of a task. */
const inFolder = (files: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, Uint8Array>> =>
  Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`list/${name}`, bytes]));

/** The command `init map`: the map with every name of the list's plan, to be filled in. */
export const mapTask = ({ to }: Exported, list: Readonly<Record<string, Uint8Array>>): Task => ({
  command: "init-map",
  word: "list",
  options: { to, out: "map.yaml" },
  files: inFolder(list),
});

/** The command `export` of the list that was generated. */
export function exportTask({ to, map }: Exported, list: Readonly<Record<string, Uint8Array>>): Task {
  const files = inFolder(list);
  const options = { to, out: "export" };
  return to === WORKBOOK
    ? { command: "export-xlsx", word: "list", options, files }
    : {
        command: "export",
        word: "list",
        options: { ...options, map: "map.yaml" },
        files: { ...files, "map.yaml": map },
      };
}

/** The files that an export wrote, without their folder. */
export const exportedFiles = (written: Readonly<Record<string, Uint8Array>>): Readonly<Record<string, Uint8Array>> =>
  Object.fromEntries(
    Object.entries(written).flatMap(([name, bytes]) =>
      name.startsWith("export/") ? [[name.slice("export/".length), bytes]] : [],
    ),
  );

/** Systems whose title is more than a name, and so has words in each language. */
const NAMED = ["csv", "sealed-envelope", "sealed-envelope-codes"] as const;
const isNamed = (id: string): id is (typeof NAMED)[number] => (NAMED as readonly string[]).includes(id);

function systemField({ to }: Exported, language: Language, acts: ExportActs): View {
  const known = [
    [WORKBOOK, word(language, "export.workbook")] as const,
    ...EXPORT_FORMATS.map(({ id, title }) => [id, isNamed(id) ? word(language, `export.${id}`) : title] as const),
  ];
  return h(
    "div",
    { class: "field" },
    h("label", { for: "export-to" }, word(language, "export.to")),
    h(
      "select",
      {
        id: "export-to",
        value: to,
        onChange: (event: Event) => {
          acts.onSystem((event.currentTarget as HTMLSelectElement).value);
        },
      },
      h("option", { value: "" }, `— ${word(language, "field.choose")} —`),
      known.map(([id, title]) => h("option", { value: id }, title)),
    ),
  );
}

function mapField({ to, map }: Exported, language: Language, acts: ExportActs): View {
  return [
    h("p", { class: "note" }, word(language, "export.basis") || exportFormat(to).basis),
    h("p", { class: "bar" }, button(word(language, "export.template"), acts.onTemplate)),
    h("label", { for: "export-map" }, word(language, "export.map")),
    h("textarea", {
      id: "export-map",
      class: "yaml",
      spellcheck: false,
      autocomplete: "off",
      rows: 12,
      value: map,
      onInput: (event: Event) => {
        acts.onMap((event.currentTarget as HTMLTextAreaElement).value);
      },
    }),
  ];
}

/** The list as the table that another system takes, or as workbooks. UNBLINDED. */
export function exportView(own: Exported, list: string, language: Language, acts: ExportActs): View {
  const { to, map, written, issues } = own;
  const needsMap = to !== "" && to !== WORKBOOK;
  const names = Object.keys(written);
  return h(
    "section",
    { class: "form-section" },
    h("h3", null, word(language, "export.title")),
    systemField(own, language, acts),
    needsMap ? mapField(own, language, acts) : null,
    h(
      "p",
      { class: "bar" },
      button(word(language, "export.run"), acts.onExport, { disabled: to === "" || (needsMap && map.trim() === "") }),
    ),
    faultsView(language, issues, (path) => path),
    names.length === 0
      ? null
      : [
          h(
            "ul",
            { class: "files" },
            names.map((name) => h("li", null, name)),
          ),
          button(
            word(language, "act.save"),
            () => {
              saveFile(`${list}.UNBLINDED.${to}.zip`, zip(written), "application/zip");
            },
            { class: "main-act" },
          ),
        ],
  );
}
