/** What may stand at a place of an object or a list. */
type Expected = "begin" | "value" | "value or ]" | "key" | "key or }" | "colon" | "comma or }" | "comma or ]";

const STRING = String.raw`"(?:[^"\\\p{Cc}]|\\.)*"`;
const CUT_STRING = String.raw`"(?:[^"\\\p{Cc}]|\\.)*\\?$`;
const SCALAR = String.raw`(?:true|false|null|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?=[,\]}]|$)`;
const CUT_SCALAR = String.raw`(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-|-?[0-9]+\.|-?[0-9]+(?:\.[0-9]+)?[eE][+-]?)$`;

const oneOf = (...forms: readonly string[]): RegExp => new RegExp(forms.join("|"), "uy");

/** The tokens that may stand at a place, and of those the ones that the end of the text may cut. */
const TOKENS: Readonly<Record<Expected, readonly [whole: RegExp, cut?: RegExp]>> = {
  begin: [/[{[]/y],
  value: [oneOf(String.raw`[{\[]`, STRING, SCALAR), oneOf(CUT_STRING, CUT_SCALAR)],
  "value or ]": [oneOf(String.raw`[{\[\]]`, STRING, SCALAR), oneOf(CUT_STRING, CUT_SCALAR)],
  key: [oneOf(STRING), oneOf(CUT_STRING)],
  "key or }": [oneOf(STRING, String.raw`\}`), oneOf(CUT_STRING)],
  colon: [/:/y],
  "comma or }": [/[,}]/y],
  "comma or ]": [/[,\]]/y],
};

function tokenAt(pattern: RegExp | undefined, text: string, at: number): string | undefined {
  if (pattern === undefined) return undefined;
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

/** What may stand behind a token. */
function behind(token: string, expected: Expected, isInObject: boolean): Expected {
  if (token === "{") return "key or }";
  if (token === "[") return "value or ]";
  if (token === ":") return "value";
  if (token === ",") return isInObject ? "key" : "value";
  if (expected.startsWith("key") && token !== "}") return "colon";
  return isInObject ? "comma or }" : "comma or ]";
}

/**
 * How a text begins that should be one JSON object without white space.
 *
 * @returns the length of the object, whatever follows it; `"unfinished"` if the text is the beginning of one and ends
 *   within it; undefined if it can be neither
 */
export function jsonBeginning(text: string): number | "unfinished" | undefined {
  const open: string[] = [];
  let expected: Expected = "begin";
  for (let at = 0; at < text.length;) {
    const [whole, cut] = TOKENS[expected];
    const token = tokenAt(whole, text, at);
    if (token === undefined) return tokenAt(cut, text, at) === undefined ? undefined : "unfinished";
    at += token.length;
    if ("{[".includes(token)) open.push(token);
    if ("}]".includes(token)) open.pop();
    if (open.length === 0) return at;
    expected = behind(token, expected, open.at(-1) === "{");
  }
  return "unfinished";
}
