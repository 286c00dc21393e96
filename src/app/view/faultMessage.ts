import type { LocatedIssue } from "../../cli/index.js";

/**
 * The message of a fault with what the form calls its field, in place of the path that the field has in the file. Where the
 * message begins with it, it is left out: the name stands beside the message.
 *
 * @param label - of the field in which the fault is told: that of the path, or one that it stands in
 */
export function faultMessage({ message, path }: LocatedIssue, label: string): string {
  const name = `"${label}"`;
  const said = message.replace(/"([^"]+)"/u, (quoted, own: string) =>
    `.${path}.`.includes(`.${own}.`) ? name : quoted,
  );
  return said.startsWith(`${name}: `) ? said.slice(name.length + 2) : said;
}
