import type { Place, RefuseYaml, YamlData } from "../../cli/index.js";
import { readYaml, YamlFault, type YamlNode } from "./yamlReader.js";

function placeIn(text: string, offset: number): Place {
  const before = text.replaceAll("\r\n", "\n").slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}

function readOrRefuse(text: string, refuse: RefuseYaml): YamlNode {
  try {
    return readYaml(text);
  } catch (error) {
    if (error instanceof YamlFault)
      return refuse(`The page cannot read the file: ${error.message}.`, placeIn(text, error.at));
    if (error instanceof RangeError) return refuse("This file is nested too deeply.", {});
    throw error;
  }
}

/** As the command's own, by the page's reader of YAML: what it does not read, it refuses. */
export function readYamlText(text: string, refuse: RefuseYaml): Promise<YamlData> {
  const root = readOrRefuse(text, refuse);
  const placeOf = (keys: readonly string[]): Place | undefined => {
    const node = keys.reduce<YamlNode | undefined>((here, key) => here?.inner?.get(key), root);
    return node === undefined ? undefined : placeIn(text, node.at);
  };
  return Promise.resolve({ data: root.value, placeOf });
}
