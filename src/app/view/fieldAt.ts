import { keysOfPath, pathTo } from "../../foundation/index.js";
import type { Section } from "../../cli/index.js";
import { fieldsOf, isAsked, type Draft } from "./draft.js";

/**
 * Where a form tells a fault: at the field of its path; of a path without one, such as `order.dose.rule`, at the amount or
 * else the first field below it, or below what it stands in; and as it is where there is none.
 *
 * @returns a function from paths to paths of fields
 */
export function fieldAt(sections: readonly Section[], draft: Draft): (path: string) => string {
  const shown = sections.flatMap((section) => fieldsOf(section, draft)).filter((own) => isAsked(draft, own));
  const paths = shown.map(({ path }) => path);
  const known = new Set(paths);
  return (path) => {
    const keys = keysOfPath(path);
    // Below the whole order everything stands.
    for (let length = keys.length; length > 1; length -= 1) {
      const here = pathTo("", ...keys.slice(0, length));
      if (known.has(here)) return here;
      const below = known.has(`${here}.amount`) ? `${here}.amount` : paths.find((own) => own.startsWith(`${here}.`));
      if (below !== undefined) return below;
    }
    return path;
  };
}
