/** What is told of an XML text, in its order. Names have no prefix: the parts of a workbook are told apart without it. */
export interface XmlReader {
  readonly open?: (name: string, attributes: Readonly<Record<string, string>>) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

const NAME = String.raw`[\p{L}_][\p{L}\p{N}_.-]*`;
const ATTRIBUTE = String.raw`\s+(?:${NAME}:)?(${NAME})\s*=\s*(?:"([^"<]*)"|'([^'<]*)')`;
const PART = String.raw`<(\/?)(?:${NAME}:)?(${NAME})((?:${ATTRIBUTE.replaceAll(/\((?=[^?])/gu, "(?:")})*)\s*(\/?)>|<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|([^<]+)`;

const EACH_ATTRIBUTE = new RegExp(ATTRIBUTE, "gu");

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** @throws Error for a reference that XML does not have without a document type */
function plainText(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w*));?/giu, (all, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return NAMED[name ?? ""] ?? refuse(all);
  });
}

function refuse(what: string): never {
  throw new Error(`This is no XML that is read here: ${what}`);
}

function attributesOf(written: string): Readonly<Record<string, string>> {
  const found = [...written.matchAll(EACH_ATTRIBUTE)];
  return Object.fromEntries(
    found.map(([, name = "", double, single]): [string, string] => [name, plainText(double ?? single ?? "")]),
  );
}

function* partsOf(xml: string): Generator<RegExpExecArray> {
  const part = new RegExp(PART, "uy");
  while (part.lastIndex < xml.length) {
    const at = part.lastIndex;
    yield part.exec(xml) ?? refuse(xml.slice(at, at + 20));
  }
}

/**
 * Goes through an XML text. What is not element, text, comment or instruction is refused, so a document type is: entities
 * of its own are not read.
 *
 * @throws Error where the text is none, or elements are not closed in their order
 */
export function readXml(xml: string, { open, close, text }: XmlReader): void {
  const isOpen: string[] = [];
  for (const [, slash, name, attributes = "", isEmpty, data, words] of partsOf(xml)) {
    if (words !== undefined) text?.(plainText(words));
    else if (data !== undefined) text?.(data);
    if (name === undefined) continue;
    if (slash === "") {
      isOpen.push(name);
      open?.(name, attributesOf(attributes));
    }
    if (slash === "/" || isEmpty === "/") {
      if (isOpen.pop() !== name) refuse(`</${name}>`);
      close?.(name);
    }
  }
  if (isOpen.length > 0) refuse(`${isOpen.join(" ")} without end`);
}
