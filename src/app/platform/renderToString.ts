/**
 * `renderToString` of preact-render-to-string, as far as the documents of a preparation go: elements with plain attributes,
 * components that are functions, lists and texts. It has no state, context or style object; what it does not know it
 * refuses. The build puts it in the place of the package, and tests compare the documents with those of the command.
 */

interface Node {
  readonly type: string | ((props: object) => unknown);
  readonly props: Readonly<Record<string, unknown>>;
}

const ENTITIES: Readonly<Record<string, string>> = { '"': "&quot;", "&": "&amp;", "<": "&lt;" };
const encoded = (text: string): string => text.replace(/["&<]/gu, (sign) => ENTITIES[sign] ?? sign);

/** Names that stay as they are; the package writes some others in another way. */
const PLAIN = /^(?:[a-z][a-z-]*|viewBox)$/u;
const OTHER_THAN_PLAIN = ["style", "value"];

function attribute(name: string, value: unknown): string {
  if (["children", "key", "ref", "dangerouslySetInnerHTML"].includes(name) || value === undefined || value === null)
    return "";
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean")
    throw new Error(`A document has no attribute ${name} of this kind.`);
  if (!PLAIN.test(name) || OTHER_THAN_PLAIN.includes(name)) throw new Error(`A document has no attribute ${name}.`);
  const written = name.startsWith("aria-") || name.startsWith("data-") ? String(value) : value;
  if (written === false) return "";
  return written === true || written === "" ? ` ${name}` : ` ${name}="${encoded(String(written))}"`;
}

export function renderToString(node: unknown): string {
  if (typeof node === "string") return encoded(node);
  if (typeof node === "number") return String(node);
  if (typeof node !== "object" || node === null) return "";
  return Array.isArray(node) ? node.map(renderToString).join("") : elementText(node as Node);
}

function elementText({ type, props }: Node): string {
  if (typeof type === "function") return renderToString(type(props));
  const { children, dangerouslySetInnerHTML: own } = props;
  const attributes = Object.entries(props).map(([name, value]) => attribute(name, value));
  const inner = (own as { readonly __html: string } | undefined)?.__html ?? renderToString(children);
  const begin = `<${type}${attributes.join("")}`;
  return inner === "" && /^(?:br|col|hr|img|input|link|meta)$/u.test(type)
    ? `${begin}/>`
    : `${begin}>${inner}</${type}>`;
}
