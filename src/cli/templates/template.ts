import { TO_STATE } from "../dataFile.js";

/** A field of a template. */
export interface TemplateField {
  /** Keys of maps, and places in lists from 0. */
  readonly path: readonly (string | number)[];
  /** What stands there; {@link TO_STATE} is a blank. */
  readonly value?: unknown;
  /** The field may be left out: its line is a comment. */
  readonly isOptional?: true;
  readonly comment?: string;
  /** A line above it, for the fields that follow. */
  readonly head?: string;
}

interface Branch {
  readonly children: Map<string | number, Branch>;
  field?: TemplateField;
}

/** Room for a comment beside its field. */
const WIDTH = 110;

/** The text of a YAML file with these fields in their order, each with its comment. */
export function templateText(head: readonly string[], fields: readonly TemplateField[]): string {
  const root: Branch = { children: new Map() };
  for (const field of fields) {
    let here = root;
    for (const key of field.path) {
      const next = here.children.get(key) ?? { children: new Map() };
      here.children.set(key, next);
      here = next;
    }
    here.field = field;
  }
  return [...head.map((line) => `# ${line}`), ...linesOf(root, ""), ""].join("\n");
}

/** Whether a branch is left out: all that is in it may be. */
const isLeftOut = ({ field, children }: Branch): boolean =>
  children.size === 0
    ? field?.isOptional === true
    : field?.value === undefined && [...children.values()].every(isLeftOut);

function linesOf(branch: Branch, indent: string): readonly string[] {
  return [...branch.children].flatMap(([key, child]) => {
    const { field, children } = child;
    const off = isLeftOut(child) ? "# " : "";
    const name = typeof key === "number" ? "-" : `${keyText(key)}:`;
    // A map or list that is there even where nothing is in it.
    const isWhole = [...children.values()].every(isLeftOut) && off === "";
    const value = children.size > 0 && !isWhole ? "" : ` ${yamlText(field?.value ?? TO_STATE)}`;
    const head = field?.head === undefined ? [] : [`${indent}# ${field.head}`];
    const line = `${indent}${off}${name}${value}`;
    const comment = field?.comment ?? "";
    const isBeside = line.length + comment.length + 3 <= WIDTH;
    return [
      ...head,
      ...(comment === "" || isBeside ? [] : [`${indent}# ${comment}`]),
      comment !== "" && isBeside ? `${line} # ${comment}` : line,
      ...linesOf(child, `${indent}  `),
    ];
  });
}

const PLAIN = /^[A-Za-z][A-Za-z0-9]*(?:[-.][A-Za-z0-9]+)*$/u;
/** Words that some reader of YAML takes for something else than text. */
const NO_TEXT = /^(?:true|false|null|yes|no|on|off|y|n)$/iu;

const keyText = (key: string): string => (PLAIN.test(key) && !NO_TEXT.test(key) ? key : JSON.stringify(key));

/** Plain data in one line of YAML. */
function yamlText(value: unknown): string {
  if (typeof value === "string") return keyText(value);
  if (Array.isArray(value)) return `[${value.map(yamlText).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, inner]) => `${keyText(key)}: ${yamlText(inner)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}
