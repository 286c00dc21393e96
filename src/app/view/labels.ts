import { keysOfPath } from "../../foundation/index.js";
import type { Language } from "../../report/index.js";
import { questionLabel } from "../texts/questions.js";
import { word } from "../texts/words.js";
import type { Section } from "../../cli/index.js";
import { patternOf } from "./draft.js";

/** Finds what a path is called on the form; a path without a field keeps its name from the file. */
export function labelFinder(sections: readonly Section[], language: Language): (path: string) => string {
  // Most forms have no fault, and then no label is asked for.
  let labels: ReadonlyMap<string, string> | undefined;
  return (path) => {
    const [map, key] = keysOfPath(path);
    if (map === "assumptions" && key !== undefined) return questionLabel(language, key);
    labels ??= labelsOf(sections, language);
    // Of an entry in an entry, such as the lot of a component, both are told.
    const entries = [...path.matchAll(/\.(\d+)(?=\.)/gu)].map(([, entry]) => Number(entry) + 1);
    const label = labels.get(patternOf(path)) ?? path;
    return entries.length === 0 ? label : `${label} (${entries.join(".")})`;
  };
}

function labelsOf(sections: readonly Section[], language: Language): ReadonlyMap<string, string> {
  const labels = new Map(
    sections.flatMap(({ fields }) => fields.map(({ path, label }) => [patternOf(path), label[language]])),
  );
  for (const { list, title } of sections) if (list !== undefined) labels.set(patternOf(list.path), title[language]);
  for (const name of ["trial", "part", "arm"] as const) labels.set(name, word(language, `field.${name}`));
  return labels;
}
