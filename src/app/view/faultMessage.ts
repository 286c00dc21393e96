import type { LocatedIssue } from "../../cli/index.js";

/**
 * The message of a fault with what the form calls its field, in place of the path that the field has in the file.
 *
 * @param label - of the field in which the fault is told: that of the path, or one that it stands in
 */
export const faultMessage = ({ message, path }: LocatedIssue, label: string): string =>
  message.replace(/"([^"]+)"/u, (quoted, own: string) => (`.${path}.`.includes(`.${own}.`) ? `"${label}"` : quoted));
