import type { Document, LineCounter } from "yaml";
import { AllocellError } from "../foundation/index.js";
import type { LocatedIssue } from "../store/disk/index.js";

export type Place = Pick<LocatedIssue, "line" | "column">;

/** The data of a YAML text, with the place of what its keys lead to, one after the other. */
export interface YamlData {
  readonly data: unknown;
  readonly placeOf: (keys: readonly string[]) => Place | undefined;
}

/** How a text that is not read is refused. */
export type RefuseYaml = (message: string, place: Place, expected?: string) => never;

/** The data of a YAML text: one document, no key twice, no aliases, no tags. */
export async function readYamlText(text: string, fault: RefuseYaml): Promise<YamlData> {
  const { isScalar, LineCounter, parseDocument, visit } = await import("yaml");
  const lines = new LineCounter();
  try {
    const document = parseDocument(text, { prettyErrors: false, lineCounter: lines, uniqueKeys: false, strict: true });
    const [first] = [...document.errors, ...document.warnings];
    if (first !== undefined) fault(...faultText(first.code, first.message, placeAt(lines, first.pos[0])));
    visit(document, {
      Map: (_, map) => {
        const keys = new Set<string>();
        for (const { key } of map.items) {
          // As text, because `1` and "1" become one key of the data.
          const name = isScalar(key) ? String(key.value) : undefined;
          if (name === undefined) continue;
          if (keys.has(name))
            fault(
              "A key stands twice in the same map.",
              placeAt(lines, (key as { range?: readonly number[] }).range?.[0]),
              "each key once",
            );
          keys.add(name);
        }
      },
    });
    const data: unknown = document.toJS({ maxAliasCount: 0 });
    return { data, placeOf: (keys) => placeOfField(document, lines, keys) };
  } catch (error) {
    if (AllocellError.is(error)) throw error;
    if (error instanceof ReferenceError) {
      return fault("This file uses YAML aliases (*name), which are not read here.", {}, "each value written out");
    }
    if (error instanceof RangeError) return fault("This file is nested too deeply.", {});
    throw error;
  }
}

function faultText(code: string, message: string, place: Place): [string, Place, string?] {
  if (code === "MULTIPLE_DOCS") return ['A second document begins here ("---").', place, "one document a file"];
  return [`The file cannot be read: ${message.replace(/\.$/, "")}.`, place];
}

function placeAt(lines: LineCounter, offset: number | undefined): Place {
  if (offset === undefined) return {};
  const { line, col } = lines.linePos(offset);
  return line === 0 ? {} : { line, column: col };
}

/** The place of a field of YAML, whose keys are numbers where they are written so. */
function placeOfField(document: Document, lines: LineCounter, keys: readonly string[]): Place | undefined {
  let node: unknown = document.contents;
  for (const key of keys) {
    const own = node as { readonly items?: readonly { readonly key?: unknown; readonly value?: unknown }[] } | null;
    const pair = own?.items?.find((item, index) => {
      const name = (item.key as { readonly value?: string | number } | undefined)?.value;
      return name === undefined ? String(index) === key : String(name) === key;
    });
    node = pair?.key === undefined ? pair : (pair.value ?? pair.key);
  }
  const offset = (node as { readonly range?: readonly number[] | null } | null | undefined)?.range?.[0];
  return offset === undefined ? undefined : placeAt(lines, offset);
}
