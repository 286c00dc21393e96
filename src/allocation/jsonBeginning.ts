type Expected = "value" | "value or end" | "key" | "key or end" | "colon" | "comma or end";

const STRING = /"(?:[^"\\\p{Cc}]|\\.)*"/uy;
const UNFINISHED_STRING = /"(?:[^"\\\p{Cc}]|\\.)*\\?$/uy;
const SCALAR = /(?:true|false|null|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?=[,\]}]|$)/y;
const UNFINISHED_SCALAR = /(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?[0-9]+\.|-?[0-9]+(?:\.[0-9]+)?[eE][+-]?)$/y;

function lengthAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/**
 * How a text begins that should be one JSON object without white space.
 *
 * @returns the length of the object, whatever follows it; `"unfinished"` if the text is the beginning of one and ends
 *   within it; undefined if it can be neither
 */
export function jsonBeginning(text: string): number | "unfinished" | undefined {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  for (let at = 0; at < text.length;) {
    const letter = text[at] as string;
    const isEnd = expected.endsWith("end") && letter === (open.at(-1) === "{" ? "}" : "]");
    if (isEnd) {
      open.pop();
      at += 1;
      if (open.length === 0) return at;
      expected = "comma or end";
    } else if (expected === "colon" || expected === "comma or end") {
      if (letter !== (expected === "colon" ? ":" : ",")) return undefined;
      expected = expected === "colon" || open.at(-1) === "[" ? "value" : "key";
      at += 1;
    } else if (!expected.startsWith("key") && (letter === "{" || letter === "[")) {
      open.push(letter);
      expected = letter === "{" ? "key or end" : "value or end";
      at += 1;
    } else {
      if (open.length === 0) return undefined;
      const isKey = expected.startsWith("key");
      const length = lengthAt(STRING, text, at) || (isKey ? 0 : lengthAt(SCALAR, text, at));
      if (length === 0) {
        const isBeginning =
          lengthAt(UNFINISHED_STRING, text, at) > 0 || (!isKey && lengthAt(UNFINISHED_SCALAR, text, at) > 0);
        return isBeginning ? "unfinished" : undefined;
      }
      at += length;
      expected = isKey ? "colon" : "comma or end";
    }
  }
  return "unfinished";
}
