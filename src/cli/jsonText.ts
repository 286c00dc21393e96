/** Places in a text that `JSON.parse` takes. Offsets count UTF-16 code units from 0; each walk is linear in the text. */

/** The offset behind a string that begins at `at`. */
function endOfString(text: string, at: number): number {
  let end = at + 1;
  while (text[end] !== '"') end += text[end] === "\\" ? 2 : 1;
  return end + 1;
}

/** The offset of the first key that stands a second time in its map, or undefined. */
export function repeatedKeyOffset(text: string): number | undefined {
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === "{" || sign === "[") open.push(sign === "{" ? new Set() : undefined);
    else if (sign === "}" || sign === "]") open.pop();
    if (sign !== '"') continue;
    const end = endOfString(text, at);
    const keys = open[open.length - 1];
    if (keys !== undefined && isKeyAt(text, end)) {
      const key = JSON.parse(text.slice(at, end)) as string;
      if (keys.has(key)) return at;
      keys.add(key);
    }
    at = end - 1;
  }
  return undefined;
}

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (" \t\r\n".includes(text[at] ?? "x")) at += 1;
  return at;
};

/** Whether the string that ends at `end` is a key: a colon follows. */
const isKeyAt = (text: string, end: number): boolean => text[skipSpace(text, end)] === ":";

/** The offset behind the value that begins at `at`. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const sign = text[at] as string;
    if (sign === '"') at = endOfString(text, at) - 1;
    else if ("{[".includes(sign)) depth += 1;
    else if (depth === 0 && ",}]".includes(sign)) return at;
    else if ("}]".includes(sign)) depth -= 1;
    if (depth === 0 && '"}]'.includes(text[at] as string)) return at + 1;
  }
  return text.length;
}

/** The offset of what stands under a key, or at an index, of the map or list that begins at `begin`; or undefined. */
function entryOffset(text: string, begin: number, wanted: string): number | undefined {
  const isMap = text[begin] === "{";
  if (!isMap && text[begin] !== "[") return undefined;
  let at = skipSpace(text, begin + 1);
  for (let index = 0; at < text.length && !"}]".includes(text[at] as string); index += 1) {
    let key = String(index);
    if (isMap) {
      const end = endOfString(text, at);
      key = JSON.parse(text.slice(at, end)) as string;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (key === wanted) return at;
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return undefined;
}

/** The offset of the value at a path of keys and indexes, or undefined. */
export function valueOffset(text: string, path: readonly string[]): number | undefined {
  let at: number | undefined = skipSpace(text, 0);
  for (const wanted of path) {
    if (at === undefined) return undefined;
    at = entryOffset(text, at, wanted);
  }
  return at;
}
