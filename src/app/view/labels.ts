import type { Language } from "../../report/index.js";
import { questionLabel } from "../texts/questions.js";
import { word } from "../texts/words.js";
import type { Section } from "../../cli/index.js";

/** Finds what a path is called on the form; a path without a field keeps its name from the file. */
export function labelFinder(sections: readonly Section[], language: Language): (path: string) => string {
  const labels = new Map(sections.flatMap(({ fields }) => fields.map(({ path, label }) => [path, label[language]])));
  for (const name of ["trial", "part", "arm"] as const) labels.set(name, word(language, `field.${name}`));
  return (path) => {
    if (path.startsWith("assumptions.")) return questionLabel(language, path.slice("assumptions.".length));
    const entry = /\.(\d+)\./u.exec(path)?.[1];
    const label = labels.get(path.replace(/\.\d+(?=\.|$)/gu, ".*")) ?? path;
    return entry === undefined ? label : `${label} (${Number(entry) + 1})`;
  };
}
