import type { Issue } from "../../foundation/index.js";
import { PARAMETER_NAMES } from "./parameterNames.js";

/** The parameters of an issue whose values say something by themselves, each with its name. */
export function dataText(issue: Issue): string {
  const values: Readonly<Record<string, string | number | undefined>> =
    "parameters" in issue ? (issue.parameters ?? {}) : {};
  const told = Object.entries(PARAMETER_NAMES).flatMap(([name, chinese]) =>
    values[name] === undefined ? [] : [`${chinese}：${String(values[name])}`],
  );
  return told.join("；");
}
